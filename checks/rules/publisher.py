"""The organ of the title is the one that signs."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject, same_organ
from checks.titles import organ_of
from domain import Finding

PUBLISHER = Rule(
    id="PUBLISHER",
    title="标题的机关就是落款的机关",
    severities=("warning",),
    source="《政府信息公开条例》第四十九条",
    advice="核对编制机关，标题与落款用同一名称",
    speaks=(
        Example(title="云溪县教育局2024年政府信息公开工作年度报告"),
        Example(title="2024年青州市水务局政府信息公开工作年度报告"),
    ),
    silent=(
        Example(),
        Example(title="青州市云溪县生态环境局2024年政府信息公开工作年度报告"),
        Example(org="云溪县人民政府办公室", title="云溪县人民政府2024年政府信息公开工作年度报告"),
        Example(title="政府信息公开工作年度报告"),
    ),
)


@looks_for(PUBLISHER, order=60)
def publisher(subject: Subject) -> Iterator[Finding]:
    """Rule 20: two names that are not of one organ."""
    named, signed = organ_of(subject.published.title), subject.published.org
    if named and signed and not same_organ(named, signed):
        said = f"标题的机关是“{named}”，落款是“{signed}”"
        yield PUBLISHER.finding(subject, said, "标题和落款", f"{named}/{signed}")
