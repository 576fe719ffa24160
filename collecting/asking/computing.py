"""The numbers that a reading asks for, from the reports alone: exact, and what is not held is named, never nought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from answering.figures.answer import percent
from answering.figures.catalogue import Figure
from collecting.asking.conditions import By, FigureCondition
from collecting.asking.held import HeldFigures
from collecting.asking.reading import OrganReading
from collecting.asking.wording import exact
from domain import Number

Values = tuple[tuple[Figure, int, Number], ...]


@dataclass(frozen=True)
class OrganLine:
    """An organ (or a kind of organ, a year) with what is shown of it; ``measure`` is what is ranked and filtered.

    ``values`` are by figure and year; ``now`` the figure itself, ``before`` that of the base year, ``whole`` what it
    is a part of.
    """

    org: str
    values: Values
    measure: Fraction = Fraction(0)
    now: Number = 0
    before: Number | None = None
    whole: Number | None = None


@dataclass(frozen=True)
class ComputedLines:
    """``lines`` in the order in which they are told; ``missing``: (organ, year) without the figure; ``unrated``: from nothing.

    ``means`` are what conditions were held against: the mean of all organs of a kind, by condition.
    """

    lines: tuple[OrganLine, ...]
    missing: tuple[tuple[str, int], ...] = ()
    unrated: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    means: tuple[tuple[FigureCondition, Fraction], ...] = ()


@dataclass
class _Gaps:
    missing: list[tuple[str, int]] = field(default_factory=list)
    unrated: list[str] = field(default_factory=list)


def compute(reading: OrganReading, held: HeldFigures) -> ComputedLines:
    """What a reading without a doubt asks for."""
    scope = reading.organs or held.of_kind(reading.kind)
    gaps = _Gaps()
    means = {one: _mean(one, reading, held) for one in reading.conditions if one.mean is not None}
    whole = _whole(reading, held, gaps) if reading.by == "of_all" else None
    lines: list[OrganLine] = []
    for org in [] if reading.groups else scope:
        checked = _checked(org, reading, held, means, gaps)
        if checked is None:
            continue
        line = checked if reading.doing in ("filter", "count") and not reading.steady and reading.conditions else None
        line = line or _line(org, reading, held, whole, gaps)
        if line is not None:
            lines.append(line)
    for kind in reading.groups:
        lines.append(_group(kind, reading, held, gaps))
    if reading.over_years:
        lines = _by_year(lines)
    kept = [line for line in lines if _goes_its_way(line, reading)]
    told = tuple(_ordered(kept, reading))
    missing, unrated = tuple(dict.fromkeys(gaps.missing)), tuple(dict.fromkeys(gaps.unrated))
    return ComputedLines(told, missing, unrated, tuple(scope), tuple((k, v) for k, v in means.items() if v is not None))


# --- one organ --------------------------------------------------------------------------------------


def _line(org: str, reading: OrganReading, held: HeldFigures, whole: Fraction | None, gaps: _Gaps) -> OrganLine | None:
    """What is asked of an organ, None where it has not got the figures."""
    if reading.by == "value" or not reading.base and reading.by in ("change", "rate"):
        return _plain(org, reading, held, gaps)
    figure, year = reading.figures[0], reading.years[-1]
    other = reading.figures[1] if len(reading.figures) > 1 else None
    return _measured(org, figure, reading.by, (year,), reading.base, other, whole, held, gaps)


def _plain(org: str, reading: OrganReading, held: HeldFigures, gaps: _Gaps) -> OrganLine | None:
    """The figures themselves; where they are told year by year, those of the years that are held."""
    needed = [(figure, year, held.value(org, year, figure)) for figure in reading.figures for year in reading.years]
    lacking = [year for _, year, value in needed if value is None]
    gaps.missing += [(org, year) for year in dict.fromkeys(lacking)]
    each_year = reading.doing in ("list", "value", "sum")
    if lacking and not (each_year and len(lacking) < len(needed)):
        return None
    known = tuple((figure, year, value) for figure, year, value in needed if value is not None)
    total = sum((Fraction(value) for _, _, value in known), Fraction(0))
    return OrganLine(org, known, total, exact(total))


def _measured(
    org: str,
    figure: Figure,
    by: By,
    years: Sequence[int],
    base: int,
    other: Figure | None,
    whole: Fraction | None,
    held: HeldFigures,
    gaps: _Gaps,
) -> OrganLine | None:
    """A figure as it counts: its change, the rate of it, its part of something; None where that is not known."""
    year = years[-1]
    now = held.value(org, year, figure)
    if now is None:
        gaps.missing.append((org, year))
        return None
    if by in ("change", "rate"):
        before = held.value(org, base, figure)
        if before is None:
            gaps.missing.append((org, base))
            return None
        if by == "rate" and not before:
            gaps.unrated.append(org)
            return None
        change = Fraction(now) - Fraction(before)
        rated = change / Fraction(before) if by == "rate" else change
        return OrganLine(org, ((figure, base, before), (figure, year, now)), rated, now, before)
    total: Number | None
    if by == "of_all":
        total = exact(whole or 0)
    else:
        total = held.value(org, year, other or Figure("", figure.unit, figure.whole))
        if total is None:
            gaps.missing.append((org, year))
            return None
    if not total:
        gaps.unrated.append(org)
        return None
    return OrganLine(org, ((figure, year, now),), Fraction(now) / Fraction(total), now, None, total)


def _group(kind: str, reading: OrganReading, held: HeldFigures, gaps: _Gaps) -> OrganLine:
    """All organs of a kind as one line."""
    each = [line for org in held.of_kind(kind) if (line := _plain(org, reading, held, gaps))]
    total = sum((line.measure for line in each), Fraction(0))
    figure, year = reading.figures[0], reading.years[-1]
    return OrganLine(f"{len(each)}个{kind}", ((figure, year, exact(total)),), total, exact(total))


def _whole(reading: OrganReading, held: HeldFigures, gaps: _Gaps) -> Fraction:
    """What all organs have of the figure."""
    figure, year = reading.figures[0], reading.years[-1]
    values = {org: held.value(org, year, figure) for org in held.of_kind(reading.whole)}
    gaps.missing += [(org, year) for org, value in values.items() if value is None]
    return sum((Fraction(value) for value in values.values() if value is not None), Fraction(0))


# --- conditions -------------------------------------------------------------------------------------


def _checked(
    org: str,
    reading: OrganReading,
    held: HeldFigures,
    means: dict[FigureCondition, Fraction | None],
    gaps: _Gaps,
) -> OrganLine | None:
    """The figures that the conditions are about, None where one does not hold or cannot be told."""
    values: list[tuple[Figure, int, Number]] = []
    first: OrganLine | None = None
    if reading.steady:
        return OrganLine(org, ())
    for condition in reading.conditions:
        line = _held(org, condition, reading, held, means.get(condition), gaps)
        if line is None:
            return None
        values += line.values
        first = first or line
    if first is None:
        return OrganLine(org, ())
    return OrganLine(org, tuple(dict.fromkeys(values)), first.measure, first.now, first.before, first.whole)


def _held(
    org: str,
    condition: FigureCondition,
    reading: OrganReading,
    held: HeldFigures,
    mean: Fraction | None,
    gaps: _Gaps,
) -> OrganLine | None:
    """An organ's line where a condition holds; 没有 over three years means in none of them."""
    years = condition.years or reading.years
    if condition.by != "value":
        whole = _whole(reading, held, gaps) if condition.by == "of_all" else None
        base = reading.base or years[-1] - 1
        line = _measured(org, condition.figure, condition.by, years, base, None, whole, held, gaps)
        if line is None:
            return None
        measure = -line.measure if condition.falling else line.measure
        return line if _holds(condition, measure, condition.number) else None
    known: list[tuple[Figure, int, Number]] = []
    each: list[bool] = []
    for year in years:
        value, against = held.value(org, year, condition.figure), condition.number
        if condition.other:
            other = held.value(org, year, condition.other)
        elif condition.than:
            other = held.value(condition.than, year, condition.figure)
        else:
            other = None
        if value is None or (condition.other or condition.than) and other is None:
            gaps.missing.append((org if value is None or condition.other else condition.than, year))
            return None
        if other is not None:
            against = Fraction(other) * condition.times
        if condition.mean is not None:
            if mean is None:
                return None
            against = mean
        known.append((condition.figure, year, value))
        if condition.other and other is not None:
            known.append((condition.other, year, other))
        each.append(_holds(condition, Fraction(value), against))
    total = sum((Fraction(value) for figure, _, value in known if figure == condition.figure), Fraction(0))
    some = (
        condition.how == ">"
        and not condition.number
        and not (condition.other or condition.than or condition.mean is not None)
    )
    holds = _holds(condition, total, condition.number) if condition.pooled else any(each) if some else all(each)
    return OrganLine(org, tuple(known), total, exact(total)) if holds else None


