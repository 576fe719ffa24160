"""体检: the findings on a published report, from its tables and from its narrative.

Legal sources: 政府信息公开条例 第四十九、五十条 and the forms of 国办公开办函〔2021〕30号 and 〔2019〕60号.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from checks.catalogue import examiners
from checks.layout import Layout
from checks.subject import ArticleExists, Numbered, Subject, Validity
from domain import Figures, Finding, PublishedReport
from forms import form_of

_ORDER = {"error": 0, "warning": 1, "notice": 2}


def check(
    published: PublishedReport,
    figures: Figures | None = None,
    previous: Mapping[str, Any] | None = None,
    previous_report: PublishedReport | None = None,
    validity: Validity | None = None,
    article_exists: ArticleExists | None = None,
    titles: Mapping[str, str] | None = None,
    layout: Layout | None = None,
    numbers: Mapping[str, Numbered] | None = None,
) -> tuple[Finding, ...]:
    """Findings: first what could not be read of the file, then errors, warnings, notices.

    ``figures`` are those of the ledger to compare with; ``previous`` holds last year's tables in the
    shapes of the figures, ``previous_report`` its text. Of another year than the one before, they are
    not compared with, which is said. Without ``validity``, ``article_exists`` and
    ``titles`` (see Subject) no law is judged, without ``numbers`` none of a document, without ``layout`` no page.
    """
    stale: list[tuple[str, int, int]] = []
    year = (previous or {}).get("year") or 0
    if year and published.year and year != published.year - 1:
        stale.append(("上年的文件", year, published.year - 1))
        previous = previous_report = None
    if figures and published.year and figures.year != published.year:
        stale.append(("台账", figures.year, published.year))
        figures = None
    subject = Subject(
        published, form_of(published.form, published.year), figures, previous, previous_report, stale=tuple(stale)
    )
    known = {
        "validity": validity,
        "article_exists": article_exists,
        "titles": titles,
        "layout": layout,
        "numbers": numbers,
    }
    return examined(replace(subject, **{name: given for name, given in known.items() if given}))


def examined(subject: Subject) -> tuple[Finding, ...]:
    """What all rules find, each finding once."""
    found = dict.fromkeys(finding for examiner in examiners() for finding in examiner(subject))
    return tuple(sorted(found, key=lambda finding: (finding.rule != "READING", _ORDER[finding.severity])))
