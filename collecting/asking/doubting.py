"""Why a question that was read is not answered: what was not understood, and what could be meant in two ways."""

from __future__ import annotations

from collecting.asking.grammar import count, grammar
from collecting.asking.held import HeldFigures
from collecting.asking.pieces import QuestionPieces
from collecting.asking.reading import OrganReading


def doubt(said: QuestionPieces, made: OrganReading, held: HeldFigures) -> str:
    """Why a question cannot be answered as it was read, "" where it can."""
    return _of_names(said, made, held) or _of_words(said, made) or _of_figures(made)


def _of_names(said: QuestionPieces, made: OrganReading, held: HeldFigures) -> str:
    if said.who.several:
        return f"“{'”“'.join(said.who.several[0])}”都可能是所说的单位，请写全称"
    if said.who.unknown:
        return f"没有“{'”“'.join(said.who.unknown)}”的数字"
    kinds = made.groups or (made.kind,)
    for kind in kinds:
        if not made.organs and not held.of_kind(kind):
            return f"手头的数字里没有{kind or '单位'}"
    for one in said.pieces:
        if one.name == "scope.these" and not said.who.organs:
            there = len(held.of_kind(grammar()["kinds"][one.said["kind"]]))
            if count(one.said["n"]) != there:
                return f"没有说明是哪{one.said['n']}个{one.said['kind']}（有{there}个）"
    return ""


def _of_words(said: QuestionPieces, made: OrganReading) -> str:
    if said.unread:
        return f"没有看懂“{said.unread}”"
    if said.has("change.reach"):
        return "没有看懂“增加到”“减少到”多少，请问“超过多少件”或者“增加多少件以上”"
    if said.has("change.rate_least"):
        return "“增长最慢”可以指有增长的单位里最慢的，也可以连下降的在内，请问“下降最快”或者“按增长率从低到高排名”"
    ratio = any(one.said.get("unit") == "%" for one in said.of("condition"))
    if ratio and all(one.by in ("value", "change") for one in made.conditions):
        return "没有看懂百分之几是什么的百分之几"
    if len([one for one in said.of("scope") if one.name in ("scope.many", "scope.count")]) > 1:
        return "一句里问了几个“有几个”，请分开问"
    if made.steady and made.direction is None:
        return "没有说明是一直增加还是一直减少"
    if said.has("between.apart") and made.doing not in ("between", "spread"):
        return "没有说明是谁和谁相差"
    if made.over_years and (made.by != "value" or made.doing not in ("rank", "filter", "list", "value")):
        return "没有看懂是问哪一年，还是问哪个单位"
    return ""


def _of_figures(made: OrganReading) -> str:
    if not made.figures:
        return "没有说明是哪一项数字，如“收到的申请”“行政许可”"
    one_alone = made.doing in ("rank", "sum", "average", "between", "spread") or made.by in ("change", "rate", "of_all")
    if made.by in ("part", "of_all") and any("行政复议和行政诉讼" in one.label for one in made.figures):
        return "没有说明是行政复议的还是行政诉讼的"
    limits = [one for one in made.conditions if one.by == "value"]
    if made.by in ("part", "of_all") and (limits or made.doing == "count" and not made.conditions):
        return "没有看懂是问比例，还是问有多少个单位"
    if len(made.years) > 1 and any(one.mean is not None for one in made.conditions):
        return "与平均数相比请一年一年地问"
    if made.per_year and (made.by != "value" or made.doing != "average"):
        return "没有看懂按年平均的是什么"
    labels = [one.label for one in made.figures]
    if made.doing in ("filter", "count") and made.over_years:
        return ""
    label, whole = made.figures[0].label, made.figures[0].whole
    if made.by == "part" and not whole and len(made.figures) != 2:
        return f"没有说明“{label}”占什么的比例"
    if one_alone and len(made.figures) > 4:
        return f"“{'”“'.join(labels)}”是几个数字，请说明是哪一个"
    return ""
