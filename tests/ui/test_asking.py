"""对话 with a file beside the question, with sources ticked, and an answer put into the report."""

import openpyxl
import pytest

from services import EXAMPLES
from tests.ui.test_chat import QUESTION, answered, ask

pytestmark = pytest.mark.browser

LEDGER = EXAMPLES / "台账示例-2025.xlsx"
REPORT = EXAMPLES / "年度报告示例-2024.md"
HEAD = "按照《政府信息公开条例》第三十五条，"


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


def attach(page, path):
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="＋ 文件").click()
    chooser.value.set_files(path)


def chip(page, name):
    return page.locator("#attached li", has_text=name)


def open_page(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def test_a_file_beside_the_question_is_named_asked_kept_and_taken_away(
    workbench, page, tmp_path, no_serious_findings, tour
):
    page.goto(workbench)
    book = openpyxl.load_workbook(LEDGER)
    book["基本信息"]["B1"] = "临河县生态环境局"
    book.save(tmp_path / "邻县台账.xlsx")
    attach(page, tmp_path / "邻县台账.xlsx")
    chip(page, "邻县台账.xlsx").get_by_text("台账，临河县生态环境局 2025 年").wait_for()
    ask(page, "新收多少件申请？")
    assert "邻县台账.xlsx" in answered(page).inner_text()
    page.locator("#send").wait_for()  # back when the answer is whole
    no_serious_findings(page)
    tour(page, "09-asking")

    page.reload()  # kept with the conversation, and with no other
    chip(page, "邻县台账.xlsx").wait_for()
    page.locator("#clear").click()
    page.locator(".welcome").wait_for()
    page.locator("#attached li").wait_for(state="detached")
    page.locator("#past-list button", has_text="新收多少件申请？").click()
    chip(page, "邻县台账.xlsx").get_by_role("button", name="拿走邻县台账.xlsx").click()
    chip(page, "邻县台账.xlsx").wait_for(state="detached")
    assert page.outside == []


def test_a_report_is_dropped_on_the_conversation_and_asked(workbench, page):
    page.goto(workbench)
    page.locator(".welcome").wait_for()
    dropped = page.evaluate_handle(
        "(text) => { const all = new DataTransfer(); all.items.add(new File([text], '去年年报.md')); return all; }",
        REPORT.read_text(encoding="utf-8"),
    )
    page.dispatch_event("#question textarea", "drop", {"dataTransfer": dropped})
    chip(page, "去年年报.md").get_by_text("报告，云岫县生态环境局 2024 年").wait_for()
    ask(page, "这份报告怎么写培训的？")
    assert "培训" in answered(page).inner_text()


def test_a_file_that_is_neither_is_told_and_nothing_is_kept(workbench, page, tmp_path):
    (tmp_path / "合影.png").write_bytes(b"png")
    page.goto(workbench)
    attach(page, tmp_path / "合影.png")
    page.get_by_text("“合影.png”不是台账").first.wait_for()
    assert page.locator("#attached li").count() == 0


def test_an_answer_keeps_to_the_ticked_sources(workbench, page, no_serious_findings):
    page.goto(workbench)
    page.locator("#sources-box").get_by_role("button", name="来源：全部").click()
    law = page.locator("#sources").get_by_label("法规：行政法规")
    law.uncheck()
    page.locator("#sources-box", has_text="来源：去掉了 1 项").wait_for()
    no_serious_findings(page)
    ask(page, QUESTION)
    page.locator(".turn .answer", has_text="所问的内容在没有勾选的来源里：法规：行政法规").wait_for()
    page.reload()  # kept with the conversation
    page.locator("#sources-box").get_by_role("button", name="来源：去掉了 1 项").click()
    page.locator("#every-source").click()
    page.locator("#sources-box", has_text="来源：全部").wait_for()
    page.get_by_role("button", name="重新回答").click()
    page.locator(".turn .answer", has_text="第三十五条").wait_for()


def test_an_answer_is_put_into_the_report_and_taken_out_again(serve, page, no_serious_findings):
    page.goto(serve(GONGKAI_LLM="none"))
    open_page(page, "数据")
    page.locator("#example-ledger").click()
    page.locator("#verdict .pass").wait_for()
    open_page(page, "对话")
    ask(page, QUESTION)
    answered(page).get_by_role("button", name="写进报告").click()
    text = page.locator("#put-text textarea")
    page.wait_for_function("document.querySelector('#put-text textarea')?.value.length > 20")
    assert text.input_value().startswith(HEAD) and "[1]" not in text.input_value()
    no_serious_findings(page)

    page.get_by_label("写进哪个部分").click()
    page.get_by_role("option", name="其他需要报告的事项").click()
    right = text.input_value()
    text.fill(f"{right}全年接待来访99人次。")
    page.locator("#put-said li", has_text="99人次").wait_for()
    page.locator("#put-yes").click()
    page.get_by_text("没有写进报告：“99人次”不是本单位台账算出的数字").first.wait_for()
    text.fill(right)
    page.locator("#put-said li").wait_for(state="detached")
    page.locator("#put-yes").click()
    page.locator("#put-told", has_text="已写进“其他需要报告的事项”").wait_for()

    page.locator("#put-told").get_by_role("button", name="去看").click()
    page.locator("#draft-text .paper[aria-label*='其他'] p", has_text=HEAD).wait_for()
    open_page(page, "报告")
    paper = page.frame_locator("#preview iframe.paper")
    paper.locator("[data-part=other]", has_text=HEAD).wait_for()
    open_page(page, "对话")
    page.locator("#put-told").get_by_role("button", name="撤销").click()
    page.locator("#put-told", has_text="已撤销").wait_for()
    open_page(page, "起草")
    page.locator("#draft-text .paper p", has_text=HEAD).wait_for(state="detached")
