"""A backup made on the page, a command in a shell, work on the page, a killed server: nothing that the page showed is gone."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.browser


@pytest.fixture
def home(tmp_path, filled_home):
    shutil.copytree(filled_home, tmp_path / "data")
    return tmp_path / "data"


def ask(page, question):
    page.locator("#question textarea, #question input").fill(question)
    page.locator("#send").click()
    page.locator("#conversation .answer").last.wait_for()
    page.locator("#send").wait_for()  # back when the answer is whole


def test_what_is_done_after_a_backup_is_shown_after_a_restart(serve, home, page, tmp_path):
    settings = {"GONGKAI_HOME": str(home), "GONGKAI_LLM": "none"}
    address = serve(**settings)
    page.goto(address)
    page.get_by_role("tab", name="管理", exact=True).click()
    page.get_by_role("tab", name="备份", exact=True).click()
    page.locator("#make-backup").click()
    page.locator("#backup a[download]").wait_for()
    command = [sys.executable, ROOT / "app.py", "backup", tmp_path / "x.zip"]
    subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True, capture_output=True)

    page.get_by_role("tab", name="对话", exact=True).click()
    ask(page, "依申请公开多久答复？")
    page.get_by_role("tab", name="数据", exact=True).click()
    page.locator("#example-ledger").click()
    page.locator("#verdict .pass").wait_for()
    page.get_by_role("tab", name="报告", exact=True).click()
    page.locator("#build-state :is(.pass, .warn)").wait_for()
    page.locator("#preview:not([data-stale])").wait_for()
    serve.kill(address)

    page.goto(serve(**settings))
    page.locator("#past-list", has_text="依申请公开多久答复？").wait_for()
    page.get_by_role("tab", name="数据", exact=True).click()
    page.locator("#verdict .pass").wait_for()
    page.get_by_role("tab", name="起草", exact=True).click()
    page.locator("#draft-text .paper .figure").first.wait_for()
