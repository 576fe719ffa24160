"""How a question is read: its words, its kind, and what it continues."""

from __future__ import annotations

import pytest

from answering.law.excerpt import best_sentences
from answering.law.question import REMEMBERED, REMEMBERED_CHARACTERS, read, recent
from answering.law.write import sentences


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("哪些条款管企业环境信息披露？", True),
        ("不予公开的法律依据是什么", True),
        ("排污许可信息公开有哪些规定", True),
        ("年度报告依据哪几条写", True),
        ("收费有什么规定", True),
        ("哪些信息应当主动公开", False),
        ("部门的年报几月底前要公布", False),
        ("企业年度披露报告要写哪些内容", False),
        ("企业环境信息披露归什么办法管", True),
        ("哪些办法管企业披露环境信息", True),
        ("下面的局公开得不好，主管部门能采取什么办法", False),
        ("申请人老来闹，有什么办法吗", False),
        ("对拖着不答复的机关有什么好办法", False),
        ("厂里不肯披露，局里拿它有什么办法", False),
        ("对不整改的单位可以采取哪些办法", False),
        ("邻居半夜吵，没有什么办法管吗", False),
    ],
)
def test_whether_articles_are_asked_for(question: str, expected: bool) -> None:
    assert read(question).wants_articles is expected


def test_a_chain_of_follow_ups_reaches_back_to_its_subject() -> None:
    history = (("user", "企业环境信息披露名单由谁定"), ("assistant", "市级部门。"), ("user", "那什么时候公布？"))
    read_last = read("它要报给谁？", history)
    assert read_last.standalone == "企业环境信息披露名单，要报给谁？"
    assert read("政府信息公开年度报告应该包括什么", history).search == "政府信息公开年度报告应该包括什么"


def test_a_question_with_no_words_of_its_own() -> None:
    assert read("是什么？").terms == ()


def test_trimming_keeps_whole_sentences_in_their_order() -> None:
    text = "企业应当建立台账。企业应当于三月前公布名单。名单由市级部门制定。"
    assert best_sentences(text, ("公布", "名单"), 24) == "企业应当于三月前公布名单。名单由市级部门制定。"
    assert best_sentences(text, ("公布",), 400) == text
    assert best_sentences("没有句号的长文" * 30, ("公布",), 20) == ("没有句号的长文" * 30)[:20]


def test_sentences_of_a_stream_wait_for_their_markers() -> None:
    pieces = ["甲。", "[1", "][2]乙", "[3]。丙。\n", "丁没有说完"]
    assert list(sentences(pieces)) == ["甲。[1][2]", "乙[3]。", "丙。"]


@pytest.mark.parametrize("asked", ["哪些条款管大气污染？", "哪些规定涉及噪声？", "大气污染防治怎么规定"])
def test_a_question_with_a_matter_of_its_own_continues_nothing(asked: str) -> None:
    history = (("user", "哪些条款管企业环境信息披露？"), ("assistant", "披露办法。"))
    assert read(asked, history).search == asked


@pytest.mark.parametrize("asked", ["谁来公布？", "处罚依据是什么？", "有什么规定？", "罚多少"])
def test_a_question_without_one_does(asked: str) -> None:
    history = (("user", "哪些条款管企业环境信息披露？"), ("assistant", "披露办法。"))
    assert read(asked, history).search == f"企业环境信息披露，{asked}"


@pytest.mark.parametrize(
    ("before", "asked", "expected"),
    [
        ("企业环境信息披露名单由谁定", "不披露怎么罚？", "企业环境信息披露名单，不披露怎么罚？"),
        ("企业不披露环境信息怎么罚", "要是逾期呢？", "企业不披露环境信息，逾期怎么罚？"),
        ("企业不披露环境信息怎么罚", "上市公司呢？", "企业不披露环境信息，上市公司怎么罚？"),
        ("排污许可证执行报告要公开吗", "多久报一次？", "排污许可证执行报告，多久报一次？"),
        ("信息处理费怎么收", "多少钱一件？", "信息处理费，多少钱一件？"),
        ("企业年度披露什么时候公布", "那政府信息公开年度报告呢？", "政府信息公开年度报告什么时候公布？"),
        ("排污许可信息公开有哪些规定", "那政府信息公开申请怎么提？", "那政府信息公开申请怎么提？"),
        ("企业环境信息披露名单由谁定", "噪声怎么罚", "噪声怎么罚"),
    ],
)
def test_what_a_follow_up_takes_over(before: str, asked: str, expected: str) -> None:
    assert read(asked, (("user", before), ("assistant", "见条文。"))).search == expected


def test_an_item_may_be_of_any_article_named_or_a_place_in_the_list() -> None:
    listed = (
        ("user", "哪些条款管披露"),
        ("assistant", "《某办法》，要点：\n- 第二条：范围 [1]\n- 第七条：必须披露的有 [2]"),
    )
    asked = read("第二项呢？", listed)
    assert asked.search == "《某办法》第二条第二项怎么规定？"
    assert asked.others == ("《某办法》第七条第二项怎么规定？", "《某办法》第七条怎么规定？")


def test_turns_beyond_the_budget_are_dropped_oldest_first() -> None:
    long = [("user", f"第{number}个问题" + "长" * 900) for number in range(8)]
    kept = recent(long)
    assert kept == long[-4:] and sum(len(content) for _, content in kept) <= REMEMBERED_CHARACTERS
    many = [("user", f"问题{number}") for number in range(40)]
    assert recent(many) == many[-2 * REMEMBERED :]
    assert (
        read("那什么时候公布？", [("user", "企业环境信息披露名单由谁定"), *many]).search
        != "企业环境信息披露名单，什么时候公布？"
    )
