"""The unit of money: own cell, heading, line above; what is open is asked."""

from decimal import Decimal

import pytest

from statutory import compute
from statutory.fees import stated_unit
from tests.statutory.books import Book, sound, write


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("金额单位：元", "元"),
        ("单位：万元", "万元"),
        ("（金额单位：人民币元）", "元"),
        ("填报单位：某县生态环境局", ""),
        ("单位：件、万元", "万元"),
        ("数值（万元）", "万元"),
        ("单位", ""),
        ("计量单位", ""),
        ("单位名称：元氏县分局", ""),
    ],
)
def test_a_line_or_heading_states_a_unit(text, unit):
    assert stated_unit(text) == unit


@pytest.mark.parametrize(
    ("value", "own", "above", "heading", "fee", "asked"),
    [
        (3.2, "万元", "", "数值", "3.2", False),
        (32000, "元", "", "数值", "3.2", False),
        (32, "千元", "", "数值", "3.2", False),
        (32000, "", "金额单位：元", "数值", "3.2", False),
        (32000, "", "", "数值（元）", "3.2", False),
        (3.2, "", "", "金额（万元）", "3.2", False),
        (0, "", "", "数值", "0", False),
        (0, "万元", "金额单位：元", "数值", "0", False),
        (32000, "", "", "数值", "3.2", True),
        (32000, "万元", "", "数值", "32000", True),
        (32000, "万元", "金额单位：元", "数值", "32000", True),
        (3.2, "", "", "数值", "0.00032", True),
    ],
)
def test_the_fee_in_wan_yuan(tmp_path, value, own, above, heading, fee, asked):
    book = Book(sound())
    rows = book.sheets["汇总数据"]
    rows[0][2], rows[1][2:4] = heading, [value, own]
    if above:
        rows.insert(0, [above])
    result = compute(write(book, tmp_path))
    assert bool(result.open_questions) == asked
    if asked and "没有写单位" in result.open_questions[0].text:
        choice = result.open_questions[0]
        answered = compute(write(book, tmp_path), answers={choice.id: "万元"})
        assert answered.figures.table2["fees_wan_yuan"] == Decimal(str(value)) and answered.final
    else:
        assert result.figures.table2["fees_wan_yuan"] == Decimal(fee)
