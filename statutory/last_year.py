"""Last year's report beside the ledger: the sheet 上年数据, which an office's own files leave there.

A line for each cell of the three tables, under its key. Whoever gives another year's figures with the ledger has
those compared instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from statutory.spelling import fold, written
from statutory.workbook import RawSheet

LAST_YEAR = "上年数据"
HEADINGS = ("键", "数值")
_ABOUT = {"来源": "source", "单位名称": "org", "报告年度": "year", "格式": "form"}
_TABLES = ("table2", "table3", "table4")


def lines_of(previous: Mapping[str, Any], source: str) -> Iterator[tuple[str, object]]:
    """The lines of the sheet for ``previous`` (``year``, ``org``, ``form`` and the tables, as ``compare`` takes them)."""
    for said, name in _ABOUT.items():
        yield said, source if name == "source" else previous.get(name, "")
    yield HEADINGS
    for table in _TABLES:
        for key, value in _leaves(table, previous.get(table) or {}):
            yield key, str(value) if isinstance(value, Decimal) else value


def _leaves(key: str, value: object) -> Iterator[tuple[str, object]]:
    if not isinstance(value, Mapping):
        yield key, value
        return
    for name, part in value.items():
        yield from _leaves(f"{key}.{name}", part)


def last_year(raw_sheets: Iterable[RawSheet]) -> dict[str, Any]:
    """What the sheet 上年数据 holds, as ``compare`` takes it, with ``source``; {} where there is none."""
    found: dict[str, Any] = {}
    for raw in raw_sheets:
        if fold(raw.name) != LAST_YEAR:
            continue
        for row in raw.grid:
            said, cell = (*row, "", "")[:2]
            key = fold(str(said or ""))
            if key in _ABOUT:
                found[_ABOUT[key]] = _number(cell) if key == "报告年度" else written(cell or "")
            elif key.partition(".")[0] in _TABLES:
                _put(found, key.split("."), _number(cell))
    return found


def _put(found: dict[str, Any], path: list[str], value: object) -> None:
    for name in path[:-1]:
        found = found.setdefault(name, {})
        if not isinstance(found, dict):
            return
    found[path[-1]] = value


def _number(cell: object) -> object:
    """A cell as a figure: a whole number, a decimal, text where the report had some, None where it had nothing."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    text = str(cell).strip()
    try:
        return int(text) if text.isascii() and text.lstrip("-").isdigit() else Decimal(text)
    except ArithmeticError:
        return text
