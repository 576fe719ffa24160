"""What the composer writes: golden texts, and for every section no stray numeral and no gap."""

from __future__ import annotations

from datetime import date

import pytest
from domain import SECTION_TITLES, Draft, UnusableInput
from drafting import draft
from drafting.basis import Basis
from gates import find_numerals
from tests.drafting.scripted import Statutes, ledger


def composed(section: str, **given) -> Draft:
    result = given.pop("result", None) or ledger(**given.pop("facts", {}))
    *_, last = draft(section, result, given.pop("knowledge", Statutes()), None, **given)
    return last.result


GOLDEN = {
    "disclosure": "2023年1月1日至12月31日，甲县生态环境局在甲县人民政府门户网站主动公开各类信息41条。其中，环评公示信息26条、行政许可信息15条。\n"
    "依照《政府信息公开条例》第二十条应当公开的行政执法决定，全年有行政许可38件、行政处罚10件。全年未实施行政强制、未收取行政事业性收费。决定按件统计，发布信息按条统计，行政许可发布条数少于决定件数的情况在第五部分说明。",
    "applications": "甲县生态环境局全年未收到政府信息公开申请；没有上年结转的申请，年末没有结转下年度继续办理的申请。\n"
    "全年未因政府信息公开工作被申请行政复议，未被提起行政诉讼。\n"
    "政府信息公开申请的受理和答复依照《政府信息公开条例》第二十九条、第三十三条、第三十六条办理。",
    "organisation": "2023年，甲县生态环境局主要领导听取政务公开工作汇报2次。全年组织开展业务培训1次。\n"
    "甲县生态环境局的政府信息公开工作机构依照《政府信息公开条例》第四条承担日常工作。",
    "problems": "对照全年台账，2023年政府信息公开工作主要有以下问题：\n"
    "一是部分行政许可结果没有同步公开。发布行政许可信息15条，少于全年作出的行政许可38件。改进措施：逐件核对行政许可决定的公开情况；承办股室在办结时登记公开链接，办公室按月抽查登记情况。\n"
    "二是有3个月没有更新政务公开指南。改进措施：每月核对一次。",
    "other": "2023年，甲县生态环境局未收到政府信息公开申请。依照《政府信息公开条例》第四十二条收取政府信息公开信息处理费的情况为：发出收费通知0件，应收总金额0元，实际收取总金额0元。",
}


@pytest.mark.parametrize("section", GOLDEN)
def test_golden_texts(section: str) -> None:
    assert composed(section).text == GOLDEN[section]


def test_applications_that_were_received_are_told_by_outcome() -> None:
    first, *_ = composed("applications", facts={"received": 25}).text.splitlines()
    assert first == (
        "甲县生态环境局全年新收政府信息公开申请25件（自然人申请25件）。没有上年结转的申请。年内办结政府信息公开申请24件。办"
        "理结果为：予以公开24件。结转下年度继续办理1件。"
    )


def test_the_overview_holds_the_five_topics_in_order() -> None:
    headings = [line for line in composed("overview").text.splitlines() if line.startswith("（")]
    assert headings == ["（一）主动公开", "（二）依申请公开", "（三）政府信息管理", "（四）政府信息公开平台建设", "（五）监督保障"]


@pytest.mark.parametrize("section", SECTION_TITLES)
@pytest.mark.parametrize("received", [0, 25])
def test_every_numeral_is_a_figure_and_every_figure_has_its_key(section: str, received: int) -> None:
    result = ledger(received)
    draft_ = composed(section, result=result)
    rest = draft_.text
    for phrase in sorted(draft_.figures, key=lambda phrase: -len(phrase.text)):
        rest = rest.replace(phrase.text, "□")
    rest = rest.replace("2023年1月1日至12月31日", "□")
    assert find_numerals(rest) == []
    assert "{" not in rest and "None" not in rest
    flat = result.figures.flat()
    for phrase in draft_.figures:
        if not phrase.key.startswith(("year", "signals.", "derived.fee_")):
            assert flat[phrase.key] == phrase.value
    assert draft_.rejected == ()


