"""The answer to a question over all organs: how it was read, the answer, a small table, what is missing, the sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from collecting.asking.computing import ComputedLines, OrganLine, compute, rate
from collecting.asking.held import HeldFigures, places
from collecting.asking.pieces import NUMBERED, QuestionPieces, cut
from collecting.asking.reading import OrganReading, reading
from collecting.asking.wording import exact, plain, round_half_up, worded
from domain import Answer, Note, YearFigures

_MARKS = re.compile(r"[，,；;。？?]")
_SHORT = 6  # letters that were not understood, beside which the rest surely asks for figures of organs
_COUNTS = re.compile(r"多少|几[件条次份项个宗]|比|相?差|最[多少高低大小]")
_ASKS = re.compile(r"多少|几|哪|谁|最")
_TABLE, _NAMED, _SOURCES = 30, 20, 4  # rows of the table, organs named in a sentence, sources named
_BY_PROGRAM = Note("by-program", "数字由程序从各单位的报告和台账中取得，没有经过语言模型")


def answer_over_organs(
    question: str,
    years: Sequence[YearFigures],
    own: Sequence[str],
    earlier: Sequence[str] = (),
    today: date | None = None,
) -> Answer | None:
    """The answer to a question over several organs; None where it is none, refused where it was not understood.

    ``years`` are all figures held, ``own`` the organs that the office answers for itself: a question about one of
    them alone is none. ``earlier`` are the questions before it, oldest first, which it may continue.
    """
    held = HeldFigures(years)
    if len(held.organs) < 2:
        return None
    day = today or date.today()
    before: QuestionPieces | None = None
    for text in earlier:
        before = _asked(text, held, years, own, before, day)
    said = _asked(question, held, years, own, before, day)
    if said is None:
        return None
    made = reading(said, held, day)
    several = sum(bool(_ASKS.search(part)) for part in _MARKS.split(question)) > 1
    if (made.doubt or several) and (parts := _parts(question, held, years, own, before, day)):
        return _joined([_answered(one, held) for one in parts])
    continued = before is not None and said != cut(question, held, years)
    return replace(_answered(made, held), standalone=worded(made, held) if continued else "")


def _parts(
    question: str,
    held: HeldFigures,
    years: Sequence[YearFigures],
    own: Sequence[str],
    before: QuestionPieces | None,
    today: date,
) -> list[OrganReading]:
    """The readings of the parts of a question, none where it has no parts that can each be answered."""
    found: list[OrganReading] = []
    pieces = [part for part in _MARKS.split(question) if part.strip()]
    for part in pieces if len(pieces) > 1 else ():
        said = _asked(part, held, years, own, before, today)
        if said is None or (made := reading(said, held, today)).doubt:
            return []
        found.append(made)
        before = said
    return found


def _joined(answers: Sequence[Answer]) -> Answer:
    told = "\n\n".join(one.answer for one in answers)
    return Answer(told, "figures", all(one.refused for one in answers), notes=(_BY_PROGRAM,))


def _asked(
    text: str,
    held: HeldFigures,
    years: Sequence[YearFigures],
    own: Sequence[str],
    before: QuestionPieces | None,
    today: date,
) -> QuestionPieces | None:
    """The pieces of a question over several organs, None where it is none."""
    said = cut(text, held, years)
    telling = (
        any(said.of("rank"))
        or any(said.of("together"))
        or said.has(*(f"condition.{name}" for name in ("none", *NUMBERED)))
    )
    ranked = telling and said.has("scope.who", "scope.whole", "scope.kind", "years.which")
    whole = said.across or ranked or any(org not in own for org in said.who.organs)
    if said.law:
        return None
    if before and said.continues() and not (said.figures and said.across):
        return said.after(before)
    if not whole or not (said.figures or said.across and any(said.of("rank"))):
        return None
    made = reading(said, held, today)
    told = made.decided or len(said.unread) <= _SHORT
    if made.doubt and not (said.figures and (said.across and told or said.who.organs and _COUNTS.search(text))):
        return None  # 各单位 and 哪些部门 are words of the law as well
    return said


def _answered(made: OrganReading, held: HeldFigures) -> Answer:
    shown = f"按：{worded(made, held)}"
    if made.doubt:
        return Answer(f"{made.doubt}，没有作答。{shown}", "figures", True)
    found = compute(made, held)
    figure = made.figures[0]
    if not found.lines and not (made.doing in ("filter", "count", "rank") and len(found.missing) < len(found.scope)):
        return Answer(f"没有“{figure.label}”的数字：{_lacking(found)}。{shown}", "figures", True)
    said = _said(made, found)
    lines = [shown, "", said]
    if table := _table(made, found):
        lines += ["", *table]
    if found.unrated:
        why = "上年为零，不计算增幅" if made.by == "rate" else "没有可以作分母的数"
        lines += ["", f"没有计入：{_listed(found.unrated)}（{why}）。"]
    if found.missing:
        lines += ["", f"没有计入：{_lacking(found)}。"]
    lines += ["", _sources(made, found, held)]
    return Answer("\n".join(lines), "figures", False, notes=(_BY_PROGRAM,))


# --- the answer in words ---------------------------------------------------------------------------


def _said(made: OrganReading, found: ComputedLines) -> str:
    if made.doing == "rank":
        return _ranked(made, found)
    if made.doing in ("filter", "count"):
        return _filtered(made, found)
    if made.doing == "between":
        return _between(made, found)
    if made.doing in ("sum", "average"):
        return _added(made, found)
    return (
        "\n".join(_told(line, made) for line in found.lines[:_NAMED]) if len(found.lines) <= 3 else _many(made, found)
    )


def _many(made: OrganReading, found: ComputedLines) -> str:
    return f"{len(found.lines)}个单位的数字如下。"


def _ranked(made: OrganReading, found: ComputedLines) -> str:
    if not found.lines:
        return "没有这样的单位。"
    word = "最少" if made.ascending else "最多"
    if made.by in ("change", "rate"):
        way = "减少" if made.direction == -1 or made.ascending else "增加"
        word = {"rate": {"增加": "增长最快", "减少": "下降最快"}[way], "change": f"{way}最多"}[made.by]
        if made.direction is None:
            word = "变化最小" if made.ascending else "变化最大"
    elif made.by in ("part", "of_all"):
        word = "比例最低" if made.ascending else "比例最高"
    first = found.lines[0]
    if made.most == 1:
        names = "、".join(line.org for line in found.lines[:_NAMED]) + ("等" if len(found.lines) > _NAMED else "")
        tie = f"并列{word}（共{len(found.lines)}个单位），都是" if len(found.lines) > 1 else f"{word}，"
        shown = _share(first, made) if len(found.lines) > 1 and made.by in ("part", "of_all") else _amount(first, made)
        return f"{names}{tie}{shown}。"
    if len(found.lines) > _NAMED:
        return f"{len(found.lines)}个单位从{'少到多' if made.ascending else '多到少'}的次序如下。"
    tied = f"（末位并列，共{len(found.lines)}个）" if 0 < made.most < len(found.lines) else ""
    listed = "；".join(f"{at}.{line.org}{_amount(line, made)}" for at, line in enumerate(found.lines, start=1))
    if not made.most:
        return f"从{'少到多' if made.ascending else '多到少'}：{listed}。"
    return f"{word}的{min(made.most, len(found.lines))}个{tied}：{listed}。"


def _filtered(made: OrganReading, found: ComputedLines) -> str:
    kind = made.kind or "单位"
    if not found.lines:
        return f"没有这样的{kind}（0个）。"
    shown = [f"{line.org}{_beside(line, made)}" for line in found.lines[:_NAMED]]
    return f"有{len(found.lines)}个{kind}：{'、'.join(shown)}{'等' if len(found.lines) > _NAMED else ''}。"


def _beside(line: OrganLine, made: OrganReading) -> str:
    """What is shown in brackets behind an organ: nothing where all are nought."""
    if made.steady:
        return f"（{'→'.join(plain(value) for _, _, value in line.values)}）"
    if made.by in ("change", "rate"):
        return f"（{_amount(line, made)}）"
    values = [(figure, value) for figure, _, value in line.values if value]
    if not values:
        return ""
    if len({figure for figure, _ in values}) == 1:
        return f"（{plain(sum(value for _, value in values))}{values[0][0].unit}）"
    return f"（{'，'.join(f'{figure.label}{plain(value)}{figure.unit}' for figure, value in values)}）"


def _between(made: OrganReading, found: ComputedLines) -> str:
    only = found.lines[0]
    if len(found.lines) != 2:
        return f"只有{only.org}的数字：{_amount(only, made)}，不能比较。"
    first, second = found.lines
    unit = made.figures[0].unit
    difference = (first.measure or Fraction(0)) - (second.measure or Fraction(0))
    each = f"{first.org}{_amount(first, made)}，{second.org}{_amount(second, made)}，"
    if not difference:
        return f"{each}两个单位相同。"
    return f"{each}{first.org}比{second.org}{'多' if difference > 0 else '少'}{plain(exact(abs(difference)))}{unit}。"


def _added(made: OrganReading, found: ComputedLines) -> str:
    if made.by in ("change", "rate") and made.base:
        now, before = (
            sum(map(Fraction, each), Fraction(0))
            for each in (
                [v for line in found.lines for _, _, v in line.values],
                [line.before or 0 for line in found.lines],
            )
        )
        whole = OrganLine("", ((made.figures[0], made.years[-1], exact(now)),), now - before, exact(before))
        return f"{len(found.lines)}个单位合计：{_told(whole, made)}"
    if made.by == "part":
        part = sum((Fraction(line.values[0][2]) for line in found.lines), Fraction(0))
        whole = sum((Fraction(line.whole or 0) for line in found.lines), Fraction(0))
        figure = made.figures[0]
        return (
            f"{len(found.lines)}个单位合计：{figure.label}{plain(exact(part))}{figure.unit}，"
            f"占{plain(exact(whole))}{figure.unit}的{rate(part / whole)}%。"
        )
    total = sum((line.measure or Fraction(0) for line in found.lines), Fraction(0))
    figure, many = made.figures[0], len(found.lines)
    if made.doing == "average":
        return f"{many}个单位{figure.label}合计{plain(exact(total))}{figure.unit}，平均每个单位{plain(round_half_up(total / many))}{figure.unit}。"
    years = "、".join(f"{year}年" for year in made.years)
    said = f"{years}{many}个单位{figure.label}合计{plain(exact(total))}{figure.unit}。"
    if len(made.years) > 1:
        each = []
        for year in made.years:
            values = [value for line in found.lines for _, one, value in line.values if one == year]
            each.append(f"{year}年{plain(sum(values))}{figure.unit}")
        said += f"其中{'，'.join(each)}。"
    return said


def _told(line: OrganLine, made: OrganReading) -> str:
    """One organ's figures in a sentence."""
    if made.by in ("change", "rate") and line.before is not None:
        figure, year, now = line.values[0]
        change = Fraction(now) - Fraction(line.before)
        said = f"{line.org}{year}年{figure.label}{plain(now)}{figure.unit}，{made.base}年{plain(line.before)}{figure.unit}，"
        if not change:
            return f"{said}持平。"
        more, grew = ("增加", "增长") if change > 0 else ("减少", "下降")
        rated = f"，{grew}{rate(change / Fraction(line.before))}%" if line.before else "（基数为零，不计算增幅）"
        return f"{said}{more}{plain(exact(abs(change)))}{figure.unit}{rated}。"
    if made.by in ("part", "of_all"):
        figure, year, value = line.values[0]
        whole = "全部单位合计" if made.by == "of_all" else ""
        return f"{line.org}{year}年{figure.label}{plain(value)}{figure.unit}，占{whole}{plain(line.whole or 0)}{figure.unit}的{_share(line, made)}。"
    each = [f"{year}年{figure.label}{plain(value)}{figure.unit}" for figure, year, value in line.values]
    return f"{line.org}{'，'.join(each)}。"


