"""Two figures that read alike keep their own sources, from the draft through every edit to figures.json."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import TypeAdapter

import statutory
from domain import Change, Comparison, Draft
from drafting import known
from services import Gongkai, last_result
from settings import Settings
from tests.services.test_sheets import Library

LEDGER = sorted((Path(__file__).parents[2] / "knowledge" / "examples").glob("*.xlsx"))[-1]
RATE = "增长25%"
RATES = ["change.table2.licensing.rate", "change.table2.penalties.rate"]


@pytest.fixture
def services(tmp_path):
    opened = Gongkai(Settings(home=tmp_path / "home", llm="none"))
    opened.knowledge.hold(Library())
    yield opened
    opened.office().close()


@pytest.fixture(scope="module")
def ledger():
    """A year in which two kinds of decision rose by the same rate."""
    computed = statutory.compute(LEDGER)
    changes = (
        Change("table2.licensing", "行政许可决定", "件", 41, 33, 8, Decimal(25)),
        Change("table2.penalties", "行政处罚决定", "件", 19, 15, 4, Decimal(25)),
    )
    return replace(computed, comparison=Comparison(2024, "上年.xlsx", changes))


@pytest.fixture
def kept(services, ledger):
    """The topic drafted and kept, and what types a text on its sheet."""
    user = services.people.local()
    drafted = last_result(services.writing.draft("disclosure", ledger, with_model=False))
    services.sheets.keep_draft(user, ledger, drafted)

    def typed(section, change):
        base = services.sheets.sheet(section, ledger).text
        services.sheets.keep_text(user, ledger, section, change(base), [base])
        return services.sheets.sheet(section, ledger)

    return typed


def rates(draft):
    return [phrase.key for start, end, phrase in draft.placed if draft.text[start:end] == RATE]


def traced(services, ledger, folder, section="overview"):
    user = services.people.local()
    for name in ("overview", "problems", "other"):
        if name not in services.sheets.kept_drafts(ledger.figures.org, ledger.figures.year):
            services.sheets.keep_draft(
                user, ledger, last_result(services.writing.draft(name, ledger, with_model=False))
            )
    supplied = services.sheets.kept_drafts(ledger.figures.org, ledger.figures.year)
    services.reports.build(ledger, folder, with_model=False, supplied=supplied, with_pdf=False)
    numerals = json.loads((folder / "figures.json").read_text(encoding="utf-8"))["numerals"]
    return [
        (one["kind"], one["key"]) for one in numerals if one["text"] == "25%" and one["where"]["section"] == section
    ]


def test_in_one_sentence_each_has_its_own_key(services, ledger, kept):
    sheet = services.sheets.sheet("disclosure", ledger)
    assert any(sentence.count(RATE) == 2 for sentence in sheet.text.split("。")) and rates(sheet) == RATES


def plainer(text):
    """The words that told whose rate it is are taken away."""
    for words in ("行政许可决定比上年增加8件，", "行政处罚决定比上年增加4件，"):
        assert words in text
        text = text.replace(words, "其中")
    return text


def swapped(text):
    one, other = "行政许可决定比上年增加8件，增长25%", "行政处罚决定比上年增加4件，增长25%"
    return text.replace(one, "□").replace(other, one).replace("□", other)


EDITS = {
    "elsewhere in the paragraph": (lambda text: text.replace("全年作出", "全年依法共作出"), RATES),
    "before and after it": (lambda text: f"年初定了计划。\n{text}\n年末作了总结。", RATES),
    "the words for the figures": (plainer, RATES),
    "the two change places": (swapped, RATES[::-1]),
    "the first is gone": (lambda text: text.replace("，增长25%", "", 1), RATES[1:]),
}


@pytest.mark.parametrize(("edit", "expected"), EDITS.values(), ids=EDITS)
def test_an_edit_leaves_each_its_own(services, ledger, kept, tmp_path, edit, expected):
    assert rates(kept("disclosure", edit)) == expected
    assert rates(kept("overview", lambda text: f"工作平稳。\n{text}")) == expected
    assert traced(services, ledger, tmp_path / "built") == [("figure", key) for key in expected]


def test_a_report_that_nobody_edited_traces_each_to_its_own(services, ledger, tmp_path):
    services.reports.build(ledger, tmp_path / "built", with_model=False, with_pdf=False)
    numerals = json.loads((tmp_path / "built" / "figures.json").read_text(encoding="utf-8"))["numerals"]
    assert [one["key"] for one in numerals if one["text"] == "25%"] == RATES


def test_a_paragraph_written_anew_leaves_the_others_theirs(services, ledger, kept):
    before = kept("disclosure", plainer)
    (place,) = [number for number, line in enumerate(before.text.splitlines()) if "《" in line and RATE not in line][:1]
    events = services.writing.redraft("disclosure", ledger, place, before.text, with_model=False, kept=before)
    after = last_result(events)
    assert after.text != before.text and rates(after) == RATES


def test_what_is_typed_and_reads_alike_is_asked_for_or_found_as_before(services, ledger, kept):
    sheet = kept("disclosure", lambda text: f"{text}\n本局走访7次，作出行政许可41件。")
    assert [one.quote for one in services.writing.inspect(sheet.text, ledger, kept=sheet)] == ["7次"]
    assert [phrase.key for *_, phrase in services.writing.figure_spans(sheet.text, ledger, kept=sheet)][
        -1
    ] == "table2.licensing"


def test_drafts_kept_before_figures_had_places_open_and_build(services, ledger, tmp_path):
    user, adapter = services.people.local(), TypeAdapter(Draft)
    drafted = last_result(services.writing.draft("disclosure", ledger, with_model=False))
    stored = json.loads(adapter.dump_json(drafted))
    assert adapter.validate_json(json.dumps(stored)) == drafted
    del stored["placed"]
    older = adapter.validate_json(json.dumps(stored))
    assert older.placed is None and rates(replace(older, placed=known(older).placed)) == RATES
    services.sheets.keep_draft(user, ledger, older)
    assert services.sheets.sheet("disclosure", ledger).text == drafted.text
    assert traced(services, ledger, tmp_path / "built") == [("figure", key) for key in RATES]
