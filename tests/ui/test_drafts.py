"""起草 in a browser: figures that cannot be typed over, marks at once, one paragraph anew, versions, a killed server."""

import shutil

import pytest

from tests.openai_server import Reply
from tests.openai_server import serve as serve_model
from tests.ui.drafting import choose, drafted, exported, open_page, opened, type_at_end, typed_on, with_ledger, written
from tests.ui.waiting import offline

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def workbench(serve, chromium):
    """A workbench with the example's ledger on the desk."""
    address = serve(GONGKAI_LLM="none")
    page = chromium.new_page(locale="zh-CN")
    page.set_default_timeout(60_000)
    with_ledger(page, address)
    page.close()
    return address


def marked(page, kind="numeral"):
    return page.evaluate(f"[...CSS.highlights.get('draft-{kind}')].map(String)")


def test_an_edit_is_kept_and_a_number_that_is_no_figure_is_marked_at_once(workbench, page, no_serious_findings, tour):
    opened(page, workbench)
    paper = drafted(page, "监督保障")
    type_at_end(page, "另有99件投诉。")
    page.locator("#draft-remarks button", has_text="99件").wait_for()
    assert marked(page) == ["99件"]
    no_serious_findings(page)
    tour(page, "04-drafts")
    page.locator("#draft-remarks button", has_text="99件").click()
    assert page.evaluate("getSelection().toString()") == "99件"
    page.keyboard.type("若干")
    page.locator("#draft-remarks .pass").wait_for()
    assert marked(page) == []
    page.reload()
    open_page(page, "起草")
    choose(page, "监督保障")
    assert "另有若干投诉" in paper.inner_text()
    assert page.outside == []


def test_figures_go_in_and_out_whole_and_cannot_be_typed_over(workbench, page):
    opened(page, workbench)
    paper = drafted(page, "监督保障")
    figures = paper.locator(".figure").all_inner_texts()
    paper.locator(".figure").nth(1).click()
    page.keyboard.type("至少")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    assert paper.locator(".figure").all_inner_texts() == figures
    assert f"{figures[1]}至少" in paper.inner_text()  # behind the figure, not in it
    assert all(one.get_attribute("contenteditable") == "false" for one in paper.locator(".figure").all())
    offered = page.locator("#draft-basis .put").last
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    offered.click()
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    assert paper.locator(".figure").all_inner_texts() == [*figures, offered.get_attribute("data-put")]
    page.keyboard.press("Backspace")
    assert paper.locator(".figure").count() == len(figures)


def test_undo_redo_and_the_versions_before(workbench, page):
    opened(page, workbench)
    paper = drafted(page, "监督保障")
    first = paper.inner_text()
    type_at_end(page, "会议照常召开。")
    for button, there in (("undo", False), ("redo", True), ("undo", False)):
        page.locator(f"#draft-{button}").click()
        page.wait_for_function(
            f"document.querySelector('#draft-text .paper').innerText.includes('会议照常') === {str(there).lower()}"
        )
    assert paper.inner_text() == first
    page.get_by_role("button", name="以前的版本").click()
    page.locator("#draft-version input").click()
    page.get_by_role("option").filter(has_text="手工修改").first.click()
    page.locator("#draft-restore").click()
    page.wait_for_function("document.querySelector('#draft-text .paper').innerText.includes('会议照常')")


def test_one_paragraph_is_written_anew_and_the_others_stay(workbench, page):
    opened(page, workbench)
    paper = drafted(page, "监督保障")
    type_at_end(page, "会议照常召开。")
    before = paper.locator("p").all_inner_texts()
    page.get_by_role("button", name="重写第1段").click()
    page.wait_for_function("text => document.querySelector('#draft-text .paper p').innerText !== text", arg=before[0])
    assert paper.locator("p").all_inner_texts()[1:] == before[1:]


