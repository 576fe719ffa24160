"""The rows of a grid that hold headings: one, two or three of them, merged or not; or a guess where no word is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from intake.days import date_of
from intake.grids import CellGrid, is_empty
from intake.values import is_value_word
from intake.words import is_heading, is_total
from statutory.spelling import fold

NUMERIC = re.compile(r"[-+]?[\d.,，％%]+[件条次个份篇元]?")
SIGNATURE = re.compile(
    r"(?:填报|填表|审核|制表|复核|审批|负责人|联系|注|说明|备注|单位|统计|经办|日期|打印|导出)[^：:]{0,8}[：:]"
)
_LONGEST_HEADING = 30


def heading_blocks(grid: CellGrid, rows: Sequence[Sequence[object]]) -> list[tuple[int, int]]:
    """First and last row of each block of headings."""
    blocks: list[tuple[int, int]] = []
    at = 0
    while at < len(rows):
        if _is_heading_row(rows[at]):
            first, last = _extended(rows, at)
            if blocks and first <= blocks[-1][1]:
                first = blocks[-1][1] + 1
            blocks.append((first, last))
            at = last + 1
        else:
            at += 1
    if not blocks and (guessed := _unknown_heading(rows)) is not None:
        blocks.append(_extended(rows, guessed))
    return blocks


def words_of(row: Sequence[object]) -> list[str] | None:
    """The texts of a row that could be headings; None where a cell is a number, a date or long text."""
    words: list[str] = []
    for cell in row:
        if is_empty(cell):
            continue
        if not isinstance(cell, str) or len(word := fold(cell)) > _LONGEST_HEADING or NUMERIC.fullmatch(word):
            return None
        words.append(word)
    return words


def _is_heading_row(row: Sequence[object]) -> bool:
    for cell in row[:3]:  # most rows are records: tell soon
        if isinstance(cell, (int, float, date, datetime)):
            return False
    words = words_of(row)
    if not words or len(set(words)) < 2:
        return False
    known = sum(is_heading(word) for word in words)
    if known < 2 or _looks_dated(words):
        return False
    return known * 2 >= len(words) or (known + sum(is_value_word(word) for word in words)) * 2 >= len(words)


def _looks_dated(words: Sequence[str]) -> bool:
    return any(word[:1].isdigit() and date_of(word) for word in words)


def _extended(rows: Sequence[Sequence[object]], at: int) -> tuple[int, int]:
    """The heading row with the row of groups above it and the rows of parts below it."""
    first = last = at
    if at and _is_group_row(rows[at - 1], rows[at]):
        first = at - 1
    while last + 1 < len(rows) and last - first < 2:
        if not (
            _is_part_row(rows[last], rows[last + 1])
            or _parts_numbers(rows[last], rows[last + 1], rows[last + 2 : last + 5])
        ):
            break
        last += 1
    return first, last


def _is_group_row(upper: Sequence[object], lower: Sequence[object]) -> bool:
    """Groups stand above several headings (申请人信息 over 姓名 and 类别), each at the first of them."""
    words = words_of(upper)
    if not words or len(set(words)) < 2 or _looks_dated(words) or any(SIGNATURE.match(word) for word in words):
        return False
    spans = sum(not is_empty(cell) for cell in lower)
    return len(set(words)) < spans and any(
        cell_at(upper, c) == cell_at(lower, c) or is_empty(cell_at(lower, c))
        for c in range(len(upper))
        if not is_empty(cell_at(upper, c))
    )


def _is_part_row(upper: Sequence[object], lower: Sequence[object]) -> bool:
    """Parts stand under a group that spans them; where a heading spans both rows it is repeated or blank below."""
    words = words_of(lower)
    if not words or _looks_dated(words):
        return False
    new = [c for c in range(len(lower)) if not is_empty(lower[c]) and cell_at(lower, c) != cell_at(upper, c)]
    parts = [fold(str(lower[c])) for c in new]
    if len(new) >= 2 and len(set(parts)) == len(parts) and all(map(is_value_word, parts)):
        return not any(_asks_for_value(cell_at(upper, c)) for c in new)  # 公民 | 企业 | … below 申请人情况
    if not new or not any(map(_is_part, parts)):
        return False
    # Each part lies under a group (the same word over several columns) or under the blanks beside one.
    grouped = [
        c
        for c in new
        if is_empty(cell_at(upper, c))
        or cell_at(upper, c) in (cell_at(upper, c - 1), cell_at(upper, c + 1))
        or is_empty(cell_at(upper, c + 1))
    ]
    return len(grouped) == len(new) and sum(map(_is_part, parts)) * 2 >= len(new) and len(new) < max(len(upper), 2)


def _parts_numbers(upper: Sequence[object], lower: Sequence[object], below: Sequence[Sequence[object]]) -> bool:
    """Whether a row of words parts the groups above it into columns of numbers: 微信 | 微博 under 新媒体."""
    words = words_of(lower)
    parts = [c for c in range(len(lower)) if not is_empty(lower[c]) and cell_at(lower, c) != cell_at(upper, c)]
    if not words or len(parts) < 2 or parts[0] == 0 or _looks_dated(words) or any(map(is_total, words)):
        return False
    if not (is_empty(cell_at(lower, 0)) or cell_at(lower, 0) == cell_at(upper, 0)):
        return False
    numbers = [line for line in below if any(is_value(cell_at(line, c)) for c in parts)]
    texts = any(
        isinstance(cell := cell_at(line, c), str) and not is_empty(cell) and not is_value(cell)
        for line in below
        for c in parts
    )
    grouped = any(is_empty(cell_at(upper, c)) or cell_at(upper, c) == cell_at(upper, c - 1) for c in parts[1:])
    return grouped and not texts and bool(numbers) and len(numbers) == len(below)


def _is_part(word: str) -> bool:
    return is_heading(word) or word in ("年", "月", "日")


def _asks_for_value(upper: object) -> bool:
    """Whether a heading takes one of the values in each row, so that they stand below it as a record."""
    return not is_empty(upper) and is_heading(fold(str(upper))) and not is_value_word(fold(str(upper)))


def cell_at(row: Sequence[object], column: int) -> object:
    return row[column] if 0 <= column < len(row) else ""


def _unknown_heading(rows: Sequence[Sequence[object]]) -> int | None:
    """A first row of words above rows that hold dates or numbers, though no word of it is known."""
    for at, row in enumerate(rows[:15]):
        words = words_of(row)
        if not words or len(words) < 2 or len(set(words)) < len(words) or _looks_dated(words):
            continue
        below = [line for line in rows[at + 1 : at + 6] if sum(not is_empty(cell) for cell in line) >= 2]
        typed = [line for line in below if any(is_value(cell) for cell in line[1:])]
        if below and len(typed) * 2 > len(below) and not any(_kindred(row, line) for line in below):
            return at
    return None


def is_value(cell: object) -> bool:
    return not is_empty(cell) and (
        not isinstance(cell, str) or date_of(cell) is not None or bool(NUMERIC.fullmatch(fold(cell)))
    )


def _kindred(row: Sequence[object], line: Sequence[object]) -> bool:
    """Whether a row has a word of the row below in the same column: then it is a record itself."""
    return any(not is_empty(cell_at(row, c)) and cell_at(row, c) == cell_at(line, c) for c in range(len(row)))
