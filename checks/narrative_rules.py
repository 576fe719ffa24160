"""The rules on the narrative of a published report, in the order of their findings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.applications_rules import all_closed, narrative_against_table3, no_applications
from checks.enumeration_rules import parts_of_whole
from checks.litigation_rules import all_upheld, decisions_in_the_narrative, narrative_against_table4, no_cases
from checks.period_rules import other_years, partial_periods
from checks.problem_rules import measures, overview_topics
from checks.ratio_rules import rates_of_change, shares
from checks.subject import Subject
from domain import Finding


def legal_basis(subject: Subject) -> Iterator[Finding]:
    """The regulation under which the report is made is named somewhere in it."""
    if not re.search(r"信息公开条例|《条例》", subject.text):
        yield Finding(
            "BASIS",
            "warning",
            "全文没有引用《政府信息公开条例》",
            "前言",
            "《政府信息公开条例》第四十九条、第五十条",
            "在前言写明编制依据",
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
    rates_of_change,
    shares,
    decisions_in_the_narrative,
    measures,
    partial_periods,
    other_years,
)
