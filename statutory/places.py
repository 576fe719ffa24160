"""Rows as the user sees them: by the sheet and the number that the workbook shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_SHOWN_ROWS = 8


@dataclass(frozen=True, order=True)
class Place:
    """A row as the user sees it: ``part`` is the sheet (with its file, where several hold it)."""

    part: str
    row: int


def describe(places: Iterable[Place]) -> str:
    """工作表“信息发布”第19、229行; long lists are cut short."""
    by_part: dict[str, list[int]] = defaultdict(list)
    for place in places:
        by_part[place.part].append(place.row)
    return "；".join(f"工作表“{part}”第{row_list(rows)}行" for part, rows in by_part.items())


def row_list(rows: Iterable[int]) -> str:
    """19、229, or the first few and 等…: the rows of one sheet in a sentence."""
    ordered = sorted(rows)
    shown = "、".join(str(row) for row in ordered[:_SHOWN_ROWS])
    return shown if len(ordered) <= _SHOWN_ROWS else f"{shown}等{len(ordered)}"
