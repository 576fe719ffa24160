"""One cell of a printed table: the number that stands in it, with the notes and units that offices add."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from domain import Cell
from ingest.numerals import to_chinese

_NUMBER = re.compile(r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?$")
_LEADING_ZERO = re.compile(r"^[+-]?0\d")
# 22(其中修订16件), 55(含自然失效29件): the note explains the number before it.
_NOTE = re.compile(r"^(?P<number>[+-]?\d[\d, ]*(?:\.\d+)?[^\d()\s]{0,2})\s*[(](?P<note>[^()]*)[)]$")
_EXPLAINS = re.compile(r"其中|含|包括|不含|修订|废止|失效|新增|注|较|上年|单位|[件项个份条宗起]")
UNIT = r"(?:件/次|件次|人次|万元|[件项条个份宗起例部篇次元])"
_UNIT = re.compile(rf"^(?:(?:共|计|合计|共计)\s*)?(?P<number>[+-]?\d[\d, ]*(?:\.\d+)?)\s*(?P<unit>{UNIT}?)$")
_NONE = re.compile(r"[/／\\\-—–－―一无零〇\s]{1,4}|暂无|没有|不涉及|无此项")  # what stands for none
# A number that is not exact, 约80件: it stands in its cell as it is printed, and is asked about.
_ABOUT = re.compile(rf"^(?:约|大约|近|将近|超过?|逾)\s*\d[\d,]*(?:\.\d+)?\s*{UNIT}?$|^\d[\d,]*\s*[余多]\s*{UNIT}?$")
_IN_WAN = Decimal(10_000)


def read_cell(text: str | None, unit: str = "") -> Cell:
    """The cell as printed: int or Decimal, other text such as ``/``, None where it is blank.

    A note in brackets behind a number and its unit are no part of it: 22（其中修订16件） is 22, 38件 is 38.
    An amount in 元 in a column of 万元 (``unit``) is given in 万元.
    """
    raw = (text or "").strip(" \t\r\n　")
    if not raw:
        return None
    folded = _folded(raw)
    if (noted := _NOTE.match(folded)) and (_EXPLAINS.search(noted["note"]) or _repeats(noted)):
        folded = noted["number"].strip()
    written = ""
    if with_unit := _UNIT.match(folded):
        folded, written = with_unit["number"].strip(), with_unit["unit"]
    if not _NUMBER.match(folded) or _LEADING_ZERO.match(folded):
        return raw
    if written in ("元", "万元") and unit not in ("", "万元"):  # an amount where a count belongs
        return raw
    plain = folded.replace(",", "").replace(" ", "")
    number = Decimal(plain) if "." in plain else int(plain)
    return Decimal(number) / _IN_WAN if written == "元" and unit == "万元" else number


def _repeats(noted: re.Match[str]) -> bool:
    """Whether a note says the number again in characters: 0（零）, 12（十二）."""
    number, written = re.sub(r"\D", "", noted["number"]), noted["note"].strip().rstrip("件项条个份宗起例")
    if int(number or 0) == 0:
        return written in ("零", "〇", "无", "没有")
    return written == to_chinese(int(number)) != "一"


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, one that is not exact, or what stands for none (``/``, 无); a blank is neither."""
    if isinstance(read_cell(text), (int, Decimal)):
        return True
    return bool(text.strip()) and bool(_NONE.fullmatch(text.strip()) or _ABOUT.match(_folded(text.strip())))


def _folded(raw: str) -> str:
    text = unicodedata.normalize("NFKC", raw)
    return text.replace("，", ",").replace("−", "-").replace("＋", "+").replace("\n", "")
