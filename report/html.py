"""The report as HTML that a government portal's editor accepts: semantic, no script, inline-safe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from domain import FinishedReport
from forms import form_for
from report.layout import Cell, Grid, grids
from report.outline import GAP, OutlineBlock, outline, preface
from report.topics import begun

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
    body = [piece.text for piece in _pieces(report, marked)]
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<article>\n"
        + "\n".join(body)
        + "\n</article>\n</body>\n</html>\n"
    )


def around(report: FinishedReport, section: str) -> tuple[str, str]:
    """The report's body, marked, before and after the text of a section (a SECTION name), which is left out.

    A part's own heading stands before its text. A topic of part 一 is what its sheet holds (``report.topics``).
    """
    pieces = list(_pieces(report, marked=True))
    own = [place for place, piece in enumerate(pieces) if section in piece.sheets]
    if not own:  # after its heading; a topic without one comes last in part 一
        heads = [place for place, piece in enumerate(pieces) if piece.heads == section]
        ends = [place for place, piece in enumerate(pieces) if "overview" in (*piece.sheets, piece.heads)]
        place = (heads[:1] or ends[-1:])[0]
    start, end = (own[0], own[-1] + 1) if own else (place + 1, place + 1)
    return "\n".join(piece.text for piece in pieces[:start]), "\n".join(piece.text for piece in pieces[end:])


@dataclass(frozen=True)
class _Piece:
    """An element of the body; ``sheets`` (SECTION names) hold its text, ``heads`` is the one that it stands over."""

    text: str
    sheets: tuple[str, ...] = ()
    heads: str = ""


def _pieces(report: FinishedReport, marked: bool) -> Iterator[_Piece]:
    tables = grids(report.figures, form_for(report.figures.year))
    yield _Piece(f"<h1{_CENTRE}>{escape(report.title)}</h1>")
    if report.draft_mark:
        yield _Piece(f"<p{_MARK}><strong>{escape(report.draft_mark)}</strong></p>")
    yield from (_Piece(_paragraph(text)) for text in preface(report))
    topic, had = "", set()
    for block in outline(report):
        if block.kind == "table":
            table = render_table(tables[block.text])
            yield _Piece(f'<div data-part="{block.section}">{table}</div>' if marked else table)
        elif block.level == 1:
            yield _Piece(_block(block, block.section if marked else ""), heads=block.section)
        else:
            starts = begun(block.text) if block.section == "overview" else None
            if starts is not None:
                topic = starts if starts not in had else ""
                had.add(starts)
            name = topic if block.section == "overview" and topic else block.section
            text = _block(block, name if marked else "")
            yield _Piece(text, (block.section,), topic) if starts is not None else _Piece(text, (block.section, name))
    yield from (_Piece(f"<p{_RIGHT}>{escape(text)}</p>") for text in (report.signature, report.date_line) if text)


def _block(block: OutlineBlock, part: str) -> str:
    """A heading or a paragraph; ``part`` is the sheet that it says it belongs to, "" where it says nothing."""
    if block.kind == "paragraph":
        return _marked(block, part) if part else _paragraph(block.text)
    said = f' data-part="{part}"' if part else ""
    return f"<h{block.level + 1}{said}>{escape(block.text)}</h{block.level + 1}>"


def _paragraph(text: str) -> str:
    """A paragraph; what the office has still to fill in is marked."""
    marked = GAP.sub(lambda gap: f"<mark>{gap.group()}</mark>", escape(text, quote=False))
    return f"<p{_PARAGRAPH}>{marked}</p>"


def _marked(block: OutlineBlock, part: str) -> str:
    """A paragraph that knows its section, with each figure in a box that says where it comes from."""
    text, at, pieces = block.text, 0, []
    for start, end, phrase in block.placed:
        pieces.append(escape(text[at:start], quote=False))
        pieces.append(f'<b class="figure" title="{escape(phrase.source or phrase.key)}">{escape(text[start:end])}</b>')
        at = end
    pieces.append(escape(text[at:], quote=False))
    words = GAP.sub(lambda gap: f"<mark>{gap.group()}</mark>", "".join(pieces))
    return f'<p{_PARAGRAPH} data-part="{part}">{words}</p>'


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
