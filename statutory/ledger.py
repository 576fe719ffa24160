"""Raw sheets become rows under headings, wherever the headings stand and in whatever order.

Set aside on the way: titles and 填报单位 lines above, blank and merely numbered rows, repeated
headings, the example row of the template, signature lines, and 合计 rows (kept for comparison).
Personal columns are looked at only to tell whether a row is blank or entered twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping, Sequence

from statutory.dates import read_date
from statutory.layout import BASIC_KEYS, BASICS, EXAMPLE_MARK, LAYOUTS, SERIAL, SheetLayout
from statutory.remarks import Place, Remarks
from statutory.vocabulary import aliases, fold
from statutory.workbook import RawSheet, open_ledger

_TOTAL = re.compile(r"(合计|总计|共计|总数)[：:]?(?:共?(\d+)[条件次个份篇]?)?")
_SUBTOTAL = re.compile(r"(小计|本页合计|累计)[：:]?(?:共?(\d+)[条件次个份篇]?)?")
_TOTAL_VALUE = re.compile(r"共?(\d+)[条件次个份篇]?")
_SIGNATURE = re.compile(r"(填报|填表|审核|制表|复核|审批|负责人|联系|注|说明|备注)[^：:]{0,6}[：:]")
_HEADING_NOTE = re.compile(r"[*＊：:]|（(?:必填|选填|可不填|下拉选择|年月日|格式[^）]*)）")


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
class Rows:
    """All rows of one sheet, from every file that holds it."""

    lines: tuple[Line, ...] = ()
    totals: tuple[TotalLine, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """A ledger as read: 基本信息 by key, and the rows of each sheet."""

    basics: Mapping[str, object]
    sheets: Mapping[str, Rows]


def read_ledger(path: Path, remarks: Remarks) -> Ledger:
    """The ledger's sheets; what is missing or doubled is noted as a problem."""
    raw_sheets, warnings = open_ledger(path)
    remarks.warnings += warnings
    by_name: dict[str, list[RawSheet]] = {}
    for raw in raw_sheets:
        name = _meant("工作表", raw.name, (BASICS, *LAYOUTS), aliases()["sheets"], Place(raw.part, 1), remarks)
        by_name.setdefault(name, []).append(raw)
    for name in (BASICS, *LAYOUTS):
        if name not in by_name:
            remarks.problem(f"缺少工作表“{name}”（没有数据也要保留该表和表头）")
    basics = _read_basics(by_name.get(BASICS, []), remarks)
    sheets = {name: _merge([_read_rows(raw, layout, remarks) for raw in by_name.get(name, [])])
              for name, layout in LAYOUTS.items()}  # fmt: skip
    return Ledger(basics, sheets)


def sheet_name(raw: RawSheet) -> str:
    """The name of the ledger's sheet that a raw sheet goes by, by itself or by an alias."""
    return _meant("工作表", raw.name, (BASICS, *LAYOUTS), aliases()["sheets"], Place(raw.part, 1), None)


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not fold(cell))


def _meant(
    what: str, said: str, names: Sequence[str], known: Mapping[str, str], place: Place, remarks: Remarks | None
) -> str:
    """The known name that a sheet or heading goes by, else the folded word itself."""
    word = fold(said)
    if word in names or word not in known:
        return word
    if remarks:
        remarks.read_as(what, word, known[word], place)
    return known[word]


def _read_basics(raw_sheets: Sequence[RawSheet], remarks: Remarks) -> dict[str, object]:
    """单位名称, 报告年度, 发布日期, 发布平台: each key with the cell to its right."""
    found: dict[str, object] = {}
    for raw in raw_sheets:
        for offset, row in enumerate(raw.grid):
            place = Place(raw.part, raw.first_row + offset)
            for key, value in _pairs(row, place, remarks):
                if key in found and found[key] != value:
                    remarks.problem(f"“{key}”填了两次而且不一致，只能保留一处", place)
                found.setdefault(key, value)
    return found


def _pairs(row: Sequence[object], place: Place, remarks: Remarks) -> list[tuple[str, object]]:
    """Key and value in neighbouring cells, or in one cell parted by a colon."""
    for index, cell in enumerate(row):
        if not isinstance(cell, str) or is_blank(cell):
            continue
        said, colon, rest = fold(cell).replace(":", "：").partition("：")
        key = _meant("项目", said, BASIC_KEYS, aliases()["basics"], place, remarks)
        if key not in BASIC_KEYS:
            return []
        beside = row[index + 1] if index + 1 < len(row) else ""
        return [(key, rest if colon and rest else beside)]
    return []


