"""What a search finds, in which version, and in which order."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import Document, Passage
from store import open_knowledge
from store.retrieval import _highest
from store.wording import punishes

FEES = (
    "本办法规定水费。",
    "水费每吨两元，由供水站收取。",
    "下列用户免交水费：\n（一）学校；\n（二）敬老院；\n（三）卫生所。",
    "逾期不交水费的，加收滞纳金。",
)
DOGS = ("本规定管养犬。", "养犬应当办理犬证。", "犬只伤人的，主人赔偿。")


@pytest.fixture
def village(knowledge, document):
    knowledge.add(document("供水收费办法", FEES, also=("", "一吨水多少钱", "谁不用交", "晚交了怎么罚")))
    knowledge.add(document("养犬管理规定", DOGS, heading="第二章 养犬登记"))
    return knowledge


def numbers(hits):
    return [(hit.title, hit.article_no) for hit in hits]


def test_the_words_people_use_are_found_and_not_shown(village):
    best = village.search("一吨水多少钱")[0]
    assert (best.title, best.article_no) == ("供水收费办法", 2)
    assert best.text == FEES[1]


def test_a_question_for_which_ones_prefers_the_article_that_lists_them(village):
    assert numbers(village.search("哪些用户免交水费"))[0] == ("供水收费办法", 3)


def test_the_regulation_named_by_its_matter_comes_before_others(village):
    assert {hit.title for hit in village.search("养犬登记由谁管理", k=3)} == {"养犬管理规定"}


def test_an_article_asked_for_by_number_comes_first(village):
    hits = village.search("供水收费办法第四条")
    assert numbers(hits)[0] == ("供水收费办法", 4) and hits[0].score == 1.0
    assert numbers(village.resolve("《养犬管理规定》第三条、第二条")) == [("养犬管理规定", 3), ("养犬管理规定", 2)]
    assert village.resolve("《捕鱼管理规定》第三条") == []


def test_scores_fall_and_lie_between_0_and_1(village):
    scores = [hit.score for hit in village.search("水费由谁收取", k=7)]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_question_beside_the_matter_scores_low(village):
    assert village.search("月球背面有什么矿物")[0].score < 0.5 * village.search("水费由谁收取")[0].score


@pytest.mark.parametrize("text", ["", "  ", "？？", "a"])
def test_any_text_can_be_searched(village, text):
    assert isinstance(village.search(text), list)


def test_an_empty_knowledge_base_finds_nothing(knowledge):
    assert knowledge.search("水费") == [] and knowledge.resolve("条例第一条") == [] and knowledge.articles("条例") == []


def test_search_within_one_regulation(village):
    assert {hit.title for hit in village.search("水费", title="养犬规定")} == {"养犬管理规定"}
    assert village.search("水费", title="没有的规定") == []


def test_articles_and_their_neighbours_in_order(village):
    assert [hit.article_no for hit in village.articles("供水收费办法")] == [1, 2, 3, 4]
    third = village.article("供水收费办法", 3)
    assert [hit.article_no for hit in village.neighbours(third)] == [2, 4]
    assert village.article("供水收费办法", 9) is None


REGISTRY = """
[[version]]
title = "供水收费办法"
aliases = ["水费办法"]
promulgated = 2015-01-01
effective_from = 2015-03-01
effective_to = 2020-03-01
ended = "修订"
replaced_by = "供水收费办法"

