"""对话 in a real browser: ask, open what is cited, stop, retry, edit, rate, copy, export, find again."""

import json
import re
import shutil
import threading

import bcrypt
import pytest

from tests.openai_server import Reply
from tests.openai_server import serve as serve_model
from tests.ui.waiting import settled

pytestmark = pytest.mark.browser

QUESTION = "申请人反复大量提交申请怎么办？"
PASSWORD = "一个够长的密码2026"
SAID = "申请的数量、频次明显超出合理范围的，行政机关可以要求说明理由。[1]"

FURTHER = (
    "机关认为理由不合理的，告知不予处理。[1]",
    "认为理由合理、但在期限内答复不了的，可以定一个合理的延迟答复期限并告知申请人。[1]",
    "\n",
)


@pytest.fixture(scope="module")
def workbench(serve):
    return serve(GONGKAI_LLM="none")


def ask(page, question):
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    page.locator(".turn .question", has_text=question).last.wait_for()


def answered(page, number=0):
    """The ``number``-th answer, once it is finished."""
    page.locator(".turn").nth(number).get_by_role("button", name="复制（带引用）").wait_for()
    return page.locator(".turn").nth(number).locator(".answer")


def test_a_marker_opens_its_article_with_the_cited_words_and_the_way_on(workbench, page, no_serious_findings, tour):
    page.goto(workbench)
    page.get_by_role("button", name=QUESTION).click()
    marker = answered(page).locator("button.marker", has_text="[1]").last
    assert "第三十五条" in marker.get_attribute("aria-label")
    marker.focus()
    page.keyboard.press("Enter")

    article = page.locator(".opened-article")
    article.get_by_role("heading", name="《政府信息公开条例》第三十五条").wait_for()
    assert "● 现行有效" in article.inner_text() and "要点，非原文" in article.inner_text()
    assert max(len(text) for text in article.locator("mark").all_inner_texts()) > 10
    no_serious_findings(page)
    tour(page, "01-chat")
    assert page.evaluate("document.activeElement.className") == "opened-article"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.pick").startswith("cite:")

    article.get_by_role("button", name="下一条：第三十六条").click()
    article.get_by_role("heading", name="《政府信息公开条例》第三十六条").wait_for()
    article.get_by_role("button", name="← 全部引用").click()
    page.locator("#cited .evidence").wait_for()
    assert page.outside == []


def test_validity_is_judged_on_the_day_that_is_chosen(workbench, page):
    page.goto(workbench)
    ask(page, QUESTION)
    answered(page).locator("button.marker").last.click()
    article = page.locator(".opened-article")
    article.wait_for()
    day = page.get_by_label("按哪一天判断效力")
    day.fill("2018-06-01")
    day.press("Enter")
    article.get_by_text("效力按 2018年6月1日 判断").wait_for()
    assert "尚未施行" in article.inner_text()
    day.fill("昨天的昨天")
    day.press("Enter")
    page.get_by_text("不是日期").first.wait_for()


