"""What a question asks of the organs that it is about: each figure held against a number, another figure, a mean.

没有 and 有 are conditions too, and so is a figure that rose or fell. Which figure one is of is told by its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from answering.figures.catalogue import Figure
from collecting.asking.grammar import count, grammar
from collecting.asking.pieces import NUMBERED, QuestionPiece, QuestionPieces

By = Literal["value", "change", "rate", "part", "of_all"]
RISING = ("up", "more", "rate_of_growth")
FALLING = ("down", "fewer", "rate_of_fall")
_SIGNS = {"above": ">", "at_least": ">=", "n_up": ">=", "below": "<", "at_most": "<=", "n_down": "<=", "equal": "="}
_CHANGES = (*RISING, *FALLING, "flat", "change", "difference", "not_up", "not_down")
_JOINED = re.compile(r"[和与及、或]|以及")
_APART = re.compile(r"但|而|却|没|无")
_YEARS = ("years.one", "years.last_year", "years.this_year")


@dataclass(frozen=True)
class FigureCondition:
    """One figure, or its change, held against something: ``how`` is =, >, >=, <, <= or between ``low`` and ``number``.

    ``by``: the figure itself, its change since ``base``, the rate of it, its part of ``Figure.whole``, or of all
    organs'; numbers of rates and parts are ratios (0.5 for 50%). ``falling``: what it fell by is held against the
    number. It may be held against ``times`` another figure, against that of the organ ``than``, or against the mean
    of the organs of the kind ``mean``. ``years`` are its own, where it has any; ``pooled``: they are added up first.
    """

    figure: Figure
    how: str
    number: Fraction = Fraction(0)
    low: Fraction = Fraction(0)
    by: By = "value"
    falling: bool = False
    other: Figure | None = None
    times: Fraction = Fraction(1)
    than: str = ""
    mean: str | None = None
    years: tuple[int, ...] = ()
    pooled: bool = False


def conditions(said: QuestionPieces, kind: str, by: By, every: bool) -> tuple[FigureCondition, ...]:
    """The conditions in the order of the question.

    ``kind`` is whose mean is meant where none is named, ``by`` how the whole question counts. ``every``: a figure of
    which nothing is asked is asked to be more than none, and changes are conditions.
    """
    changes = [one for one in said.of("change") if one.name.partition(".")[2] in _CHANGES]
    found: list[tuple[QuestionPiece, FigureCondition]] = []
    merged: set[int] = set()
    for piece in sorted(said.pieces, key=lambda one: one.at):
        group, _, how = piece.name.partition(".")
        if group == "condition" and how in NUMBERED:
            change = _changed(piece, changes, said) if every else None
            if change is not None:
                merged.add(changes.index(change))
            found += [(piece, one) for one in _numbered(piece, said, by, change, [one.figure for _, one in found])]
        elif group == "condition" and how in ("none", "nonzero"):
            target = _behind(piece, said)
            found += [(piece, FigureCondition(target, "=" if how == "none" else ">"))] if target else []
        elif group == "versus":
            found += [(piece, one) for one in _versus(piece, how, said)]
        elif group == "mean":
            target = _ahead(piece, said)
            found += [(piece, FigureCondition(target, how, mean=_whose(piece, kind)))] if target else []
    if every:
        rest = [one for at, one in enumerate(changes) if at not in merged]
        found += [(piece, one) for piece in rest for one in _moved(piece, said)]
    found = [(piece, replace(one, pooled=_pooled(piece, said))) for piece, one in found]
    if not every:
        return tuple(one for _, one in found)
    return _whole(said, [one for _, one in found])


def years_apart(said: QuestionPieces) -> list[tuple[FigureCondition, QuestionPiece]]:
    """(condition, its year) where a figure is asked about in two years, otherwise in each: 去年收到申请而今年没有."""
    years = sorted((one for one in said.pieces if one.name in _YEARS), key=lambda one: one.at)
    if len(years) != 2 or len(said.figures) != 1 or any(said.of("against")) or any(said.of("change")):
        return []
    said_of_first = [*(at for at, _ in said.figures), *(one.at for one in said.of("condition"))]
    if not any(years[0].end <= at < years[1].at for at in said_of_first):
        return []  # 2023年和2024年都没有
    found: list[tuple[FigureCondition, QuestionPiece]] = []
    figure = said.figures[0][1]
    for year, end in zip(years, (years[1].at, len(said.text)), strict=True):
        asked = [one for one in said.of("condition") if year.at < one.at < end]
        numbered = [one for one in asked if one.name.partition(".")[2] in NUMBERED]
        if numbered:
            found += [(one, year) for piece in numbered for one in _numbered(piece, said, "value", None, ())]
        else:
            none = any(one.name == "condition.none" for one in asked)
            found.append((FigureCondition(figure, "=" if none else ">"), year))
    return found


def _whole(said: QuestionPieces, found: Sequence[FigureCondition]) -> tuple[FigureCondition, ...]:
    """With one for each figure: as of the one it is joined to (没有复议和诉讼), else more than none."""
    made: list[FigureCondition] = []
    used = {one.other for one in found}
    before: tuple[int, list[FigureCondition]] = (0, [])
    for at, figure in said.figures:
        own = [one for one in found if one.figure == figure]
        if not own and figure in used:
            continue
        between = said.text[before[0] : at]
        linked = before[1] and _JOINED.search(between) and not _APART.search(between)
        if not own and linked:
            own = [replace(one, figure=figure) for one in before[1]]
        if not own and (later := _joined_to(said, at, figure, found)):
            own = [replace(one, figure=figure) for one in later]
        own = own or [FigureCondition(figure, ">")]
        made += own
        before = (at, own)
    return tuple(made)


def _joined_to(
    said: QuestionPieces, at: int, figure: Figure, found: Sequence[FigureCondition]
) -> list[FigureCondition]:
    """The conditions of the figure behind, which are meant for this one too: 复议和诉讼都没有, 许可和处罚都增加."""
    behind = next(((place, one) for place, one in said.figures if place > at), None)
    if behind is None or not re.search(r"都|均", said.text[behind[0] :]):
        return []
    between = said.text[at : behind[0]]
    if not _JOINED.search(between) or _APART.search(between):
        return []
    return [one for one in found if one.figure == behind[1]]


def _ahead(piece: QuestionPiece, said: QuestionPieces) -> Figure | None:
    """The nearest figure before a piece, else the nearest behind it."""
    ahead = [one for at, one in said.figures if at < piece.at]
    behind = [one for at, one in said.figures if at >= piece.at]
    return next(iter([*ahead[-1:], *behind[:1]]), None)


def _behind(piece: QuestionPiece, said: QuestionPieces) -> Figure | None:
    """The nearest figure behind a piece (没有行政诉讼), else the nearest before it."""
    ahead = [one for at, one in said.figures if at < piece.at]
    behind = [one for at, one in said.figures if at >= piece.at]
    clause = re.search(r"[，,；;]|但|而|却", said.text[piece.at :])
    if clause and ahead and not any(piece.at <= at < piece.at + clause.start() for at, _ in said.figures):
        behind = []
    return next(iter([*behind[:1], *ahead[-1:]]), None)


def _changed(piece: QuestionPiece, changes: Sequence[QuestionPiece], said: QuestionPieces) -> QuestionPiece | None:
    """The change that a number limits: 增长超过50%, 比上年多10件以上."""
    before = [one for one in changes if one.at < piece.at and not any(one.at < at < piece.at for at, _ in said.figures)]
    return max(before, key=lambda one: one.at, default=None)


def _numbered(
    piece: QuestionPiece, said: QuestionPieces, by: By, change: QuestionPiece | None, taken: Sequence[Figure]
) -> Iterator[FigureCondition]:
    how = piece.name.partition(".")[2]
    target = _ahead(change or piece, said)
    behind = [one for at, one in said.figures if at >= piece.at]
    if change is None and target in taken and behind:
        target = behind[0]  # 超过40件申请、2件以上诉讼
    if target is None:
        return
    ratio = piece.said.get("unit") == "%"
    number, low = (
        _amount(piece.said.get(key, "0"), piece, target) for key in ("high" if how == "between" else "n", "low")
    )
    made = FigureCondition(target, _SIGNS.get(how, "between"), number, low)
    if change is not None:
        way = change.name.partition(".")[2]
        made = replace(made, by="rate" if ratio else "change", falling=way in FALLING)
        yield made
        if way not in ("change", "difference") and made.how in ("<", "<="):  # 增长不到10% did grow
            yield replace(made, how=">", number=Fraction(0))
        return
    yield replace(made, by=by if by in ("part", "of_all") and ratio else "value")


def _amount(written: str, piece: QuestionPiece, figure: Figure) -> Fraction:
    """A number in the unit of its figure, a percentage as a ratio."""
    number = Fraction(str(count(written)))
    unit = piece.said.get("unit", "")
    if unit == "%":
        return number / 100
    if unit == "万" and figure.unit != "万元":
        return number * 10000
    return number / 10000 if unit == "元" and figure.unit == "万元" else number


def _moved(piece: QuestionPiece, said: QuestionPieces) -> Iterator[FigureCondition]:
    """That a figure rose, fell or stayed."""
    way = piece.name.partition(".")[2]
    target = _ahead(piece, said)
    if target is not None and way in ("not_up", "not_down"):
        yield FigureCondition(target, "<=", by="change", falling=way == "not_down")
    elif target is not None and way not in ("change", "difference"):
        yield FigureCondition(target, "=" if way == "flat" else ">", by="change", falling=way in FALLING)


def _versus(piece: QuestionPiece, how: str, said: QuestionPieces) -> Iterator[FigureCondition]:
    ahead = [one for at, one in said.figures if at < piece.at and at != piece.other]
    target = ahead[-1] if ahead else None
    other = next((one for at, one in said.figures if at == piece.other), None)
    than = next((org for at, org in said.who.places if at == piece.other), "")
    if than and target is None:
        target = next((one for _, one in said.figures), None)
    if target is None or other is None and not than:
        return
    times = Fraction(str(count(piece.said["n"]))) if "n" in piece.said else Fraction(1)
    if how == "times":
        how = ">" if "over" in piece.said else ">=" if {"up", "least"} & {*piece.said} else "="
    yield FigureCondition(target, how, other=other, than=than, times=times)


def _whose(piece: QuestionPiece, kind: str) -> str:
    """The kind of organ whose mean it is: as said, of all for 全县, else of those asked about."""
    said = next((said for key, said in piece.said.items() if key.startswith("whose")), "")
    if not said:
        return kind
    kinds = grammar()["kinds"]
    return next((kinds[name] for name in sorted(kinds, key=len, reverse=True) if name in said), "")


def _pooled(piece: QuestionPiece, said: QuestionPieces) -> bool:
    """Whether the years are added up before they are held against a number: 三年合计超过100件."""
    return piece.name.partition(".")[2] in NUMBERED and any(
        one.at < piece.at for one in said.of("together") if one.name == "together.sum"
    )
