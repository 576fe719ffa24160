"""Chinese numerals as statutes write them: 第一百四十条, 第十二条之一, 二〇二一年.

Read in any spelling (Chinese, Arabic, full-width digits); written in the official one.
"""

from __future__ import annotations

import unicodedata

DIGITS = {
    "零": 0,
    "〇": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "零〇○一二两三四五六七八九十百千万0-9０-９"
"""The characters of a numeral, for use inside a regular expression's ``[…]``."""
_WRITTEN = "零一二三四五六七八九"


def to_int(text: str) -> int:
    """The whole number below 10**8 that ``text`` writes; ValueError where it is none.

    Digit by digit (二〇二一, 2021, ２０２１) as well as by place (一百四十, 十二, 二千零八).
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded.isascii() and folded.isdigit():
        return int(folded)
    if not folded:
        raise ValueError("空字符串不是数字")
    if all(char in DIGITS for char in folded):
        return int("".join(str(DIGITS[char]) for char in folded))
    high, wan, low = folded.partition("万")
    return _below_wan(high) * 10_000 + (_below_wan(low) if low else 0) if wan else _below_wan(folded)


def _below_wan(text: str) -> int:
    total, pending, last_unit = 0, None, 10_000
    for char in text:
        if char in UNITS:
            unit = UNITS[char]
            if unit >= last_unit or (pending is None and unit != 10) or pending == 0:
                raise ValueError(f"“{text}”不是规范的数字")
            total += (1 if pending is None else pending) * unit
            pending, last_unit = None, unit
        elif char in DIGITS:
            if pending:
                raise ValueError(f"“{text}”不是规范的数字")
            pending = DIGITS[char]
        else:
            raise ValueError(f"“{text}”不是数字")
    if not text:
        raise ValueError("空字符串不是数字")
    return total + (pending or 0)


def to_chinese(number: int) -> str:
    """``number`` (0 to 99,999,999) in the wording of statutes: 140 → 一百四十, 12 → 十二."""
    if not 0 <= number < 10**8:
        raise ValueError(f"{number} 超出可写的范围")
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    parts = _places(high) + "万" if high else ""
    if high and 0 < low < 1000:
        parts += "零"
    written = parts + (_places(low) if low else "")
    return written.removeprefix("一") if written.startswith("一十") else written


def _places(number: int) -> str:
    out, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if gap and out else "") + _WRITTEN[digit] + name
            gap = False
        else:
            gap = True
    return out


def article_label(number: int, sub: int = 0) -> str:
    """The label of an article: ``article_label(12, 1)`` is 第十二条之一."""
    return f"第{to_chinese(number)}条" + (f"之{to_chinese(sub)}" if sub else "")