[[version]]
title = "养犬管理规定"
promulgated = 2020-01-01
effective_from = 2020-03-01
effective_to = 2024-01-01
ended = "废止"
replaced_by = "宠物条例"
"""


@pytest.fixture
def dated(tmp_path, embedder, document):
    (tmp_path / "registry.toml").write_text(REGISTRY, encoding="utf-8")
    knowledge = open_knowledge(tmp_path / "home", embedder, registry_file=tmp_path / "registry.toml")
    knowledge.add(document("供水收费办法", FEES))
    old = {"promulgated": date(2015, 1, 1), "effective_from": date(2015, 3, 1)}
    knowledge.add(document("供水收费办法", ("水费每吨一元，由供水站收取。",), **old))
    knowledge.add(document("养犬管理规定", DOGS))
    return knowledge


@pytest.mark.parametrize(
    ("day", "text", "status"),
    [
        (date(2014, 1, 1), "水费每吨一元，由供水站收取。", "尚未施行"),
        (date(2018, 6, 1), "水费每吨一元，由供水站收取。", "现行有效"),
        (date(2020, 3, 1), FEES[1], "现行有效"),
    ],
)
def test_of_several_versions_the_one_in_force_is_found(dated, day, text, status):
    hits = [hit for hit in dated.search("水费每吨多少，由谁收取", as_of=day) if hit.title == "供水收费办法"]
    assert (hits[0].text, hits[0].status) == (text, status)
    assert len({hit.effective_from for hit in hits}) == 1


def test_a_repealed_regulation_is_shown_as_such_with_its_successor(dated):
    before, after = (dated.search("养犬应当办理犬证", as_of=day)[0] for day in (date(2023, 12, 31), date(2026, 1, 1)))
    assert (before.status, after.status) == ("现行有效", "已废止")
    assert after.replaced_by == "宠物条例" and after.effective_to == date(2024, 1, 1)


def test_of_equal_evidence_what_is_in_force_comes_first(dated, document):
    dated.add(document("犬只条例", DOGS))
    question = "犬只伤人由谁赔偿"
    assert dated.search(question, as_of=date(2026, 1, 1))[0].title == "犬只条例"
    assert dated.search("养犬管理规定：" + question, as_of=date(2026, 1, 1))[0].title == "养犬管理规定"


def test_an_alias_of_the_registry_names_the_regulation(dated):
    assert numbers(dated.resolve("水费办法第二条", date(2026, 1, 1))) == [("供水收费办法", 2)]


@pytest.fixture
def with_report(village):
    sections = ("全年公开信息300条。", "水费公示栏更新不及时。", "水费事项无其他。")
    passages = tuple(Passage(text, heading="一、总体情况") for text in sections)
    village.add(Document("report", "清溪乡2023年度报告", "r.txt", "2" * 64, passages, org="清溪乡", year=2023))
    return village


def test_reports_do_not_crowd_out_regulations(with_report):
    assert {hit.kind for hit in with_report.search("水费", k=4)} == {"regulation"}
    assert {hit.kind for hit in with_report.search("水费", kind="report")} == {"report"}


def test_a_question_about_our_own_year_finds_the_report_first_and_the_law_beside_it(with_report):
    hits = with_report.search("去年水费公示有什么问题", k=6)
    assert hits[0].text == "水费公示栏更新不及时。"
    assert {hit.kind for hit in hits} == {"report", "regulation"}


@pytest.mark.embedding
@pytest.mark.thorough
@pytest.mark.timeout(300)
def test_the_real_weights_find_what_is_asked_in_other_words(tmp_path, built_in_embedder, document):
    """The embedded default, on the village's rules: none of these questions has the article's words."""
    knowledge = open_knowledge(tmp_path, built_in_embedder)
    knowledge.add(document("供水收费办法", FEES))
    knowledge.add(document("养犬管理规定", DOGS))
    asked = {
        "自来水价格是多少": ("供水收费办法", 2),
        "狗把人咬了谁负责": ("养犬管理规定", 3),
        "养宠物狗要上户口吗": ("养犬管理规定", 2),
    }
    assert {question: numbers(knowledge.search(question))[0] for question in asked} == asked


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("责令改正，处二万元以上二十万元以下的罚款。", True),
        ("有下列行为之一的，处一万元以下罚款：\n（一）不公开的；\n（二）被处以罚款后不改的；", True),
        ("处五日以上十日以下拘留。", True),
        ("对负责的主管人员依法给予处分。", True),
        ("下列企业应当披露：\n（一）被处以十万元以上罚款的；\n（二）其负责人被行政拘留的。", False),
        ("曾被依法处以罚款的企业，从严检查。", False),
        ("受处分的人员可以申诉。", False),
        ("罚款应当自收到决定书之日起十五日内缴纳。", False),
    ],
)
def test_what_a_breach_brings_is_told_from_whom_it_has_brought_it(text, tells):
    assert punishes(text) == tells


@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=40),
    st.integers(1, 60),
    st.integers(1, 12),
)
def test_of_many_values_the_highest_are_those_of_a_whole_sort(some, times, k):
    """With many alike: then the earlier comes first."""
    values = np.tile(np.array(some, dtype=np.float32), times)
    assert _highest(values, k).tolist() == np.argsort(-values, kind="stable")[:k].tolist()
