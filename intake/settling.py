"""Records of a recognised table become rows of the ledger, as far as everything in them is settled.

A record in which something is open (a value without a meaning, a date that cannot be read, an outcome
without its date) goes into no row; what is open is asked, or listed by sheet and row.
"""

from __future__ import annotations

import re

from intake.asking import Asking, IntakeQuestion
from intake.grids import is_empty
from intake.meanings import Meanings
from intake.recognising import Reading
from intake.row_days import NOT_A_RECORD, YEAR_OPEN, RowDays
from intake.rows import LedgerRow, OpenRows, word_in
from intake.tables import Table
from intake.values import CLOSED, COUNTED, NOT_COUNTED
from intake.words import kinds
from statutory.amounts import read_count
from statutory.spelling import written
from statutory.vocabulary import UNDER_WAY
from statutory.workbook import Unusable

_ONE, _SEVERAL, _PARTLY = "一件申请", "几件申请", "部分公开"
_AS_NUMBERED, _EACH_ONE = "按这一列计", "每行计一件"
_SHOWN = 5
_NOT_WITHDRAWN = frozenset(("否", "无", "未撤", "未撤稿", "未撤下", "-", "—", "/", "0", "没有", "未删除", "未下线"))
_VOID = re.compile(r"(?<![不未非])(作废|无效|测试|重复登记|登记错误|误登|撤稿|已删除|注销)")


