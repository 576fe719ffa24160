"""数据 in a browser: a ledger's faults, the official forms, the rows behind a figure, last year, charts."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from PIL import Image

import statutory

pytestmark = pytest.mark.browser

EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"
LAST_YEAR, LEDGER = sorted(EXAMPLES.glob("*.xlsx"))


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


@pytest.fixture
def data(workbench, page):
    """The page 数据 with the example's ledger on the desk."""
    opened(page, workbench)
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#ledger .file-preview").wait_for()
    page.locator("#ledger .file-preview").wait_for(state="detached")  # taken: the next file is not put beside it
    page.locator("#verdict .pass").wait_for()
    page.locator("#tables .table").nth(2).wait_for()
    return page


def opened(page, address):
    page.goto(address)
    page.get_by_role("tab", name="数据", exact=True).click()


def test_every_fault_is_named_with_its_sheet_and_row_and_the_ledger_before_stays(data, tmp_path):
    book = openpyxl.load_workbook(LEDGER)
    book["依申请公开"]["D8"] = "外星人"
    book["行政执法"]["B6"] = "<b>年初</b>"
    book.save(tmp_path / "有问题.xlsx")
    data.locator("#ledger input[type=file]").set_input_files(tmp_path / "有问题.xlsx")
    told = data.locator("#verdict [role=alert]")
    told.wait_for()
    assert told.locator("li").count() == 2
    assert "“依申请公开”第8行" in told.inner_text() and "“行政执法”第6行" in told.inner_text()
    assert told.locator("b").count() == 0  # what a cell says is no markup
    assert data.locator("#tables .table").count() == 3


def test_the_forms_hold_each_figure_and_a_click_shows_its_rows(data, no_serious_findings, tour):
    figures = statutory.compute(LEDGER).figures
    shown = {one.get_attribute("data-send"): one.inner_text() for one in data.locator("#tables .table button").all()}
    flat = figures.flat()
    assert {key for key in flat if key.startswith("table")} == set(shown)
    assert all(float(shown[key]) == float(flat[key]) for key in shown)

    granted = data.locator("[data-send='table3.granted.total']")
    granted.click()
    rows = data.locator("#figure-rows tbody tr")
    rows.first.wait_for()
    assert rows.count() == figures.table3["granted"]["total"]
    assert "测试" not in data.locator("#figure-rows").inner_text()  # the applicants' names
    no_serious_findings(data)
    tour(data, "03-data")
    data.keyboard.press("Escape")
    rows.first.wait_for(state="detached")
    data.wait_for_function("document.activeElement.dataset.send === 'table3.granted.total'")
    assert data.outside == []


