"""Where a sheet's headings stand and which column is which.

They may stand in any row, in one line or in two (a merged 申请人信息 above 申请人类型 and 联系电话), and
the columns in any order. Under a merged heading the values may be columns of their own, one of which
is ticked (申请人类型 above 自然人, 商业企业, 其他). Columns that the layout does not know are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from statutory.layout import SERIAL, SheetLayout
from statutory.spelling import fold
from statutory.workbook import RawSheet

_NOTE = re.compile(r"[*＊：:]|（(?:必填|选填|可不填|下拉选择|年月日|格式[^）]*|人民币)）")
_UNIT = re.compile(r"(?<=数值|金额|数额)（(?:单位)?(?:人民币)?(?:百万|万|千)?元）$")
_TICKED = frozenset("√✓✔☑■●★◆○〇是有1YyVv") | {"1.0"}
_UNTICKED = frozenset(("", "□", "×", "✗", "否", "无", "0", "0.0", "/", "-", "—", "N", "n"))


@dataclass(frozen=True)
class Headings:
    """``lines`` are the heading rows (indexes into the grid), ``columns`` heading → column index.

    ``said`` are the headings read by an alias, as written; ``doubled`` those that two columns claim;
    ``ticks`` heading → column index → the value that a tick there means; ``words`` column index → heading
    as written, of every column.
    """

    lines: tuple[int, ...] = (0,)
    columns: Mapping[str, int] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()
    ticks: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    words: Mapping[int, str] = field(default_factory=dict)

    def holds(self, names: Sequence[str]) -> int:
        return sum(name in self.columns for name in names)

    @property
    def unknown(self) -> dict[int, str]:
        """Column index → heading of the columns that mean nothing to the ledger."""
        taken = {*self.columns.values(), *(column for values in self.ticks.values() for column in values)}
        return {column: word for column, word in self.words.items() if column not in taken}


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
            found = _read(_spread(raw, rows, index), index, layout, known)
            if found.holds(layout.needed) == len(layout.needed):
                return _with_lower_line(raw, found, layout, known)
            if found.holds(layout.needed) > best.holds(layout.needed):
                best = found
    return best


def ticked(row: Sequence[object], values: Mapping[int, str]) -> str:
    """The value whose column is ticked, "" where none is; ValueError says what else stands there."""
    found = []
    for column, value in values.items():
        cell = row[column] if column < len(row) else ""
        word = fold(cell) if isinstance(cell, str) else str(cell)
        if word in _TICKED:
            found.append(value)
        elif word not in _UNTICKED:
            raise ValueError(f"“{value}”一列应打√，现在是“{word[:10]}”")
    if len(found) > 1:
        raise ValueError(f"{'、'.join(f'“{value}”' for value in found)}都打了√，只能选一个")
    return found[0] if found else ""


def _spread(raw: RawSheet, rows: Sequence[Sequence[object]], index: int) -> list[list[object]]:
    """The upper of two lines with its merged headings over all of their columns."""
    lines = [list(row) for row in rows]
    if len(lines) == 2:
        for (top, left), (_, right) in raw.merged:
            if top == index and left < len(lines[0]):
                lines[0] += [""] * (right + 1 - len(lines[0]))
                lines[0][left : right + 1] = [lines[0][left]] * (right + 1 - left)
    return lines


def _with_lower_line(raw: RawSheet, found: Headings, layout: SheetLayout, known: Mapping[str, str]) -> Headings:
    """With the line below, where merged headings reach down into it or stand over columns of their own."""
    last = found.lines[-1]
    merged = any(top == last and (bottom > top or right > left) for (top, left), (bottom, right) in raw.merged)
    if len(found.lines) == 1 and merged and last + 1 < len(raw.grid) and raw.grid[last + 1]:
        down = any(top <= last < bottom for (top, _), (bottom, _) in raw.merged)
        both = _read(_spread(raw, raw.grid[last : last + 2], last), last, layout, known)
        if down and both.holds(layout.needed) >= found.holds(layout.needed):
            found = both
        elif down:
            found = replace(found, lines=(last, last + 1))
    return _with_ticks(raw, found, layout) if len(found.lines) > 1 else found


def _with_ticks(raw: RawSheet, found: Headings, layout: SheetLayout) -> Headings:
    """With the values that stand as columns under a merged heading of a column of choices."""
    upper, lower = found.lines
    choices = {heading.name for heading in layout.headings if heading.filled == "choice"}
    for (top, left), (bottom, right) in raw.merged:
        name = next((name for name, column in found.columns.items() if column == left), "")
        if (top, bottom) != (upper, upper) or right == left or name not in choices:
            continue
        cells = [*raw.grid[lower], *[""] * (right + 1)][left : right + 1]
        values = {left + offset: fold(str(cell)) for offset, cell in enumerate(cells)}
        if all(values.values()) and name not in values.values():
            found = replace(found, ticks={**found.ticks, name: values})
    return found


def _read(rows: Sequence[Sequence[object]], index: int, layout: SheetLayout, known: Mapping[str, str]) -> Headings:
    """An exact heading goes before one known by an alias."""
    names = (SERIAL, *(heading.name for heading in layout.headings))
    words = {column: said for column in range(max(map(len, rows))) if (said := _words(rows, column))}
    columns: dict[str, int] = {}
    aliased: dict[str, str] = {}
    doubled = []
    for column, said in words.items():
        if name := next((word for word in said if word in names), None):
            # a merged upper heading (申请人 over 姓名 and 电话) names several columns, and doubles none
            doubled += [name] if name in columns and said[0] == name else []
            if name not in columns or (said[0] == name and words[columns[name]][0] != name):
                columns[name] = column
    exact, taken = set(columns), set(columns.values())
    for column, said in words.items():
        word = next((word for word in said if word in known), None)
        if word is None or column in taken or (name := known[word]) in exact:
            continue
        if any(w in names for w in said) and word != said[0]:
            continue
        doubled += [name] if name in columns else []
        aliased.setdefault(name, word)
        columns.setdefault(name, column)
    shown = {column: said[0] for column, said in words.items()}
    return Headings(tuple(range(index, index + len(rows))), columns, aliased, tuple(doubled), {}, shown)


def _words(rows: Sequence[Sequence[object]], column: int) -> list[str]:
    """What a column may be called: the lower line, both lines together, the upper line."""
    said = [row[column] if column < len(row) else "" for row in rows]
    lines = [_UNIT.sub("", _NOTE.sub("", fold(cell))) if isinstance(cell, str) else "" for cell in said]
    return [word for word in dict.fromkeys((lines[-1], "".join(lines), lines[0])) if word]
