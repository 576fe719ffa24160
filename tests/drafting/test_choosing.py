"""A model's paragraph beside the composer's of the same facts: what speaks against it, and what the draft says."""

from __future__ import annotations

import pytest

from domain import Draft, Phrase
from drafting import draft
from drafting.choosing import Measure, objections
from drafting.past import PastReport
from tests.drafting.scripted import ScriptedModel, Statutes, ledger

FIGURES = (Phrase("报送工作信息", "facts.media_submitted", "报送工作信息29条", 29, "条", "媒体采用"),)
COMPOSED = "三是报送的工作信息被采用的比例偏低。全年报送工作信息29条。改进措施：报送前由股室负责人审核把关，定期分析未采用的原因。"
PAST = PastReport(
    "上年报告", 2022, (("五、问题", "工作信息送出以前请股室负责同志看稿签字，没有被选用的稿件每季度找一找原因。"),)
)

PARAGRAPHS = [
    ("", COMPOSED),
    (
        "",
        "三是信息报送的采用比例偏低，全年报送工作信息29条。改进措施：由股室负责人在报送前审核把关，未采用的定期分析原因。",
    ),
    (
        "漏掉了报送工作信息29条",
        "三是报送的工作信息被采用的比例偏低。改进措施：报送前由股室负责人审核把关，定期分析未采用的原因，改进报送工作。",
    ),
    (
        "重复了报送工作信息29条",
        "三是全年报送工作信息29条。全年报送工作信息29条。改进措施：报送前由股室负责人审核把关，定期分析未采用的原因。",
    ),
    (
        "重复了报送的工作信息被采用",
        "三是报送的工作信息被采用的比例偏低。报送的工作信息被采用的比例偏低，全年报送工作信息29条。改进措施：报送前审核把关。",
    ),
    (
        "套话“新台阶”",
        "三是报送的工作信息被采用的比例偏低。全年报送工作信息29条。改进措施：报送前审核把关，推动信息工作迈上新台阶。",
    ),
    (
        "资料以外的话",
        "三是报送的工作信息被采用的比例偏低。全年报送工作信息29条。局里另外安排了两位同志跟班。改进措施：报送前由股室负责人审核把关。",
    ),
    (
        "资料以外的话",
        "三是报送的工作信息被采用的比例偏低。全年报送工作信息29条。改进措施：加强管理，狠抓落实，务求实效，久久为功。",
    ),
    ("篇幅", "三是报送工作信息29条。改进措施：审核把关。"),
    (
        "句子不完整",
        "三是报送的工作信息被采用的比例偏低。全年报送工作信息29条。改进措施：报送前由股室负责人审核把关，定期分析",
    ),
    (
        "与上年报告相同的文字占",
        "三是报送工作信息29条。改进措施：工作信息送出以前请股室负责同志看稿签字，没有被选用的稿件每季度找一找原因。",
    ),
]


@pytest.mark.parametrize(("against", "written"), PARAGRAPHS)
def test_what_speaks_against_a_paragraph(against: str, written: str) -> None:
    said = "；".join(objections(written, COMPOSED, FIGURES, Measure(PAST)))
    assert against in said and bool(against) == bool(said)


CASES = "全年新收政府信息公开申请24件，办结政府信息公开申请25件。全年因政府信息公开工作发生行政复议3件、行政诉讼1件。"
COUNTED = tuple(
    Phrase(text, f"table.{text}", text, 1, "件", "台账")
    for text in ("新收政府信息公开申请24件", "办结政府信息公开申请25件", "行政复议3件", "行政诉讼1件")
)
FLUENT = [
    ("", "全年新收政府信息公开申请24件、办结政府信息公开申请25件；因政府信息公开工作发生行政复议3件、行政诉讼1件。"),
    ("", "新收政府信息公开申请24件，办结政府信息公开申请25件。政府信息公开工作引起的行政复议3件，行政诉讼1件。"),
    (
        "不通顺",
        "全年新收政府信息的工作发生行政复议3件，新收政府信息公开申请24件，办结政府信息公开申请25件，行政诉讼1件。",
    ),
    (
        "不通顺",
        "新收政府信息公开申请24件，办结政府信息公开申请25件。全年办结政府信息公开工作发生行政复议3件、行政诉讼1件。",
    ),
]


@pytest.mark.parametrize(("against", "written"), FLUENT)
def test_two_clauses_run_into_one_are_no_sentence(against: str, written: str) -> None:
    said = "；".join(objections(written, CASES, COUNTED, Measure(None)))
    assert against in said and bool(against) == bool(said)


def test_a_small_models_paragraph_is_offered_only_where_less_of_it_is_last_years() -> None:
    other = PARAGRAPHS[1][1]
    said = "；".join(objections(other, COMPOSED, FIGURES, Measure(PAST), small=True))
    assert "不比按台账写成的更好" in said
    copied = PastReport("上年报告", 2022, (("五、问题", COMPOSED),))
    assert not list(objections(other, COMPOSED, FIGURES, Measure(copied), small=True))


def drafted(section: str, *replies: str) -> Draft:
    *_, last = draft(section, ledger(25), Statutes(), ScriptedModel(*replies))
    return last.result


def test_the_draft_says_which_paragraphs_are_the_models() -> None:
    good = "全年作出{行政许可决定}，发布{行政许可信息}，少于决定件数。改进措施：逐件核对行政许可决定的公开情况，由承办股室登记公开链接。"
    result = drafted("problems", good, "改进措施：加强管理。", "改进措施：再接再厉。")
    assert result.mode == "model"
    assert any(str(note).startswith("第2段由模型改写，请核对；其余各段按台账直接写成") for note in result.notes)


def test_a_garbled_paragraph_gives_way_to_the_composers() -> None:
    *_, plain = draft("problems", ledger(25), Statutes(), None)
    result = drafted(
        "problems",
        "全年作出{行政许可决定}，发布，发布条数少于。",
        "行政许可全年作出{行政许可决定}，发布，发布条数少于决定件数。",
    )
    assert (result.mode, result.text) == ("composed", plain.result.text)
    assert any(str(note).startswith("第2段采用按台账写成的文字：模型重复了") for note in result.notes)


def test_the_composers_own_words_are_not_called_the_models() -> None:
    class Echo(ScriptedModel):
        def stream(self, messages, **options):
            yield messages[-1][1].partition("原文：")[2].partition("\n")[0]

    *_, last = draft("disclosure", ledger(25), Statutes(), Echo(""))
    assert last.result.mode == "composed" and any("没有采用模型的文字" in str(note) for note in last.result.notes)
