"""The unit of an amount of money: 元 or 万元, from its own cell, the heading, or a line above the headings.

A blank unit of an amount that is not zero, two units that say different things, and an amount that only a
slip in the unit explains are asked about.
"""

from __future__ import annotations

import re
from decimal import Decimal

from statutory.places import Place
from statutory.remarks import Remarks

YUAN, WAN = "元", "万元"
YUAN_IN_WAN = Decimal(10_000)
_FACTORS = {
    YUAN: Decimal(1),
    "人民币元": Decimal(1),
    "千元": Decimal(1000),
    WAN: YUAN_IN_WAN,
    "万": YUAN_IN_WAN,
    "百万元": Decimal(10**6),
}
_STATED = re.compile(
    r"(?:金额单位[：:]?|(?<![\u4e00-\u9fff])单位[：:])[^，。；]{0,6}?(百万元|万元|千元|元)(?![\u4e00-\u9fff])"
    r"|[（(](?:人民币)?(万元|千元|元)[）)]"
)
_IMPROBABLE = YUAN_IN_WAN  # 万元: a hundred million yuan of fees, or of one fee, is no county's


def stated_unit(text: str) -> str:
    """The unit that a heading or a line above the headings states, "" where it states none."""
    match = _STATED.search(text)
    return next((unit for unit in match.groups() if unit), "") if match else ""


def amount(
    name: str, value: Decimal, own: str, stated: str, wanted: str, place: Place, remarks: Remarks
) -> Decimal | None:
    """``value`` in the ``wanted`` unit; None, with a problem, for a unit that is none of money.

    ``own`` is the unit in the amount's row, ``stated`` that of the heading or above it.
    """
    if own and own not in _FACTORS:
        remarks.problem(f"“{name}”的单位应为{wanted}", place)
        return None
    if not value:
        return value
    unit = own or stated
    said = ""
    if own and stated and _FACTORS[own] != _FACTORS[stated]:
        said = f"“{name}”{value:f}：这一行的单位是{own}，表上写的单位是{stated}，应按哪个？"
    elif not unit:
        said = f"“{name}”{value:f}没有写单位，是元还是万元？"
    elif _FACTORS[unit] == YUAN_IN_WAN and value >= _IMPROBABLE:
        said = f"“{name}”{value:f}{unit}，金额大得少见，单位是万元还是元？"
    if said:
        assumed = unit if unit in (YUAN, WAN) else YUAN if value >= YUAN_IN_WAN or wanted == YUAN else WAN
        units = dict.fromkeys((YUAN, WAN, *(one for one in (own, stated) if one)))
        about = f"{name}|{value:f}|{own}|{stated}"
        unit = remarks.doubts.ask("unit", about, said, [place], {one: one for one in units}, assumed)
    elif _FACTORS[unit] != _FACTORS[wanted]:
        where = f"工作表“{place.part}”第{place.row}行"
        remarks.warning(f"{where}：“{name}”的单位是{unit}，已折算为{wanted}")
    return value * _FACTORS[unit] / _FACTORS[wanted]