class Settler:
    """Settles tables of one ledger after another; ``year`` is the report's (0 while it is open)."""

    def __init__(self, asking: Asking, year: int) -> None:
        self.asking, self.year = asking, year
        self.open = OpenRows()
        self.meanings, self.days = Meanings(asking, year, self.open), RowDays(asking, year, self.open)
        self._one: dict[tuple[str, int], str] = {}

    def rows(self, table: Table, reading: Reading, apart: frozenset[int] = frozenset()) -> list[LedgerRow]:
        """The settled rows of a table. ``apart``: records that a person has set aside."""
        settle = {"依申请公开": self._application, "信息发布": self._publication}.get(reading.sheet, self._other)
        found = []
        apart |= self._parts_of_one(table, reading) if reading.sheet == "依申请公开" else frozenset()
        for record in table.records:
            if record not in apart and (cells := settle(table, reading, record)) is not None:
                found.append(LedgerRow(cells, table, record))
        return self._by_number(table, reading, found) if "件数" in reading.columns else found

    def _by_number(self, table: Table, reading: Reading, found: list[LedgerRow]) -> list[LedgerRow]:
        """Rows that stand for several records, as a column 件数 says and a person confirms."""
        numbers = {row.record: self._number(table, reading, row.record) for row in found}
        several = [row for row in found if numbers[row.record] != 1]
        if not several:
            return found
        blank = sum(not word_in(table, reading, row.record, "件数") for row in found)
        listed = "、".join(
            f"{table.grid.where([table.grid.row(row.record)])}{word_in(table, reading, row.record, '件数')}"
            for row in several[:_SHOWN]
        )
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"件数/{table.id}",
                text=f"{table.grid.name}有一列“{table.headings[reading.columns['件数']]}”，有{len(several)}行不是1（{listed}），按这一列计吗？",
                proposal=_AS_NUMBERED if all(numbers[row.record] for row in several) and 2 * blank < len(found) else "",
                choices=(_AS_NUMBERED, _EACH_ONE),
                count=len(several),
            )
        )
        if answer == _EACH_ONE:
            return found
        rows: list[LedgerRow] = []
        for row in found:
            number = numbers[row.record]
            if number == 1:
                rows.append(row)
            elif answer is None or number is None:
                self.open.leave(table, row.record, "这一行计几件还没有确认")
            else:
                rows += [_numbered(row, at, number) for at in range(1, number + 1)]
        return rows

    def _number(self, table: Table, reading: Reading, record: int) -> int | None:
        """What the column 件数 says of a record: 1 where it is blank, None where it is no number."""
        word = word_in(table, reading, record, "件数")
        try:
            return read_count(word.rstrip("件条个份篇")) if word else 1
        except ValueError:
            return None

    def _parts_of_one(self, table: Table, reading: Reading) -> frozenset[int]:
        """Records that are only a further result of the application above them, as merged cells say."""
        columns = {table.columns[at] for name, at in reading.columns.items() if name in ("收到日期", "登记号")}
        apart: set[int] = set()
        for (top, left), (bottom, right) in table.grid.merged:
            group = [record for record in table.records if top <= record <= bottom]
            if bottom == top or len(group) < 2 or not any(left <= column <= right for column in columns):
                continue
            rows = table.grid.where(table.grid.row(record) for record in group)
            answer = self.asking.ask(
                IntakeQuestion(
                    id=f"合并行/{table.id}/{table.grid.row(top)}",
                    text=f"{table.grid.name}{rows}的编号或日期合并在一起：是一件申请有几种处理（计入“{_PARTLY}”），还是几件申请？",
                    proposal="",
                    choices=(_ONE, _SEVERAL),
                    count=len(group),
                )
            )
            if answer is None:
                for record in group:
                    self.open.leave(table, record, "编号或日期与邻行合并，是一件还是几件还没有确认")
                apart |= set(group)
            elif answer == _ONE:
                apart |= set(group[1:])
                words = {word_in(table, reading, record, "办理结果") for record in group}
                self._one[table.id, group[0]] = _PARTLY if len(words) > 1 else ""
        return frozenset(apart)

    def _void(self, table: Table, reading: Reading, record: int) -> bool | None:
        """Whether a remark says that the record does not count; None while that is open."""
        remark = word_in(table, reading, record, "备注")
        if not remark or not (match := _VOID.search(remark)):
            return False
        row = table.grid.row(record)
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"行/{table.id}/{row}/备注",
                text=f"{table.grid.name}{table.grid.where([row])}的备注有“{match[1]}”，这一行计入吗？",
                proposal=NOT_COUNTED,
                choices=(NOT_COUNTED, COUNTED),
                count=1,
            )
        )
        if answer is None:
            self.open.leave(table, record, f"备注有“{match[1]}”，是否计入还没有确认")
            return None
        return answer == NOT_COUNTED

    def _withdrawn(self, table: Table, reading: Reading, record: int) -> bool | None:
        """Whether a column says that an item was taken down, and it does not count; None while that is open."""
        word = word_in(table, reading, record, "撤下")
        if not word or word in _NOT_WITHDRAWN:
            return False
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"撤下/{table.id}",
                text=f"{table.grid.name}的“{table.headings[reading.columns['撤下']]}”一列有填写的（如{table.grid.where([table.grid.row(record)])}），这些信息计入吗？",
                proposal=NOT_COUNTED,
                choices=(NOT_COUNTED, COUNTED),
            )
        )
        if answer is None:
            self.open.leave(table, record, "写有撤下的日期或原因，是否计入还没有确认")
            return None
        return answer == NOT_COUNTED

    def _application(self, table: Table, reading: Reading, record: int) -> dict[str, object] | None:
        if self._void(table, reading, record) is not False:
            return None
        received = self.days.needed_day(table, reading, record, "收到日期")
        applicant = self.meanings.mapped(table, reading, record, "申请人类型")
        outcome = self._one.get((table.id, record)) or self.meanings.outcome(table, reading, record)
        if received is None or applicant is None or outcome is None or NOT_COUNTED in (applicant, outcome):
            return None
        closed = self.days.day(table, reading, record, "办结日期", received)
        if closed == YEAR_OPEN:
            return None
        if isinstance(closed, str):
            closed = self.days.asked_day(table, reading, record, "办结日期", "“办结日期”无法识别为日期")
            if closed is None:
                return None
        if outcome == CLOSED or (closed and not outcome and closed.year <= (self.year or 9999)):
            self._leave_row(table, record, "已经办结，但没有写明结果")
            return None
        if outcome not in ("", UNDER_WAY) and not outcome.startswith("结转") and closed is None:
            closed = self.days.asked_day(table, reading, record, "办结日期", "有办理结果，没有办结日期")
            if closed is None:
                return None
        if closed and closed < received:
            self._leave_row(table, record, "“办结日期”早于“收到日期”")
            return None
        if outcome in ("", UNDER_WAY) or outcome.startswith("结转"):
            closed = None
        cells: dict[str, object] = {
            "收到日期": received,
            "申请人类型": applicant,
            "办结日期": closed,
            "办理结果": outcome,
        }
        for target in ("登记号", "申请人", "联系电话", "申请内容", "备注"):
            cells[target] = self._word_as_is(table, reading, record, target)
        return cells | self._clock(table, reading, record)

    def _leave_row(self, table: Table, record: int, why: str) -> None:
        row = table.grid.row(record)
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"行/{table.id}/{row}",
                text=f"{table.grid.name}{table.grid.where([row])}：{why}；请在原文件改正后重新读入，或选“{NOT_A_RECORD}”",
                proposal="",
                choices=(NOT_A_RECORD,),
                count=1,
            )
        )
        if answer is None:
            self.open.leave(table, record, why)

    def _clock(self, table: Table, reading: Reading, record: int) -> dict[str, object]:
        """The days that the law takes out of the time for an answer, where they are written."""
        cells: dict[str, object] = {}
        for target in (
            "延期日期",
            "延期至",
            "补正通知日期",
            "补正日期",
            "征求意见日期",
            "收到意见日期",
            "缴费通知日期",
            "缴费日期",
            "转办日期",
            "转办收到日期",
            "转回日期",
        ):
            if (day := self.days.day(table, reading, record, target)) is not None:
                cells[target] = day
        if (flag := word_in(table, reading, record, "是否延期")) and flag not in ("否", "无", "未延期", "×", "0"):
            cells["是否延期"] = "是"
        return cells

    def _word_as_is(self, table: Table, reading: Reading, record: int, target: str) -> object:
        at = reading.columns.get(target)
        if at is None:
            return None
        cell = table.cell(record, at)
        return (
            None if is_empty(cell) or isinstance(cell, Unusable) else written(cell) if isinstance(cell, float) else cell
        )

    def _publication(self, table: Table, reading: Reading, record: int) -> dict[str, object] | None:
        if self._void(table, reading, record) is not False:
            return None
        state = self.meanings.mapped(table, reading, record, "状态") if "状态" in reading.columns else COUNTED
        if state == NOT_COUNTED or state is None or self._withdrawn(table, reading, record) is not False:
            return None
        day = self.days.needed_day(table, reading, record, "发布日期")
        category = self.meanings.mapped(table, reading, record, "信息类别")
        if day is None or category is None or category == NOT_COUNTED:
            return None
        cells = {"发布日期": day, "信息类别": category}
        return cells | {name: self._word_as_is(table, reading, record, name) for name in ("信息标题", "链接", "备注")}

    def _other(self, table: Table, reading: Reading, record: int) -> dict[str, object] | None:
        """A record of any other kind: dates read, choices settled, the rest as it stands."""
        if self._void(table, reading, record) is not False:
            return None
        cells: dict[str, object] = {}
        for column in kinds()[reading.sheet].columns.values():
            if column.filled == "date":
                day = (
                    self.days.needed_day(table, reading, record, column.name)
                    if column.needed
                    else self.days.day(table, reading, record, column.name)
                )
                if column.needed and day is None:
                    return None
                if day == YEAR_OPEN:
                    return None
                if isinstance(day, str):
                    day = self.days.asked_day(table, reading, record, column.name, f"“{column.name}”无法识别为日期")
                    if day is None:
                        return None
                cells[column.name] = day
            elif self.meanings.has_meanings(reading.sheet, column.name) or (
                column.needed and column.name in reading.constants
            ):
                meaning = self.meanings.mapped(table, reading, record, column.name)
                if meaning is None or meaning == NOT_COUNTED:
                    return None
                cells[column.name] = meaning
            else:
                cells[column.name] = self._word_as_is(table, reading, record, column.name)
        return cells


def _numbered(row: LedgerRow, at: int, of: int) -> LedgerRow:
    """One of the records that a row stands for, told apart by its number or title."""
    name = next((one for one in ("登记号", "信息标题", "文号") if row.cells.get(one)), "备注")
    return LedgerRow({**row.cells, name: f"{row.cells.get(name) or ''}（{at}/{of}）"}, row.table, row.record)
