"""Raw sheets become rows under headings.

What is no record is set aside with its reason and told in the account of the sheet: blank and merely
numbered rows, repeated headings, the example row of the template as it was shipped, signature lines,
小计 and 合计 rows (the latter kept for comparison). Titles and 填报单位 lines above the headings are no
rows. Personal columns are looked at only to tell whether a row is blank or entered twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path

from statutory import marked
from statutory.aliases import BY_CONFIRMING, FILE_NAME, Aliases
from statutory.clock import clock_cells, clock_columns
from statutory.doubts import ASIDE, COUNTED
from statutory.fees import stated_unit
from statutory.headings import Headings, locate_headings, ticked
from statutory.last_year import LAST_YEAR, last_year
from statutory.layout import BASIC_KEYS, BASICS, LAYOUTS, SERIAL, SheetLayout
from statutory.lines import Ledger, Line, SheetRows, TotalLine
from statutory.merged import FURTHER, settle_merged
from statutory.naming import ask_about_files, name_sheets
from statutory.pending import pending_matters, without_pending
from statutory.remarks import Place, Remarks, SheetNotes
from statutory.rows import REASONS, is_blank, is_mere_example, kind_of, numbers_of
from statutory.spelling import fold
from statutory.workbook import RawSheet, Unusable, open_ledger

_NAMES_PERSONS = re.compile(
    r"^(?!.*(?:类型|类别|性质|方式|电话|手机|地址|邮编|证件|号码|性别|人数|日期|时间|是否)).*(?:姓名|(?<!被)申请人(?:名称|全称|（|\(|$)|"
    r"申请(?:者|单位|公民)|当事人|原告|联系人|法定代表人|代理人|第三人|投诉人|举报人|来信人|来访人|信访人|收件人)"
)
_FURTHER = 12  # rows of one application
_SHOWN = 20  # headings of a sheet in a sentence


def read_ledger(path: Path, aliases: Aliases, remarks: Remarks) -> Ledger:
    """The ledger's sheets; what is missing, doubled or unusable is noted as a problem."""
    opened = open_ledger(path)
    raw_sheets = opened.sheets
    remarks.warnings += opened.warnings
    ask_about_files(opened.unread, aliases, remarks)
    if path.is_dir():
        remarks.files = {raw.part: raw.file for raw in raw_sheets if raw.part == raw.name}
    pending, before = pending_matters(raw_sheets), last_year(raw_sheets)
    rest = [raw for raw in without_pending(raw_sheets) if fold(raw.name) != LAST_YEAR]
    named = name_sheets(rest, aliases, remarks)
    basics = _read_basics(named.get(BASICS, []), aliases, remarks)
    sheets = {
        name: _merge([_read_rows(raw, layout, aliases, remarks) for raw in named.get(name, [])])
        for name, layout in LAYOUTS.items()
    }
    return Ledger(basics, sheets, pending, before)


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
        listed = "、".join(f"“{word}”" for word in list(headings.words.values())[:_SHOWN])
        found = f"，现有的列：{listed}" if columns and listed else ""
        remarks.problem(
            f"工作表“{raw.part}”缺少列{'、'.join(f'“{name}”' for name in missing)}{where}{found}"
            f'。同一列有别的叫法，可以改成台账的叫法，写进 {FILE_NAME} 的 [headings."{layout.name}"]，或者在{BY_CONFIRMING}'
        )
        return SheetRows()
    _note_headings(headings, layout, place, aliases, remarks)
    account = remarks.reading(SheetNotes(raw.part, layout.name, tuple(headings.unknown.values())))
    repeated = [
        {name: raw.grid[line][columns[name]] for name in layout.needed if columns[name] < len(raw.grid[line])}
        for line in headings.lines
    ]
    covered = _covered(raw, columns, layout)
    width = max(*columns.values(), *(column for values in headings.ticks.values() for column in values), 0) + 1
    clock = clock_columns(headings.unknown) if layout.name == "依申请公开" else {}
    lines, totals = [], []
    for offset in range(headings.lines[-1] + 1, len(raw.grid)):
        row, here = raw.grid[offset], Place(raw.part, raw.first_row + offset)
        if not row:
            continue
        if len(row) < width:
            row = raw.grid[offset] = [*row, *[""] * (width - len(row))]
        if headings.ticks:
            row = _with_ticks(row, here, headings, remarks)
        kind = kind_of(row, columns, layout, repeated)
        if kind == "blank":
            continue
        account.read += 1
        if kind == "data" or kind in ("example", "undated") and _is_record(kind, row, here, columns, layout, remarks):
            if lines and _continues(row, here, lines[-1], columns, layout, covered):
                row = settle_merged(row, here, lines, columns, layout, covered, remarks)
                if row is None:
                    account.set_aside(FURTHER, here.row)
                    continue
                covered = {at: above for at, above in covered.items() if at[0] != here.row}
            if _is_sound(row, here, columns, layout, covered, remarks):
                account.records.add(here.row)
                lines.append(_line(row, columns, layout, here, clock))
            continue
        account.set_aside(REASONS[kind], here.row)
        if kind == "total":
            totals.append(TotalLine(here, numbers_of(row, columns.get(SERIAL))))
        elif kind in ("note", "subtotal"):
            remarks.set_aside(here)
    remarks.names |= _names(raw, headings)
    _filled_down(lines, remarks)
    kept = tuple(marked.settle(raw, headings, layout, lines, remarks))
    return SheetRows(kept, tuple(totals), {raw.part: _stated(raw, headings)} if layout.name == "汇总数据" else {})


