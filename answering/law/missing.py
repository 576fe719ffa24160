"""An article that does not exist is told as that: 《政府信息公开条例》共五十六条，没有第六十条."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from answering.knowledge import Knowledge
from answering.law.places import part
from answering.law.question import item_asked
from answering.law.units import units
from domain import Hit
from store.references import ArticleReference

_DIGITS = "零一二三四五六七八九"


def missing(question: str, knowledge: Knowledge, as_of: date | None = None) -> list[str]:
    """A sentence for each article that the question names and its regulation, held whole, does not have."""
    told = []
    for reference in dict.fromkeys(knowledge.references(question)):
        articles = knowledge.articles(reference.title, as_of)
        if not articles or any(_is(hit, reference) for hit in articles):
            continue
        label = f"第{numeral(reference.article_no)}条" + (f"之{numeral(reference.sub)}" if reference.sub else "")
        numbers = {hit.article_no for hit in articles if hit.article_no}
        if numbers == set(range(1, len(numbers) + 1)):
            told.append(f"《{reference.title}》共{numeral(len(numbers))}条，没有{label}")
        else:
            told.append(f"知识库只收入了《{reference.title}》的一部分，其中没有{label}")
    return told


def missing_place(question: str, hits: Sequence[Hit]) -> str:
    """What is to be told where the one article named has no such 款 or 项 (第三十三条共三款，没有第五款), else ""."""
    place = item_asked(question)
    if not place or len(hits) != 1 or not hits[0].verbatim or part(hits[0].text, place):
        return ""
    hit = hits[0]
    if place.endswith("款"):
        return f"《{hit.title}》{hit.article}共{numeral(len(units(hit.text)))}款，没有{place}"
    count = sum(len(unit.items) for unit in units(hit.text))
    has = f"共{numeral(count)}项" if count else "没有分项"
    return f"《{hit.title}》{hit.article}{has}，没有{place}"


def numeral(number: int) -> str:
    """A number as it stands before 条: 二十, 一百零六, 一千二百四十二; above 9999 in digits."""
    if number > 9999:
        return str(number)
    if number < 20:
        return ("" if number < 10 else "十") + (_DIGITS[number % 10] if number % 10 or number == 0 else "")
    digits = str(number)
    said = ""
    for at, digit in enumerate(digits):
        scale = ["", "十", "百", "千"][len(digits) - at - 1]
        said += _DIGITS[int(digit)] + scale if digit != "0" else "零"
    return re.sub("零+$", "", re.sub("零+", "零", said))


def _is(hit: Hit, reference: ArticleReference) -> bool:
    return (hit.article_no, hit.article_sub) == (reference.article_no, reference.sub)
