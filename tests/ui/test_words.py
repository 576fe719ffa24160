"""What the page says when something goes wrong, in a browser: Chinese, whoever says it."""

import re
import shutil

import pytest

from tests.ui.waiting import settled

pytestmark = pytest.mark.browser

# Names of formats and programs, and what a sign-in asks for; anything else in Latin letters is foreign to a clerk.
KNOWN = re.compile(r"Word|PDF|Markdown|JSON|CSV|WPS|OpenAI|LibreOffice|\.[a-z]{2,5}|https?:\S+|zip")


# Whatever a toast says at any time, from now on.
KEEPS_TOASTS = """() => {
    window.toasts = [];
    const keep = () => window.toasts.push(...[...document.querySelectorAll('.toast-wrap')].map((one) => one.innerText));
    new MutationObserver(keep).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def english(text):
    return re.findall(r"[A-Za-z]{3,}(?: [A-Za-z]+)*", KNOWN.sub("", text))


@pytest.fixture(scope="module")
def home(tmp_path_factory, filled_home):
    folder = tmp_path_factory.mktemp("words") / "data"
    shutil.copytree(filled_home, folder)
    return folder


def test_a_refused_upload_and_a_lost_connection_are_told_in_chinese(serve, home, page, tmp_path):
    address = serve(GONGKAI_LLM="none", GONGKAI_HOME=str(home))
    page.goto(address)
    page.locator("#masthead .where", has_text="不使用模型").wait_for()
    page.get_by_role("tab", name="数据", exact=True).click()
    (tmp_path / "照片.png").write_bytes(b"\x89PNG")
    page.locator("#ledger input[type=file]").set_input_files(tmp_path / "照片.png")
    toast = page.locator(".toast-wrap")
    toast.get_by_text("不能读这种文件").first.wait_for()
    assert english(toast.inner_text()) == []
    page.get_by_role("tab", name="对话", exact=True).click()
    serve.kill(address)
    page.locator("#question textarea").fill("公开属性由谁确定？")
    page.evaluate(KEEPS_TOASTS)
    with page.expect_event("requestfailed"):
        page.locator("#send").click()
    toast.get_by_text(re.compile("没有连上|连接断了")).first.wait_for()
    settled(page)
    assert [words for words in page.evaluate("window.toasts") if english(words)] == []


def test_the_masthead_names_no_file(serve, page, tmp_path):
    weights = tmp_path / "qwen2.5-1.5b-instruct-q4_k_m.gguf"
    weights.write_bytes(b"GGUF")
    page.goto(serve(GONGKAI_LLM="local", GONGKAI_LLM_GGUF=str(weights)))
    page.locator("#masthead .where", has_text="文字不离开这台电脑").wait_for()
    assert "qwen" not in page.locator("#masthead").inner_text()
