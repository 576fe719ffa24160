"""A made-up county: its organs, figures that hold together, and reports in every format that offices hand in."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

from domain import Figures, FinishedReport
from forms import load_form
from report import docx, html, markdown

FORM = load_form("2021")
APPLICANTS = tuple(column.key for column in FORM.applicants)
PLACE = "青石县"
ORGANS = tuple(
    f"{PLACE}{name}"
    for name in "教育体育局 自然资源局 财政局 民政局 水务局 农业农村局 市场监督管理局 人民政府办公室".split()
)


def tables(
    outcomes: dict[str, int] | None = None,
    carried_in: int = 0,
    carried_out: int = 0,
    cases: dict[str, int] | None = None,
    **table2: Any,
) -> dict[str, Any]:
    """Tables that hold together: ``outcomes`` by row of table 3, all by natural persons; ``cases`` by ``review.upheld``."""
    closed = sum((outcomes or {}).values())
    rows = {row.key: 0 for row in FORM.rows} | (outcomes or {})
    rows |= {
        "carried_in": carried_in,
        "carried_out": carried_out,
        "total_processed": closed,
        "new_received": closed + carried_out - carried_in,
    }
    blank = dict.fromkeys(APPLICANTS, 0)
    table4 = {case.key: dict.fromkeys((result.key for result in FORM.results), 0) for case in FORM.cases}
    for key, number in (cases or {}).items():
        case, _, result = key.partition(".")
        table4[case][result] += number
        table4[case]["total"] += number
    stock = {"issued": 0, "repealed": 0, "in_force": 0}
    second = {
        "regulations": dict(stock),
        "normative_documents": stock | table2.pop("documents", {}),
        "licensing": 0,
        "penalties": 0,
        "coercion": 0,
        "fees_wan_yuan": Decimal(0),
    }
    table3 = {key: blank | {"natural_person": number, "total": number} for key, number in rows.items()}
    return {"table2": second | table2, "table3": table3, "table4": table4}


def random_tables(chance: random.Random) -> dict[str, Any]:
    """Tables of an organ, any size, that hold together."""
    outcomes = {row.key: chance.choice((0, 0, 0, 1, 2, 7)) for row in FORM.outcomes}
    carried_in, carried_out = chance.randint(0, 2), chance.randint(0, 3)
    short = carried_in - carried_out - sum(outcomes.values())
    if short > 0:
        outcomes["granted"] += short
    cases = {f"{case.key}.{result}": chance.randint(0, 2) for case in FORM.cases for result in ("upheld", "corrected")}
    return tables(
        outcomes,
        carried_in,
        carried_out,
        cases,
        licensing=chance.randint(0, 900),
        penalties=chance.randint(0, 90),
        coercion=chance.randint(0, 9),
        fees_wan_yuan=Decimal(chance.randint(0, 9999)) / 100,
        documents={"issued": chance.randint(0, 3), "repealed": 0, "in_force": chance.randint(3, 40)},
    )


def finished(
    org: str, year: int, given: dict[str, Any], day: str = "", texts: dict[str, str] | None = None, title: str = ""
) -> FinishedReport:
    """The report of an organ; ``texts`` are its parts, what is not given says little."""
    figures = Figures(org, year, day or f"{year + 1}年1月15日", "政府网站", **given, facts={})
    received = given["table3"]["new_received"]["total"]
    sections = {
        "overview": f"本年度新收政府信息公开申请{received}件。\n由办公室负责公开工作，专栏由专人每月检查。",
        "problems": "一是解读形式不多。下一步每季度做一次图解。",
        "other": "本年度没有收取信息处理费。",
    } | (texts or {})
    preface = f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
    named = title or f"{org}{year}年政府信息公开工作年度报告"
    return FinishedReport(figures, sections, named, preface, org, figures.publish_date, "")


def hand_in(folder: Path, report: FinishedReport, suffix: str = ".md", name: str = "") -> Path:
    """The report as a file of ``folder``, made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or report.figures.org}{suffix}"
    if suffix == ".docx":
        docx.render(report, path)
    else:
        text = html.render(report) if suffix == ".html" else markdown.render(report)
        path.write_text(text, encoding="utf-8")
    return path
