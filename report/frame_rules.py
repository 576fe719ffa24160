"""Rules on a published report's frame: headings, publisher, date."""

from __future__ import annotations

import re
from datetime import date
from typing import Iterator

from domain import Finding
from report.subject import Subject

_REGULATION = "《政府信息公开条例》"


def headings(subject: Subject) -> Iterator[Finding]:
    """Rule 8: the six parts stand under their headings (the fifth has several wordings)."""
    wordings = dict(zip(subject.form.parts, subject.form.parts)) | {subject.form.parts[4]: "问题", subject.form.parts[5]: "其他需要报告"}
    found = [section.heading.replace(" ", "") for section in subject.published.sections]
    for number, part in zip("一二三四五六", subject.form.parts):
        core = wordings[part]
        if not any(core in heading for heading in found):
            yield Finding(
                "FORMAT-HEADING", "error", f"没有找到标题“{number}、{part}”", f"第{number}部分", subject.form.document, "按格式补上标题"
            )


def deadline(subject: Subject) -> Iterator[Finding]:
    """Rule 20: departments publish by 31 January, governments by 31 March (条例第四十九条)."""
    signed, year = subject.published.signature_date, subject.published.year
    if not signed or not year:
        return
    government = subject.published.org.endswith("人民政府")
    last = date(year + 1, 3, 31) if government else date(year + 1, 1, 31)
    if signed > last or signed <= date(year, 12, 31):
        yield Finding(
            "DEADLINE", "error", f"落款日期 {signed} 不在应公布的期间内（最迟 {last}）", "落款", f"{_REGULATION}第四十九条", "核对落款日期"
        )


RULES = (headings, deadline)
