"""This year beside the year before: rates to the hundredth, what is carried over, what is not compared."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import Change, Figures, LedgerResult, UnusableInput
from forms import load_form
from statutory import compare, compute, rate_of_change, state_change
from tests.statutory.ledger_samples import minimal, posted, row, save

EXAMPLES = Path(__file__).parent.parent.parent / "knowledge" / "examples"


@pytest.fixture(scope="module")
def years():
    return {year: compute(EXAMPLES / f"台账示例-{year}.xlsx") for year in (2024, 2025)}


@pytest.fixture
def city(shared):
    return {
        year: json.loads((shared / "reports" / f"suqian-{year}.figures.json").read_text(encoding="utf-8"))
        for year in (2023, 2024)
    }


def result_of(report):
    tables = (report[name] for name in ("table2", "table3", "table4"))
    return LedgerResult(Figures(report.get("org", ""), 2024, "", "", *tables, facts={}), {}, ())


def changes(result):
    return {change.key: change for change in result.comparison.changes}


def across(result):
    return [(check.rule, check.status) for check in result.checks if check.rule.startswith("X-")]


def test_a_city_across_two_years(city):
    result = compare(result_of(city[2024]), city[2023] | {"year": 2023}, "2023.json")
    assert across(result) == [("X-CARRY", "pass")] * 7 + [("X-STOCK", "pass")] * 2
    handled = changes(result)["derived.applications_handled"]
    assert (handled.current, handled.previous, handled.difference, handled.rate) == (3646, 3607, 39, Decimal("1.08"))
    assert state_change(handled) == "比上年增加39件，增长1.08%"
    assert changes(result)["table3.new_received.total"].rate == Decimal("0.40")
    assert len(result.comparison.changes) == 10 + 25 * 7 + 15 + 1


def test_the_examples_ledger_and_json_agree(years):
    by_ledger = compare(years[2025], years[2024].as_json(), "上年")
    by_json = compare(years[2025], json.loads(json.dumps(years[2024].as_json())), "上年")
    assert by_ledger.comparison == by_json.comparison
    assert across(by_ledger) == [("X-CARRY", "pass")] * 7 + [("X-STOCK", "pass")] * 2
    fees = changes(by_ledger)["table2.fees_wan_yuan"]
    assert (fees.difference, fees.unit) == (Decimal("1.2125"), "万元")
    assert all(change.difference == change.current - change.previous for change in by_ledger.comparison.changes)


def test_what_does_not_carry_over_fails_and_a_stock_asks(years):
    previous = years[2024].as_json()
    previous["table3"]["carried_out"]["natural_person"] += 1
    previous["table2"]["normative_documents"]["in_force"] += 1
    result = compare(years[2025], previous, "上年")
    assert across(result) == [("X-CARRY", "fail")] + [("X-CARRY", "pass")] * 6 + [
        ("X-STOCK", "pass"),
        ("X-STOCK", "uncertain"),
    ]


@pytest.mark.parametrize("cell", [None, "/", "", True, float("nan"), -1])
def test_what_is_no_number_is_not_compared(years, cell):
    previous = years[2024].as_json()
    previous["table3"]["granted"]["total"] = cell
    assert "table3.granted.total" not in changes(compare(years[2025], previous, "上年"))


def test_only_decisions_and_applications_compare_with_the_trial_format(years):
    trial = load_form("2019")
    columns = [column.key for column in trial.columns]
    previous = {
        "year": 2020,
        "org": "云岫县生态环境局",
        "form": "2019",
        "table2": {
            "licensing": 30,
            "licensing_previous_items": 9,
            "normative_documents": {"disclosed_total": 7},
            "charges_previous_items": 3,
        },
        "table3": {row.key: dict.fromkeys(columns, 2) for row in trial.rows},
        "table4": {case.key: {result.key: 0 for result in trial.results} for case in trial.cases},
    }
    now = replace(years[2025], figures=replace(years[2025].figures, year=2021))
    result = compare(now, previous, "2020")
    found = changes(result)
    assert [key for key in found if key.startswith("table2")] == ["table2.licensing"]
    table3 = years[2025].figures.table3
    summed = sum(table3[f"other.{item}"]["total"] for item in ("no_correction", "fee_unpaid", "other"))
    assert (found["table3.other.total"].current, found["table3.other.total"].previous) == (summed, 2)
    assert "table3.other.other.total" not in found
    assert {status for rule, status in across(result) if rule == "X-STOCK"} == {"not_applicable"}


@pytest.mark.parametrize(
    ("year", "named"),
    [
        (2025, "2025年度"),
        (2026, "2026年度"),
        (2023, "2023年度"),
        (0, "没有写明"),
        (None, "没有写明"),
        ("2024", "没有写明"),
    ],
)
def test_only_the_year_before_will_do(years, year, named):
    with pytest.raises(UnusableInput, match=named) as refused:
        compare(years[2025], years[2024].as_json() | {"year": year}, "旧.json")
    assert "旧.json" in str(refused.value) and "2024年度" in str(refused.value)


def test_another_organ_is_warned_of(years):
    result = compare(years[2025], years[2024].as_json() | {"org": "别处局"}, "旧.json")
    assert any("别处局" in warning for warning in result.warnings)
    assert compare(years[2025], years[2024].as_json(), "旧.json").warnings == years[2025].warnings


def test_categories_that_fell_to_zero(tmp_path):
    sheets = minimal()
    sheets["信息发布"] += [posted("2025-03-01", "环评公示"), posted("2025-03-01", "新栏目")]
    result = compute(save(sheets, tmp_path / "台账.xlsx"))
    before = result.as_json() | {
        "year": 2024,
        "facts": {"published_by_category": {"环评公示信息": 4, "政策解读": 3, "停办": 0}},
    }
    compared = compare(result, before, "旧.json")
    fact = next(fact for fact in compared.derived if fact.key == "derived.categories_fallen_to_zero")
    assert (fact.value, fact.detail) == (1, "政策解读") and "政策解读" in fact.provenance.formula
    assert "categories_fallen_to_zero" in {signal.key for signal in compared.signals}
    found = changes(compared)
    assert found["facts.published_by_category.环评公示"].previous == 4
    assert state_change(found["facts.published_by_category.政策解读"]) == "比上年减少3条，下降100%"
    assert state_change(found["facts.published_by_category.新栏目"]) == "比上年增加1条"
    assert any("环评公示信息" in warning for warning in compared.warnings)


def test_a_published_report_knows_no_categories(years):
    previous = {name: value for name, value in years[2024].as_json().items() if name != "facts"}
    result = compare(years[2025], previous, "报告")
    assert not [key for key in changes(result) if key.startswith("facts.")]
    assert "derived.categories_fallen_to_zero" not in {fact.key for fact in result.derived}


def test_an_indicator_in_another_unit_is_not_compared(tmp_path):
    def ledger(unit):
        sheets = minimal()
        sheets["汇总数据"].append(row("汇总数据", 指标="购置支出", 数值=3, 单位=unit))
        return compute(save(sheets, tmp_path / f"{unit}.xlsx"))

    this = ledger("万元")
    assert changes(compare(this, ledger("万元").as_json() | {"year": 2024}, "旧"))["facts.购置支出"].unit == "万元"
    assert "facts.购置支出" not in changes(compare(this, ledger("元").as_json() | {"year": 2024}, "旧"))


@pytest.mark.parametrize(
    ("current", "previous", "unit", "words"),
    [
        (38, 35, "件", "比上年增加3件，增长8.57%"),
        (35, 38, "件", "比上年减少3件，下降7.89%"),
        (5, 5, "件", "与上年持平"),
        (0, 0, "件", "与上年持平"),
        (3, 0, "件", "比上年增加3件"),
        (0, 4, "件", "比上年减少4件，下降100%"),
        (9, 4, "件", "比上年增加5件，增长125%"),
        (100_001, 100_000, "条", "比上年增加1条"),
        (Decimal("1.25"), Decimal("0.5"), "万元", "比上年增加0.75万元，增长150%"),
        (201, 200, "次", "比上年增加1次，增长0.5%"),
    ],
)
def test_a_change_in_words(current, previous, unit, words):
    change = Change("k", "", unit, current, previous, current - previous, rate_of_change(current, previous))
    assert state_change(change) == words


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_rates_are_exact(current, previous):
    rate = rate_of_change(current, previous)
    if previous == 0:
        assert rate is None
        return
    exact = Fraction(current - previous, previous) * 100
    assert rate == rate.quantize(Decimal("0.01")) if abs(rate) < 10**20 else True
    assert abs(abs(Fraction(rate)) - abs(exact)) <= Fraction(1, 200)
    if abs(abs(Fraction(rate)) - abs(exact)) == Fraction(1, 200):
        assert abs(Fraction(rate)) > abs(exact)


@pytest.mark.parametrize(
    ("current", "previous", "rate"),
    [
        (201, 200, "0.50"),
        (1001, 1000, "0.10"),
        (80001, 80000, "0.00"),
        (20001, 20000, "0.01"),
        (19999, 20000, "-0.01"),
        (3646, 3607, "1.08"),
    ],
)
def test_halves(current, previous, rate):
    assert str(rate_of_change(current, previous)) == rate
