"""Every finding says how it is known; a report of another kind is not held to the format."""

import pytest

from checks import kinds
from checks.catalogue import declared
from checks.certainty import KNOWS
from checks.checkup import examined
from checks.examples import Example, applications
from checks.kinds import muted
from checks.words import read_words
from domain import Note

SUMS = {"T3-ROW", "T3-SUM", "T3-BAL", "T4-SUM"}  # as the forms define them


def test_every_rule_says_how_it_knows():
    assert {rule.id for rule in declared()} | SUMS == KNOWS.keys()


def test_findings_carry_how_they_are_known():
    cells = applications(new_received=4, granted=3) | {"table3.granted.total": None, "table3.carried_out.total": None}
    found = examined(Example("全年办结政府信息公开申请9件，全部办结。", cells=cells).subject())
    assert found and all(finding.how for finding in found)
    assert any("推得" in finding.how for finding in found if finding.rule == "NARRATIVE-T3")


KINDS = [
    ("kind-before-2019", 2017, "FORMAT-HEADING"),
    ("kind-school-year", 2024, "DEADLINE"),
    ("kind-traditional", 2024, "FORMAT-TABLE"),
]


@pytest.mark.parametrize(("code", "year", "rule"), KINDS)
def test_what_is_not_asked_of_other_kinds(code, year, rule):
    example = Example(
        missing=("table4",), year=year, signed=f"{year + 1}-06-02", headings={5: "附"}, notes=(Note(code, "说明"),)
    )
    assert rule in muted(example.subject())
    found = examined(example.subject())
    assert rule not in {finding.rule for finding in found} and any(finding.rule == "READING" for finding in found)
    assert rule in {
        one.rule for one in examined(Example(missing=("table4",), headings={5: "附"}, signed="2025-06-02").subject())
    }


def test_what_is_muted_are_rules():
    words = read_words(kinds.__file__)
    known = {rule.id for rule in declared()}
    for kind in ("before_2019", "school_year", "traditional"):
        assert set(words.listed(kind)) <= known
