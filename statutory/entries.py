"""Rows become entries: each cell a date, a term of the form, or an exact number.

Whatever cannot be read is noted as a problem that names sheet, row and column; the entry is then
left out, and the ledger as a whole is refused: no figure is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from forms import Form
from statutory.aliases import BY_CONFIRMING, FILE_NAME, Aliases
from statutory.amounts import read_amount
from statutory.clock import NO_STOPS, Clock, read_clock
from statutory.dates import read_date
from statutory.lines import Ledger, Line
from statutory.remarks import Place, Remarks
from statutory.rows import is_blank
from statutory.spelling import fold, written
from statutory.vocabulary import Term, Vocabulary, vocabularies
from statutory.work_kinds import kinds_of

_SHOWN = 20
_PARTS, _KEPT = re.compile(r"[、，,;；|\n\r+＋&＆]"), "\ue000"
_JOINED = re.compile(r"([^（）]{2,}[台报网站社端号局委部心刊])(?:和|及|与|以及)([^（）]{2,}[台报网站社端号局委部心刊])")
_SHORTEST = 3  # signs of a name that stands for itself
_BRACKETS = re.compile(r"[（(《“\"][^）)》”\"]*[）)》”\"]")
_NOT_ADOPTED = ("未采用", "未被采用", "否", "无", "/", "-", "—", "／", "\\", "——", "--", "暂无", "未录用", "没有采用")
_ADOPTED = ("已采用", "采用", "是", "√", "✓", "已录用", "录用", "有", "1", "已刊发", "刊发")
# What offices write where nothing has happened yet: an application not closed, a document not repealed.
_NOTHING_YET = frozenset(("/", "／", "\\", "-", "—", "——", "--", "－", "无", "暂无", "没有", "未", "否", "/年/月/日"))
_NOT_CLOSED = _NOTHING_YET | {
    "未办结",
    "尚未办结",
    "办理中",
    "正在办理",
    "在办",
    "未答复",
    "待答复",
    "待办结",
    "未完成",
}
_IN_FORCE = _NOTHING_YET | {"有效", "现行有效", "未废止", "继续有效", "长期有效", "至今有效"}


@dataclass(frozen=True)
class Publication:
    place: Place
    day: date
    category: str


@dataclass(frozen=True)
class Submission:
    """An item sent to the media; ``adopters`` are empty where nobody took it."""

    place: Place
    day: date
    adopters: tuple[str, ...]


@dataclass(frozen=True)
class Application:
    """``outcome`` is the row key of table 3, "" while open; ``closed`` is None while open.

    ``number`` is its 登记号; ``person`` a hash of the personal cells, 0 where there are none; ``clock`` what
    stops or lengthens the time to answer.
    """

    place: Place
    received: date
    applicant: str
    closed: date | None
    outcome: str
    number: str = ""
    person: int = 0
    clock: Clock = NO_STOPS


@dataclass(frozen=True)
class CourtCase:
    place: Place
    day: date
    case: str
    result: str


@dataclass(frozen=True)
class RuleDocument:
    place: Place
    kind: str
    issued: date
    repealed: date | None


@dataclass(frozen=True)
class EnforcementDecision:
    place: Place
    day: date
    kind: str


@dataclass(frozen=True)
class WorkRecord:
    place: Place
    day: date
    kind: str


@dataclass(frozen=True)
class Indicator:
    """A line of 汇总数据; ``stated`` is the unit of money that the heading or a line above it states."""

    place: Place
    name: str
    value: Decimal
    unit: str
    stated: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entries:
    publications: tuple[Publication, ...]
    submissions: tuple[Submission, ...]
    applications: tuple[Application, ...]
    cases: tuple[CourtCase, ...]
    documents: tuple[RuleDocument, ...]
    decisions: tuple[EnforcementDecision, ...]
    work: tuple[WorkRecord, ...]
    indicators: tuple[Indicator, ...]
    weighted: bool = False
    """Whether a row stands for more than one: its place then comes more than once."""


Entry = TypeVar("Entry")


def read_entries(ledger: Ledger, form: Form, year: int, aliases: Aliases, remarks: Remarks) -> Entries:
    """Every row of the ledger as an entry; problems and warnings go to ``remarks``."""
    reader = _EntryReader(vocabularies(form, aliases), year, aliases, remarks, ledger.sheets["汇总数据"].stated)

    def each(sheet: str, read: Callable[[Line], Entry | None]) -> tuple[Entry, ...]:
        lines = ledger.sheets[sheet].lines
        found = [(entry, line.weight) for line in lines if (entry := read(line)) is not None]
        return tuple(entry for entry, weight in found for _ in range(weight))

    entries = Entries(
        publications=_with_joined_categories(each("信息发布", reader.publication), aliases, remarks),
        submissions=each("媒体采用", reader.submission),
        applications=each("依申请公开", reader.application),
        cases=each("复议诉讼", reader.court_case),
        documents=each("制度文件", reader.rule_document),
        decisions=each("行政执法", reader.decision),
        work=tuple(record for records in each("工作记录", reader.work_record) for record in records),
        indicators=each("汇总数据", reader.indicator),
        weighted=any(line.weight > 1 for rows in ledger.sheets.values() for line in rows.lines),
    )
    remarks.duplicates(_repeated(ledger))
    return entries


class _EntryReader:
    """Reads lines of each sheet; a column that cannot be read gives a problem and no entry."""

    def __init__(
        self, terms: Mapping[str, Vocabulary], year: int, aliases: Aliases, remarks: Remarks, stated: Mapping[str, str]
    ) -> None:
        self.terms, self.year, self.aliases, self.remarks, self.stated = terms, year, aliases, remarks, stated

    def publication(self, line: Line) -> Publication | None:
        day, category = self._date(line, "发布日期"), self._text(line, "信息类别")
        return Publication(line.place, day, category) if day and category else None

    def submission(self, line: Line) -> Submission | None:
        day = self._date(line, "报送日期")
        cell = line.cells["采用单位"]
        adopter = "" if is_blank(cell) else written(cell)
        if adopter in _NOT_ADOPTED:
            self.remarks.read_as("采用单位", adopter, "没有采用", line.place)
            adopter = ""
        if adopter in _ADOPTED:
            self.remarks.problem(f"“采用单位”写着“{adopter}”，没有写被谁采用", line.place)
            return None
        return Submission(line.place, day, self._adopters(line, str(cell)) if adopter else ()) if day else None

    def _adopters(self, line: Line, cell: str) -> tuple[str, ...]:
        """The names in one cell, which several media may share; doubtful ones are asked about."""
        names = tuple(dict.fromkeys(name for part in _PARTS.split(_outside_brackets(cell)) if (name := written(part))))
        names = tuple(name.replace(_KEPT, "、") for name in names)
        whole = written(cell)
        joined = len(names) == 1 and (match := _JOINED.fullmatch(whole))
        if joined or (len(names) > 1 and min(map(len, names)) < _SHORTEST):
            parts = (match[1], match[2]) if joined and match else names
            choices = {"one": f"是一家：{whole}", "each": f"是几家：{'；'.join(parts)}"}
            said = f"“采用单位”“{whole[:_SHOWN]}”是一家还是几家？"
            return (
                parts
                if self.remarks.doubts.ask("adopters", whole, said, [line.place], choices, "each") == "each"
                else (whole,)
            )
        if len(names) > 1:
            self.remarks.read_as("采用单位", whole, f"{len(names)}家", line.place)
        return names

    def application(self, line: Line) -> Application | None:
        received = self._date(line, "收到日期", shown=False)
        applicant = self._choice(line, "申请人类型", shown=False)
        known = len(self.remarks.problems)
        closed = self._date(line, "办结日期", needed=False, shown=False, absent=_NOT_CLOSED)
        outcome = self._choice(line, "办理结果", needed=False, shown=False, absent=_NOTHING_YET)
        if received is None or applicant is None or len(self.remarks.problems) > known:
            return None
        key = outcome.key if outcome and not outcome.key.startswith("open.") else ""
        if problem := self._contradiction(received, closed, key):
            self.remarks.problem(problem, line.place)
            return None
        number = written(cell) if not is_blank(cell := line.cells.get("登记号")) else ""
        clock = read_clock(line.clock) if line.clock else NO_STOPS
        return Application(
            line.place, received, applicant.key, closed if key else None, key, number, line.person, clock
        )

    def _contradiction(self, received: date, closed: date | None, outcome: str) -> str:
        """What an application's dates and outcome say against each other, "" where they agree.

        A row left as 结转 but dated after the report year was open all the year: no contradiction.
        """
        if closed and closed < received:
            return "“办结日期”早于“收到日期”"
        if outcome and not closed:
            return "有“办理结果”却没有“办结日期”，不能确定计入哪一年度"
        if closed and not outcome and closed.year <= self.year:
            return "有“办结日期”而“办理结果”为空白或仍在办理，不能确定办理结果"
        return ""

    def court_case(self, line: Line) -> CourtCase | None:
        day = self._date(line, "受理日期")
        case, result = self._choice(line, "案件类型"), self._choice(line, "结果")
        return CourtCase(line.place, day, case.key, result.key) if day and case and result else None

    def rule_document(self, line: Line) -> RuleDocument | None:
        kind, issued = self._choice(line, "文件类型"), self._date(line, "制发日期")
        repealed = self._date(line, "废止日期", needed=False, absent=_IN_FORCE)
        if issued and repealed and repealed < issued:
            self.remarks.problem("“废止日期”早于“制发日期”", line.place)
            return None
        return RuleDocument(line.place, kind.key, issued, repealed) if kind and kind.key and issued else None

    def decision(self, line: Line) -> EnforcementDecision | None:
        kind, day = self._choice(line, "决定类型"), self._date(line, "决定日期")
        return EnforcementDecision(line.place, day, kind.key) if kind and kind.key and day else None

    def work_record(self, line: Line) -> tuple[WorkRecord, ...]:
        """One record for each kind of work that the line names."""
        day, kind = self._date(line, "日期"), self._text(line, "类型")
        if not day or not kind:
            return ()
        return tuple(WorkRecord(line.place, day, one) for one in kinds_of(kind, line.place, self.aliases, self.remarks))

    def indicator(self, line: Line) -> Indicator | None:
        name = self._text(line, "指标")
        try:
            value = read_amount(line.cells["数值"])
        except ValueError as error:
            what = f"“{name}”的" if name else ""
            self.remarks.problem(f"{what}“数值”{error}", line.place)
            value = Decimal(0)  # never seen: the ledger is refused; but the line is there, and not missing
        unit, note = (fold(str(line.cells.get(column) or "")) for column in ("单位", "备注"))
        stated = self.stated.get(line.place.part, "")
        return Indicator(line.place, name, value, unit, stated, note) if name else None

    def _date(
        self, line: Line, column: str, needed: bool = True, shown: bool = True, absent: frozenset[str] = frozenset()
    ) -> date | None:
        """``shown``: whether the message may repeat the cell; not where it may be personal. ``absent``: words for none."""
        cell = line.cells.get(column)
        if absent and isinstance(cell, str) and cell and self._is_absent(line, column, cell, absent):
            return None
        try:
            day = None if is_blank(cell) else read_date(cell)
        except ValueError:
            said = f"“{str(cell).strip()[:_SHOWN]}”" if shown else ""
            self.remarks.problem(f"“{column}”{said}无法识别为日期，请写成 2025-03-15 的样子", line.place)
            return None
        if day is None and needed:
            self.remarks.problem(f"“{column}”是空白", line.place)
        return day

    def _is_absent(self, line: Line, column: str, cell: str, absent: frozenset[str]) -> bool:
        if (word := cell.strip()) not in absent:
            return False
        self.remarks.read_as(column, word, "没有", line.place)
        return True

    def _text(self, line: Line, column: str) -> str:
        cell = line.cells[column]
        if is_blank(cell):
            self.remarks.problem(f"“{column}”是空白", line.place)
            return ""
        return written(cell)

    def _choice(
        self, line: Line, column: str, needed: bool = True, shown: bool = True, absent: frozenset[str] = frozenset()
    ) -> Term | None:
        cell = line.cells[column]
        if absent and isinstance(cell, str) and cell and self._is_absent(line, column, cell, absent):
            return None
        if is_blank(cell):
            if needed:
                self.remarks.problem(f"“{column}”是空白", line.place)
            return None
        term = self.terms[column].read(str(cell))
        if term is None:
            said = f"“{str(cell).strip()[:_SHOWN]}”" if shown else ""
            advice = self.terms[column].advice(str(cell))
            self.remarks.problem(
                f"“{column}”{said}不在可用的值之内，{advice}（本单位固定的说法可以写进 {FILE_NAME}，或者在{BY_CONFIRMING}）",
                line.place,
            )
        elif term.alias:
            meant = (f"{term.name}（{term.ground}）" if term.ground else term.name) if term.key else "不计入法定表格"
            self.remarks.read_as(column, fold(str(cell)), meant, line.place)
        return term


def _outside_brackets(cell: str) -> str:
    """The cell with the parting signs inside brackets put out of the way."""
    return _BRACKETS.sub(lambda match: _PARTS.sub(_KEPT, match[0]), cell)


def _with_joined_categories(
    publications: tuple[Publication, ...], aliases: Aliases, remarks: Remarks
) -> tuple[Publication, ...]:
    """Two spellings of one category are joined only where the ledger uses both."""
    used = {publication.category for publication in publications}
    joined = {said: meant for said, meant in aliases.categories.items() if {said, meant} <= used}
    for publication in publications:
        if meant := joined.get(publication.category):
            remarks.read_as("信息类别", publication.category, meant, publication.place)
    return tuple(Publication(item.place, item.day, joined.get(item.category, item.category)) for item in publications)


def _repeated(ledger: Ledger) -> Iterable[tuple[str, list[Place]]]:
    """Rows alike in every cell but 序号, and rows with one 文号; those with one 登记号 are asked about (``doubles``)."""
    for _sheet, rows in ledger.sheets.items():
        alike: dict[int, list[Place]] = defaultdict(list)
        for line in rows.lines:
            alike[line.digest].append(line.place)
        same = [places for places in alike.values() if len(places) > 1]
        yield from (("内容完全相同", places) for places in same)
        numbered: dict[str, list[Place]] = defaultdict(list)
        for line in rows.lines:
            if not is_blank(line.cells.get("文号")):
                numbered[written(line.cells["文号"])].append(line.place)
        yield from (("“文号”相同", places) for places in numbered.values() if len(places) > 1 and places not in same)
