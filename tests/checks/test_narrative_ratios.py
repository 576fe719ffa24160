"""Rule 15: changes and shares recomputed from the sentence, from the tables, from last year's tables."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.rules.rates import rates_of_change, shares
from tests.checks.narrative_subjects import subject, told

NOW = {"table3.new_received.total": 3525, "table3.carried_in.total": 121, "table3.total_processed.total": 3500}
THEN = {"table3.new_received.total": 3488, "table3.carried_in.total": 119, "table3.total_processed.total": 3486}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("收到申请42件，上年30件，同比增长40%。", False),
        ("收到申请42件，比2023年（30件）增长40%。", False),
        ("收到申请42件，比2023年（35件）增长40%。", True),
        ("收到申请652件，比2023年（708件）下降7.0%。", True),
        ("收到申请652件，比2023年（701件）下降7.0%。", False),
        ("收到申请42件，同比增长40%（2023年为30件）。", False),
        ("收到申请42件，同比增长40%（2023年为33件）。", True),
        ("发布信息2.31万条，比上年的2.25万条增长2.9%。", False),
        ("发布信息2.31万条，比上年的2.25万条增长29%。", True),
        ("收到申请42件，比上年的30件增长40%。", False),
        ("收到申请42件，比上年的30件增长45%。", True),
        ("收到申请42件，比上年增加12件，增长40%。", False),
        ("收到申请42件，比上年增加12件，增长28.6%。", True),
        ("收到申请42件，较去年30件同比下降40%。", True),
        ("收到申请30件，较去年42件同比下降28.57%。", False),
        ("收到申请30件，较去年42件同比下降28.5%。", False),
        ("收到申请42件，较2023年的30件增加十二件。", False),
        ("收到申请42件，较2023年的30件增加15件。", True),
        ("发布信息600条，上年200条，同比增长2倍。", False),
        ("收到申请42件，同比增长40%。", False),
        ("收到申请42件，上年30件，网站访问量同比增长5%。", False),
        ("收到申请42件，上年约30件，同比增长45%。", False),
        ("按时答复率同比提高5%。", False),
    ],
)
def test_changes_within_a_sentence(text, found):
    assert bool(told(rates_of_change, text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("全年收办政府信息公开申请3646件，同比增长1.05%。", True),
        ("全年收办政府信息公开申请3,646件，同比增长1.08%。", False),
        ("全年收到政府信息公开申请3525件，同比增长1.06%。", False),
        ("全年收到政府信息公开申请3525件，同比下降1.06%。", True),
        ("全年收到政府信息公开申请3525件，比上年增加37件。", False),
        ("全年收到政府信息公开申请3525件，比上年减少37件。", True),
    ],
)
def test_changes_against_last_years_tables(text, found):
    assert bool(told(rates_of_change, text, NOW, previous=THEN)) == found
    assert told(rates_of_change, text, NOW) == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新收政府信息公开申请数量比2023年的3488件增长1.06%。", False),
        ("新收政府信息公开申请数量比2023年的3488件增长4.23%。", True),
        ("收到政府信息公开申请的件数比上年增加37件，增长1.06%。", False),
        ("收到政府信息公开申请的件数比上年增加37件，增长2.06%。", True),
        ("新收政府信息公开申请数量比2023年的3488件下降1.06%。", True),
        ("新收政府信息公开申请3525件，上年为3488件，同比增长4.23%。", True),
        ("与上年新收政府信息公开申请3488件相比，增加37件。", False),
        ("与上年新收政府信息公开申请3488件相比，增加73件。", True),
    ],
)
def test_changes_of_this_years_table(text, found):
    assert bool(told(rates_of_change, text, NOW)) == found


def test_the_right_rate_is_named():
    (finding,) = rates_of_change(subject("全年收办政府信息公开申请3646件，同比增长1.05%。", NOW, previous=THEN))
    assert "1.08%" in finding.message and "3607" in finding.message


@pytest.mark.parametrize(
    ("text", "cells", "found"),
    [
        ("收到申请40件，其中自然人30件，占75%。", {}, False),
        ("收到申请40件，其中自然人30件，占比70%。", {}, True),
        ("收到申请40件，其中自然人30件（占总数的75.0%）、法人10件（占总数的25%）。", {}, False),
        ("不予公开32件、占24.6%。", {}, False),
        ("政府信息公开申请中，不予公开35件，占比10%。", NOW, True),
        ("政府信息公开申请中，不予公开35件，占比1%。", NOW, False),
        ("发布信息40条，政策解读30条，占全市的5%。", {}, False),
    ],
)
def test_shares(text, cells, found):
    assert bool(told(shares, text, cells)) == found


@given(now=st.integers(1, 10**6), then=st.integers(1, 10**6), places=st.integers(0, 2))
def test_the_exact_rate_rounded_half_up_is_never_found(now, then, places):
    assume(now != then)
    rate = (Decimal(now - then) / then * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    word = "增长" if now > then else "下降"
    assert told(rates_of_change, f"发布信息{now}条，上年{then}条，同比{word}{abs(rate)}%。") == set()
    assert told(rates_of_change, f"发布信息{now}条，上年{then}条，同比{word}{abs(rate) + 5}%。")
