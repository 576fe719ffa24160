"""Figures that 汇总数据 states instead of rows: counts from an office's statistics, and what a person typed.

A line's name says which figure it is: 信息发布：环境质量：3月, 依申请公开：予以公开：自然人, 复议诉讼：行政复议：结果维持,
制度文件：规章：现行有效, 媒体采用：日报; a sheet's name alone (依申请公开, 复议诉讼, 规章) with 0 says that there was none. It
counts where the sheet has no rows of the year; where it has, the two are compared (LEDGER-SUMMARY).
Its 备注 says where it comes from; 填报人填写 marks what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from forms import Form
from matters import work
from statutory.entries import Entries, Indicator
from statutory.remarks import Place
from statutory.vocabulary import outcome_names

TYPED = "填报人填写"
_FROM_COUNTS = "据"
_PART = re.compile("[：:]")
_MONTH = re.compile(r"(1[0-2]|[1-9])月")
_ROLES = {"本年新收": "received", "上年结转": "carried_in", "结转下年度": "carried_out"}
_DOCUMENT_COLUMNS = {"制发": "issued", "废止": "repealed", "现行有效": "in_force"}
Path = tuple[str, ...]


@dataclass(frozen=True)
class StatedSum:
    """A figure as stated: the sum of its lines."""

    lines: tuple[Indicator, ...]

    @property
    def value(self) -> Decimal:
        return sum((line.value for line in self.lines), Decimal(0))

    @property
    def places(self) -> tuple[Place, ...]:
        return tuple(line.place for line in self.lines)

    @property
    def formula(self) -> str:
        names = "＋".join(line.name for line in self.lines[:4]) + ("…" if len(self.lines) > 4 else "")
        notes = "；".join(dict.fromkeys(line.note for line in self.lines[:3] if line.note))
        return f"没有逐行登记，取“汇总数据”中“{names}”的数值{f'（{notes}）' if notes else ''}"


@dataclass(frozen=True)
class StatedFigures:
    """``figures`` by path, used where the sheet has no rows; ``none`` the sheets of which a line says 0.

    ``beside`` are those of sheets that have rows; ``names`` every line that states a figure; ``months`` those of
    which publications are stated, None where they are not stated by month.
    """

    figures: Mapping[Path, StatedSum] = field(default_factory=dict)
    none: Mapping[str, StatedSum] = field(default_factory=dict)
    beside: Mapping[Path, StatedSum] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    months: Mapping[int, int] | None = None

    def for_count(self, path: Path, sheet: str) -> StatedSum | None:
        return self.figures.get(path) or self.none.get(_none_key(path, sheet))


def _none_key(path: Path, sheet: str) -> str:
    return f"制度文件：{path[1]}" if sheet == "制度文件" else sheet


def read_stated(entries: Entries, form: Form, year: int) -> StatedFigures:
    """What the lines of 汇总数据 state of the year's figures."""
    by_path: dict[Path, list[Indicator]] = {}
    none: dict[str, StatedSum] = {}
    names: set[str] = set()
    for line in entries.indicators:
        sheet, paths = _resolved(line, form)
        if not sheet:
            continue
        names.add(line.name)
        if not paths:
            none[sheet] = StatedSum((line,))
        for path in paths:
            by_path.setdefault(path, []).append(line)
    told = {path: StatedSum(tuple(lines)) for path, lines in by_path.items()}
    told = _with_publication_total(told)
    rows = _with_rows(entries, year)
    figures = {path: one for path, one in told.items() if _sheet_of(path) not in rows}
    beside = {path: one for path, one in told.items() if path not in figures}
    kept = {sheet: one for sheet, one in none.items() if sheet.split("：")[0] not in rows}
    months = _months(entries.indicators) if ("facts", "published_total") in figures else None
    return StatedFigures(figures, kept, beside, frozenset(names), months)


