"""Questions for figures beside questions of law, follow-ups, and what only the text of a report tells."""

from __future__ import annotations

import pytest

from answering import of_ledger, of_report
from answering.figures.question import conversation
from domain import Document, Hit
from tests.answering.held_figures import (
    CELLS,
    HELD,
    ORG,
    TODAY,
    asked,
)
from tests.fakes import MemoryKnowledge


@pytest.mark.parametrize(
    "question",
    [
        "申请答复期限是多少天？",
        "收到公开申请后多少天内要答复",
        "一次申请很多件要收多少信息处理费",
        "企业不披露环境信息罚多少",
        "哪些信息应当主动公开",
        "信息公开收费吗",
        "行政许可要公开哪些内容",
        "重复申请怎么处理",
        "撤回的申请填在年报表格哪一栏",
        "企业所得税税率是多少",
        "专利保护期有多少年",
        "今天天气怎么样",
        "哪几条管行政处罚信息",
    ],
)
def test_questions_of_law_are_not_taken_for_questions_of_figures(question: str) -> None:
    assert asked(question).mode != "figures"


LATE = Hit(
    "regulation", "罚款缴纳办法", "第三条", 3, "罚款到期不交的，每天按百分之三加收；最多不超过罚款本数。", True, "现行有效",
    None, None, "", "办法.txt", 1.0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "by"),
    [
        ("罚款到期不交，每天加收多少？", "law"),
        ("罚款不交每天加收多少", "law"),
        ("罚款加收最多是多少", "law"),
        ("我们罚款每天加收了多少", "figures"),
        ("2023年罚款多少件", "figures"),
        ("去年行政处罚多少件", "figures"),
        ("行政处罚一共多少", "figures"),
    ],
)
def test_what_names_nothing_of_ours_is_answered_by_the_law_where_that_is_sure(question: str, by: str) -> None:
    result = asked(question, knowledge=MemoryKnowledge([LATE]))
    assert (result.mode == "figures") is (by == "figures"), result.answer


def test_the_measured_questions_go_to_the_articles(questions) -> None:
    texts = [
        one[0] if isinstance(one, list) else one
        for kind in ("answerable", "beside", "off_topic")
        for one in questions[kind]
    ]
    assert [text for text in texts if conversation(text, (), HELD, TODAY)[0]] == []


def test_a_follow_up_takes_over_what_it_leaves_out() -> None:
    history = [("user", "2023年行政许可多少件？"), ("assistant", "…")]
    for follow_up, expected in (
        ("2022年呢？", f"2022年行政许可处理决定{CELLS['table2.licensing'] - 100}件"),
        ("那行政处罚呢？", f"2022年行政处罚处理决定{CELLS['table2.penalties'] - 100}件"),
        ("2023年比上年多多少？", "增加100件"),
    ):
        result = asked(follow_up, history=history)
        assert expected in result.answer and result.standalone
        history += [("user", follow_up), ("assistant", "…")]
    granted = [("user", "2023年予以公开多少件"), ("assistant", "…")]
    assert f"{CELLS['table3.granted.natural_person']}件" in asked("自然人呢？", history=granted).answer
    assert asked("那企业不披露会怎样？", history=granted).mode != "figures"
    between = [*history, ("user", "申请答复期限是多少天"), ("assistant", "…")]
    assert f"2022年行政处罚处理决定{CELLS['table2.penalties'] - 100}件" in asked("2022年呢？", history=between).answer


def test_a_question_of_law_continues_the_matter_of_the_figures_before_it() -> None:
    history = [
        ("user", "企业环境信息披露怎么规定"),
        ("assistant", "…"),
        ("user", "2023年不予公开的有几件"),
        ("assistant", "…"),
    ]
    assert asked("依据是什么？", history=history).standalone == "不予公开，依据是什么？"


def told_in(text: str, year: int = 2022) -> MemoryKnowledge:
    title = f"{ORG}{year}年政府信息公开工作年度报告"
    return MemoryKnowledge(
        [Hit("report", title, "", 0, text, True, "现行有效", None, None, "", "报告.docx", 0.0, heading="总体情况")]
    )


def test_a_figure_that_only_a_report_s_text_tells_is_quoted_and_cited() -> None:
    text = "这一年各项工作照常。2022年,网站上共发布各类信息298条。其中图片新闻31条。局务会听了3次情况说明。"
    result = asked("2022年公开了多少条信息", knowledge=told_in(text))
    assert "2022年主动公开政府信息298条" in result.answer and "共发布各类信息298条。”[1]" in result.answer
    assert [one.marker for one in result.citations] == [1] and not result.refused
    decimal = Document(
        "report", "某局2022年报告", "x", "d", (), org=ORG, year=2022, tables={"table2": {"fees_wan_yuan": 2.4}}
    )
    assert "2.4万元" in asked("2022年行政事业性收费多少万元", [of_report(decimal)]).answer
    compared = asked("2023年公开了多少条信息？比上年多多少？", knowledge=told_in(text))
    assert "311条，2022年为298条，增加13条，增长4.36%" in compared.answer and len(compared.citations) == 1
    two = told_in("共发布信息298条。另一处写全年发布信息300条。")
    assert asked("2022年公开了多少条信息", knowledge=two).refused
    assert (
        "信息处理费0元"
        in asked("2022年信息处理费多少", knowledge=told_in("2022年未收取政府信息公开信息处理费。")).answer
    )


def test_a_report_s_cells_without_a_number_are_not_read_as_zero() -> None:
    document = Document(
        "report",
        "某局2022年报告",
        "x",
        "d",
        (),
        org=ORG,
        year=2022,
        tables={"table2": {"licensing": "/", "penalties": 3}},
    )
    held = [of_report(document)]
    assert asked("2022年行政许可多少件", held).refused
    assert "3件" in asked("2022年行政处罚多少件", held).answer


def test_the_real_ledger(shared) -> None:
    import json

    import statutory

    held = [of_ledger(statutory.compute(shared / "ledgers" / "lufeng-2023.xlsx"))]
    expected = json.loads((shared / "ledgers" / "lufeng-2023.expected.json").read_text(encoding="utf-8"))
    assert (
        f"2023年主动公开政府信息{expected['facts']['published_total']}条。"
        in asked("2023年公开了多少条信息？", held).answer
    )
    assert f"{expected['table2']['licensing']}件" in asked("行政许可多少件", held).answer
