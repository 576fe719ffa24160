"""Any figures in any layout: every cell read is the one printed, and what is not read is told."""

import random

import pytest

from forms import all_forms, value_at
from ingest import text_files, web_pages
from ingest.reports import parse_report
from tests.ingest.report_layouts import LAYOUTS, report
from tests.ingest.test_report_pages import tables_of

FORMS = {form.year: form for form in all_forms()}


def true_tables(form, draw, scale):
    """Figures with which every sum of the form holds."""
    tables = tables_of(form, lambda key: draw.randint(0, scale))
    applicants = [column.key for column in form.applicants]
    rows = tables["table3"]
    for column in applicants:
        done = sum(rows[row.key][column] for row in form.outcomes)
        rows[form.row("processed").key][column] = done
        left = rows[form.row("carried_out").key][column]
        carried = min(rows[form.row("carried_in").key][column], done + left)
        rows[form.row("carried_in").key][column] = carried
        rows[form.row("received").key][column] = done + left - carried
    for row in rows.values():
        row["total"] = sum(row[column] for column in applicants)
    for row in tables["table4"].values():
        row["total"] = sum(row[result.key] for result in form.results if result.role == "result")
    return tables


def read(text, name="报告.txt"):
    return parse_report(text_files.blocks(text), name, "")


def leaves(tables, form):
    def key_of(key):
        return value_at(tables, key, "缺")

    found = tables_of(form, lambda key: key)
    flat, todo = [], [found]
    while todo:
        for value in todo.pop().values():
            if isinstance(value, dict):
                todo.append(value)
            else:
                flat.append(value)
    return {key: key_of(key) for key in flat}


def wrong(read_tables, printed, form):
    got, want = leaves(read_tables, form), leaves(printed, form)
    return {key: (got[key], want[key]) for key in want if got[key] not in ("缺", want[key])}


def unread(read_tables, printed, form):
    got = leaves(read_tables, form)
    return [key for key in leaves(printed, form) if got[key] == "缺"]


@pytest.mark.parametrize("year", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("scale", [0, 9, 40000])
def test_figures_that_hold_together_are_read_from_every_layout(layout, year, scale):
    form = FORMS[year]
    for seed in range(3):
        draw = random.Random(f"{layout}{scale}{seed}")
        tables = true_tables(form, draw, scale)
        found = read(report(tables, form, layout, draw))
        assert wrong(found.tables, tables, form) == {}
        assert unread(found.tables, tables, form) == [], [str(note) for note in found.notes]
        assert not [note for note in found.notes if note.code in ("rows-open", "row-unread")]
        assert [p for s in found.sections for p in s.paragraphs if "|" in p] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_figures_that_do_not_hold_together_are_never_read_into_another_cell(layout):
    form = FORMS["2021"]
    for seed in range(4):
        draw = random.Random(f"{layout}{seed}")
        tables = tables_of(form, lambda key: draw.randint(0, 99))
        found = read(report(tables, form, layout, draw))
        assert wrong(found.tables, tables, form) == {}
        told = any(note.code in ("rows-open", "row-unread", "no-headings") for note in found.notes)
        assert told or unread(found.tables, tables, form) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blanks_are_read_as_blanks_or_not_at_all(layout):
    form = FORMS["2021"]
    for seed in range(4):
        draw = random.Random(f"{layout}{seed}")
        tables = true_tables(form, draw, 9)
        for row in tables["table3"].values():
            for key in row:
                if key not in ("total", "natural_person") and draw.random() < 0.5:
                    row[key] = None
        found = read(report(tables, form, layout, draw))
        assert wrong(found.tables, tables, form) == {}


PAGES = {
    "paragraphs": lambda lines: "".join(f"<p>{line}</p>" for line in lines),
    "breaks": lambda lines: f"<div>{'<br>'.join(lines)}</div>",
    "preformatted": lambda lines: "<pre>" + "\n".join(lines) + "</pre>",
}


@pytest.mark.parametrize("way", PAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_copies_put_into_a_page(layout, way):
    form = FORMS["2021"]
    draw = random.Random(layout)
    tables = true_tables(form, draw, 30)
    html = PAGES[way](report(tables, form, layout, draw).split("\n"))
    found = parse_report(web_pages.blocks(f"<html><body>{html}</body></html>"), "报告.html", "")
    assert wrong(found.tables, tables, form) == {} and unread(found.tables, tables, form) == []
