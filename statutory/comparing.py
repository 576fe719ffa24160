"""This year's figures beside last year's: changes, what is carried over, and what fell to zero.

Only what both years count in the same way is compared: across two formats of the report, the
decisions, table 3 with the rows that one of them sums, and table 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import matters
from domain import Change, Comparison, DerivedFact, LedgerResult, Number, Provenance, UnusableInput
from forms import Form, comparable_figures, form_for, form_of
from statutory.aliases import load_aliases
from statutory.checks import check_identities
from statutory.derived import HANDLED, HANDLED_LABEL, half_up
from statutory.signals import fallen_categories_signal
from statutory.spelling import fold

# Counts of rows under a name: a name that is not there counted no row.
_NAMED_COUNTS = {"published_by_category": "“{}”信息发布条数", "media_adopted": "“{}”采用条数"}


def compare(
    result: LedgerResult, previous: Mapping[str, Any], source: str, aliases: Path | None = None
) -> LedgerResult:
    """The result with its comparison, X-CARRY and X-STOCK among its checks, and what fell to zero.

    ``previous`` holds ``year``, ``org``, the three tables in the shapes of the figures (a leaf may be
    None or text) and perhaps ``facts``, ``provenance`` and ``form``; ``source`` names its file.
    ``aliases`` is the office's own alias file: it may know a 信息类别 under two names.
    UnusableInput where it is not of the year before; another organ's figures give a warning.
    """
    figures, year = result.figures, _year_before(result, previous, source)
    form = form_for(figures.year)
    warnings = [*result.warnings, *_other_organ(figures.org, str(previous.get("org") or ""), source)]
    facts = _facts(previous.get("facts"))
    posted = figures.facts.get("published_by_category", {})
    facts["published_by_category"], respelled = _respelled(
        facts["published_by_category"], posted, load_aliases(aliases).categories
    )
    changes = (*_table_changes(result, previous, form), *_fact_changes(result, facts, previous.get("provenance")))
    tables = {name: getattr(figures, name) for name in ("table2", "table3", "table4")}
    checks = check_identities(tables, form, previous, figures.year)
    fallen = _fallen(facts["published_by_category"], posted, year, source)
    return replace(
        result,
        checks=result.checks + tuple(check for check in checks if check.rule.startswith("X-")),
        comparison=Comparison(year, source, changes),
        warnings=(*warnings, *respelled),
        derived=result.derived + fallen,
        signals=result.signals + tuple(fallen_categories_signal(fact) for fact in fallen if fact.value),
    )


def rate_of_change(current: Number, previous: Number) -> Decimal | None:
    """Per cent, exact to two places, halves away from zero; None where there is nothing to grow from."""
    return half_up((Fraction(current) - Fraction(previous)) * 100 / Fraction(previous)) if previous else None


def state_change(change: Change) -> str:
    """The change in words: 比上年增加3件，增长8.57%; 与上年持平; from zero, and below 0.01%, the amount only."""
    if not change.difference:
        return "与上年持平"
    more = change.difference > 0
    words = f"比上年{'增加' if more else '减少'}{written(abs(change.difference))}{change.unit}"
    return f"{words}，{'增长' if more else '下降'}{written(abs(change.rate))}%" if change.rate else words


def written(value: Number) -> str:
    """A number as reports print it: 38, 12.5 (no trailing zeros, no exponent)."""
    plain = format(Decimal(value), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _year_before(result: LedgerResult, previous: Mapping[str, Any], source: str) -> int:
    year, wanted = previous.get("year"), result.figures.year - 1
    if not isinstance(year, int) or isinstance(year, bool) or not year:
        raise UnusableInput(f"“{source}”没有写明是哪一年度的，不能作为上年（{wanted}年度）的数据来比较")
    if year != wanted:
        raise UnusableInput(
            f"“{source}”是{year}年度的，而台账是{wanted + 1}年度的：请提供上年（{wanted}年度）的台账、figures.json 或报告"
        )
    return year


def _other_organ(org: str, other: str, source: str) -> list[str]:
    if not other or fold(other) == fold(org):
        return []
    return [f"上年数据“{source}”的单位是“{other}”，与台账的“{org}”不同，请确认是同一单位"]


def _table_changes(result: LedgerResult, previous: Mapping[str, Any], form: Form) -> Iterator[Change]:
    then = form_of(str(previous.get("form") or ""), result.figures.year - 1)
    before = comparable_figures(previous, then, then)
    tables = {name: getattr(result.figures, name) for name in ("table2", "table3", "table4")}
    now = comparable_figures(tables, form, then)
    for key, current in now.items():
        if leaf := form.leaf(key) or then.leaf(key):
            yield from _change(key, leaf.where, leaf.unit or "件", current, before.get(key))
    yield from _change(f"derived.{HANDLED}", HANDLED_LABEL, "件", _handled(now, form), _handled(before, then))


def _handled(cells: Mapping[str, Any], form: Form) -> Number | None:
    """New applications and those carried in, over all applicants; None where a cell is no number."""
    keys = [f"table3.{form.row(role).key}.{form.columns[-1].key}" for role in ("received", "carried_in")]
    numbers = [number for key in keys if (number := _number(cells.get(key))) is not None]
    return sum(numbers) if len(numbers) == len(keys) else None


def _fact_changes(result: LedgerResult, facts: Mapping[str, Any], then: Any) -> Iterator[Change]:
    """Facts of both years; an indicator of the office's own only where both years state it in one unit."""
    then = then if isinstance(then, Mapping) else {}
    for name, current in result.figures.facts.items():
        if name in _NAMED_COUNTS:
            yield from _named_changes(name, current, facts.get(name))
            continue
        key = f"facts.{name}"
        known = matters.facts().get(name)
        label = (known.compared or known.ledger) if known else name
        unit = known.unit if known else _stated_unit(result.provenance[key].formula)
        last = then.get(key)
        formula = str(last.get("formula", "")) if isinstance(last, Mapping) else ""
        if known or (formula and _stated_unit(formula) == unit):
            yield from _change(key, label, unit, current, facts.get(name))


