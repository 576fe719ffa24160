"""A format of years to come is one new file: from the template to the answer nothing else changes."""

from pathlib import Path

import pytest

from tests import copied

FORMS = Path("knowledge") / "forms"


def new_form():
    """The format of 2021 with one more outcome and one more kind of applicant, for reports of 2025 and later."""
    text = (copied.ROOT / FORMS / "2021.toml").read_text(encoding="utf-8")
    row = '{ key = "other.withdrawn", role = "outcome", group = "（六）其他处理", label = "4.申请人主动撤回申请" },'
    column = '{ key = "cooperative", label = "农民合作社", role = "applicant", organisation = true },'
    for old, new in (
        ('year = "2021"', 'year = "2025"'),
        ("first_report_year = 2021", "first_report_year = 2025"),
        ("国办公开办函〔2021〕30号", "国办公开办函〔2025〕1号"),
        ('  { key = "total_processed"', f'  {row}\n  {{ key = "total_processed"'),
        ('  { key = "other_org"', f'  {column}\n  {{ key = "other_org"'),
    ):
        assert old in text
        text = text.replace(old, new)
    return text


@pytest.fixture(scope="module")
def came_of_it(tmp_path_factory):
    """What a copy of the program, with the new file and without any other change, makes of a ledger for 2027."""
    folder = tmp_path_factory.mktemp("future")
    copy = copied.program(folder)
    (copy / FORMS / "2025.toml").write_text(new_form(), encoding="utf-8")
    return copied.told(copy, "tests.forms.future", folder)


def test_the_template_offers_the_new_row_and_column(came_of_it):
    assert came_of_it["offered"] == ["农民合作社", "其他处理-申请人主动撤回申请"]


def test_the_tables_count_them(came_of_it):
    counted = came_of_it["table"]
    assert (counted["cooperative"], counted["natural_person"], counted["total"]) == (2, 1, 3)
    assert came_of_it["failed"] == [] and came_of_it["draft_mark"] == ""


def test_the_report_has_them_and_its_check_finds_them_right(came_of_it):
    assert came_of_it["form"] == "2025" and came_of_it["read"] == came_of_it["table"]
    assert came_of_it["errors"] == []


def test_the_narrative_and_the_answers_name_their_numbers(came_of_it):
    assert "3件" in came_of_it["drafts"]["overview"]
    withdrawn, cooperative = came_of_it["answers"]
    assert withdrawn.startswith("2027年办结的申请中，“其他处理：申请人主动撤回申请”3件。")
    assert cooperative.startswith("2027年新收农民合作社的政府信息公开申请2件。")
