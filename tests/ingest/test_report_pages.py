"""Figures → a messy page → the same figures: in every editor's style and in both formats."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import all_forms
from ingest import text_files
from ingest.reports import parse_report
from ingest.web_pages import blocks
from tests.conftest import examples
from tests.ingest.report_pages import STYLES, copied_text, page


class Plain(random.Random):
    """Chooses the first way of writing always."""

    def choice(self, ways):
        return ways[0]


COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 10**9), st.sampled_from(["/", "-", None]))


def tables_of(form, value):
    """Tables in which ``value(key, leaf)`` stands in each cell."""
    table2 = {}
    for block in form.table2:
        for key in block.keys():
            *outer, last = key.split(".")
            inner = table2
            for step in outer:
                inner = inner.setdefault(step, {})
            inner[last] = value(f"table2.{key}")
    table3 = {
        row.key: {column.key: value(f"table3.{row.key}.{column.key}") for column in form.columns} for row in form.rows
    }
    table4 = {case.key: {r.key: value(f"table4.{case.key}.{r.key}") for r in form.results} for case in form.cases}
    return {"table2": table2, "table3": table3, "table4": table4}


@st.composite
def reports(draw):
    form = draw(st.sampled_from(all_forms()))
    tables = tables_of(form, lambda key: draw(COUNTS))
    if not any(isinstance(cell, int) for case in tables["table4"].values() for cell in case.values()):
        tables["table4"]["review"]["total"] = 7
    return form, tables, draw(st.sampled_from(sorted(STYLES))), random.Random(draw(st.integers(0, 10**6)))


@settings(max_examples=examples(60), deadline=None)
@given(reports())
def test_every_style_reads_back_exactly(drawn):
    form, tables, style, choices = drawn
    report = parse_report(blocks(page(tables, form, style, choices)), "报告.html", "")
    assert report.tables == tables
    assert (report.form, report.org, report.year) == (form.year, "云川县教育局", form.first_report_year)
    assert report.notes == ()


@pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.year)
@pytest.mark.parametrize("style", STYLES)
def test_each_style_once(style, form):
    numbers = iter(range(1, 10**6, 37))
    tables = tables_of(form, lambda key: next(numbers))
    report = parse_report(blocks(page(tables, form, style, random.Random(1))), "报告.html", "")
    assert report.tables == tables and report.notes == ()


@settings(max_examples=examples(40), deadline=None)
@given(reports())
def test_text_copied_from_a_page_reads_back_exactly(drawn):
    form, tables, _, choices = drawn
    report = parse_report(text_files.blocks(copied_text(tables, form, choices)), "报告.txt", "")
    assert report.tables == tables
    assert (report.form, report.notes) == (form.year, ())


def test_headings_of_the_parts_inside_the_tables():
    form = all_forms()[0]
    numbers = iter(range(1, 10**6, 37))
    tables = tables_of(form, lambda key: next(numbers))
    html = page(tables, form, "plain", Plain())
    for numeral, part in zip("二三四", form.parts[1:]):
        heading = f"{numeral}、{part}"
        marked = f"<p style='text-indent:2em'><strong><span>{heading[:2]}</span><span>{heading[2:]}</span></strong></p><table>"
        assert marked in html
        html = html.replace(marked, f"<table><tr><td colspan=4><b>{heading}</b></td></tr>")
    report = parse_report(blocks(html), "报告.html", "")
    assert report.tables == tables and report.notes == ()
    assert [section.heading[:2] for section in report.sections] == ["一、", "二、", "三、", "四、", "五、", "六、"]
