"""Rules on the three tables of a published report: complete, numeric, balanced, as the ledger says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Iterator, Mapping

import statutory
from domain import Finding
from report.subject import Subject

_FORM_LAW = "国办公开办函〔2021〕30号"
_LAW = f"{_FORM_LAW}附表的勾稽关系"

Leaves = Iterator[tuple[str, Any]]


def missing_tables(subject: Subject) -> Iterator[Finding]:
    """Rule 8: each table of the form is there with each of its rows."""
    names = {"table2": subject.form.parts[1], "table3": subject.form.parts[2], "table4": subject.form.parts[3]}
    for key, name in names.items():
        table = subject.published.tables.get(key)
        if not table:
            yield Finding(
                "FORMAT-TABLE", "error", f"没有找到“{name}”的表格", name, _FORM_LAW,
                "按格式补上这张表；如果表格是图片，请改为文字表格",
            )
    table3 = subject.published.tables.get("table3") or {}
    for row in subject.form.rows:
        if table3 and row.key not in table3:
            yield Finding(
                "FORMAT-ROW", "error", f"表格缺少“{row.group}{row.label}”一行", names["table3"], _FORM_LAW,
                "按格式补上这一行，没有发生的填 0",
            )


def cells(subject: Subject) -> Iterator[Finding]:
    """Rule 9: a blank, a stroke, a fraction or a negative number where a count belongs."""
    for key, value in _leaves(subject.published.tables):
        where = subject.form.where(key)
        if value is None:
            yield Finding("CELL", "warning", f"{where}是空白的，空白不等于 0", where, _FORM_LAW, "填写数字，没有发生的填 0")
        elif isinstance(value, str):
            yield Finding("CELL", "warning", f"{where}填的是“{value}”，不是数字", where, _FORM_LAW, "改填数字，没有发生的填 0")
        elif value < 0 or (value != int(value) and not key.endswith("fees_wan_yuan")):
            yield Finding("CELL", "warning", f"{where}是 {value}，应为不小于 0 的整数", where, _FORM_LAW, "核对原始数据后改正")


def identities(subject: Subject) -> Iterator[Finding]:
    """Rules 1–7: the identities, the one suspect cell, and what last year's report carries over."""
    for check in statutory.check_identities(subject.published.tables, subject.form, subject.previous, subject.published.year or None):
        if check.rule == "T3-CELL":
            yield Finding(check.rule, "notice", check.message, check.where, _LAW, "先核对这一格")
        elif check.status == "fail":
            yield Finding(check.rule, "error", check.message, check.where, _LAW, "核对台账，改正不相符的单元格")
        elif check.rule == "X-STOCK" and check.status == "uncertain":
            yield Finding(check.rule, "warning", check.message, check.where, "", "写明存量变化的原因，或改正数字")


def against_ledger(subject: Subject) -> Iterator[Finding]:
    """Every cell of the three tables equals the ledger's figure."""
    if subject.figures is None:
        return
    computed = subject.figures.flat()
    for key, value in _leaves(subject.published.tables):
        if key in computed and isinstance(value, (int, Decimal)) and value != computed[key]:
            where = subject.form.where(key)
            yield Finding(
                "LEDGER", "error", f"{where}：报告为 {value}，按台账计算为 {computed[key]}", where, "", "核对台账与报告，以核实的为准"
            )


def county_regulations(subject: Subject) -> Iterator[Finding]:
    """Rule 25: 规章 are made by ministries, provinces and cities with districts only (立法法)."""
    regulations = (subject.published.tables.get("table2") or {}).get("regulations") or {}
    county = re.search(r"县|分局$|[^自治]区.*局$", subject.published.org)
    if county and any(isinstance(value, (int, Decimal)) and value for value in regulations.values()):
        yield Finding(
            "REGULATIONS", "error", "县级机关无权制定规章，“规章”一行却不为 0", subject.form.parts[1], "立法法关于规章制定权限的规定",
            "核对是否把规范性文件填进了规章一行",
        )


def trial_format(subject: Subject) -> Iterator[Finding]:
    """Rule 8: a report in the trial format of 2019, whose rows and columns are others."""
    late = subject.published.year >= subject.form.first_report_year
    yield Finding(
        "FORMAT-VERSION", "error" if late else "notice",
        f"表格用的是 2019 年试行格式（国办公开办函〔2019〕60号），{'本年度应改用现行格式' if late else '只核对两种格式共有的关系'}",
        "全文", subject.form.document, "按现行格式重新编制" if late else "",
    )


# The trial format shares with today's only the identities of tables 3 and 4.
TRIAL_RULES = (trial_format, identities)
RULES = (missing_tables, cells, identities, against_ledger, county_regulations)


def _leaves(tables: Mapping[str, Any]) -> Leaves:
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{rest}", leaf) for rest, leaf in _leaves(value))
        else:
            yield key, value
