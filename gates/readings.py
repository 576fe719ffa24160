"""The value of a numeral, however it is written: 38, ３８, 三十八, 叁拾捌, 3.8万, 百分之五."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
    "弌": 1,
    "弍": 2,
    "貳": 2,
    "貮": 2,
    "兩": 2,
    "弎": 3,
    "參": 3,
    "叄": 3,
    "陸": 6,
}
SCALES = {
    "十": 10,
    "拾": 10,
    "廿": 20,
    "卅": 30,
    "卌": 40,
    "百": 100,
    "佰": 100,
    "千": 1000,
    "仟": 1000,
    "万": 10**4,
    "萬": 10**4,
    "亿": 10**8,
    "億": 10**8,
}
CHINESE = "".join(DIGITS) + "".join(SCALES)


def chinese_value(text: str) -> int | None:
    """The integer of a Chinese numeral (三十八, 二〇二三, 两万三千); None where it is not one number."""
    if not text or any(char not in CHINESE for char in text):
        return None
    if all(char in DIGITS for char in text):  # 二〇二三, read digit by digit
        return int("".join(str(DIGITS[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "廿卅卌":
            section, digit = section + SCALES[char], 0
        elif (scale := SCALES[char]) < 10**4:
            section, digit = section + (digit or 1) * scale, 0
        else:
            total, section, digit = (total + section + digit or 1) * scale, 0, 0
    return total + section + digit


def arabic_value(text: str) -> Decimal | None:
    """The number of digits in any script, with 1,000 separators, a decimal point, and 万/亿 behind."""
    plain, scale = "", 1
    for char in text:
        if char in "万亿千百十":
            scale *= SCALES[char]
        elif char in ".．":
            plain += "."
        elif char in ",，":
            continue
        else:
            value = unicodedata.numeric(char, None)
            if value is None or value != int(value):  # ½ behind a digit is no digit
                return None
            plain += str(int(value))
    try:
        return Decimal(plain) * scale
    except ArithmeticError:
        return None


def normal(number: Decimal | int | None) -> str:
    """One spelling for one number: ``38`` for 38, 38.0 and 038."""
    if number is None:
        return ""
    plain = format(Decimal(number), "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
