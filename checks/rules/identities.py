"""The identities of the tables, the one suspect cell, and what last year's report carries over.

They are computed by ``statutory.check_identities``; which sums hold stands in the form.
"""

from __future__ import annotations

from collections.abc import Iterator

import statutory
from checks.examples import YEAR, Example, applications, cases
from checks.mends import total_mends
from checks.rule import Rule, looks_for
from checks.subject import Subject, same_organ
from domain import Finding
from forms import Form, form_for

_SOURCE = "{form}附表的勾稽关系"
_ADVICE = "核对台账，改正不相符的单元格"
_FORM = form_for(YEAR)
_DONE = applications(new_received=4, granted=3)


def _title(form: Form, id: str) -> str:
    """An identity in the words of the form: 表三每一行：六类申请人之和等于总计."""
    identity = next(identity for identity in form.identities if identity.rule == id)
    table = {"table3": "表三", "table4": "表四"}[identity.table]
    return f"{table}每一{'行' if identity.each == 'row' else '列'}：{identity.left_name}等于{identity.right_name}"


def _identity(id: str, speaks: tuple[Example, ...] = (), silent: tuple[Example, ...] = (), form: Form = _FORM) -> Rule:
    return Rule(
        id=id,
        title=_title(form, id),
        severities=("error",),
        source=_SOURCE,
        advice=_ADVICE,
        speaks=speaks,
        silent=silent,
    )


ROW = _identity(
    "T3-ROW",
    speaks=(
        Example(cells={"table3.new_received.total": 2, "table3.carried_out.total": 2}),
        Example(cells=_DONE | {"table3.granted.total": 5}, beside=("T3-SUM",)),
    ),
    silent=(Example(), Example(cells=_DONE), Example(cells=_DONE | {"table3.granted.total": "/"})),
)
SUM = _identity(
    "T3-SUM",
    speaks=(
        Example(cells={"table3.granted.natural_person": 1, "table3.granted.total": 1}),
        Example(cells=_DONE | {"table3.total_processed.natural_person": 9}, beside=("T3-ROW", "T3-BAL")),
    ),
    silent=(Example(cells=_DONE), Example(cells={"table3.granted.natural_person": None})),
)
BALANCE = _identity(
    "T3-BAL",
    speaks=(
        Example(cells={"table3.new_received.natural_person": 1, "table3.new_received.total": 1}),
        Example(cells=_DONE | {"table3.carried_out.natural_person": 7}, beside=("T3-ROW",)),
    ),
    silent=(
        Example(cells=_DONE),
        Example(cells=applications(new_received=2, carried_in=1, granted=1, denied__process_information=2)),
    ),
)
CASES = _identity(
    "T4-SUM",
    speaks=(
        Example(cells={"table4.review.total": 1}),
        Example(cells=cases("litigation_direct", upheld=2) | {"table4.litigation_direct.total": 3}),
    ),
    silent=(Example(cells=cases("review", upheld=5, pending=1)), Example(cells={"table4.review.other": None})),
)
SUSPECT = Rule(
    id="T3-CELL",
    title="表三行、列都不符时，最可能有误的一格",
    severities=("notice",),
    source=_SOURCE,
    advice="先核对这一格",
    speaks=(
        Example(cells=_DONE | {"table3.granted.natural_person": 4}, beside=("T3-ROW", "T3-SUM")),
        Example(cells=_DONE | {"table3.carried_out.natural_person": 7}, beside=("T3-ROW", "T3-BAL")),
    ),
    silent=(
        Example(cells=_DONE),
        Example(cells=_DONE | {"table3.granted.natural_person": 4, "table3.granted.total": 4}, beside=("T3-SUM",)),
    ),
)
CARRIED = Rule(
    id="X-CARRY",
    title="本年的上年结转等于上年的结转下年度继续办理",
    severities=("error", "warning"),
    source=_SOURCE,
    advice=_ADVICE,
    speaks=(
        Example(last_cells=_DONE, last_org="云溪县生态环境局"),
        Example(cells=applications(carried_in=2, granted=2), last_cells=_DONE, last_org="青州市云溪县生态环境局"),
        Example(last_cells=_DONE, last_org="青川市水务局"),
    ),
    silent=(
        Example(),
        Example(cells=applications(carried_in=1, granted=1), last_cells=_DONE),
        Example(last_cells={"table3.carried_out.total": None}),
    ),
)
STOCK = Rule(
    id="X-STOCK",
    title="现行有效件数等于上年件数加本年制发减本年废止",
    severities=("warning",),
    source="{form}填报说明",
    advice="写明存量变化的原因，或改正数字",
    speaks=(
        Example(cells={"table2.normative_documents.in_force": 3}, last_cells={}),
        Example(
            cells={"table2.normative_documents.issued": 2, "table2.normative_documents.in_force": 5},
            last_cells={"table2.normative_documents.in_force": 4},
        ),
    ),
    silent=(
        Example(cells={"table2.normative_documents.in_force": 3}),
        Example(
            cells={"table2.normative_documents.issued": 2, "table2.normative_documents.in_force": 5},
            last_cells={"table2.normative_documents.in_force": 3},
        ),
    ),
)
_RULES = {rule.id: rule for rule in (ROW, SUM, BALANCE, CASES, SUSPECT, CARRIED, STOCK)}


@looks_for(*_RULES.values(), order=90)
def identities(subject: Subject) -> Iterator[Finding]:
    """What does not hold, and of the stock of documents what asks for its reason."""
    year = subject.published.year or None
    # a renamed organ carries over what the old one had; another organ does not
    certain = same_organ((subject.previous or {}).get("org") or "", subject.published.org)
    mends = total_mends(subject.published.tables, subject.form)
    for check in statutory.check_identities(subject.published.tables, subject.form, subject.previous, year):
        if check.status == "fail" or check.rule == STOCK.id and check.status == "uncertain":
            doubtful = check.rule == CARRIED.id and not certain
            rule = _RULES.get(check.rule) or _identity(check.rule, form=subject.form)  # a new form may have its own
            severity = "warning" if doubtful else None
            mend = mends.get((check.rule, check.where))
            yield rule.finding(subject, check.message, check.where, check.message, severity=severity, mend=mend)