def test_what_is_typed_on_any_sheet_of_part_one_is_in_the_report(workbench, page):
    opened(page, workbench)
    drafted(page, "监督保障")
    type_at_end(page, "甲处写了一句。")
    assert "甲处写了一句。" in exported(page)
    choose(page, "总体情况")
    page.locator("#draft-text .paper", has_text="甲处写了一句。").wait_for()
    page.locator("#draft-text .paper p").first.click()
    page.keyboard.press("End")
    page.keyboard.type("乙处写了一句。")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    assert all(words in exported(page) for words in ("甲处写了一句。", "乙处写了一句。"))
    choose(page, "监督保障")
    type_at_end(page, "丙处写了一句。")
    text = exported(page)
    assert all(words in text for words in ("甲处写了一句。", "乙处写了一句。", "丙处写了一句。"))


class HeldBack:
    """A network that brings nothing of what is typed, and everything else, until it is let go."""

    def __init__(self, page):
        self.hold()
        page.route("**/queue/join*", self._meet)

    def hold(self):
        self._waiting, self._going = [], False

    def _meet(self, route):
        if not self._going and typed_in(route.request):
            self._waiting.append(route)
        else:
            route.continue_()

    def let_go(self):
        self._going = True
        for route in self._waiting:
            route.continue_()


def typed_in(request):
    return "bases" in (request.post_data or "")


def test_a_quick_turn_to_the_report_says_that_it_is_not_up_to_date_until_it_shows_the_last_words(workbench, page):
    opened(page, workbench)
    drafted(page, "其他")
    exported(page)
    network = HeldBack(page)
    for number in range(4):
        with page.expect_request(typed_in):
            typed_on(page, words := f"第{'一二三四'[number]}次快写。")
            open_page(page, "报告")
        page.locator("#preview[data-stale]").wait_for()
        network.let_go()
        assert words in exported(page)
        network.hold()


def test_a_file_that_is_asked_for_at_once_holds_the_last_words(workbench, page, tmp_path):
    opened(page, workbench)
    drafted(page, "其他")
    exported(page)
    network = HeldBack(page)
    with page.expect_download() as download:
        with page.expect_request(typed_in):
            typed_on(page, "刚写就下载。")
            open_page(page, "报告")
            page.get_by_role("button", name="下载 Markdown").click()
        network.let_go()
    download.value.save_as(tmp_path / "report.md")
    assert "刚写就下载。" in (tmp_path / "report.md").read_text(encoding="utf-8")


def test_what_was_typed_when_the_page_went_down_is_sent_by_the_next(workbench, page):
    opened(page, workbench)
    drafted(page, "主动公开")
    page.on("dialog", lambda dialog: dialog.accept())
    page.locator("#draft-text .paper").focus()
    page.keyboard.press("Control+End")
    with offline(page):
        page.keyboard.type("断网时写的一句。")
    opened(page, workbench)
    choose(page, "主动公开")
    page.locator("#draft-text .paper", has_text="断网时写的一句。").wait_for()
    assert page.locator("#draft-text .paper").inner_text().count("断网时写的一句。") == 1


def test_two_windows_on_one_sheet_overwrite_nothing_and_are_told(workbench, page, new_page):
    other = new_page()
    for window in (page, other):
        opened(window, workbench)
    drafted(page, "其他")
    choose(other, "其他")
    other.locator("#draft-text .paper .figure").first.wait_for()
    type_at_end(page, "先写的一句。")
    other.locator("#draft-text .paper").focus()
    other.keyboard.press("Control+End")
    other.keyboard.type("后写的一句。")
    other.locator("#draft-text .kept", has_text="没有写进报告").wait_for()
    other.get_by_text("另一个窗口").first.wait_for()
    opened(other, workbench)
    choose(other, "其他")
    other.locator("#draft-text .paper", has_text="先写的一句。").wait_for()
    assert "后写的一句" not in other.locator("#draft-text .paper").inner_text()
    other.get_by_role("button", name="以前的版本").click()
    other.locator("#draft-version input").click()
    other.get_by_role("option").filter(has_text="另存").first.click()
    other.locator("#draft-restore").click()
    other.locator("#draft-text .paper", has_text="后写的一句。").wait_for()


