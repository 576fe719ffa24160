"""Entries become figures by the counting rules of the statutory form, each with its rows.

Legal source of what is counted: 国办公开办函〔2021〕30号; the report year runs from 1 January to
31 December (条例第五十条).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from forms import Form
from matters import facts, work
from statutory.entries import Application, EnforcementDecision, Entries, Indicator, RuleDocument
from statutory.fees import WAN, YUAN, amount
from statutory.remarks import Place, Remarks
from statutory.stated import TYPED, read_stated
from statutory.summary import figure_of
from statutory.tally import Tally, grouped
from statutory.vocabulary import decision_rows, fee_row

PROCESSING_FEE_KEY = "info_processing_fee_yuan"
PROCESSING_FEE = facts()[PROCESSING_FEE_KEY].ledger
_FEE_PLACES = Decimal("0.0001")
_COUNTED_UNITS = frozenset("件条次个份篇场期人起家户") | {"人次", "件次"}


class _Dated(Protocol):
    @property
    def day(self) -> date: ...


Entry = TypeVar("Entry", bound=_Dated)


def count_figures(entries: Entries, form: Form, year: int, remarks: Remarks, pending: Collection[str] = ()) -> Tally:
    """Every figure of the year; what cannot be counted is noted as a problem, but for ``pending`` matters."""
    stated = read_stated(entries, form, year)
    tally, indicators = Tally(entries.weighted, stated), _by_name(entries.indicators, remarks)
    _documents(tally, entries.documents, form, year)
    _decisions(tally, entries.decisions, indicators, form, year, remarks)
    _fee(tally, indicators, form, remarks, pending)
    _applications(tally, entries.applications, form, year)
    _cases(tally, _in_year(entries.cases, year), form, year)
    _publicity(tally, entries, year)
    _work(tally, entries, indicators, year)
    _indicator_facts(tally, indicators, form, remarks)
    return tally


def _in_year(entries: Iterable[Entry], year: int) -> list[Entry]:
    return [entry for entry in entries if entry.day.year == year]


def _by_name(indicators: Iterable[Indicator], remarks: Remarks) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for indicator in indicators:
        if first := found.get(indicator.name):
            remarks.problem(f"指标“{indicator.name}”已在第{first.place.row}行填过，只能保留一行", indicator.place)
        found.setdefault(indicator.name, indicator)
    return found


def _documents(tally: Tally, documents: Iterable[RuleDocument], form: Form, year: int) -> None:
    """规章 and 行政规范性文件: issued and repealed in the year, in force at its end."""
    end = date(year, 12, 31)
    for block in form.table2:
        for row in block.rows if block.columns[0].key else ():
            kind = [document for document in documents if document.kind == row.key]
            by_column = {
                "issued": ([item for item in kind if item.issued.year == year], f"制发日期在{year}年内"),
                "repealed": ([i for i in kind if i.repealed and i.repealed.year == year], f"废止日期在{year}年内"),
                "in_force": (
                    [i for i in kind if i.issued <= end and not (i.repealed and i.repealed <= end)],
                    f"{year}年底前制发且到年底没有废止",
                ),
            }
            for column in block.columns:
                counted, rule = by_column[column.key]
                formula = f"文件类型为“{row.label}”、{rule}的行数"
                tally.count(("table2", row.key, column.key), (item.place for item in counted), formula, "制度文件")


def _decisions(
    tally: Tally,
    decisions: Iterable[EnforcementDecision],
    indicators: dict[str, Indicator],
    form: Form,
    year: int,
    remarks: Remarks,
) -> None:
    """Rows by 决定类型; a line of 汇总数据 of that name stands in where there are no rows."""
    by_kind = grouped(_in_year(decisions, year), "kind")
    for key, row in decision_rows(form).items():
        places, line = by_kind.get(key, []), indicators.get(row.label)
        if line and line.value % 1:
            remarks.problem(f"“{row.label}”的“数值”不是整数", line.place)
        if line and not places:
            formula = f"“行政执法”没有{year}年的{row.label}，取“汇总数据”中“{row.label}”的数值{_typed(line)}"
            tally.put(("table2", key), int(line.value), (line.place,), formula, "汇总数据")
        else:
            formula = f"决定类型为“{row.label}”、决定日期在{year}年内的行数"
            tally.count(("table2", key), places, formula, "行政执法")


def _fee(
    tally: Tally, indicators: dict[str, Indicator], form: Form, remarks: Remarks, pending: Collection[str]
) -> None:
    row = fee_row(form)
    if row.label not in indicators and row.label in pending:
        tally.put(("table2", row.key), 0, (), "没有填写，不能作数", "汇总数据")
        return
    if row.label not in indicators:
        remarks.problem(f"工作表“汇总数据”缺少指标“{row.label}”（没有收取的填0）")
        return
    line = indicators[row.label]
    value = _converted(line, WAN, remarks)
    if value != value.quantize(_FEE_PLACES):
        remarks.warning(f"“{row.label}”为{value}万元，小数超过四位，请核对单位是否为万元")
    formula = f"“汇总数据”中“{row.label}”的数值（万元）{_typed(line)}"
    tally.put(("table2", row.key), value, (line.place,), formula, "汇总数据")


def _typed(line: Indicator) -> str:
    """Who typed a figure and when, where its line says so."""
    return f"（{line.note}）" if line.note.startswith(TYPED) else ""


def _converted(line: Indicator, unit: str, remarks: Remarks) -> Decimal:
    """The value in ``unit`` (万元 or 元), whatever unit it is written in."""
    value = amount(line.name, line.value, line.unit, line.stated, unit, line.place, remarks)
    return line.value if value is None else value


def _applications(tally: Tally, applications: tuple[Application, ...], form: Form, year: int) -> None:
    """Table 3: the rows by applicant column, then each row's and each column's total."""
    before, end = date(year, 1, 1), date(year, 12, 31)
    closed_before = lambda item, day: item.closed is not None and item.closed < day  # noqa: E731
    by_role = {
        "received": ([a for a in applications if a.received.year == year], f"收到日期在{year}年内"),
        "carried_in": (
            [a for a in applications if a.received < before and not closed_before(a, before)],
            f"收到日期在{year}年之前、{year}年之前没有办结",
        ),
        "carried_out": (
            [a for a in applications if a.received <= end and not (a.closed and a.closed <= end)],
            f"{year}年底前收到、到年底没有办结",
        ),
    }
    closed = grouped([a for a in applications if a.closed and a.closed.year == year], "outcome", "applicant")
    outcomes = form.outcomes
    for row in form.rows:
        open_places = grouped(by_role[row.role][0], "applicant") if row.role in by_role else {}
        for column in form.applicants:
            path = ("table3", row.key, column.key)
            who = f"申请人类型为“{column.label}”"
            if row.role == "outcome":
                formula = f"办结日期在{year}年内、办理结果为“{row.group}{row.label}”、{who}的行数"
                tally.count(path, closed.get((row.key, column.key), ()), formula, "依申请公开")
            elif row.role == "processed":
                parts = [("table3", outcome.key, column.key) for outcome in outcomes]
                tally.total(path, parts, f"{column.label}一列各项办理结果之和", "依申请公开")
            else:
                formula = f"{by_role[row.role][1]}、{who}的行数"
                tally.count(path, open_places.get(column.key, ()), formula, "依申请公开")
        parts = [("table3", row.key, column.key) for column in form.applicants]
        formula = "＋".join(column.label for column in form.applicants)
        tally.total(("table3", row.key, form.columns[-1].key), parts, formula, "依申请公开")


def _cases(tally: Tally, cases: Iterable[object], form: Form, year: int) -> None:
    """Table 4: cases accepted in the year by kind and result."""
    places = grouped(cases, "case", "result")
    *results, total = form.results
    for case in form.cases:
        for result in results:
            formula = f"受理日期在{year}年内、案件类型为“{case.ledger}”、结果为“{result.label}”的行数"
            tally.count(("table4", case.key, result.key), places.get((case.key, result.key), ()), formula, "复议诉讼")
        parts = [("table4", case.key, result.key) for result in results]
        formula = "＋".join(result.label for result in results)
        tally.total(("table4", case.key, total.key), parts, formula, "复议诉讼")


def _publicity(tally: Tally, entries: Entries, year: int) -> None:
    """Items posted, by category in order of first appearance; items sent to and taken by media."""
    posted = _in_year(entries.publications, year)
    formula = f"发布日期在{year}年内的行数"
    tally.count(("facts", "published_total"), (item.place for item in posted), formula, "信息发布")
    for category, places in grouped(posted, "category").items():
        formula = f"发布日期在{year}年内、信息类别为“{category}”的行数"
        tally.count(("facts", "published_by_category", category), places, formula, "信息发布")
    _named_counts(tally, "published_by_category", "信息发布")
    sent = _in_year(entries.submissions, year)
    formula = f"报送日期在{year}年内的行数"
    tally.count(("facts", "media_submitted"), (item.place for item in sent), formula, "媒体采用")
    adopted: dict[str, list[Place]] = {}
    for item in sent:
        for adopter in item.adopters:
            adopted.setdefault(adopter, []).append(item.place)
    for adopter, places in adopted.items():
        formula = f"报送日期在{year}年内、采用单位为“{adopter}”的行数"
        tally.count(("facts", "media_adopted", adopter), places, formula, "媒体采用")
    _named_counts(tally, "media_adopted", "媒体采用")


def _named_counts(tally: Tally, fact: str, sheet: str) -> None:
    """Counts under a name of the office's own that 汇总数据 states instead of rows."""
    for path, stated in (tally.stated.figures if tally.stated else {}).items():
        if path[:2] == ("facts", fact) and stated.value:
            tally.count(path, (), "", sheet)


