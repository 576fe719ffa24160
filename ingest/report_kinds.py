"""Reports that are not made under the format: of 2018 and before, of a school year, in traditional script; 解读.

The format came with the trial of 2019 (国办公开办函〔2019〕60号); schools report on a 学年 by 高等学校信息公开办法.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain import Note
from ingest.blocks import TextParagraph

_FIRST_YEAR = 2019
_SCHOOL_YEAR = re.compile(
    r"20\d\d\s*[-—－–至~年]{1,3}\s*20\d\d\s*学?年?\s*学年|20\d\d\s*[-—－–至~]{1,2}\s*(?:20)?\d\d\s*学年"
)
_SCHOOL_PERIOD = re.compile(r"20\d\d年9月1日\s*(?:起)?\s*[至到—\-–~～]+\s*20\d\d年8月31日")
_REPORT = r"(?:年度报告|工作报告|年报|报告)》?"
_EXPLAINED = re.compile(
    rf"^(?:一图(?:读懂|看懂|了解)|图解|(?:文字|图文|政策)解读)[:：丨|]?[^>＞|。]*\d{{4}}[^>＞|。]*{_REPORT}$"
    rf"|\d{{4}}[^>＞|。]*{_REPORT}(?:的)?(?:文字|图文|政策|图片|视频)?(?:解读|图解)(?:材料|说明|稿)?$"
)
_LONGEST_TITLE = 70
# Common in any text, and written so in traditional script alone.
_TRADITIONAL = frozenset(
    "開報門務處關時個國對會應與為數據業動發種從條資訊機構點總況書見長來這並過還進運選類題議認計設該請論證護變質購費貫資質車軍轉辦農達邊"
)
_SHARE = 0.06  # of the ideographs: about one in ten of a text in traditional script is of these
_LEAST = 20
_TITLE_LINES = 8


def told_kinds(paragraphs: Sequence[TextParagraph], title: str, year: int) -> list[Note]:
    """A note for each way in which a report is not one that the format is for."""
    texts = [paragraph.text for paragraph in paragraphs]
    notes = []
    if year and year < _FIRST_YEAR:
        said = f"这是{year}年度的报告，统一格式自2019年度起施行，不按格式核对"
        notes.append(Note("kind-before-2019", said))
    if _SCHOOL_YEAR.search(title) or any(
        _SCHOOL_PERIOD.search(text) or _SCHOOL_YEAR.search(text) for text in texts[:12]
    ):
        said = "这是学校按学年编制的信息公开报告，统计期间和期限与政府的年度报告不同，不按格式和年度期限核对"
        notes.append(Note("kind-school-year", said))
    if is_traditional("".join(texts)):
        said = "这份报告用繁体字，标题和表格的名称与格式的简体文字不同，没有读出的部分请转换为简体后再核对"
        notes.append(Note("kind-traditional", said))
    return notes


def is_traditional(text: str) -> bool:
    """Whether a text is written in traditional script."""
    ideographs = sum("\u4e00" <= char <= "\u9fff" for char in text)
    found = sum(char in _TRADITIONAL for char in text)
    return found >= _LEAST and found >= _SHARE * ideographs


def explains(paragraphs: Sequence[TextParagraph]) -> bool:
    """Whether a text is an explanation (解读, 图解) of a report, and not the report."""
    first = [re.sub(r"\s+", "", paragraph.text) for paragraph in paragraphs[:_TITLE_LINES]]
    return any(len(line) < _LONGEST_TITLE and _EXPLAINED.search(line) for line in first)
