"""起草 and 报告 as one document: from a paragraph to its place and back, moved, nothing lost in any order, few clicks."""

import random

import pytest

from tests.ui.drafting import LEDGER, choose, drafted, exported, open_page, opened, typed_on, with_ledger
from tests.ui.waiting import offline, settled

pytestmark = pytest.mark.browser

LEFT = "上次离开时有文字没有保存"


@pytest.fixture(scope="module")
def workbench(serve, chromium):
    address = serve(GONGKAI_LLM="none")
    page = chromium.new_page(locale="zh-CN")
    page.set_default_timeout(60_000)
    with_ledger(page, address)
    page.close()
    return address


def sheet_of_paper(page):
    """The printed page, once it is what the office holds."""
    page.locator("#preview:not([data-stale])").wait_for()
    return page.frame_locator("#preview iframe.paper")


def test_a_paragraph_leads_to_the_editor_and_back_and_is_moved(workbench, page, no_serious_findings):
    opened(page, workbench)
    drafted(page, "问题及改进情况")
    lines = page.locator("#draft-text .paper p").all_inner_texts()
    page.get_by_role("button", name="第2段上移").click()
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    moved = [lines[1], lines[0], *lines[2:]]
    assert page.locator("#draft-text .paper p").all_inner_texts() == moved
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "第1段下移"
    no_serious_findings(page)

    page.locator("#draft-text .paper p").first.click()
    page.get_by_role("button", name="看成稿").click()
    printed = sheet_of_paper(page).locator("p[data-part=problems]")
    printed.first.wait_for()
    assert [line.strip() for line in printed.all_inner_texts()][:2] == [line.strip() for line in moved[:2]]
    page.wait_for_function(
        "text => [...document.querySelector('#preview iframe.paper').contentWindow.CSS.highlights.get('place') ?? []]"
        ".some((one) => String(one).trim() === text)",
        arg=moved[0].strip(),
    )
    printed.nth(1).click()
    page.wait_for_function(
        "text => getSelection().anchorNode && document.querySelector('#draft-text .paper')?.contains(getSelection().anchorNode)"
        " && [...document.querySelectorAll('#draft-text .paper p')].find((one) => one.contains(getSelection().anchorNode))"
        "?.textContent.trim() === text",
        arg=moved[1].strip(),
    )
    page.keyboard.type("成稿里点过来写的。")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    assert "成稿里点过来写的。" in exported(page)


def page_lines(page):
    """The whole page on 起草, line by line: what is printed, and what is open for typing in its place."""
    return page.evaluate(
        """() => [...document.querySelectorAll('#whole-page :is(h1, h2, h3, h4, p, table)')]
            .filter((one) => !one.closest('table') || one.tagName === 'TABLE')
            .map((one) => one.textContent.replace(/\\s+/g, '')).filter(Boolean)"""
    )


def test_the_page_goes_on_above_and_below_the_part_that_is_open(workbench, page, no_serious_findings):
    opened(page, workbench)
    for section in ("总体情况", "依申请公开", "问题及改进情况", "其他"):
        choose(page, section)
        page.locator("#whole-page table").nth(2).wait_for(state="attached")
        here = page_lines(page)
        exported(page)
        printed = (
            page.frame_locator("#preview iframe.paper")
            .locator("body")
            .evaluate(
                """(body) => [...body.querySelectorAll('h1, h2, h3, h4, p, table')]
                .filter((one) => !one.closest('table') || one.tagName === 'TABLE')
                .map((one) => one.textContent.replace(/\\s+/g, '')).filter(Boolean)"""
            )
        )
        assert here == printed, section
    no_serious_findings(page)

    line = page.locator("#whole-page .printed-page p[data-part=platform]").first
    words = line.inner_text()
    line.scroll_into_view_if_needed()
    before = line.bounding_box()
    line.click(position={"x": before["width"] / 2, "y": 8})
    opened_line = page.locator("#draft-text .paper[aria-label*='平台'] p").first
    opened_line.wait_for()
    page.wait_for_function("document.querySelector('#draft-text .paper').contains(getSelection().anchorNode)")
    settled(page)
    assert abs(opened_line.bounding_box()["y"] - before["y"]) < 12  # it stays where the eye is
    page.keyboard.type("※在点的地方写※")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    typed = opened_line.inner_text()
    assert typed.replace("※在点的地方写※", "").strip() == words.strip()
    assert 3 < typed.index("※") < len(words) - 3, typed
    assert "※在点的地方写※" in exported(page)


def test_the_margin_says_how_each_part_stands_and_leads_there(workbench, page):
    opened(page, workbench)
    choose(page, "监督保障")
    stands = page.locator("#parts [data-part=organisation]")
    assert stands.get_attribute("aria-current") == "true"
    typed_on(page, "另有8888件来信。")
    page.locator("#parts [data-part=organisation]", has_text="有问题").wait_for()
    page.locator("#draft-remarks .vouch").first.click()
    page.locator("#parts [data-part=organisation]", has_text="已写").wait_for()
    page.locator("#parts [data-part=table3]").click()
    page.wait_for_function(
        "document.querySelector('#whole-page h2[data-part=table3]').getBoundingClientRect().top < innerHeight / 2"
    )


