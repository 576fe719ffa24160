"""Identity and phone numbers are masked before anything read leaves this package.

Legal source: 个人信息保护法 第四条、第二十八条; the knowledge base needs none of them.
"""

from __future__ import annotations

import re
import unicodedata

MASKED = "***"
# Six cells or more behind one another: a row of a table that has lost its lines, and no number of a person.
_ROW = re.compile(r"(?:(?<=[ \t])|^)(?:[\d,.]{1,9}|[/-])(?:[ \t]+(?:[\d,.]{1,9}|[/-])){5,}[ \t]*$", re.MULTILINE)
_OF_PERSONS = re.compile(r"电话|手机|热线|座机|传真|联系|身份|号码|证件")
_D = "[0-9０-９]"
# What people and word processors set between groups of digits: blanks of any width, also invisible ones, and dashes.
_GAP = r"[ \t\u00a0\u2000-\u200d\u2060\u3000\ufeff\u00ad\-－‐-―~～·.．_]{0,3}"
_AT_MOST_GAPS = 6  # of one identity number; a row of one-digit cells has seventeen
_PATTERNS = tuple(
    re.compile(rf"(?<![0-9０-９.．]){pattern}(?![0-9０-９])")
    for pattern in (
        # The 15-digit identity number before 1999.
        rf"[1-9１-９]{_D}{{5}}{_GAP}{_D}{{2}}[01０１]{_D}[0-3０-３]{_D}{_GAP}{_D}{{3}}",
        # Mobile numbers, with or without the country code and grouping.
        rf"(?:[(（]?(?:\+|＋|00)?86[)）]?{_GAP})?[1１][3-9３-９]{_D}{_GAP}{_D}{{4}}{_GAP}{_D}{{4}}",
        r"[一幺][三四五六七八九][〇零一幺二三四五六七八九]{9}",
        # Landlines with area code and perhaps an extension; 400/800 numbers.
        rf"[(（]?[0０](?:[1１][0０]|[2２]{_D}|[3-9３-９]{_D}{{2}})[)）]?{_GAP}{_D}{{3,4}}{_GAP}{_D}{{3,4}}(?:{_GAP}(?:转|-)?{_D}{{1,6}})?",
        rf"[48４８]00{_GAP}{_D}{{3,4}}{_GAP}{_D}{{3,4}}",
    )
)
# 身份证: region, date of birth, sequence, check character, grouped in any way.
_IDENTITY = re.compile(rf"(?<![0-9０-９.．])[1-8１-８](?:{_GAP}{_D}){{16}}{_GAP}[0-9０-９XxＸｘ](?![0-9０-９])")
_BORN = re.compile(r"\d{6}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]")
# A local number, or one with a gap behind every digit, is told only by the word before it.
_LABEL = r"((?:电话|传真|手机|联系方式|热线|座机)(?:号码?)?(?:[（(][^（）()\n]{0,6}[）)])?\s*[:：为是]?\s*)"
_AFTER_LABEL = (
    re.compile(rf"{_LABEL}[2-8２-８]{_D}{{2,3}}{_GAP}{_D}{{4}}(?!{_D})"),
    re.compile(rf"{_LABEL}{_D}(?:[ 　.·\-－]{_D}){{6,}}"),
)


def mask(text: str) -> str:
    """``text`` with identity numbers, mobile and landline numbers replaced by ``***``."""
    text = _IDENTITY.sub(_if_born, text)
    rows = [] if _OF_PERSONS.search(text) else _ROW.findall(text)
    between = [_without_numbers(part) for part in _ROW.split(text)] if rows else [_without_numbers(text)]
    text = "".join(part + row for part, row in zip(between, [*rows, ""]))
    for pattern in _AFTER_LABEL:
        text = pattern.sub(rf"\g<1>{MASKED}", text)
    return text


def _without_numbers(text: str) -> str:
    for pattern in _PATTERNS:
        text = pattern.sub(MASKED, text)
    return text


def _if_born(match: re.Match[str]) -> str:
    """The mask, where the digits hold a date of birth and are not a row of numbers."""
    written = match.group()
    plain = unicodedata.normalize("NFKC", re.sub(rf"(?!{_D}|[XxＸｘ]).", "", written))
    gaps = len(re.findall(rf"(?<={_D})(?!{_D}|[XxＸｘ]).", written))
    return MASKED if gaps <= _AT_MOST_GAPS and _BORN.fullmatch(plain) else written