def _work(tally: Tally, entries: Entries, indicators: dict[str, Indicator], year: int) -> None:
    """Work by its kind. None at all is known only where 汇总数据 says so; then that line is the source."""
    by_kind = grouped(_in_year(entries.work, year), "kind")
    for kind in dict.fromkeys((*work(), *by_kind)):
        path, line = ("facts", work()[kind].path if kind in work() else kind), indicators.get(kind)
        if line and not line.value and not by_kind.get(kind):
            tally.put(path, 0, (line.place,), f"“汇总数据”中“{kind}”的数值", "汇总数据")
            continue
        formula = f"日期在{year}年内、类型为“{kind}”的行数"
        tally.count(path, by_kind.get(kind, ()), formula, "工作记录")


def _indicator_facts(tally: Tally, indicators: dict[str, Indicator], form: Form, remarks: Remarks) -> None:
    """Lines of 汇总数据 that no statutory table takes become facts under their own names."""
    if PROCESSING_FEE not in indicators:
        remarks.warning(f"工作表“汇总数据”没有指标“{PROCESSING_FEE}”，报告第六部分应当说明（没有收取的填0）")
    taken = {fee_row(form).label, *(row.label for row in decision_rows(form).values())}
    for name, line in indicators.items():
        stated = tally.stated and name in tally.stated.names
        if name in taken or stated or (figure_of(name) and name not in work()):
            continue
        formula = f"“汇总数据”中“{name}”的数值" + (f"（{line.unit}）" if line.unit else "") + _typed(line)
        value: Decimal | int = line.value if line.value % 1 else int(line.value)
        if name == PROCESSING_FEE:
            name, value = PROCESSING_FEE_KEY, _converted(line, YUAN, remarks)
        elif line.unit in _COUNTED_UNITS and line.value % 1:
            remarks.problem(f"“{name}”的单位是{line.unit}，“数值”应为整数", line.place)
        if ("facts", name) not in tally.values:
            tally.put(("facts", name), value, (line.place,), formula, "汇总数据")
