"""Figures of the report's own year, and of the whole of it (1 January to 31 December)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.statements import Sentence, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_CUT_OFF, _PERIOD_STATED, _COMPARISON = _WORDS["cut_off"], _WORDS["period_stated"], _WORDS["comparison"]
_OPENING, _COUNTED_TO, _INTENDED = _WORDS["opening"], _WORDS["counted_to"], _WORDS["intended"]
_FROM = re.compile(
    r"(?:(?P<year>20\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?起?[至到—–\-~～]+(?:20\d\d年)?\d{1,2}月\d{1,2}[日号]"
)
_LEAST_MONTH = 6  # a bare range of months that ends earlier (1—3月) says when something was done, not what was counted

PERIOD = Rule(
    id="PERIOD",
    title="数字是报告年度全年的：1 月 1 日至 12 月 31 日",
    severities=("warning", "notice"),
    source="{form}",
    advice="改用报告年度全年的数据",
    speaks=texts(
        "截至12月28日共上报信息83条。",
        "2024年1-10月，共发布信息三十四条。",
        "前三季度共发布信息34条。",
        "统计数据截止2025年1月10日。",
        "统计期为2024年1月1日至2024年11月30日。",
        "统计时段为2024年1月1日至10月31日。",
        "所列数据自2024年1月1日起至11月30日止。",
        "统计期限为2023年12月1日至2024年11月30日。",
        "统计期限为2024年2月1日至2024年12月31日。",
        "2023年，我局共发布信息300条。",
        "截至2024年12月31日发布信息311条。截至12月28日上报83条。",
    ),
    silent=texts(
        "截至2024年12月31日共上报信息83条。",
        "3月至5月开展集中清理，清理文件34件。",
        "截至11月30日，完成网站改版。",
        "2024年，我局共发布信息300条，较2023年增加20条。",
        "自2019年以来，累计公开信息3000条。",
        "制定《2023年政务公开工作要点》，发布信息20条。",
        "2025年，我局将继续公开信息。",
    ),
)


@dataclass(frozen=True)
class _Cut:
    """A period that a sentence names: its words and its last day as far as it is given."""

    words: str
    year: int
    month: int
    day: int

    @property
    def whole(self) -> bool:
        return (self.month, self.day) in ((12, 31), (12, 0))


@looks_for(PERIOD, order=260)
def partial_periods(subject: Subject) -> Iterator[Finding]:
    """Counts up to another day than 31 December, and several such days in one report."""
    year, ends = subject.published.year, {}
    for sentence in sentences(subject):
        for cut in _cuts(sentence, year):
            ends.setdefault((cut.month, cut.day or 31), cut.words)
            other_year = bool(year and cut.year and cut.year != year)
            if cut.whole and not other_year or not _of_counts(sentence):
                continue
            if other_year and _COMPARISON.search(sentence.text):
                continue
            why = "与全年统计期限（1 月 1 日至 12 月 31 日）不一致"
            if other_year and cut.whole:
                why = f"不是报告年度 {year} 年"
            yield PERIOD.finding(subject, f"“{cut.words}”{why}", sentence.where, sentence.printed)
    if len(ends) > 1 and any(end != (12, 31) for end in ends):
        said = f"全文的统计截止时间不一致：{'、'.join(ends.values())}"
        yield PERIOD.finding(subject, said, "全文", severity="notice", advice="统一为 12 月 31 日")


def _of_counts(sentence: Sentence) -> bool:
    """Whether the period of a sentence is that of figures, said or given."""
    return bool(_PERIOD_STATED.search(sentence.text)) or any(s.counts for s in sentence.statements)


@looks_for(PERIOD, order=265)
def other_first_days(subject: Subject) -> Iterator[Finding]:
    """A period of the figures that does not begin on 1 January of the report's year."""
    year = subject.published.year
    for sentence in sentences(subject):
        match = _FROM.search(sentence.text) if year and _PERIOD_STATED.search(sentence.text) else None
        if not match or int(match["month"]) == 1 and int(match["day"]) == 1:
            continue
        said = f"“{match.group()}”不是从 {match['year'] or year} 年 1 月 1 日起"
        yield PERIOD.finding(subject, said, sentence.where, sentence.printed)


@looks_for(PERIOD, order=270)
def other_years(subject: Subject) -> Iterator[Finding]:
    """A count of a year that is not the report's, and a sentence left from last year's report."""
    year = subject.published.year
    if not year:
        return
    for sentence in sentences(subject, (0, 2, 3, 4, 5)):
        text = sentence.text
        opening = _OPENING.match(text)
        if not opening or _COMPARISON.search(text):
            continue
        named = int(opening.group(1))
        others = {int(found) for found in re.findall(r"20\d\d(?=年)", text)} - {named}
        counted = any(s.counts for s in sentence.statements)
        future = named == year + 1 and (_INTENDED.search(text) or not counted)
        if named == year or year in others or future or sentence.part != 0 and not counted and named < year - 1:
            continue
        if _PERIOD_STATED.search(text) or _COUNTED_TO.search(text) and _cuts(sentence, year):
            continue  # told by the other rule
        left = "像是上年报告留下的文字" if named == year - 1 else "既不是报告年度，也不是上一年"
        yield PERIOD.finding(
            subject,
            f"“{opening.group().strip()}”与报告年度 {year} 年不符，{left}",
            sentence.where,
            sentence.printed,
            source="《政府信息公开条例》第五十条",
            advice="核对年份；数据须是报告年度的",
        )


def _cuts(sentence: Sentence, year: int) -> list[_Cut]:
    found = []
    for match in _CUT_OFF.finditer(sentence.text):
        named = int(match["until"] or match["year"] or match["from"] or 0)
        month = int(match["month"] or match["last"] or match["short"] or 9)
        day = int(match["day"] or match["last_day"] or 0)
        if match["short"] and month < _LEAST_MONTH or match["last"] and not match["last_day"] and month < _LEAST_MONTH:
            continue
        if 1 <= month <= 12:
            found.append(_Cut(match.group(), named, month, day))
    return found
