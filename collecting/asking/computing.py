"""The numbers that a reading asks for, from the reports alone: exact, and what is not held is named, never nought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from answering.figures.answer import percent
from answering.figures.catalogue import Figure
from collecting.asking.held import HeldFigures
from collecting.asking.reading import FigureCondition, OrganReading
from collecting.asking.wording import exact
from domain import Number


@dataclass(frozen=True)
class OrganLine:
    """An organ (or "" for all, a year) with what is shown of it; ``measure`` is what is ranked and filtered.

    ``values`` are by figure and year; ``before`` is the figure of the base year.
    """

    org: str
    values: tuple[tuple[Figure, int, Number], ...]
    measure: Fraction | None = None
    before: Number | None = None
    whole: Number | None = None


@dataclass(frozen=True)
class ComputedLines:
    """``lines`` in the order in which they are told; ``missing``: (organ, year) without the figure; ``unrated``: from nothing."""

    lines: tuple[OrganLine, ...]
    missing: tuple[tuple[str, int], ...] = ()
    unrated: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()


def compute(reading: OrganReading, held: HeldFigures) -> ComputedLines:
    """What a reading without a doubt asks for."""
    scope = reading.organs or held.of_kind(reading.kind)
    if reading.by == "of_all" and reading.doing == "value":
        return _of_all(reading, held, scope)
    missing: list[tuple[str, int]] = []
    unrated: list[str] = []
    lines: list[OrganLine] = []
    years = _years_needed(reading)
    for org in scope:
        figures = [one.figure for one in reading.conditions] or list(reading.figures)
        needed = [(figure, year, held.value(org, year, figure)) for figure in dict.fromkeys(figures) for year in years]
        lacking = [year for _, year, value in needed if value is None]
        each_year = reading.doing in ("list", "value", "sum") and reading.by == "value"
        if lacking and not (each_year and len(lacking) < len(needed)):
            missing += [(org, year) for year in dict.fromkeys(lacking)]
            continue
        missing += [(org, year) for year in dict.fromkeys(lacking)]
        known = tuple((figure, year, value) for figure, year, value in needed if value is not None)
        line = _line(reading, held, org, known)
        if line is None:
            unrated.append(org)
        else:
            lines.append(line)
    if reading.over_years:
        lines = _by_year(lines)
    if reading.by == "of_all":
        total = sum(Fraction(line.measure or 0) for line in lines)
        lines = [OrganLine(one.org, one.values, one.measure, whole=exact(total)) for one in lines]
    kept = [line for line in lines if _kept(line, reading)]
    return ComputedLines(tuple(_ordered(kept, reading)), tuple(missing), tuple(unrated), tuple(scope))


def _by_year(lines: Sequence[OrganLine]) -> list[OrganLine]:
    """What all lines have in each year, a line a year."""
    each: dict[tuple[Figure, int], Number] = {}
    for line in lines:
        for figure, year, value in line.values:
            each[figure, year] = each.get((figure, year), 0) + value
    return [OrganLine(f"{year}年", ((figure, year, value),), Fraction(value)) for (figure, year), value in each.items()]


def _years_needed(reading: OrganReading) -> list[int]:
    if reading.by in ("change", "rate") and reading.base:
        return [reading.base, *reading.years]
    return list(reading.years)


def _line(
    reading: OrganReading, held: HeldFigures, org: str, known: tuple[tuple[Figure, int, Number], ...]
) -> OrganLine | None:
    """None where a rate is measured from nothing."""
    if reading.by in ("change", "rate") and reading.base:
        (_, _, before), *_, (figure, year, now) = known
        change = Fraction(now) - Fraction(before)
        if reading.by == "rate":
            if not before:
                return None
            change = change / Fraction(before)
        return OrganLine(org, ((figure, year, now),), change, before)
    if reading.by == "part":
        return _part(reading, held, org, known)
    return OrganLine(org, known, sum((Fraction(value) for _, _, value in known), Fraction(0)))


def _part(
    reading: OrganReading, held: HeldFigures, org: str, known: tuple[tuple[Figure, int, Number], ...]
) -> OrganLine | None:
    figure = reading.figures[0]
    whole_figure = reading.figures[1] if len(reading.figures) > 1 else Figure("", figure.unit, figure.whole)
    year = reading.years[-1]
    part, whole = held.value(org, year, figure), held.value(org, year, whole_figure)
    if part is None or not whole:
        return None
    return OrganLine(org, ((figure, year, part),), Fraction(part) / Fraction(whole), whole=whole)


def _of_all(reading: OrganReading, held: HeldFigures, scope: Sequence[str]) -> ComputedLines:
    """The organs' share of what all organs have."""
    figure, year = reading.figures[0], reading.years[-1]
    everyone = held.of_kind(reading.kind)
    values = {org: held.value(org, year, figure) for org in dict.fromkeys((*everyone, *scope))}
    total = sum(Fraction(value) for org in everyone if (value := values[org]) is not None)
    missing = tuple((org, year) for org in values if values[org] is None)
    lines = [
        OrganLine(org, ((figure, year, value),), Fraction(value), whole=exact(total))
        for org in scope
        if (value := values[org]) is not None
    ]
    return ComputedLines(tuple(lines), missing, (), tuple(everyone))


def _kept(line: OrganLine, reading: OrganReading) -> bool:
    if reading.steady:
        each = [Fraction(value) for _, _, value in line.values]
        return all((now > then) - (now < then) == reading.direction for then, now in pairwise(each))
    if reading.direction is not None and line.measure is not None and line.before is not None:
        rising = (line.measure > 0) - (line.measure < 0)
        if reading.doing in ("rank", "filter", "count") and rising != reading.direction:
            return False
    return all(_holds(one, line) for one in reading.conditions)


def _holds(condition: FigureCondition, line: OrganLine) -> bool:
    """Whether a condition holds in every year that is asked about; 没有 over three years means in none of them."""
    values = [value for figure, _, value in line.values if figure == condition.figure]
    low, number = Fraction(str(condition.low)), Fraction(str(condition.number))
    some = condition.how == ">" and not number
    each = [
        {
            "=": value == number,
            ">": value > number,
            ">=": value >= number,
            "<": value < number,
            "<=": value <= number,
            "between": low <= value <= number,
        }[condition.how]
        for value in map(Fraction, values)
    ]
    return any(each) if some else all(each)


def _ranked(line: OrganLine, whichever: bool) -> Fraction:
    measure = line.measure or Fraction(0)
    return abs(measure) if whichever else measure


def _ordered(lines: list[OrganLine], reading: OrganReading) -> list[OrganLine]:
    """As ranked, ties kept together at the end; a filter shows the largest first, a list stays as it is."""
    if reading.doing == "rank":
        whichever = reading.by in ("change", "rate") and reading.direction is None  # 变化最大: up or down
        ordered = sorted(lines, key=lambda one: _ranked(one, whichever), reverse=not reading.ascending)
        if not reading.most or len(ordered) <= reading.most:
            return ordered
        last = _ranked(ordered[reading.most - 1], whichever)
        return [one for at, one in enumerate(ordered) if at < reading.most or _ranked(one, whichever) == last]
    if reading.doing in ("filter", "count"):
        return sorted(lines, key=lambda one: abs(one.measure or Fraction(0)), reverse=True)
    return lines


def rate(change: Fraction) -> Decimal:
    """A ratio in per cent, two places, half up of the absolute value."""
    return percent(Decimal(abs(change.numerator)), Decimal(change.denominator))
