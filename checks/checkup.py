"""体检: the findings on a published report, from its tables and from its narrative.

Legal sources: 政府信息公开条例 第四十九、五十条 and the forms of 国办公开办函〔2021〕30号 and 〔2019〕60号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checks import fee_rules, frame_rules, law_rules, likeness_rules, narrative_rules, table_rules, wording_rules
from checks.subject import ArticleExists, Subject, Validity
from domain import Figures, Finding, PublishedReport, UnusableInput
from forms import Form, form_for, load_form

_ORDER = {"error": 0, "warning": 1, "notice": 2}
RULES = (
    *frame_rules.RULES,
    *table_rules.RULES,
    *narrative_rules.RULES,
    *fee_rules.RULES,
    *likeness_rules.RULES,
    *law_rules.RULES,
    *wording_rules.RULES,
)


def check(
    published: PublishedReport,
    figures: Figures | None = None,
    previous: Mapping[str, Any] | None = None,
    previous_report: PublishedReport | None = None,
    validity: Validity | None = None,
    article_exists: ArticleExists | None = None,
) -> tuple[Finding, ...]:
    """Findings: first what could not be read of the file, then errors, warnings, notices.

    ``figures`` are those of the ledger to compare with; ``previous`` holds last year's tables in the
    shapes of the figures, ``previous_report`` its text. Of another year than the one before, they are
    not compared with, which is said. Without ``validity`` and ``article_exists`` no law is judged.
    """
    aside: list[Finding] = []
    year = (previous or {}).get("year") or 0
    if year and published.year and year != published.year - 1:
        aside.append(_other_year("上年的文件", year, published.year - 1))
        previous = previous_report = None
    if figures and published.year and figures.year != published.year:
        aside.append(_other_year("台账", figures.year, published.year))
        figures = None
    subject = Subject(published, _form(published), figures, previous, previous_report)
    known = {"validity": validity, "article_exists": article_exists}
    subject = replace(subject, **{name: given for name, given in known.items() if given})
    found = dict.fromkeys([*aside, *(finding for rule in RULES for finding in rule(subject))])
    return tuple(sorted(found, key=lambda finding: (finding.rule != "READING", _ORDER[finding.severity])))


def _form(published: PublishedReport) -> Form:
    """The form that the tables use; where there are none, that of the year."""
    if published.form:
        return load_form(published.form)
    try:
        return form_for(published.year) if published.year else load_form()
    except UnusableInput:  # a year before any known form
        return load_form()


def _other_year(what: str, year: int, wanted: int) -> Finding:
    return Finding(
        "PREVIOUS",
        "warning",
        f"{what}是 {year} 年的，不是 {wanted} 年的，没有用来比较",
        "全文",
        "",
        f"换成 {wanted} 年的",
    )
