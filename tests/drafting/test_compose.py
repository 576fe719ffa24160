"""What the composer writes: golden texts, and for every section no stray numeral and no gap."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from domain import SECTION_TITLES, Draft, Hit, LedgerResult, Signal, UnusableInput
from drafting import draft
from drafting.basis import Basis
from drafting.compose import compose
from drafting.work import TURNS, begin
from gates import find_numerals, known
from gates.placeholders import expand, unbound
from tests.drafting.scripted import Statutes, ledger


def composed(section: str, **given) -> Draft:
    result = given.pop("result", None) or ledger(**given.pop("facts", {}))
    *_, last = draft(section, result, given.pop("knowledge", Statutes()), None, **given)
    return last.result


GOLDEN = {
    "disclosure": "2023年1月1日至12月31日，我局在甲县人民政府门户网站主动公开各类信息41条。其中，环评公示信息26条、行政许可信息15条。\n"
    "全年作出行政许可38件、行政处罚10件。执法结果按照《政府信息公开条例》第二十条向社会公布，其中行政处罚公布的是有一定社会影响的决定。全年未实施行政强制，未收取行政事业性收费。\n"
    "主动公开的范围和内容依照《政府信息公开条例》第十九条、第二十条确定。",
    "applications": "我局全年未收到政府信息公开申请；没有上年结转的申请，年末没有结转下年度继续办理的申请。\n"
    "全年未因政府信息公开工作被申请行政复议，未被提起行政诉讼。",
    "organisation": "2023年，我局主要领导听取政务公开工作汇报2次。全年组织开展业务培训1次。\n"
    "我局政府信息公开工作机构依照《政府信息公开条例》第四条承担日常工作。",
    "problems": "对照全年的工作数据，2023年政府信息公开工作主要有以下问题：\n"
    "一是部分行政许可结果没有同步公开。发布行政许可信息15条，少于全年作出的行政许可38件。改进措施：逐件核对行政许可决定的公开情况；承办股室在办结时登记公开链接，办公室按月抽查登记情况。\n"
    "二是有3个月没有更新政务公开指南。改进措施：每月核对一次。",
    "other": "2023年，我局未收取政府信息公开信息处理费，发出收费通知0件，应收总金额0元，实际收取总金额0元。",
}


@pytest.mark.parametrize("section", GOLDEN)
def test_golden_texts(section: str) -> None:
    assert composed(section).text == GOLDEN[section]


def test_applications_that_were_received_are_told_by_outcome() -> None:
    first, *_ = composed("applications", facts={"received": 25}).text.splitlines()
    assert first == (
        "我局全年新收政府信息公开申请25件，申请人均为自然人，没有上年结转的申请。年内办结政府信息公开申请24件，"
        "办理结果均为予以公开。结转下年度继续办理1件。"
    )


def test_the_overview_holds_the_five_topics_in_order() -> None:
    headings = [line for line in composed("overview").text.splitlines() if line.startswith("（")]
    assert headings == [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ]


@pytest.mark.parametrize("section", SECTION_TITLES)
@pytest.mark.parametrize("received", [0, 25])
def test_every_numeral_is_a_figure_and_every_figure_has_its_key(section: str, received: int) -> None:
    result = ledger(received)
    draft_ = composed(section, result=result)
    rest = draft_.text
    for phrase in sorted(draft_.figures, key=lambda phrase: -len(phrase.text)):
        rest = rest.replace(phrase.text, "□")
    rest = rest.replace("2023年1月1日至12月31日", "□")
    assert find_numerals(rest) == [] and unbound(known(draft_)) == []
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
        ("行政许可决定", "disclosure", "全年作出行政许可38件、行政处罚10件", "行政许可决定信息7条"),
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


# --- what a signatory would strike out ---------------------------------------------------------------


def changed(
    table2: dict | None = None, table4: dict | None = None, signals: tuple[Signal, ...] = (), received: int = 0, **facts
) -> LedgerResult:
    """The ledger with some cells of its tables, its facts and its signals set."""
    base = ledger(received, **facts)
    cases = {case: dict(results) for case, results in base.figures.table4.items()}
    for case, results in (table4 or {}).items():
        cases[case] |= results
    figures = replace(base.figures, table2=base.figures.table2 | (table2 or {}), table4=cases)
    return replace(base, figures=figures, signals=signals)


def signal(key: str) -> Signal:
    return Signal(key, "台账线索", "按月核对")


NONE_IN_FORCE = {"normative_documents": {"issued": 0, "repealed": 0, "in_force": 0}}
SIGNED = {
    "no training is no kind of training": (
        "problems",
        changed(signals=(signal("few_trainings"),), trainings=0),
        "全年未开展业务培训。",
        "组织未开展|开展未开展|偏少",
    ),
    "no briefing": (
        "problems",
        changed(signals=(signal("few_briefings_heard"),), briefings_heard=0),
        "主要领导全年未听取政务公开工作汇报。",
        "次数偏少",
    ),
    "review without a suit": (
        "applications",
        changed(table4={"review": {"upheld": 1, "total": 1}}, received=3),
        "发生行政复议1件（结果维持1件），未被提起行政诉讼。",
        "未因",
    ),
    "a suit without review": (
        "applications",
        changed(table4={"litigation_direct": {"upheld": 1, "total": 1}}, received=3),
        "行政诉讼1件（结果维持1件），未因政府信息公开工作被申请行政复议。",
        "未被提起",
    ),
    "a suit after review need not follow upon 维持": (
        "problems",
        changed(
            table4={"litigation_after_review": {"corrected": 1, "total": 1}},
            signals=(signal("corrected.litigation_after_review"),),
        ),
        "先申请复议、后提起诉讼的案件，结果纠正1件。",
        "复议维持后",
    ),
    "one applicant of one kind": (
        "applications",
        changed(received=2),
        "申请人均为自然人",
        "其中自然人申请2件|（自然人申请2件）",
    ),
    "nothing issued, nothing repealed": (
        "overview",
        changed(NONE_IN_FORCE),
        "未制发、未废止行政规范性文件，年末没有现行有效的行政规范性文件。",
        "未废止行政规范性文件，没有",
    ),
    "a verb stands once": (
        "disclosure",
        changed({"licensing": 0, "penalties": 0}),
        "未作出行政许可决定和行政处罚决定，未实施行政强制",
        "、未",
    ),
    "not every penalty must be published": (
        "disclosure",
        changed(),
        "有一定社会影响的",
        "应当公开的行政执法决定",
    ),
    "nothing of the ledger's talk in the report": (
        "problems",
        changed(),
        "^【请补充：[^】]*】$",
        "台账没有显示明显问题",
    ),
    "an indicator stands under its topic": (
        "overview",
        changed(**{"规范性文件审查（件）": 3}),
        "另有规范性文件审查3件。",
        "另有。",
    ),
}


@pytest.mark.parametrize(("section", "result", "said", "struck"), SIGNED.values(), ids=SIGNED)
def test_what_a_signatory_reads(section: str, result: LedgerResult, said: str, struck: str) -> None:
    for org in ("甲县生态环境局", "乙县水务局", "丙市自然资源局"):  # three offices read three wordings
        text = composed(section, result=replace(result, figures=replace(result.figures, org=org))).text
        assert re.search(said, text) and not re.search(struck, text), text


SEAMS = re.compile(
    r"[，；、。：][，；、。]|^[，；、。]|[\[\]<>{}]|年、|（）|全年全年|None|全年[^，。]{0,6}全年|([一-龥]{3,})\1"
)


@pytest.mark.parametrize("result", [case[1] for case in SIGNED.values()] + [ledger(25)])
def test_no_wording_shows_its_seams(result: LedgerResult) -> None:
    for org in ("甲县生态环境局", "乙县水务局", ""):
        for section in SECTION_TITLES:
            work = begin(section, replace(result, figures=replace(result.figures, org=org)), Statutes())
            for turn in range(TURNS):
                for template in compose(section, work.material, turn):
                    filled, rejected = expand(template, work.material.catalogue.phrases)
                    assert not rejected and not SEAMS.search(filled.text), filled.text


def test_the_corrected_cases_have_each_a_measure_of_their_own() -> None:
    keys = (
        "corrected.review",
        "corrected.litigation_direct",
        "corrected.litigation_after_review",
        "posted_below_decided.licensing",
        "posted_below_decided.penalties",
    )
    _, *paragraphs = composed("problems", result=changed(signals=tuple(map(signal, keys)))).text.splitlines()
    measures = [
        step
        for line in paragraphs
        for step in line.partition("改进措施：")[2].rstrip("。").split("；")
        if step != "按月核对"
    ]
    assert len(set(measures)) == len(measures) >= len(keys)


def test_without_a_platform_its_name_is_asked_for() -> None:
    bare = ledger()
    text = composed("platform", result=replace(bare, figures=replace(bare.figures, platform=""))).text
    assert "主要平台是【请补充：" in text


def test_a_short_part_one_asks_for_the_offices_own_words() -> None:
    assert any("各地指引一般要求一千字左右" in str(note) for note in composed("overview").notes)


class Laws(Statutes):
    """Holds as well the two laws of which one took the place of the other on 15 August 2026."""

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit | None:
        later = bool(as_of and as_of >= date(2026, 8, 15))
        held = {
            "环境保护法": (54, "第五十四条", "已废止" if later else "现行有效"),
            "生态环境法典": (138, "第一百三十八条", "现行有效" if later else "尚未施行"),
        }
        if title not in held:
            return super().article(title, no, sub, as_of)
        number, label, status = held[title]
        return (
            Hit("regulation", title, label, number, "……", False, status, None, None, "", "", 1.0)
            if number == no
            else None
        )


@pytest.mark.parametrize(
    ("year", "cited", "not_cited"),
    [(2023, "《环境保护法》第五十四条", "法典"), (2026, "《生态环境法典》第一百三十八条", "环境保护法")],
)
def test_the_law_in_force_at_the_end_of_the_year_is_cited(year: int, cited: str, not_cited: str) -> None:
    result = ledger(published_by_category={"环境质量信息（大气、水）": 12})
    text = composed(
        "disclosure", result=replace(result, figures=replace(result.figures, year=year)), knowledge=Laws()
    ).text
    assert cited in text and not_cited not in text
