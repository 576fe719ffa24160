"""Rules on the statement of 信息处理费: complete, and reachable under the tariff."""

from __future__ import annotations

import re
from typing import Iterator

from domain import Finding
from report.subject import Subject


def fee_statement(subject: Subject) -> Iterator[Finding]:
    """Rule 17: part six states notices sent, amount due and amount received, zeros as well."""
    other = subject.part(5)
    law = "国办函〔2020〕109号"
    if "信息处理费" not in other:
        yield Finding("FEES", "error", "没有报告收取信息处理费的情况", "第六部分", law, "写明收费通知件数、应收和实收金额")
    elif not (re.search(r"通知", other) and re.search(r"总金额|应收", other)):
        yield Finding(
            "FEES", "warning", "信息处理费的说明不完整：应写明发出收费通知的件数、总金额和实际收取的金额", "第六部分", law,
            "补写三项，没有发生的写 0",
        )


RULES = (fee_statement,)
