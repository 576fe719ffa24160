"""Departments publish by 31 January, governments by 31 March."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.titles import organ_of
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_GOVERNMENT, _OFFICE = _WORDS["government"], _WORDS["office"]

DEADLINE = Rule(
    id="DEADLINE",
    title="在规定的期限内公布：部门 1 月 31 日前，政府 3 月 31 日前",
    severities=("error", "warning"),
    source="《政府信息公开条例》第四十九条",
    advice="核对落款日期",
    speaks=(
        Example(signed="2025-02-20"),
        Example(signed="2024-12-30"),
        Example(org="青川市人民政府", signed="2025-04-02"),
        Example(org="云溪县人民政府办公室", signed="2025-03-20"),
        Example(posted="2025-02-08"),
        Example(posted="2025-02-08", unsigned=True),
    ),
    silent=(
        Example(posted="2025-01-24"),
        Example(posted="2025-01-10", unsigned=True),
        Example(org="云溪县人民政府", signed="2025-03-20", posted="2025-03-31"),
        Example(signed="2025-01-31"),
        Example(org="云溪县人民政府", signed="2025-03-20"),
        Example(org="云溪县人民政府办公室", title="云溪县人民政府2024年政府信息公开工作年度报告", signed="2025-03-20"),
    ),
)


@looks_for(DEADLINE, order=70)
def deadline(subject: Subject) -> Iterator[Finding]:
    """The day of signing against the end of the year and the last day (条例第四十九条).

    Where the name does not tell whether it is a government, a date in February or March is a question.
    """
    signed, year, posted = subject.published.signature_date, subject.published.year, subject.published.posted
    if not year or not (signed or posted):
        return
    org = subject.published.org
    # a government's own report is often signed by its office, which publishes it
    named = organ_of(subject.published.title) if _OFFICE.search(org) else org
    last = date(year + 1, 3, 31) if _GOVERNMENT.search(named) or not org else date(year + 1, 1, 31)
    excerpt = f"落款 {signed}"
    if signed and signed <= date(year, 12, 31):
        said = f"落款日期 {signed} 早于{year}年度结束（{year}-12-31）"
        yield DEADLINE.finding(subject, said, "落款", excerpt, advice="核对年度和落款日期")
    elif signed and signed > last:
        yield DEADLINE.finding(subject, f"落款日期 {signed} 晚于应公布的最后一天 {last}", "落款", excerpt)
    elif posted and posted > last:  # a page that was moved carries a later day
        said = f"网页上的发布日期 {posted} 晚于应公布的最后一天 {last}，网页是否后来重新发布过"
        yield DEADLINE.finding(
            subject, said, "发布日期", f"发布 {posted}", severity="warning", advice="核对实际公布的日期"
        )
