"""法规检索 in a real browser: search as one types, open, narrow, compare versions, review past citations."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from domain import Hit
from ui import versions

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
OLD = """示范县信息管理办法
（2015年3月1日示范县人民政府令第5号公布，自2015年5月1日起施行）
第一条　为了规范信息管理，制定本办法。
第二条　各部门应当在三十日内登记本部门制作的信息。
第三条　信息由档案室保存。
"""
NEW = """示范县信息管理办法
（2022年3月1日示范县人民政府令第9号公布，自2022年5月1日起施行）
第一条　为了规范信息管理，制定本办法。
第二条　各部门应当在二十日内登记本部门制作和获取的信息。
第三条　登记可以在网上办理，由办公室核对。
第四条　信息由档案室保存。
"""
REPORT = """# 示范县林业局2018年政府信息公开工作年度报告

本报告按照《中华人民共和国政府信息公开条例》编制。

## 一、总体情况

2018年，本局依照《政府信息公开条例》第十七条公开信息。
"""


@pytest.fixture(scope="module")
def workbench(serve, tmp_path_factory, filled_home):
    """A workbench that also holds two versions of a made-up rule and a report of years ago."""
    folder = tmp_path_factory.mktemp("search")
    shutil.copytree(filled_home, folder / "data")
    for name, text in (("旧办法.txt", OLD), ("新办法.txt", NEW), ("报告2018.md", REPORT)):
        (folder / name).write_text(text, encoding="utf-8")
    settings = {"GONGKAI_HOME": str(folder / "data"), "GONGKAI_LLM": "none"}
    taken = [str(folder / name) for name in ("旧办法.txt", "新办法.txt", "报告2018.md")]
    subprocess.run(
        [sys.executable, ROOT / "app.py", "ingest", *taken], env=os.environ | settings, check=True, capture_output=True
    )
    return serve(**settings)


@pytest.fixture
def statutes(page, workbench):
    page.goto(workbench)
    page.get_by_role("tab", name="法规检索").click()
    return page


def type_words(page, words):
    page.get_by_label("检索词").fill(words)


def test_results_come_while_typing_and_open_beside(statutes, no_serious_findings, tour):
    page = statutes
    page.get_by_label("检索词").press_sequentially("企业环境信息披露", delay=30)
    found = page.locator("#found article")
    found.filter(has_text="企业环境信息依法披露管理办法").first.wait_for()
    found.locator("mark").first.wait_for()
    found.locator("button").first.click()
    article = page.locator("#opened .opened-article")
    article.get_by_text("现行有效").first.wait_for()
    assert article.locator("mark").count() > 0
    no_serious_findings(page)
    tour(page, "02-search")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.pick") == "found:0"
    assert page.outside == []


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("第五十条", "第五十条"),
        ("部令第24号", "《企业环境信息依法披露管理办法》第一条"),
        ("711号", "《政府信息公开条例》第一条"),
    ],
)
def test_a_number_alone_finds_the_articles_that_bear_it(statutes, words, first):
    type_words(statutes, words)
    statutes.locator("#found article header", has_text=first).first.wait_for()
    assert first in statutes.locator("#found article header").first.inner_text()


def test_filters_narrow_what_is_found(statutes):
    page = statutes
    type_words(page, "信息登记")
    page.locator("#found article", has_text="示范县信息管理办法").first.wait_for()
    choose(page, "#kind", "年度报告")
    page.wait_for_function("!document.querySelector('#found').innerText.includes('示范县信息管理办法')")
    choose(page, "#kind", "法规")
    choose(page, "#state", "已被修订")
    page.locator("#found article", has_text="示范县信息管理办法").filter(has_text="◐ 已被修订").first.wait_for()
    day = page.locator("#on-day input")
    day.fill("2016-01-01")
    day.press("Enter")
    page.locator("#found .empty").wait_for()


def choose(page, control, option):
    page.locator(f"{control} input").click()
    page.get_by_role("option", name=option).click()


def test_two_versions_stand_side_by_side(statutes, no_serious_findings):
    page = statutes
    type_words(page, "示范县人民政府令第9号")
    page.locator("#found article button", has_text="第二条").first.click()
    known = page.locator("#opened .versions")
    known.wait_for()
    assert "2015年5月1日起（已被修订）" in known.inner_text()
    known.get_by_role("button", name="两个版本对照").click()
    page.locator("#versions .compared").wait_for()
    assert "改动 1 条，新增 1 条，删去 0 条，未变 2 条" in page.locator("#versions").inner_text()
    assert "三十" in "".join(page.locator("#versions del").all_inner_texts())
    assert "二十" in "".join(page.locator("#versions ins").all_inner_texts())
    no_serious_findings(page)
    page.get_by_label("只看有变动的条文").uncheck()
    page.locator("#versions td", has_text="档案室").first.wait_for()


def test_what_past_reports_cite_is_judged_today(statutes):
    statutes.get_by_role("tab", name="往年引用").click()
    row = statutes.locator("#outdated tr", has_text="示范县林业局2018年").filter(has_text="第十七条")
    row.wait_for()
    assert "已被修订" in row.inner_text() and "2019年5月15日" in row.inner_text()


def test_a_phone_shows_results_and_leads_back_to_them(workbench, new_page, no_serious_findings):
    page = new_page(width=390, height=844)
    page.goto(workbench)
    page.get_by_role("tab", name="法规检索").click()
    type_words(page, "企业环境信息披露")
    page.locator("#found article button").first.click()
    page.wait_for_function(
        "document.querySelector('#opened .opened-article')?.getBoundingClientRect().top < innerHeight * 0.6"
    )
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    no_serious_findings(page)
    page.get_by_role("button", name="回到结果").click()
    assert page.evaluate("document.activeElement.dataset.pick") == "found:0"


@pytest.mark.parametrize(
    ("old", "new", "pairs"),
    [
        ("甲乙丙丁|戊己庚辛", "甲乙丙丁|戊己庚辛", [(0, 0), (1, 1)]),
        ("甲乙丙丁|戊己庚辛", "子丑寅卯|甲乙丙丁|戊己庚壬", [(None, 0), (0, 1), (1, 2)]),
        ("甲乙丙丁|戊己庚辛", "戊己庚辛", [(0, None), (1, 0)]),
    ],
)
def test_articles_are_paired_by_their_words_and_not_by_their_numbers(old, new, pairs):
    before, after = texts(old), texts(new)
    expected = [(None if a is None else before[a], None if b is None else after[b]) for a, b in pairs]
    assert versions.paired(before, after) == expected


def texts(joined):
    return [
        Hit("regulation", "示范办法", f"第{n}条", n, text, True, "现行有效", None, None, "", "", 1.0)
        for n, text in enumerate(joined.split("|"), start=1)
    ]
