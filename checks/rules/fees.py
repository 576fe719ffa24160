"""Notices sent, amount due and amount received are stated, zeros as well, and agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.examples import Example, applications
from checks.fees import FIRST_YEAR, LAW, FeeStatement, read_statement
from checks.rule import Rule, looks_for
from checks.subject import NUMERALS, Subject
from domain import Finding

_CHARGED = {"table2.fees_wan_yuan": Decimal("0.5")}  # 行政事业性收费 that the fee can be part of

FEES = Rule(
    id="FEES",
    title="报告信息处理费：收费通知件数、总金额、实际收取总金额",
    severities=("warning", "error", "notice"),
    source=LAW,
    advice="写明发出收费通知的件数、总金额和实际收取的总金额，没有发生的写 0",
    speaks=(
        Example(parts={5: "无其他需要报告的事项。"}),
        Example(parts={5: "本年度未收取信息处理费。"}),
        Example(parts={5: "发出信息处理费收费通知2件，总金额200元。"}),
        Example(parts={5: "发出信息处理费收费通知0件，总金额200元，实际收取200元。"}, cells=_CHARGED),
        Example(parts={5: "发出信息处理费收费通知2件，总金额200元，实际收取300元。"}, cells=_CHARGED),
        Example("发出信息处理费收费通知0件，总金额0元，实际收取0元。", parts={5: "无。"}),
        Example(parts={5: "无其他事项。"}, cells=applications(new_received=1, other__fee_unpaid=1)),
    ),
    silent=(
        Example(),
        Example(parts={5: "本单位发出信息处理费收费通知书零份，总金额零元，实际收取零元。"}),
        Example(parts={5: "信息处理费：发出收费通知的件数和总金额为0，实际收取的总金额为0元。"}),
        Example(parts={5: "我局2024年没有发出收费通知，也没有收取信息处理费。"}),
        Example(parts={5: "共向2名申请人发出收费通知2件，收费金额共计660元，已全部缴纳660元。"}, cells=_CHARGED),
        Example(parts={5: "无其他需要报告的事项。"}, year=2020),
    ),
)


@looks_for(FEES, order=280)
def statement(subject: Subject) -> Iterator[Finding]:
    """The statement is there, in part 六, and whole; for reports of 2021 and later."""
    if subject.published.year and subject.published.year < FIRST_YEAR:
        return
    said = read_statement(subject)
    if said is None:
        # whoever closed applications because a fee was not paid has sent notices
        unpaid = subject.number("table3.other.fee_unpaid.total")
        why = f"，而表三“逾期未按收费通知要求缴纳费用”为 {unpaid} 件" if unpaid else ""
        severity = "error" if unpaid else None
        yield FEES.finding(subject, f"没有报告收取信息处理费的情况{why}", "第六部分", severity=severity)
        return
    where, excerpt = said.paragraph.where, said.paragraph.text
    if said.paragraph.part != 5:
        told = f"信息处理费写在第{NUMERALS[said.paragraph.part]}部分，第六部分没有报告"
        yield FEES.finding(subject, told, where, excerpt, advice="移到第六部分")
    named = {"收费通知件数": said.notices, "总金额": said.due, "实际收取金额": said.received}
    if missing := "、".join(name for name, value in named.items() if value is None):
        severity = "notice" if said.received == 0 else None  # who charged nothing has told what matters
        yield FEES.finding(subject, f"信息处理费的说明不完整，没有写{missing}", where, excerpt, severity=severity)
    yield from _amounts(said, subject)


def _amounts(said: FeeStatement, subject: Subject) -> Iterator[Finding]:
    """What does not agree of the three."""
    where, excerpt = said.paragraph.where, said.paragraph.text
    if said.notices == 0 and said.due:
        told = f"收费通知为 0 件，总金额却是 {said.due} 元"
        yield FEES.finding(subject, told, where, excerpt, severity="error", advice="核对后改正")
    if said.due is not None and said.received is not None and said.received > said.due:
        told = f"实际收取 {said.received} 元，多于通知的总金额 {said.due} 元"
        yield FEES.finding(subject, told, where, excerpt, advice="核对金额；含上年通知缴费的写明")
