"""Readings and numbers in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from collecting.asking.conditions import FigureCondition
from collecting.asking.held import HeldFigures, places
from collecting.asking.reading import OrganReading
from domain import Number


def plain(number: Number | float) -> str:
    """A number without trailing zeros."""
    written = format(Decimal(str(number)), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def exact(value: Fraction | int) -> Number:
    """A sum of whole numbers and decimals as one of them."""
    value = Fraction(value)
    return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)


def round_half_up(value: Fraction) -> Decimal:
    """Two places, half up."""
    return Decimal(int(value * 100 + Fraction(1, 2))).scaleb(-2)


def counted(kind: str) -> str:
    """What organs of a kind are called where they are counted: 18个部门, 26个单位."""
    return {"": "单位", "委": "委（委员会）"}.get(kind, kind)


def worded(made: OrganReading, held: HeldFigures) -> str:
    """The reading as it is shown: 2025年，表三新收，总计，全部8个单位，最大的5个。"""
    span = "、".join(f"{year}年" for year in made.years)
    if made.by in ("change", "rate") and made.base:
        span = f"{span}比{made.base}年"
    what = (
        "、".join(f"{one.label}（{places(one, made.years[-1])}）" for one in made.figures if one.keys)
        or "没有说明哪一项"
    )
    return "，".join(filter(None, (span, what, scope(made, held), does(made)))) + "。"


def scope(made: OrganReading, held: HeldFigures) -> str:
    """Whose figures are meant: the organs by name, or all of a kind and what that leaves out."""
    if made.organs:
        return "、".join(made.organs)
    if made.groups:
        return "与".join(f"{len(held.of_kind(kind))}个{counted(kind)}" for kind in made.groups)
    others = "、".join(f"{kind}{many}个" for kind, many in held.beside(made.kind).items())
    return f"全部{len(held.of_kind(made.kind))}个{counted(made.kind)}" + (
        f"（不含{others}）" if others and made.kind == "部门" else ""
    )


def does(made: OrganReading) -> str:
    """What is done with the figures: 最大的5个, 相加, the conditions."""
    by = _counts(made)
    asked = "并且".join(map(_rule, made.conditions))
    if made.doing == "rank":
        order = "最小" if made.ascending else "最大"
        if made.direction is not None and made.by in ("change", "rate"):
            order = {1: "增加最多", -1: "减少最多", 0: "持平"}[made.direction]
        if made.place:
            done = f"从{'小到大' if made.ascending else '大到小'}第{made.place}个"
        else:
            done = f"{order}的{made.most}个" if made.most else f"从{'小到大' if made.ascending else '大到小'}"
        return "，".join(filter(None, (asked, by, done, "相加" if made.added else "")))
    if made.doing in ("filter", "count"):
        way = {1: "增加", -1: "减少", 0: "持平"}.get(made.direction if made.direction is not None else 9, "")
        rule = f"每年都{way}的" if made.steady else asked or (f"{way}的" if way else "")
        held_each = all(one.how == "=" for one in made.conditions) and not made.steady
        years = "每年都" if len(made.years) > 1 and held_each else ""
        return f"{years}{rule}" + ("，数一数" if made.doing == "count" else "")
    places_named = {1: "最大的", -1: "最小的"}
    spread = "与".join(places_named.get(one, f"第{one}个") for one in made.spread or ())
    done = {
        "sum": "相加",
        "average": "按年平均" if made.per_year else "平均",
        "between": "两类单位相差" if made.groups else "两个单位相差",
        "spread": f"{spread}相差",
        "list": "分别列出",
        "value": "",
    }[made.doing]
    return "，".join(filter(None, (asked, by, done)))


def _counts(made: OrganReading) -> str:
    whole = f"占全部{counted(made.whole)}的比例"
    if made.by == "part":
        return "所占比例"
    return {"change": "增减", "rate": "增减的百分比", "of_all": whole, "value": ""}[made.by]


def _rule(one: FigureCondition) -> str:
    ratio = one.by in ("rate", "part", "of_all")
    number, low = (f"{plain(exact(each * 100))}%" if ratio else plain(exact(each)) for each in (one.number, one.low))
    if one.other:
        number = f"“{one.other.label}”" + (f"的{plain(exact(one.times))}倍" if one.times != 1 else "")
    elif one.than:
        number = one.than
    elif one.mean is not None:
        number = f"全部{counted(one.mean)}的平均数"
    words = {
        "=": f"等于{number}",
        ">": f"大于{number}",
        ">=": f"不少于{number}",
        "<": f"小于{number}",
        "<=": f"不超过{number}",
    }
    changed = {"change": "减少的" if one.falling else "增加的", "rate": "下降的" if one.falling else "增长的"}.get(
        one.by, ""
    )
    if one.by == "change" and one.how == "=" and not one.number:
        return f"“{one.figure.label}”持平"
    if one.by == "change" and one.how == "<=" and not one.number:
        return f"“{one.figure.label}”没有{changed[:2]}"
    if one.by == "change" and one.how == ">" and not one.number:
        return f"“{one.figure.label}”{changed[:2]}"
    of = {"part": "所占比例", "of_all": "占全部的比例"}.get(one.by, changed)
    years = "、".join(f"{year}年" for year in one.years)
    return f"{years}“{one.figure.label}”{'几年合计' if one.pooled else ''}{of}{words.get(one.how) or f'在{low}到{number}之间'}"