def _share(line: OrganLine, made: OrganReading) -> str:
    part = Fraction(line.values[0][2])
    return f"{rate(part / Fraction(line.whole))}%" if line.whole else "0%"


def _amount(line: OrganLine, made: OrganReading) -> str:
    """What is ranked or compared, in words."""
    unit = made.figures[0].unit
    if made.by in ("change", "rate") and line.before is not None:
        _, _, now = line.values[0]
        change = Fraction(now) - Fraction(line.before)
        rated = (
            f"，{'增长' if change > 0 else '下降'}{rate(change / Fraction(line.before))}%"
            if line.before and change
            else ""
        )
        way = "增加" if change > 0 else "减少" if change < 0 else "持平"
        much = f"{way}{plain(exact(abs(change)))}{unit}" if change else way
        return f"{much}{rated}（{plain(line.before)}→{plain(now)}）"
    if made.by in ("part", "of_all"):
        return f"{_share(line, made)}（{plain(line.values[0][2])}/{plain(line.whole or 0)}）"
    return f"{plain(exact(line.measure or Fraction(0)))}{unit}"


# --- table, gaps, sources --------------------------------------------------------------------------


def _table(made: OrganReading, found: ComputedLines) -> list[str]:
    """A table in Markdown, where there is more than one line or year; 30 rows at most."""
    if len(found.lines) < 2 and not (found.lines and len(found.lines[0].values) > 1):
        return []
    if made.over_years:
        rows = [f"| {line.org} | {plain(line.values[0][2])} |" for line in found.lines]
        return [f"| 年度 | 合计（{made.figures[0].unit}） |", "| --- | --- |", *rows]
    columns = list(dict.fromkeys((figure, year) for line in found.lines for figure, year, _ in line.values))
    several = len({figure for figure, _ in columns}) > 1
    heads = [f"{figure.label if several else ''}{year}年（{figure.unit}）" for figure, year in columns]
    extra = {"change": ["增减"], "rate": ["增减"], "part": ["比例"], "of_all": ["比例"], "value": []}[made.by]
    if made.by in ("change", "rate") and not made.base:
        extra = []
    if made.base:
        heads = [f"{made.base}年（{made.figures[0].unit}）", *heads]
    rows = [["单位", *heads, *extra], ["---"] * (1 + len(heads) + len(extra))]
    for line in found.lines[:_TABLE]:
        values = {(figure, year): value for figure, year, value in line.values}
        cells = [plain(values[column]) if column in values else "—" for column in columns]
        if made.base:
            cells = [plain(line.before or 0), *cells]
        if extra:
            cells.append(
                _share(line, made) if made.by in ("part", "of_all") else _amount(line, made).partition("（")[0]
            )
        rows.append([line.org, *cells])
    told = [f"| {' | '.join(row)} |" for row in rows]
    left = len(found.lines) - _TABLE
    return [*told, f"（其余{left}个单位没有列出）"] if left > 0 else told


def _lacking(found: ComputedLines) -> str:
    by_year: dict[int, list[str]] = {}
    for org, year in found.missing:
        by_year.setdefault(year, []).append(org)
    return "；".join(f"没有{year}年数字的{_listed(orgs)}" for year, orgs in by_year.items()) or "没有这样的数字"


def _listed(organs: Sequence[str]) -> str:
    return "、".join(organs[:_NAMED]) + (f"等{len(organs)}个单位" if len(organs) > _NAMED else "")


def _sources(made: OrganReading, found: ComputedLines, held: HeldFigures) -> str:
    figure = made.figures[0]
    shown = found.lines or ()
    named = [
        source for line in shown if line.org for year in made.years if (source := held.source(line.org, year, figure))
    ]
    some = list(dict.fromkeys(named))
    more = f"等{len(some)}份报告" if len(some) > _SOURCES else ""
    where = places(figure, made.years[-1])
    return f"来源：{'、'.join(some[:_SOURCES])}{more}，{where}。" if some else f"来源：各单位的报告，{where}。"
