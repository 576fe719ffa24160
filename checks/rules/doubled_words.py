"""条13条, 股(室)室, 的的 and the like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding, Mend

_WORDS = read_words(__file__)
_DOUBLED, _SAID_TWICE = _WORDS["doubled"], _WORDS.listed("said_twice")
_SURE = re.compile(r"(.+)\1")  # one of the two can go; of 条13条 and 股(室)室 somebody has to say which
_AROUND = 6  # characters that are quoted on either side

WORDING = Rule(
    id="WORDING",
    title="没有重复、多余的字",
    severities=("warning",),
    source="",
    advice="核对并改正文字",
    speaks=texts(
        "发布各类信息条13条。", "各股(室)室及时公开。", "规范了了流程。", "政务公开公开到位。", "及时更新，，方便查询。"
    ),
    silent=texts(
        "办理监督事项5项。", "制发行政规范性文件2件。", "各项工作一件一件落实。", "现在在建项目的的确确公开。"
    ),
)


@looks_for(WORDING, order=370)
def doubled_words(subject: Subject) -> Iterator[Finding]:
    """What stands twice, but for what is said twice."""
    for paragraph in subject.paragraphs:
        for match in _DOUBLED.finditer(paragraph.text):
            if match.group() in _SAID_TWICE:
                continue
            start = max(0, match.start() - _AROUND)
            excerpt = paragraph.text[start : match.end() + _AROUND]
            once = _SURE.fullmatch(match.group())
            mend = Mend(match.group(), once[1], match.start() - start) if once else None
            said = f"“{match.group()}”疑有重复或多余的字"
            yield WORDING.finding(subject, said, paragraph.where, excerpt, mend=mend)
