"""汇总: tables 2 to 4 of a government as the sum of its organs', cell by cell, and its own report held against them.

Legal source: 条例第四十九、五十条; the government's report counts what its organs report. A cell that is blank or "/"
is never 0: what follows from the others is counted (``checks.derived``), the rest is told by organ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from checks.derived import derived_cells
from domain import Check, Number, PublishedReport, plain_numbers
from forms import Form, comparable_figures, form_for, form_of, value_at
from statutory import check_identities

_NAMED = 5  # organs named in a sentence


@dataclass(frozen=True)
class Totals:
    """``figures``: dotted key → sum; ``contributors``: key → organ → its number (without zeros); ``unknown``: key → organs.

    ``tables`` are the sums in the shapes of the figures.
    """

    form: Form
    figures: Mapping[str, Number] = field(default_factory=dict)
    contributors: Mapping[str, Mapping[str, Number]] = field(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def tables(self) -> dict[str, Any]:
        return nested(self.figures, self.form)


@dataclass(frozen=True)
class CellDifference:
    """A cell of the government's report that is not the sum of its organs'. ``could`` are the organs that explain it."""

    key: str
    where: str
    printed: Number
    summed: Number
    could: tuple[str, ...]
    sure: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "where": self.where,
            "printed": plain_numbers(self.printed),
            "summed": plain_numbers(self.summed),
            "difference": plain_numbers(self.printed - self.summed),
            "could": list(self.could),
            "sure": self.sure,
        }


def figures_of(report: PublishedReport, form: Form) -> dict[str, Number | None]:
    """Every cell of a report's tables that ``form`` has, printed or following from the others; None for unknown."""
    own = form_of(report.form, report.year)
    follows = derived_cells(report.tables, own)
    cells = comparable_figures(report.tables, own, form)
    found: dict[str, Number | None] = {}
    for key in form.figures():
        value = cells.get(key, follows.get(key))
        value = follows.get(key) if value is None else value
        found[key] = value if isinstance(value, (int, Decimal)) else None
    return found


