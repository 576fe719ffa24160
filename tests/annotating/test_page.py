"""How a document is laid out: fonts and sizes by style, theme and run, lines, margins, page numbers, lines of tables."""

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

import ingest
from annotating.page import layout
from checks import check
from report import docx as rendering
from statutory import compute
from tests.report.finished import finished
from tests.test_app import LEDGER


@pytest.fixture
def of(tmp_path):
    """(layout of a report, the rules on pages that it breaks) after ``change`` was made to its document."""

    def run(change=lambda document: None):
        path = tmp_path / "报告.docx"
        rendering.render(finished(compute(LEDGER)), path)
        document = docx.Document(str(path))
        change(document)
        document.save(str(path))
        published = ingest.read_report(path)
        found = layout(path.read_bytes(), published)
        said = check(published, layout=found)
        return found, {one.rule: one for one in said if one.rule.startswith("PAGE-")}

    return run


def test_our_own_report_keeps_to_the_standard(of):
    found, broken = of()
    assert not broken
    (page,) = found.pages
    assert [round(one) for one in (page.width, page.height, page.top, page.left)] == [210, 297, 37, 28]
    assert (found.title.font, found.title.size, found.title.centred) == ("方正小标宋简体", 22, True)
    assert (found.body.font, found.body.size, found.body.pitch) == ("仿宋_GB2312", 16, 28.95)
    assert {level: one.font for level, one in found.headings.items()} == {1: "黑体", 2: "楷体_GB2312"}


def body_in(font, size, line=None):
    def change(document):
        for one in document.paragraphs:
            if one.style.name == "Body Text":
                for run in one.runs:
                    run.font.size = Pt(size)
                    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
                if line:
                    one.paragraph_format.line_spacing = line

    return change


def themed(document):
    """The font by the theme, as Word writes it where nobody chose one."""
    fonts = document.styles["Body Text"].element.rPr.find(qn("w:rFonts"))
    fonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")


def margins(document):
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(25.4)
    section.left_margin = section.right_margin = Mm(31.8)


def no_numbers(document):
    for footer in (document.sections[0].footer, document.sections[0].even_page_footer):
        for run in list(footer.paragraphs[0]._p):
            footer.paragraphs[0]._p.remove(run)


def bare(document):
    """No lines around or between the cells of a table."""
    table = document.tables[0]
    table.style = "Normal Table"


def lined_by_cells(document):
    """Lines given by each cell, as WPS writes them."""
    bare(document)
    for cell in document.tables[0]._tbl.iter(qn("w:tc")):
        lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right"))
        cell.get_or_add_tcPr().append(parse_xml(f"<w:tcBorders {nsdecls('w')}>{lines}</w:tcBorders>"))


def left_title(document):
    document.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


@pytest.mark.parametrize(
    ("change", "rules", "words"),
    [
        (body_in("宋体", 16), {"PAGE-FONT"}, "应为仿宋"),
        (body_in("仿宋", 12), {"PAGE-FONT"}, "应为三号"),
        (body_in("仿宋", 16, 1.5), {"PAGE-LINES"}, "行距"),
        (body_in("仿宋", 16, Pt(22)), {"PAGE-LINES"}, "22 磅"),
        (body_in("FangSong", 16, Pt(30)), set(), ""),
        (margins, {"PAGE-AREA"}, "上25.4"),
        (no_numbers, {"PAGE-NUMBER"}, "没有页码"),
        (bare, {"PAGE-TABLE"}, "没有框线"),
        (lined_by_cells, set(), ""),
        (left_title, {"PAGE-FONT"}, "没有居中"),
    ],
)
def test_what_is_set_otherwise_is_told(of, change, rules, words):
    _, broken = of(change)
    assert set(broken) == rules
    assert all(one.severity == "notice" and one.advice and words in one.message for one in broken.values())


def test_a_font_of_the_theme_is_looked_up_in_the_theme(of):
    found, _ = of(themed)
    assert found.body.font not in ("仿宋_GB2312", "minorEastAsia")
