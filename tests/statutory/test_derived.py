"""Derived facts: right by hand, with the rows they count, silent where nothing can be known."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from statutory import compute
from statutory.derived import half_up, percentage
from tests.statutory.ledger_samples import application, minimal, posted, row, save


@pytest.fixture
def derive(tmp_path):
    def run(sheets):
        result = compute(save(sheets, tmp_path / "台账.xlsx"))
        return {fact.key.removeprefix("derived."): fact for fact in result.derived}

    return run


def test_by_hand(derive):
    sheets = minimal()
    sheets["信息发布"] += [
        posted("2025-01-10", "政策解读"),
        posted("2025-03-10"),
        posted("2025-03-11"),
        posted("2024-02-01"),
    ]
    sheets["媒体采用"] += [row("媒体采用", 报送日期="2025-01-01", 采用单位=by) for by in ("日报", "", "晚报")]
    sheets["工作记录"] += [
        row("工作记录", 日期=day, 类型="业务培训") for day in ("2025-09-09", "2025-03-05", "2024-01-01")
    ]
    sheets["依申请公开"] += [
        application("2025-03-03", "2025-03-31", "予以公开"),  # 20 working days
        application("2025-03-03", "2025-04-01", "予以公开"),  # 21
        application("2025-03-03", "2025-06-30", "部分公开", "商业企业"),  # beyond 40
        application("2025-11-03"),  # open at the end of the year, beyond 20
        application("2025-12-22"),  # open, and in time
    ]
    facts = derive(sheets)
    assert {key: (fact.value, fact.provenance.rows) for key, fact in facts.items()} == {
        "months_without_publication": (10, (2, 3, 4)),
        "policy_explanations": (1, (2,)),
        "largest_category_share": (Decimal("66.67"), (3, 4)),
        "adoption_rate": (Decimal("66.67"), (2, 3, 4)),
        "briefings_heard": (0, ()),
        "trainings": (2, (2, 3)),
        "applications_handled": (5, (2, 3, 4, 5, 6)),
        "granted_share": (Decimal("66.67"), (2, 3)),
        "answered_beyond_20_days": (2, (3, 4)),
        "answered_beyond_40_days": (1, (4,)),
        "answered_within_20_days_rate": (Decimal("33.33"), (2,)),
        "longest_answer_days": (81, (4,)),
        "average_answer_days": (Decimal("40.67"), (2, 3, 4)),
        "open_beyond_20_days": (1, (5,)),
    }
    assert facts["months_without_publication"].detail.startswith("2月、4月、5月")
    assert facts["trainings"].detail == "3月5日、9月9日"
    assert facts["largest_category_share"].detail == "部门动态信息"
    assert not any(re.search(r"\d|[一二两三四五六七八九十百]", fact.label) for fact in facts.values())


def test_nothing_to_divide_by_gives_no_rate(derive):
    assert set(derive(minimal())) == {
        "months_without_publication",
        "policy_explanations",
        "briefings_heard",
        "trainings",
        "applications_handled",
        "answered_beyond_20_days",
        "answered_beyond_40_days",
        "open_beyond_20_days",
    }


def test_without_a_holiday_arrangement_no_answering_times(derive):
    sheets = minimal()
    sheets["基本信息"][1][1] = 2090
    sheets["依申请公开"].append(application("2090-03-03", "2090-12-01", "予以公开"))
    assert not [key for key in derive(sheets) if "days" in key]


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_percentages_are_exact_to_half_a_hundredth(part, whole):
    shown = percentage(part, whole)
    assert shown == shown.quantize(Decimal("0.01"))
    assert -Fraction(1, 200) < Fraction(part * 100, whole) - Fraction(shown) + 0 <= Fraction(1, 200)
    assert Fraction(shown) - Fraction(part * 100, whole) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("0.0049999999999999999999999999999999", "0.00"), ("1.005", "1.01")],
)
def test_halves_go_away_from_zero(value, shown):
    assert str(half_up(Fraction(value))) == shown
