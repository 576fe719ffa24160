"""The answer in words: who is first, who meets the conditions, what it adds up to."""

from __future__ import annotations

from fractions import Fraction

from collecting.asking.computing import ComputedLines, OrganLine, rate
from collecting.asking.reading import OrganReading
from collecting.asking.wording import counted, exact, plain, round_half_up

NAMED = 20
"""Organs named in a sentence."""


def said(made: OrganReading, found: ComputedLines) -> str:
    """The sentence that answers."""
    telling = {"rank": _ranked, "filter": _filtered, "count": _filtered, "between": _between, "spread": _spread}
    if tell := telling.get(made.doing):
        return tell(made, found)
    if made.doing in ("sum", "average"):
        return _added(made, found)
    if len(found.lines) <= 3:
        return "\n".join(_told(line, made) for line in found.lines)
    return f"{len(found.lines)}个{counted(made.kind)}的数字如下。"


def _ranked(made: OrganReading, found: ComputedLines) -> str:
    lines, many = found.lines, len(found.lines)
    if not lines:
        return f"没有第{made.place}名：{len(found.scope)}个单位里排不到。" if made.place else "没有这样的单位（0个）。"
    if made.added:
        return _top_added(made, found)
    word, first = _superlative(made), lines[0]
    if made.place or made.most == 1:
        word = f"列第{made.place}（{word}的在前）" if made.place else word
        names = "、".join(line.org for line in lines[:NAMED]) + ("等" if many > NAMED else "")
        tie = f"并列{word}（共{many}个单位），都是" if many > 1 else f"{word}，"
        shown = _share(first, made) if many > 1 and made.by in ("part", "of_all") else amount(first, made)
        return f"{names}{tie}{shown}。"
    if many > NAMED:
        return f"{many}个单位从{'少到多' if made.ascending else '多到少'}的次序如下。"
    tied = f"（末位并列，共{many}个）" if 0 < made.most < many else ""
    listed = "；".join(f"{at}.{line.org}{amount(line, made)}" for at, line in enumerate(lines, start=1))
    if not made.most:
        return f"从{'少到多' if made.ascending else '多到少'}：{listed}。"
    told = f"{word}的{min(made.most, many)}个{tied}：{listed}。"
    if made.by != "of_all" or not first.whole:
        return told
    together = sum((Fraction(line.now) for line in lines), Fraction(0)) / Fraction(first.whole)
    return f"{told}合起来占{rate(together)}%。"


def _superlative(made: OrganReading) -> str:
    if made.by in ("change", "rate"):
        if made.direction is None:
            return "变化最小" if made.ascending else "变化最大"
        way = "减少" if made.direction == -1 or made.ascending else "增加"
        return {"rate": {"增加": "增长最快", "减少": "下降最快"}[way], "change": f"{way}最多"}[made.by]
    if made.by in ("part", "of_all"):
        return "比例最低" if made.ascending else "比例最高"
    return "最少" if made.ascending else "最多"


def _top_added(made: OrganReading, found: ComputedLines) -> str:
    """前三名合计多少，占全县多少."""
    total = sum((Fraction(line.now) for line in found.lines), Fraction(0))
    figure = made.figures[0]
    listed = "、".join(f"{line.org}（{plain(line.now)}）" for line in found.lines)
    told = f"{_superlative(made)}的{len(found.lines)}个：{listed}，合计{plain(exact(total))}{figure.unit}"
    whole = found.lines[0].whole
    return f"{told}，占{plain(whole)}{figure.unit}的{rate(total / Fraction(whole))}%。" if whole else f"{told}。"


def _filtered(made: OrganReading, found: ComputedLines) -> str:
    if made.over_years:
        shown = [f"{line.org}（{plain(line.now)}{made.figures[0].unit}）" for line in found.lines]
        return f"有{len(shown)}年：{'、'.join(shown)}。" if shown else "没有这样的年度。"
    kind = counted(made.kind)
    if not found.lines:
        return f"没有这样的{kind}（0个）。"
    shown = [f"{line.org}{_beside(line, made)}" for line in found.lines[:NAMED]]
    return f"有{len(found.lines)}个{kind}：{'、'.join(shown)}{'等' if len(found.lines) > NAMED else ''}。"


def _beside(line: OrganLine, made: OrganReading) -> str:
    """What is shown in brackets behind an organ: nothing where all are nought."""
    if made.steady:
        return f"（{'→'.join(plain(value) for _, _, value in line.values)}）"
    if made.by in ("change", "rate", "part", "of_all") and len(made.conditions) <= 2 and len(made.figures) == 1:
        return f"（{amount(line, made)}）"
    years = {year for _, year, _ in line.values}
    own = len({one.years for one in made.conditions}) > 1 or any(one.by != "value" for one in made.conditions)
    values = [(figure, year, value) for figure, year, value in line.values if value or own]
    if not values:
        return ""
    figures = {figure for figure, _, _ in values}
    if len(figures) == 1 and not own:
        return f"（{plain(sum(value for _, _, value in values))}{values[0][0].unit}）"
    named = [
        f"{f'{year}年' if len(years) > 1 else ''}{figure.label if len(figures) > 1 else ''}{plain(value)}{figure.unit}"
        for figure, year, value in values
    ]
    return f"（{'，'.join(named)}）"


