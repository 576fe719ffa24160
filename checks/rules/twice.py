"""One thing is counted once: the whole of what was posted has one number in a report."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed, other_year
from checks.statements import Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_WHOLE, _UNITS = _WORDS["whole"], _WORDS.listed("units")

TWICE = Rule(
    id="TWICE",
    title="同一件事的数字前后一致",
    severities=("warning",),
    source="《政府信息公开条例》第五十条",
    advice="核对两处数字；口径不同的，在正文写明口径",
    speaks=texts(
        "全年主动公开政府信息500条。\n本年度共主动公开政府信息450条。",
        "2024年，我局主动公开各类政府信息216条。\n全年公开政府信息261条。",
        "全年共发布信息1200条。\n2024年累计发布信息1020条，其中动态300条。",
    ),
    silent=texts(
        "全年主动公开政府信息500条。\n本年度共主动公开政府信息500条。",
        "全年主动公开政府信息500条。\n在门户网站主动公开政府信息450条。",
        "全年主动公开政府信息500条。\n其中公开财政信息45条，公开政府信息目录3条。",
        "2023年主动公开政府信息480条，2024年主动公开政府信息500条。",
        "全年主动公开政府信息500条。\n下属单位主动公开政府信息450条。",
        "全年主动公开政府信息1.3万条。\n全年主动公开政府信息13012条。",
        "全年主动公开政府信息500条。\n全年发布信息700条。",
    ),
)


@looks_for(TWICE, order=153)
def told_twice(subject: Subject) -> Iterator[Finding]:
    """Two numbers with the same words, which leave no other whole to be meant."""
    known: dict[str, Statement] = {}
    for sentence in sentences(subject):
        for statement in sentence.statements:
            thing = _thing(statement, subject)
            if not thing:
                continue
            first = known.setdefault(f"{thing}{statement.unit}", statement)
            if not first.fits(statement.value) and not statement.fits(first.value):
                said = f"“{statement.words}”与前面的“{first.words}”（{first.sentence.where}）不同"
                yield TWICE.finding(subject, said, sentence.where, sentence.printed)


def _thing(statement: Statement, subject: Subject) -> str:
    """公开 or 发布 where a number is the whole of what an office posted in the year; "" for any other."""
    if not statement.counts or statement.unit not in _UNITS or statement.depth:
        return ""
    if other_year(statement.before, subject) or narrowed(statement.before, subject):
        return ""
    lead = statement.lead.replace(subject.published.org, "") if subject.published.org else statement.lead
    match = _WHOLE.fullmatch(lead)
    return match["verb"] if match else ""
