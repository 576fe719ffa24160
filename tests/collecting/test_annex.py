"""What gongkai builds carries its figures; a table that somebody edited since is told cell by cell."""

import json
import re
import shutil
import zipfile

import pytest
from docx import Document

from forms import load_form
from report.annex import carried, edited, named
from services import EXAMPLES, Gongkai
from settings import load_settings

LEDGER = sorted(EXAMPLES.glob("*2025*.xlsx"))[0]


@pytest.fixture(scope="module")
def built(tmp_path_factory, filled_home):
    """The example's report, built."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(filled_home, folder / "data")
    services = Gongkai(load_settings(home=folder / "data", llm="none"))
    services.reports.build(services.ledgers.compute(LEDGER), folder / "成稿", with_model=False, with_pdf=False)
    return folder / "成稿"


@pytest.fixture
def folder(built, tmp_path):
    return shutil.copytree(built, tmp_path / "收到")


@pytest.fixture
def services(tmp_path, filled_home):
    shutil.copytree(filled_home, tmp_path / "data")
    return Gongkai(load_settings(home=tmp_path / "data", llm="none"))


def test_the_document_and_the_page_carry_the_figures_that_lie_beside_them(built):
    figures = json.loads((built / "figures.json").read_text(encoding="utf-8"))
    for name in ("report.docx", "report.html"):
        annex = carried(built / name)
        assert annex is not None and annex.intact and annex.figures == figures
    assert carried(built / "report.md") is None


def collected(services, folder):
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    result = services.collections.collect(folder, figures["year"])
    return result, figures


def test_all_formats_of_one_build_are_one_report(services, folder):
    result, figures = collected(services, folder)
    (organ,) = result.organs
    assert organ.file == "report.docx" and not result.open and not result.unmatched
    assert result.totals.figures["table2.licensing"] == figures["table2"]["licensing"]
    assert "ANNEX" not in {finding.rule for finding in (*organ.errors, *organ.questions)}


def test_an_edited_cell_of_the_document_is_named(services, folder):
    for name in ("report.html", "report.md"):
        (folder / name).unlink()
    path = folder / "report.docx"
    document = Document(path)
    (cell,) = {
        cell._tc: row.cells[1]
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        if cell.text == "行政许可"
    }.values()
    before = cell.text
    cell.paragraphs[0].runs[0].text = str(int(before) + 5)
    document.save(path)  # as a word processor saves it, with all parts that it does not know
    result, _ = collected(services, folder)
    (found,) = [one for one in result.organs[0].questions if one.rule == "ANNEX"]
    assert (
        found.where.startswith("表二“行政许可”") and before in found.message and str(int(before) + 5) in found.message
    )


def test_an_edited_page_is_held_against_the_figures_beside_it(folder):
    path = folder / "report.html"
    annex = carried(path)
    form = load_form("2021")
    tables = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert annex is not None and edited(annex, tables, form) == []
    tables["table3"]["granted"]["total"] += 1
    tables["table2"]["penalties"] = None
    assert {one.key for one in edited(annex, tables, form)} == {"table3.granted.total", "table2.penalties"}


def test_figures_that_were_changed_themselves_verify_nothing(services, folder):
    path = folder / "report.docx"
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    (name,) = [name for name, content in parts.items() if b"urn:gongkai:figures" in content]
    parts[name] = re.sub(rb'("licensing": )\d+', rb"\g<1>99999", parts[name])
    with zipfile.ZipFile(path, "w") as package:
        for part, content in parts.items():
            package.writestr(part, content)
    annex = carried(path)
    assert annex is not None and not annex.intact
    for other in ("report.html", "report.md"):
        (folder / other).unlink()
    result, figures = collected(services, folder)
    assert any("没有用它核对" in one.message for one in result.organs[0].questions)
    assert result.totals.figures["table2.licensing"] == figures["table2"]["licensing"]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no package"])
def test_a_broken_file_carries_nothing(tmp_path, content):
    path = tmp_path / "坏.docx"
    path.write_bytes(content)
    assert carried(path) is None


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"table2": None, "table3": [], "table4": "无"},
        {"table2": {"licensing": "四十"}, "table3": {}, "table4": {}},
        {"table2": {"licensing": [40]}, "table3": {"granted": [1, 2]}, "table4": {}},
        {"table2": {"licensing": True}, "table3": {"granted": "全部"}, "table4": {"review": 3}},
    ],
)
def test_figures_of_another_shape_verify_nothing_and_break_nothing(tmp_path, figures):
    """Whoever makes such a file can hash it as well."""
    text = json.dumps(figures, ensure_ascii=False)
    (tmp_path / "figures.json").write_text(text, encoding="utf-8", newline="\n")
    page = tmp_path / "report.html"
    page.write_text(named("<html><head></head><body></body></html>", text), encoding="utf-8")
    annex = carried(page)
    assert annex is not None and not annex.intact
    assert edited(annex, {}, load_form("2021")) == []


def test_figures_nested_without_end_carry_nothing(tmp_path):
    (tmp_path / "figures.json").write_text("[" * 100_000, encoding="utf-8")
    page = tmp_path / "report.html"
    page.write_text(named("<html><head></head></html>", "[" * 100_000), encoding="utf-8")
    assert carried(page) is None
