"""The years that a question names, and the year that it compares with: 2023年, 去年, 近三年, 比上年, 同比."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain import YearFigures
from gates.readings import chinese_value

_EARLIER = r"(?:(上一?年度?|去年|前一年|前年)|(\d{4})年度?)(?:同期)?"
_COMPARE = re.compile(rf"[比较]{_EARLIER}|[和与同]{_EARLIER}(?:相比|比较|比)|同比|环比")
_CHANGE = re.compile(r"多多少|少多少|多了|少了|多出|增长|增加|减少|增幅|下降|上升|增减|升了|降了|相差|差多少|变化")
_YEAR = re.compile(r"(\d{4}|\d{2}|[〇零一二三四五六七八九]{4})年(?:度)?")
_SPAN = re.compile(
    r"(?:最近|近|这)([两二三四五六七八九十\d]+)年|(?<![\d〇零一二三四五六七八九十])([两三四五])年(?!度|[前后内期])|历年|近几年|这几年|各年"
)
_RELATIVE = {"去年": -1, "前年": -2, "今年": 0}
_REPORTED = re.compile(r"本年度?|当年|报告年度")
_BEFORE = re.compile(r"上一?年度?")
_FIRST_YEAR = 2008
"""The year in which the 政府信息公开条例 took effect: no figures are older."""


def comparison(rest: str, today: date, held: Sequence[YearFigures]) -> tuple[str, bool, int | None]:
    """The text without the words of comparison, whether there are any, and the year they name."""
    match = _COMPARE.search(rest)
    if match is None:
        return rest, bool(_CHANGE.search(rest)), None
    word, year = match[1] or match[3], match[2] or match[4]
    base = int(year) if year else today.year + _RELATIVE[word] if word in _RELATIVE else None
    if word == "去年" and base is not None and base >= newest_year(held):
        base = None  # 比去年 of a report on last year, or one further back, means the year before it
    return rest[: match.start()] + " " + rest[match.end() :], True, base


def years_named(rest: str, today: date, held: Sequence[YearFigures]) -> tuple[str, tuple[int, ...], int]:
    """The text without its years, the years, and how many of the newest years (近三年)."""
    if span := _SPAN.search(rest):
        written = span[1] or span[2]
        number = chinese_value(written) or int(written) if written else 99
        return _SPAN.sub(" ", rest), (), number
    years = [_year(match[1]) for match in _YEAR.finditer(rest)]
    rest = _YEAR.sub(" ", rest)
    for word, offset in _RELATIVE.items():
        if word in rest:
            years.append(today.year + offset)
            rest = rest.replace(word, " ")
    newest = newest_year(held)
    if newest and _REPORTED.search(rest):
        years.append(newest)
        rest = _REPORTED.sub(" ", rest)
    if newest and _BEFORE.search(rest):
        years.append(newest - 1)
        rest = _BEFORE.sub(" ", rest)
    return rest, tuple(dict.fromkeys(year for year in years if year >= _FIRST_YEAR)), 0


def _year(written: str) -> int:
    number = int(written) if written.isdigit() else chinese_value(written) or 0
    return number + 2000 if number < 100 else number


def newest_year(held: Sequence[YearFigures]) -> int:
    computed = [year.year for year in held if year.computed]
    return max(computed or [year.year for year in held], default=0)
