"""Rules on the words of a published report: doubled ones, gaps still open."""

from __future__ import annotations

import re
from typing import Iterator

from domain import Finding
from report.subject import Subject


def doubled_words(subject: Subject) -> Iterator[Finding]:
    """Rule 25: 条13条, 股(室)室, 的的 and the like."""
    pattern = r"([条次])\d+\1|([\u4e00-\u9fff])[(（]([\u4e00-\u9fff])[)）]\3|([的了和在对])\4"
    for section in subject.published.sections:
        for paragraph in section.paragraphs:
            for match in re.finditer(pattern, paragraph):
                yield Finding(
                    "WORDING", "warning", f"“{match.group()}”疑有重复或多余的字", section.heading or "第一部分", "", "改正文字"
                )


def gaps(subject: Subject) -> Iterator[Finding]:
    """A draft's request for what only the office knows must not be subject.published."""
    for section in subject.published.sections:
        for paragraph in section.paragraphs:
            for match in re.finditer(r"【请补充[^】]*】", paragraph):
                yield Finding(
                    "GAP", "warning", f"{match.group()}还没有补写", section.heading or "第一部分", "", "补写后删去括号"
                )


RULES = (gaps, doubled_words)
