"""Statements judged against their article: never wrongly, and nine of ten times at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from answering.law.first import first_sentence
from answering.law.premise import judge_statement, statement
from answering.law.quantities import quantities
from tests.answering.test_first import official

PAIRS = tomllib.loads(Path(__file__).with_name("premises.toml").read_text(encoding="utf-8"))["pairs"]
TAGS = ("，对吗？", "，是吗？", "，对不对？", "，是这样吗？")
LEAST_DECIDED = 0.9


def said_of(article: str, premise: str, tag: str) -> bool | None:
    """Whether the premise is called so; None where it is left open."""
    question = f"{premise}{tag}"
    first = first_sentence(question, question, [official()[article]])
    lead = first.lead if first else ""
    return None if "对" not in lead else "不对" not in lead


def test_pairs_of_premises() -> None:
    assert len(PAIRS) >= 120
    judged = [
        (premise, true, said_of(article, premise, TAGS[place % len(TAGS)]))
        for place, (article, *both) in enumerate(PAIRS)
        for premise, true in zip(both, (True, False))
    ]
    assert [premise for premise, true, found in judged if found is not None and found is not true] == []
    assert sum(found is not None for *_, found in judged) / len(judged) >= LEAST_DECIDED


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("年报2月底前公布就行，对吗", "年报2月底前公布就行"),
        ("听说答复期限是15天，是这样吗？", "答复期限是15天"),
        ("答复期限是不是20个工作日", "答复期限20个工作日"),
        ("请问：延期不用告知申请人，对不对", "延期不用告知申请人"),
    ],
)
def test_what_a_question_holds_to_be_so(question: str, held: str) -> None:
    assert statement(question) == held


RULE = "部门应当在每年1月31日前公布年度报告。"


@pytest.mark.parametrize(
    ("said", "rule", "words", "is_it"),
    [
        ("年报2月底前公布", RULE, "不对", "每年1月31日前"),
        ("年报1月底前公布", RULE, "对", ""),
        ("受托单位可以再委托", "主管部门可以委托其他单位检查。", "", ""),
        ("受托单位可以再委托", "主管部门可以委托其他单位检查。受托单位不得再委托。", "不对", ""),
        ("受托单位可以委托", "主管部门和受托单位可以委托其他单位检查。", "对", ""),
        ("年报一月三十一日前公布", RULE, "对", ""),
        ("答复期限是20天", "应当在20个工作日内答复。", "不对", "20个工作日内，按工作日算"),
        ("答复期限是二十个工作日", "应当在20个工作日内答复。", "对", ""),
        ("保存期限是半年", "保存期限不得少于六个月。", "对", ""),
        ("罚款最高五万", "处一万元以上五万元以下的罚款。", "对", ""),
        ("罚款最低五万", "处一万元以上五万元以下的罚款。", "不对", "一万元以上五万元以下"),
        ("加处3%", "每日加处百分之三。", "对", ""),
        ("要交一个月", "应当在三十日内提交。", "", ""),  # who can tell
        ("不收费", "不收取费用。但是，数量过多的，可以收取费用。", "一般对，但有例外", ""),
        ("要收费", "不收取费用。但是，数量过多的，可以收取费用。", "一般不对，只有例外才是", ""),
        ("数量过多的可以收费", "不收取费用。但是，数量过多的，可以收取费用。", "对", ""),
        ("一律不收费", "不收取费用。但是，数量过多的，可以收取费用。", "不对", "有例外"),
        ("材料要盖章", "应当在三十日内提交。", "", ""),  # the rule does not say
    ],
)
def test_one_statement_against_one_rule(said: str, rule: str, words: str, is_it: str) -> None:
    found = judge_statement(said, rule)
    assert (found.words, found.is_it) == (words, is_it)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("自收到之日起20个工作日内", [("工作日", 20)]),
        ("每年1月31日前", [("日期", 131)]),
        ("2月底前", [("日期", 228)]),
        ("3月前", [("日期", 228)]),
        ("处2万元以上20万元以下", [("元", 20000), ("元", 200000)]),
        ("百分之三", [("百分之", 3)]),
        ("半年", [("月", 6)]),
        ("代表人数不得超过5人", [("人", 5)]),
        ("依照第三十三条第一款", []),
        ("2019年5月15日起施行", [("日期", 515)]),
        ("不满十四周岁", []),
    ],
)
def test_quantities(text: str, found: list[tuple[str, int]]) -> None:
    assert [(one.dimension, int(one.value)) for one in quantities(text)] == found
