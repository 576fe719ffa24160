"""HTML → blocks: paragraphs and tables in reading order, spans expanded, page furniture left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.blocks import PICTURE, Block, TableGrid, TextParagraph, clean

_SKIPPED = {
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "form",
    "button",
    "select",
    "iframe",
    "object",
    "svg",
    "head",
    "title",
}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "center",
    "blockquote",
    "pre",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "body",
    "html",
    "table",
    "caption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
_MOST_SPAN = 100  # a page can claim any span; real tables have fewer
_MOST_CELLS = 200_000  # of a table when its spans are written out; beyond, they no longer are
_CELL_OF_LAYOUT = 400  # characters: a longer cell holds an article, so its table only lays out the page
_LEAST_PICTURE = 200  # pixels across; smaller ones are icons and codes to scan
_AROUND = 12  # characters that may stand on one line with a title: a number, 全文
_META = {"^(?:PubDate|publishdate|firstpublishedtime)$": "发布日期", "^(?:ContentSource|source)$": "来源"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def blocks(html: str) -> list[Block]:
    """The blocks of a page; nothing is fetched and nothing is run."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(html, "lxml")
    found = [block for block in _walk(page) if isinstance(block, TableGrid) or block.text]
    return _headline(page, found) + _posted(page, found) + found


def _headline(page, found: list[Block]) -> list[Block]:
    """The page's title where the text does not print it: portals set it above the article as a template."""
    meta = page.find("meta", attrs={"name": re.compile("^ArticleTitle$", re.IGNORECASE)})
    title = clean(meta.get("content", "") if meta else page.title.get_text() if page.title else "")
    title = re.split(r"\s*[-_—|｜]+\s*", title)[0].strip()
    printed = {re.sub(r"\s+", "", block.text) for block in found if isinstance(block, TextParagraph)}
    whole = re.sub(r"\s+", "", title)
    if not whole.endswith(("报告", "年报")) or any(
        whole in text and len(text) < len(whole) + _AROUND for text in printed
    ):
        return []
    return [TextParagraph(title, 1)]


def _posted(page, found: list[Block]) -> list[Block]:
    """When a report was put up, and by whom, as the page's meta data tell (国办发〔2017〕47号 names PubDate)."""
    if not any(
        "信息公开" in block.text and "报告" in block.text for block in found if isinstance(block, TextParagraph)
    ):
        return []
    said = []
    for names, label in _META.items():
        meta = page.find("meta", attrs={"name": re.compile(names, re.IGNORECASE)})
        if meta and (value := clean(meta.get("content", ""))):
            said.append(TextParagraph(f"{label}：{value}"))
    return said


def _walk(node) -> Iterator[Block]:
    from bs4.element import NavigableString, PreformattedString

    pending: list[str] = []

    def flush(level: int = 0) -> Iterator[Block]:
        text = clean(re.sub(r"[ \t\r\n]+", " ", "".join(pending)))
        pending.clear()
        if text:
            yield TextParagraph(text, level)

    level = int(node.name[1]) if re.fullmatch(r"h[1-6]", node.name or "") else 0
    for child in node.children:
        if isinstance(child, PreformattedString):  # comments, doctype, CDATA
            continue
        if isinstance(child, NavigableString):
            pending.append(str(child))
        elif child.name in _SKIPPED or _is_hidden(child):
            continue
        elif child.name == "img":
            if _is_picture(child):
                yield from flush(level)
                yield PICTURE
        elif child.name == "br":
            yield from flush(level)
        elif child.name == "table":
            yield from flush(level)
            yield from _table(child)
        elif child.name == "pre" and not child.find(_BLOCKS | {"img", "br"}):
            yield from flush(level)
            yield from (TextParagraph(text) for line in child.get_text().splitlines() if (text := clean(line)))
        elif child.name in _BLOCKS or child.find(_BLOCKS | {"img"}):
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
    lays_out = (
        table.find("table") is not None
        or all(len(row) < 2 for row in cells)
        or any(len(cell.get_text()) > _CELL_OF_LAYOUT for row in cells for cell in row)
    )
    if lays_out:
        for row in cells:
            for cell in row:
                yield from _walk(cell)
        return
    if caption := table.find("caption"):
        yield from _walk(caption)
    if grid := expanded(cells):
        yield grid


def expanded(rows) -> TableGrid | None:
    """The rows of ``td``/``th`` elements with each spanning cell's text repeated where it spans."""
    filled: dict[tuple[int, int], tuple[str, int]] = {}
    number = 0
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in filled:
                column += 1
            number += 1
            text = _cell_text(cell)
            full = len(filled) > _MOST_CELLS
            across = 1 if full else _span(cell, "colspan")
            for below in range(1 if full else min(_span(cell, "rowspan"), len(rows) - at)):
                for right in range(across):
                    filled.setdefault((at + below, column + right), (text, number))
            column += across
    widths = [0] * len(rows)
    for at, column in filled:
        widths[at] = max(widths[at], column + 1)
    places = [
        [filled.get((at, column), ("", -column - 1)) for column in range(width)]
        for at, width in enumerate(widths)
        if width
    ]
    if not places:
        return None
    return TableGrid(
        tuple(tuple(text for text, _ in row) for row in places),
        tuple(tuple(number for _, number in row) for row in places),
    )


def _cell_text(cell) -> str:
    """The text of a cell, a line for each paragraph; a word split over inline elements stays one word."""
    parts: list[str] = []

    def collect(node) -> None:
        from bs4.element import NavigableString, PreformattedString

        for child in node.children:
            if isinstance(child, NavigableString):
                if not isinstance(child, PreformattedString):
                    parts.append(re.sub(r"[ \t\r\n]+", " ", str(child)))
            elif child.name in _SKIPPED or _is_hidden(child):
                continue
            elif child.name == "br" or child.name in _BLOCKS:
                parts.append("\n")
                collect(child)
                parts.append("\n")
            else:
                collect(child)

    collect(cell)
    return "\n".join(line for raw in "".join(parts).split("\n") if (line := clean(raw)))


def _is_hidden(node) -> bool:
    return bool(_HIDDEN.search(node.get("style") or ""))


def _is_picture(image) -> bool:
    """Large enough to show a table, as far as the page says how large it is."""
    width = re.match(r"\d+", str(image.get("width") or ""))
    return not width or int(width.group()) >= _LEAST_PICTURE or "%" in str(image.get("width"))


def _span(cell, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isascii() and value.isdigit() else 1
