"""Periods, days, amounts and shares in a rule or in a question, comparable: 20个工作日, 1月31日前, 2万元以上, 百分之五."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gates.readings import arabic_value, chinese_value

Bound = Literal["", "least", "most"]

_N = r"(?:\d+(?:\.\d+)?(?:千|万|百万|千万|亿)?|[零〇一二两三四五六七八九十百千万]+)"
_PERIOD = re.compile(
    rf"(?<![第月\d零〇一二三四五六七八九十百千])(?:(半)年|({_N})\s*个?半?(工作日|日|天|年(?!度|[01]?\d月)|月|小时|周(?!岁)|星期))(?!前后)"
)
_DAY = re.compile(
    r"(?<!\d)(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|(底|末)|(?=之?前|以前))"
)
_MONEY = re.compile(rf"({_N})\s*(?:块|元)(?!/|每)")
_MONEY_SHORT = re.compile(
    r"(?<![\d第])((?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)[万千])(?=以[上下]|到|至|[，。、吧吗对是]|$)"
)
_SHARE = re.compile(rf"百分之({_N})|({_N})\s*[%％]")
_TIMES = re.compile(rf"({_N})\s*倍")
_COUNT = re.compile(rf"(?<![第\d])({_N})\s*(人|次|份|件|页|名|项|部|类|种)(?!以上人民)")
_LEAST = re.compile(r"以上|不(?:得)?少于|不(?:得)?低于|至少|最少|最低|起|下限|满")
_MOST = re.compile(r"以下|以内|之内|不(?:得)?超过|不(?:得)?多于|最多|最长|最高|最迟|封顶|上限|内|不(?:得)?超出")
_UNIT = {"天": "日", "星期": "周"}


@dataclass(frozen=True)
class Quantity:
    """A number of one ``dimension`` (日, 工作日, 月, 年, 日期, 元, 百分之, 倍, 人…) where it stands in a text.

    A day of the year is month * 100 + day. ``bound``: whether it is a least or a most, where the text says so.
    """

    dimension: str
    value: Decimal
    words: str
    start: int
    bound: Bound = ""

    @property
    def comparable(self) -> str:
        """What dimensions can be told apart by number alone: all periods are one."""
        return "期间" if self.dimension in ("日", "工作日", "月", "年", "小时", "周") else self.dimension

    def same(self, other: Quantity) -> bool:
        return (self.dimension, self.value) == (other.dimension, other.value)


def quantities(text: str) -> list[Quantity]:
    """The quantities in a text, in order; a number that is an article's or an item's is none."""
    found: list[Quantity] = []
    for match in _DAY.finditer(text):
        month = _value(match[1])
        if month is None or not 1 <= month <= 12:
            continue
        day = _value(match[2]) if match[2] else Decimal(calendar.monthrange(2023, int(month))[1])
        if match[2] is None and match[3] is None:  # 3月前: before its first day
            month, day = (month - 1 or Decimal(12)), Decimal(calendar.monthrange(2023, int(month - 1 or 12))[1])
        if day:
            found.append(Quantity("日期", month * 100 + day, match.group(), match.start()))
    taken = [(one.start, one.start + len(one.words)) for one in found]
    for pattern, read in (
        (_PERIOD, _period),
        (_MONEY, _money),
        (_MONEY_SHORT, _money),
        (_SHARE, _share),
        (_TIMES, _times),
        (_COUNT, _count),
    ):
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            quantity = read(match)
            if quantity:
                found.append(quantity)
                taken.append(match.span())
    return [_bounded(one, text) for one in sorted(found, key=lambda one: one.start)]


def _bounded(one: Quantity, text: str) -> Quantity:
    end = one.start + len(one.words)
    after = re.match(r"以上|以下|以内|之内|内|起|封顶|之?前", text[end:])
    before = re.search(
        r"(?:不得?少于|不得?低于|至少|最少|最低|届?满|不得?超过|不得?多于|不得?超出|最多|最长|最高|最迟|上限是?|下限是?)[^，。；\d一二三四五六七八九十百]{0,6}$",
        text[: one.start],
    )
    words = after.group() if after else before.group() if before else ""
    bound: Bound = "least" if _LEAST.search(words) else "most" if _MOST.search(words) else ""
    return Quantity(one.dimension, one.value, one.words, one.start, bound)


def _period(match: re.Match[str]) -> Quantity | None:
    if match[1]:
        return Quantity("月", Decimal(6), match.group(), match.start())
    value = _value(match[2])
    if value is None or (match[3] == "年" and value > 100):
        return None
    dimension = _UNIT.get(match[3], match[3])
    if "半" in match.group():  # 一个半月
        return None
    if dimension == "年" and value == 1:
        return Quantity("月", value * 12, match.group(), match.start())
    if dimension == "月" and "个" not in match.group() and match[2].isdigit() and match.group()[-1] == "月":
        return None  # 3月 is a month of the year
    if dimension == "周":
        dimension, value = "日", value * 7
    return Quantity(dimension, value, match.group(), match.start())


def _money(match: re.Match[str]) -> Quantity | None:
    value = _value(match[1])
    return None if value is None else Quantity("元", value, match.group(), match.start())


def _share(match: re.Match[str]) -> Quantity | None:
    value = _value(match[1] or match[2])
    return None if value is None else Quantity("百分之", value, match.group(), match.start())


def _times(match: re.Match[str]) -> Quantity | None:
    value = _value(match[1])
    return None if value is None else Quantity("倍", value, match.group(), match.start())


def _count(match: re.Match[str]) -> Quantity | None:
    value = _value(match[1])
    unit = {"名": "人", "份": "件"}.get(match[2], match[2])
    return None if value is None else Quantity(unit, value, match.group(), match.start())


def _value(text: str) -> Decimal | None:
    whole = chinese_value(text)
    if whole is not None:
        return Decimal(whole)
    return arabic_value(text) if re.search(r"\d", text) else None
