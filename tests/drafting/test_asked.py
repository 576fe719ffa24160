"""Ten questions on what no ledger knows: last year's sentences fit them, and answers stand in their places."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import drafting.asked
from drafting.asked import BLANK, as_notes, questions, suggested
from drafting.past import PastReport
from tests.drafting.test_compose import composed

RULES = tomllib.loads(Path(drafting.asked.__file__).with_suffix(".toml").read_text(encoding="utf-8"))["question"]
PAST = PastReport(
    "上年报告",
    2022,
    (
        ("一、总体情况", "（二）依申请公开\n办公室负责登记申请，当日转交承办股室。新收政府信息公开申请3件。"),
        ("一、总体情况", "信息发布前经股室负责人和分管领导审核。门户网站设生态环境专栏，更新栏目12个。"),
        ("一、总体情况", "依照《政府信息公开条例》第四条培训。组织各股室信息员学习条例，参加培训46人次。"),
        ("五、存在的主要问题及改进情况", "一是会议研究不够。"),
    ),
)


@pytest.mark.parametrize("rule", RULES, ids=[rule["key"] for rule in RULES])
def test_what_is_taken_for_an_answer(rule):
    assert all(re.search(rule["seen"], sentence) for sentence in rule["finds"])
    assert not any(re.search(rule["seen"], sentence) for sentence in rule["passes"])


def test_there_are_ten_and_each_has_its_place():
    assert len(questions()) == 10 and len({one.key for one in questions()}) == 10
    assert all(one.where for one in questions())


def test_last_years_own_sentences_are_offered_with_their_numbers_blank():
    found = suggested(PAST)
    assert found["registering"] == "办公室负责登记申请，当日转交承办股室。"
    assert found["reviewing"] == "信息发布前经股室负责人和分管领导审核。"
    assert found["columns"] == f"门户网站设生态环境专栏，更新栏目{BLANK}。"
    assert found["training"] == f"组织各股室信息员学习条例，参加培训{BLANK}。"
    assert "meetings" not in found and suggested(None) == {}


def test_answers_stand_under_their_topics():
    answers = {"meetings": "局务会议专题研究公开工作2次", "registering": "办公室登记申请并转办。", "guide": ""}
    text = composed("overview", notes=as_notes(answers, "overview")).text
    topics = dict(re.findall(r"（[一二三四五]）(.*)\n((?:(?!（).*\n?)*)", text))
    assert topics["监督保障"].rstrip().endswith("局务会议专题研究公开工作2次。")
    assert topics["依申请公开"].rstrip().endswith("办公室登记申请并转办。")
    assert as_notes(answers, "organisation") == "局务会议专题研究公开工作2次" and as_notes(answers, "problems") == ""


def test_the_fee_notices_that_the_office_tells_are_asked_for_no_more():
    answers = {"fees": "发出收费通知2件，应收总金额320元"}
    text = composed("other", facts={"received": 3}, notes=as_notes(answers, "other")).text
    assert "【请补充" not in text and text.count("发出收费通知2件，应收总金额320元") == 1
