"""对话 over several organs: the reading is shown in parts, a part is corrected, the table and its chart stand below."""

import random
import shutil

import pytest

from services import Gongkai
from settings import Settings
from tests.collecting.county import ORGANS, finished, hand_in, random_tables
from tests.ui.test_chat import answered, ask

pytestmark = pytest.mark.browser


def received(org, year):
    return random_tables(random.Random(f"{org}{year}"))["table3"]["new_received"]["total"]


@pytest.fixture(scope="module")
def workbench(serve, filled_home, weights_folder, tmp_path_factory):
    home = tmp_path_factory.mktemp("county") / "data"
    shutil.copytree(filled_home, home)
    services = Gongkai(Settings(home=home, llm="none", weights=weights_folder))
    for org in ORGANS[:4]:
        for year in (2024, 2025):
            made = finished(org, year, random_tables(random.Random(f"{org}{year}")))
            path = hand_in(home / "handed", made, ".html", f"{org}{year}")
            assert all(one.state == "added" for one in services.library.ingest([path], "report"))
    services.close()
    return serve(GONGKAI_LLM="none", GONGKAI_HOME=str(home))


def test_a_reading_is_corrected_by_picking_and_shown_with_table_and_chart(workbench, page, no_serious_findings):
    page.goto(workbench)
    ask(page, "各部门收到的申请从多到少排名")
    answer = answered(page)
    reading = answer.get_by_role("group", name="问题的读法，可以改")
    assert "2025年" in reading.inner_text() and "4个部门" in reading.inner_text()
    rows = answer.locator("table tr")
    assert rows.count() == 5 and answer.locator("svg").count() == 1
    most = max(ORGANS[:4], key=lambda org: received(org, 2025))
    assert most in rows.nth(1).inner_text() and str(received(most, 2025)) in rows.nth(1).inner_text()
    answer.get_by_text("图", exact=True).click()
    answer.locator("svg").wait_for(state="visible")
    no_serious_findings(page)

    reading.locator("summary", has_text="年度").click()
    reading.get_by_role("button", name="2024年", exact=True).click()
    page.locator(".turn").nth(1).locator(".reading").wait_for()
    again = page.locator(".turn").nth(1)
    before = max(ORGANS[:4], key=lambda org: received(org, 2024))
    assert "（按：2024年）" in again.locator(".question").inner_text()
    assert str(received(before, 2024)) in again.locator("table tr").nth(1).inner_text()
    assert page.outside == []
