"""What a row below the headings is: a record, or one of the lines that are none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from statutory.dates import read_date
from statutory.layout import EXAMPLE_MARK, SERIAL, SheetLayout
from statutory.spelling import fold

RowKind = Literal["data", "total", "subtotal", "note", "example", "heading", "numbered", "undated", "blank"]
"""``undated`` has contents, but none in the columns that the ledger needs."""
REASONS: Mapping[RowKind, str] = {
    "total": "合计行",
    "subtotal": "小计行",
    "note": "签字、说明",
    "example": "模板的示例行",
    "heading": "重复的表头",
    "numbered": "只有序号",
    "undated": "没有日期",
}

_TOTAL = re.compile(r"(?:全年|本年度?|年度|总)?(合计|总计|共计|总数|汇总)[：:]?(?:共?(\d+)[条件次个份篇]?)?")
_PLAIN_TOTAL = re.compile(r"(?:合计|总计|共计|小计)[：:]?")
_SUBTOTAL = re.compile(
    r"(?:[^，。]{0,12}(?:小计|累计)|本[页月季]合?计|(?:[^，。]{0,6}(?:月份?|季度?|半年))[合共总]计)[：:]?(?:共?\d+[条件次个份篇]?)?"
)
_TOTAL_VALUE = re.compile(r"共?(\d+)[条件次个份篇]?")
_SIGNATURE = re.compile(r"(填报|填表|审核|制表|复核|审批|负责人|联系|注|说明|备注)[^：:]{0,6}[：:]")
_SENTENCE = 8  # a lone cell of that many signs is a note, no name


def is_blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell or not fold(cell)))


def kind_of(
    row: Sequence[object], columns: Mapping[str, int], layout: SheetLayout, repeated: Sequence[Mapping[str, object]]
) -> RowKind:
    """``repeated`` are the cells of the heading lines, to know them where they stand again."""
    serial = columns.get(SERIAL)
    content = {name: row[index] for name, index in columns.items() if name != SERIAL}
    dated = _readable_date(content.get(layout.dated_by))
    first = next((cell for cell in (row[serial] if serial is not None else "", *row) if not is_blank(cell)), "")
    word = fold(first) if isinstance(first, str) else ""
    if word in (EXAMPLE_MARK, f"（{EXAMPLE_MARK}）", f"{EXAMPLE_MARK}行"):
        return "example"
    if dated and isinstance(first, float):  # most rows by far
        return "data"
    whole = dated and not any(is_blank(content[name]) for name in layout.needed)
    if begins_with(_TOTAL, row, serial) and not (whole and not begins_with(_PLAIN_TOTAL, row, serial)):
        return "total"
    if begins_with(_SUBTOTAL, row, serial) and not (whole and not begins_with(_PLAIN_TOTAL, row, serial)):
        return "subtotal"
    if all(is_blank(cell) for cell in content.values()):
        return _without_content(row, serial)
    if dated:
        return "data"
    if _is_remark(word, [content[name] for name in layout.needed], content.get(layout.dated_by)):
        return "note"
    return "heading" if any(all(content[name] == cell for name, cell in line.items()) for line in repeated) else "data"


def _without_content(row: Sequence[object], serial: int | None) -> RowKind:
    """A row without a word in the known columns: blank, numbered, a note, or contents of something else."""
    filled = [index for index, cell in enumerate(row) if not is_blank(cell)]
    if not filled:
        return "blank"
    texts = [fold(cell) for index in filled if isinstance(cell := row[index], str)]
    if filled == [serial]:
        return "numbered" if not texts or re.fullmatch(r"[\d、.．第号-]+", texts[0]) else "note"
    if any(_SIGNATURE.match(text) for text in texts) or (len(filled) == 1 and texts and len(texts[0]) >= _SENTENCE):
        return "note"
    return "undated"


_MAY_BE_BLANK = ("办结日期", "办理结果", "废止日期", "采用单位")


def is_mere_example(row: Sequence[object], columns: Mapping[str, int], layout: SheetLayout) -> bool:
    """Whether an example row is the template's own, without a cell that somebody has changed, or no whole record."""
    needed = [name for name in layout.needed if name not in _MAY_BE_BLANK]
    if any(is_blank(row[columns[name]]) for name in needed):
        return True
    known = {SERIAL: EXAMPLE_MARK} | {heading.name: heading.example for heading in layout.headings}
    dates = {heading.name for heading in layout.headings if heading.filled == "date"}
    taken = set(columns.values())
    if any(not is_blank(cell) for index, cell in enumerate(row) if index not in taken):
        return False
    return all(_same(row[index], known[name], name in dates) for name, index in columns.items() if name != SERIAL)


def _same(cell: object, example: str, dated: bool) -> bool:
    if is_blank(cell) or not example:
        return is_blank(cell) and not example
    if dated:
        return _read(cell) == date.fromisoformat(example)
    return fold(f"{cell:g}" if isinstance(cell, (int, float)) else str(cell)) == fold(example)


def numbers_of(row: Sequence[object], serial: int | None) -> tuple[int, ...]:
    """The whole numbers on a 合计 row, as cells or text (311, 311条, 合计：311条)."""
    numbers = []
    for index, cell in enumerate(row):
        if isinstance(cell, float) and cell.is_integer() and index != serial:
            numbers.append(int(cell))
        elif isinstance(cell, str):
            word = fold(cell)
            match = _TOTAL.fullmatch(word) or (index != serial and _TOTAL_VALUE.fullmatch(word))
            number = (match[match.lastindex or 0] or "") if match else ""
            if number.isdigit():
                numbers.append(int(number))
    return tuple(numbers)


def begins_with(pattern: re.Pattern[str], row: Sequence[object], serial: int | None) -> bool:
    """Whether the first cell is such a word, or the first but 序号; further on it may be a record's remark."""
    filled: list[int] = []
    for index, cell in enumerate(row):
        if not is_blank(cell):
            filled.append(index)
            if len(filled) == 2:
                break
    first = filled[:1] + [index for index in filled if index != serial][:1]
    return any(isinstance(cell := row[index], str) and bool(pattern.fullmatch(fold(cell))) for index in first)


def _is_remark(word: str, needed: Sequence[object], dated: object) -> bool:
    """Whether a row that begins with ``word`` is a signature line, and no record.

    A record has a date, if an unreadable one, and fills most of what is needed.
    """
    if not _SIGNATURE.match(word) or not (is_blank(dated) or _has_colon(dated)):
        return False
    return sum(not is_blank(cell) and not _has_colon(cell) for cell in needed) <= 1


def _has_colon(cell: object) -> bool:
    return isinstance(cell, str) and bool(re.search("[：:]", cell))


def _read(cell: object) -> date | None:
    try:
        return read_date(cell)
    except ValueError:
        return None


def _readable_date(cell: object) -> bool:
    return _read(cell) is not None
