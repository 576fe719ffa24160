"""管理 in a browser: the model and where text goes, the audit log, backup and restore, how things stand."""

import csv
import json
import shutil

import pytest

from settings import choose
from tests import openai_server

pytestmark = pytest.mark.browser

PAGES = ("对话", "法规检索", "数据", "起草", "报告", "汇集", "资料库", "管理")
ELSEWHERE = "http://192.0.2.1:9/v1"  # RFC 5737: an address of documentation, which nobody answers at


@pytest.fixture(scope="module")
def home(tmp_path_factory, filled_home):
    folder = tmp_path_factory.mktemp("administration") / "data"
    shutil.copytree(filled_home, folder)
    choose(folder, {"llm": "none"})
    return folder


@pytest.fixture(scope="module")
def office(serve, home):
    return serve(GONGKAI_HOME=str(home))


def open_part(page, address, part):
    page.goto(address)
    page.get_by_role("tab", name="管理", exact=True).click()
    page.get_by_role("tab", name=part, exact=True).click()


def fill(page, field, text):
    page.locator(f"#{field} input, #{field} textarea").fill(text)


def choose_address(page, address, model):
    page.get_by_label("兼容 OpenAI 接口的地址").check()
    page.locator("#llm-address").wait_for()
    fill(page, "llm-address", address)
    fill(page, "llm-model", model)


def test_a_model_is_tried_chosen_and_told_on_every_page(office, page, no_serious_findings, tour):
    open_part(page, office, "模型")
    with openai_server.serve(openai_server.words("好")) as server:
        choose_address(page, server.address, "second-model")
        page.locator("#llm-test").click()
        page.locator("#llm-said", has_text="连接正常").wait_for()
        assert "second-model" in str(server.asked)
        no_serious_findings(page)
        tour(page, "08-models")
    page.locator("#llm-test").click()
    page.locator(".toast-title.error").wait_for()
    assert page.locator("#llm-said", has_text="连接正常").count() == 0

    open_part(page, office, "模型")
    choose_address(page, ELSEWHERE, "somewhere")
    with page.expect_navigation():
        page.locator("#llm-save").click()
    warning = page.locator("#masthead .leaves", has_text="发送到本机之外")
    warning.wait_for()
    for name in PAGES:
        page.get_by_role("tab", name=name, exact=True).click()
        page.mouse.wheel(0, 2000)
        assert warning.is_visible() and warning.bounding_box()["y"] < 60, name
    no_serious_findings(page)

    open_part(page, office, "模型")
    page.get_by_label("不用模型，按条文摘录作答").check()
    with page.expect_navigation():
        page.locator("#llm-save").click()
    page.locator("#masthead", has_text="不使用模型").wait_for()


def test_what_the_environment_says_is_locked(serve, page):
    open_part(page, serve(GONGKAI_LLM="none"), "模型")
    page.locator("#llm-mode", has_text="环境变量 GONGKAI_LLM 设定").wait_for()
    assert page.get_by_label("本机模型", exact=True).is_disabled()


def test_the_audit_log_is_filtered_and_exported(office, page, tmp_path, no_serious_findings, tour):
    page.goto(office)
    page.locator("#question textarea, #question input").fill("申请人张三的电话13800138000能公开吗？")
    page.locator("#send").click()
    page.locator("#conversation .answer").wait_for()
    open_part(page, office, "日志")
    page.locator("#log td", has_text="提问").first.wait_for()
    no_serious_findings(page)
    tour(page, "07-admin")
    with page.expect_download() as download:
        page.locator("#log-export").click()
    download.value.save_as(tmp_path / "log.csv")
    text = (tmp_path / "log.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    assert {"提问"} <= {line["动作"] for line in lines}
    assert "张三" not in text and "13800138000" not in text
    fill(page, "log-since", "去年")
    page.locator("#log-look").click()
    page.get_by_text("请写成 2026-01-31 的样子").first.wait_for()
    fill(page, "log-since", "2000-01-01")
    fill(page, "log-until", "2000-12-31")
    page.locator("#log-look").click()
    page.locator("#log", has_text="没有符合条件的记录").wait_for()


def test_an_offices_own_questions_are_tried_and_told_right_from_wrong(office, page, tmp_path, no_serious_findings):
    asked = [
        {"id": "甲", "q": "政府部门的年报几月几日前公布？", "gold": ["政府信息公开条例#49"]},
        {"q": "年报什么时候公布？", "gold": ["政府信息公开条例#2"]},
        {"q": "红烧肉怎么做？", "refused": True},
    ]
    file = tmp_path / "本局的问题.jsonl"
    file.write_text("\n".join([*map(json.dumps, asked), "{坏"]), encoding="utf-8")
    open_part(page, office, "试问")
    page.locator("#trial-file input[type=file]").set_input_files(file)
    page.locator("#trial .count", has_text="已问 3/3 题：对 2 题，错 1 题").wait_for()
    assert page.locator("#trial td.fail").count() == 1
    page.locator("#trial", has_text="没有引用《政府信息公开条例》第2条").wait_for()
    page.locator("#trial", has_text="本局的问题.jsonl 第 4 行").wait_for()
    no_serious_findings(page)
    with page.expect_download() as download:
        page.locator("#trial-export").click()
    download.value.save_as(tmp_path / "results.csv")
    rows = list(csv.DictReader((tmp_path / "results.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row["结果"] for row in rows if row["行"].isdigit()] == ["对", "错", "对"]


def test_how_things_stand(office, page, no_serious_findings):
    open_part(page, office, "状况")
    page.locator("#status dd", has_text="法规 5 部").wait_for()
    no_serious_findings(page)


def test_a_backup_is_made_and_takes_the_place_of_everything_at_the_next_start(office, serve, home, page, tmp_path):
    # Last in this module: the server that the others share is ended here.
    open_part(page, office, "备份")
    page.locator("#make-backup").click()
    link = page.locator("#backup a[download]")
    link.wait_for()
    with page.expect_download() as download:
        link.click()
    backup = tmp_path / "backup.zip"
    download.value.save_as(backup)

    broken = tmp_path / "不是备份.zip"
    broken.write_bytes(backup.read_bytes()[:500])
    page.locator("#restore input[type=file]").set_input_files(broken)
    page.get_by_text("不是完整的备份文件").first.wait_for()

    page.get_by_role("tab", name="数据", exact=True).click()
    page.locator("#example-ledger").click()
    page.locator("#verdict .pass").wait_for()
    open_part(page, office, "备份")
    page.locator("#restore input[type=file]").set_input_files(backup)
    page.locator("#restore-said", has_text="重新启动").wait_for()
    serve.kill(office)

    page.goto(serve(GONGKAI_HOME=str(home)))
    page.get_by_role("tab", name="数据", exact=True).click()
    # What is read comes in turn: once a workbook is refused, the ledger of before would stand beside it.
    (tmp_path / "不是台账.xlsx").write_bytes(b"PK")
    page.locator("#ledger input[type=file]").set_input_files(tmp_path / "不是台账.xlsx")
    page.locator("#verdict [role=alert]").wait_for()
    assert page.locator("#verdict .still").count() == 0
    assert page.locator("#verdict .pass").count() == 0
    assert (home / "before-restore").is_dir()
