"""The workbench in a real browser under its own policy, and called by pages of another site."""

import http.server
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
TABS = ("法规检索", "数据", "起草", "报告", "汇集", "资料库", "管理", "对话")


@pytest.fixture(scope="module")
def data(tmp_path_factory, filled_home):
    import shutil

    return shutil.copytree(filled_home, tmp_path_factory.mktemp("guarded") / "data")


@pytest.fixture(scope="module")
def workbench(serve, data):
    return serve(GONGKAI_LLM="none", GONGKAI_HOME=str(data))


@contextmanager
def another_site(html):
    """A page at another port of this machine: another origin, to which browsers are kinder than to a foreign one."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *said):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_every_page_works_under_the_policy(page, workbench):
    said = []
    page.on("console", lambda message: said.append(message.text) if "Content Security Policy" in message.text else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(workbench)
    page.locator("#masthead", has_text="未设登录").wait_for()
    for name in TABS:
        page.get_by_role("tab", name=name, exact=True).click()
    page.get_by_role("tab", name="数据", exact=True).click()
    with page.expect_download() as template:
        page.locator("#template").click()
    assert template.value.path().stat().st_size > 1000
    page.locator("#ledger input[type=file]").set_input_files(LEDGER)
    page.locator("#verdict .pass").wait_for()
    page.get_by_role("tab", name="报告", exact=True).click()
    page.frame_locator("#preview iframe.paper").locator("h1, h2").first.wait_for()
    assert said == [] and page.outside == []


SMUGGLED = """<p id=smuggled><img src="x:" onerror="window.ranIt = 1"><svg onload="window.ranIt = 2"></svg>
<a href="javascript:window.ranIt = 3">x</a></p>"""


def test_smuggled_markup_runs_nothing(page, workbench):
    refused = []
    page.on(
        "console", lambda message: refused.append(message.text) if "Content Security Policy" in message.text else None
    )
    page.goto(workbench)
    page.locator("#masthead", has_text="未设登录").wait_for()
    page.evaluate("markup => document.body.insertAdjacentHTML('beforeend', markup)", SMUGGLED)
    page.locator("#smuggled a").evaluate("link => link.click()")
    page.evaluate(
        """() => { const script = document.createElement('script'); script.textContent = 'window.ranIt = 4';
        document.body.append(script); }"""
    )
    page.wait_for_function("document.querySelector('#smuggled img').complete")
    page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert page.evaluate("window.ranIt") is None
    assert len(refused) >= 3


def uploads(data):
    return sorted(path.name for path in (data / "temporary").rglob("*") if path.is_file())


SENDS = """
<iframe id=shown src="{there}/"></iframe>
<form id=sent method=post enctype=multipart/form-data action="{there}/gradio_api/upload" target=answered><input name=files value=x></form>
<iframe name=answered></iframe>
<script>
const file = new FormData(); file.append("files", new File(["one"], "from-elsewhere.txt"));
window.tried = Promise.all([
  fetch("{there}/gradio_api/upload", {{method: "POST", body: file, mode: "no-cors"}}).then(() => "sent", () => "refused"),
  fetch("{there}/gradio_api/upload", {{method: "POST", body: file}}).then(answer => answer.status, () => "refused"),
  fetch("{there}/config").then(answer => answer.status, () => "refused"),
  fetch("{there}/signin", {{method: "POST", body: "name=a&password=b", mode: "no-cors",
    headers: {{"Content-Type": "application/x-www-form-urlencoded"}}}}).then(() => "sent", () => "refused"),
]);
</script>
"""


def test_another_sites_page_frames_sends_and_reads_nothing(page, workbench, data):
    before = uploads(data)
    with another_site(SENDS.format(there=workbench)) as there:
        page.goto(there)
        tried = page.evaluate("window.tried")
        page.locator("#sent").evaluate("form => form.submit()")
        page.wait_for_load_state("networkidle")
        assert tried[1:3] in ([403, 403], ["refused", "refused"])
        shown = [frame for frame in page.frames if frame.parent_frame]
        assert all(
            "公开" not in (frame.content() if not frame.url.startswith("chrome-error") else "") for frame in shown
        )
    assert uploads(data) == before


@pytest.mark.parametrize(
    ("headers", "status", "said"),
    [
        ({"Host": "evil.example:7860"}, 421, "不是工作台的地址"),
        ({"Origin": "http://evil.example"}, 403, "别的网站"),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403, "别的网站"),
    ],
)
@pytest.mark.parametrize("path", ["", "config", "signin", "gradio_api/info", "gradio_api/upload", "theme.css"])
def test_the_real_server_refuses_without_users_too(workbench, path, headers, status, said):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(f"{workbench}/{path}", headers=headers), timeout=10)
    assert refused.value.code == status and said in refused.value.read().decode()
    assert refused.value.headers["X-Frame-Options"] == "DENY"