def test_several_csv_files_make_one_ledger(workbench, page, tmp_path):
    for sheet in openpyxl.load_workbook(LEDGER):
        text = io.StringIO()
        csv.writer(text).writerows(
            [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
        )
        (tmp_path / f"{sheet.title}.csv").write_text(text.getvalue(), encoding="utf-8-sig")
    opened(page, workbench)
    page.locator("#ledger input[type=file]").set_input_files(sorted(tmp_path.glob("*.csv")))
    page.locator("#verdict .pass").wait_for()
    received = page.locator("[data-send='table3.new_received.total']").inner_text()
    assert received == str(statutory.compute(LEDGER).figures.table3["new_received"]["total"])


def test_the_blank_ledger_is_there_at_the_first_click(data, tmp_path):
    with data.expect_download() as download:
        data.get_by_role("button", name="下载空白台账").or_(data.get_by_role("link", name="下载空白台账")).first.click()
    assert download.value.suggested_filename == "台账模板.xlsx"
    download.value.save_as(tmp_path / "台账模板.xlsx")
    assert {"信息发布", "依申请公开"} <= set(openpyxl.load_workbook(tmp_path / "台账模板.xlsx").sheetnames)


def test_last_year_stands_beside_this_one_and_stays_after_a_reload(data, workbench):
    data.get_by_role("tab", name="与上年对照").click()
    data.locator("#previous input[type=file]").set_input_files(LAST_YEAR)
    data.locator("#compared", has_text=LAST_YEAR.name).wait_for()
    this, last = (statutory.compute(path).figures.table3["new_received"]["total"] for path in (LEDGER, LAST_YEAR))
    row = data.locator("#compared tr", has_text="新收").filter(has_text="总计").first
    assert row.locator("td").all_inner_texts()[:3] == [str(this), str(last), f"{this - last:+}"]
    opened(data, workbench)
    data.get_by_role("tab", name="与上年对照").click()
    data.locator("#compared", has_text=LAST_YEAR.name).wait_for()


def test_charts_become_pictures_and_are_tables_as_well(data, workbench, tmp_path, no_serious_findings):
    data.get_by_role("tab", name="图表").click()
    charts = data.locator("#charts figure")
    charts.first.wait_for()
    titles = [one.get_attribute("aria-label") for one in charts.locator("svg").all()]
    assert [any(words in title for title in titles) for words in ("各月", "各类别", "办理结果", "近年")] == [True] * 4
    no_serious_findings(data)
    charts.first.get_by_text("以表格查看").click()
    months = [int(cell) for cell in charts.first.locator("td").all_inner_texts()]
    assert len(months) == 12
    assert sum(months) == statutory.compute(LEDGER).figures.facts["published_total"]
    with data.expect_download() as download:
        charts.first.get_by_role("button", name="保存为图片").click()
    assert download.value.suggested_filename == "2025年各月主动公开信息.png"
    download.value.save_as(tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as picture:
        assert picture.width == 1440
        colours = {colour for _, colour in picture.convert("RGB").getcolors(1 << 20)}
    assert {(255, 255, 255), (0x25, 0x58, 0xA8)} <= colours


def test_a_phone_shows_the_forms_without_a_page_that_is_too_wide(workbench, data, new_page, no_serious_findings):
    phone = new_page(390, 844, color_scheme="dark")
    opened(phone, workbench)
    phone.locator("#tables .table button").first.click()
    phone.locator("#figure-rows .shut").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_serious_findings(phone)


def test_questions_stand_above_the_tables_and_an_answer_changes_them(data, no_serious_findings, tmp_path):
    book = openpyxl.load_workbook(LEDGER)
    sheet = book["信息发布"]
    line = next(
        row
        for row in sheet.iter_rows()
        if any(cell.value == "序号" or str(cell.value).strip() == "序号" for cell in row)
    )
    remark = next(cell for cell in line if str(cell.value).strip() == "备注")
    sheet.cell(remark.row + 2, remark.column, "错登，作废")
    book.save(tmp_path / "有疑问.xlsx")
    total = statutory.compute(LEDGER).figures.facts["published_total"]

    data.locator("#ledger input[type=file]").set_input_files(tmp_path / "有疑问.xlsx")
    asked = data.locator("#account .questions li")
    asked.first.wait_for()
    assert asked.count() == 1 and "“备注”写着“错登”" in asked.inner_text()
    assert "有 1 个问题没有答复" in data.locator("#verdict").inner_text()
    account, tables = data.locator("#account").bounding_box(), data.locator("#tables").bounding_box()
    assert account["y"] + account["height"] <= tables["y"]
    no_serious_findings(data)

    asked.get_by_role("button", name="计入", exact=True).click()
    data.locator("#account .settled").wait_for()
    assert data.locator("#account .questions").count() == 0
    assert "没有答复" not in data.locator("#verdict").inner_text()
    data.wait_for_function(
        "n => document.querySelector(\"[data-send='facts.published_total']\").textContent === n", arg=str(total)
    )
    data.reload()  # the answer is kept
    data.get_by_role("tab", name="数据", exact=True).click()
    data.locator("#account .settled summary").click()
    data.locator("#account .settled").get_by_role("button", name="撤回答复").click()
    data.locator("#account .questions li").first.wait_for()
    data.wait_for_function(
        "n => document.querySelector(\"[data-send='facts.published_total']\").textContent === n", arg=str(total - 1)
    )
