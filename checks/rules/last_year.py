"""What is given to compare with is of the year before, or of this one, and of the same organ."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject, same_organ
from domain import Finding

PREVIOUS = Rule(
    id="PREVIOUS",
    title="用来比较的上年文件、台账是同一机关、相应年度的",
    severities=("warning", "notice"),
    source="",
    advice="确认是同一机关（更名、简称），否则与上年的比较不成立",
    speaks=(
        Example(last_org="青川市水务局"),
        Example(last_org="青州市云溪县生态环境局"),
        Example(stale=(("上年的文件", 2020, 2023),)),
        Example(stale=(("台账", 2023, 2024),)),
    ),
    silent=(Example(), Example(last_org="云溪县生态环境局"), Example(last_cells={})),
)


@looks_for(PREVIOUS, order=0)
def of_another_year(subject: Subject) -> Iterator[Finding]:
    """A file of another year is not compared with, and that is said."""
    for what, year, wanted in subject.stale:
        said = f"{what}是 {year} 年的，不是 {wanted} 年的，没有用来比较"
        yield PREVIOUS.finding(subject, said, "全文", advice=f"换成 {wanted} 年的")


@looks_for(PREVIOUS, order=100)
def of_another_organ(subject: Subject) -> Iterator[Finding]:
    """A file of another organ, or of one by another name."""
    org, own = (subject.previous or {}).get("org") or "", subject.published.org
    if org and own and org != own:
        yield PREVIOUS.finding(
            subject,
            f"上年的文件是“{org}”的，本报告是“{own}”的",
            "全文",
            org,
            severity="notice" if same_organ(org, own) else "warning",
        )
