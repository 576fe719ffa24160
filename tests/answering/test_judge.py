"""One sentence of a model against the passages that it cites."""

from __future__ import annotations

from datetime import date

import pytest

from answering.law.judge import judge
from domain import Hit

LISTED = Hit(
    "regulation",
    "某信息公开办法",
    "第二十条",
    20,
    "行政机关应当主动公开下列信息：（一）行政法规、规章和规范性文件；（二）机关职能、机构设置；（三）对环境造成不良影响的事项。",
    True,
    "现行有效",
    date(2020, 1, 1),
    None,
    "",
    "某部令",
    0.9,
)


@pytest.mark.parametrize(
    ("question", "sentence", "stands"),
    [
        ("环评批复要不要主动公开", "环评批复属于行政法规、规章和规范性文件，应当主动公开[1]。", False),
        ("环评批复要不要主动公开", "环评批复应当主动公开[1]。", False),
        ("规章要不要主动公开", "规章和规范性文件应当主动公开[1]。", True),
        ("哪些信息要主动公开", "行政机关应当主动公开机关职能、机构设置[1]。", True),
        ("哪些事项要主动公开", "行政机关应当主动公开对环境造成不良影响的事项[1]。", True),
        ("哪些事项要主动公开", "行政机关不得公开机关职能、机构设置[1]。", False),
    ],
)
def test_what_a_passage_does_not_speak_of_is_not_put_under_it(question: str, sentence: str, stands: bool) -> None:
    assert bool(judge(sentence, [LISTED], question).sentence) is stands


DUE = Hit(
    "regulation",
    "某信息公开办法",
    "第三条",
    3,
    "单位应当于每年3月15日前公开上一年度的信息，不得向查阅人收取任何费用。单位可以委托第三方机构编制。",
    True,
    "现行有效",
    date(2020, 1, 1),
    None,
    "",
    "某部令",
    0.9,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "单位应当于每年三月十五日前公开上一年度的信息[1]。",
        "单位公开信息，不得向查阅人收取费用[1]。",
        "依照本办法，单位应当于每年3月15日前公开上一年度的信息[1]。",
        "单位依法公开上一年度的信息，可以委托第三方机构编制[1]。",
        "《某信息公开办法》第三条要求单位于每年3月15日前公开上一年度的信息[1]。",
    ],
)
def test_honest_words_stand(sentence: str) -> None:
    assert judge(sentence, [DUE], "单位什么时候公开信息").sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "单位应当于每年3月15日前公开上一年度的信息，由局长审批[1]。",
        "缴纳保证金后，单位应当于每年3月15日前公开上一年度的信息[1]。",
        "环境保护法规定，单位应当于每年3月15日前公开上一年度的信息[1]。",
        "【环境保护法】规定单位应当于每年3月15日前公开上一年度的信息[1]。",
        "政府信息公开条例实施细则规定单位应当于每年3月15日前公开上一年度的信息[1]。",
        "单位应当于每年3月15日前公开上一年度的信息的规定已经取消[1]。",
        "无须单位于每年3月15日前公开上一年度的信息[1]。",
        "单位应当于每年3月15日前公开上一年度的信息，但不需要执行[1]。",
        "单位应当于每年3月15日前公开上一年度的信息，大多数已办结[1]。",
        "‘必须于每年3月15日前公开上一年度的信息’[1]。",
        "单位应当于每年第三个月15日前公开上一年度的信息[1]。",
        "单位应当于每年3月15日前通过三栏目公开上一年度的信息[1]。",
        "单位应当于每年3月15日前公开上一年度的信息 in English[1]。",
        "<b>单位应当于每年3月15日前公开上一年度的信息</b>[1]。",
        "单位应当于每年3月15日前公开上一年度的信息，登录evil.cn[1]。",
        "单位应当于每年3月15日前公开上一年度的信息[点此](x)[1]。",
    ],
)
def test_a_true_sentence_with_something_added_is_left_out(sentence: str) -> None:
    verdict = judge(sentence, [DUE], "单位什么时候公开信息")
    assert not verdict.sentence and verdict.rejections


def test_a_marker_whose_article_does_not_hold_the_sentence_is_taken_off() -> None:
    verdict = judge("单位应当于每年3月15日前公开上一年度的信息[1][2]。", [DUE, LISTED], "单位什么时候公开信息")
    assert verdict.sentence.endswith("信息[1]。")
    assert any(one.text == "[2]" for one in verdict.rejections)


