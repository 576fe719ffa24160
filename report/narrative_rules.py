"""Rules on the narrative of a published report: its parts, its numbers against the tables, its words."""

from __future__ import annotations

import re
from typing import Iterator

from domain import Finding
from report.applications_rules import all_closed, narrative_against_table3, no_applications
from report.enumeration_rules import parts_of_whole
from report.litigation_rules import all_upheld, decisions_in_the_narrative, narrative_against_table4, no_cases
from report.subject import Subject

_REGULATION = "《政府信息公开条例》"
# What shows that part one speaks of a topic; published reports word their headings freely.
_TOPICS = {
    "主动公开": "主动公开|发布各类|公开信息",
    "依申请公开": "依申请|申请公开",
    "政府信息管理": "信息管理|信息资源",
    "政府信息公开平台建设": "平台|网站",
    "监督保障": "监督保障|监督检查|监督考核",
}
_TERMS = ("政策解读", "依申请公开", "公开平台", "业务培训", "公开时效", "公开目录", "监督检查", "考核评议")


def overview_topics(subject: Subject) -> Iterator[Finding]:
    """Rule 21: part one speaks of each of its topics."""
    overview = subject.part(0)
    for topic in subject.form.overview_topics:
        if not re.search(_TOPICS[topic], overview):
            yield Finding(
                "OVERVIEW", "warning", f"总体情况没有写到“{topic}”", "第一部分", subject.form.document, f"补写{topic}的情况"
            )


def legal_basis(subject: Subject) -> Iterator[Finding]:
    if not re.search(r"信息公开条例|《条例》", subject.text):
        yield Finding("BASIS", "warning", "全文没有引用《政府信息公开条例》", "前言", f"{_REGULATION}第四十九条、第五十条", "在前言写明编制依据")


def measures(subject: Subject) -> Iterator[Finding]:
    """Rule 22: a problem that is named has a measure that speaks of it."""
    text = subject.part(4)
    if not text.strip():
        yield Finding("MEASURES", "warning", "“问题及改进”部分是空的", "第五部分", f"{_REGULATION}第五十条", "写明问题和对应措施")
        return
    problems, _, improvements = re.sub(r"针对(?:上述|以上)[^。]*。", "下一步，", text, count=1).partition("下一步")
    for term in _TERMS:
        if improvements and term in problems and term not in improvements:
            yield Finding(
                "MEASURES", "warning", f"“{term}”列为问题，却没有对应的改进措施", "第五部分", f"{_REGULATION}第五十条",
                "为这个问题写一条具体措施",
            )


def partial_periods(subject: Subject) -> Iterator[Finding]:
    """Rule 23: figures of the year run to 31 December."""
    text = subject.part(0)
    for match in re.finditer(r"截至(\d{1,2})月(\d{1,2})日|[(（]\d{1,2}月(?:至|-|—)(\d{1,2})月[)）]", text):
        whole_year = (match.group(1), match.group(2)) == ("12", "31") or match.group(3) == "12"
        if not whole_year:
            yield Finding(
                "PERIOD", "warning", f"“{match.group()}”与全年统计期限（至 12 月 31 日）不一致", "第一部分", subject.form.document,
                "改用全年数据",
            )


RULES = (
    overview_topics,
    legal_basis,
    parts_of_whole,
    narrative_against_table3,
    no_applications,
    all_closed,
    narrative_against_table4,
    no_cases,
    all_upheld,
    decisions_in_the_narrative,
    measures,
    partial_periods,
)
