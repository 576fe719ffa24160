"""One January afternoon in one browser: from the ledger with a fault to the report on the disk."""

from pathlib import Path

import bcrypt
import openpyxl
import pytest
from docx import Document

import statutory
from ingest import read_report
from tests.ui.drafting import part

pytestmark = pytest.mark.browser

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
PASSWORD = "一月的一个下午2026"


@pytest.fixture(scope="module")
def office(serve, tmp_path_factory):
    """A workbench with a reviewer who signs in."""
    users = tmp_path_factory.mktemp("users") / "users.txt"
    secret = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    users.write_text(f"王主任:{secret}:administrator\n老张:{secret}:reviewer\n", encoding="utf-8")
    return serve(GONGKAI_LLM="none", GONGKAI_USERS=str(users))


def open_page(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def upload(page, ledger):
    page.locator("#ledger input[type=file]").set_input_files(ledger)


def draft(page, section):
    page.locator(f"#parts [data-part={part(section)}]").click()
    page.locator(f"#draft-text .paper[aria-label*='{section}']").wait_for()
    page.locator("#draft-text .kept", has_text="由系统按台账直接写成").wait_for()
    return page.locator("#draft-text .paper")


def add(page, words):
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)
    page.locator("#draft-text .kept", has_text="已保存").wait_for()


def test_the_afternoon(office, page, tmp_path):
    sign_in(page, office)
    figures = a_faulty_ledger_is_named_and_mended(page, tmp_path)
    written = three_sections_are_drafted_and_gone_over(page)
    path = the_report_is_checked_and_downloaded(page, tmp_path)

    published = read_report(path)
    assert (published.org, published.year) == (figures.org, figures.year)
    assert {name: published.tables[name] for name in ("table3", "table4")} == {
        "table3": figures.table3,
        "table4": figures.table4,
    }
    cells = [cell.text for table in Document(path).tables for row in table.rows for cell in row.cells]
    assert len(Document(path).tables) == 3 and str(figures.table3["new_received"]["total"]) in cells
    body = [paragraph.text.strip() for paragraph in Document(path).paragraphs]
    for line in written:
        assert line in body, line
    assert not any("99件" in line or "会议次数" in line for line in body)
    assert any("全年召开会议若干次。" in line for line in body)
    assert page.outside == []


def sign_in(page, address):
    page.goto(address)
    page.wait_for_url("**/signin*")
    page.get_by_label("用户名").fill("老张")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#masthead", has_text="老张（审核）").wait_for()


def a_faulty_ledger_is_named_and_mended(page, folder):
    """The figures of the ledger that is on the desk in the end."""
    book = openpyxl.load_workbook(LEDGER)
    right, book["依申请公开"]["D8"] = book["依申请公开"]["D8"].value, "外星人"
    book.save(folder / "台账.xlsx")
    open_page(page, "数据")
    upload(page, folder / "台账.xlsx")
    page.locator("#verdict [role=alert]", has_text="“依申请公开”第8行").wait_for()
    assert page.locator("#tables .table").count() == 0
    book["依申请公开"]["D8"] = right
    book.save(folder / "台账.xlsx")
    upload(page, folder / "台账.xlsx")
    page.locator("#verdict .pass").wait_for()
    figures = statutory.compute(folder / "台账.xlsx").figures
    received = page.locator("[data-send='table3.new_received.total']")
    assert received.inner_text() == str(figures.table3["new_received"]["total"])
    return figures


def three_sections_are_drafted_and_gone_over(page):
    """The paragraphs as they stand in the editor in the end."""
    open_page(page, "起草")
    written = []
    draft(page, "总体情况")
    add(page, "全年另有99件投诉。")
    page.locator("#draft-remarks button", has_text="99件").click()
    assert page.evaluate("[...CSS.highlights.get('draft-numeral')].map(String)") == ["99件"]
    page.keyboard.type("若干")
    page.locator("#draft-remarks .pass").wait_for()
    written += page.locator("#draft-text .paper p").all_inner_texts()[-1:]
    written += draft(page, "问题及改进情况").locator("p").all_inner_texts()[1:2]
    draft(page, "其他")
    add(page, "全年召开会议【请补充：会议次数】。")
    assert "另有若干投诉" in written[0]
    return [line.strip() for line in written]


def the_report_is_checked_and_downloaded(page, folder):
    """A finding is confirmed, what it is about is put right, and the report made again."""
    open_page(page, "报告")
    gap = page.locator("#findings li").filter(has=page.locator(".said", has_text="【请补充：会议次数】还没有补写"))
    gap.get_by_role("button", name="属实").click()
    gap.locator(".done", has_text="✓ 属实（老张").wait_for()
    open_page(page, "起草")
    place = page.locator("#draft-remarks button", has_text="会议次数")
    place.click()
    page.keyboard.type("若干次")
    place.wait_for(state="detached")
    open_page(page, "报告")
    gap.wait_for(state="detached")
    with page.expect_download() as download:
        page.locator("#files").get_by_role("button", name="下载 Word").click()
    download.value.save_as(folder / "report.docx")
    return folder / "report.docx"
