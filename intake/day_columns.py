"""A day over several columns, 年, 月 and 日 or 月 and 日 under one heading, becomes one column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intake.tables import Table

_PARTS = re.compile(r"(.*?)(年|月|日)份?")
_RANGES = {"年": range(1990, 2101), "月": range(1, 13), "日": range(1, 32)}


def join_days(table: Table) -> None:
    """Put one column in place of each such group; a part that is no number is kept as it stands."""
    at = 0
    while at < len(table.headings):
        found = _days_at(table, at)
        if found is None:
            at += 1
            continue
        name, parts = found
        values = {record: _joined([table.cell(record, part) for part in parts]) for record in table.records}
        for part in reversed(parts):
            for kept in (table.columns, table.headings, table.uppers):
                kept.pop(part)  # type: ignore[attr-defined]
        table.derive(name, {record: value for record, value in values.items() if value})


def _days_at(table: Table, at: int) -> tuple[str, range] | None:
    """The name and the columns of days that begin at a column."""
    for length in (3, 2):
        parts = range(at, at + length)
        words = [_PARTS.fullmatch(table.headings[part]) for part in parts if part < len(table.headings)]
        if len(words) < length or not all(words):
            continue
        units = "".join(word[2] for word in words if word)
        stems = [word[1] or table.uppers[part] for word, part in zip(words, parts) if word]
        if units != "年月日"[-length:] or not stems[0] or any(stem not in ("", stems[0]) for stem in stems):
            continue
        if all(_holds(table, part, unit) for part, unit in zip(parts, units)):
            return _named(stems[0]), parts
    return None


def _holds(table: Table, column: int, unit: str) -> bool:
    numbers = [number for cell in table.values(column) if (number := _number(cell)) is not None]
    others = sum(bool(str(cell or "").strip()) for cell in table.values(column)) - len(numbers)
    return bool(numbers) and others * 5 <= len(numbers) and all(number in _RANGES[unit] for number in numbers)


def _number(cell: object) -> int | None:
    text = re.sub(r"\.0$|[年月日\s]", "", str(cell or ""))
    return int(text) if text.isdecimal() and len(text) <= 4 else None


def _joined(cells: Sequence[object]) -> str:
    """The parts as one spelling of a day; what is no number is kept as it stands, to be asked about."""
    if not any(str(cell or "").strip() for cell in cells):
        return ""
    numbers = [_number(cell) for cell in cells]
    if None in numbers:
        return " ".join(str(cell) for cell in cells if str(cell or "").strip())
    if len(numbers) == 3:
        return f"{numbers[0]}-{numbers[1]:02}-{numbers[2]:02}"
    return f"{numbers[0]}月{numbers[1]}日"


def _named(stem: str) -> str:
    return stem if re.search("日期|时间$", stem) else f"{stem}日期"