def _names(raw: RawSheet, headings: Headings) -> set[str]:
    """What stands in the columns that name a person: for the masks, and nothing else."""
    columns = {index for name, index in headings.columns.items() if name == "申请人"}
    columns |= {index for index, said in headings.unknown.items() if _NAMES_PERSONS.search(said)}
    rows = raw.grid[headings.lines[-1] + 1 :]
    cells = (row[index] for row in rows for index in columns if index < len(row))
    return {cell.strip() for cell in cells if isinstance(cell, str) and not is_blank(cell)}


def _stated(raw: RawSheet, headings: Headings) -> str:
    """The unit of money that the heading of the amounts states, else a line above the headings."""
    lines = [
        raw.grid[headings.lines[-1]][headings.columns["数值"]],
        *(cell for row in raw.grid[: headings.lines[0]] for cell in row),
    ]
    return next((unit for cell in lines if isinstance(cell, str) and (unit := stated_unit(fold(cell)))), "")


def _is_record(
    kind: str, row: Sequence[object], here: Place, columns: Mapping[str, int], layout: SheetLayout, remarks: Remarks
) -> bool:
    """Whether a row counts that may be the template's example, or that has contents and no date."""
    about = marked.content_of(row, columns.get(SERIAL))
    if kind == "undated":
        said = f"有内容，而“{'”“'.join(layout.needed)}”都是空白，不能计入。如是一件事，请在台账中补填；如不是，请选“不计入”"
        remarks.doubts.ask("undated", f"{layout.name}|{about}", said, [here], (ASIDE,), ASIDE)
        return False
    if is_mere_example(row, columns, layout):
        return False
    said = "序号是“示例”，但内容不是模板原有的示例，是否计入？"
    return remarks.doubts.ask("example", f"{layout.name}|{about}", said, [here]) == COUNTED


def _with_ticks(row: Sequence[object], here: Place, headings: Headings, remarks: Remarks) -> list[object]:
    """The row with the value that is ticked in the place of the ticks."""
    filled = list(row)
    for name, values in headings.ticks.items():
        try:
            filled[headings.columns[name]] = ticked(row, values)
        except ValueError as error:
            remarks.problem(f"“{name}”{error}", here)
            filled[headings.columns[name]] = next(iter(values.values()))  # never seen: the ledger is refused
    return filled


