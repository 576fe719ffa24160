"""Readings and numbers in words."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from collecting.asking.held import HeldFigures, places
from collecting.asking.reading import FigureCondition, OrganReading
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


def worded(made: OrganReading, held: HeldFigures) -> str:
    """The reading as it is shown: 2025年，表三新收，总计，全部8个单位，最大的5个。"""
    span = "、".join(f"{year}年" for year in made.years)
    if made.by in ("change", "rate") and made.base:
        span = f"{span}比{made.base}年"
    what = (
        "、".join(f"{one.label}（{places(one, made.years[-1])}）" for one in made.figures if one.keys)
        or "没有说明哪一项"
    )
    kind = {"": "单位", "局": "局"}.get(made.kind, made.kind)
    scope = "、".join(made.organs) or f"全部{len(held.of_kind(made.kind))}个{kind}"
    return "，".join(filter(None, (span, what, scope, _does(made)))) + "。"


def _does(made: OrganReading) -> str:
    by = {"change": "增减", "rate": "增减的百分比", "part": "所占比例", "of_all": "占全部的比例", "value": ""}[made.by]
    if made.doing == "rank":
        order = "最小" if made.ascending else "最大"
        if made.direction is not None:
            order = {1: "增加最多", -1: "减少最多", 0: "持平"}[made.direction]
        return (
            f"{by}{'，' if by else ''}{order}的{made.most}个"
            if made.most
            else f"{by}从{'小到大' if made.ascending else '大到小'}"
        )
    if made.doing in ("filter", "count"):
        rule = "并且".join(map(_rule, made.conditions)) or {1: "增加的", -1: "减少的", 0: "持平的"}.get(
            made.direction or 0, ""
        )
        if made.steady:
            return f"每年都{'增加' if made.direction == 1 else '减少' if made.direction == -1 else '持平'}的"
        years = "每年都" if len(made.years) > 1 and all(one.how == "=" for one in made.conditions) else ""
        return f"{years}{rule}" + ("，数一数" if made.doing == "count" else "")
    done = {"sum": "相加", "average": "平均", "between": "两个单位相差", "list": "分别列出", "value": ""}[made.doing]
    return "，".join(filter(None, (by, done)))


def _rule(one: FigureCondition) -> str:
    number = plain(one.number)
    words = {
        "=": f"等于{number}",
        ">": f"大于{number}",
        ">=": f"不少于{number}",
        "<": f"小于{number}",
        "<=": f"不超过{number}",
    }
    return f"“{one.figure.label}”{words.get(one.how) or f'在{plain(one.low)}到{number}之间'}"
