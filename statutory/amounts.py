"""A number in a cell becomes an exact ``Decimal``; blank, negative and non-numeric are refused."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from statutory.spelling import INVISIBLE

_WRITTEN = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?")
# What a spreadsheet keeps of a decimal: beyond it a float only carries the noise of binary sums.
_PRECISION = 9
# Floats keep whole numbers exactly up to here; no count or amount of an organ comes near it.
_LARGEST = Decimal(10**15)


def read_amount(value: object) -> Decimal:
    """The number that a cell holds, never below zero; ValueError says in Chinese what is wrong."""
    if value is None or isinstance(value, str):
        return _from_text(value or "")
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("不是数字")
    number = Decimal(str(round(value, _PRECISION)))
    if not number.is_finite():
        raise ValueError("不是数字")
    if number < 0:
        raise ValueError("是负数")
    return _tidy(number)


def read_count(value: object) -> int:
    """The whole number that a cell holds; ValueError where it is a fraction as well."""
    number = read_amount(value)
    if number % 1:
        raise ValueError("不是整数")
    return int(number)


def _from_text(text: str) -> Decimal:
    folded = re.sub(rf"[\s{INVISIBLE}]", "", unicodedata.normalize("NFKC", text))
    if not folded:
        raise ValueError("是空白（没有发生的请填0；如果是公式，请用 Excel 或 WPS 打开并保存一次）")
    if re.fullmatch(r"[-−–—]" + _WRITTEN.pattern, folded):
        raise ValueError("是负数")
    if not _WRITTEN.fullmatch(folded):
        raise ValueError("不是数字")
    return _tidy(Decimal(folded.replace(",", "")))


def _tidy(number: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent."""
    if number > _LARGEST:
        raise ValueError("大得不合理")
    return number.normalize() if number % 1 else Decimal(int(number))
