"""What a model may not bring into a draft, and what happens when it fails."""

from __future__ import annotations

import pytest

from domain import SECTION_TITLES, Delta, Draft, Finished
from drafting import draft
from gates import find_numerals, known
from gates.placeholders import unbound
from tests.drafting.scripted import ScriptedModel, Statutes, ledger

GOOD = "全年作出{行政许可决定}，在平台发布{行政许可信息}，公开与办理衔接不够。改进措施：由承办股室逐件核对并补发应公开的行政许可决定。"


def written(section: str, *replies: str, **options) -> tuple[Draft, ScriptedModel]:
    model = ScriptedModel(*replies, **options)
    *_, last = draft(section, ledger(), Statutes(), model)
    return last.result, model


def test_placeholders_become_phrases() -> None:
    result, _ = written("problems", GOOD)
    assert result.mode == "model"
    assert (
        "一是部分行政许可结果没有同步公开。全年作出行政许可38件，在平台发布行政许可信息15条，公开与办理衔接不够。改进措施：由承办股室"
        in result.text
    )
    assert {"table2.licensing", "facts.published_by_category.行政许可"} <= {phrase.key for phrase in result.figures}


INTRUDERS = [
    ("全年公开率达到百分之九十八。", "百分之九十八"),
    ("全年罚款99万元。", "99万元"),
    ("全年作出行政许可３９件。", "３９件"),
    ("全年开展培训三次。", "三次"),
    ("公开数量翻一番。", "翻一番"),
    ("全年公开{不存在的数字}。", "{不存在的数字}"),
    ("全年作出{行政许可决定。", "全年作出{行政许可决定。"),
    ("按照《政府信息公开条例》第九十九条公开。", "《政府信息公开条例》第九十九条"),
    ("按照《政务公开促进法》公开。", "《政务公开促进法》"),
    ("全年召开专题会议。", "召开"),
    ("以下是润色后的内容。", "以下是"),
    ("公开不及时公开不及时公开不及时。", "公开不及"),
    ("共收到{行政许可决定}。", "共收到{行政许可决定}"),
    ("没有写完的句子", "没有写完的句子"),
]


@pytest.mark.parametrize(("sentence", "taken_out"), INTRUDERS)
@pytest.mark.parametrize("section", ["problems", "disclosure"])
def test_what_the_model_may_not_write_is_taken_out_and_reported(sentence: str, taken_out: str, section: str) -> None:
    reply = sentence if sentence.startswith("没有") else sentence + GOOD
    result, _ = written(section, reply)
    assert taken_out in {rejection.text for rejection in result.rejected}
    assert sentence.rstrip("。") not in result.text
    assert all(rejection.reason for rejection in result.rejected)
    rest = result.text
    for phrase in sorted(result.figures, key=lambda phrase: -len(phrase.text)):
        rest = rest.replace(phrase.text, "□")
    assert find_numerals(rest.replace("2023年1月1日至12月31日", "")) == [] and unbound(known(result)) == []


def test_a_rejected_sentence_is_rewritten_once() -> None:
    result, model = written(
        "problems",
        "全年作出{行政许可决定}，在平台发布{行政许可信息}，少99件。",
        "全年作出{行政许可决定}，在平台发布{行政许可信息}，公开不够及时。",
        GOOD,
    )
    assert "全年作出行政许可38件，在平台发布行政许可信息15条，公开不够及时。" in result.text
    assert result.rejected[0].text == "99件"
    assert "99" not in "".join(model.prompts)


def test_a_problem_always_keeps_its_figures_and_its_measure() -> None:
    result, _ = written("problems", "公开工作与业务办理衔接不够紧密。")
    first = result.text.splitlines()[1]
    assert "行政许可38件" in first and "改进措施：逐件核对行政许可决定的公开情况" in first


def test_no_value_and_no_office_remark_with_figures_reaches_a_prompt() -> None:
    model = ScriptedModel(GOOD)
    for section in SECTION_TITLES:
        list(draft(section, ledger(25), Statutes(), model, notes="全年更新栏目12个。"))
    assert model.prompts
    for prompt in model.prompts:
        assert not any(value in prompt for value in ("38", "15条", "41条", "12个", "25"))


def test_a_model_that_writes_nothing_usable_leaves_the_composed_text() -> None:
    result, _ = written("disclosure", "99。")
    *_, plain = draft("disclosure", ledger(), Statutes(), None)
    assert (result.mode, result.text) == ("composed", plain.result.text)
    assert any("没有一句通过检查" in str(note) for note in result.notes)


@pytest.mark.parametrize("section", ["overview", "problems"])
def test_a_model_that_fails_leaves_the_composed_text_and_says_why(section: str) -> None:
    result, _ = written(section, "", fails=True)
    *_, plain = draft(section, ledger(), Statutes(), None)
    assert (result.mode, result.text) == ("composed", plain.result.text)
    assert any("连接不到模型" in str(note) for note in result.notes)


def test_the_text_streams_sentence_by_sentence() -> None:
    events = list(draft("problems", ledger(), Statutes(), ScriptedModel(GOOD)))
    streamed = "".join(event.text for event in events if isinstance(event, Delta))
    assert isinstance(events[-1], Finished)
    assert streamed.strip() == events[-1].result.text


def test_stopping_finishes_by_rule() -> None:
    *_, last = draft("problems", ledger(), Statutes(), ScriptedModel(GOOD), cancelled=lambda: True)
    assert last.result.mode == "composed" and "改进措施" in last.result.text


@pytest.mark.model
def test_the_real_model_writes_no_numeral_of_its_own(local_model_path) -> None:
    from chat import open_model

    model = open_model("local", gguf=local_model_path)
    try:
        *_, last = draft("problems", ledger(), Statutes(), model)
    finally:
        model.close()
    rest = last.result.text
    for phrase in sorted(last.result.figures, key=lambda phrase: -len(phrase.text)):
        rest = rest.replace(phrase.text, "□")
    assert find_numerals(rest) == []
    assert last.result.mode in ("model", "composed") and "改进措施：" in rest


def test_the_decoding_grammar_closes_its_brackets() -> None:
    from drafting.grammar import prose

    assert '"（{听取汇报日期}）"' in prose("主要领导{听取汇报}（{听取汇报日期}），另有安排。")