def test_every_section_can_be_drafted_and_says_what_it_rests_on(workbench, page):
    opened(page, workbench)
    for section in ("总体情况", "主动公开", "依申请公开", "政府信息公开平台建设", "问题及改进情况", "其他"):
        written(page, section)
        page.locator("#draft-remarks [role=status]").wait_for()
        assert page.locator("#draft-basis details").count() >= 1, section
    choose(page, "问题及改进情况")
    page.locator("#draft-basis summary", has_text="线索").wait_for()
    page.locator("#draft-text .share").first.wait_for()  # how much of it stands in last year's


def test_a_phone_can_edit(workbench, new_page, no_serious_findings):
    phone = new_page(390, 844, color_scheme="dark")
    opened(phone, workbench)
    drafted(phone, "主动公开")
    type_at_end(phone, "共3333条。")
    phone.locator("#draft-remarks button", has_text="3333").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_serious_findings(phone)


# --- a model that takes its time ------------------------------------------------------------------


@pytest.fixture
def slow_model():
    """A model that never comes to an end."""
    endless = tuple({"content": piece} for piece in ("本年度，", *"工作有序推进，" * 300))
    with serve_model(Reply(endless, pause=0.4)) as script:
        yield script.address


def test_a_model_is_asked_beside_the_text_and_a_killed_server_loses_nothing(
    serve, slow_model, page, tmp_path, filled_home
):
    home = tmp_path / "data"
    shutil.copytree(filled_home, home)
    settings = {"GONGKAI_HOME": str(home), "GONGKAI_LLM": slow_model}
    first = serve(**settings)
    with_ledger(page, first)
    assert not page.locator("#with-model input").is_checked()
    choose(page, "总体情况")
    paper = page.locator("#draft-text .paper")
    type_at_end(page, "工作平稳。")
    page.locator("#with-model input").check()
    page.locator("#draft").click()
    page.locator("#offers .doing").wait_for()
    assert "工作平稳。" in paper.inner_text() and "还没有起草" not in paper.inner_text()
    type_at_end(page, "秩序良好。")
    page.locator("#draft-stop").click()
    page.locator("#offers", has_text="已停止").wait_for()
    kept = paper.inner_text()
    assert "工作平稳。秩序良好。" in kept

    page.locator("#draft").click()
    page.locator("#offers .doing").wait_for()
    serve.kill(first)
    page.goto("about:blank")
    page.goto(serve(**settings))
    open_page(page, "起草")
    choose(page, "总体情况")
    page.locator("#draft-text .kept", has_text="手工修改").wait_for()
    assert paper.inner_text() == kept


def test_a_draft_stands_at_once_and_what_would_replace_words_is_offered(workbench, page):
    opened(page, workbench)
    written(page, "问题及改进情况")
    paper = page.locator("#draft-text .paper")
    before = paper.locator("p").all_inner_texts()
    paper.locator("p").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.type("这句是自己写的。")
    page.locator("#draft-text .kept", has_text="已保存").wait_for()
    page.locator("#draft").click()
    offer = page.locator("#offers li")
    offer.locator("del", has_text="这句是自己写的。").wait_for()
    assert offer.count() == 1 and "这句是自己写的。" in paper.inner_text()
    offer.get_by_role("button", name="不用").click()
    offer.wait_for(state="detached")
    assert "这句是自己写的。" in paper.inner_text()
    page.locator("#draft").click()
    offer.get_by_role("button", name="采用").click()
    page.wait_for_function("!document.querySelector('#draft-text .paper').innerText.includes('自己写的')")
    assert paper.locator("p").all_inner_texts() == before
