"""汇集 in a browser: an empty page, a pasted list, a zip of eight reports, a question, a return, letters, totals, the report."""

import io
import random
import zipfile
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from tests.collecting.county import ORGANS, PLACE, finished, hand_in, random_tables, tables

pytestmark = pytest.mark.browser
YEAR = 2025
GOVERNMENT = f"{PLACE}人民政府"


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """A zip of eight reports: seven organs', one of them twice; the last organ has handed in nothing."""
    folder, chance = tmp_path_factory.mktemp("eight"), random.Random(5)
    for at, org in enumerate(ORGANS[:7]):
        hand_in(folder, finished(org, YEAR, random_tables(chance)), (".docx", ".html", ".md")[at % 3])
    hand_in(folder, finished(ORGANS[0], YEAR, tables({"granted": 3})), ".docx", "教育体育局（改）")
    out = folder.parent / "各单位年报.zip"
    with zipfile.ZipFile(out, "w") as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, path.name)
    return out


def downloaded(page, button):
    with page.expect_download() as download:
        page.locator(button).click()
    return Path(download.value.path()).read_bytes()


def test_a_county_collects_in_one_sitting(workbench, page, package, no_serious_findings, tour):
    page.goto(workbench)
    page.get_by_role("tab", name="汇集", exact=True).click()
    page.locator("#collecting-stands .empty", has_text="单位的名称").wait_for()
    page.get_by_label("报告年度").fill(str(YEAR))
    page.get_by_label("报告年度").press("Enter")
    page.get_by_label("单位名单").fill("\n".join((GOVERNMENT, *ORGANS)))
    page.locator("#collecting-files input[type=file]").set_input_files(package)
    page.locator("#collecting-stands .stands").wait_for(timeout=120_000)
    state = lambda org: page.locator("#collecting-table tr", has_text=org).locator(".state").inner_text()  # noqa: E731
    assert "未交" in state(ORGANS[7]) and "待定" in state(ORGANS[0])

    question = page.locator("#collecting-questions [data-question]")
    assert question.count() == 1 and "2份不同的报告" in question.inner_text()
    no_serious_findings(page)
    question.locator("select").select_option(label=f"{package.name}/教育体育局（改）.docx")
    page.locator("#collecting-questions .main").click()
    question.wait_for(state="detached")
    assert "待定" not in state(ORGANS[0])

    page.locator("#collecting-table button", has_text=ORGANS[0]).click()
    page.locator("#collecting-head h3", has_text=ORGANS[0]).wait_for()
    page.locator("#collecting-return").click()
    page.get_by_text("退回要写明理由").first.wait_for()
    page.get_by_label("意见（").fill("请补写编制依据")
    page.locator("#collecting-return").click()
    page.locator("#collecting-table tr", has_text=ORGANS[0]).locator(".state", has_text="退回（审核）").wait_for()
    page.locator("#collecting-versions", has_text="请补写编制依据").wait_for()
    no_serious_findings(page)
    tour(page, "10-collecting")
    letter = Document(io.BytesIO(downloaded(page, "#collecting-letter")))
    assert any("请补写编制依据" in paragraph.text for paragraph in letter.paragraphs)

    with zipfile.ZipFile(io.BytesIO(downloaded(page, "#collecting-letters"))) as letters:
        assert {f"{org}-反馈单.docx" for org in ORGANS} <= set(letters.namelist())
    book = openpyxl.load_workbook(io.BytesIO(downloaded(page, "#collecting-workbook")))
    assert "各单位" in book.sheetnames
    assert downloaded(page, "#collecting-summary").startswith(b"PK")

    page.get_by_role("tab", name="汇总", exact=True).click()
    cell = page.locator("#collecting-totals [data-send='table2.licensing']").first
    total = cell.inner_text()
    cell.click()
    page.locator("#collecting-behind .explained tbody tr").first.wait_for()
    each = page.locator("#collecting-behind .explained tbody td").all_inner_texts()
    assert sum(map(int, each)) == int(total)
    no_serious_findings(page)

    page.locator("#collecting-report").click()
    page.locator("#page-drafts").wait_for()
    page.get_by_text("本报告的数据由7个单位的年度报告汇总").or_(page.get_by_text("汇总自7个单位")).first.wait_for()
    assert page.outside == []


def test_a_better_version_takes_the_place_of_the_returned_one_and_decisions_survive(workbench, page, tmp_path):
    page.goto(workbench)
    page.get_by_role("tab", name="汇集", exact=True).click()
    page.get_by_label("报告年度").fill("2024")
    page.get_by_label("报告年度").press("Enter")
    page.get_by_label("单位名单").fill(ORGANS[1])
    wrong = tables({"granted": 3})
    wrong["table3"]["granted"]["total"] = 4
    upload = page.locator("#collecting-files input[type=file]")
    upload.set_input_files(hand_in(tmp_path / "一", finished(ORGANS[1], 2024, wrong, day="2025年1月9日")))
    row = page.locator("#collecting-table tr", has_text=ORGANS[1])
    row.locator(".state", has_text="退回").wait_for(timeout=120_000)
    right = finished(ORGANS[1], 2024, tables({"granted": 3}), day="2025年1月19日")
    upload.set_input_files(hand_in(tmp_path / "二", right, name="改好的"))
    row.locator(".state", has_text="已交").or_(row.locator(".state", has_text="通过")).wait_for(timeout=120_000)
    row.get_by_role("button").click()
    page.locator("#collecting-versions li").nth(1).wait_for()
    assert page.locator("#collecting-versions", has_text="退回").count() == 1