def test_an_answer_is_copied_as_documents_cite(workbench, new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(workbench)
    ask(page, QUESTION)
    answered(page).get_by_role("button", name="复制（带引用）").click()
    page.get_by_role("button", name="已复制").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "《政府信息公开条例》第三十五条" in text
    assert not re.search(r"\[\d\]", text)


def test_a_question_is_asked_anew_and_changed(workbench, page):
    page.goto(workbench)
    ask(page, QUESTION)
    answered(page)
    first = page.locator(".turn").get_attribute("data-turn")
    page.get_by_role("button", name="重新回答").click()
    page.locator(f".turn:not([data-turn='{first}'])").get_by_role("button", name="重新回答").wait_for()
    page.get_by_role("button", name="修改问题").click()
    page.locator("#changing", has_text="正在修改").wait_for()
    assert page.locator("#question textarea").input_value() == QUESTION
    ask(page, "排污单位要公开哪些信息？")
    answered(page)
    assert page.locator(".turn").count() == 1
    assert page.locator("#changing").count() == 0 or not page.locator("#changing").is_visible()


def test_a_follow_up_shows_how_it_was_understood(workbench, page):
    page.goto(workbench)
    ask(page, "2024年一共收到多少件申请？")
    answered(page)
    ask(page, "其中予以公开的呢？")
    assert "理解为：" in answered(page, 1).inner_text()


def test_a_thumb_and_its_reason_are_kept_for_review(workbench, page):
    page.goto(workbench)
    ask(page, QUESTION)
    answered(page).get_by_role("button", name="没用").click()
    reason = page.get_by_label("原因")
    reason.fill("条文没有引用全")
    reason.press("Enter")
    page.locator("#save-reason").click()
    page.locator("#why").wait_for(state="hidden")
    assert page.get_by_role("button", name="✓ 没用").get_attribute("aria-pressed") == "true"
    page.reload()
    page.get_by_role("button", name="✓ 没用").wait_for()
    page.get_by_role("tab", name="管理").click()
    page.get_by_role("tab", name="评价", exact=True).click()
    page.get_by_text("条文没有引用全").wait_for()


def test_a_conversation_is_found_again_renamed_exported_and_deleted(workbench, page, tmp_path):
    page.goto(workbench)
    ask(page, "排污单位要公开哪些信息？")
    said = answered(page).inner_text()
    page.reload()
    assert answered(page).inner_text() == said

    page.get_by_role("button", name="改名、导出、删除").click()
    page.locator("#title textarea, #title input").fill("企业披露的一问")
    page.locator("#title textarea, #title input").press("Enter")
    page.locator("#past-list [aria-current]", has_text="企业披露的一问").wait_for()
    page.locator("#clear").click()
    page.locator(".welcome").wait_for()
    page.get_by_label("查找以往对话").fill("没有谁这样问过")
    page.locator("#past-list .empty").wait_for()
    page.get_by_label("查找以往对话").fill("企业披露的")
    page.locator("#past-list button", has_text="企业披露的一问").click()
    answered(page)

    for button, ending in (("导出文本", ".md"), ("导出 JSON", ".json")):
        with page.expect_download() as download:
            page.get_by_role("button", name=button).click()
        assert download.value.suggested_filename.endswith(ending)
        download.value.save_as(tmp_path / f"conversation{ending}")
    assert json.loads((tmp_path / "conversation.json").read_text(encoding="utf-8"))["title"] == "企业披露的一问"
    assert "排污单位要公开哪些信息" in (tmp_path / "conversation.md").read_text(encoding="utf-8")

    page.locator("#delete").click()
    page.locator("#really-delete").click()
    page.locator(".welcome").wait_for()
    page.locator("#past-list .empty").wait_for()


def test_a_phone_shows_the_conversation_first_and_leads_back_to_it(workbench, new_page, no_serious_findings):
    page = new_page(width=390, height=844)
    page.goto(workbench)
    ask(page, QUESTION)
    answered(page).locator("button.marker").last.click()
    article = page.locator(".opened-article")
    article.wait_for()
    page.wait_for_function("document.querySelector('.opened-article').getBoundingClientRect().top < innerHeight / 2")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_serious_findings(page)
    article.get_by_role("button", name="回到对话").click()
    page.wait_for_function("document.querySelector('#conversation').getBoundingClientRect().bottom > 100")


PLACE = "document.getElementById('conversation').scrollTop"


def hidden_below(page):
    """How many pixels of the newest turn lie below what the conversation shows."""
    return page.evaluate("""() => { const region = document.getElementById('conversation');
        return [...region.querySelectorAll('.turn')].at(-1).getBoundingClientRect().bottom - region.getBoundingClientRect().bottom; }""")


def test_the_conversation_follows_the_newest_turn_until_the_reader_scrolls_up(serve, new_page):
    pieces = tuple({"content": piece} for piece in (SAID, *FURTHER))
    allowed = threading.Semaphore(0)
    with serve_model(Reply(pieces), Reply(pieces), Reply(pieces, allowed=allowed)) as script:
        page = new_page(1366, 600)
        page.goto(serve(GONGKAI_LLM=script.address))
        ask(page, QUESTION)
        answered(page)
        ask(page, "同一申请人反复申请，可以不答复吗？")
        answered(page, 1)
        ask(page, "申请太多太频繁怎么处理？")
        newest = page.locator(".turn").last
        allowed.release()  # a sentence is shown once the next begins
        for words in ("明显超出合理范围", "告知不予处理"):
            allowed.release()
            newest.locator(".answer", has_text=words).wait_for()
            settled(page)
            assert hidden_below(page) <= 1
        page.locator("#conversation").hover()
        low = page.evaluate(PLACE)
        page.mouse.wheel(0, -300)
        page.wait_for_function(f"{PLACE} < {low}")
        settled(page)
        place = page.evaluate(PLACE)
        allowed.release(len(pieces))
        answered(page, 2)
        settled(page)
        assert page.evaluate(PLACE) == place


# --- a model that takes its time, and two users ---------------------------------------------------


@pytest.fixture
def slow_model():
    """Two answers that never come to an end, then quick ones."""
    endless = tuple({"content": piece} for piece in (SAID, "行政机关认为", *"还要再说，" * 400))
    quick = tuple({"content": piece} for piece in (SAID, "\n"))
    with serve_model(Reply(endless, pause=0.4), Reply(endless, pause=0.4), Reply(quick)) as script:
        yield script


def sign_in(page, address, name):
    page.goto(f"{address}/signin")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.locator("#masthead", has_text=name).wait_for()


def test_stop_and_a_killed_server_lose_nothing_and_nobody_else_sees_it(
    serve, slow_model, new_page, tmp_path, filled_home
):
    home = tmp_path / "data"
    shutil.copytree(filled_home, home)
    secret = bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()
    users = tmp_path / "users.txt"
    users.write_text(f"王主任:{secret}\n小李:{secret}\n", encoding="utf-8")
    settings = {"GONGKAI_HOME": str(home), "GONGKAI_USERS": str(users), "GONGKAI_LLM": slow_model.address}
    first = serve(**settings)
    page = new_page()
    sign_in(page, first, "小李")
    ask(page, QUESTION)
    page.locator(".turn .answer", has_text="说明理由").wait_for()
    page.reload()  # whoever comes back looks on
    page.locator("#stop").click()
    assert "回答在中途停止" in answered(page).inner_text()
    assert "说明理由" in answered(page).inner_text()

    ask(page, "部门的年度报告最迟什么时候公布？")
    slow_model.wait_for(2)  # else the one that comes back would get the endless answer
    serve.kill(first)
    again = serve(**settings)
    page.goto(again)
    page.locator("#past-list button", has_text=QUESTION).click()
    unfinished = page.locator(".turn .unfinished", has_text="未完成")
    unfinished.get_by_role("button", name="重新回答").click()
    answered(page, 1)
    assert page.locator(".unfinished").count() == 0

    other = new_page()
    sign_in(other, again, "王主任")
    other.locator("#past-list .empty").wait_for()
