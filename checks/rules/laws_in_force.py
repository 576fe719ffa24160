"""No law is cited that had ended before the year began, or had not begun when the report was signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.citations import around, references
from checks.examples import Law, texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_BASIS, _AWARE = _WORDS["basis"], _WORDS["aware"]
_ENDED = {"已废止": "已经废止", "已被修订": "已经不再适用"}
_KNOWN = {
    "企业事业单位环境信息公开办法": Law("2015-01-01", "2022-02-08", "企业环境信息依法披露管理办法"),
    "企业环境信息依法披露管理办法": Law("2022-02-08"),
    "生态环境法典": Law("2026-08-15"),
}

LAW = Rule(
    id="LAW",
    title="引用的法规在报告年度有效",
    severities=("error", "warning"),
    source="立法法关于法律效力的规定",
    advice="改引现行的规定",
    speaks=texts(
        "根据《企业事业单位环境信息公开办法》督促企业公开信息。",
        "依据《生态环境法典》公开执法信息。",
        "《企业事业单位环境信息公开办法》规定的信息均已公开。",
        laws=_KNOWN,
    ),
    silent=texts(
        "根据《企业环境信息依法披露管理办法》督促企业公开信息。",
        "《企业事业单位环境信息公开办法》废止后，及时更新公开目录。",
        "组织学习即将施行的《生态环境法典》。",
        "根据《云溪县政务公开办法》公开信息。",
        laws=_KNOWN,
    ),
)


@looks_for(LAW, order=340)
def laws_in_force(subject: Subject) -> Iterator[Finding]:
    """An error where the report rests on the law, a question where it only names it."""
    year, signed = subject.published.year, subject.published.signature_date
    if not year:
        return
    first, last = date(year, 1, 1), max(date(year, 12, 31), signed or date(year, 12, 31))
    for paragraph, reference in references(subject):
        sentence, before = around(paragraph.text, reference)
        ended, begun = subject.validity(reference.title, first), subject.validity(reference.title, last)
        if ended is None or begun is None or _AWARE.search(sentence):
            continue
        severity = "error" if _BASIS.search(before) else "warning"
        if ended[0] == begun[0] and begun[0] in _ENDED:  # an earlier text of the same title is no longer shown
            successor = f"，由《{begun[1]}》取代" if begun[1] else ""
            said = f"引用的《{reference.title}》在{year}年以前{_ENDED[begun[0]]}{successor}"
            yield LAW.finding(subject, said, paragraph.where, sentence, severity=severity)
        elif begun[0] == "尚未施行":
            yield LAW.finding(
                subject,
                f"引用的《{reference.title}》到 {last} 还没有施行",
                paragraph.where,
                sentence,
                severity=severity,
                source="立法法关于施行日期的规定",
                advice="改引当时有效的规定",
            )
