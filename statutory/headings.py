"""Where a sheet's headings stand and which column is which.

They may stand in any row, in one line or in two (a merged 申请人信息 above 申请人类型 and 联系电话), and
the columns in any order. Columns that the layout does not know are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from statutory.layout import SERIAL, SheetLayout
from statutory.spelling import fold
from statutory.workbook import RawSheet

_NOTE = re.compile(r"[*＊：:]|（(?:必填|选填|可不填|下拉选择|年月日|格式[^）]*)）")


@dataclass(frozen=True)
class Headings:
    """``lines`` are the heading rows (indexes into the grid), ``columns`` heading → column index.

    ``said`` are the headings read by an alias, as written; ``doubled`` those that two columns claim.
    """

    lines: tuple[int, ...] = (0,)
    columns: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()

    def holds(self, names: Sequence[str]) -> int:
        return sum(name in self.columns for name in names)


def find_headings(raw: RawSheet, layout: SheetLayout, known: Mapping[str, str] = {}) -> tuple[int, Mapping[str, int]]:
    """The (last) row of headings, as an index into the grid, and heading → column index."""
    headings = locate_headings(raw, layout, known)
    return headings.lines[-1], headings.columns


def locate_headings(raw: RawSheet, layout: SheetLayout, known: Mapping[str, str] = {}) -> Headings:
    """The first line, else two lines, with every needed heading; else the line with most of them.

    ``known`` are aliases of headings on this sheet.
    """
    best = Headings((0,), {}, {})
    for lines in (1, 2):
        for index in range(len(raw.grid) - lines + 1):
            rows = raw.grid[index : index + lines]
            if not all(rows):
                continue
            found = _read(rows, index, layout, known)
            if found.holds(layout.needed) == len(layout.needed):
                return found
            if found.holds(layout.needed) > best.holds(layout.needed):
                best = found
    return best


def _read(rows: Sequence[Sequence[object]], index: int, layout: SheetLayout, known: Mapping[str, str]) -> Headings:
    """An exact heading goes before one known by an alias."""
    names = (SERIAL, *(heading.name for heading in layout.headings))
    words = {column: said for column in range(max(map(len, rows))) if (said := _words(rows, column))}
    columns: dict[str, int] = {}
    aliased: dict[str, str] = {}
    doubled = []
    for column, said in words.items():
        if name := next((word for word in said if word in names), None):
            doubled += [name] if name in columns else []
            columns.setdefault(name, column)
    exact, taken = set(columns), set(columns.values())
    for column, said in words.items():
        word = next((word for word in said if word in known), None)
        if word is None or column in taken or (name := known[word]) in exact or any(w in names for w in said):
            continue
        doubled += [name] if name in columns else []
        aliased.setdefault(name, word)
        columns.setdefault(name, column)
    return Headings(tuple(range(index, index + len(rows))), columns, aliased, tuple(doubled))


def _words(rows: Sequence[Sequence[object]], column: int) -> list[str]:
    """What a column may be called: the lower line, both lines together, the upper line."""
    said = [row[column] if column < len(row) else "" for row in rows]
    lines = [_NOTE.sub("", fold(cell)) if isinstance(cell, str) else "" for cell in said]
    return [word for word in dict.fromkeys((lines[-1], "".join(lines), lines[0])) if word]
