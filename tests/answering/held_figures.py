"""Figures of a ledger and of a report to ask about, made up, and how they are asked."""

from __future__ import annotations

from datetime import date

from answering import answer
from domain import Answer, DerivedFact, Provenance, YearFigures
from forms import load_form
from tests.fakes import MemoryKnowledge

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
