"""The report as HTML that a government portal's editor accepts: semantic, no script, inline-safe."""

from __future__ import annotations

from html import escape

from domain import FinishedReport
from forms import form_for
from report.layout import Cell, Grid, grids
from report.outline import outline, preface

# Portals strip style sheets, so what matters stands in the elements; the sheet only adds comfort.
STYLE = """
body{max-width:52em;margin:2em auto;padding:0 1em;line-height:1.9;
  font-family:"FangSong","STFangsong","仿宋","Noto Serif CJK SC",serif;font-size:1.1rem}
h1{text-align:center;font-size:1.6rem}h2{font-family:"SimHei","黑体","Noto Sans CJK SC",sans-serif;font-size:1.2rem}
h3{font-family:"KaiTi","楷体","Noto Serif CJK SC",serif;font-size:1.1rem}
p{text-indent:2em;margin:.4em 0}.mark{color:#b00020;text-align:center;text-indent:0}
.signature{text-align:right;text-indent:0}
.table{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.85rem;line-height:1.4}
th,td{border:1px solid #444;padding:.3em .4em;text-align:center;font-weight:normal}
"""


def render(report: FinishedReport) -> str:
    """The whole report as one HTML document (UTF-8)."""
    tables = grids(report.figures, form_for(report.figures.year))
    body = [f"<h1>{escape(report.title)}</h1>"]
    if report.draft_mark:
        body.append(f'<p class="mark"><strong>{escape(report.draft_mark)}</strong></p>')
    body += [f"<p>{escape(text)}</p>" for text in preface(report)]
    for block in outline(report):
        if block.kind == "table":
            body.append(render_table(tables[block.text]))
        elif block.kind == "paragraph":
            body.append(f"<p>{escape(block.text)}</p>")
        else:
            body.append(f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>")
    body.append(f'<p class="signature">{escape(report.signature)}</p>')
    body.append(f'<p class="signature">{escape(report.date_line)}</p>')
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<article>\n"
        + "\n".join(body)
        + "\n</article>\n</body>\n</html>\n"
    )


def render_table(grid: Grid) -> str:
    """One grid as an HTML table with its spans; the workbench shows the same."""
    rows = ["<tr>" + "".join(_cell(cell) for cell in row) + "</tr>" for row in grid.rows()]
    return (
        f'<div class="table"><table aria-label="{escape(grid.caption)}">\n' + "\n".join(rows) + "\n</table></div>"
    )


def _cell(cell: Cell) -> str:
    tag = "th" if cell.heading else "td"
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    return f"<{tag}{spans}>{escape(cell.text)}</{tag}>"
