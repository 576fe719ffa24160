"""Raw sheets become rows under headings.

Set aside on the way: titles and 填报单位 lines above, blank and merely numbered rows, repeated
headings, the example row of the template, signature lines, and 合计 rows (kept for comparison).
Personal columns are looked at only to tell whether a row is blank or entered twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from statutory.aliases import Aliases
from statutory.dates import read_date
from statutory.headings import Headings, locate_headings
from statutory.layout import BASIC_KEYS, BASICS, EXAMPLE_MARK, LAYOUTS, SERIAL, SheetLayout
from statutory.naming import name_sheets
from statutory.pending import pending_matters, without_pending
from statutory.remarks import Place, Remarks
from statutory.spelling import fold
from statutory.workbook import RawSheet, Unusable, open_ledger

_TOTAL = re.compile(r"(合计|总计|共计|总数|汇总)[：:]?(?:共?(\d+)[条件次个份篇]?)?")
_SUBTOTAL = re.compile(r"(小计|本页合计|累计)[：:]?(?:共?(\d+)[条件次个份篇]?)?")
_TOTAL_VALUE = re.compile(r"共?(\d+)[条件次个份篇]?")
_SIGNATURE = re.compile(r"(填报|填表|审核|制表|复核|审批|负责人|联系|注|说明|备注)[^：:]{0,6}[：:]")


@dataclass(frozen=True)
class Line:
    """A row of data: the known columns' cells, and a hash of the whole row to tell repetitions."""

    place: Place
    cells: Mapping[str, object]
    digest: int


@dataclass(frozen=True)
class TotalLine:
    """A 合计 row and the whole numbers on it."""

    place: Place
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class SheetRows:
    """All rows of one sheet, from every file that holds it."""

    lines: tuple[Line, ...] = ()
    totals: tuple[TotalLine, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """A ledger as read: 基本信息 by key, and the rows of each sheet."""

    basics: Mapping[str, object]
    sheets: Mapping[str, SheetRows]
    pending: Mapping[str, str] = field(default_factory=dict)


def read_ledger(path: Path, aliases: Aliases, remarks: Remarks) -> Ledger:
    """The ledger's sheets; what is missing, doubled or unusable is noted as a problem."""
    raw_sheets, warnings = open_ledger(path)
    remarks.warnings += warnings
    if path.is_dir():
        remarks.files = {raw.part: raw.file for raw in raw_sheets if raw.part == raw.name}
    pending = pending_matters(raw_sheets)
    named = name_sheets(without_pending(raw_sheets), aliases, remarks)
    basics = _read_basics(named.get(BASICS, []), aliases, remarks)
    sheets = {
        name: _merge([_read_rows(raw, layout, aliases, remarks) for raw in named.get(name, [])])
        for name, layout in LAYOUTS.items()
    }
    return Ledger(basics, sheets, pending)


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or not fold(cell)))


def _read_basics(raw_sheets: Sequence[RawSheet], aliases: Aliases, remarks: Remarks) -> dict[str, object]:
    """单位名称, 报告年度 and the other keys of BASIC_KEYS: each with the cell to its right."""
    found: dict[str, object] = {}
    for raw in raw_sheets:
        for offset, row in enumerate(raw.grid):
            place = Place(raw.part, raw.first_row + offset)
            for key, value in _pairs(row, place, aliases, remarks):
                if isinstance(value, Unusable):
                    remarks.problem(f"“{key}”是{value}", place)
                elif key in found and found[key] != value:
                    remarks.problem(f"“{key}”填了两次而且不一致，只能保留一处", place)
                found.setdefault(key, value)
    return found


def _pairs(row: Sequence[object], place: Place, aliases: Aliases, remarks: Remarks) -> list[tuple[str, object]]:
    """Key and value in neighbouring cells, or in one cell parted by a colon."""
    for index, cell in enumerate(row):
        if not isinstance(cell, str) or is_blank(cell):
            continue
        said, colon, rest = fold(cell).replace(":", "：").partition("：")
        key = said if said in BASIC_KEYS else aliases.basics.get(said, "")
        if key not in BASIC_KEYS:
            return []
        if key != said:
            remarks.read_as("项目", said, key, place)
        beside = row[index + 1] if index + 1 < len(row) else ""
        return [(key, rest if colon and rest else beside)]
    return []


def _read_rows(raw: RawSheet, layout: SheetLayout, aliases: Aliases, remarks: Remarks) -> SheetRows:
    headings = locate_headings(raw, layout, aliases.headings.get(layout.name, {}))
    columns, place = headings.columns, Place(raw.part, raw.first_row + headings.lines[-1])
    missing = [name for name in layout.needed if name not in columns]
    if missing:
        where = f"（表头在第{place.row}行）" if columns else "（没有找到表头）"
        remarks.problem(f"工作表“{raw.part}”缺少列{'、'.join(f'“{name}”' for name in missing)}{where}")
        return SheetRows()
    _note_headings(headings, layout, place, remarks)
    repeated = [
        {name: raw.grid[line][columns[name]] for name in layout.needed if columns[name] < len(raw.grid[line])}
        for line in headings.lines
    ]
    covered = _covered(raw, columns, layout)
    lines, totals = [], []
    for offset in range(headings.lines[-1] + 1, len(raw.grid)):
        row, here = raw.grid[offset], Place(raw.part, raw.first_row + offset)
        if not row:
            continue
        if len(row) <= max(columns.values()):
            row = [*row, *[""] * (max(columns.values()) + 1 - len(row))]
        kind = _kind(row, columns, layout, repeated)
        if kind == "data" and _is_sound(row, here, columns, layout, covered, remarks):
            lines.append(_line(row, columns, layout, here))
        elif kind == "total":
            totals.append(TotalLine(here, _numbers(row, columns.get(SERIAL))))
        elif kind == "remark":
            remarks.set_aside(here)
    return SheetRows(tuple(lines), tuple(totals))


