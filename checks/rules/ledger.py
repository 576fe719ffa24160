"""Every cell of the three tables equals the ledger's figure."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.leaves import is_number, leaves
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

LEDGER = Rule(
    id="LEDGER",
    title="三张表与台账一致",
    severities=("error",),
    source="",
    advice="核对台账与报告，以核实的为准",
    speaks=(
        Example(cells={"table2.licensing": 8}, ledger={"table2.licensing": 9}),
        Example(ledger={"table4.review.upheld": 1, "table4.review.total": 1}),
    ),
    silent=(
        Example(cells={"table2.licensing": 8}),
        Example(cells={"table2.licensing": 8}, ledger={"table2.licensing": 8}),
        Example(cells={"table2.licensing": None}, ledger={"table2.licensing": 8}),
    ),
)


@looks_for(LEDGER, order=110)
def against_ledger(subject: Subject) -> Iterator[Finding]:
    """The cells that differ; one that holds no number is told by another rule."""
    computed = subject.figures.flat() if subject.figures else {}
    for key, value in leaves(subject.published.tables):
        if key in computed and is_number(value) and value != computed[key]:
            where = subject.form.where(key)
            said = f"{where}：报告为 {value}，按台账计算为 {computed[key]}"
            yield LEDGER.finding(subject, said, where, subject.named(key))
