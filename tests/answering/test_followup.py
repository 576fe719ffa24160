"""A follow-up is answered from the article of the matter that its own words point at, a new question from its own."""

import json
from pathlib import Path

import pytest

from answering.law.followup import supported_reading
from answering.law.nearby import candidates
from answering.law.question import read

ASKS = Path(__file__).resolve().parents[2] / "bench" / "asks"
OPEN = "政府信息公开条例"


def after(question: str, article: str, title: str = OPEN) -> tuple[tuple[str, str], ...]:
    return (("user", question), ("assistant", f"《{title}》{article}对此有规定，以下是要点（非原文）：……[1]"))


@pytest.mark.parametrize(
    ("before", "article", "asked", "leads_to"),
    [
        ("信息公开答复可以延期吗", "第三十三条", "谁来批", 33),
        ("信息公开答复可以延期吗", "第三十三条", "那也要告诉申请人吗", 33),
        ("政府信息公开申请几天答复", "第三十三条", "那补正的时间算在里面吗", 30),
        ("信息公开年度报告什么时候公布", "第四十九条", "里面要写什么", 50),
        ("申请太多可以收信息处理费吗", "第四十二条", "标准谁定", 42),
        ("申请公开必须书面吗", "第二十九条", "老人不会写字呢", 29),
        ("第三方几天内答复意见", "第三十二条", "其他机关的呢", 34),
        ("政府信息公开申请几天答复", "第三十三条", "那补正要几天内通知", 30),
        ("政府信息公开申请几天答复", "第三十三条", "那年报几月前公布", 49),
        ("政府信息公开申请几天答复", "第三十三条", "那主动公开要几天内上网", 26),
        ("县级政府还要主动公开哪些信息", "第二十一条", "那乡镇呢", 21),
    ],
)
def test_a_follow_up_leads_to_the_article_that_its_words_point_at(built_in, before, article, asked, leads_to):
    _, basis = supported_reading(read(asked, after(before, article)), built_in)
    assert basis.evidence and not basis.nearest
    assert (basis.evidence[0].title, basis.evidence[0].article_no) == (OPEN, leads_to)


def test_of_two_articles_that_fit_as_well_both_are_shown(built_in):
    """说明理由 is asked of applicants (35) and of a refusal (36)."""
    _, basis = supported_reading(
        read("那这种情况也要说明理由吗", after("申请的信息属于国家秘密能公开吗", "第十四条")), built_in
    )
    assert not basis.nearest and {35, 36} <= {hit.article_no for hit in basis.evidence}


@pytest.mark.parametrize(
    "asked", ["今天天气怎么样", "那离婚冷静期多久", "那政府采购投诉几天答复", "那劳动仲裁呢", "那社保怎么转"]
)
def test_what_has_nothing_to_do_with_the_matter_is_not_answered_from_it(built_in, asked):
    _, basis = supported_reading(read(asked, after("政府信息公开申请几天答复", "第三十三条")), built_in)
    assert not basis.evidence or basis.nearest


def test_a_new_question_is_not_read_with_the_one_before(built_in):
    reading, basis = supported_reading(
        read("环境管理台账得留几年", after("邮寄的申请从哪天算收到", "第三十一条")), built_in
    )
    assert reading.standalone == ""
    assert basis.evidence[0].title == "排污许可管理条例"


def test_only_regulations_cited_before_are_near(built_in):
    near = candidates(read("谁来批", after("信息公开答复可以延期吗", "第三十三条")), built_in)
    assert {one.hit.title for one in near} == {OPEN}
    assert not candidates(read("谁来批"), built_in)


@pytest.mark.parametrize("name", ["follow_learned", "follow_kept"])
def test_the_measured_follow_ups_are_whole(name):
    asked = [json.loads(line) for line in (ASKS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(asked) == 30 and len({one["id"] for one in asked}) == 30
    assert all(one["after"] and one["gold"] and one["must"] for one in asked)