def test_one_paragraph_of_an_earlier_version_comes_back_alone(workbench, page):
    opened(page, workbench)
    drafted(page, "问题及改进情况")
    paper = page.locator("#draft-text .paper p")
    before = paper.all_inner_texts()
    for place, words in ((0, "前一处改动。"), (1, "后一处改动。")):
        paper.nth(place).click()
        page.keyboard.press("End")
        page.keyboard.type(words)
        page.locator("#draft-text .kept", has_text="已保存").wait_for()
    changed = paper.all_inner_texts()
    page.get_by_role("button", name="以前的版本").click()
    page.locator("#draft-version input").click()
    page.get_by_role("option").filter(has_text="系统按台账").first.click()
    page.get_by_role("button", name="逐段比较").click()
    offer = page.locator("#offers li").filter(has=page.locator("del", has_text="后一处改动。"))
    offer.get_by_role("button", name="采用").click()
    page.wait_for_function("!document.querySelector('#draft-text .paper').innerText.includes('后一处改动')")
    assert paper.all_inner_texts() == [changed[0], before[1], *changed[2:]]


def test_what_is_typed_on_any_sheet_in_any_order_is_in_the_file(workbench, page, tmp_path):
    opened(page, workbench)
    order = random.Random(19)
    sections = ["总体情况", "主动公开", "依申请公开", "监督保障", "问题及改进情况", "其他"]
    typed = []
    for number in range(9):
        choose(page, order.choice(sections))
        page.locator("#draft-text .paper p").first.wait_for()
        typed.append(f"第{'甲乙丙丁戊己庚辛壬'[number]}句<&>“{chr(0x4E00 + order.randrange(5000))}”。")
        typed_on(page, typed[-1])
        page.locator("#draft-text .kept", has_text="已保存").wait_for()
    open_page(page, "报告")
    with page.expect_download() as download:
        page.get_by_role("button", name="下载网页").click()
    download.value.save_as(tmp_path / "report.html")
    page.goto((tmp_path / "report.html").as_uri())
    text = page.locator("body").inner_text()
    assert [words for words in typed if text.count(words) != 1] == []


def test_words_that_wait_are_told_on_any_page_and_saved(workbench, page, no_serious_findings):
    opened(page, workbench)
    drafted(page, "主动公开")
    page.on("dialog", lambda dialog: dialog.accept())
    with offline(page):
        typed_on(page, "断线时写下的一句。")
    page.goto("about:blank")
    page.goto(f"{workbench}/#chat")
    page.get_by_role("alert").filter(has_text=LEFT).wait_for()
    page.locator(".welcome, .turn").first.wait_for()
    no_serious_findings(page)
    page.get_by_role("button", name="打开“起草”保存").click()
    page.locator("#draft-text .paper[aria-label*='主动公开']", has_text="断线时写下的一句。").wait_for()
    page.get_by_role("alert").filter(has_text=LEFT).wait_for(state="detached")
    assert "断线时写下的一句。" in exported(page)


@pytest.mark.parametrize(
    ("button", "told"), [("下载 Markdown", "还没有保存，没有生成文件"), ("提交审核", "还没有保存，没有办理")]
)
def test_nothing_is_made_of_a_text_that_is_not_kept(workbench, page, button, told):
    opened(page, workbench)
    drafted(page, "其他")
    exported(page)
    waiting = []
    held = lambda route: waiting.append(route) if "bases" in (route.request.post_data or "") else route.continue_()  # noqa: E731
    page.route("**/queue/join*", held)
    typed_on(page, "送不出去的一句。")
    open_page(page, "报告")
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(told).first.wait_for()
    page.unroute("**/queue/join*")
    assert "送不出去的一句。" in exported(page)


def test_offers_beside_the_text_can_be_read_by_everyone(workbench, page, no_serious_findings):
    opened(page, workbench)
    drafted(page, "问题及改进情况")
    typed_on(page, "这句是自己写的。")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    page.locator("#draft").click()
    page.locator("#offers li del", has_text="这句是自己写的。").wait_for()
    no_serious_findings(page)


def test_a_file_that_cannot_be_read_leaves_the_name_and_year_of_the_one_that_counts(serve, page, tmp_path):
    page.goto(serve(GONGKAI_LLM="none"))
    open_page(page, "数据")
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#verdict .pass").wait_for()
    (tmp_path / "坏的台账.xlsx").write_bytes(b"no workbook")
    page.locator("#ledger input[type=file]").set_input_files(tmp_path / "坏的台账.xlsx")
    refused = page.locator("#verdict [role=alert]")
    refused.wait_for()
    assert "坏的台账.xlsx" in refused.inner_text()
    page.locator("#verdict .still", has_text=f"仍按“{LEDGER.name}”（云岫县生态环境局，2025 年）").wait_for()
    assert page.locator("#tables .table").count() == 3


def test_from_the_ledger_to_the_file_with_few_clicks_and_decisions(serve, page, tmp_path):
    """At most eight clicks and three decisions, the gap that the ledger leaves closed."""
    page.add_init_script(
        "addEventListener('click', (e) => { if (e.isTrusted) window.clicked = (window.clicked ?? 0) + 1; }, true)"
    )
    page.goto(serve(GONGKAI_LLM="none"))
    open_page(page, "数据")
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#verdict .pass").wait_for()
    page.evaluate("window.clicked = 0")
    decisions = 0
    open_page(page, "报告")
    paper = sheet_of_paper(page)
    gap = paper.locator("p[data-part=other]", has_text="【请补充")
    gap.click()  # leads to the editor
    page.locator("#draft-remarks button", has_text="请补充").first.click()
    page.keyboard.type("发出收费通知若干件")  # the clerk decides what is true
    decisions += 1
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    page.get_by_role("button", name="看成稿").click()
    sheet_of_paper(page).locator("p[data-part=other]", has_text="发出收费通知若干件").wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 Word").click()
    assert download.value.suggested_filename.endswith("2025年政府信息公开工作年度报告.docx")
    clicks = page.evaluate("window.clicked") + 1  # the one on the sheet, which is a document of its own
    assert clicks <= 8 and decisions <= 3, (clicks, decisions)