def _read_rows(raw: RawSheet, layout: SheetLayout, remarks: Remarks) -> Rows:
    heading_at, columns = find_headings(raw, layout)
    place = Place(raw.part, raw.first_row + heading_at)
    missing = [name for name in layout.needed if name not in columns]
    if missing:
        where = f"（表头在第{place.row}行）" if columns else "（没有找到表头）"
        remarks.problem(f"工作表“{raw.part}”缺少列{'、'.join(f'“{name}”' for name in missing)}{where}")
        return Rows()
    _note_headings(raw.grid[heading_at], layout, place, remarks)
    headings = {name: raw.grid[heading_at][columns[name]] for name in layout.needed}
    lines, totals = [], []
    for offset in range(heading_at + 1, len(raw.grid)):
        row, here = raw.grid[offset], Place(raw.part, raw.first_row + offset)
        if len(row) <= max(columns.values()):
            row = [*row, *[""] * (max(columns.values()) + 1 - len(row))]
        kind = _kind(row, columns, layout, headings)
        if kind == "data":
            lines.append(_line(row, columns, layout, here))
        elif kind == "total":
            totals.append(TotalLine(here, _numbers(row, columns.get(SERIAL))))
    return Rows(tuple(lines), tuple(totals))


def find_headings(raw: RawSheet, layout: SheetLayout) -> tuple[int, dict[str, int]]:
    """The row that holds every needed heading, else the one with most; heading → column index."""
    best: tuple[int, dict[str, int]] = (0, {})
    for index, row in enumerate(raw.grid):
        columns = _columns(row, layout)
        needed = sum(name in columns for name in layout.needed)
        if needed == len(layout.needed):
            return index, columns
        if needed > sum(name in best[1] for name in layout.needed):
            best = (index, columns)
    return best


def _columns(row: Sequence[object], layout: SheetLayout) -> dict[str, int]:
    """Heading → column index; an exact heading goes before one known by an alias."""
    names = (SERIAL, *(heading.name for heading in layout.headings))
    words = [(index, _HEADING_NOTE.sub("", fold(cell))) for index, cell in enumerate(row) if isinstance(cell, str)]
    columns: dict[str, int] = {}
    for index, word in words:
        if word in names:
            columns.setdefault(word, index)
    known = aliases()["headings"].get(layout.name, {})
    for index, word in words:
        if word in known and word not in names:
            columns.setdefault(known[word], index)
    return columns


def _note_headings(row: Sequence[object], layout: SheetLayout, place: Place, remarks: Remarks) -> None:
    """Report headings read by an alias, and refuse a needed heading that stands twice."""
    words = [_HEADING_NOTE.sub("", fold(cell)) for cell in row if isinstance(cell, str)]
    known = aliases()["headings"].get(layout.name, {})
    for name in layout.needed:
        if words.count(name) > 1:
            remarks.problem(f"列“{name}”出现了两次，不能确定用哪一列", place)
        said = [word for word in words if known.get(word) == name]
        if name not in words and said:
            remarks.read_as("列", said[0], name, place)


def _kind(row: Sequence[object], columns: Mapping[str, int], layout: SheetLayout, headings: Mapping[str, object]) -> str:
    """data, total, or "" for what is set aside."""
    content = {name: row[index] for name, index in columns.items() if name != SERIAL}
    if all(is_blank(cell) for cell in content.values()) and not _has_total(row):
        return ""
    serial = row[columns[SERIAL]] if SERIAL in columns else ""
    first = next((cell for cell in (serial, *row) if not is_blank(cell)), "")
    word = fold(first) if isinstance(first, str) else ""
    if word in (EXAMPLE_MARK, f"（{EXAMPLE_MARK}）", f"{EXAMPLE_MARK}行"):
        return ""
    if _readable_date(content.get(layout.dated_by)):
        return "data"
    if _has_total(row):
        return "total"
    if _SIGNATURE.match(word) or _SUBTOTAL.fullmatch(word):
        return ""
    return "" if all(content[name] == cell for name, cell in headings.items()) else "data"


def _has_total(row: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and _TOTAL.fullmatch(fold(cell)) for cell in row)


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
            if match and match[match.lastindex or 0].isdigit():
                numbers.append(int(match[match.lastindex]))
    return tuple(numbers)


def _line(row: Sequence[object], columns: Mapping[str, int], layout: SheetLayout, place: Place) -> Line:
    serial = columns.get(SERIAL)
    cells = {name: row[index] for name, index in columns.items() if name != SERIAL and name not in layout.personal}
    whole = tuple(cell.strip() if isinstance(cell, str) else cell for index, cell in enumerate(row) if index != serial)
    return Line(place, cells, hash(whole))


def _merge(parts: Sequence[Rows]) -> Rows:
    return Rows(
        tuple(line for part in parts for line in part.lines), tuple(total for part in parts for total in part.totals)
    )
