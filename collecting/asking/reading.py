"""What a question over all organs asks: which figures, of whom, of which years, and what is done with them.

A question is read to its last word or not answered: ``OrganReading.doubt`` says what was not understood.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from answering.figures.catalogue import Figure
from collecting.asking.grammar import count, grammar
from collecting.asking.held import HeldFigures
from collecting.asking.pieces import NUMBERED, QuestionPiece, QuestionPieces
from domain import Number

Doing = Literal["value", "list", "rank", "sum", "average", "between", "filter", "count"]
By = Literal["value", "change", "rate", "part", "of_all"]
_SIGNS = {"above": ">", "at_least": ">=", "n_up": ">=", "below": "<", "at_most": "<=", "n_down": "<=", "equal": "="}
# What is ranked by a piece: whether the smallest comes first.
_SUPERLATIVES = {
    "rank.largest": False,
    "rank.smallest": True,
    "rank.top_n": False,
    "rank.last_n": True,
    "change.rate_up": False,
    "change.most_up": False,
    "change.rate_down": True,
    "change.most_down": True,
}
_DIRECTIONS = {
    "rate_up": 1,
    "most_up": 1,
    "up": 1,
    "rate_down": -1,
    "most_down": -1,
    "down": -1,
    "more": 1,
    "fewer": -1,
    "flat": 0,
}


@dataclass(frozen=True)
class FigureCondition:
    """One figure held against a number: ``how`` is =, >, >=, <, <= or between ``low`` and ``number``."""

    figure: Figure
    how: str
    number: Number | float = 0
    low: Number | float = 0


@dataclass(frozen=True)
class OrganReading:
    """``organs`` empty: all of ``kind``. ``years`` in order; ``base``: the year that change is measured from (0: none).

    ``by``: what counts, the figure itself, its change, the rate of it, its part of ``Figure.whole`` (or of the second
    figure), or of all organs'. ``most``: so many of the ranked (0: all), the largest first unless ``ascending``.
    ``direction`` keeps those that rose (1), fell (-1) or stayed (0). ``over_years``: the years are ranked, by all organs together; ``steady``: the change goes one way every year. ``doubt`` says why it is not answered.
    """

    figures: tuple[Figure, ...]
    years: tuple[int, ...]
    base: int
    organs: tuple[str, ...]
    kind: str
    doing: Doing
    by: By
    most: int = 0
    ascending: bool = False
    direction: int | None = None
    conditions: tuple[FigureCondition, ...] = ()
    over_years: bool = False
    steady: bool = False
    doubt: str = ""

    @property
    def decided(self) -> bool:
        """Whether it asks for a quantity over organs beyond doubt, so that not understanding it is to be said."""
        return self.doing in ("rank", "sum", "average", "between", "count") or self.by != "value"


def reading(said: QuestionPieces, held: HeldFigures, today: date) -> OrganReading:
    """The reading of a question's pieces."""
    by = _by(said)
    years, base = _years(said, held, today, by)
    doing, most, ascending = _doing(said, by)
    conditions = _conditions(said) if doing in ("filter", "count") and by not in ("change", "rate") else ()
    figures = tuple(one for _, one in said.figures)
    direction = next((_DIRECTIONS[name] for name in _DIRECTIONS if said.has(f"change.{name}")), None)
    made = OrganReading(
        figures,
        years,
        base,
        said.who.organs,
        _kind(said),
        doing,
        by,
        most,
        ascending,
        direction,
        conditions,
        said.has("years.which"),
        said.has("change.steady"),
    )
    return OrganReading(**{**made.__dict__, "doubt": _doubt(said, made)})


def _doing(said: QuestionPieces, by: By) -> tuple[Doing, int, bool]:
    """(what is done, how many of the ranked, whether the smallest first)."""
    if any(said.of("between")) and len(said.who.organs) == 2:
        return "between", 0, False
    which = said.has("scope.which", "scope.who", "scope.count", "scope.many")
    narrowed = any(said.of("condition")) or said.has(*(f"change.{name}" for name in _DIRECTIONS))
    which = which or said.has("scope.ending", "scope.kind") and narrowed
    if ranked := _ranked(said):
        return "rank", *ranked
    if which:
        return ("count" if said.has("scope.count", "scope.many") else "filter"), 0, False
    if said.has("together.average"):
        return "average", 0, False
    county = said.has("scope.county", "scope.all", "scope.whole") and not said.has("scope.each")
    if not said.who.organs and by == "of_all":
        return "list", 0, False
    if said.has("together.sum") or county and not said.who.organs:
        return "sum", 0, False
    if any(one.name.partition(".")[2] in NUMBERED for one in said.of("condition")):
        return "filter", 0, False
    return ("value" if said.who.organs else "list"), 0, False


def _ranked(said: QuestionPieces) -> tuple[int, bool] | None:
    there = [one for one in said.pieces if one.name in _SUPERLATIVES]
    numbers = [one for one in said.pieces if one.name in ("rank.top_n", "rank.last_n", "rank.first_n")]
    if there:
        several = said.has("scope.each", "rank.order") and not numbers
        most = int(count(numbers[-1].said["n"])) if numbers else 0 if several else 1
        return most, any(_SUPERLATIVES[one.name] for one in there)
    if said.has("rank.order", "rank.down", "rank.up"):
        return 0, said.has("rank.up")
    return None


