"""The main job in a real browser: ask, upload, draft, build, download."""

import json
from pathlib import Path

import pytest
from docx import Document

import statutory
from ingest import read_report

pytestmark = pytest.mark.browser

QUESTION = "哪些条款管企业环境信息披露？"
EXAMPLES = Path(__file__).parents[2] / "knowledge" / "examples"
LEDGER = sorted(EXAMPLES.glob("*.xlsx"))[-1]


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


def open_tab(page, name):
    page.get_by_role("tab", name=name).click()


def ask(page, question):
    box = page.locator("#question textarea, #question input")
    box.fill(question)
    page.locator("#send").click()


def test_a_question_is_answered_with_its_articles_beside_it(page, workbench):
    page.goto(workbench)
    ask(page, QUESTION)
    cited = page.locator("#cited .evidence")
    cited.wait_for()
    for article in ("第九条", "第十二条"):
        assert f"《企业环境信息依法披露管理办法》{article}" in cited.inner_text()
    assert "[1]" in page.locator("#conversation").inner_text()
    assert page.outside == []


def test_a_question_about_the_weather_is_refused(page, workbench):
    page.goto(workbench)
    ask(page, "明天昆明会下雨吗？")
    page.locator("#conversation").get_by_text("没有找到").first.wait_for()
    assert page.locator("#cited article").count() == 0


def test_a_ledger_that_cannot_be_used_is_explained(page, workbench, tmp_path):
    broken = tmp_path / "坏台账.xlsx"
    broken.write_bytes(b"this is no workbook")
    page.goto(workbench)
    open_tab(page, "数据")
    page.locator("#ledger input[type=file]").set_input_files(broken)
    page.locator("#verdict [role=alert]", has_text="坏台账.xlsx").wait_for()
    assert page.locator("#tables .table").count() == 0


def test_ledger_draft_report_download(page, workbench, tmp_path):
    figures = statutory.compute(LEDGER).figures
    page.goto(workbench)
    open_tab(page, "数据")
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#verdict .pass").wait_for()
    tables = page.locator("#tables .table")
    tables.nth(2).wait_for()
    new_received = tables.nth(1).locator("tr", has_text="本年新收").locator("td").last
    assert new_received.inner_text() == str(figures.table3["new_received"]["total"])

    open_tab(page, "起草")
    page.locator("#draft").click()
    page.locator("#draft-text .kept", has_text="由系统按台账直接写成").wait_for()
    draft = "\n".join(page.locator("#draft-text .paper p").all_inner_texts())
    assert len(draft) > 100

    open_tab(page, "报告")
    page.locator("#build-state :is(.pass, .warn)").wait_for()
    page.locator("#preview:not([data-stale])").wait_for()
    saved = {}
    for label in ("下载 Word", "下载网页", "下载 Markdown", "下载数据 JSON"):
        with page.expect_download() as download:
            page.locator("#files").get_by_role("button", name=label).click()
        saved[label] = tmp_path / download.value.suggested_filename
        download.value.save_as(saved[label])
    read_back = read_report(saved["下载 Word"])
    assert read_back.tables["table3"] == figures.table3
    assert json.loads(saved["下载数据 JSON"].read_text(encoding="utf-8"))["table3"] == figures.table3
    body = "\n".join(paragraph.text for paragraph in Document(str(saved["下载 Word"])).paragraphs)
    assert draft.splitlines()[0] in body
    assert page.outside == []


@pytest.mark.model
def test_the_local_model_streams_an_answer(page, serve):
    page.goto(serve(GONGKAI_LLM="local"))
    page.locator("#masthead", has_text="本机模型").wait_for()
    ask(page, QUESTION)
    page.locator("#cited .evidence").wait_for(timeout=240_000)
    assert "第十二条" in page.locator("#cited").inner_text()
    assert page.outside == []
