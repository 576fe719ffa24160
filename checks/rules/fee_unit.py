"""万元 and 元 mistaken: too many decimals, or 10,000 times what stands elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.examples import Example
from checks.fees import read_statement
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_STATED = read_words(__file__)["stated"]
_FEES = "table2.fees_wan_yuan"
_MOST_DECIMALS = 6  # of 万元: 1 分

FEE_UNIT = Rule(
    id="FEE-UNIT",
    title="行政事业性收费的单位是万元",
    severities=("warning",),
    source="{form}",
    advice="核对单位是否为万元",
    speaks=(
        Example(cells={_FEES: 315012}, last_cells={_FEES: Decimal("31.5012")}),
        Example(cells={_FEES: Decimal("723.12345678")}),
        Example("全年行政事业性收费共计31.5万元。", cells={_FEES: 315000}),
    ),
    silent=(
        Example(cells={_FEES: Decimal("72701.2578")}, last_cells={_FEES: Decimal("70012.1")}),
        Example(cells={_FEES: 315012}, last_cells={_FEES: Decimal("2000.5")}),
        Example("全年行政事业性收费共计31.5万元。", cells={_FEES: Decimal("31.5")}),
    ),
)


@looks_for(FEE_UNIT, order=310)
def units(subject: Subject) -> Iterator[Finding]:
    """Rule 19: the cell of table 2 against its decimals, last year's, the ledger's and the text's amounts."""
    fees = subject.number(_FEES)
    if not fees:
        return
    where, excerpt = subject.form.where(_FEES), subject.named(_FEES)
    decimals = -int(Decimal(str(fees)).as_tuple().exponent)
    if decimals > _MOST_DECIMALS:
        said = f"{where}为 {fees} 万元，小数有 {decimals} 位，小于 1 分"
        yield FEE_UNIT.finding(subject, said, where, excerpt)
    for name, other, slack in _other_amounts(subject):
        ratio = Decimal(str(fees)) / other
        times = ratio if ratio > 1 else 1 / ratio
        if 10000 / slack <= times <= 10000 * slack:
            said = f"{where}为 {fees} 万元，{name}为 {other.normalize():f} 万元，相差约一万倍，可能把元和万元弄混了"
            yield FEE_UNIT.finding(subject, said, where, excerpt)


def _other_amounts(subject: Subject) -> Iterator[tuple[str, Decimal, Decimal]]:
    """(where from, amount in 万元, factor by which it may differ) of what the fee can be held against."""
    before = ((subject.previous or {}).get("table2") or {}).get("fees_wan_yuan")
    if isinstance(before, (int, float, Decimal)) and before > 0:
        yield "上年", Decimal(str(before)), Decimal(4)
    ledger = subject.figures.table2.get("fees_wan_yuan") if subject.figures else None
    if ledger:
        yield "台账", Decimal(str(ledger)), Decimal("1.001")
    said = read_statement(subject)
    if said and said.received:
        yield "信息处理费实收金额", said.received / 10000, Decimal("1.001")
    for match in _STATED.finditer(subject.text):
        scale = {"万": 10000, "亿": 10**8}.get(match["scale"], 1)
        amount = Decimal(match["amount"].replace(",", "")) * scale / 10000
        if amount:
            yield "正文", amount, Decimal("1.01")
