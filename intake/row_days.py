"""The days of records: read, asked for where a cell holds none, and completed where a year is left out."""

from __future__ import annotations

import re
from datetime import date

from domain import UnusableInput
from intake.asking import Asking, IntakeQuestion
from intake.days import TWO_DIGIT_YEAR, WITHOUT_YEAR, YEAR_LAST, day_of
from intake.grids import is_empty
from intake.recognising import Reading
from intake.rows import OpenRows
from intake.tables import Table
from intake.words import kinds
from statutory.dates import read_date
from statutory.spelling import fold

NOT_A_RECORD = "不是一条记录，不计"
YEAR_OPEN = "（年份未定）"
_MONTH_FIRST, _DAY_FIRST = "第一个是月", "第二个是月"
_YEAR_FIRST, _YEAR_LAST = "年月日", "日月年"
_OPEN_WORDS = frozenset(
    (
        "/",
        "-",
        "—",
        "--",
        "——",
        "无",
        "未办结",
        "办理中",
        "未答复",
        "尚未答复",
        "待答复",
        "在办",
        "／",
        "暂无",
        "未废止",
        "有效",
        "现行有效",
        "否",
        "未到期",
    )
)


class RowDays:
    """Reads the days of one ledger's tables; ``year`` is the report's (0 while it is open)."""

    def __init__(self, asking: Asking, year: int, open_: OpenRows) -> None:
        self.asking, self.year, self.open = asking, year, open_

    def day(
        self, table: Table, reading: Reading, record: int, target: str, after: date | None = None
    ) -> date | str | None:
        """The day in a cell, None where it is blank, or the words of one that cannot be read."""
        at = reading.columns.get(target)
        if at is None:
            return None
        cell = table.cell(record, at)
        if is_empty(cell) or (isinstance(cell, str) and fold(cell) in _OPEN_WORDS):
            return None
        try:
            return day_of(cell)
        except ValueError:
            pass
        if isinstance(cell, str) and (match := WITHOUT_YEAR.fullmatch(cell.strip())):
            return self._day_of_year(table, target, int(match[1]), int(match[2]), after)
        if isinstance(cell, str) and (match := TWO_DIGIT_YEAR.fullmatch(cell.strip())):
            return self._day_of_short_year(table, cell.strip(), [int(part) for part in match.groups()])
        if isinstance(cell, str) and (match := YEAR_LAST.fullmatch(cell.strip())):
            return self._day_with_year_last(table, cell.strip(), [int(part) for part in match.groups()])
        return str(cell)

    def _day_with_year_last(self, table: Table, said: str, parts: list[int]) -> date | str:
        """3/5/2025: whether the month or the day comes first is confirmed once for a table."""
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"年份/{table.id}/在后",
                text=f"{table.grid.name}的日期把年份写在最后（如“{said}”），前两个数哪个是月？",
                proposal="",
                choices=(_MONTH_FIRST, _DAY_FIRST),
            )
        )
        if answer is None:
            return YEAR_OPEN
        month, day = parts[:2] if answer == _MONTH_FIRST else (parts[1], parts[0])
        try:
            return date(parts[2], month, day)
        except ValueError:
            return said

    def _day_of_short_year(self, table: Table, said: str, parts: list[int]) -> date | str:
        """25.3.5: which part is the year is confirmed once for a table."""
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"年份/{table.id}/两位",
                text=f"{table.grid.name}的日期只写了两位年份（如“{said}”），是年在前、按20{parts[0]:02}年计吗？",
                proposal=_YEAR_FIRST if parts[0] + 2000 in range(self.year - 3, self.year + 3) else "",
                choices=(_YEAR_FIRST, _YEAR_LAST),
                group=f"合并/年份/{table.grid.file}/两位",
                about=table.grid.sheet or table.name,
                alike=True,
            )
        )
        if answer is None:
            return YEAR_OPEN
        year, month, day = parts if answer == _YEAR_FIRST else reversed(parts)
        try:
            return date(2000 + year, month, day)
        except ValueError:
            return said

    def _day_of_year(self, table: Table, target: str, month: int, day: int, after: date | None) -> date | str | None:
        """A day without a year: that of the title or the report, once confirmed; an answer is not before the receipt."""
        said = re.search(r"(20\d\d)年", f"{table.title}{table.grid.sheet}{table.grid.file}")
        year = int(said[1]) if said else self.year
        question = IntakeQuestion(
            id=f"年份/{table.id}",
            text=f"{table.grid.name}的日期没有写年份，按{year}年计吗？（答复日期早于收到日期的，按次年计）",
            proposal=f"{year}" if year else "",
            choices=tuple(str(one) for one in range((year or 2025) - 1, (year or 2025) + 2)),
            group=f"合并/年份/{table.grid.file}/{year}",
            about=table.grid.sheet or table.name,
            alike=True,
        )
        chosen = self.asking.ask(question)
        try:
            found = date(int(chosen or year or 2025), month, day)
            if after and found < after:
                found = date(found.year + 1, month, day)
        except ValueError:
            return f"{month}月{day}日"
        return found if chosen else YEAR_OPEN

    def asked_day(
        self, table: Table, reading: Reading, record: int, target: str, why: str, after: date | None = None
    ) -> date | None:
        """A day that a person gives for one row, or None: the row is then no record, or open."""
        row = table.grid.row(record)
        question = IntakeQuestion(
            id=f"行/{table.id}/{row}/{target}",
            text=f"{table.grid.name}{table.grid.where([row])}：{why}；请填日期（如 2025-03-15），或选“{NOT_A_RECORD}”",
            proposal="",
            choices=(NOT_A_RECORD,),
            count=1,
            free=True,
        )
        answer = self.asking.ask(question)
        if answer is None:
            self.open.leave(table, record, why)
            return None
        if answer == NOT_A_RECORD:
            return None
        try:
            day = read_date(answer)
        except ValueError:
            day = None
        if day is None:
            raise UnusableInput(f"问题“{question.id}”的回答“{answer[:40]}”不是日期，请写成 2025-03-15 的样子")
        return day

    def needed_day(self, table: Table, reading: Reading, record: int, target: str) -> date | None:
        day = self.day(table, reading, record, target)
        if isinstance(day, date):
            return day
        if day == YEAR_OPEN:
            self.open.leave(table, record, "日期没有写年份，是哪一年还没有确认")
            return None
        heading = table.headings[reading.columns[target]] if target in reading.columns else target
        why = f"“{heading}”是空白" if day is None else f"“{heading}”无法识别为日期"
        return self.asked_day(table, reading, record, target, why)


def years_of(table: Table, reading: Reading) -> list[int]:
    """The years of the column that dates a record, for telling the report's year."""
    target = next(
        (one.name for one in kinds()[reading.sheet].columns.values() if one.filled == "date" and one.needed), ""
    )
    at = reading.columns.get(target)
    found = []
    for cell in table.values(at) if at is not None else ():
        try:
            day = day_of(cell)
        except ValueError:
            continue
        if day:
            found.append(day.year)
    return found
