"""The records say what the tables say that they take the place of."""

import re

from answering.catalogue import definitions
from forms import load_form
from matters import matters, stated_last
from report import applications_rules, litigation_rules

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
