"""Days as offices write them: with a word beside (2025.3.5收), or without the year.

What is not certain stays as it stands: a cell with two days, or with words that say more than that something came
or went on the day, is asked about.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from statutory.dates import read_date

WITHOUT_YEAR = re.compile(r"(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*[日号]?")
TWO_DIGIT_YEAR = re.compile(r"'?(\d{2})\s*[./年-]\s*(\d{1,2})\s*[./月-]\s*(\d{1,2})\s*日?")
YEAR_LAST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(20\d{2})")
_WORD = (
    "(?:已|于|我局|本局|当面|书面|电话|邮寄|邮件|网上|窗口|申请人|收|签|件|到|悉|文|受理|登记|接|答复|回复|办结|办毕|办理|完毕"
    "|寄出|送达|领取|发布|公开|印发|上午|下午|告知|作出|出具){1,6}"
)
_WITH_WORD = re.compile(
    rf"(?:{_WORD})?[：:\s]*(\d{{4}}[-./年]\s*\d{{1,2}}[-./月]\s*\d{{1,2}}[日号]?|\d{{8}})[，,\s]*[（(]?(?:{_WORD})?[）)]?"
)


def day_of(cell: object) -> date | None:
    """The day that a cell holds, None where it is blank; ValueError where it is none, or not certainly one."""
    try:
        return read_date(cell)
    except ValueError:
        if isinstance(cell, str) and (bare := _bare(cell)):
            return read_date(bare)
        raise


def date_of(cell: object) -> date | None:
    """The day that a cell holds, None where it holds none."""
    try:
        return day_of(cell)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    match = _WITH_WORD.fullmatch(text.strip().strip("[]【】〔〕()（）").strip())
    return match[1].replace(" ", "") if match else ""
