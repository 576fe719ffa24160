"""Rule 23: figures of the report's own year, and of the whole of it (1 January to 31 December).

Legal source: 政府信息公开条例 第五十条; the form asks for the figures of the year reported on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.statements import Sentence, sentences
from checks.subject import Subject
from domain import Finding

_LAW = "《政府信息公开条例》第五十条"
_YEAR = r"(?:(?P<year>20\d\d)年)?"
_TO = r"[至到—–\-~～]+"
_CUT_OFF = re.compile(
    rf"截[至止]到?{_YEAR}(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})[日号]|底|末|份)"
    rf"|(?<!\d){_YEAR.replace('year', 'from')}1月(?:1[日号]|份)?起?{_TO}{_YEAR.replace('year', 'until')}(?P<last>\d{{1,2}})月(?:(?P<last_day>\d{{1,2}})[日号]|份|底)?"
    rf"|(?<!\d)1{_TO}(?P<short>\d{{1,2}})月(?:份)?"
    r"|(?P<quarters>前[二两三]个?季度|[第一1]+至?[二三23]季度)"
)
_PERIOD_STATED = re.compile(r"统计数据|数据截|统计(?:期限|时限|期间|时间|截止)|数据(?:的)?(?:期限|时限|起止)|报告期")
_COMPARISON = re.compile(r"同比|上年|上一年|去年|相比|[较比]20|以来|结转|至今|自20|从20|原")
_OPENING = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．是])?(?:[^，。：]{0,12}[：。])?(20\d\d)年(?:度?(?=[，全我本共局市县区省])|(?=主动|政府信息|1月1日))"
)
_LEAST_MONTH = 6  # a bare range of months that ends earlier (1—3月) says when something was done, not what was counted


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


def partial_periods(subject: Subject) -> Iterator[Finding]:
    """Counts up to another day than 31 December, and several such days in one report."""
    year, ends = subject.published.year, {}
    for sentence in sentences(subject):
        for cut in _cuts(sentence, year):
            other_year = bool(year and cut.year and cut.year != year)
            ends.setdefault((cut.month, cut.day or 31), cut.words)
            if (
                cut.whole
                and not other_year
                or not (_PERIOD_STATED.search(sentence.text) or any(s.counts for s in sentence.statements))
            ):
                continue
            if other_year and _COMPARISON.search(sentence.text):
                continue
            why = (
                f"不是报告年度 {year} 年"
                if other_year and cut.whole
                else "与全年统计期限（1 月 1 日至 12 月 31 日）不一致"
            )
            yield Finding(
                "PERIOD",
                "warning",
                f"“{cut.words}”{why}",
                sentence.where,
                subject.form.document,
                "改用报告年度全年的数据",
                sentence.printed,
            )
    if len(ends) > 1 and any(end != (12, 31) for end in ends):
        yield Finding(
            "PERIOD",
            "notice",
            f"全文的统计截止时间不一致：{'、'.join(ends.values())}",
            "全文",
            subject.form.document,
            "统一为 12 月 31 日",
        )


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
        future = named == year + 1 and (re.search(r"将|下一步|计划|拟|继续|要", text) or not counted)
        if named == year or year in others or future or sentence.part != 0 and not counted and named < year - 1:
            continue
        if _PERIOD_STATED.search(text) or _COUNTED_TO.search(text) and _cuts(sentence, year):
            continue  # told by the other rule
        left = "像是上年报告留下的文字" if named == year - 1 else "既不是报告年度，也不是上一年"
        yield Finding(
            "PERIOD",
            "warning",
            f"“{opening.group().strip()}”与报告年度 {year} 年不符，{left}",
            sentence.where,
            _LAW,
            "核对年份；数据须是报告年度的",
            sentence.printed,
        )


_COUNTED_TO = re.compile(r"1月1日")


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
