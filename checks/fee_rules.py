"""Rules on fees: the three statements on 信息处理费, the tariff, and 万元 mistaken for 元.

Legal source: 政府信息公开信息处理费管理办法 (国办函〔2020〕109号), for reports of 2021 and later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from checks.subject import NUMERALS, Paragraph, Subject
from domain import Finding
from gates import find_numerals

LAW = "国办函〔2020〕109号"
_FIRST_YEAR = 2021
_FEE = re.compile(r"信息处理费|信息公开(?:的)?费用|(?:收费|缴费|费用)通知|收费情况")
_NOTHING = r"(?:未|没有|无|不存在|从未|尚未)"
_NONE_SENT = re.compile(rf"{_NOTHING}[^，。；]{{0,12}}(?:发出|发送|下发|送达|制发)[^，。；]{{0,12}}通知")
_NONE_CHARGED = re.compile(
    rf"{_NOTHING}(?!无)[^，。；]{{0,14}}(?:收取|收到|产生|发生|收费|收缴|征收)|免费|零收费|不收取|{_NOTHING}[^，。；]{{0,8}}信息处理费"
)
_NOTICES = ("件", "份", "次", "起", "个", "宗")
_BOTH_NONE = re.compile(r"(?:件数|通知)[^，。；\d]{0,6}(?:和|、|及|与)[^，。；\d]{0,10}金额[^，。；\d]{0,2}为?0")
_RECEIVED = re.compile(r"实际收|实收|实际缴|共?收取|收缴|已收|到账|缴纳")


@dataclass(frozen=True)
class FeeStatement:
    """What a report says of 信息处理费: notices sent, 元 due and 元 received; None where it does not say."""

    paragraph: Paragraph
    notices: int | None
    due: Decimal | None
    received: Decimal | None


def read_statement(subject: Subject) -> FeeStatement | None:
    """The statement, in part 六 or wherever it stands; None where the report does not speak of it."""
    spoken = [paragraph for paragraph in subject.paragraphs if _FEE.search(paragraph.text)]
    spoken = [paragraph for paragraph in spoken if paragraph.part == 5] or [p for p in spoken if "信息处理费" in p.text]
    if not spoken:
        return None
    # the statement may go over several paragraphs of the part: （一）…；（二）…
    text = re.sub("零(?=[件份次元])", "0", "\n".join(paragraph.text for paragraph in spoken))
    notices, due, received = _amounts(text)
    if _BOTH_NONE.search(text):
        notices, due = notices or 0, due if due is not None else Decimal(0)
    if _NONE_SENT.search(text) and notices is None:
        notices, due = 0, due or Decimal(0)
    if _NONE_CHARGED.search(text) and received is None:
        received = Decimal(0)
    return FeeStatement(spoken[0], notices, due, received)


def _amounts(text: str) -> tuple[int | None, Decimal | None, Decimal | None]:
    """(notices, due, received) by the words before each number of a clause that speaks of fees."""
    notices = due = received = None
    end = 0
    for numeral in find_numerals(text):
        lead, end = text[end : numeral.start], numeral.end
        if not re.fullmatch(r"\d+(?:\.\d+)?", numeral.value):
            continue
        value = Decimal(numeral.value)
        if numeral.unit == "元":
            if _RECEIVED.search(lead):
                received = received if received is not None else value
            else:
                due = due if due is not None else value
        elif (
            numeral.unit in _NOTICES
            and "通知" in lead[-24:]
            and notices is None
            or numeral.unit in _NOTICES
            and re.match(r"[^，。；\d]{0,14}通知", text[end:])
            and notices is None
        ):
            notices = int(value)
    return notices, due, received


def statement(subject: Subject) -> Iterator[Finding]:
    """Rule 17: notices sent, amount due and amount received are stated, zeros as well, and agree."""
    if subject.published.year and subject.published.year < _FIRST_YEAR:
        return
    said = read_statement(subject)
    advice = "写明发出收费通知的件数、总金额和实际收取的总金额，没有发生的写 0"
    if said is None:
        # whoever closed applications because a fee was not paid has sent notices
        unpaid = subject.number("table3.other.fee_unpaid.total")
        severity, why = (
            ("error", f"，而表三“逾期未按收费通知要求缴纳费用”为 {unpaid} 件") if unpaid else ("warning", "")
        )
        yield Finding("FEES", severity, f"没有报告收取信息处理费的情况{why}", "第六部分", LAW, advice)
        return
    where, excerpt = said.paragraph.where, said.paragraph.text
    if said.paragraph.part != 5:
        yield Finding(
            "FEES",
            "warning",
            f"信息处理费写在第{NUMERALS[said.paragraph.part]}部分，第六部分没有报告",
            where,
            LAW,
            "移到第六部分",
            excerpt,
        )
    named = {"收费通知件数": said.notices, "总金额": said.due, "实际收取金额": said.received}
    if missing := "、".join(name for name, value in named.items() if value is None):
        yield Finding("FEES", "warning", f"信息处理费的说明不完整，没有写{missing}", where, LAW, advice, excerpt)
    if said.notices == 0 and said.due:
        yield Finding("FEES", "error", f"收费通知为 0 件，总金额却是 {said.due} 元", where, LAW, "核对后改正", excerpt)
    if said.due is not None and said.received is not None and said.received > said.due:
        yield Finding(
            "FEES",
            "warning",
            f"实际收取 {said.received} 元，多于通知的总金额 {said.due} 元",
            where,
            LAW,
            "核对金额；含上年通知缴费的写明",
            excerpt,
        )


def tariff(subject: Subject) -> Iterator[Finding]:
    """Rule 18: the amount due can be made up of as many notices under the tariff (per item or per page)."""
    said = read_statement(subject)
    if said is None or not said.notices or said.due is None:
        return
    why = unreachable(said.notices, said.due)
    if why:
        # one notice may cover several applications, whose fees add up
        severity = "error" if said.due % 10 or said.due < 10 * said.notices else "warning"
        yield Finding(
            "FEE-TARIFF", severity, why, said.paragraph.where, LAW, "核对件数、页数和档次", said.paragraph.text
        )


def within_table2(subject: Subject) -> Iterator[Finding]:
    """Rule 18: 信息处理费 is part of 行政事业性收费 of table 2, in 万元."""
    said, fees = read_statement(subject), subject.number("table2.fees_wan_yuan")
    if said is None or not said.received or fees is None:
        return
    if said.received / 10000 > Decimal(str(fees)):
        yield Finding(
            "FEE-TABLE",
            "error",
            f"实际收取信息处理费 {said.received} 元（{said.received / 10000} 万元），多于表二行政事业性收费 {fees} 万元",
            said.paragraph.where,
            f"{subject.form.document}填报说明",
            "核对两处的金额和单位",
            subject.named("table2.fees_wan_yuan"),
        )


def unreachable(notices: int, due: Decimal) -> str:
    """Why so many notices cannot come to ``due`` 元 under the tariff; "" where they can.

    Every fee is a multiple of 10 元 and at least 10 元. Two notices reach every such sum, because the
    per-page fees take every multiple up to 700 元 and leave no gap above as wide; one does not.
    """
    if due % 10:
        return f"收费总金额 {due} 元不是 10 元的倍数，按件（每件 100 元的整数倍）、按页（每页 10、20、40 元）都得不出"
    if due < 10 * notices:
        return f"{notices} 件收费通知的总金额 {due} 元太少，按收费标准每件至少 10 元"
    if notices == 1 and not (_by_page(int(due)) or _by_item(int(due))):
        return f"1 件收费通知 {due} 元，按件或按页的收费标准都得不出这个金额"
    return ""


def _by_page(due: int) -> bool:
    """Pages 31–100 at 10 元, 101–200 at 20 元, the rest at 40 元."""
    if due <= 700:
        return due % 10 == 0
    return (due - 700) % 20 == 0 if due <= 2700 else (due - 2700) % 40 == 0


def _by_item(due: int) -> bool:
    """Items 11–30 at 100 元, then each further ten at 100 元 more than the ten before."""
    price, room = 100, 20
    while due > price * room:
        due -= price * room
        price, room = price + 100, 10
    return due % price == 0


def units(subject: Subject) -> Iterator[Finding]:
    """Rule 19: 万元 and 元 mistaken: too many decimals, or 10,000 times what stands elsewhere."""
    fees = subject.number("table2.fees_wan_yuan")
    if fees is None or not fees:
        return
    where, excerpt = subject.form.where("table2.fees_wan_yuan"), subject.named("table2.fees_wan_yuan")
    decimals = -Decimal(str(fees)).as_tuple().exponent
    if decimals > 6:
        yield Finding(
            "FEE-UNIT",
            "warning",
            f"{where}为 {fees} 万元，小数有 {decimals} 位，小于 1 分",
            where,
            subject.form.document,
            "核对单位是否为万元",
            excerpt,
        )
    for name, other, slack in _other_amounts(subject):
        ratio = Decimal(str(fees)) / other
        times = ratio if ratio > 1 else 1 / ratio
        if 10000 / slack <= times <= 10000 * slack:
            yield Finding(
                "FEE-UNIT",
                "warning",
                f"{where}为 {fees} 万元，{name}为 {other.normalize():f} 万元，相差约一万倍，可能把元和万元弄混了",
                where,
                subject.form.document,
                "核对单位是否为万元",
                excerpt,
            )


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
    for match in re.finditer(r"行政事业性收费[^。；\d]{0,20}([\d,]+(?:\.\d+)?)\s*(万|亿)?元", subject.text):
        amount = Decimal(match.group(1).replace(",", "")) * {"万": 10000, "亿": 10**8}.get(match.group(2), 1) / 10000
        if amount:
            yield "正文", amount, Decimal("1.01")


RULES = (statement, tariff, within_table2, units)