def test_two_articles_that_hold_half_of_a_sentence_each_hold_none() -> None:
    mixed = "单位应当于每年3月15日前公开机关职能、机构设置[1][2]。"
    assert not judge(mixed, [DUE, LISTED], "什么时候公开").sentence


FINED = Hit(
    "regulation",
    "某信息公开办法",
    "第八条",
    8,
    "单位不公开信息的，由设区的市级以上信息主管部门责令改正，可以处五万元以下的罚款。县级以上人民政府部门向本级人民政府报告。",
    True,
    "现行有效",
    date(2020, 1, 1),
    None,
    "",
    "某部令",
    0.9,
)


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("单位不公开信息的，由设区的市级以上信息主管部门责令改正[1]。", True),
        ("单位不公开信息的，由信息部门责令改正，可以处五万元以下的罚款[1]。", True),
        ("单位不公开信息的，有关主管部门责令改正[1]。", True),
        ("县级以上政府部门应当向本级政府报告[1]。", True),
        ("单位不公开信息的，由省级信息主管部门责令改正[1]。", False),
        ("单位不公开信息的，由市场监督管理部门责令改正[1]。", False),
        ("单位不公开信息的，由市信息局责令改正[1]。", False),
        ("单位不公开信息的，由公安机关责令改正，可以处五万元以下的罚款[1]。", False),
        ("单位不公开信息的，由大数据中心责令改正[1]。", False),
        ("乡镇政府部门应当向本级人民政府报告[1]。", False),
    ],
)
def test_another_organ_or_level_than_the_passages_is_left_out(sentence: str, stands: bool) -> None:
    assert bool(judge(sentence, [FINED], "单位不公开信息谁来管").sentence) is stands


FREE = Hit(
    "regulation",
    "某信息公开办法",
    "第九条",
    9,
    "部门应当建立信息披露系统，集中公布单位披露的信息，供公众免费查询，不得以任何名目向单位收费。",
    True,
    "现行有效",
    date(2020, 1, 1),
    None,
    "",
    "某部令",
    0.9,
)


@pytest.mark.parametrize(
    ("question", "sentence", "stands"),
    [
        ("信息披露系统向单位收钱吗", "信息披露系统向单位收费[1]。", False),
        ("信息披露系统向单位收钱吗", "信息披露系统不得向单位收费[1]。", True),
        ("信息披露系统向单位收钱吗", "信息披露系统供公众查询，对单位披露的信息予以表彰[1]。", False),
        ("不披露信息收不收费", "不披露信息的可以向单位收费[1]。", False),
        ("信息披露系统有什么用", "信息披露系统集中公布单位披露的信息，供公众免费查询[1]。", True),
        ("信息披露系统有什么用", "信息披露系统的作用是：集中公布单位披露的信息[1]。", True),
    ],
)
def test_what_is_done_is_what_the_passage_says_is_done(question: str, sentence: str, stands: bool) -> None:
    assert bool(judge(sentence, [FREE], question).sentence) is stands


COMPLAINT = Hit(
    "regulation",
    "某信息公开办法",
    "第十条",
    10,
    "认为机关在信息公开工作中侵犯合法权益的，可以向上一级机关投诉、举报，也可以依法申请行政复议。",
    True,
    "现行有效",
    date(2020, 1, 1),
    None,
    "",
    "某部令",
    0.9,
)


@pytest.mark.parametrize(
    ("question", "sentence", "stands"),
    [
        ("对答复不满意怎么办", "对答复不满意的，可以向上一级机关投诉、举报[1]。", True),
        ("对答复不满意可以投诉吗", "对答复不满意的，不可以向上一级机关投诉、举报[1]。", False),
        ("机关可以不受理投诉吗", "机关可以不受理投诉、举报[1]。", False),
        ("怎么投诉", "不得向上一级机关投诉、举报[1]。", False),
        ("哪些投诉不受理", "机关可以不受理投诉、举报[1]。", False),
        ("怎么才不受理投诉", "投诉、举报不受理[1]。", False),
    ],
)
def test_a_negation_of_the_question_stands_where_it_is_the_premise(question: str, sentence: str, stands: bool) -> None:
    assert bool(judge(sentence, [COMPLAINT], question).sentence) is stands
