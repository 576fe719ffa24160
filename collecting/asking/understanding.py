"""From the pieces of a question to what it asks: which figures, of whom, of which years, and what is done with them.

A question is read to its last word or not answered: ``OrganReading.doubt`` says what was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answering.figures.catalogue import Figure
from collecting.asking.conditions import FALLING, RISING, By, FigureCondition, conditions, years_apart
from collecting.asking.doubting import doubt
from collecting.asking.grammar import count, grammar
from collecting.asking.held import HeldFigures
from collecting.asking.pieces import NUMBERED, QuestionPiece, QuestionPieces
from collecting.asking.reading import Doing, OrganReading

# What is ranked by a piece: whether the smallest comes first.
SUPERLATIVES = {
    "rank.largest": False,
    "rank.smallest": True,
    "rank.top_n": False,
    "rank.last_n": True,
    "rank.nth": False,
    "rank.nth_last": True,
    "comparative.most": False,
    "comparative.least": True,
    "change.rate_up": False,
    "change.most_up": False,
    "change.rate_down": True,
    "change.most_down": True,
    "change.rate_least": True,
}
_DIRECTIONS = {
    **dict.fromkeys(("rate_up", "most_up", *RISING), 1),
    **dict.fromkeys(("rate_down", "most_down", *FALLING), -1),
    "flat": 0,
}
_ANY_DIRECTION = tuple(f"change.{name}" for name in _DIRECTIONS)
_RATES = tuple(f"change.{name}" for name in ("rate_up", "rate_down", "rate_least", "rate_of_growth", "rate_of_fall"))
_QUANTITY = re.compile(r"多少|几[件条次份项宗起]")
_OF_THEM = re.compile(r"[里中](?!央)")


def readings(said: QuestionPieces, held: HeldFigures, today: date) -> list[OrganReading]:
    """The readings of a question's pieces: several where both the most and the least, or several figures, are asked."""
    ways = _ways(said)
    made = [one for way in ways for one in _each_figure(way, reading(way, held, today), held, today)]
    return made or [reading(said, held, today)]


def _ways(said: QuestionPieces) -> list[QuestionPieces]:
    """The question once for each superlative, with the figure that stands before it where there is one for each."""
    there = sorted(
        (one for one in said.pieces if one.name in ("rank.largest", "rank.smallest")), key=lambda one: one.at
    )
    if len({one.name for one in there}) < 2 and not (len(there) > 1 and len(said.figures) == len(there)):
        return [said]
    if _spread(said):
        return [said]
    made = []
    for at, one in enumerate(there):
        pieces = tuple(piece for piece in said.pieces if piece is one or piece not in there)
        figures = said.figures[at : at + 1] if len(said.figures) == len(there) else said.figures
        made.append(replace(said, pieces=pieces, figures=figures))
    return made


def _each_figure(said: QuestionPieces, made: OrganReading, held: HeldFigures, today: date) -> list[OrganReading]:
    """One reading for each of several figures; where they are ranked by their sum, one for that."""
    alone = made.doing in ("rank", "sum", "average", "between", "spread") or made.by in ("change", "rate", "of_all")
    if not alone or len(made.figures) < 2 or made.by == "part" or made.doubt:
        return [made]
    whole = _together(made.figures)
    if made.doing in ("rank", "average", "spread") and said.has("together.sum"):
        return [replace(made, figures=(whole,))] if whole else [replace(made, doubt="这几个数字不能相加，请分开问")]
    each = [replace(made, figures=(one,)) for one in made.figures]
    return [*each, replace(made, figures=(whole,))] if made.doing == "sum" and whole and made.by == "value" else each


def _together(figures: Sequence[Figure]) -> Figure | None:
    """The sum of several figures of one table (许可、处罚 or 复议、诉讼), None where they are not alike."""
    keys = [key for one in figures for key in one.keys]
    tables = {key.partition(".")[0] for key in keys}
    alike = (
        len({one.unit for one in figures}) == 1 and len(set(keys)) == len(keys) and tables <= {"table2"} | {"table4"}
    )
    return (
        Figure("＋".join(one.label for one in figures), figures[0].unit, tuple(keys))
        if alike and len(tables) == 1
        else None
    )


