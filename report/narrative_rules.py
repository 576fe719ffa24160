"""Rules on the narrative of a published report: its parts, its numbers against the tables, its words."""

from __future__ import annotations

import re
from typing import Iterator

from domain import Finding
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


def no_applications(subject: Subject) -> Iterator[Finding]:
    """Rule 13: 没有收到申请 if and only if table 3 shows none received."""
    received = subject.number("table3.new_received.total")
    said = re.search(r"(?:没有|未|从未)(?:收到|接到|受理)[^。；]{0,16}申请", subject.part(0))
    if said and received:
        yield Finding(
            "NO-APPLICATIONS", "error", f"正文说“{said.group()}”，表格中本年新收却是 {received} 件", "第一部分与第三部分",
            subject.form.document, "核对后改正文或表格",
        )


def applications_received(subject: Subject) -> Iterator[Finding]:
    """Rule 11: a number of applications in the prose is the new ones, or new and carried in (收办)."""
    new, carried = subject.number("table3.new_received.total"), subject.number("table3.carried_in.total")
    if new is None or carried is None:
        return
    pattern = r"(?:共|新)?(?:收到|新收|收办|受理)[^。；，、\d]{0,14}申请[^。；，、\d]{0,8}(\d+)\s*[件条宗]"
    for match in re.finditer(pattern, subject.part(0)):
        stated = int(match.group(1))
        if stated not in (new, new + carried):
            yield Finding(
                "NARRATIVE-T3", "error",
                f"正文“{match.group()}”与表格不符：本年新收 {new} 件，连同上年结转 {new + carried} 件",
                "第一部分", subject.form.document, "核对后改正文或表格",
            )


def parts_of_whole(subject: Subject) -> Iterator[Finding]:
    """Rule 10: 共…N条，其中…: the parts add up to the whole."""
    pattern = r"共[^。；，\d]{0,20}(\d+)\s*条[^。]{0,4}[。，；：,]\s*其中([^。]*)"
    for match in re.finditer(pattern, subject.part(0)):
        whole = int(match.group(1))
        parts = [int(number) for number in re.findall(r"(\d+)\s*条", match.group(2))]
        if len(parts) >= 3 and sum(parts) != whole:
            yield Finding(
                "PARTS", "error", f"正文说共 {whole} 条，其中各项相加为 {sum(parts)} 条", "第一部分", "", "逐项核对台账"
            )


def posted_against_decided(subject: Subject) -> Iterator[Finding]:
    """Rule 16: items posted (条) beside decisions made (件); a difference is a question, no error."""
    table2 = subject.published.tables.get("table2") or {}
    for key, label in (("licensing", "行政许可"), ("penalties", "行政处罚"), ("coercion", "行政强制")):
        posted = re.search(rf"{label}(?:信息|决定)?\s*(\d+)\s*条", subject.part(0))
        decided = table2.get(key)
        if posted and isinstance(decided, int) and int(posted.group(1)) != decided:
            yield Finding(
                "POSTED", "warning",
                f"正文公开{label} {posted.group(1)} 条，表格中处理决定 {decided} 件，两者不同", "第一部分与第二部分",
                f"{_REGULATION}第二十条", "核对是否有决定未公开或一件多条，必要时说明",
            )


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
    no_applications,
    applications_received,
    parts_of_whole,
    posted_against_decided,
    measures,
    partial_periods,
)
