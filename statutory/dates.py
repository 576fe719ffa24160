"""A date in any spelling that offices write becomes a ``date``; anything else is refused.

Year, month and day must all be there, the year in four digits and first: 15/9/2023 and 3.4.23
could mean two days, so neither is read.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache

from statutory.spelling import INVISIBLE

CHINESE_DIGITS = {
    "〇": "0",
    "○": "0",
    "Ｏ": "0",
    "零": "0",
    "一": "1",
    "二": "2",
    "三": "3",
    "四": "4",
    "五": "5",
    "六": "6",
    "七": "7",
    "八": "8",
    "九": "9",
}
_EPOCH = date(1899, 12, 30)
# Excel serials of 1954-10-03 to 2064-04-08: no ledger needs an earlier or later day, and a
# wider range would take a stray count or amount for a date.
_SERIALS = range(20_000, 60_000)
_WEEKDAY = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?")
_CLOCK = re.compile(
    r"(?<=\d|日|号)(?:T|\s)\s*(?:上午|下午)?\s*\d{1,2}[:时]\d{1,2}(?:[:分](?:\d{1,2}(?:\.\d+)?秒?)?)?(?:Z|[+-]\d{2}:?\d{2})?$"
)
_SEPARATED = re.compile(r"(\d{4})\s*[-./年、,\s]\s*(\d{1,2})\s*[-./月、,\s]\s*(\d{1,2})\s*[日号]?[.。]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_CHINESE = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_DASHES = str.maketrans(dict.fromkeys("—–―‐‑−－~～", "-") | {"。": ".", "·": ".", "•": "."})


def read_date(value: object) -> date | None:
    """The date that a cell holds, ``None`` where it is blank; ValueError where it is no date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if value is None or isinstance(value, str):
        text = (value or "").strip()
        return _from_text(text) if text and not text.isspace() and _INVISIBLE.sub("", text).strip() else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(float(value))
    raise ValueError("不是日期")


def written_date(day: date) -> str:
    """A date in the wording of reports: 2024年1月10日."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=4096)
def _from_text(text: str) -> date:
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).translate(_DASHES).strip()
    folded = _CLOCK.sub("", _WEEKDAY.sub("", folded).strip()).strip()
    if match := _SEPARATED.fullmatch(folded) or _COMPACT.fullmatch(folded):
        return date(*(int(part) for part in match.groups()))
    if _SERIAL.fullmatch(folded):
        return _from_number(float(folded))
    if match := _CHINESE.fullmatch(re.sub(r"\s", "", folded)):
        year = int("".join(CHINESE_DIGITS[char] for char in match[1]))
        return date(year, _below_hundred(match[2]), _below_hundred(match[3]))
    raise ValueError("不是日期")


def _from_number(number: float) -> date:
    if int(number) in _SERIALS:
        return _EPOCH + timedelta(days=int(number))
    if number.is_integer() and (match := _COMPACT.fullmatch(str(int(number)))):
        return date(*(int(part) for part in match.groups()))
    raise ValueError("不是日期")


def _below_hundred(text: str) -> int:
    """十 → 10, 十二 → 12, 二十 → 20, 三十一 → 31."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        raise ValueError("不是日期")
    return (int(CHINESE_DIGITS[tens] if tens else 1) * 10 if ten else 0) + (int(CHINESE_DIGITS[ones]) if ones else 0)
