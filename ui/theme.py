"""Colours, fonts and styles: local font stacks only, since offices have no internet."""

import gradio as gr

SANS = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"]
MONO = ["Consolas", "Noto Sans Mono CJK SC", "monospace"]

CSS = """
.gradio-container,.gradio-container main{width:100%!important;max-width:1320px!important;margin:0 auto!important}
.gradio-container main{padding-top:.6rem!important}
#masthead{padding:.2rem 0 .4rem}
#masthead h1{font-size:1.35rem;margin:0;display:inline-block}
#masthead .where{color:var(--body-text-color-subdued);margin-left:1em;font-size:.9rem}
#masthead .leaves{color:#b45309;font-weight:600}
.evidence{max-height:70vh;overflow-y:auto;padding-right:.3rem}
.evidence article{border:1px solid var(--border-color-primary);border-radius:8px;
  padding:.6rem .8rem;margin:0 0 .6rem;background:var(--background-fill-primary)}
.evidence header{font-weight:600}.evidence .status{font-size:.8rem;font-weight:400;
  color:var(--body-text-color-subdued)}
.evidence .ended{color:#b91c1c}.evidence p{margin:.35rem 0 0;line-height:1.7;white-space:pre-wrap}
.statutory{overflow-x:auto}.statutory table{border-collapse:collapse;width:100%;font-size:.85rem;margin:.3rem 0 1rem}
.statutory th,.statutory td{border:1px solid var(--border-color-primary);padding:.25rem .4rem;
  text-align:center;font-weight:400}
.statutory th{background:var(--background-fill-secondary)}
.statutory td{font-variant-numeric:tabular-nums}
.remarks{margin:.2rem 0 .6rem;padding-left:1.2em}.remarks li{margin:.15rem 0}
.pass{color:#15803d}.fail{color:#b91c1c;font-weight:600}
.empty{color:var(--body-text-color-subdued);padding:.8rem}
footer{display:none!important}
"""


def theme() -> gr.Theme:
    """A quiet theme in the blue of government portals."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue, neutral_hue=gr.themes.colors.slate, font=SANS, font_mono=MONO
    )