def add_up(reports: Mapping[str, Mapping[str, Number | None]], year: int) -> Totals:
    """The sum over ``reports``: organ → key → number, None where the organ's cell is not known."""
    form = form_for(year)
    figures: dict[str, Number] = {}
    contributors: dict[str, dict[str, Number]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for key in form.figures():
        known = {org: value for org, cells in reports.items() if (value := cells.get(key)) is not None}
        figures[key] = sum(known.values())
        contributors[key] = {org: value for org, value in known.items() if value}
        if left := tuple(org for org in reports if org not in known):
            unknown[key] = left
    checks = check_identities(nested(figures, form), form, where="汇总") if reports else ()
    return Totals(form, figures, contributors, unknown, checks, tuple(_cautions(contributors, unknown, form)))


def _cautions(
    contributors: Mapping[str, Mapping[str, Number]], unknown: Mapping[str, Sequence[str]], form: Form
) -> Iterable[str]:
    """What a sum does not say: cells that are not known, and what two organs may both have counted."""
    by_organ: dict[str, list[str]] = {}
    for key, organs in unknown.items():
        for organ in organs:
            by_organ.setdefault(organ, []).append(form.where(key))
    for organ, places in by_organ.items():
        some = "、".join(places[:_NAMED]) + (f"等{len(places)}格" if len(places) > _NAMED else "")
        yield f"{organ}的{some}没有数字，没有计入合计（空白不当作0）"
    for block in form.table2:
        for row in block.rows if block.stock else ():
            several = contributors.get(f"table2.{row.key}.{block.stock.closing}", {}) if block.stock else {}
            if len(several) > 1:
                yield (
                    f"现行有效的{row.label}由{len(several)}个单位相加，联合制发的一件可能在几个单位各计了一次，"
                    "请按目录核对，同一件只计一次"
                )
    moved = contributors.get("table3.unavailable.not_held.total", {})
    if len(moved) > 1:
        yield "“本机关不掌握相关政府信息”告知申请人另找机关的申请，在接收的机关又计一件，收到和办结的合计可能把同一件事计了两次"


def nested(figures: Mapping[str, Number], form: Form) -> dict[str, Any]:
    """Figures by dotted key as tables in the shapes of the figures."""
    tables: dict[str, Any] = {"table2": {}, "table3": {}, "table4": {}}
    for block in form.table2:
        for row in block.rows:
            for column in block.columns:
                key = block.key(row, column)
                value = figures.get(f"table2.{key}")
                if value is not None and key.startswith(f"{row.key}."):
                    tables["table2"].setdefault(row.key, {})[column.key] = value
                elif value is not None:
                    tables["table2"][key] = value
    for name, rows, columns in (("table3", form.rows, form.columns), ("table4", form.cases, form.results)):
        for row in rows:
            cells = {column.key: figures.get(f"{name}.{row.key}.{column.key}") for column in columns}
            if known := {key: value for key, value in cells.items() if value is not None}:
                tables[name][row.key] = known
    return tables


def against(
    government: PublishedReport, totals: Totals, missing: Sequence[str]
) -> tuple[list[CellDifference], list[Check]]:
    """HIER: where the government's report is not the sum of its organs', and which organ could explain it.

    ``missing`` are organs without a report that counts: while there are any, a difference is a question.
    """
    form = totals.form
    printed = figures_of(government, form)
    found: list[CellDifference] = []
    for key, value in printed.items():
        summed = totals.figures.get(key)
        if value is None or summed is None or value == summed:
            continue
        shared = value < summed and key in _counted_once(form)
        sure = not (missing or key in totals.unknown or shared)
        could = _could(value - summed, totals.contributors.get(key, {}))
        found.append(CellDifference(key, form.where(key), value, summed, could, sure))
    return found, [_check(one, missing) for one in found] or [_agrees(printed, totals, missing)]


def _counted_once(form: Form) -> set[str]:
    """The cells in which one thing may rightly stand in several organs' reports: documents in force."""
    return {f"table2.{row.key}.{block.stock.closing}" for block in form.table2 if block.stock for row in block.rows}


def _could(difference: Number, contributors: Mapping[str, Number]) -> tuple[str, ...]:
    """The organs whose own number is the difference: left out of the sum, or counted twice."""
    return tuple(org for org, value in contributors.items() if value == abs(difference))


def _check(one: CellDifference, missing: Sequence[str]) -> Check:
    less = one.printed < one.summed
    said = (
        f"政府报告是{_plain(one.printed)}，各单位之和是{_plain(one.summed)}，"
        f"{'少' if less else '多'}{_plain(abs(one.printed - one.summed))}"
    )
    if one.could:
        said += f"；{'、'.join(one.could[:_NAMED])}正好是这个数，可能{'漏计' if less else '重复计算'}"
    if missing:
        said += (
            f"；还有{len(missing)}个单位没有计入：{'、'.join(missing[:_NAMED])}{'等' if len(missing) > _NAMED else ''}"
        )
    return Check("HIER", "fail" if one.sure else "uncertain", said, one.where)


def _agrees(printed: Mapping[str, Number | None], totals: Totals, missing: Sequence[str]) -> Check:
    compared = sum(value is not None for value in printed.values())
    if not compared:
        return Check("HIER", "not_applicable", "政府报告没有读到表格，没有核对", "政府报告")
    beside = f"，但还有{len(missing)}个单位没有计入" if missing else ""
    return Check("HIER", "pass", f"政府报告的{compared}格都等于各单位之和{beside}", "政府报告")


def _plain(number: Number) -> str:
    return format(Decimal(number).normalize(), "f")


def value_of(report: PublishedReport, key: str) -> Any:
    """What a report prints in a cell, None where it has no such cell."""
    return value_at(report.tables, key, None)