def _between(made: OrganReading, found: ComputedLines) -> str:
    only = found.lines[0]
    if len(found.lines) != 2:
        return f"只有{only.org}的数字：{amount(only, made)}，不能比较。"
    first, second = found.lines
    unit = made.figures[0].unit
    difference = first.measure - second.measure
    each = f"{first.org}{amount(first, made)}，{second.org}{amount(second, made)}，"
    if not difference:
        return f"{each}两{'类' if made.groups else '个'}单位相同。"
    return f"{each}{first.org}比{second.org}{'多' if difference > 0 else '少'}{plain(exact(abs(difference)))}{unit}。"


def _spread(made: OrganReading, found: ComputedLines) -> str:
    if len(found.lines) != 2 or made.spread is None:
        return "没有这么多单位可以比较。"
    names = {1: "最多", -1: "最少"}
    places = [names.get(place, f"列第{place}") for place in made.spread]
    each = [f"{word}的是{line.org}（{amount(line, made)}）" for word, line in zip(places, found.lines, strict=True)]
    first, second = found.lines
    return f"{'，'.join(each)}，相差{plain(exact(abs(first.measure - second.measure)))}{made.figures[0].unit}。"


# --- added up ---------------------------------------------------------------------------------------


def _added(made: OrganReading, found: ComputedLines) -> str:
    figure, many = made.figures[0], len(found.lines)
    who = made.organs[0] if len(made.organs) == 1 else f"{many}个{counted(made.kind)}"
    if not many:
        return "没有这样的单位（0个）。"
    total = sum((line.measure for line in found.lines), Fraction(0))
    now = sum((Fraction(line.now) for line in found.lines), Fraction(0))
    if made.by in ("change", "rate") and made.base:
        before = sum((Fraction(line.before or 0) for line in found.lines), Fraction(0))
        values = ((figure, made.years[-1], exact(now)),)
        return f"{who}合计：{_told(OrganLine('', values, now - before, exact(now), exact(before)), made)}"
    if made.by in ("part", "of_all"):
        whole = Fraction(found.lines[0].whole or 0)
        if made.by == "part":
            whole = sum((Fraction(line.whole or 0) for line in found.lines), Fraction(0))
        return (
            f"{who}合计：{figure.label}{plain(exact(now))}{figure.unit}，"
            f"占{plain(exact(whole))}{figure.unit}的{rate(now / whole)}%。"
        )
    if made.per_year:
        mean = round_half_up(total / len(made.years))
        years = f"{made.years[0]}年至{made.years[-1]}年"
        return f"{years}{who}{figure.label}合计{plain(exact(total))}{figure.unit}，平均每年{plain(mean)}{figure.unit}。"
    if made.doing == "average":
        mean = round_half_up(total / many)
        return f"{who}{figure.label}合计{plain(exact(total))}{figure.unit}，平均每个{counted(made.kind)}{plain(mean)}{figure.unit}。"
    told = f"{'、'.join(f'{year}年' for year in made.years)}{who}{figure.label}合计{plain(exact(total))}{figure.unit}。"
    if len(made.years) > 1:
        each = []
        for year in made.years:
            values = [value for line in found.lines for _, one, value in line.values if one == year]
            each.append(f"{year}年{plain(sum(values))}{figure.unit}")
        told += f"其中{'，'.join(each)}。"
    return told


def _told(line: OrganLine, made: OrganReading) -> str:
    """One organ's figures in a sentence."""
    if made.by in ("change", "rate") and line.before is not None:
        figure, year, _ = line.values[-1]
        change = Fraction(line.now) - Fraction(line.before)
        told = f"{line.org}{year}年{figure.label}{plain(line.now)}{figure.unit}，{made.base}年{plain(line.before)}{figure.unit}，"
        if not change:
            return f"{told}持平。"
        more, grew = ("增加", "增长") if change > 0 else ("减少", "下降")
        rated = f"，{grew}{rate(change / Fraction(line.before))}%" if line.before else "（基数为零，不计算增幅）"
        return f"{told}{more}{plain(exact(abs(change)))}{figure.unit}{rated}。"
    if made.by in ("part", "of_all"):
        figure, year, value = line.values[0]
        whole = f"全部{counted(made.whole)}合计" if made.by == "of_all" else ""
        return f"{line.org}{year}年{figure.label}{plain(value)}{figure.unit}，占{whole}{plain(line.whole or 0)}{figure.unit}的{_share(line, made)}。"
    each = [f"{year}年{figure.label}{plain(value)}{figure.unit}" for figure, year, value in line.values]
    return f"{line.org}{'，'.join(each)}。"


def _share(line: OrganLine, made: OrganReading) -> str:
    return f"{rate(Fraction(line.now) / Fraction(line.whole))}%" if line.whole else "0%"


def amount(line: OrganLine, made: OrganReading) -> str:
    """What is ranked or compared, in words."""
    unit = made.figures[0].unit
    if made.by in ("change", "rate") and line.before is not None:
        change = Fraction(line.now) - Fraction(line.before)
        rated = (
            f"，{'增长' if change > 0 else '下降'}{rate(change / Fraction(line.before))}%"
            if line.before and change
            else ""
        )
        way = "增加" if change > 0 else "减少" if change < 0 else "持平"
        much = f"{way}{plain(exact(abs(change)))}{unit}" if change else way
        return f"{much}{rated}（{plain(line.before)}→{plain(line.now)}）"
    if made.by in ("part", "of_all"):
        return f"{_share(line, made)}（{plain(line.now)}/{plain(line.whole or 0)}）"
    return f"{plain(exact(line.measure))}{unit}"


def share(line: OrganLine, made: OrganReading) -> str:
    """What the last column of a table shows: the share, or the change."""
    return _share(line, made) if made.by in ("part", "of_all") else amount(line, made).partition("（")[0]
