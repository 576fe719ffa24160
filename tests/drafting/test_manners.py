"""The manners of docs/manners.md, each held over every section, several offices and every wording."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from domain import SECTION_TITLES, LedgerResult
from drafting.compose import compose
from drafting.material import self_name
from drafting.work import TURNS, begin
from gates.placeholders import expand
from tests.drafting.scripted import Statutes, ledger
from tests.drafting.test_compose import NONE_IN_FORCE, SIGNED, changed, signal

ORGS = ("甲县生态环境局", "乙市水务局", "丙州生态环境局丁分局")
SHORTCOMINGS = (
    "months_without_publication",
    "few_trainings",
    "few_briefings_heard",
    "posted_below_decided.licensing",
    "posted_below_decided.penalties",
)
LEDGERS = [
    ledger(),
    ledger(25),
    changed(signals=tuple(map(signal, SHORTCOMINGS)), trainings=0, briefings_heard=0),
    changed(NONE_IN_FORCE, published_by_category={"行政许可": 50, "行政处罚": 13}),
    *(case[1] for case in SIGNED.values()),
]


def written(result: LedgerResult, section: str, org: str) -> list[str]:
    """The section in each of its wordings."""
    work = begin(section, replace(result, figures=replace(result.figures, org=org)), Statutes())
    phrases = work.material.catalogue.phrases
    return [
        "\n".join(expand(line, phrases)[0].text for line in compose(section, work.material, t)) for t in range(TURNS)
    ]


def texts(section: str) -> list[str]:
    return [text for result in LEDGERS for org in ORGS for text in written(result, section, org)]


# What no head of an office signs, with sentences of the kind.
STRUCK = {
    "a lecture on what the law says": (
        r"规定了哪些|属于[^。]{0,12}规定的主动公开|(?:公民|法人)[^。]{0,20}(?:可以|有权|应当)|由[^。，]{0,12}的机关负责",
        ["《条例》第十九条规定了哪些信息应当主动公开。", "从公民、法人获取的由保存的机关负责。"],
    ),
    "a presumption of fault": (
        r"没有按照要求|没有依法答复|可以反映|向[^。]{0,14}主管部门(?:反映|提出)",
        ["对没有按照要求主动公开的，可以向主管部门反映。"],
    ),
    "a working note": (
        r"第[一二三四五六]部分|见(?:上|下|前|后)文|按[条件]统计|列为问题，|台账(?:显示|没有|记载)|线索",
        ["差异和改进措施见第五部分。", "发布按条统计，决定按件统计。"],
    ),
    "fees that are praised for growing": (
        r"收费(?:金额)?[^。]{0,24}(?:增加|增长|同比|比上年)",
        ["收费金额比上年增加1.2万元。"],
    ),
}
# Sentences that no Chinese office would let pass: an object or a verb is missing, or does not go with the other.
MISSAID = {
    "a clause that breaks off with 的": (
        r"(?:公布|公开|处理|说明)(?:有|无)[^。，；]{2,12}的[。；]",
        ["处罚决定公布有一定社会影响的。"],
    ),
    "a fee that does not happen": (
        r"发生[^。，；：]{0,12}(?:费|收费)(?![^。，；：]{0,4}(?:复议|诉讼|争议))",
        ["我局没有发生政府信息公开信息处理费。"],
    ),
}


@pytest.mark.parametrize("section", SECTION_TITLES)
@pytest.mark.parametrize(("pattern", "kinds"), MISSAID.values(), ids=MISSAID)
def test_every_sentence_is_whole(pattern: str, kinds: list[str], section: str) -> None:
    assert all(re.search(pattern, kind) for kind in kinds)
    assert [text for text in texts(section) if re.search(pattern, text)] == []


# What most published reports tell, and tell in this order (docs/manners.md).
TOLD_WHERE_NOTHING_WAS_ASKED = r"未收到政府信息公开申请[\s\S]*未(?:因[^。]*)?被申请行政复议"


def test_no_applications_and_no_cases_are_each_told() -> None:
    """A report of an office that nobody asked anything says so, and that nobody went to court."""
    quiet = next(result for result in LEDGERS if not result.figures.flat().get("table3.new_received.total"))
    for org in ORGS:
        for text in written(quiet, "applications", org):
            assert re.search(TOLD_WHERE_NOTHING_WAS_ASKED, text), text


def test_the_first_sentence_says_what_the_year_came_to() -> None:
    """No words of praise before the first figure: the opening gives the numbers of the year."""
    for result in LEDGERS:
        for org in ORGS:
            for text in written(result, "overview", org):
                opening = text.split("。")[0]
                assert len(re.findall(r"\d", opening)) >= 4 and not re.search("高度重视|扎实|深入贯彻|坚持以", opening)


ACCUSED = r"没有信息发布|没有发布信息|未组织|未开展业务培训|未听取|少于|低于|不及时|不足"


@pytest.mark.parametrize("section", SECTION_TITLES)
@pytest.mark.parametrize(("pattern", "kinds"), STRUCK.values(), ids=STRUCK)
def test_what_nobody_signs(pattern: str, kinds: list[str], section: str) -> None:
    assert all(re.search(pattern, kind) for kind in kinds)
    assert [text for text in texts(section) if re.search(pattern, text.replace("上年已列为问题，", ""))] == []


@pytest.mark.parametrize("section", [name for name in SECTION_TITLES if name != "problems"])
def test_only_part_five_accuses_the_office(section: str) -> None:
    """A figure of table 3 or 4 that speaks for itself is told; a shortcoming is told where its measure is."""
    assert [text for text in texts(section) if re.search(ACCUSED, text)] == []


@pytest.mark.parametrize("org", ORGS)
def test_the_office_names_itself_once(org: str) -> None:
    for result in LEDGERS:
        for text in written(result, "overview", org):
            assert text.count(org) == 1 and text.index(org) < text.index("（一）") and "我局" in text
        for section in SECTION_TITLES:
            if section != "overview":
                assert not any(org in text for text in written(result, section, org))


@pytest.mark.parametrize(
    ("org", "said"),
    [
        ("云岫县生态环境局", "我局"),
        ("楚雄州生态环境局禄丰分局", "我局"),
        ("某县水利局", "我局"),
        ("某市发展和改革委员会", "我委"),
        ("某省教育厅", "我厅"),
        ("某县人民政府", "我县"),
        ("某市人民政府", "我市"),
        ("某镇人民政府", "我镇"),
        ("某街道办事处", "我街道"),
        ("某市人民政府办公室", "我办"),
        ("某县行政审批服务中心", "我中心"),
        ("某市生态环境保护综合行政执法支队", "我支队"),
        ("某大学", "本机关"),
        ("", "本机关"),
    ],
)
def test_what_an_organ_calls_itself(org: str, said: str) -> None:
    assert self_name(org) == said


def test_an_article_is_cited_where_the_office_acts_by_it() -> None:
    """Each citation stands in a sentence that says by 依照, 按照 or 按 what the office does."""
    for section in SECTION_TITLES:
        for text in texts(section):
            for sentence in re.split("[。；\n]", text):
                if "《" in sentence:
                    assert re.search("依照《|按照《|按《|公开", sentence), sentence