def _resolved(line: Indicator, form: Form) -> tuple[str, list[Path]]:
    """The sheet and the figures that a line states; ("", []) where it states none of the form's."""
    first, *rest = _PART.split(line.name)
    if first == "信息发布":
        words = [word for word in rest if not _MONTH.fullmatch(word)]
        return first, [("facts", "published_by_category", words[0])] if words else [("facts", "published_total")]
    if first == "媒体采用":
        if rest and rest[0] != "报送":
            return first, [("facts", "media_adopted", rest[0])]
        return first, [("facts", "media_submitted")]
    if first == "依申请公开":
        return _application(first, rest, line, form)
    if first == "复议诉讼":
        if not rest:
            return (first, []) if not line.value else ("", [])
        case = next((case.key for case in form.cases if case.ledger == rest[0]), "")
        result = next((one.key for one in form.results[:-1] if one.label == rest[-1]), "")
        return (first, [("table4", case, result)]) if case and result else ("", [])
    if first == "制度文件" or first in ("规章", "行政规范性文件"):
        return _document([first, *rest] if first != "制度文件" else rest, line, form)
    if not rest and first in work() and line.note.startswith((TYPED, _FROM_COUNTS)):
        return "工作记录", [("facts", work()[first].path)]
    return "", []


def _application(sheet: str, rest: list[str], line: Indicator, form: Form) -> tuple[str, list[Path]]:
    if not rest:
        return (sheet, []) if not line.value else ("", [])
    column = next((one.key for one in form.applicants if one.label == rest[-1]), "")
    by_name = {name: key for key, name in outcome_names(form).items() if not key.startswith("open.")}
    row = form.row(_ROLES[rest[0]]).key if rest[0] in _ROLES else by_name.get(rest[0], "")
    return (sheet, [("table3", row, column)]) if row and column and len(rest) == 2 else ("", [])


def _document(rest: list[str], line: Indicator, form: Form) -> tuple[str, list[Path]]:
    kind = next(
        (
            row.key
            for block in form.table2
            if block.columns[0].key
            for row in block.rows
            if rest and row.label == rest[0]
        ),
        "",
    )
    if not kind:
        return "", []
    if len(rest) == 1:
        return (f"制度文件：{kind}", []) if not line.value else ("", [])
    column = _DOCUMENT_COLUMNS.get(rest[1], "")
    return ("制度文件", [("table2", kind, column)]) if column else ("", [])


def _with_publication_total(told: dict[Path, StatedSum]) -> dict[Path, StatedSum]:
    """All items are those of the categories, where these are stated; adopted items were sent."""
    total, sent = ("facts", "published_total"), ("facts", "media_submitted")
    categories = [line for path, one in told.items() if path[1] == "published_by_category" for line in one.lines]
    adopted = [line for path, one in told.items() if path[1] == "media_adopted" for line in one.lines]
    if categories:
        told[total] = StatedSum(tuple(categories))
    if adopted and sent not in told:
        told[sent] = StatedSum(tuple(adopted))
    return told


def _sheet_of(path: Path) -> str:
    if path[0] == "facts":
        return {
            "published_total": "信息发布",
            "published_by_category": "信息发布",
            "media_submitted": "媒体采用",
            "media_adopted": "媒体采用",
        }.get(path[1], f"工作记录：{path[1]}")
    return {"table2": "制度文件", "table3": "依申请公开", "table4": "复议诉讼"}[path[0]]


def _with_rows(entries: Entries, year: int) -> set[str]:
    """The sheets that have rows which could count in the year."""
    end, start = date(year, 12, 31), date(year, 1, 1)
    found = {
        "信息发布": any(one.day.year == year for one in entries.publications),
        "媒体采用": any(one.day.year == year for one in entries.submissions),
        "依申请公开": any(a.received <= end and not (a.closed and a.closed < start) for a in entries.applications),
        "复议诉讼": any(one.day.year == year for one in entries.cases),
        "制度文件": bool(entries.documents),
    }
    kinds = {one.kind for one in entries.work if one.day.year == year}
    return {sheet for sheet, there in found.items() if there} | {
        f"工作记录：{work()[kind].path}" for kind in kinds if kind in work()
    }


def _months(indicators: Iterable[Indicator]) -> dict[int, int] | None:
    """Publications stated for each month; None where a line of 信息发布 has no month."""
    months = dict.fromkeys(range(1, 13), 0)
    for line in indicators:
        first, *rest = _PART.split(line.name)
        if first != "信息发布" or not line.value:
            continue
        month = next((int(match[1]) for word in rest if (match := _MONTH.fullmatch(word))), 0)
        if not month:
            return None
        months[month] += int(line.value)
    return months
