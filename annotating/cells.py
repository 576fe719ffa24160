"""Which cell of a document holds which number of the tables, as the reader of reports takes it.

The reader is asked, not imitated: each number in a cell is replaced by one that stands nowhere else, the
report is read again, and where such a number comes out is the key of its cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from annotating.body import paragraphs, shown, write
from annotating.package import W, WordPackage
from domain import PublishedReport
from forms import value_at

Read = Callable[[bytes], PublishedReport]
"""Reads the bytes of a .docx as a report; UnusableInput where it is none."""

_FIRST = 10_001  # five digits: no count of an office's table, no year
_NUMBER = re.compile(r"\s*-?\d[\d,]*(?:\.\d+)?\s*")


def cells(package: WordPackage, published: PublishedReport, read: Read) -> dict[str, Any]:
    """The dotted key of a figure → its ``w:tc``; a cell that holds another number than was read is left out."""
    copy = WordPackage(package.saved(), published.source)
    root, own = copy.xml(copy.main), package.xml(package.main)
    marked: dict[int, Any] = {}
    for cell, original in zip(root.iter(f"{W}tc"), own.iter(f"{W}tc")):
        if _mark(cell, _FIRST + len(marked)):
            marked[_FIRST + len(marked)] = original
    if not marked:
        return {}
    found = {}
    for key, value in _leaves(read(copy.saved()).tables):
        cell = marked.get(int(value)) if isinstance(value, (int, Decimal)) else None
        if cell is not None and _same(text_of(cell), value_at(published.tables, key, None)):
            found[key] = cell
    return found


def text_of(cell: Any) -> str:
    """The text of a cell, its paragraphs by line."""
    return "\n".join(one.text for one in paragraphs(cell))


def _mark(cell: Any, number: int) -> bool:
    """Put a number in the place of the one that a cell holds alone; False, and nothing done, for another cell."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    if merged is not None and merged.get(f"{W}val", "continue") == "continue":
        return False
    texts = [node for node in cell.iter(f"{W}t") if shown(node).strip()]
    if not _NUMBER.fullmatch(text_of(cell)) or not texts:
        return False
    write(texts[0], str(number))
    for node in texts[1:]:
        write(node, "")
    return True


def _leaves(tables: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found = []
    for key, value in tables.items():
        inner = _leaves(value, f"{before}{key}.") if isinstance(value, Mapping) else [(f"{before}{key}", value)]
        found += inner
    return found


def _same(text: str, value: Any) -> bool:
    """Whether a cell's text is the value that was read of it."""
    plain = text.replace(",", "").strip()
    try:
        return isinstance(value, (int, float, Decimal)) and Decimal(plain) == Decimal(str(value))
    except InvalidOperation:
        return False
