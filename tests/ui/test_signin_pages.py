"""The sign-in pages without a browser: what they log, and the cookie they give."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from services import Gongkai
from settings import load_settings
from ui.signin import COOKIE, routes

PASSWORD = "滚滚长江东逝水2026"


@pytest.fixture
def services(tmp_path):
    opened = Gongkai(load_settings(home=tmp_path / "data"))
    opened.office().users.create_administrator("王主任", PASSWORD)
    return opened


@pytest.fixture
def client(services):
    return TestClient(Starlette(routes=routes(services)), follow_redirects=False)


def logged(services):
    administrator = next(user for user in services.office().users.all() if user.administers)
    return [(entry.who, entry.action) for entry in services.office().audit.entries(administrator)][::-1]


def test_sign_in_a_new_password_and_sign_out_are_logged(services, client):
    signed_in = client.post("/signin", data={"name": "王主任", "password": PASSWORD})
    assert signed_in.status_code == 303
    assert "httponly" in signed_in.headers["set-cookie"].casefold()
    assert "samesite=lax" in signed_in.headers["set-cookie"].casefold()
    changed = client.post("/password", data={"old": PASSWORD, "new": "另一个密码2026", "again": "另一个密码2026"})
    assert changed.status_code == 303
    assert client.post("/signout").status_code == 303
    assert logged(services) == [("王主任", "sign_in"), ("王主任", "users"), ("王主任", "sign_out")]


@pytest.mark.parametrize(
    ("name", "as_whom"),
    [("王主任", "王主任"), ("没有这个人", "未知用户"), (PASSWORD, "未知用户")],
    ids=["known", "unknown", "a password in the wrong field"],
)
def test_a_refused_sign_in_is_logged_without_what_nobody_is_called(services, client, name, as_whom):
    refused = client.post("/signin", data={"name": name, "password": "猜一个密码"})
    assert refused.status_code == 400 and COOKIE not in refused.cookies
    assert logged(services) == [(as_whom, "sign_in_refused")]
    administrator = services.office().users.named("王主任")
    assert PASSWORD not in services.office().audit.as_csv(administrator)


def test_what_was_typed_comes_back_as_text(client):
    refused = client.post("/signin", data={"name": '"><script>alert(1)</script>', "password": "x"})
    assert "<script>alert" not in refused.text


@pytest.mark.parametrize("again", ["另一个密码2027", ""])
def test_a_new_password_is_typed_twice_alike(services, client, again):
    client.post("/signin", data={"name": "王主任", "password": PASSWORD})
    refused = client.post("/password", data={"old": PASSWORD, "new": "另一个密码2026", "again": again})
    assert refused.status_code == 400 and "不一样" in refused.text
    assert services.office().users.sign_in("王主任", PASSWORD)