def _note_headings(headings: Headings, layout: SheetLayout, place: Place, remarks: Remarks) -> None:
    """Report headings read by an alias, and refuse a needed one that two columns claim."""
    for name in headings.doubled:
        if name in layout.needed:
            remarks.problem(f"列“{name}”出现了两次，不能确定用哪一列", place)
    for name, said in headings.said.items():
        remarks.read_as("列", said, name, place)


def _covered(raw: RawSheet, columns: Mapping[str, int], layout: SheetLayout) -> set[tuple[int, int]]:
    """Rows and columns of needed cells that a merged range hides: their value stands in another cell."""
    needed = {columns[name] for name in layout.needed}
    hidden = set()
    for (top, left), (bottom, right) in raw.merged:
        for row in range(top, min(bottom, len(raw.grid) - 1) + 1):
            if raw.grid[row]:
                hidden |= {(row + raw.first_row, column) for column in needed if left <= column <= right}
        hidden.discard((top + raw.first_row, left))
    return hidden


def _is_sound(
    row: Sequence[object],
    place: Place,
    columns: Mapping[str, int],
    layout: SheetLayout,
    covered: set[tuple[int, int]],
    remarks: Remarks,
) -> bool:
    """Whether every needed cell of a row stands for itself; a problem for each that does not."""
    known = len(remarks.problems)
    for name in layout.needed:
        if isinstance(cell := row[columns[name]], Unusable):
            remarks.problem(f"“{name}”是{cell}", place)
        elif (place.row, columns[name]) in covered:
            remarks.problem(f"“{name}”在合并单元格内，请取消合并并逐行填写", place)
    return len(remarks.problems) == known


def _kind(
    row: Sequence[object], columns: Mapping[str, int], layout: SheetLayout, repeated: Sequence[Mapping[str, object]]
) -> str:
    """data, total, remark (a signature or note, set aside and told), or "" for what is no row at all."""
    content = {name: row[index] for name, index in columns.items() if name != SERIAL}
    is_total = _begins_with_total(row, columns.get(SERIAL))
    if all(is_blank(cell) for cell in content.values()) and not is_total:
        return ""
    serial = row[columns[SERIAL]] if SERIAL in columns else ""
    first = next((cell for cell in (serial, *row) if not is_blank(cell)), "")
    word = fold(first) if isinstance(first, str) else ""
    if word in (EXAMPLE_MARK, f"（{EXAMPLE_MARK}）", f"{EXAMPLE_MARK}行"):
        return ""
    if _readable_date(content.get(layout.dated_by)):
        return "data"
    if is_total:
        return "total"
    if _is_remark(word, [content[name] for name in layout.needed], content.get(layout.dated_by)):
        return "remark"
    return "" if any(all(content[name] == cell for name, cell in line.items()) for line in repeated) else "data"


def _is_remark(word: str, needed: Sequence[object], dated: object) -> bool:
    """Whether a row that begins with ``word`` is a signature line or a subtotal, and no record.

    A record has a date, if an unreadable one, and fills most of what is needed.
    """
    if _SUBTOTAL.fullmatch(word):
        return True
    if not _SIGNATURE.match(word) or not (is_blank(dated) or _has_colon(dated)):
        return False
    return sum(not is_blank(cell) and not _has_colon(cell) for cell in needed) <= 1


def _has_colon(cell: object) -> bool:
    return isinstance(cell, str) and bool(re.search("[：:]", cell))


def _begins_with_total(row: Sequence[object], serial: int | None) -> bool:
    """Whether the first cell says 合计, or the first but 序号; further on it may be a record's remark."""
    filled = [index for index, cell in enumerate(row) if not is_blank(cell)]
    first = filled[:1] + [index for index in filled[:2] if index != serial][:1]
    return any(isinstance(cell := row[index], str) and _TOTAL.fullmatch(fold(cell)) for index in first)


def _readable_date(cell: object) -> bool:
    try:
        return read_date(cell) is not None
    except ValueError:
        return False


def _numbers(row: Sequence[object], serial: int | None) -> tuple[int, ...]:
    """The whole numbers on a 合计 row, as cells or text (311, 311条, 合计：311条)."""
    numbers = []
    for index, cell in enumerate(row):
        if isinstance(cell, float) and cell.is_integer() and index != serial:
            numbers.append(int(cell))
        elif isinstance(cell, str):
            word = fold(cell)
            match = _TOTAL.fullmatch(word) or (index != serial and _TOTAL_VALUE.fullmatch(word))
            number = match[match.lastindex or 0] if match else ""
            if number.isdigit():
                numbers.append(int(number))
    return tuple(numbers)


def _line(row: Sequence[object], columns: Mapping[str, int], layout: SheetLayout, place: Place) -> Line:
    serial = columns.get(SERIAL)
    cells = {name: row[index] for name, index in columns.items() if name != SERIAL and name not in layout.personal}
    whole = tuple(cell.strip() if isinstance(cell, str) else cell for index, cell in enumerate(row) if index != serial)
    return Line(place, cells, hash(whole))


def _merge(parts: Sequence[SheetRows]) -> SheetRows:
    return SheetRows(
        tuple(line for part in parts for line in part.lines), tuple(total for part in parts for total in part.totals)
    )
