"""Rules on the law in a published report: 规章 without the power to make them, laws and articles cited.

Legal sources: 立法法 第九十一、九十三条 (who makes 规章), the versions known to the knowledge base.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from checks.subject import Paragraph, Subject
from domain import Finding
from gates.citations import Reference, find_references

_COUNTY = re.compile(
    r"县|分局|旗(?=人民政府|[\u4e00-\u9fff]*[局办委])|[乡镇]人民政府|街道|(?<!自治)(?<![地社园景新])(?<!行政)(?<!开发)(?<!高新)(?<!示范)区(?!域)"
)
_MADE = ("issued", "repealed", "in_force", "newly_made")
_BASIS = re.compile(r"(?:根据|依据|按照|依照|遵照|执行|落实|贯彻|遵守|对照|符合)[^。；]{0,30}$")
# A report may well say that a law came to an end, or that one to come is being studied.
_AWARE = re.compile(r"废止|清理|修订|修改|失效|取代|代替|原《|旧|即将|将于|施行前|征求意见|草案|学习|宣传|培训|解读")
_OWN = ("条例", "《条例》")


def regulations(subject: Subject) -> Iterator[Finding]:
    """Rule 25: 规章 are made by ministries, provinces and cities with districts only."""
    org = subject.published.org
    if not _COUNTY.search(org):
        return
    for key in _MADE:
        name = f"table2.regulations.{key}"
        if value := subject.number(name):
            yield Finding(
                "REGULATIONS",
                "error",
                f"县级机关无权制定规章，{subject.form.where(name)}却为 {value}",
                subject.form.where(name),
                "立法法关于规章制定权限的规定",
                "核对是否把行政规范性文件填进了规章一行",
                subject.named(name),
            )


def laws_in_force(subject: Subject) -> Iterator[Finding]:
    """Rule 25: no law is cited that had ended before the year began, or had not begun when it was signed."""
    year, signed = subject.published.year, subject.published.signature_date
    if not year:
        return
    first, last = date(year, 1, 1), max(date(year, 12, 31), signed or date(year, 12, 31))
    for paragraph, reference in _references(subject):
        sentence, before = _around(paragraph.text, reference)
        ended, begun = subject.validity(reference.title, first), subject.validity(reference.title, last)
        if ended is None or begun is None or _AWARE.search(sentence):
            continue
        severity = "error" if _BASIS.search(before) else "warning"
        if ended[0] == begun[0] == "已废止":
            successor = f"，由《{begun[1]}》取代" if begun[1] else ""
            yield Finding(
                "LAW",
                severity,
                f"引用的《{reference.title}》在{year}年以前已经废止{successor}",
                paragraph.where,
                "立法法关于法律效力的规定",
                "改引现行的规定",
                sentence,
            )
        elif begun[0] == "尚未施行":
            yield Finding(
                "LAW",
                severity,
                f"引用的《{reference.title}》到 {last} 还没有施行",
                paragraph.where,
                "立法法关于施行日期的规定",
                "改引当时有效的规定",
                sentence,
            )


def articles(subject: Subject) -> Iterator[Finding]:
    """Rule 25: the articles cited are there in the version of the year."""
    year, signed = subject.published.year, subject.published.signature_date
    day = signed or date(year or date.today().year, 12, 31)
    for paragraph, reference in _references(subject):
        if reference.article_no and subject.article_exists(reference.title, reference.article_no, day) is False:
            sentence, _ = _around(paragraph.text, reference)
            yield Finding(
                "ARTICLE",
                "error",
                f"《{reference.title}》没有第{reference.article_no}条",
                paragraph.where,
                f"《{reference.title}》",
                "核对条文序号",
                sentence,
            )


def _references(subject: Subject) -> Iterator[tuple[Paragraph, Reference]]:
    """Every law or article cited; a bare 条例 is the one on government information."""
    for paragraph in subject.paragraphs:
        for reference in find_references(paragraph.text):
            title = "政府信息公开条例" if reference.title in _OWN else reference.title
            if title:
                yield paragraph, Reference(reference.start, reference.end, title, reference.article_no, reference.sub)


def _around(text: str, reference: Reference) -> tuple[str, str]:
    """(the sentence of a reference, its words before the reference)."""
    start = max(text.rfind(mark, 0, reference.start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, reference.end)) >= 0]
    return text[start : min(ends, default=len(text))], text[start : reference.start]


RULES = (regulations, laws_in_force, articles)
