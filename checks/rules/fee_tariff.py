"""The amount due can be made up of as many notices under the tariff (per item or per page)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.examples import Example
from checks.fees import LAW, read_statement
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding


def _examples(*given: tuple[int, int]) -> tuple[Example, ...]:
    said = "发出信息处理费收费通知{0}件，总金额{1}元，实际收取0元。"
    return tuple(Example(parts={5: said.format(notices, due)}) for notices, due in given)


TARIFF = Rule(
    id="FEE-TARIFF",
    title="收费总金额按收费标准得得出来",
    severities=("error", "warning"),
    source=LAW,
    advice="核对件数、页数和档次",
    speaks=_examples((1, 1245), (3, 20), (1, 710), (2, 15)),
    silent=_examples((0, 0), (1, 700), (1, 720), (2, 710), (1, 2740)),
)


@looks_for(TARIFF, order=290)
def tariff(subject: Subject) -> Iterator[Finding]:
    """Rule 18: an error where no number of applications could come to it."""
    said = read_statement(subject)
    if said is None or not said.notices or said.due is None:
        return
    if why := unreachable(said.notices, said.due):
        # one notice may cover several applications, whose fees add up
        severity = "error" if said.due % 10 or said.due < 10 * said.notices else "warning"
        yield TARIFF.finding(subject, why, said.paragraph.where, said.paragraph.text, severity=severity)


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
