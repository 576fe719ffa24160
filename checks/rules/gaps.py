"""A draft's request for what only the office knows must not be published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

_GAP = re.compile(r"【请补充[^】]*】")

GAP = Rule(
    id="GAP",
    title="草稿里要补充的都已补写",
    severities=("warning",),
    source="",
    advice="补写后删去括号",
    speaks=texts("组织业务培训【请补充：次数和内容】。", "【请补充】"),
    silent=texts("组织业务培训两次。", "请补充材料的，一次性告知。"),
)


@looks_for(GAP, order=360)
def gaps(subject: Subject) -> Iterator[Finding]:
    """Each gap that is still open."""
    for paragraph in subject.paragraphs:
        for match in _GAP.finditer(paragraph.text):
            yield GAP.finding(subject, f"{match.group()}还没有补写", paragraph.where, match.group())
