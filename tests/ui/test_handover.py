"""From an empty desk to the approved report, with two people and a lost connection in between."""

from pathlib import Path

import bcrypt
import pytest
from docx import Document

from tests.ui.drafting import part
from tests.ui.waiting import offline, sent_in_vain

pytestmark = pytest.mark.browser

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
PASSWORD = "两个人办一份报告2026"


@pytest.fixture(scope="module")
def office(serve, tmp_path_factory):
    users = tmp_path_factory.mktemp("users") / "users.txt"
    secret = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    users.write_text(f"王主任:{secret}:administrator\n小李:{secret}:clerk\n老张:{secret}:reviewer\n", encoding="utf-8")
    return serve(GONGKAI_LLM="none", GONGKAI_USERS=str(users))


def sign_in(page, address, name):
    page.goto(f"{address}/signin")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#masthead", has_text=name).wait_for()


def turn_to(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def manuscript(page):
    turn_to(page, "报告")
    page.locator("#build-state [data-made]").wait_for()
    page.locator("#preview:not([data-stale])").wait_for()
    return page.frame_locator("#preview iframe")


def turn_to_section(page, section):
    turn_to(page, "起草")
    page.locator(f"#parts [data-part={part(section)}]").click()
    page.locator(f"#draft-text .paper[aria-label*='{section}']").wait_for()


def add(page, words):
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def saved(page, folder, label="下载 Word"):
    with page.expect_download() as download:
        page.locator("#files").get_by_role("button", name=label).click()
    download.value.save_as(folder / download.value.suggested_filename)
    return folder / download.value.suggested_filename


def test_words_that_wait_are_sent_by_none_but_who_typed_them(office, page):
    """Another who signs in in the same window neither sees nor sends them; they wait for their own."""
    page.clock.install()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, office, "小李")
    turn_to(page, "数据")
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#verdict .pass").wait_for()
    turn_to_section(page, "监督保障")
    page.route(
        "**/queue/join*",
        lambda route: route.abort() if "bases" in (route.request.post_data or "") else route.continue_(),
    )
    with sent_in_vain(page):
        add(page, "小李没有送出的一句。")
    page.context.clear_cookies()
    sign_in(page, office, "老张")
    page.unroute("**/queue/join*")
    turn_to_section(page, "监督保障")
    page.clock.fast_forward(10_000)  # longer than it takes to send again what was not kept
    assert "小李没有送出" not in page.locator("#whole-page").inner_text()
    assert "小李没有送出" not in manuscript(page).locator("body").inner_text()
    page.context.clear_cookies()
    sign_in(page, office, "小李")
    turn_to_section(page, "监督保障")
    page.locator("#draft-text .paper", has_text="小李没有送出的一句。").wait_for()
    assert "小李没有送出的一句。" in manuscript(page).locator("body").inner_text()


def chosen(page, words):
    """Select words on the sheet, as a reader does with the mouse."""
    page.evaluate(
        """(words) => { const page = document.querySelector('#preview iframe').contentDocument;
        gongkai.report.show(words, ''); const range = [...page.defaultView.CSS.highlights.get('place')][0];
        page.getSelection().removeAllRanges(); page.getSelection().addRange(range); }""",
        words,
    )
    page.locator("#comment textarea[placeholder^='批注']").wait_for()


def test_two_people_from_the_ledger_to_the_approved_report(office, new_page, tmp_path, no_serious_findings):
    clerk, reviewer = new_page(), new_page()
    sign_in(clerk, office, "小李")
    turn_to(clerk, "数据")
    clerk.locator("#ledger input[type=file]").set_input_files(LEDGER)
    clerk.locator("#verdict .source").wait_for()
    assert "我局" in manuscript(clerk).locator("p[data-part=organisation]").first.inner_text()

    # what the ledger does not know is asked, and stands in its place
    turn_to(clerk, "起草")
    clerk.get_by_role("button", name="台账没有记载的工作").click()
    fees = clerk.locator("#asked li").filter(has_text="信息处理费")
    fees.locator("textarea").fill("发出收费通知2件，应收总金额320元")
    fees.get_by_role("button", name="写入").click()
    fees.locator("small", has_text="已写入").wait_for()

    # a lost connection loses nothing
    turn_to_section(clerk, "监督保障")
    with offline(clerk):
        add(clerk, "年末开展自查。")
    clerk.locator("#draft-text .kept", has_text="已保存").wait_for()
    paper = manuscript(clerk)
    paper.get_by_text("年末开展自查。").first.wait_for()
    paper.get_by_text("发出收费通知2件，应收总金额320元").first.wait_for()
    clerk.get_by_role("button", name="提交审核", exact=True).click()
    clerk.locator("#build-state", has_text="已提交，等待审核（小李").wait_for()

    # the reviewer has uploaded nothing, and sees the same text; a comment, and back
    sign_in(reviewer, office, "老张")
    manuscript(reviewer).get_by_text("年末开展自查。").first.wait_for()
    no_serious_findings(reviewer)
    chosen(reviewer, "年末开展自查。")
    reviewer.locator("#comment textarea").fill("写明查了什么")
    reviewer.get_by_role("button", name="加批注").click()
    reviewer.locator("#comments li", has_text="写明查了什么").wait_for()
    reviewer.get_by_role("button", name="退回修改").click()
    reviewer.locator(".toast-wrap", has_text="退回要写明原因").wait_for()
    reviewer.get_by_label("说明（退回时必填）").fill("见批注")
    reviewer.get_by_role("button", name="退回修改").click()
    reviewer.locator("#build-state", has_text="已退回修改（老张").wait_for()

    manuscript(clerk)
    clerk.locator("#comments .place").first.click()
    turn_to_section(clerk, "监督保障")
    add(clerk, "自查公开专栏和申请答复。")
    clerk.locator("#draft-text .kept", has_text="已保存").wait_for()
    manuscript(clerk)
    clerk.locator("#comments").get_by_role("button", name="已处理").click()
    clerk.locator("#comments .decided").wait_for()
    clerk.get_by_role("button", name="提交审核", exact=True).click()
    clerk.locator("#build-state", has_text="已提交，等待审核").wait_for()
    assert clerk.locator("#step-approved").count() == 0 or not clerk.locator("#step-approved").is_visible()

    manuscript(reviewer).get_by_text("自查公开专栏和申请答复。").first.wait_for()
    reviewer.get_by_role("button", name="定稿", exact=True).click()
    reviewer.locator("#build-state", has_text="已定稿（第1号，老张").wait_for()
    reviewer.locator("#margin", has_text="已核").wait_for()
    path = saved(reviewer, tmp_path)
    assert path.name.endswith("年政府信息公开工作年度报告.docx")
    assert any("自查公开专栏和申请答复。" in paragraph.text for paragraph in Document(path).paragraphs)

    # frozen, and opened again
    turn_to(clerk, "起草")
    add(clerk, "定稿以后的话。")
    clerk.locator("#draft-text .kept", has_text="没有写进报告").wait_for()
    manuscript(reviewer)
    reviewer.get_by_role("button", name="重新打开").click()
    reviewer.locator("#build-state", has_text="已重新打开").wait_for()