def _holds(condition: FigureCondition, value: Fraction, number: Fraction) -> bool:
    return {
        "=": value == number,
        ">": value > number,
        ">=": value >= number,
        "<": value < number,
        "<=": value <= number,
        "between": condition.low <= value <= number,
    }[condition.how]


def _mean(condition: FigureCondition, reading: OrganReading, held: HeldFigures) -> Fraction | None:
    """The mean of a figure over the organs of a kind that have it."""
    year = (condition.years or reading.years)[-1]
    values = [held.value(org, year, condition.figure) for org in held.of_kind(condition.mean or "")]
    known = [Fraction(value) for value in values if value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


# --- all lines --------------------------------------------------------------------------------------


def _by_year(lines: Iterable[OrganLine]) -> list[OrganLine]:
    """What all lines have in each year, a line a year."""
    each: dict[tuple[Figure, int], Number] = {}
    for line in lines:
        for figure, year, value in line.values:
            each[figure, year] = each.get((figure, year), 0) + value
    return [
        OrganLine(f"{year}年", ((figure, year, value),), Fraction(value), value)
        for (figure, year), value in each.items()
    ]


def _goes_its_way(line: OrganLine, reading: OrganReading) -> bool:
    if reading.steady:
        each = [Fraction(value) for _, _, value in line.values]
        return all((now > then) - (now < then) == reading.direction for then, now in pairwise(each))
    if reading.doing == "rank" and reading.direction is not None and line.before is not None:
        return (line.measure > 0) - (line.measure < 0) == reading.direction
    return True


def _ranked(line: OrganLine, whichever: bool) -> Fraction:
    return abs(line.measure) if whichever else line.measure


def _ordered(lines: list[OrganLine], reading: OrganReading) -> list[OrganLine]:
    """As ranked, ties kept together at the end; a filter shows the largest first, a list stays as it is."""
    whichever = reading.by in ("change", "rate") and reading.direction is None  # 变化最大: up or down
    if reading.doing in ("rank", "spread"):
        most_first = not reading.ascending
        ordered = sorted(lines, key=lambda one: _ranked(one, whichever and reading.most > 0), reverse=most_first)
        if reading.doing == "spread" and reading.spread:
            first, second = (_at(ordered, place) for place in reading.spread)
            return [*first[:1], *second[:1]]
        if reading.place:
            return _at(ordered, reading.place)
        if not reading.most or len(ordered) <= reading.most:
            return ordered
        last = _ranked(ordered[reading.most - 1], whichever)
        return [one for at, one in enumerate(ordered) if at < reading.most or _ranked(one, whichever) == last]
    if reading.doing in ("filter", "count"):
        return sorted(lines, key=lambda one: abs(one.measure), reverse=True)
    return lines


def _at(ordered: Sequence[OrganLine], place: int) -> list[OrganLine]:
    """Those at a place (-1: the last), with those level with them; none where there are not so many."""
    if not ordered or place > len(ordered):
        return []
    measure = ordered[place - 1 if place > 0 else place].measure
    return [one for one in ordered if one.measure == measure]


def rate(change: Fraction) -> Decimal:
    """A ratio in per cent, two places, half up of the absolute value."""
    return percent(Decimal(abs(change.numerator)), Decimal(change.denominator))
