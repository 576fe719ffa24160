"""The regulation under which the report is made is named somewhere in it."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_NAMED = _WORDS["named"]
_TOPICS = "主动公开信息。依申请公开规范办理。政府信息管理流程明确。维护网站。监督检查按期进行，考核评议良好。"

BASIS = Rule(
    id="BASIS",
    title="写明编制依据",
    severities=("warning",),
    source="《政府信息公开条例》第四十九条、第五十条",
    advice="在前言写明编制依据",
    speaks=(
        Example(parts={0: _TOPICS}),
        Example(parts={0: f"按照上级要求编制本报告。{_TOPICS}"}),
    ),
    silent=(
        Example(),
        Example(parts={0: f"根据《中华人民共和国政府信息公开条例》编制。{_TOPICS}"}),
        Example(parts={0: f"认真学习《条例》。{_TOPICS}"}),
    ),
)


@looks_for(BASIS, order=140)
def legal_basis(subject: Subject) -> Iterator[Finding]:
    """No part of the report names it, by its title or as 《条例》."""
    if not _NAMED.search(subject.text):
        yield BASIS.finding(subject, "全文没有引用《政府信息公开条例》", "前言")
