"""HTML → blocks: paragraphs and tables in reading order, spans expanded, page furniture left out."""

from __future__ import annotations

import re
from typing import Iterator

from ingest.blocks import Block, Grid, Paragraph, clean

_SKIPPED = {"script", "style", "noscript", "template", "nav", "footer", "form", "button", "select",
            "iframe", "object", "svg", "head", "title"}  # fmt: skip
_BLOCKS = {"p", "div", "section", "article", "main", "header", "li", "ul", "ol", "dl", "dt", "dd", "center",
           "blockquote", "pre", "tr", "td", "th", "tbody", "thead", "body", "html", "table", "caption",
           "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
_MOST_SPAN = 100  # a page can claim any span; real tables have fewer
_CELL_OF_LAYOUT = 400  # characters: a longer cell holds an article, so its table only lays out the page


def blocks(html: str) -> list[Block]:
    """The blocks of a page; nothing is fetched and nothing is run."""
    from bs4 import BeautifulSoup

    return [block for block in _walk(BeautifulSoup(html, "lxml")) if isinstance(block, Grid) or block.text]


def _walk(node) -> Iterator[Block]:
    from bs4.element import NavigableString, PreformattedString

    pending: list[str] = []

    def flush(level: int = 0) -> Iterator[Block]:
        text = clean(re.sub(r"[ \t\r\n]+", " ", "".join(pending)))
        pending.clear()
        if text:
            yield Paragraph(text, level)

    level = int(node.name[1]) if re.fullmatch(r"h[1-6]", node.name or "") else 0
    for child in node.children:
        if isinstance(child, PreformattedString):  # comments, doctype, CDATA
            continue
        if isinstance(child, NavigableString):
            pending.append(str(child))
        elif child.name in _SKIPPED:
            continue
        elif child.name == "br":
            yield from flush(level)
        elif child.name == "table":
            yield from flush(level)
            yield from _table(child)
        elif child.name in _BLOCKS or child.find(_BLOCKS):
            yield from flush(level)
            yield from _walk(child)
        elif child.find("br"):
            yield from _inline_with_breaks(child, pending, flush, level)
        else:
            pending.append(child.get_text())
    yield from flush(level)


def _inline_with_breaks(node, pending: list[str], flush, level: int) -> Iterator[Block]:
    """Text of an inline element in which <br> ends a paragraph."""
    from bs4.element import NavigableString, PreformattedString

    for part in node.descendants:
        if getattr(part, "name", None) == "br":
            yield from flush(level)
        elif isinstance(part, NavigableString) and not isinstance(part, PreformattedString):
            pending.append(str(part))


def _table(table) -> Iterator[Block]:
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [[cell for cell in row.find_all(["td", "th"]) if cell.find_parent("tr") is row] for row in rows]
    lays_out = table.find("table") is not None or any(
        len(cell.get_text()) > _CELL_OF_LAYOUT for row in cells for cell in row
    )
    if lays_out:
        for row in cells:
            for cell in row:
                yield from _walk(cell)
        return
    if caption := table.find("caption"):
        yield from _walk(caption)
    if grid := expanded(cells):
        yield Grid(grid)


def expanded(rows) -> tuple[tuple[str, ...], ...]:
    """The rows of ``td``/``th`` elements with each spanning cell's text repeated where it spans."""
    filled: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in filled:
                column += 1
            text = clean(re.sub(r"[ \t\r\n]+", " ", cell.get_text(" ")))
            down = min(_span(cell, "rowspan"), len(rows) - at)
            across = _span(cell, "colspan")
            for below in range(down):
                for right in range(across):
                    filled.setdefault((at + below, column + right), text)
            column += across
    widths = [max((column for row, column in filled if row == at), default=-1) + 1 for at in range(len(rows))]
    return tuple(
        tuple(filled.get((at, column), "") for column in range(width)) for at, width in enumerate(widths) if width
    )


def _span(cell, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isascii() and value.isdigit() else 1
