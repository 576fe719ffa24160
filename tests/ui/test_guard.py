"""Who may call the workbench by which name and from which site, without a browser."""

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from ui.guard import HEADERS, Guard
from ui.policy import hashes

HOME = "127.0.0.1:7860"


def calls(host="127.0.0.1", names=()):
    async def answer(request):
        return PlainTextResponse("工作台")

    routes = [Route("/", answer, methods=["GET", "POST", "HEAD", "PUT", "DELETE"])]
    client = TestClient(Starlette(routes=routes, middleware=[Middleware(Guard, host, names)]))

    def call(method="GET", **headers):
        sent = {name.replace("_", "-"): value for name, value in {"host": HOME, **headers}.items()}
        return client.request(method, "/", headers=sent)

    return call


OURS = ["127.0.0.1:7860", "127.0.0.1", "localhost:7860", "LocalHost", "localhost.", "[::1]:7860", "127.0.0.1:18080"]
NOT_OURS = [
    "gongkai.example", "evil.example:7860", "127.0.0.1.evil.example:7860", "localhost.evil.example", "10.0.0.8:7860",
    "169.254.169.254", "[::", "a@localhost.example", "2130706433", "", "xn--55qx5d.example", "[fe80::1]:7860",
]  # fmt: skip


@pytest.mark.parametrize("host", OURS)
def test_loopback_names_are_the_workbenchs_own(host):
    assert calls()(host=host).text == "工作台"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("host", NOT_OURS)
def test_a_foreign_name_that_points_here_sees_nothing(host, method):
    refused = calls()(method, host=host)
    assert refused.status_code == 421 and "GONGKAI_NAMES" in refused.text and "工作台的地址" in refused.text
    assert refused.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize(
    ("listens", "names", "host", "status"),
    [
        ("10.0.0.8", (), "10.0.0.8:7860", 200),
        ("10.0.0.8", (), "10.0.0.9:7860", 421),
        ("10.0.0.8", (), "evil.example", 421),
        ("gk.office.lan", (), "GK.office.lan:7860", 200),
        ("0.0.0.0", (), "10.0.0.8:7860", 200),  # an address is nobody's to point elsewhere
        ("0.0.0.0", (), "[fe80::1]:7860", 200),
        ("0.0.0.0", (), "evil.example:7860", 421),
        ("::", (), "192.168.1.5", 200),
        ("127.0.0.1", ("gk.office.lan",), "gk.office.lan", 200),
        ("127.0.0.1", ("gk.office.lan:8443",), "gk.office.lan:8443", 200),
        ("127.0.0.1", ("gk.office.lan",), "office.lan", 421),
        ("127.0.0.1", ("gk.office.lan",), "x.gk.office.lan", 421),
    ],
)
def test_the_address_it_listens_at_and_the_names_it_is_given(listens, names, host, status):
    assert calls(listens, names)(host=host).status_code == status


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example", "null", "http://127.0.0.1:3000", "http://localhost:7860", "https://127.0.0.1", "",
        "http://127.0.0.1", "http://127.0.0.1:7860.evil.example", "file://", "http://[::1]:7860", "127.0.0.1:7860",
    ],
)  # fmt: skip
def test_another_sites_page_is_refused(origin, method):
    refused = calls()(method, origin=origin)
    assert refused.status_code == 403 and "别的网站" in refused.text


def test_its_own_page_is_not():
    assert calls()("POST", origin=f"http://{HOME}").text == "工作台"
    assert calls()("POST", origin=f"http://{HOME}", sec_fetch_site="same-origin").text == "工作台"
    behind = calls(names=("gk.office.lan:8443",))  # a proxy that passes requests on under its own name
    assert behind("POST", origin="https://gk.office.lan:8443").text == "工作台"
    assert behind("POST", origin="https://gk.office.lan:9000").status_code == 403


@pytest.mark.parametrize(
    ("method", "site", "mode", "dest", "status"),
    [
        ("GET", "none", "navigate", "document", 200),  # typed in
        ("GET", "cross-site", "navigate", "document", 200),  # a link followed
        ("GET", "same-site", "navigate", "document", 200),
        ("GET", "same-origin", "cors", "empty", 200),
        ("POST", "same-origin", "cors", "empty", 200),
        ("GET", "cross-site", "no-cors", "image", 403),
        ("GET", "cross-site", "no-cors", "script", 403),
        ("GET", "cross-site", "navigate", "iframe", 403),
        ("GET", "same-site", "cors", "empty", 403),
        ("POST", "cross-site", "navigate", "document", 403),  # a form of another site: sign-in, an upload
        ("POST", "same-site", "navigate", "document", 403),
        ("POST", "cross-site", "no-cors", "empty", 403),
    ],
)
def test_what_a_browser_says_of_where_it_comes_from(method, site, mode, dest, status):
    told = {"sec_fetch_site": site, "sec_fetch_mode": mode, "sec_fetch_dest": dest}
    assert calls()(method, **told).status_code == status


def test_a_program_that_is_no_browser_says_nothing_of_it():
    assert calls()("POST").text == "工作台"


def test_every_answer_refuses_frames_and_foreign_content():
    for answer in (calls()(), calls()(host="evil.example"), calls()("POST", origin="null")):
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = HEADERS["Content-Security-Policy"]
    for rule in ("frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'", "default-src 'self'"):
        assert rule in policy
    assert "http" not in policy and "*" not in policy and "script-src 'self' 'unsafe-eval';" in policy


# --- what a page may run ----------------------------------------------------------------------------

HEAD_OF = "<script>let a = 1;</script>\n<script>\nlet b = '三';\n</script>"
PAGES = [
    "<html><script>one()</script><SCRIPT src=a.js></SCRIPT><p>三安全</p></html>",
    "<script\ntype=module>x</script>",
    "<p>没有脚本</p>",
    "",
]


def page(html, **headers):
    async def answer(request):
        return HTMLResponse(html, headers=headers)

    guard = Middleware(Guard, "127.0.0.1", (), hashes(HEAD_OF))
    return TestClient(Starlette(routes=[Route("/", answer)], middleware=[guard])).get("/", headers={"host": HOME})


def scripts_of(answer):
    rules = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    return rules["script-src"].split()


@pytest.mark.parametrize("html", PAGES)
def test_a_pages_own_scripts_bear_the_number_of_the_answer(html):
    first, second = page(html), page(html)
    own, nonce, *known = scripts_of(first)[0], *scripts_of(first)[2:]
    assert own == "'self'" and nonce.startswith("'nonce-") and len(nonce) > 28 and scripts_of(second)[2] != nonce
    assert known == list(hashes(HEAD_OF)) and len(known) == 2
    assert "'unsafe-inline'" not in scripts_of(first)
    assert first.text.count(f'nonce="{nonce[7:-1]}"') == html.lower().count("<script")
    assert re.sub(r' nonce="[^"]*"', "", first.text) == html.replace("SCRIPT src", "script src")
    assert int(first.headers["content-length"]) == len(first.content)


def test_hashes_are_of_the_text_between_the_tags():
    # of "let a = 1;", by: printf 'let a = 1;' | openssl dgst -sha256 -binary | base64
    assert hashes(HEAD_OF)[0] == "'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='"


def test_what_is_no_html_passes_as_it_is():
    answer = calls()()
    assert answer.text == "工作台" and answer.headers["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]
    assert "<script>" in page("<script>1</script>", **{"content-encoding": "identity"}).text
