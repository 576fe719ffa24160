"""Tables that a website exports as .xls and that are web pages inside.

Each outermost table is a sheet; a cell over several rows or columns is a merged range, and what is struck
out in the page counts as struck. Scripts never run, nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from statutory.marginalia import Marginalia
from statutory.package import Span

_PAGE = (b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")
_LONGEST_SPAN = 1000


def is_web_page(data: bytes) -> bool:
    return data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGE)


def read_tables(data: bytes) -> Iterator[tuple[list[list[object]], list[Span], Marginalia]]:
    """Rows, merged ranges and marks of each table of a page."""
    from lxml import html

    page = html.document_fromstring(_decoded(data))
    for table in page.iter("table"):
        if not any(above.tag == "table" for above in table.iterancestors()):
            yield _rows(table)


def _decoded(data: bytes) -> str:
    """The text in the encoding that the page states, else UTF-8 or GB18030."""
    stated = re.search(rb"charset=[\"']?([\w-]+)", data[:2048])
    named = [stated[1].decode().lower().replace("gb2312", "gb18030").replace("gbk", "gb18030")] if stated else []
    for encoding in (*named, "utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("gb18030", "replace")


def _rows(table) -> tuple[list[list[object]], list[Span], Marginalia]:
    grid: list[list[object]] = []
    merged: list[Span] = []
    marks = Marginalia()
    taken: dict[tuple[int, int], bool] = {}
    for at, line in enumerate(table.iter("tr")):
        row: list[object] = []
        for cell in line.iterchildren("td", "th"):
            while (at, len(row)) in taken:
                row.append("")
            high, wide = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            left = len(row)
            row += [_text(cell), *[""] * (wide - 1)]
            if high > 1 or wide > 1:
                merged.append(((at, left), (at + high - 1, left + wide - 1)))
                taken |= {(at + down, left + over): True for down in range(1, high) for over in range(wide)}
            if cell.xpath("boolean(.//s|.//del|.//strike)"):
                marks.struck.add(at + 1)
        grid.append(row)
    return grid, merged, marks


def _text(cell) -> str:
    """What a cell shows, one line for each <br> and block in it."""
    for broken in cell.iter("br", "p", "div"):
        broken.tail = f"\n{broken.tail or ''}"
    lines = [" ".join(line.split()) for line in cell.text_content().split("\n")]
    return "\n".join(line for line in lines if line)


def _span(said: str | None) -> int:
    return min(max(int(said), 1), _LONGEST_SPAN) if said and said.strip().isdigit() else 1
