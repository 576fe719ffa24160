"""The three renderings of one report say the same, and are laid out as the official form."""

import json
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from domain import Check, Draft, Figures, LedgerResult, Phrase, UnusableInput
from forms import form_for
from ingest import read_report
from report import html, markdown
from report.assemble import DRAFT_MARK, assemble
from report.layout import grids, written
from report.write import write

HEADINGS = [f"{number}、{part}" for number, part in zip("一二三四五六", form_for(2023).parts)]


def ledger(checks=()):
    """Figures in which every cell differs from every other, so that no cell can stand in for another."""
    form = form_for(2024)
    numbers = iter(range(1, 1000))
    table2 = {
        "regulations": {"issued": 0, "repealed": 0, "in_force": 0},
        "normative_documents": {key: next(numbers) for key in ("issued", "repealed", "in_force")},
        "licensing": next(numbers),
        "penalties": next(numbers),
        "coercion": next(numbers),
        "fees_wan_yuan": Decimal("59237.2449"),
    }
    table3 = {row.key: {column.key: next(numbers) for column in form.columns} for row in form.rows}
    table4 = {case.key: {result.key: next(numbers) for result in form.results} for case in form.cases}
    figures = Figures(
        "云溪县生态环境分局", 2024, "2025年1月10日", "云溪县人民政府网站", table2, table3, table4, {"trainings": 2}
    )
    return LedgerResult(figures, {}, tuple(checks))


def drafts():
    phrase = Phrase("业务培训", "facts.trainings", "业务培训2次", 2, "次", "工作记录")
    text = {
        "overview": "（一）主动公开\n及时公开各类信息。\n（二）依申请公开\n依法办理申请，开展业务培训2次。",
        "problems": "一是解读形式单一。\n下一步，丰富解读形式。",
        "other": "本年度没有收取信息处理费。",
    }
    return {name: Draft(name, body, "composed", figures=(phrase,)) for name, body in text.items()}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    result = ledger()
    write(assemble(result, drafts()), result, folder)
    return folder, result


@pytest.mark.parametrize("name", ["report.docx", "report.html", "report.md"])
def test_what_is_written_reads_back_with_identical_figures(built, name):
    folder, result = built
    published = read_report(folder / name)
    assert published.tables["table2"] == result.figures.table2
    assert published.tables["table3"] == result.figures.table3
    assert published.tables["table4"] == result.figures.table4
    assert (published.org, published.year) == ("云溪县生态环境分局", 2024)
    headings = [section.heading for section in published.sections]
    assert [heading for heading in headings if heading in HEADINGS] == HEADINGS


def test_figures_json_traces_tables_and_narrative(built):
    folder, _result = built
    traced = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert traced["table2"]["fees_wan_yuan"] == 59237.2449
    assert traced["narrative"]["overview"][0]["key"] == "facts.trainings"


def test_every_place_of_a_grid_is_covered_once():
    figures = ledger().figures
    for grid in grids(figures, form_for(2024)).values():
        covered = [
            (row, column)
            for cell in grid.cells
            for row in range(cell.row, cell.row + cell.rowspan)
            for column in range(cell.column, cell.column + cell.colspan)
        ]
        assert sorted(covered) == [(row, column) for row in range(grid.height) for column in range(grid.width)]


def test_docx_has_the_page_of_gbt_9704(built):
    document = Document(built[0] / "report.docx")
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    for margin, millimetres in zip(margins, (37, 28, 35, 26)):
        assert abs(margin - Mm(millimetres)) < Mm(0.1)
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    fonts = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Heading 2", "Body Text")
    }
    assert fonts == {
        "Title": "方正小标宋简体",
        "Heading 1": "黑体",
        "Heading 2": "楷体_GB2312",
        "Body Text": "仿宋_GB2312",
    }
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == HEADINGS
    repeated = document.tables[1].rows[0]._tr.trPr.findall(qn("w:tblHeader"))
    assert repeated and document.core_properties.last_modified_by == ""


def test_html_is_safe_for_a_portal(built):
    page = BeautifulSoup((built[0] / "report.html").read_text(encoding="utf-8"), "lxml")
    assert not page.find_all(["script", "link", "iframe", "img"])
    assert len(page.find_all("table")) == 3
    assert page.find("th", string="法人或其他组织")["colspan"] == "5"


def test_text_of_the_office_is_escaped_in_html():
    result = ledger()
    evil = drafts() | {"other": Draft("other", "<script>alert(1)</script>", "composed")}
    assert "<script>" not in html.render(assemble(result, evil))


def test_control_characters_of_a_pasted_draft_do_not_stop_the_report(tmp_path):
    result = ledger()
    pasted = drafts() | {"other": Draft("other", "没有收取\x01信息处理费。", "composed")}
    write(assemble(result, pasted), result, tmp_path)
    assert "没有收取信息处理费。" in [paragraph.text for paragraph in Document(tmp_path / "report.docx").paragraphs]


def test_a_failing_identity_marks_the_draft():
    result = ledger([Check("T3-SUM", "fail", "总计不等于各项之和", "表三")])
    report = assemble(result, drafts())
    assert report.draft_mark == DRAFT_MARK
    assert DRAFT_MARK in markdown.render(report) and DRAFT_MARK in html.render(report)


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path):
    blocked = tmp_path / "成稿"
    blocked.write_text("x", encoding="utf-8")
    result = ledger()
    with pytest.raises(UnusableInput, match="成稿"):
        write(assemble(result, drafts()), result, blocked)
    assert blocked.read_text(encoding="utf-8") == "x"


def test_a_fault_leaves_the_earlier_report(tmp_path, monkeypatch):
    result = ledger()
    write(assemble(result, drafts()), result, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def full_disk(report):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(markdown, "render", full_disk)
    with pytest.raises(UnusableInput, match="不能写入.*：磁盘已满$"):
        write(assemble(result, drafts()), result, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1808595, "1808595"),
        (Decimal("59237.2449"), "59237.2449"),
        (Decimal("10"), "10"),
        (Decimal("0.50"), "0.5"),
    ],
)
def test_figures_are_written_plainly(value, text):
    assert written(value) == text
