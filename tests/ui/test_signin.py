"""Signing in: the first administrator, roles, the lock, a new password, and what ends a session."""

import urllib.error
import urllib.request

import pytest

pytestmark = pytest.mark.browser

PASSWORD = "滚滚长江东逝水2026"


@pytest.fixture(scope="module")
def office(serve, chromium):
    """A workbench whose first administrator has been made on the page, and who made two users."""
    address = serve(GONGKAI_LLM="none")
    page = chromium.new_context(locale="zh-CN").new_page()
    page.goto(address)
    page.locator("#masthead", has_text="未设登录").wait_for()
    open_page(page, "管理")
    for field in ("password", "again"):
        page.locator(f"#first-{field} input").fill(PASSWORD)
    page.locator("#first-name input, #first-name textarea").fill("王主任")
    page.locator("#create-administrator").click()
    page.wait_for_url("**/signin*")
    sign_in(page, address, "王主任")
    open_page(page, "管理")
    for name, role in (("小李", "经办"), ("老张", "审核")):
        page.locator("#user-name input, #user-name textarea").fill(name)
        page.locator("#user-password input").fill(PASSWORD)
        page.locator("#user-role").get_by_label(role).check()
        page.locator("#create-user").click()
        page.locator("#users", has_text=name).wait_for()
    page.context.close()
    return address


def open_page(page, name):
    page.get_by_role("tab", name=name, exact=True).click()


def sign_in(page, address, name, password=PASSWORD):
    page.goto(address)
    page.wait_for_url("**/signin*")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill(password)
    page.get_by_role("button", name="登录").click()


def test_the_form_is_plain_and_tells_why_it_refuses(office, page, no_serious_findings, tour):
    page.goto(office)
    page.wait_for_url("**/signin*")
    no_serious_findings(page)
    tour(page, "00-signin")
    sign_in(page, office, "小李", "不是这个密码")
    assert "再错 4 次" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("用户名").input_value() == "小李"
    sign_in(page, office, "小李")
    page.locator("#masthead", has_text="小李（经办）").wait_for()
    assert page.outside == []


def test_five_wrong_passwords_lock_the_name(office, page):
    for _ in range(5):
        sign_in(page, office, "没有这个人", "猜一个密码")
    assert "锁定 10 分钟" in page.get_by_role("alert").inner_text()
    sign_in(page, office, "没有这个人", "猜一个密码")
    assert "分钟后再试" in page.get_by_role("alert").inner_text()


@pytest.mark.parametrize(
    "path", ["config", "gradio_api/info", "gradio_api/file=office.db", "gradio_api/queue/data?session_hash=x"]
)
def test_nothing_but_the_form_answers_without_sign_in(office, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{office}/{path}", timeout=10)
    assert refused.value.code == 401


@pytest.mark.parametrize("path", ["gradio_api/upload", "gradio_api/queue/join", "gradio_api/run/named"])
def test_nothing_can_be_sent_without_sign_in(office, path):
    request = urllib.request.Request(f"{office}/{path}", data=b"{}", headers={"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    assert refused.value.code == 401


def test_roles_decide_what_is_offered(office, new_page):
    clerk, reviewer = new_page(), new_page()
    sign_in(clerk, office, "小李")
    open_page(clerk, "管理")
    clerk.get_by_text("这一页由审核人员和管理员使用").wait_for()
    sign_in(reviewer, office, "老张")
    open_page(reviewer, "管理")
    reviewer.get_by_role("tab", name="评价").wait_for()
    assert reviewer.get_by_role("tab", name="用户").count() == 0
    assert reviewer.get_by_role("tab", name="模型").count() == 0


def test_signing_out_ends_the_session(office, page):
    sign_in(page, office, "小李")
    kept = page.context.cookies()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/signin*")
    page.context.add_cookies(kept)
    page.goto(office)
    page.wait_for_url("**/signin*")


def test_a_disabled_user_is_out_at_once_and_work_goes_on_after_a_new_password(office, new_page):
    clerk, administrator = new_page(), new_page()
    sign_in(clerk, office, "小李")
    clerk.locator("#masthead", has_text="小李").wait_for()
    sign_in(administrator, office, "王主任")
    open_page(administrator, "管理")
    choose(administrator, "小李")
    administrator.locator("#disable-user").click()
    administrator.locator("#users tr", has_text="小李").get_by_text("已停用").wait_for()

    open_page(clerk, "数据")
    clerk.locator("#example-ledger").click()
    clerk.wait_for_url("**/signin*")
    sign_in(clerk, office, "小李")
    assert "已停用" in clerk.get_by_role("alert").inner_text()

    choose(administrator, "小李")
    administrator.get_by_role("button", name="恢复使用").click()
    administrator.locator("#users tr", has_text="小李").get_by_text("可以登录").wait_for()
    sign_in(clerk, office, "小李")
    clerk.get_by_role("link", name="修改密码").click()
    for label, text in (("现在的密码", PASSWORD), ("新密码（", "另一个密码2026"), ("再输一次新密码", "另一个密码2026")):
        clerk.get_by_label(label).fill(text)
    clerk.get_by_role("button", name="保存").click()
    clerk.locator("#masthead", has_text="小李").wait_for()
    sign_in_again = new_page()
    sign_in(sign_in_again, office, "小李", "另一个密码2026")
    sign_in_again.locator("#masthead", has_text="小李").wait_for()


def choose(page, name):
    page.locator("#changed-user input").click()
    page.get_by_role("option", name=name).click()


def test_a_restart_signs_nobody_out(serve, page, tmp_path_factory, filled_home):
    import shutil

    home = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(filled_home, home)
    users = home / "users.txt"
    import bcrypt

    users.write_text(f"王主任:{bcrypt.hashpw(PASSWORD.encode(), bcrypt.gensalt(4)).decode()}\n", encoding="utf-8")
    first = serve(GONGKAI_HOME=str(home), GONGKAI_LLM="none", GONGKAI_USERS=str(users))
    sign_in(page, first, "王主任")
    page.locator("#masthead", has_text="王主任（管理员）").wait_for()
    open_page(page, "数据")
    page.locator("#example-ledger").click()
    page.locator("#verdict .pass").wait_for()
    serve.kill(first)

    again = serve(GONGKAI_HOME=str(home), GONGKAI_LLM="none", GONGKAI_USERS=str(users))
    page.goto(again)
    page.locator("#masthead", has_text="王主任").wait_for()
    open_page(page, "数据")
    page.locator("#verdict .pass").wait_for()
    page.locator("#tables h3").nth(2).wait_for()
