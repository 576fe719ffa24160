"""A report of 2021 or later is made under the format, no longer under the trial format."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example, texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_TRIAL, _ENDED = _WORDS["trial"], _WORDS["ended"]
_FIRST_YEAR = 2021

TRIAL_FORMAT = Rule(
    id="FORMAT-CITED",
    title="引用的是报告年度的格式，不是试行格式",
    severities=("warning",),
    source="{form}",
    advice="改引《中华人民共和国政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
    speaks=texts(
        "根据《中华人民共和国政府信息公开工作年度报告格式（试行）》编制。",
        "按照《政府信息公开工作年度报告格式(试行)》的要求编制。",
        "按政府信息公开工作年度报告（试行）格式编写。",
    ),
    silent=(
        *texts(
            "根据《中华人民共和国政府信息公开工作年度报告格式》编制。",
            "原《政府信息公开工作年度报告格式（试行）》不再使用。",
            "印发《信息发布管理办法（试行）》。",
        ),
        Example("根据《政府信息公开工作年度报告格式（试行）》编制。", year=2020, parts={5: "无。"}),
    ),
)


@looks_for(TRIAL_FORMAT, order=145)
def trial_format(subject: Subject) -> Iterator[Finding]:
    """The trial format named as the one that the report follows."""
    if subject.published.year and subject.published.year < _FIRST_YEAR:
        return
    for paragraph in subject.paragraphs:
        for match in _TRIAL.finditer(paragraph.text):
            if not _ENDED.search(paragraph.text):
                said = f"引用的“{match.group()}”是 2019、2020 年度的试行格式，本年度已有正式格式"
                yield TRIAL_FORMAT.finding(subject, said, paragraph.where, match.group())
