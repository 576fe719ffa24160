"""Colours, fonts, styles and scripts: all local, since offices have no internet.

Every file in ``styles/`` and ``scripts/`` is part of the page: one for the shell, and one for a tab
that needs its own, named like its module.
"""

from pathlib import Path

import gradio as gr
from gradio.themes import Base, colors, sizes

SANS = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "sans-serif"]
MONO = ["Consolas", "Noto Sans Mono CJK SC", "monospace"]
_HERE = Path(__file__).parent
CSS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((_HERE / "styles").glob("*.css")))
HEAD = "".join(
    f"<script>{path.read_text(encoding='utf-8')}</script>" for path in sorted((_HERE / "scripts").glob("*.js"))
)


def theme() -> gr.Theme:
    """A quiet theme in the blue of government portals; contrasts of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
    base = Base(
        primary_hue=colors.blue,
        neutral_hue=colors.slate,
        radius_size=sizes.radius_md,
        font=SANS,
        font_mono=MONO,
    )
    return base.set(
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        block_label_text_color="*neutral_600",
        block_label_text_color_dark="*neutral_200",
        block_title_text_color="*neutral_600",
        block_title_text_color_dark="*neutral_200",
        block_info_text_color="*neutral_600",
        block_info_text_color_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover_dark="*primary_600",
        button_secondary_background_fill="*neutral_100",
        button_secondary_background_fill_hover="*neutral_200",
        button_large_text_weight="500",
        button_large_text_size="*text_md",
        link_text_color="*primary_700",
        link_text_color_dark="*primary_300",
        color_accent="*primary_700",
    )
