"""Answers from the built-in knowledge: real search, and where marked the real local model."""

from __future__ import annotations

import re
from datetime import date

import pytest

from answering import answer
from domain import Answer, Finished

ASKED = "哪些条款管企业环境信息披露？"
DISCLOSURE = "企业环境信息依法披露管理办法"

pytestmark = pytest.mark.embedding


def finished(events) -> Answer:
    *_, last = events
    assert isinstance(last, Finished)
    return last.result


def cited(result: Answer) -> set[tuple[str, int]]:
    return {(citation.hit.title, citation.hit.article_no) for citation in result.citations}


def markers_agree(result: Answer) -> bool:
    markers = list(dict.fromkeys(int(number) for number in re.findall(r"\[(\d+)\]", result.answer)))
    return markers == [citation.marker for citation in result.citations]


def test_the_governing_articles_without_a_model(built_in) -> None:
    result = finished(answer(ASKED, built_in))
    assert {(DISCLOSURE, 7), (DISCLOSURE, 9), (DISCLOSURE, 12)} <= cited(result)
    assert result.mode == "extractive" and not result.refused
    assert "第九条" in result.answer and "第十二条" in result.answer
    assert markers_agree(result)


@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.thorough)])
def test_most_questions_are_answered_and_idle_ones_refused(built_in, questions, every) -> None:
    answerable, idle = questions["answerable"][::every], (questions["beside"] + questions["off_topic"])[::every]
    answered = [not finished(answer(question, built_in)).refused for question, *_ in answerable]
    refused = [finished(answer(question, built_in)).refused for question in idle]
    assert sum(answered) / len(answered) >= 0.95
    assert sum(refused) / len(refused) >= 0.95


@pytest.mark.parametrize(
    ("asked", "day", "told"),
    [
        (
            "环境保护法到现在还有没有效？",
            date(2026, 11, 26),
            "已经无效：《环境保护法》自2015年1月1日起施行，自2026年8月15日起废止，由《生态环境法典》取代",
        ),
        ("环境保护法还能引用吗", date(2023, 12, 31), "能：《环境保护法》自2015年1月1日起施行"),
        (
            "固废法废止了吗",
            date(2026, 11, 26),
            "已废止：《固体废物污染环境防治法》自2020年9月1日起施行，自2026年8月15日起废止",
        ),
        ("生态环境法典什么时候施行", date(2026, 1, 5), "《生态环境法典》自2026年8月15日起施行"),
    ],
)
def test_whether_a_regulation_is_in_force_is_answered_by_its_versions(built_in, asked, day, told) -> None:
    result = finished(answer(asked, built_in, as_of=day))
    assert result.answer.startswith(told) and not result.refused and not result.citations


@pytest.mark.parametrize(
    "asked",
    ["环境保护法规定的限制生产决定由谁作出", "环境保护法第五十三条怎么规定", "违反环境保护法的处罚决定书何时生效"],
)
def test_what_such_a_regulation_says_is_still_not_answered_by_its_versions(built_in, asked) -> None:
    result = finished(answer(asked, built_in, as_of=date(2026, 11, 26)))
    assert not result.answer.startswith("《环境保护法》自")
    assert any("已废止" in str(note) for note in result.notes)


def test_an_article_asked_for_by_name(built_in) -> None:
    result = finished(answer("《政府信息公开条例》第三十三条怎么规定？", built_in))
    assert cited(result) == {("政府信息公开条例", 33)}
    assert "20个工作日" in result.answer


def test_a_follow_up(built_in) -> None:
    history = (("user", "环境信息依法披露企业名单由谁来定？"), ("assistant", "设区的市级生态环境主管部门。"))
    result = finished(answer("那什么时候公布？", built_in, history=history))
    assert (DISCLOSURE, 9) in cited(result) and "3月底" in result.answer


@pytest.mark.model
def test_a_small_model_words_no_law(built_in, local_model_path) -> None:
    from chat import open_model

    model = open_model("local", gguf=local_model_path)
    try:
        for asked in (ASKED, "企业最晚几月几号要披露上一年的环境信息"):
            told, without = finished(answer(asked, built_in, model)), finished(answer(asked, built_in))
            assert (told.mode, told.answer, cited(told)) == ("extractive", without.answer, cited(without))
            assert any("较小" in str(note) for note in told.notes)
    finally:
        model.close()


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("申请人自己撤回的填在表三哪一行", "第三部分 办理结果：其他处理"),
        ("县局要填规章吗", "第二部分 规章和规范性文件的填报"),
        ("没有数的格子填0还是空着", "零、空白和斜线"),
        ("上年结转数从哪里来", "跨年衔接"),
        ("律师申请的算自然人还是法律服务机构", "第三部分 表的结构"),
        ("行政处罚填决定数还是公开的条数", "第二部分 主动公开政府信息情况"),
        ("今年的年报按哪个文件的格式", "编制依据和适用年度"),
        ("年报第六部分写哪些东西", "第六部分 其他需要报告的事项"),
    ],
)
def test_how_the_report_is_filled_in_is_answered_by_its_format(built_in, asked, part) -> None:
    result = finished(answer(asked, built_in))
    assert not result.refused and result.citations[0].hit.article == part


@pytest.mark.parametrize(
    ("asked", "article"),
    [
        ("企业最晚几月几号要披露上一年的环境信息", "第十九条"),
        ("企业去年的环境信息要在今年几月前公开", "第十九条"),
        ("公司上一年的披露报告什么时候上传", "第十九条"),
        ("上一年度的年度报告最晚几月几日公布", "第四十九条"),
        ("今年的年报要写哪些内容", "第五十条"),
        ("去年收到的申请今年才答复，期限怎么算", "第三十三条"),
        ("上年没办完的申请今年还要答复吗", "第三十六条"),
        ("上一年的披露内容有错怎么改", "第十八条"),
        ("上年结转数从哪里来", "跨年衔接"),
        ("今年申请太多次可以收费吗", "第四十二条"),
    ],
)
def test_a_year_in_a_question_of_law_asks_for_no_report(built_in, asked, article) -> None:
    result = finished(answer(asked, built_in))
    assert not result.refused and result.citations[0].hit.article == article


@pytest.mark.parametrize("asked", ["今年申请太多次可以收费吗", "申请太多可以收费吗"])
def test_a_rule_is_not_told_without_the_exception_that_the_next_sentence_makes(built_in, asked) -> None:
    assert finished(answer(asked, built_in)).answer.startswith("一般不收费，有例外")


def test_the_first_day_of_a_period_is_told_from_the_digest_as_well(built_in) -> None:
    result = finished(answer("答复期限从哪天算起？", built_in))
    assert result.answer.startswith("从收到申请之日起算") and result.citations[0].hit.article == "第三十一条"