def _filled_down(lines: list[Line], remarks: Remarks) -> None:
    """Put the value above in the place of 同上; a problem where nothing stands above."""
    above: Mapping[str, object] = {}
    for line in lines:
        if not marked.DITTO.isdisjoint(line.cells.values()):
            for name, cell in line.cells.items():
                if cell not in marked.DITTO:
                    continue
                if is_blank(above.get(name, "")):
                    remarks.problem(f"“{name}”写着“{cell}”，而上一行没有值", line.place)
                else:
                    remarks.read_as(name, str(cell), "上一行的值", line.place)
                    line.cells[name] = above[name]
        above = line.cells


def _note_headings(headings: Headings, layout: SheetLayout, place: Place, aliases: Aliases, remarks: Remarks) -> None:
    """Report headings read by an alias, and refuse a needed one that two columns claim."""
    for name in headings.doubled:
        if name in layout.needed:
            said = [
                word
                for word in headings.words.values()
                if word == name or aliases.headings.get(layout.name, {}).get(word) == name
            ]
            both = f"（{'、'.join(f'“{word}”' for word in said)}）" if len(set(said)) > 1 else ""
            remarks.problem(f"列“{name}”出现了两次{both}，不能确定用哪一列", place)
    for name, said in headings.said.items():
        remarks.read_as("列", said, name, place)


def _covered(raw: RawSheet, columns: Mapping[str, int], layout: SheetLayout) -> dict[tuple[int, int], bool]:
    """Rows and columns of needed cells that a merged range hides, and whether their value stands in a row above."""
    needed = {columns[name] for name in layout.needed}
    hidden: dict[tuple[int, int], bool] = {}
    for (top, left), (bottom, right) in raw.merged:
        for row in range(top, min(bottom, len(raw.grid) - 1) + 1):
            if raw.grid[row]:
                inside = [column for column in needed if left <= column <= right]
                hidden |= {(row + raw.first_row, column): row > top for column in inside}
        hidden.pop((top + raw.first_row, left), None)
    return hidden


def _continues(
    row: Sequence[object],
    here: Place,
    above: Line,
    columns: Mapping[str, int],
    layout: SheetLayout,
    covered: Mapping[tuple[int, int], bool],
) -> bool:
    """Whether the day on which an application came is merged with that of the row above."""
    if layout.name != "依申请公开" or not covered.get((here.row, columns[layout.dated_by])):
        return False
    near = above.place.part == here.part and here.row - above.place.row <= _FURTHER
    return near and any(not is_blank(cell) for cell in row)


def _is_sound(
    row: Sequence[object],
    place: Place,
    columns: Mapping[str, int],
    layout: SheetLayout,
    covered: Mapping[tuple[int, int], bool],
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


def _line(
    row: Sequence[object],
    columns: Mapping[str, int],
    layout: SheetLayout,
    place: Place,
    clock: Mapping[int, tuple[str, str]],
) -> Line:
    serial = columns.get(SERIAL)
    cells = {name: row[index] for name, index in columns.items() if name != SERIAL and name not in layout.personal}
    whole = tuple(cell.strip() if isinstance(cell, str) else cell for index, cell in enumerate(row) if index != serial)
    personal = [fold(str(row[columns[name]])) for name in layout.personal if name in columns]
    person = hash(tuple(personal)) if any(personal) else 0
    return Line(place, cells, hash(whole), person, clock=clock_cells(row, clock) if clock else ())


def _merge(parts: Sequence[SheetRows]) -> SheetRows:
    lines, totals, stated = zip(*((part.lines, part.totals, part.stated) for part in parts)) if parts else ((), (), ())
    return SheetRows(tuple(chain(*lines)), tuple(chain(*totals)), dict(chain(*(one.items() for one in stated))))
