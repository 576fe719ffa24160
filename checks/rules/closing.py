"""The report says whose it is, of which year, and when it was signed."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

CLOSING = Rule(
    id="CLOSING",
    title="写明编制机关、报告年度和落款日期",
    severities=("warning",),
    source="《政府信息公开条例》第四十九条",
    advice="在标题和落款中写明",
    speaks=(
        Example(org="", title="2024年政府信息公开工作年度报告"),
        Example(unsigned=True),
    ),
    silent=(Example(), Example(org="青州市人民政府", signed="2025-03-20")),
)


@looks_for(CLOSING, order=50)
def identity(subject: Subject) -> Iterator[Finding]:
    """What is not there: a question, since a page prints title and date apart from the text that was copied."""
    published = subject.published
    known = {
        "编制机关": published.org,
        "报告年度": published.year,
        "落款日期": published.signature_date or published.posted,
    }
    for name, value in known.items():
        if not value:
            said = (
                f"没有写明{name}，网页上的日期常在正文之外，请核对"
                if name == "落款日期"
                else f"没有找到{name}，标题可能没有一同复制，请核对"
            )
            yield CLOSING.finding(subject, said, "标题和落款", name, advice=f"{CLOSING.advice}{name}")
