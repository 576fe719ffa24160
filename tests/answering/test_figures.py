"""Questions for the office's own figures: computed, published or told, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answering.figures.answer import percent
from domain import Hit, YearFigures
from matters import plain
from tests.answering.held_figures import (
    CELLS,
    FACTS,
    FORM,
    HELD,
    MONTHS,
    ORG,
    REPORT,
    SPOKEN,
    TRACE,
    asked,
)
from tests.fakes import MemoryKnowledge, ScriptedModel


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