def _by(said: QuestionPieces) -> By:
    if said.has("change.rate_up", "change.rate_down"):
        return "rate"
    if any(said.of("change")) or any(said.of("against")):
        return "change"
    whole = len(said.figures) == 1 and bool(said.figures[0][1].whole)
    if said.has("share.of_all"):
        return "of_all"
    if said.has("share.of_whole"):
        return "part" if whole else "of_all"
    if said.has("share.part"):
        return "part" if whole or len(said.figures) > 1 else "of_all"
    return "value"


def _years(said: QuestionPieces, held: HeldFigures, today: date, by: By) -> tuple[tuple[int, ...], int]:
    """(the years asked about, in order; the year that change is measured from, 0 for none)."""
    found: list[int] = []
    span = False
    for one in said.of("years"):
        name = one.name.partition(".")[2]
        if name == "span":
            found += range(int(one.said["from"]), int(one.said["to"]) + 1)
            span = True
        elif name == "one":
            found.append(int(one.said["year"]) + (2000 if len(one.said["year"]) == 2 else 0))
        elif name == "last":
            found += range(held.newest - int(count(one.said["n"])) + 1, held.newest + 1)
        elif name == "every":
            found += held.years
        elif name == "last_year":
            found.append(today.year - 1)
        elif name == "which":
            found += held.years
        else:  # 本年 of reports is the year that they report on
            found.append(held.newest)
    years = sorted(set(found)) or [held.newest]
    for one in said.of("change"):
        if one.name == "change.steady":  # 连续三年增加 rose three times, from the year before
            steps = int(count(one.said["n"])) if "n" in one.said else 0
            return tuple(range(held.newest - steps, held.newest + 1)) if steps else tuple(found or held.years), 0
    base = next((int(one.said.get("year", max(years) - 1)) for one in said.of("against")), 0)
    if by not in ("change", "rate"):
        return tuple(years), 0
    told = said.has(*(f"change.{name}" for name in _DIRECTIONS)) or span
    if not base and len(years) > 1 and told:
        return (years[-1],), years[0]
    if len(years) > 1:
        return tuple(years), 0
    return tuple(years), base or years[-1] - 1


def _conditions(said: QuestionPieces) -> tuple[FigureCondition, ...]:
    """Each figure with what is asked of it: a number behind it, 没有 or 有 before it; without any, more than none."""
    asked: dict[Figure, list[FigureCondition]] = {one: [] for _, one in said.figures}
    for piece in sorted(said.of("condition"), key=lambda one: one.at):
        how = piece.name.partition(".")[2]
        target = _target(piece, said, how in NUMBERED)
        if target is None or how == "some":
            continue
        if how == "nonzero":
            asked[target].append(FigureCondition(target, ">", 0))
            continue
        asked[target].append(FigureCondition(target, "=", 0) if how == "none" else _numbered(target, how, piece))
    return tuple(one for each, held in asked.items() for one in held or [FigureCondition(each, ">", 0)])


def _target(piece: QuestionPiece, said: QuestionPieces, numbered: bool) -> Figure | None:
    """The figure that a condition is of: for a number the nearest one before it, for 没有 the nearest behind it."""
    ahead = [one for at, one in said.figures if at < piece.at]
    behind = [one for at, one in said.figures if at >= piece.at]
    first, second = (ahead[-1:], behind[:1]) if numbered else (behind[:1], ahead[-1:])
    return next(iter([*first, *second]), None)


def _numbered(target: Figure, how: str, piece: QuestionPiece) -> FigureCondition:
    if how == "between":
        return FigureCondition(target, "between", count(piece.said["high"]), count(piece.said["low"]))
    return FigureCondition(target, _SIGNS[how], count(piece.said["n"]))


def _kind(said: QuestionPieces) -> str:
    """The kind of organ that is asked about; "" for all."""
    kinds: Sequence[str] = [grammar()["kinds"][one.said["kind"]] for one in said.of("scope") if "kind" in one.said]
    return next((kind for kind in kinds if kind), "")


def _doubt(said: QuestionPieces, made: OrganReading) -> str:
    """Why a question cannot be answered as it was read, "" where it can."""
    if said.who.several:
        return f"“{'”“'.join(said.who.several[0])}”都可能是所说的单位，请写全称"
    if said.who.unknown:
        return f"没有“{'”“'.join(said.who.unknown)}”的数字"
    if said.unread:
        return f"没有看懂“{said.unread}”"
    superlatives = {_SUPERLATIVES[one.name] for one in said.pieces if one.name in _SUPERLATIVES}
    if len(superlatives) > 1:
        return "一句里既问最多又问最少，请分开问"
    if made.steady and made.direction is None:
        return "没有说明是一直增加还是一直减少"
    if not made.figures:
        return "没有说明是哪一项数字，如“收到的申请”“行政许可”"
    one_alone = made.doing in ("rank", "sum", "average", "between") or made.by in ("change", "rate", "of_all")
    if one_alone and len(made.figures) > 1 and made.by != "part":
        return f"“{'”“'.join(one.label for one in made.figures)}”是几个数字，请说明是哪一个"
    label, whole = next((one.label, one.whole) for one in made.figures)
    if made.by == "part" and not whole and len(made.figures) != 2:
        return f"没有说明“{label}”占什么的比例"
    return ""
