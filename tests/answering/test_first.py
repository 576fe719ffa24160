"""The first sentence of an answer, over the official texts: what a good clerk would say."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from answering.law.asked import asked_for
from answering.law.first import first_sentence
from answering.law.units import bound, limits, units
from domain import Hit
from tests.conftest import shared_folder

TABLE = tomllib.loads(Path(__file__).with_name("first_sentences.toml").read_text(encoding="utf-8"))
CASES = [(kind, *case) for kind, group in TABLE.items() for case in group["cases"]]


@cache
def official() -> dict[str, Hit]:
    """Every article of the official texts, the latest version of each title, by title#number."""
    import ingest

    texts = shared_folder() / "regulations"
    documents = sorted(
        (ingest.read(path) for path in sorted(texts.iterdir())), key=lambda one: one.effective_from or date.min
    )
    return {
        f"{document.title}#{one.article_no}": Hit(
            "regulation",
            document.title,
            one.article,
            one.article_no,
            one.text,
            True,
            "现行有效",
            document.effective_from,
            None,
            "",
            document.source,
            1.0,
            heading=one.heading,
        )
        for document in documents
        for one in document.passages
    }


@pytest.mark.parametrize(("kind", "question", "article", "begins", "holds"), CASES)
def test_the_question_is_answered_first(kind, question, article, begins, holds) -> None:
    hit = official()[article]
    first = first_sentence(question, question, [hit])
    assert first is not None
    said = f"{first.lead}：{'……'.join(first.runs)}"
    assert first.lead.startswith(begins), said
    assert all(words in said for words in holds), said
    assert all(run in hit.text for run in first.runs)


@pytest.mark.parametrize(
    ("before", "question", "article", "holds"),
    [
        ("申请公开要写什么", "老人不会写字呢", "政府信息公开条例#29", ["口头提出", "代为填写"]),
        ("罚款多少要听证", "听证要提前几天申请", "行政处罚法#64", ["五日内提出"]),
        ("第三方几天内答复", "不说话呢", "政府信息公开条例#32", ["逾期未提出意见"]),
        ("几天答复申请", "征求别的机关意见的时间算吗", "政府信息公开条例#33", ["其他机关意见", "不计算"]),
        ("两个单位一起制作的谁公开", "派出机构呢", "政府信息公开条例#10", ["派出机构"]),
        ("排污许可证有效期几年", "要续的话提前多少天申请", "排污许可管理条例#14", ["60日前"]),
        ("排污许可证有效期几年", "换了法定代表人呢", "排污许可管理条例#14", ["30日内"]),
        ("行政机关收到申请怎么确定时间", "传真发的呢", "政府信息公开条例#31", ["传真", "双方确认之日"]),
        ("哪些信息不公开", "同意了能给吗", "政府信息公开条例#15", ["第三方同意公开"]),
        ("环评改了地点要重报吗", "批了五年以后才开工呢", "环境影响评价法#24", ["五年", "重新审核"]),
    ],
)
def test_a_follow_up_is_answered_by_the_part_that_its_own_words_ask_for(before, question, article, holds) -> None:
    hit = official()[article]
    first = first_sentence(question, f"{before}，{question}", [hit])
    said = "……".join(first.runs) if first else ""
    assert all(words in said for words in holds), said


@pytest.mark.parametrize(
    ("before", "question", "article", "lead"),
    [
        ("申请内容写得不清楚，可以让他补正吗？", "他过了期一直不补呢？", "政府信息公开条例#30", ""),
        ("公开要不要征求第三方意见？", "人家一直不回呢？", "政府信息公开条例#32", ""),
        ("年报2月底前公布，对吗？", "晚了呢？", "政府信息公开条例#49", ""),
        ("信访事项多久办结？", "情况复杂能再延多少天？", "信访工作条例#34", "30日"),
        ("行政复议多少天作决定？", "最长能延几天？", "行政复议法#62", "三十日"),
        ("环评报告书多少天批下来？", "报告表呢？", "建设项目环境保护管理条例#9", ""),
        ("哪些复议案件用简易程序？", "这种多少天要办完？", "行政复议法#54", ""),
        ("骗来的排污许可证会被撤销吗？", "以后还能再申请吗？", "排污许可管理条例#40", "3年内不可以再申请"),
        ("申请政府信息多久答复？", "补正几天内通知？", "政府信息公开条例#30", "7个工作日"),
        ("第三方几天提意见？", "听证几天内提出？", "行政处罚法#64", ""),
    ],
)
def test_a_follow_up_has_no_word_of_the_question_before_it(before, question, article, lead) -> None:
    first = first_sentence(question, f"{before.rstrip('？')}，{question}", [official()[article]])
    assert first is not None and first.lead == lead, first


@pytest.mark.parametrize(
    "entry",
    tomllib.loads((Path(__file__).parents[2] / "answering/law/asked.toml").read_text(encoding="utf-8"))["kind"],
    ids=lambda one: one["name"],
)
def test_kinds_of_questions(entry) -> None:
    assert [asked_for(one).kind for one in entry["finds"]] == [entry["name"]] * len(entry["finds"])
    assert entry["name"] not in [asked_for(one).kind for one in entry["passes"]]


def test_no_rule_is_shown_without_its_exception() -> None:
    """Of every article with an exception: the rule that decides, shown whole, holds each limit of its paragraph."""
    limited = [(hit, unit) for hit in official().values() for unit in units(hit.text) if limits(unit.text)]
    assert len(limited) > 100
    for hit, unit in limited:
        family = bound([unit], units(hit.text))
        assert unit.text in [one.text for one in family]
        assert all(one.text in hit.text for one in family)
