"""Last year's figures among an office's files stand beside this year's, without being given again."""

import json

import pytest
from openpyxl import load_workbook

import intake
from statutory import compare, compute
from statutory.last_year import LAST_YEAR
from tests.intake.files import book
from tests.statutory.ledger_samples import YEAR, minimal, save

HEAD = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
ROWS = [["a1", "2025-03-03", "公民", "同意公开", "2025-03-10"]]


@pytest.fixture
def figures(tmp_path):
    """What a ledger of the year before yields, as figures.json."""
    sheets = minimal()
    for row in sheets["基本信息"]:
        if row[0] == "报告年度":
            row[1] = YEAR - 1
    return compute(save(sheets, tmp_path / "上年.xlsx")).as_json()


def made(tmp_path, figures, **changed):
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(figures | changed, default=str), encoding="utf-8")
    sources = intake.read_sources([path, book(tmp_path / "登记.xlsx", {"登记": [HEAD, *ROWS]})])
    proposal = intake.propose(sources, accept=True, typed={"单位名称": figures["org"]}, year=YEAR)
    intake.write_ledger(proposal, tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def test_the_tables_compare_with_it_as_if_it_were_given(tmp_path, figures):
    ledger = made(tmp_path, figures)
    found = compute(ledger)
    given = compare(compute(ledger, beside=False), figures, "figures.json")
    assert found.comparison and found.comparison.source == "figures.json"
    tables = lambda result: [one for one in result.comparison.changes if one.key.startswith("table")]  # noqa: E731
    assert tables(found) == tables(given)
    assert [one for one in found.checks if one.rule.startswith("X-")] == [
        one for one in given.checks if one.rule.startswith("X-")
    ]


def test_of_another_year_it_is_not_compared(tmp_path, figures):
    ledger = made(tmp_path, figures)
    workbook = load_workbook(ledger)
    for row in workbook[LAST_YEAR]:
        if row[0].value == "报告年度":
            row[1].value = YEAR - 3
    workbook.save(ledger)
    found = compute(ledger)
    assert found.comparison is None
    assert any(LAST_YEAR in warning and str(YEAR - 3) in warning for warning in found.warnings)
