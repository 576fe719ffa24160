"""The report as HTML that a government portal's editor accepts: semantic, no script, inline-safe."""

from __future__ import annotations

from html import escape

from domain import FinishedReport
from forms import form_for
from report.layout import Cell, Grid, grids
from report.outline import GAP, OutlineBlock, outline, preface

# Portals strip style sheets, so what matters stands in the elements; the sheet only adds fonts.
STYLE = """
body{max-width:52em;margin:2em auto;padding:0 1em;line-height:1.9;
  font-family:"FangSong","STFangsong","仿宋","Noto Serif CJK SC",serif;font-size:1.1rem}
h1{text-align:center;font-size:1.6rem}h2{font-family:"SimHei","黑体","Noto Sans CJK SC",sans-serif;font-size:1.2rem}
h3{font-family:"KaiTi","楷体","Noto Serif CJK SC",serif;font-size:1.1rem}
p{margin:.4em 0}table{font-size:.85rem;line-height:1.4}
@media(max-width:40em){body{margin:1em auto;font-size:1rem}h1{font-size:1.3rem}}
"""
_PARAGRAPH, _RIGHT = ' style="text-indent:2em"', ' style="text-align:right"'
_CENTRE, _MARK = ' style="text-align:center"', ' style="text-align:center;color:#b00020"'
# Each narrow column keeps its width on a phone; the table is then wider than the screen, and scrolls.
_TABLE = ' style="border-collapse:collapse;width:100%;min-width:{width}em"'
_CELL = ' style="border:1px solid #444;padding:.3em .4em;min-width:2em;text-align:center;font-weight:normal"'


def render(report: FinishedReport, marked: bool = False) -> str:
    """The whole report as one HTML document (UTF-8).

    ``marked``: for the workbench, each part's text and table says what it belongs to, and figures where they come from.
    """
    tables = grids(report.figures, form_for(report.figures.year))
    body = [f"<h1{_CENTRE}>{escape(report.title)}</h1>"]
    if report.draft_mark:
        body.append(f"<p{_MARK}><strong>{escape(report.draft_mark)}</strong></p>")
    body += [_paragraph(text) for text in preface(report)]
    for block in outline(report):
        if block.kind == "table":
            table = render_table(tables[block.text])
            body.append(f'<div data-part="{block.section}">{table}</div>' if marked else table)
        elif block.kind == "paragraph":
            body.append(_marked(block) if marked else _paragraph(block.text))
        else:
            part = f' data-part="{block.topic or block.section}"' if marked else ""
            body.append(f"<h{block.level + 1}{part}>{escape(block.text)}</h{block.level + 1}>")
    body += [f"<p{_RIGHT}>{escape(text)}</p>" for text in (report.signature, report.date_line) if text]
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<article>\n"
        + "\n".join(body)
        + "\n</article>\n</body>\n</html>\n"
    )


def _paragraph(text: str) -> str:
    """A paragraph; what the office has still to fill in is marked."""
    marked = GAP.sub(lambda gap: f"<mark>{gap.group()}</mark>", escape(text, quote=False))
    return f"<p{_PARAGRAPH}>{marked}</p>"


def _marked(block: OutlineBlock) -> str:
    """A paragraph that knows its section, with each figure in a box that says where it comes from."""
    text, at, pieces = block.text, 0, []
    for start, end, phrase in block.placed:
        pieces.append(escape(text[at:start], quote=False))
        pieces.append(f'<b class="figure" title="{escape(phrase.source or phrase.key)}">{escape(text[start:end])}</b>')
        at = end
    pieces.append(escape(text[at:], quote=False))
    words = GAP.sub(lambda gap: f"<mark>{gap.group()}</mark>", "".join(pieces))
    return f'<p{_PARAGRAPH} data-part="{block.topic or block.section}">{words}</p>'


def render_table(grid: Grid, plain: bool = False) -> str:
    """One grid as an HTML table with its spans; ``plain`` without styles, for a page that has its own."""
    rows = ["<tr>" + "".join(_cell(cell, row, plain) for cell in row) + "</tr>" for row in grid.rows()]
    head, body = rows[: grid.heading_rows], rows[grid.heading_rows :]
    parts = (["<thead>", *head, "</thead>"] if head else []) + ["<tbody>", *body, "</tbody>"]
    scrolls, table = ("", "") if plain else (' style="overflow-x:auto"', _TABLE.format(width=4 * grid.width))
    return "\n".join(
        [f'<div class="table"{scrolls}><table{table} aria-label="{escape(grid.caption)}">', *parts, "</table></div>"]
    )


def _cell(cell: Cell, row: list[Cell], plain: bool) -> str:
    tag, scope = "td", ""
    if cell.heading:  # it stands beside figures, or above them
        tag, scope = "th", ' scope="col"' if all(other.heading for other in row) else ' scope="row"'
    spans = (f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else "") + (
        f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    )
    return f"<{tag}{scope}{spans}{'' if plain else _CELL}>{escape(cell.text, quote=False)}</{tag}>"
