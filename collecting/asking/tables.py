"""The small table below an answer, what it leaves out for want of figures, and where the figures stand."""

from __future__ import annotations

from collections.abc import Sequence

from collecting.asking.computing import ComputedLines
from collecting.asking.held import HeldFigures, places
from collecting.asking.reading import OrganReading
from collecting.asking.sentences import NAMED, share
from collecting.asking.wording import plain

_TABLE, _SOURCES = 30, 4  # rows of the table, sources named


def table(made: OrganReading, found: ComputedLines) -> list[str]:
    """A table in Markdown, where there is more than one line or year; 30 rows at most."""
    if len(found.lines) < 2 and not (found.lines and len(found.lines[0].values) > 1):
        return []
    if made.over_years:
        rows = [f"| {line.org} | {plain(line.values[0][2])} |" for line in found.lines]
        return [f"| 年度 | 合计（{made.figures[0].unit}） |", "| --- | --- |", *rows]
    columns = list(dict.fromkeys((figure, year) for line in found.lines for figure, year, _ in line.values))
    several = len({figure for figure, _ in columns}) > 1
    heads = [f"{figure.label if several else ''}{year}年（{figure.unit}）" for figure, year in columns]
    measured = len(made.conditions) <= 2 and (made.base or made.by in ("part", "of_all"))
    extra = {"change": ["增减"], "rate": ["增减"], "part": ["比例"], "of_all": ["比例"], "value": []}[made.by]
    extra = extra if measured else []
    rows = [["单位", *heads, *extra], ["---"] * (1 + len(heads) + len(extra))]
    for line in found.lines[:_TABLE]:
        values = {(figure, year): value for figure, year, value in line.values}
        cells = [plain(values[column]) if column in values else "—" for column in columns]
        rows.append([line.org, *cells, *([share(line, made)] if extra else [])])
    told = [f"| {' | '.join(row)} |" for row in rows]
    left = len(found.lines) - _TABLE
    return [*told, f"（其余{left}个单位没有列出）"] if left > 0 else told


def lacking(found: ComputedLines) -> str:
    """Which organs have no figures of which year."""
    by_year: dict[int, list[str]] = {}
    for org, year in found.missing:
        by_year.setdefault(year, []).append(org)
    return "；".join(f"没有{year}年数字的{listed(orgs)}" for year, orgs in by_year.items()) or "没有这样的数字"


def listed(organs: Sequence[str]) -> str:
    """The organs by name, as many as a sentence bears."""
    return "、".join(organs[:NAMED]) + (f"等{len(organs)}个单位" if len(organs) > NAMED else "")


def sources(made: OrganReading, found: ComputedLines, held: HeldFigures) -> str:
    """The reports that the figures are from, and the cells of their tables."""
    figure = made.figures[0]
    named = [
        source
        for line in found.lines or ()
        for year in dict.fromkeys(year for _, year, _ in line.values)
        if (source := held.source(line.org, year, figure))
    ]
    some = list(dict.fromkeys(named))
    more = f"等{len(some)}份报告" if len(some) > _SOURCES else ""
    where = "；".join(dict.fromkeys(places(one, made.years[-1]) for one in made.figures[:3]))
    return f"来源：{'、'.join(some[:_SOURCES])}{more}，{where}。" if some else f"来源：各单位的报告，{where}。"
