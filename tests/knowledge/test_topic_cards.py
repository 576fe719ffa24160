"""The annual-report format and the fee rules: cards by topic, without article numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

import forms
from domain import UnusableInput
from ingest.cards import load_cards

HEAD = """
title = "示例格式"
full_title = "示例格式"
number = "示例函〔2021〕1号"
issuer = "示例办"
level = "规范性文件"
effective_from = 2021-01-01
source = "示例"
checked = 2026-11-23
partial = true
"""


def topic(label: str, number: int = 0) -> str:
    name = f'label = "{label}"\n' if label else ""
    return f'[[article]]\nno = {number}\n{name}digest = "说明"\nkeywords = ["词"]\nquestions = ["怎么写"]\n'


def built_in(title: str):
    return next(document for document in load_cards() if document.title == title)


def test_topics_are_cited_by_their_label(tmp_path: Path):
    (tmp_path / "示例格式.toml").write_text(HEAD + topic("", 3) + topic("第六部分"), encoding="utf-8")
    (document,) = load_cards(tmp_path)
    assert [(p.article, p.article_no) for p in document.passages] == [("第三条", 3), ("第六部分", 0)]


@pytest.mark.parametrize(
    ("cards", "said"),
    [
        (topic(""), "no = 0"),
        (topic("第三部分", 3), "no = 0"),
        (topic("第三部分") + topic("第三部分"), "第三部分 重复"),
    ],
)
def test_a_topic_has_a_label_and_an_article_a_number(tmp_path: Path, cards: str, said: str):
    (tmp_path / "示例格式.toml").write_text(HEAD + cards, encoding="utf-8")
    with pytest.raises(UnusableInput, match=said):
        load_cards(tmp_path)


def test_the_format_cards_agree_with_the_form():
    """Parts, topics and the numbers of rows, columns and figures, as the form's definition has them."""
    form = forms.load_form("2021")
    texts = {passage.article: passage.text for passage in built_in("政府信息公开工作年度报告格式").passages}
    assert all(part in texts["六个部分"] for part in form.parts)
    assert all(topic in texts["第一部分 总体情况"] for topic in form.overview_topics)
    table3 = texts["第三部分 表的结构"]
    assert f"共{len(form.rows)}行、{len(form.columns)}列" in table3
    assert all(column.label in table3 for column in form.columns)
    outcomes = [row for row in form.rows if row.role == "outcome"]
    assert f"等于{len(outcomes)}个结果行之和" in texts["第三部分 勾稽关系"]
    assert f"{len(form.cases) * len(form.results)}个数" in texts["第四部分 行政复议、行政诉讼情况"]


@pytest.mark.parametrize("title", ["政府信息公开工作年度报告格式", "政府信息公开信息处理费管理办法"])
def test_common_practice_is_not_passed_off_as_a_rule(title: str):
    """The fee statement's three figures are an office habit; its card says so."""
    stated = [p.text for p in built_in(title).passages if "应收" in p.text]
    assert stated and all("惯例" in text and "非规定" in text for text in stated)
