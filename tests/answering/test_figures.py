"""Questions for the office's own figures: computed, published or told, never guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answering import answer, of_ledger, of_report
from answering.figures.answer import percent
from answering.figures.question import conversation
from domain import Answer, DerivedFact, Document, Hit, Provenance, YearFigures
from forms import load_form
from matters import plain
from tests.fakes import MemoryKnowledge, ScriptedModel

FORM = load_form("2021")
TODAY = date(2024, 1, 10)
ORG = "云岫县生态环境局"


def cells() -> dict[str, int]:
    """Every cell of the three tables, each with a number of its own."""
    keys = [f"table3.{row.key}.{column.key}" for row in FORM.rows for column in FORM.columns]
    keys += [f"table4.{case.key}.{result.key}" for case in FORM.cases for result in FORM.results]
    keys += [f"table2.{key}" for block in FORM.table2 for key in block.keys()]
    return {key: number for number, key in enumerate(keys, start=1001)}


CELLS = cells()
FACTS = {
    "facts.published_total": 311,
    "facts.published_by_category.环评公示信息": 26,
    "facts.published_by_category.环境质量信息（大气环境、水环境质量）": 44,
    "facts.published_by_category.行政许可": 15,
    "facts.media_submitted": 83,
    "facts.media_adopted.县融媒体中心": 34,
    "facts.media_adopted.市环境网": 4,
    "facts.briefings_heard": 2,
    "facts.trainings": 1,
    "facts.开放日": 5,
    "facts.info_processing_fee_yuan": 120,
}
SPOKEN = {
    "facts.published_by_category.生态环境保护督察信息": 16,
    "facts.published_by_category.农村生活污水治理项目信息公示": 3,
}
TRACE = {"facts.published_total": Provenance("发布日期在2023年内的行数", "信息发布", tuple(range(4, 315)))}
MONTHS = DerivedFact(
    "derived.months_without_publication",
    "没有发布信息的月份",
    2,
    "个月",
    Provenance("逐月", "信息发布", ()),
    "2月、8月",
)
LEDGER = YearFigures(ORG, 2023, "台账.xlsx", True, CELLS | FACTS, TRACE, (MONTHS,))
REPORT = YearFigures(
    ORG, 2022, f"{ORG}2022年政府信息公开工作年度报告", False, {key: value - 100 for key, value in CELLS.items()}
)
HELD = (LEDGER, REPORT)


def asked(question: str, held=HELD, history=(), knowledge=MemoryKnowledge([]), model=None) -> Answer:
    *_, last = answer(question, knowledge, model, as_of=TODAY, history=history, figures=held)
    return last.result


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("2023年公开了多少条信息？", "2023年主动公开政府信息311条。"),
        ("主动公开信息数量是多少", "311条"),
        ("2023年环评公示信息公开了多少条", "26条"),
        ("环境质量信息发布了几条", "44条"),
        ("行政许可多少件？", f"行政许可处理决定{CELLS['table2.licensing']}件"),
        ("行政许可信息公开了多少条", "15条"),
        ("行政事业性收费多少", f"{CELLS['table2.fees_wan_yuan']}万元"),
        ("2023年信息处理费收了多少元", "120元"),
        ("听取了几次汇报？", "2次"),
        ("业务培训开展了几次", "1次"),
        ("2023年开放日办了几次", "5"),
        ("报送信息多少条", "83条"),
        ("2023年媒体采用多少条", "38条"),
        ("县融媒体中心采用了多少条", "34条"),
        ("哪个月没有发布？", "2个月：2月、8月"),
        ("2023年环评公示信息占比多少", "占总数311条的8.36%"),
        ("2023年行政复议维持几件", f"{CELLS['table4.review.upheld']}件"),
        ("二〇二三年收到公开申请多少件", f"新收政府信息公开申请{CELLS['table3.new_received.total']}件"),
        ("本年度结转下年度几件", f"{CELLS['table3.carried_out.total']}件"),
        ("去年上年结转多少件", f"上年结转政府信息公开申请{CELLS['table3.carried_in.total']}件"),
        ("企业申请了多少件", f"{CELLS['table3.new_received.business_enterprise']}件"),
        ("2022年行政处罚多少件", f"2022年行政处罚处理决定{CELLS['table2.penalties'] - 100}件"),
    ],
)
def test_a_figure_is_told(question: str, expected: str) -> None:
    model = ScriptedModel(["公开了999条。"])
    result = asked(question, model=model)
    assert result.mode == "figures" and not result.refused and not result.citations
    assert expected in result.answer
    assert not model.asked


@pytest.mark.parametrize("key", [key for key in CELLS if key.startswith("table3.")])
def test_every_cell_of_table_3_can_be_asked_for_by_its_label(key: str) -> None:
    row_key, _, column_key = key.removeprefix("table3.").rpartition(".")
    row = next(row for row in FORM.rows if row.key == row_key)
    column = next(column for column in FORM.columns if column.key == column_key)
    label = "办结" if row.role == "processed" else plain(row.label)
    name = "其他处理的其他" if row.key == "other.other" else label
    who = {"总计": "", "其他": "其他组织"}.get(column.label, column.label)
    assert f"{CELLS[key]}件" in asked(f"2023年{who}{name}多少件？").answer


@pytest.mark.parametrize("key", [key for key in CELLS if key.startswith("table4.")])
def test_every_cell_of_table_4(key: str) -> None:
    _, case_key, result_key = key.split(".")
    case = next(case for case in FORM.cases if case.key == case_key)
    result = next(result for result in FORM.results if result.key == result_key)
    assert f"{CELLS[key]}件" in asked(f"2023年{case.ledger}{result.label}多少件？").answer


@pytest.mark.parametrize("key", [key for key in CELLS if key.startswith("table2.")])
def test_every_cell_of_table_2(key: str) -> None:
    for block in FORM.table2:
        for row in block.rows:
            for column in block.columns:
                if f"table2.{block.key(row, column)}" == key:
                    assert str(CELLS[key]) in asked(f"2023年{row.label}{column.label}多少？").answer


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("去年收了几个申请", f"新收政府信息公开申请{CELLS['table3.new_received.total']}件"),
        ("老百姓个人申请的多少件", f"{CELLS['table3.new_received.natural_person']}件"),
        (
            "打了几场官司",
            f"行政诉讼{CELLS['table4.litigation_direct.total'] + CELLS['table4.litigation_after_review.total']}件",
        ),
        ("去年被告了几次", "行政诉讼"),
        ("有没有被纠错", f"行政复议结果纠正{CELLS['table4.review.corrected']}件"),
        ("被市局纠正了几件", f"行政复议结果纠正{CELLS['table4.review.corrected']}件"),
        (
            "有没有官司还没判",
            f"尚未审结{CELLS['table4.litigation_direct.pending'] + CELLS['table4.litigation_after_review.pending']}件",
        ),
        ("罚了几家", f"{CELLS['table2.penalties']}件"),
        ("去年收了多少钱", "120元"),
        ("信息处理费收了没有", "120元"),
        ("哪个月没发信息", "2月、8月"),
        ("还有几件没办完", f"继续办理政府信息公开申请{CELLS['table3.carried_out.total']}件"),
        ("没交费不办的有几件", f"{CELLS['table3.other.fee_unpaid.total']}件"),
        ("不予公开的有几件为什么", "属于国家秘密"),
        ("有没有收到申请", "新收政府信息公开申请"),
        (
            "自然人申请占多大比例",
            f"{percent(CELLS['table3.new_received.natural_person'], CELLS['table3.new_received.total'])}%",
        ),
        ("发布的信息里环评公示占几成", "8.36%"),
        ("督察信息公开了几条", "16条"),
        ("农村污水治理项目公示了几条", "3条"),
        ("融媒体采用了几条", "34条"),
        ("培训搞了几次", "1次"),
        ("行政许可信息公开条数和决定件数各多少", "15条"),
        ("行政许可公开了15条吗", "15条"),
        ("2023年公开了都少条信息", "311条"),
        ("2023年信息公开量", "311条"),
        ("信息公开申请数", "新收政府信息公开申请"),
        ("公开多少条信息，听了几次汇报", "2次"),
        ("云岫县去年行政许可几件", f"{CELLS['table2.licensing']}件"),
        ("申请收了多少件、办结多少件、结转多少件", f"新收政府信息公开申请{CELLS['table3.new_received.total']}件"),
        (f"收到申请{CELLS['table3.new_received.total']}件对吗", f"{CELLS['table3.new_received.total']}件"),
        ("行政处罚决定数", f"{CELLS['table2.penalties']}件"),
        ("有没有发规范性文件", "制发行政规范性文件"),
        ("去年收费情况", "120元"),
        ("2022年和2023年哪年行政处罚多", f"2022年行政处罚处理决定{CELLS['table2.penalties'] - 100}件"),
    ],
)
def test_a_figure_asked_for_as_people_speak(question: str, expected: str) -> None:
    held = (YearFigures(ORG, 2023, "台账.xlsx", True, {**CELLS, **FACTS, **SPOKEN}, TRACE, (MONTHS,)), REPORT)
    result = asked(question, held)
    assert result.mode == "figures" and not result.refused
    assert expected in result.answer


def test_a_sum_is_told_with_its_parts_and_only_of_what_can_be_added() -> None:
    whole = CELLS["table2.licensing"] + CELLS["table2.penalties"]
    assert f"以上2项合计{whole}件" in asked("行政许可和处罚一共多少件").answer
    assert "合计" not in asked("2023年一共公开多少条信息").answer
    denied = asked("2023年不予公开多少件").answer
    parts = [value for key, value in CELLS.items() if key.startswith("table3.denied.") and key.endswith(".total")]
    assert f"{sum(parts)}件（属于国家秘密{parts[0]}件、" in denied and "（（" not in denied


@pytest.mark.parametrize(
    "question",
    [
        "昆明市生态环境局2023年行政许可多少件",
        "市局去年收到几件申请",
        "全县去年一共收到多少件申请",
        "云岫县政府去年行政许可几件",
        "玉溪分局收到几件申请",
    ],
)
def test_another_organ_gets_no_figures_of_ours(question: str) -> None:
    result = asked(question)
    assert result.refused and result.mode == "figures"
    assert f"已有数字的单位是：{ORG}" in result.answer and not any(
        f"{value}件" in result.answer for value in CELLS.values()
    )


def test_an_amount_that_is_not_held_is_no_count() -> None:
    assert asked("2023年行政处罚罚了多少钱").answer.startswith("没有这一项的金额，最接近的是：")
    assert asked("企业不披露罚款多少万元").mode != "figures"


@pytest.mark.parametrize("period", ["12月", "上半年", "第一季度", "每个月", "昨天", "三月份"])
def test_a_part_of_the_year_does_not_get_the_whole_year_as_its_answer(period: str) -> None:
    assert asked(f"{period}公开了几条信息").answer.startswith(f"没有单独统计“{period}”的数字，最接近的是：")


def test_years_side_by_side_are_compared_with_each_other() -> None:
    told = asked("2022年到2023年行政许可增长多少").answer
    assert "2021年" not in told and "2022年为" in told


def test_a_comparison_of_nothing_asks_which() -> None:
    assert "没有说明问的是哪一项数字" in asked("比上年多多少？").answer


def test_what_else_is_asked_is_answered_beside_the_figures() -> None:
    text = "有下列情形的，行政机关不予公开政府信息，法律依据是本办法。"
    law = Hit("regulation", "某公开办法", "第八条", 8, text, True, "现行有效", None, None, "", "某部令", 0.0)
    told = asked("2023年不予公开几件？不予公开的法律依据是什么？", knowledge=MemoryKnowledge([law]))
    assert told.mode == "figures" and not told.refused
    assert (
        "关于“不予公开的法律依据是什么”：" in told.answer
        and [one.marker for one in told.citations] == [1]
        and "[1]" in told.answer
    )


def test_where_a_figure_comes_from() -> None:
    assert (
        "台账“台账.xlsx”工作表“信息发布”，发布日期在2023年内的行数，共311行（第4、5、"
        in asked("2023年公开了多少条").answer
    )
    published = asked("2022年行政许可多少件").answer
    assert f"《{ORG}2022年政府信息公开工作年度报告》表二“行政许可”" in published


def test_the_year_before_beside_it() -> None:
    now, before = CELLS["table2.licensing"], CELLS["table2.licensing"] - 100
    for question in ("2023年行政许可多少件？比上年多多少？", "行政许可同比增长多少件", "2023年行政许可比2022年多几件"):
        told = asked(question).answer
        assert f"{now}件，2022年为{before}件，增加100件，增长{percent(100, before)}%" in told
        assert told.count("行政许可处理决定") == 1
    assert "没有2021年的这项数字，无法比较" in asked("2022年行政许可比上年多多少件").answer


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (3646, 3607, "增加39件，增长1.08%"),
        (38, 40, "减少2件，下降5.00%"),
        (5, 5, "两年持平"),
        (3, 0, "增加3件（上年为零，不计算增幅）"),
        (201, 200, "增长0.50%"),
        (0, 7, "减少7件，下降100.00%"),
    ],
)
def test_changes_are_exact(now: int, before: int, words: str) -> None:
    held = [
        YearFigures(ORG, year, "台账", True, {"table2.licensing": value})
        for year, value in ((2023, now), (2022, before))
    ]
    assert words in asked("2023年行政许可多少件，比上年增长多少", held).answer


@given(st.integers(0, 10**6), st.integers(1, 10**6))
@example(1, 32)  # 3.125 %
def test_percentages_are_rounded_half_up_at_two_places(part: int, whole: int) -> None:
    error = Decimal(part) * 100 - percent(part, whole) * whole
    assert -Decimal(whole) / 200 <= error < Decimal(whole) / 200


def test_a_year_that_is_not_held() -> None:
    result = asked("2019年公开了多少条信息")
    assert result.refused and result.mode == "figures"
    assert "没有找到2019年的数字" in result.answer and "2023年、2022年" in result.answer and "311" not in result.answer
    assert asked("2023年公开了多少条信息", held=()).refused


def test_words_that_may_mean_several_figures_are_answered_with_each() -> None:
    told = asked("2023年行政许可多少").answer
    assert "可能指" in told and f"{CELLS['table2.licensing']}件" in told and "15条" in told
    fees = asked("2023年收费多少").answer
    assert "可能指" in fees and "120元" in fees and f"{CELLS['table2.fees_wan_yuan']}万元" in fees


def test_a_narrower_question_does_not_get_the_wider_figure_as_its_answer() -> None:
    told = asked("2023年危险废物行政许可多少件").answer
    assert told.startswith("没有单独统计“危险废物”的数字，最接近的是：")


def test_several_figures_in_one_question() -> None:
    told = asked("2023年行政许可和行政处罚各多少件").answer
    assert "可能指" not in told
    assert (
        f"行政许可处理决定{CELLS['table2.licensing']}件" in told
        and f"行政处罚处理决定{CELLS['table2.penalties']}件" in told
    )


def test_organs_are_kept_apart() -> None:
    other = YearFigures("某市生态环境局", 2023, "某市生态环境局2023年报告", False, {"table2.licensing": 77777})
    assert "77777件" not in asked("2023年行政许可多少件", (*HELD, other)).answer
    assert "许可处理决定77777件" in asked("某市生态环境局2023年行政许可多少件", (*HELD, other)).answer


@pytest.mark.parametrize(
    "question",
    [
        "申请答复期限是多少天？",
        "收到公开申请后多少天内要答复",
        "一次申请很多件要收多少信息处理费",
        "企业不披露环境信息罚多少",
        "哪些信息应当主动公开",
        "信息公开收费吗",
        "行政许可要公开哪些内容",
        "重复申请怎么处理",
        "撤回的申请填在年报表格哪一栏",
        "企业所得税税率是多少",
        "专利保护期有多少年",
        "今天天气怎么样",
        "哪几条管行政处罚信息",
    ],
)
def test_questions_of_law_are_not_taken_for_questions_of_figures(question: str) -> None:
    assert asked(question).mode != "figures"


def test_the_measured_questions_go_to_the_articles(questions) -> None:
    texts = [
        one[0] if isinstance(one, list) else one
        for kind in ("answerable", "beside", "off_topic")
        for one in questions[kind]
    ]
    assert [text for text in texts if conversation(text, (), HELD, TODAY)[0]] == []


def test_a_follow_up_takes_over_what_it_leaves_out() -> None:
    history = [("user", "2023年行政许可多少件？"), ("assistant", "…")]
    for follow_up, expected in (
        ("2022年呢？", f"2022年行政许可处理决定{CELLS['table2.licensing'] - 100}件"),
        ("那行政处罚呢？", f"2022年行政处罚处理决定{CELLS['table2.penalties'] - 100}件"),
        ("2023年比上年多多少？", "增加100件"),
    ):
        result = asked(follow_up, history=history)
        assert expected in result.answer and result.standalone
        history += [("user", follow_up), ("assistant", "…")]
    granted = [("user", "2023年予以公开多少件"), ("assistant", "…")]
    assert f"{CELLS['table3.granted.natural_person']}件" in asked("自然人呢？", history=granted).answer
    assert asked("那企业不披露会怎样？", history=granted).mode != "figures"
    between = [*history, ("user", "申请答复期限是多少天"), ("assistant", "…")]
    assert f"2022年行政处罚处理决定{CELLS['table2.penalties'] - 100}件" in asked("2022年呢？", history=between).answer


def test_a_question_of_law_continues_the_matter_of_the_figures_before_it() -> None:
    history = [
        ("user", "企业环境信息披露怎么规定"),
        ("assistant", "…"),
        ("user", "2023年不予公开的有几件"),
        ("assistant", "…"),
    ]
    assert asked("依据是什么？", history=history).standalone == "不予公开，依据是什么？"


def told_in(text: str, year: int = 2022) -> MemoryKnowledge:
    title = f"{ORG}{year}年政府信息公开工作年度报告"
    return MemoryKnowledge(
        [Hit("report", title, "", 0, text, True, "现行有效", None, None, "", "报告.docx", 0.0, heading="总体情况")]
    )


def test_a_figure_that_only_a_report_s_text_tells_is_quoted_and_cited() -> None:
    text = "这一年各项工作照常。2022年,网站上共发布各类信息298条。其中图片新闻31条。局务会听了3次情况说明。"
    result = asked("2022年公开了多少条信息", knowledge=told_in(text))
    assert "2022年主动公开政府信息298条" in result.answer and "共发布各类信息298条。”[1]" in result.answer
    assert [one.marker for one in result.citations] == [1] and not result.refused
    decimal = Document(
        "report", "某局2022年报告", "x", "d", (), org=ORG, year=2022, tables={"table2": {"fees_wan_yuan": 2.4}}
    )
    assert "2.4万元" in asked("2022年行政事业性收费多少万元", [of_report(decimal)]).answer
    compared = asked("2023年公开了多少条信息？比上年多多少？", knowledge=told_in(text))
    assert "311条，2022年为298条，增加13条，增长4.36%" in compared.answer and len(compared.citations) == 1
    two = told_in("共发布信息298条。另一处写全年发布信息300条。")
    assert asked("2022年公开了多少条信息", knowledge=two).refused
    assert (
        "信息处理费0元"
        in asked("2022年信息处理费多少", knowledge=told_in("2022年未收取政府信息公开信息处理费。")).answer
    )


def test_a_report_s_cells_without_a_number_are_not_read_as_zero() -> None:
    document = Document(
        "report",
        "某局2022年报告",
        "x",
        "d",
        (),
        org=ORG,
        year=2022,
        tables={"table2": {"licensing": "/", "penalties": 3}},
    )
    held = [of_report(document)]
    assert asked("2022年行政许可多少件", held).refused
    assert "3件" in asked("2022年行政处罚多少件", held).answer


def test_the_real_ledger(shared) -> None:
    import json

    import statutory

    held = [of_ledger(statutory.compute(shared / "ledgers" / "lufeng-2023.xlsx"))]
    expected = json.loads((shared / "ledgers" / "lufeng-2023.expected.json").read_text(encoding="utf-8"))
    assert (
        f"2023年主动公开政府信息{expected['facts']['published_total']}条。"
        in asked("2023年公开了多少条信息？", held).answer
    )
    assert f"{expected['table2']['licensing']}件" in asked("行政许可多少件", held).answer
