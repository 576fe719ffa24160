"""The records say what the tables say that they take the place of."""

import re

from answering.catalogue import definitions
from drafting import derived, phrases
from forms import load_form
from matters import facts, matter, matters, stated_last, work
from report import applications_rules, litigation_rules
from statutory import comparing, counting
from ui import charts

FORM = load_form()
ALL = matters(FORM)


def test_what_a_question_names():
    old = definitions()
    for table in ("facts", "derived", "table2", "table3", "table4"):
        for path, words in old[table].items():
            one = ALL[f"{table}.{path}"]
            assert one.asked[: len(words["names"])] == tuple(words["names"]) and one.rank == words.get("rank", 3)
            assert one.label == words.get("label", one.label) and one.unit == words.get("unit", "件")
            assert one.told == tuple(words.get("told", ())) and one.told_zero == tuple(words.get("told_zero", ()))
    for table, name in (("table2_columns", "table2_columns"), ("applicants", "columns"), ("results", "results")):
        for path, names in old[name].items():
            assert path == "total" or ALL[f"{table}.{path}"].asked == tuple(names)


def test_what_a_draft_says():
    tables = {
        "table2": phrases.DECISIONS,
        "table3": phrases.TOTALS,
        "table4": phrases.CASES,
        "facts": phrases.FACTS,
        "derived": derived.FACTS,
    }
    for table, old in tables.items():
        assert {path: tuple(ALL[f"{table}.{path}"].phrase or ()) for path in old} == dict(old)
    assert {path: ALL[f"table2_columns.{path}"].phrase[1:] for path in phrases.STOCK} == phrases.STOCK
    assert {path: ALL[f"derived.{path}"].whole for path in derived.WHOLE} == derived.WHOLE
    for key, words in derived.CHANGES.items():
        if key != "table2.normative_documents.in_force":
            assert matter(key.removesuffix(".total"), FORM).change == words


def test_what_a_narrative_states():
    for measure in (*applications_rules._ITEMS, *applications_rules._OUTCOMES, *applications_rules._APPLICANTS):
        same = [
            one
            for one in ALL.values()
            if one.stated == measure.wording and one.key.split(".")[0] in ("table3", "applicants", "together")
        ]
        assert [one.name for one in same] == [measure.name]
        assert same[0].meaning == measure.readings or measure in applications_rules._APPLICANTS
    assert {path: ALL[f"results.{path}"].stated for path in litigation_rules._RESULTS} == litigation_rules._RESULTS
    for key, kinds in litigation_rules._KINDS.items():
        path = {"suit": "litigation"}.get(key, kinds[0])
        assert f"(?P<{key}>{ALL[f'table4.{path}'].stated})" in litigation_rules._KIND.pattern
    for path, label in litigation_rules._DECISIONS.items():
        assert ALL[f"table2.{path}"].name == label


def test_what_the_ledger_calls_it():
    assert {kind: one.path for kind, one in work().items()} == counting.WORK_FACTS
    assert facts()[counting.PROCESSING_FEE_KEY].ledger == counting.PROCESSING_FEE
    for path, (label, unit) in comparing._FACTS.items():
        one = facts()[path]
        assert (one.compared or one.ledger, one.unit) == (label, unit)
    for key, title in charts.OVER_YEARS.items():
        one = matter(key.removesuffix(".total"), FORM)
        assert f"{one.chart}（{one.unit}）" == title


def test_of_words_that_end_together_the_longest_count():
    rows = [one for one in ALL.values() if one.table in ("table3", "together")]
    for text, name in (
        ("上年结转", "上年结转"),
        ("予以公开和部分公开", "予以公开和部分公开"),
        ("不同意公开", "不予公开"),
        ("结转", "结转"),
    ):
        assert stated_last(rows, text).name == name
    assert not any(re.fullmatch(one.stated, "") for one in rows)
