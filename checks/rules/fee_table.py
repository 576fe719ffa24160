"""信息处理费 is part of 行政事业性收费 of table 2, in 万元."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.examples import Example
from checks.fees import read_statement
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

_PAID = {5: "发出信息处理费收费通知1件，总金额100元，实际收取100元。"}
_FEES = "table2.fees_wan_yuan"

FEE_TABLE = Rule(
    id="FEE-TABLE",
    title="实收信息处理费不多于表二行政事业性收费",
    severities=("error",),
    source="{form}填报说明",
    advice="核对两处的金额和单位",
    speaks=(Example(parts=_PAID), Example(parts=_PAID, cells={_FEES: Decimal("0.0099")})),
    silent=(
        Example(),
        Example(parts=_PAID, cells={_FEES: Decimal("0.01")}),
        Example(parts=_PAID, cells={_FEES: Decimal("893021.4417")}),
    ),
)


@looks_for(FEE_TABLE, order=300)
def within_table2(subject: Subject) -> Iterator[Finding]:
    """Rule 18: what was received against the cell of table 2."""
    said, fees = read_statement(subject), subject.number(_FEES)
    if said is None or not said.received or fees is None:
        return
    if said.received / 10000 > Decimal(str(fees)):
        paid = f"实际收取信息处理费 {said.received} 元（{said.received / 10000} 万元）"
        yield FEE_TABLE.finding(
            subject,
            f"{paid}，多于表二行政事业性收费 {fees} 万元",
            said.paragraph.where,
            subject.named(_FEES),
        )
