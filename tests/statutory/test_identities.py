"""The identities hold where they hold, and a broken cell is found and named."""

import copy
import json

import pytest

from forms import form_for
from statutory import check_identities

FORM = form_for(2024)


@pytest.fixture
def reports(shared):
    read = lambda year: json.loads((shared / "reports" / f"suqian-{year}.figures.json").read_text(encoding="utf-8"))  # noqa: E731
    return {year: read(year) for year in (2023, 2024)}


@pytest.fixture
def tables():
    """A small report in which every identity holds."""
    columns = [column.key for column in FORM.columns]
    table3 = {row.key: dict.fromkeys(columns, 0) for row in FORM.rows}
    cells = {
        ("new_received", "natural_person"): 9,
        ("carried_in", "natural_person"): 1,
        ("granted", "natural_person"): 6,
        ("denied.state_secret", "natural_person"): 2,
        ("carried_out", "natural_person"): 2,
        ("new_received", "business_enterprise"): 4,
        ("granted", "business_enterprise"): 3,
        ("not_processed.duplicate", "business_enterprise"): 1,
    }
    for (row, column), value in cells.items():
        table3[row][column] = value
    for column in columns[:-1]:
        table3["total_processed"][column] = sum(table3[row.key][column] for row in FORM.outcomes)
    for row in table3.values():
        row["total"] = sum(row[column] for column in columns[:-1])
    table4 = {case.key: {"upheld": 2, "corrected": 1, "other": 0, "pending": 1, "total": 4} for case in FORM.cases}
    table2 = {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {"issued": 2, "repealed": 1, "in_force": 5},
    }
    return {"table2": table2, "table3": table3, "table4": table4}


def found(checks, status="fail"):
    return [(check.rule, check.where) for check in checks if check.status == status]


@pytest.mark.parametrize("year", [2023, 2024])
def test_a_city_report_holds(reports, year):
    checks = check_identities(reports[year], FORM)
    assert len(checks) == 25 + 7 + 7 + 3
    assert {check.status for check in checks} == {"pass"}


def test_two_years_hold_across(reports):
    checks = check_identities(reports[2024], FORM, reports[2023], 2024)
    assert [check.rule for check in checks].count("X-CARRY") == 7
    assert [check.rule for check in checks].count("X-STOCK") == 2
    assert {check.status for check in checks} == {"pass"}


def test_every_broken_cell_is_the_one_suspect(tables):
    assert not found(check_identities(tables, FORM))
    for row in FORM.rows:
        for column in FORM.columns:
            broken = copy.deepcopy(tables)
            right = broken["table3"][row.key][column.key]
            broken["table3"][row.key][column.key] += 7
            checks = check_identities(broken, FORM)
            suspects = [check for check in checks if check.rule == "T3-CELL"]
            assert len(suspects) == 1, (row.key, column.key)
            assert f"“{row.label}”行“{column.label}”列" in suspects[0].where
            assert f"现为{right + 7}，应为{right}" in suspects[0].message
            assert {check.rule for check in checks if check.status == "fail"} >= {"T3-ROW", "T3-CELL"}


def test_no_suspect_where_two_cells_could_be_meant(tables):
    tables["table3"]["granted"]["natural_person"] += 1
    tables["table3"]["partially_granted"]["natural_person"] += 1
    checks = check_identities(tables, FORM)
    assert [check.rule for check in checks].count("T3-CELL") == 0
    assert {"T3-ROW", "T3-SUM"} <= {check.rule for check in checks if check.status == "fail"}


def test_two_independent_errors_are_both_named(tables):
    tables["table3"]["granted"]["natural_person"] += 1
    tables["table3"]["carried_out"]["business_enterprise"] += 3
    suspects = [check.message for check in check_identities(tables, FORM) if check.rule == "T3-CELL"]
    assert len(suspects) == 2


def test_numbers_stand_in_the_message(tables):
    tables["table3"]["granted"]["total"] = 12
    row = next(check for check in check_identities(tables, FORM) if check.status == "fail")
    assert row.rule == "T3-ROW" and "予以公开" in row.where
    assert row.message == "六类申请人之和9 ≠ 总计12，相差3"


@pytest.mark.parametrize("cell", [None, "", "/", "-", "九"])
def test_what_is_no_number_is_never_zero(tables, cell):
    tables["table3"]["denied.state_secret"]["research_institution"] = cell
    checks = check_identities(tables, FORM)
    assert not found(checks)
    assert [rule for rule, _ in found(checks, "uncertain")] == ["T3-ROW", "T3-SUM"]
    assert all("该格应为0" in check.message for check in checks if check.status == "uncertain")


def test_absent_rows_and_tables_are_uncertain(tables):
    del tables["table3"]["granted"], tables["table4"]
    checks = check_identities(tables, FORM)
    assert not found(checks)
    assert sorted({rule for rule, _ in found(checks, "uncertain")}) == ["T3-ROW", "T3-SUM", "T4-SUM"]
    assert {check.status for check in check_identities({}, FORM, {}, 2024)} == {"uncertain", "not_applicable"}


def test_table_four(tables):
    tables["table4"]["review"]["total"] = 5
    assert [rule for rule, _ in found(check_identities(tables, FORM))] == ["T4-SUM"]


def test_carry_and_stock(tables):
    previous = copy.deepcopy(tables)
    previous["table3"]["carried_out"] = dict(tables["table3"]["carried_in"], business_enterprise=2, total=3)
    previous["table2"]["normative_documents"]["in_force"] = 3
    checks = check_identities(tables, FORM, previous, 2024, "本报告")
    assert found(checks) == [("X-CARRY", "本报告表三“商业企业”列"), ("X-CARRY", "本报告表三“总计”列")]
    assert "2024年上年结转0 ≠ 2023年结转下年度继续办理2" in {check.message for check in checks}
    assert found(checks, "uncertain") == [("X-STOCK", "本报告表二“行政规范性文件”")]