def reading(said: QuestionPieces, held: HeldFigures, today: date) -> OrganReading:
    """The reading of a question's pieces, of all its figures."""
    kind, by = _kind(said, held), _by(said)
    years, base = _years(said, held, today, by)
    doing, most, ascending = _doing(said, by)
    asked = _conditions(said, held, today, doing, kind, by)
    targets = {one.figure for one in asked} | {one.other for one in asked if one.other}
    figures = tuple(one for _, one in said.figures)
    if doing not in ("filter", "count"):
        figures = tuple(one for one in figures if one not in targets) or figures
    direction = next((_DIRECTIONS[name] for name in _DIRECTIONS if said.has(f"change.{name}")), None)
    than = {one.than for one in asked}
    made = OrganReading(
        figures,
        years,
        base,
        tuple(org for org in said.who.organs if org not in than),
        kind,
        doing,
        asked[0].by if doing in ("filter", "count") and len(asked) == 1 and by != "value" else by,
        most,
        ascending,
        None if said.has("change.rate_least") else direction,
        () if said.has("change.steady") else asked,
        said.has("years.which"),
        said.has("change.steady"),
        _place(said),
        doing == "rank" and most > 1 and said.has("together.sum"),
        _groups(said) if doing == "between" else (),
        _spread(said) if doing == "spread" else None,
        said.has("years.per_year"),
        _whole(said, kind),
    )
    return replace(made, doubt=doubt(said, made, held))


def _conditions(
    said: QuestionPieces, held: HeldFigures, today: date, doing: Doing, kind: str, by: By
) -> tuple[FigureCondition, ...]:
    if doing in ("filter", "count"):
        found = conditions(said, kind, by, True)
        if apart := years_apart(said):
            found = tuple(replace(condition, years=(_year(year, held, today, True),)) for condition, year in apart)
        return found
    if doing not in ("rank", "sum", "average"):
        return ()
    found = conditions(said, kind, by, False)
    if not found and doing == "rank" and len(said.figures) == 2 and by == "value" and said.has("condition.some"):
        (first, one), (second, _) = said.figures
        if _OF_THEM.search(said.text[first:second]):  # 有行政处罚的部门中申请最多的
            return (FigureCondition(one, ">"),)
    return found


def _doing(said: QuestionPieces, by: By) -> tuple[Doing, int, bool]:
    """(what is done, how many of the ranked, whether the smallest first)."""
    if _spread(said):
        return "spread", 0, False
    versus = any(said.of("versus")) or any(said.of("mean"))
    two = len(said.who.organs) == 2 or len(_groups(said)) == 2
    if two and any(said.of("between")) and not versus:
        return "between", 0, False
    if ranked := _ranked(said):
        return "rank", *ranked
    if _which(said, versus):
        return ("count" if said.has("scope.count", "scope.many") else "filter"), 0, False
    if said.has("together.average", "years.per_year"):
        return "average", 0, False
    each = said.has("scope.each")
    if not said.who.organs and by == "of_all":
        added = said.has("together.sum") or _kinds(said) and not each
        return ("sum" if added else "list"), 0, False
    county = said.has("scope.county", "scope.all", "scope.whole", "scope.these") and not each
    if said.has("together.sum") or county and not said.who.organs:
        return "sum", 0, False
    if not said.who.organs and by == "part" and not each:
        return "sum", 0, False
    none = said.has("condition.none", "condition.nonzero") and not said.who.organs
    if versus or none or any(map(_numbered, said.pieces)):
        return "filter", 0, False
    if _kinds(said) and not said.who.organs and not each and by == "value" and _QUANTITY.search(said.text):
        return "sum", 0, False  # 开发区收到多少件申请
    return ("value" if said.who.organs else "list"), 0, False


def _which(said: QuestionPieces, versus: bool) -> bool:
    """Whether it asks which organs: in so many words, or by a condition before 的部门."""
    if said.has("scope.which", "scope.who", "scope.count", "scope.many"):
        return True
    narrowed = versus or any(said.of("condition")) or said.has(*_ANY_DIRECTION)
    if not narrowed or not said.has("scope.ending", "scope.kind", "scope.units"):
        return False
    added = next((one.at for one in said.of("together")), -1)
    asked = [one.at for one in said.pieces if one.group in ("versus", "mean") or _numbered(one)]
    return added < 0 or any(added < at for at in asked)  # 超过40件的部门一共收到多少件 asks for a sum


def _numbered(piece: QuestionPiece) -> bool:
    return piece.group == "condition" and piece.name.partition(".")[2] in NUMBERED


def _ranked(said: QuestionPieces) -> tuple[int, bool] | None:
    there = [one for one in said.pieces if one.name in SUPERLATIVES]
    numbers = [one for one in said.pieces if one.name in ("rank.top_n", "rank.last_n", "rank.first_n", "rank.first")]
    if there:
        every = said.has("rank.order") and not numbers
        most = int(count(_number(numbers[-1]))) if numbers else 0 if every else 1
        if not numbers and said.has("comparative.most", "comparative.least") and not said.has("rank.order"):
            most = 1
        return most, any(SUPERLATIVES[one.name] for one in there)
    if said.has("rank.order", "rank.down", "rank.up"):
        return 0, said.has("rank.up")
    return None


def _number(piece: QuestionPiece) -> str:
    return next(piece.said[key] for key in ("n", "m", "k") if key in piece.said)


def _place(said: QuestionPieces) -> int:
    """The place that is asked for (第二多: 2), 0 for none."""
    return next((int(count(_number(one))) for one in said.pieces if one.name in ("rank.nth", "rank.nth_last")), 0)