def _named_changes(name: str, current: Mapping[str, int], before: Mapping[str, Any] | None) -> Iterator[Change]:
    if before is None:
        return
    for item in dict.fromkeys((*current, *before)):
        label = _NAMED_COUNTS[name].format(item)
        yield from _change(f"facts.{name}.{item}", label, "条", current.get(item, 0), before.get(item, 0))


def _stated_unit(formula: str) -> str:
    """The unit that the formula of a 汇总数据 line ends with; 次 for the rows of 工作记录."""
    if formula.endswith("的行数"):
        return "次"
    return formula.rpartition("（")[2].removesuffix("）") if formula.endswith("）") else ""


def _change(key: str, label: str, unit: str, current: object, previous: object) -> Iterator[Change]:
    now, before = _number(current), _number(previous)
    if now is not None and before is not None:
        yield Change(key, label, unit, now, before, now - before, rate_of_change(now, before))


def _number(cell: object) -> Number | None:
    """A figure as it was read, exact; None where the cell holds none."""
    if isinstance(cell, bool) or not isinstance(cell, (int, float, Decimal)):
        return None
    number = Decimal(str(cell))
    if not number.is_finite() or number < 0:
        return None
    return number if number % 1 else int(number)


def _facts(facts: Any) -> dict[str, Any]:
    """Last year's facts, the named counts as tables or None."""
    known = dict(facts) if isinstance(facts, Mapping) else {}
    return known | {name: known[name] if isinstance(known.get(name), Mapping) else None for name in _NAMED_COUNTS}


def _respelled(
    before: Mapping[str, Any] | None, posted: Mapping[str, int], known: Mapping[str, str]
) -> tuple[dict[str, Number] | None, list[str]]:
    """Last year's categories under this year's spelling, where ``known`` says they are one."""
    if before is None:
        return None, []
    now = {known.get(name, name): name for name in posted}
    found: dict[str, Number] = {}
    said: list[str] = []
    for name, value in before.items():
        spelling = name if name in posted else now.get(known.get(name, name), name)
        if spelling != name:
            said.append(f"上年的信息类别“{name}”按本年的“{spelling}”比较")
        number = _number(value)
        if number is not None:
            found[spelling] = found.get(spelling, 0) + number
    return found, said


def _fallen(
    before: Mapping[str, Number] | None, posted: Mapping[str, int], year: int, source: str
) -> tuple[DerivedFact, ...]:
    """Categories with publications last year and none this year; none where last year's are not known."""
    if before is None:
        return ()
    names = [name for name, value in before.items() if value and not posted.get(name)]
    listed = "、".join(names)
    formula = f"{year}年（{source}）有发布、{year + 1}年没有发布日期在年内的行的信息类别：{listed or '无'}"
    trace = Provenance(formula, "信息发布", ())
    return (
        DerivedFact(
            "derived.categories_fallen_to_zero", "上年有发布而本年没有发布的信息类别", len(names), "类", trace, listed
        ),
    )
