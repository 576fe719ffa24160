"""Every page on a telephone, in the dark and before axe; what one user asks stays theirs."""

import pytest

from tests.ui.test_signin import office, sign_in  # noqa: F401  (the fixture with three users)
from tests.ui.waiting import settled

pytestmark = pytest.mark.browser

PAGES = ("对话", "法规检索", "数据", "起草", "报告", "汇集", "资料库", "管理")
PARTS = ("用户", "模型", "日志", "评价", "备份", "状况")
SHAPES = {"phone": {"width": 390, "height": 844}, "dark": {"color_scheme": "dark"}}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_page_fits_and_can_be_read(office, new_page, no_serious_findings, shape):  # noqa: F811
    page = new_page(**SHAPES[shape])
    sign_in(page, office, "王主任")
    page.locator("#masthead", has_text="王主任").wait_for()
    for name in (*PAGES, *PARTS):
        page.get_by_role("tab", name=name, exact=True).click()
        page.locator("[role=tab][aria-selected=true]", has_text=name).first.wait_for()
        settled(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name}: {wide} px too wide"
        no_serious_findings(page)


def test_users_do_not_see_each_others_conversations(office, new_page):  # noqa: F811
    asked = {"小李": "部门的年度报告最迟什么时候公布？", "老张": "排污单位要公开哪些信息？"}
    pages = {name: new_page() for name in asked}
    for name, page in pages.items():
        sign_in(page, office, name)
        page.locator("#question textarea, #question input").fill(asked[name])
    for page in pages.values():  # both at once
        page.locator("#send").click()
    for name, page in pages.items():
        page.locator("#past-list", has_text=asked[name]).wait_for()
        page.locator("#cited .evidence").wait_for()
        page.reload()
        past = page.locator("#past-list", has_text=asked[name])
        past.wait_for()
        assert not any(other in past.inner_text() for of, other in asked.items() if of != name)