def _spread(said: QuestionPieces) -> tuple[int, int] | None:
    """The two places whose difference is asked for."""
    for one in said.of("rank"):
        if one.name in ("rank.spread", "rank.spread_from"):
            second = _named_place(one.said.get("two") or one.said["three"])
            first = -1 if second == 1 or said.has("rank.smallest") else _place(said) or 1
            return _named_place(one.said["one"]) if "one" in one.said else first, second
    if said.has("rank.largest") and said.has("rank.smallest") and any(said.of("between")):
        return 1, -1
    return None


def _named_place(said: str) -> int:
    if said.startswith("第"):
        return int(count(said.strip("第名")))
    return -1 if said[1] in "少小低" else 1


def _whole(said: QuestionPieces, kind: str) -> str:
    """The kind of organ whose figures all are: as said (占所有部门), of all organs for 占全县."""
    for one in said.of("share"):
        if "whole" in one.said:
            return grammar()["kinds"][one.said["whole"]]
    return kind if said.who.organs and not said.has("share.of_all") else ""


def _groups(said: QuestionPieces) -> tuple[str, ...]:
    """The kinds of organ that are held against each other: 部门和乡镇街道哪边多."""
    return _kinds(said) if not said.who.organs else ()


def _by(said: QuestionPieces) -> By:
    if said.has(*_RATES):
        return "rate"
    if any(said.of("change")) or any(said.of("against")):
        return "change"
    whole = len(said.figures) == 1 and bool(said.figures[0][1].whole)
    if said.has("share.of_kind"):
        return "of_all"
    if said.has("share.of_all", "share.of_whole"):
        whose = said.who.organs or _kinds(said) or said.has("scope.who") or any(said.of("rank"))
        if len(said.figures) == 2 and not whose:
            return "part"
        return "part" if whole and not (whose and said.has("share.of_all")) else "of_all"
    if said.has("share.part"):
        return "part" if whole or len(said.figures) > 1 else "of_all"
    return "value"


def _years(said: QuestionPieces, held: HeldFigures, today: date, by: By) -> tuple[tuple[int, ...], int]:
    """(the years asked about, in order; the year that change is measured from, 0 for none)."""
    found: list[int] = []
    span = False
    relative = said.has("years.this_year") or said.relative
    for one in said.of("years"):
        name = one.name.partition(".")[2]
        if name == "span":
            found += range(int(one.said["from"]), int(one.said["to"]) + 1)
            span = True
        elif name == "last":
            found += range(held.newest - int(count(one.said["n"])) + 1, held.newest + 1)
        elif name == "listed":
            found += [2000 + int(year[-2:]) for year in re.findall(r"\d{2,4}", one.said["listed"])]
        elif name in ("every", "which"):
            found += held.years
        elif name != "per_year":
            found.append(_year(one, held, today, relative))
    years = sorted(set(found)) or ([*held.years] if said.has("years.per_year") else [held.newest])
    for one in said.of("change"):
        if one.name == "change.steady":  # 连续三年增加 rose three times, from the year before
            steps = int(count(one.said["n"])) if "n" in one.said else 0
            return tuple(range(held.newest - steps, held.newest + 1)) if steps else tuple(found or held.years), 0
    base = next((int(one.said.get("year", max(years) - 1)) for one in said.of("against")), 0)
    if by not in ("change", "rate"):
        return tuple(years), 0
    told = said.has(*_ANY_DIRECTION) or span
    if not base and len(years) > 1 and told:
        return (years[-1],), years[0]
    if len(years) > 1:
        return tuple(years), 0
    return tuple(years), base or years[-1] - 1


def _year(piece: QuestionPiece, held: HeldFigures, today: date, relative: bool) -> int:
    """The year that a piece names. 今年 of reports is the year that they report on, and 去年 beside it the one before."""
    name = piece.name.partition(".")[2]
    if name == "one":
        return int(piece.said["year"]) + (2000 if len(piece.said["year"]) == 2 else 0)
    if name in ("last_year", "before_last"):
        back = 1 if name == "last_year" else 2
        return held.newest - back if relative and today.year - 1 >= held.newest else today.year - back
    return held.newest


def _kinds(said: QuestionPieces) -> tuple[str, ...]:
    """The kinds of organ named, each once; "" for all of them is none."""
    named = [grammar()["kinds"][one.said["kind"]] for one in said.pieces if "kind" in one.said]
    return tuple(dict.fromkeys(kind for kind in named if kind))


def _kind(said: QuestionPieces, held: HeldFigures) -> str:
    """The kind of organ that is asked about, the narrowest where one holds the other; several joined by 、, "" for all."""
    kinds = [*_kinds(said)]
    organs = {kind: set(held.of_kind(kind)) for kind in kinds}
    narrow = [one for one in kinds if not any(organs[other] < organs[one] for other in kinds)]
    return "、".join(narrow)
