"""体检: the findings on a published report, from its tables and from its narrative.

Legal sources: 政府信息公开条例 第四十九、五十条 and the form of 国办公开办函〔2021〕30号.
"""

from __future__ import annotations

from typing import Any, Iterable, Mapping

from domain import Figures, Finding, PublishedReport
from forms import form_for, load_form
from report import fee_rules, frame_rules, narrative_rules, table_rules, wording_rules
from report.subject import Subject

_ORDER = {"error": 0, "warning": 1, "notice": 2}


def check(
    published: PublishedReport,
    figures: Figures | None = None,
    previous: Mapping[str, Any] | None = None,
) -> tuple[Finding, ...]:
    """Findings, errors first.

    ``figures`` are those of the ledger to compare with; ``previous`` holds last year's table2 and
    table3 in the shapes of the figures.
    """
    trial = published.form == "2019"
    current = load_form()
    known = published.year >= current.first_report_year and not trial
    form = form_for(published.year) if known else current
    subject = Subject(published, form, figures, previous)
    tables = table_rules.TRIAL_RULES if trial else table_rules.RULES
    rules = (*tables, *frame_rules.RULES, *narrative_rules.RULES, *fee_rules.RULES, *wording_rules.RULES)
    findings = [finding for rule in rules for finding in rule(subject)]
    return tuple(sorted(_distinct(findings), key=lambda finding: _ORDER[finding.severity]))


def _distinct(findings: Iterable[Finding]) -> list[Finding]:
    return list(dict.fromkeys(findings))