def test_without_a_knowledge_base_nothing_is_cited() -> None:
    result = composed("overview", knowledge=None)
    assert result.citations == () and "《" not in result.text


def test_fees_that_the_ledger_does_not_know_are_asked_for() -> None:
    text = composed("other", facts={"received": 3}).text
    assert "【请补充：发出收费通知的件数和应收总金额，" in text and "实际收取总金额0元" in text


def test_the_three_fee_statements_are_made_where_the_ledger_knows_them() -> None:
    known = {"received": 3, "收费通知件数": 1, "收费通知总金额（元）": 100, "info_processing_fee_yuan": 100}
    text = composed("other", facts=known).text
    assert text.endswith("发出收费通知1件，应收总金额100元，实际收取总金额100元。")


def test_a_ledger_without_signals_asks_for_the_problems() -> None:
    result = ledger()
    bare = type(result)(result.figures, result.provenance, ())
    assert "【请补充：" in composed("problems", result=bare).text


def test_the_offices_notes_are_taken_over_with_their_figures() -> None:
    result = composed("platform", notes="全年更新栏目12个，修订公开指南。")
    assert "全年更新栏目12个，修订公开指南。" in result.text
    assert [(p.key, p.value) for p in result.figures if p.key == "notes"] == [("notes", 12)]


def test_an_unknown_section_names_the_known_ones() -> None:
    with pytest.raises(UnusableInput, match="overview、disclosure"):
        list(draft("summary", ledger(), None, None))


def test_a_figure_says_where_it_comes_from() -> None:
    (licensing,) = [p for p in composed("disclosure").figures if p.key == "table2.licensing"]
    assert (licensing.text, licensing.value, licensing.unit) == ("行政许可38件", 38, "件")
    assert licensing.source == "行政执法：决定类型为“行政许可”的行数"


@pytest.mark.parametrize(
    ("category", "section", "said", "posted"),
    [
        ("行政许可决定", "disclosure", "全年有行政许可38件、行政处罚10件", "行政许可决定信息7条"),
        ("业务培训", "organisation", "组织开展业务培训1次", "业务培训信息7条"),
        ("新收申请", "applications", "未收到政府信息公开申请", "新收申请信息7条"),
        ("各类别发布情况", "disclosure", "其中，环评公示信息26条", "各类别发布情况信息7条"),
    ],
)
def test_a_category_takes_no_statutory_phrases_name(category: str, section: str, said: str, posted: str) -> None:
    facts = {"published_by_category": {category: 7, "环评公示信息": 26}}
    assert said in composed(section, facts=facts).text
    assert posted in composed("disclosure", facts=facts).text


def test_a_category_does_not_stand_in_for_a_figure_that_is_missing() -> None:
    facts = {"published_by_category": {"听取汇报": 7}, "briefings_heard": None}
    assert "听取汇报7条" not in composed("organisation", facts=facts).text


def test_two_categories_of_one_name_in_print_are_both_told() -> None:
    text = composed("disclosure", facts={"published_by_category": {"行政许可": 15, "行政许可信息": 4}}).text
    assert "行政许可信息15条" in text and "行政许可信息信息4条" in text


def test_only_the_articles_that_the_text_names_are_cited() -> None:
    basis = Basis(None, date(2024, 1, 10))
    basis.cited = [Statutes().article("政府信息公开条例", number) for number in (19, 20)]
    (citation,) = basis.citations("依据《政府信息公开条例》第二十条规定公开。")
    assert (citation.marker, citation.hit.article_no) == (1, 20)
    assert len(basis.citations("依据《中华人民共和国政府信息公开条例》第十九条、第二十条规定公开。")) == 2
    assert basis.citations("依据《政府信息公开条例》公开。") == ()
