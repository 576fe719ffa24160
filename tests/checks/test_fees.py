"""Rules 17 to 19: the three fee statements in many wordings, the tariff, and 万元 taken for 元."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.rules.fee_table import within_table2
from checks.rules.fee_tariff import tariff, unreachable
from checks.rules.fee_unit import units
from checks.rules.fees import statement
from tests.checks.narrative_subjects import subject, told


def said(text):
    return [finding.message for finding in statement(subject(parts={5: text}))]


@pytest.mark.parametrize(
    "text",
    [
        "按照规定，本年度发出收费通知0件，应收0元，实收0元。",
        "本单位发出信息处理费收费通知书0份，总金额0元，实际收取0元。",
        "信息处理费：发出收费通知的件数和总金额为0，实际收取的总金额为0元。",
        "我局2024年没有发出收费通知，也没有收取信息处理费。",
        "本年度发出收费通知3件，总金额300元，实际收取总金额300元。",
        "根据《政府信息公开信息处理费管理办法》，共向2名申请人发出收费通知2件，收费金额共计660元，已全部缴纳660元。",
        "本机关2024年度发出收费通知1件，金额为100元，申请人逾期未缴费，实际收取0元。",
        "全市共发出信息处理费收费通知单12件，合计金额4580元，实际到账3960元。",
        "收费通知的件数：0件；收费通知的总金额：0元；实际收取的信息处理费总金额：0元。",
        "全年发出信息处理费收费通知零件，总金额零元，实际收取零元。",
        "发出信息处理费收费通知4件，金额合计1,240元，实际收取960元。",
    ],
)
def test_a_complete_statement_is_complete_in_any_wording(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("无其他需要报告的事项。", "没有报告"),
        ("本年度未收取信息处理费。", "收费通知件数、总金额"),
        ("发出信息处理费收费通知2件。", "总金额、实际收取金额"),
        ("发出信息处理费收费通知2件，总金额200元。", "实际收取金额"),
        ("发出信息处理费收费通知0件，总金额200元，实际收取200元。", "收费通知为 0 件"),
        ("发出信息处理费收费通知2件，总金额200元，实际收取300元。", "多于"),
    ],
)
def test_what_is_missing_or_does_not_agree_is_named(text, missing):
    assert any(missing in message for message in said(text))


@pytest.mark.parametrize(
    ("notices", "due", "possible"),
    [
        (1, 100, True),
        (1, 10, True),
        (1, 700, True),
        (1, 720, True),
        (1, 2700, True),
        (1, 2740, True),
        (1, 1000, True),
        (1, 2200, True),  # 20 applications are 1000 by item; 2200 is 700 + 75 × 20 by page
        (1, 155, False),
        (1, 710, False),
        (1, 2710, False),
        (2, 710, True),
        (3, 20, False),
        (2, 15, False),
    ],
)
def test_the_sums_that_the_tariff_can_make(notices, due, possible):
    assert (unreachable(notices, Decimal(due)) == "") == possible


def _fee_of_pages(pages):
    return sum(0 if page <= 30 else 10 if page <= 100 else 20 if page <= 200 else 40 for page in range(1, pages + 1))


def _fee_of_items(items):
    return sum(
        0 if item <= 10 else 100 if item <= 30 else 100 * ((item - 31) // 10 + 2) for item in range(1, items + 1)
    )


@given(st.integers(31, 900), st.integers(11, 120))
def test_whatever_the_tariff_gives_is_reachable(pages, items):
    assert unreachable(1, Decimal(_fee_of_pages(pages))) == ""
    assert unreachable(1, Decimal(_fee_of_items(items))) == ""
    assert unreachable(2, Decimal(_fee_of_pages(pages) + _fee_of_items(items))) == ""


@pytest.mark.parametrize(
    ("fees", "received", "found"),
    [
        (Decimal("0.01"), 100, False),
        (Decimal("0.0099"), 100, True),
        (0, 100, True),
        (0, 0, False),
        (Decimal("893021.4417"), 12640, False),
    ],
)
def test_what_was_received_is_within_table_2(fees, received, found):
    text = f"发出信息处理费收费通知1件，总金额{received}元，实际收取{received}元。"
    assert bool(told(within_table2, parts={5: text}, cells={"table2.fees_wan_yuan": fees})) == found


@pytest.mark.parametrize(
    ("fees", "before", "found"),
    [
        (Decimal("72701.2578"), Decimal("70012.1"), False),
        (315012, Decimal("31.5012"), True),
        (Decimal("31.5012"), 315012, True),
        (Decimal("723.12345678"), 700, True),
        (315012, Decimal("2000.5"), False),
    ],
)
def test_yuan_taken_for_wan_yuan(fees, before, found):
    cells, previous = {"table2.fees_wan_yuan": fees}, {"table2.fees_wan_yuan": before}
    assert bool(told(units, cells=cells, previous=previous)) == found


def test_an_impossible_sum_names_the_amounts():
    text = "发出信息处理费收费通知1件，总金额1245元，实际收取1245元。"
    assert next(finding.message for finding in tariff(subject(parts={5: text}))).startswith(
        "收费总金额 1245 元不是 10 元的倍数"
    )
