"""What build writes, check reads back: identical figures and no finding, in every format."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from openpyxl import load_workbook

import statutory
from checks import check
from ingest import read_report
from report import html, markdown, pdf
from report.trace import untraced
from report.write import FILES, PDF, write
from tests.conftest import examples
from tests.report.finished import finished
from tests.report.test_trace import EXAMPLES
from tests.statutory.ledger_samples import save
from tests.statutory.organs import organs, tell

FEES = {2024: (0, 0), 2025: (1, 320)}  # notices, amount due in 元
TABLES = ("table2", "table3", "table4")


def filled(year, folder):
    """The example ledger with what it leaves open: notices of fees and the amount due."""
    book = load_workbook(EXAMPLES / f"台账示例-{year}.xlsx")
    notices, due = FEES[year]
    book["汇总数据"].append([8, "发出收费通知件数", notices, "件", ""])
    book["汇总数据"].append([9, "应收信息处理费", due, "元", ""])
    path = folder / f"台账-{year}.xlsx"
    book.save(path)
    return statutory.compute(path)


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    """The second year beside the first, as with --previous."""
    folder = tmp_path_factory.mktemp("ledgers")
    first, second = filled(2024, folder), filled(2025, folder)
    return {2024: first, 2025: statutory.compare(second, first.as_json(), "台账-2024.xlsx")}


@pytest.fixture(scope="module", params=(2024, 2025))
def built(request, ledgers, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    ledger = ledgers[request.param]
    write(finished(ledger), ledger, folder)
    return folder, ledger, ledgers[2024].as_json() if request.param == 2025 else None


@pytest.mark.parametrize("name", [*(name for name in FILES if name != "figures.json"), PDF])
def test_a_clean_report_reads_back_without_a_finding(built, name, request):
    folder, ledger, previous = built
    if not (folder / name).exists():
        assert name == PDF and not pdf.find_office()
        request.getfixturevalue("libreoffice")
    published = read_report(folder / name)
    figures = ledger.figures
    assert {table: published.tables[table] for table in TABLES} == {table: getattr(figures, table) for table in TABLES}
    assert (published.org, published.year) == (figures.org, figures.year)
    assert [(found.rule, found.where, found.message) for found in check(published, figures, previous)] == []


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(organs())
def test_a_made_up_organs_report_reads_back_without_a_finding(tmp_path, organ):
    sheets = tell(organ, random.Random(organ["seed"]))
    sheets["汇总数据"] += [["发出收费通知件数", 0, "件", ""], ["应收信息处理费", 0, "元", ""]]
    ledger = statutory.compute(save(sheets, tmp_path / "台账.xlsx"))
    report = finished(ledger)
    assert not ledger.failed and not untraced(report)
    for name, text in (("report.md", markdown.render(report)), ("report.html", html.render(report))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        published = read_report(tmp_path / name)
        assert {table: published.tables[table] for table in TABLES} == {
            table: getattr(ledger.figures, table) for table in TABLES
        }
        # More permits posted than decided is a true question about such a ledger.
        assert [found for found in check(published, ledger.figures) if found.rule != "POSTED"] == []


def test_without_a_date_of_publication_none_is_made_up(ledgers):
    ledger = replace(ledgers[2024], figures=replace(ledgers[2024].figures, publish_date=""))
    report = finished(ledger)
    assert report.date_line == "" and markdown.render(report).rstrip().endswith(report.signature)
