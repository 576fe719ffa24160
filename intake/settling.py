"""Records of a recognised table become rows of the ledger, as far as everything in them is settled.

A record in which something is open (a value without a meaning, a date that cannot be read, an outcome
without its date) goes into no row; what is open is asked, or listed by sheet and row.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain import UnusableInput
from intake import applicants
from intake.asking import Asking, IntakeQuestion
from intake.grids import is_empty
from intake.recognising import Reading
from intake.tables import WITHOUT_YEAR, Table
from intake.values import CLOSED, COUNTED, NOT_COUNTED, Meaning, choices, columns_with_meanings, own_meaning, propose
from intake.words import kinds
from statutory.dates import read_date
from statutory.remarks import row_list
from statutory.spelling import fold, written
from statutory.vocabulary import UNDER_WAY
from statutory.workbook import Unusable

BLANK = "（空白）"
UNSORTED = "未分类"
NOT_A_RECORD = "不是一条记录，不计"
_ONE, _SEVERAL, _PARTLY = "一件申请", "几件申请", "部分公开"
_YEAR_OPEN = "（年份未定）"
_SHOWN = 5
_VOID = re.compile(r"(?<![不未非])(作废|无效|测试|重复登记|登记错误|误登|撤稿|已删除|注销)")
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


@dataclass(frozen=True)
class LedgerRow:
    """A row of the ledger: its cells by heading, and the file, sheet and row that it comes from."""

    cells: Mapping[str, object]
    table: Table
    record: int

    @property
    def source(self) -> str:
        grid = self.table.grid
        return f"{grid.file}{f'／{grid.sheet}' if grid.sheet else ''}第{grid.row(self.record)}行"


@dataclass
class Open:
    """Rows that count nowhere, each with the reason."""

    table: Table
    why: str
    rows: list[int] = field(default_factory=list)

    @property
    def said(self) -> str:
        return f"{self.table.grid.name}第{row_list(self.rows)}行：{self.why}"


class Settler:
    """Settles tables of one ledger after another; ``year`` is the report's (0 while it is open)."""

    def __init__(self, asking: Asking, year: int) -> None:
        self.asking, self.year = asking, year
        self.open: dict[tuple[str, str], Open] = {}
        self._one: dict[tuple[str, int], str] = {}
        self._meanings: dict[tuple[str, str, str], str | None] = {}
        self._found: dict[tuple[str, str], dict[str, list[tuple[Table, int]]]] = defaultdict(lambda: defaultdict(list))

    # --- values -----------------------------------------------------------------------------------

    def gather(self, table: Table, reading: Reading, apart: frozenset[int] = frozenset()) -> None:
        """Note every value that the table's records hold, so that each is asked about once, with all of its rows."""
        for target, at in reading.columns.items():
            if not self._has_meanings(reading.sheet, target):
                continue
            found = self._found[reading.sheet, target]
            for record in table.records:
                if record in apart:
                    continue
                cell = table.cell(record, at)
                if isinstance(cell, Unusable):
                    continue
                word = BLANK if is_empty(cell) else fold(written(cell))
                if word == BLANK and not self._blank_matters(reading.sheet, target):
                    continue
                found[word].append((table, record))

    def _has_meanings(self, sheet: str, target: str) -> bool:
        return (target in columns_with_meanings() and kinds()[sheet].columns[target].filled == "choice") or (
            sheet,
            target,
        ) in (
            ("工作记录", "类型"),
            ("信息发布", "信息类别"),
            ("汇总数据", "指标"),
        )

    def _blank_matters(self, sheet: str, target: str) -> bool:
        return (sheet, target) in (
            ("依申请公开", "申请人类型"),
            ("信息发布", "信息类别"),
            ("复议诉讼", "案件类型"),
            ("复议诉讼", "结果"),
            ("行政执法", "决定类型"),
            ("制度文件", "文件类型"),
        )

    def ask_values(self) -> None:
        """Ask about every value that is not the form's own."""
        for (sheet, target), values in self._found.items():
            if target == "办理状态":
                continue  # asked only where no result says it
            for word, places in values.items():
                self._meanings[sheet, target, word] = self._meaning(sheet, target, word, places)

    def _meaning(self, sheet: str, target: str, word: str, places: list[tuple[Table, int]]) -> str | None:
        if own := own_meaning(target, word, self.year or 2025) if word != BLANK else "":
            return own
        if sheet == "信息发布" and target == "信息类别":
            if word != BLANK:
                return word
            meaning, offered = Meaning(UNSORTED, "没有填写类别"), (UNSORTED, NOT_COUNTED)
        elif (sheet, target) == ("工作记录", "类型"):
            meaning = propose(target, word)
            if word in ("业务培训", "听取汇报") or not meaning.is_ and not re.search("培训|汇报", word):
                return word
            offered = ("业务培训", "听取汇报", word)
        elif (sheet, target) == ("汇总数据", "指标"):
            meaning = propose(target, word)
            if not meaning.is_ or meaning.is_ == word:
                return word
            offered = (meaning.is_, word)
        elif target == "申请人类型" and word.startswith("名称"):
            meaning, offered = Meaning(applicants.proposed(word), "由名称推测，须经确认", False), choices(target)
        else:
            meaning, offered = (propose(target, word) if word != BLANK else Meaning("", "没有填写")), choices(target)
        question = IntakeQuestion(
            id=f"值/{sheet}/{target}/{word}",
            text=self._value_text(sheet, target, word, meaning, places),
            proposal=meaning.is_,
            choices=offered if NOT_COUNTED in offered or target in ("办理状态", "类型") else (*offered, NOT_COUNTED),
            examples=_examples(places),
            count=len(places),
            key="" if word == BLANK else f"值/{sheet}/{target}/{word}",
            free=(sheet, target) in (("信息发布", "信息类别"), ("工作记录", "类型"), ("汇总数据", "指标")),
            sure=meaning.sure,
            group=f"合并/{sheet}/{target}",
            about=word,
            why=meaning.why,
        )
        return self.asking.ask(question)

    def _value_text(self, sheet: str, target: str, word: str, meaning: Meaning, places: list[tuple[Table, int]]) -> str:
        proposed = f"应计为“{meaning.is_}”" if meaning.is_ else "请选择计入哪一项"
        return f"“{sheet}”的“{target}”写作“{word}”（{len(places)}行）：{proposed}（{meaning.why}）"

    # --- records ----------------------------------------------------------------------------------

    def rows(self, table: Table, reading: Reading, apart: frozenset[int] = frozenset()) -> list[LedgerRow]:
        """The settled rows of a table. ``apart``: records that a person has set aside."""
        settle = {"依申请公开": self._application, "信息发布": self._publication}.get(reading.sheet, self._other)
        found = []
        apart |= self._parts_of_one(table, reading) if reading.sheet == "依申请公开" else frozenset()
        for record in table.records:
            if record not in apart and (cells := settle(table, reading, record)) is not None:
                found.append(LedgerRow(cells, table, record))
        return found

    def _parts_of_one(self, table: Table, reading: Reading) -> frozenset[int]:
        """Records that are only a further result of the application above them, as merged cells say."""
        columns = {table.columns[at] for name, at in reading.columns.items() if name in ("收到日期", "登记号")}
        apart: set[int] = set()
        for (top, left), (bottom, right) in table.grid.merged:
            group = [record for record in table.records if top <= record <= bottom]
            if bottom == top or len(group) < 2 or not any(left <= column <= right for column in columns):
                continue
            rows = row_list(table.grid.row(record) for record in group)
            answer = self.asking.ask(
                IntakeQuestion(
                    id=f"合并行/{table.id}/{table.grid.row(top)}",
                    text=f"{table.grid.name}第{rows}行的编号或日期合并在一起：是一件申请有几种处理（计入“{_PARTLY}”），还是几件申请？",
                    proposal="",
                    choices=(_ONE, _SEVERAL),
                    count=len(group),
                )
            )
            if answer is None:
                for record in group:
                    self._leave(table, record, "编号或日期与邻行合并，是一件还是几件还没有确认")
                apart |= set(group)
            elif answer == _ONE:
                apart |= set(group[1:])
                words = {self._word(table, reading, record, "办理结果") for record in group}
                self._one[table.id, group[0]] = _PARTLY if len(words) > 1 else ""
        return frozenset(apart)

    def _word(self, table: Table, reading: Reading, record: int, target: str) -> str:
        at = reading.columns.get(target)
        if at is None:
            return ""
        cell = table.cell(record, at)
        return "" if is_empty(cell) else fold(written(cell))

    def _mapped(self, table: Table, reading: Reading, record: int, target: str) -> str | None:
        """The settled meaning of a value; None where it is open, "" where the cell is blank and that says nothing."""
        if target in reading.constants:
            return reading.constants[target]
        word = self._word(table, reading, record, target)
        if not word and not self._blank_matters(reading.sheet, target):
            return ""
        if target not in reading.columns:
            self._leave(table, record, f"没有“{target}”")
            return None
        meaning = self._meanings.get((reading.sheet, target, word or BLANK))
        if meaning is None:
            self._leave(
                table, record, f"“{table.headings[reading.columns[target]]}”写作“{word or BLANK}”，含义还没有确认"
            )
        return meaning

    def _leave(self, table: Table, record: int, why: str) -> None:
        rows = self.open.setdefault((table.id, why), Open(table, why)).rows
        if (row := table.grid.row(record)) not in rows:
            rows.append(row)

    def _day(
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
            return read_date(cell)
        except ValueError:
            pass
        if isinstance(cell, str) and (match := WITHOUT_YEAR.fullmatch(cell.strip())):
            return self._day_of_year(table, target, int(match[1]), int(match[2]), after)
        return str(cell)

    def _day_of_year(self, table: Table, target: str, month: int, day: int, after: date | None) -> date | str | None:
        """A day without a year: that of the title or the report, once confirmed; an answer is not before the receipt."""
        said = re.search(r"(20\d\d)年", f"{table.title}{table.grid.sheet}{table.grid.file}")
        year = int(said[1]) if said else self.year
        question = IntakeQuestion(
            id=f"年份/{table.id}",
            text=f"{table.grid.name}的日期没有写年份，按{year}年计吗？（答复日期早于收到日期的，按次年计）",
            proposal=f"{year}" if year else "",
            choices=tuple(str(one) for one in range((year or 2025) - 1, (year or 2025) + 2)),
        )
        chosen = self.asking.ask(question)
        try:
            found = date(int(chosen or year or 2025), month, day)
            if after and found < after:
                found = date(found.year + 1, month, day)
        except ValueError:
            return f"{month}月{day}日"
        return found if chosen else _YEAR_OPEN

    def _asked_day(
        self, table: Table, reading: Reading, record: int, target: str, why: str, after: date | None = None
    ) -> date | None:
        """A day that a person gives for one row, or None: the row is then no record, or open."""
        row = table.grid.row(record)
        question = IntakeQuestion(
            id=f"行/{table.id}/{row}/{target}",
            text=f"{table.grid.name}第{row}行：{why}；请填日期（如 2025-03-15），或选“{NOT_A_RECORD}”",
            proposal="",
            choices=(NOT_A_RECORD,),
            count=1,
            free=True,
        )
        answer = self.asking.ask(question)
        if answer is None:
            self._leave(table, record, why)
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

    def _needed_day(self, table: Table, reading: Reading, record: int, target: str) -> date | None:
        day = self._day(table, reading, record, target)
        if isinstance(day, date):
            return day
        if day == _YEAR_OPEN:
            self._leave(table, record, "日期没有写年份，是哪一年还没有确认")
            return None
        heading = table.headings[reading.columns[target]] if target in reading.columns else target
        why = f"“{heading}”是空白" if day is None else f"“{heading}”无法识别为日期"
        return self._asked_day(table, reading, record, target, why)

    def _void(self, table: Table, reading: Reading, record: int) -> bool | None:
        """Whether a remark says that the record does not count; None while that is open."""
        remark = self._word(table, reading, record, "备注")
        if not remark or not (match := _VOID.search(remark)):
            return False
        row = table.grid.row(record)
        answer = self.asking.ask(
            IntakeQuestion(
                id=f"行/{table.id}/{row}/备注",
                text=f"{table.grid.name}第{row}行的备注有“{match[1]}”，这一行计入吗？",
                proposal=NOT_COUNTED,
                choices=(NOT_COUNTED, COUNTED),
                count=1,
            )
        )
        if answer is None:
            self._leave(table, record, f"备注有“{match[1]}”，是否计入还没有确认")
            return None
        return answer == NOT_COUNTED

    def _application(self, table: Table, reading: Reading, record: int) -> dict[str, object] | None:
        if self._void(table, reading, record) is not False:
            return None
        received = self._needed_day(table, reading, record, "收到日期")
        applicant = self._mapped(table, reading, record, "申请人类型")
        outcome = self._one.get((table.id, record)) or self._outcome(table, reading, record)
        if received is None or applicant is None or outcome is None or NOT_COUNTED in (applicant, outcome):
            return None
        closed = self._day(table, reading, record, "办结日期", received)
        if closed == _YEAR_OPEN:
            return None
        if isinstance(closed, str):
            closed = self._asked_day(table, reading, record, "办结日期", "“办结日期”无法识别为日期")
            if closed is None:
                return None
        if outcome == CLOSED or (closed and not outcome and closed.year <= (self.year or 9999)):
            self._leave_row(table, record, "已经办结，但没有写明结果")
            return None
        if outcome not in ("", UNDER_WAY) and not outcome.startswith("结转") and closed is None:
            closed = self._asked_day(table, reading, record, "办结日期", "有办理结果，没有办结日期")
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
                text=f"{table.grid.name}第{row}行：{why}；请在原文件改正后重新读入，或选“{NOT_A_RECORD}”",
                proposal="",
                choices=(NOT_A_RECORD,),
                count=1,
            )
        )
        if answer is None:
            self._leave(table, record, why)

    def _outcome(self, table: Table, reading: Reading, record: int) -> str | None:
        word = self._word(table, reading, record, "办理结果")
        if word:
            return self._mapped(table, reading, record, "办理结果")
        state = self._word(table, reading, record, "办理状态")
        if not state:
            return ""
        places = self._found["依申请公开", "办理状态"].get(state, [(table, record)])
        key = ("依申请公开", "办理状态", state)
        if key not in self._meanings:
            self._meanings[key] = self._meaning("依申请公开", "办理状态", state, places)
        if self._meanings[key] is None:
            self._leave(table, record, f"“{state}”的含义还没有确认")
        return self._meanings[key]

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
        ):
            if (day := self._day(table, reading, record, target)) is not None:
                cells[target] = day
        if (flag := self._word(table, reading, record, "是否延期")) and flag not in ("否", "无", "未延期", "×", "0"):
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
        state = self._mapped(table, reading, record, "状态") if "状态" in reading.columns else COUNTED
        if state == NOT_COUNTED or state is None:
            return None
        day = self._needed_day(table, reading, record, "发布日期")
        category = self._mapped(table, reading, record, "信息类别")
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
                    self._needed_day(table, reading, record, column.name)
                    if column.needed
                    else self._day(table, reading, record, column.name)
                )
                if column.needed and day is None:
                    return None
                if day == _YEAR_OPEN:
                    return None
                if isinstance(day, str):
                    day = self._asked_day(table, reading, record, column.name, f"“{column.name}”无法识别为日期")
                    if day is None:
                        return None
                cells[column.name] = day
            elif self._has_meanings(reading.sheet, column.name) or (column.needed and column.name in reading.constants):
                meaning = self._mapped(table, reading, record, column.name)
                if meaning is None or meaning == NOT_COUNTED:
                    return None
                cells[column.name] = meaning
            else:
                cells[column.name] = self._word_as_is(table, reading, record, column.name)
        return cells

    def years(self, table: Table, reading: Reading) -> list[int]:
        """The years of the column that dates a record, for telling the report's year."""
        target = next(
            (one.name for one in kinds()[reading.sheet].columns.values() if one.filled == "date" and one.needed), ""
        )
        at = reading.columns.get(target)
        found = []
        for cell in table.values(at) if at is not None else ():
            try:
                day = read_date(cell)
            except ValueError:
                continue
            if day:
                found.append(day.year)
        return found


def _examples(places: list[tuple[Table, int]]) -> tuple[str, ...]:
    """The first rows that hold a value, by file, sheet and row; never what else stands there."""
    return tuple(f"{table.grid.name}第{table.grid.row(record)}行" for table, record in places[:_SHOWN])


__all__ = ["BLANK", "NOT_A_RECORD", "LedgerRow", "Open", "Settler"]
