"""Rules on the words of a published report: doubled ones, and gaps of a draft still open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.subject import Subject
from domain import Finding

# 条13条 (not 事项12项, 人次30次; so many nouns end in 件 that 文件2件 is none either); 股(室)室;
# 的的 (not 的的确确, 现在在建, 了了解); 公开公开; ，，
_DOUBLED = re.compile(
    r"(?<![要零事款奖选专立人场批频班档月年身省线头])([条次项个份])\d+\1(?!例|款|目)"
    r"|[\u4e00-\u9fff][(（]([\u4e00-\u9fff])[)）]\2"
    r"|(?<![现存实])([的了和在对将与及为是被])\3(?![确谐线建职编岗册校解望口照会时否民告申方象外比策接])"
    r"|([\u4e00-\u9fff]{2,8})\4"
    r"|([，。；、：])\5"
)
_SAID_TWICE = (
    "千千万万",
    "家家户户",
    "研究研究",
    "讨论讨论",
    "一项一项",
    "一条一条",
    "一件一件",
    "一步一步",
    "逐项逐项",
)


def doubled_words(subject: Subject) -> Iterator[Finding]:
    """Rule 25: 条13条, 股(室)室, 的的 and the like."""
    for paragraph in subject.paragraphs:
        for match in _DOUBLED.finditer(paragraph.text):
            if match.group() in _SAID_TWICE:
                continue
            excerpt = paragraph.text[max(0, match.start() - 6) : match.end() + 6]
            yield Finding(
                "WORDING",
                "warning",
                f"“{match.group()}”疑有重复或多余的字",
                paragraph.where,
                "",
                "核对并改正文字",
                excerpt,
            )


def gaps(subject: Subject) -> Iterator[Finding]:
    """A draft's request for what only the office knows must not be published."""
    for paragraph in subject.paragraphs:
        for match in re.finditer(r"【请补充[^】]*】", paragraph.text):
            yield Finding(
                "GAP", "warning", f"{match.group()}还没有补写", paragraph.where, "", "补写后删去括号", match.group()
            )


RULES = (gaps, doubled_words)
