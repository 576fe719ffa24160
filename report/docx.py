"""The report as .docx in the page format of GB/T 9704—2012 (party and government documents).

A4; margins 37/28/35/26 mm (top/left/bottom/right); 22 lines of 28 characters; title 2号 小标宋,
headings 黑体 and 楷体, body 3号 仿宋; page numbers — 1 — in 4号 宋体 on the outer side.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from domain import FinishedReport
from forms import form_for
from report.layout import Grid, grids
from report.outline import outline

# 3号 is 16 pt; the type area of 156 × 225 mm holds 28 characters a line and 22 lines a page.
BODY_SIZE = Pt(16)
LINE = Pt(28.95)
TWIPS_PER_LINE = 579
# 28 characters of 16 pt are wider than 156 mm, so each gives up a quarter of a point (in twips).
# A character grid (linesAndChars) would say the same, but WPS and LibreOffice then give a
# character that is wider than its cell two cells.
CONDENSED = -5

TITLE_FONT, BODY_FONT, HEADING_FONT, SUBHEADING_FONT = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"


def render(report: FinishedReport, path: Path) -> None:
    """Write the report to ``path``; the caller gives a temporary path and renames."""
    document = Document()
    _page(document)
    _styles(document)
    _page_numbers(document)
    _metadata(document, report)
    tables = grids(report.figures, form_for(report.figures.year))
    _title(document, report)
    if report.draft_mark:
        mark = document.add_paragraph(report.draft_mark, style="Title")
        mark.runs[0].font.size = BODY_SIZE
    document.add_paragraph(report.preface, style="Body Text")
    for block in outline(report):
        if block.kind == "table":
            _table(document, tables[block.text])
        elif block.kind == "paragraph":
            document.add_paragraph(block.text, style="Body Text")
        else:
            document.add_paragraph(block.text, style=f"Heading {block.level}")
    _signature(document, report)
    document.save(path)


def _title(document, report: FinishedReport) -> None:
    """The title, broken after the organ's name: a line must not end inside a word."""
    rest = report.title.removeprefix(report.figures.org)
    paragraph = document.add_paragraph(style="Title")
    run = paragraph.add_run(report.title.removesuffix(rest))
    run.add_break()
    paragraph.add_run(rest)
    document.add_paragraph("", style="Body Text")


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(28)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(TWIPS_PER_LINE))
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(grid)


def _styles(document) -> None:
    """Real Word styles, so that the navigation pane and WPS's style check see the structure."""
    styles = document.styles
    _style(styles["Normal"], BODY_FONT, BODY_SIZE)
    _style(styles["Title"], TITLE_FONT, Pt(22), alignment=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(33))
    _style(styles["Body Text"], BODY_FONT, BODY_SIZE, indent=True)
    _style(styles["Heading 1"], HEADING_FONT, BODY_SIZE, indent=True)
    _style(styles["Heading 2"], SUBHEADING_FONT, BODY_SIZE, indent=True)
    cell = styles.add_style("表格文字", WD_STYLE_TYPE.PARAGRAPH)
    _style(cell, "宋体", Pt(9), alignment=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(12))
    signature = styles.add_style("落款", WD_STYLE_TYPE.PARAGRAPH)
    _style(signature, BODY_FONT, BODY_SIZE, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    signature.paragraph_format.right_indent = Pt(64)
    # The title's bottom rule of Word's default template is no part of an official document.
    properties = styles["Title"].element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _style(style, font: str, size, alignment=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=False, line=LINE) -> None:
    style.font.name = font
    style.font.size = size
    style.font.bold = False
    style.font.italic = False
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in [name for name in fonts.attrib if "Theme" in name]:
        del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), font)
    color = style.element.rPr.find(qn("w:color"))
    if color is not None:
        style.element.rPr.remove(color)
    shape = style.paragraph_format
    shape.alignment = alignment
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = line
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    shape.first_line_indent = Pt(0)
    if size == BODY_SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CONDENSED))
        style.element.rPr.append(spacing)
    if line != LINE:
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        style.element.pPr.insert(0, snap)
    if indent:
        # Two characters whatever the font's true width: Word and WPS read firstLineChars first.
        shape.first_line_indent = size * 2
        style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def _page_numbers(document) -> None:
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    for footer, alignment, indent in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right_indent"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left_indent"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        setattr(paragraph.paragraph_format, indent, Pt(14))
        for content in ("— ", None, " —"):
            run = paragraph.add_run(content or "")
            run.font.name, run.font.size = "宋体", Pt(14)
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
            if content is None:
                _page_field(run)


def _page_field(run) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if text:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _metadata(document, report: FinishedReport) -> None:
    """Title and organ only: no name of the person at the keyboard."""
    properties = document.core_properties
    properties.title = report.title
    properties.author = report.figures.org
    properties.last_modified_by = ""
    properties.comments = ""
    properties.language = "zh-CN"


def _table(document, grid: Grid) -> None:
    table = document.add_table(rows=grid.height, cols=grid.width, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell in grid.cells:
        place = table.cell(cell.row, cell.column)
        if cell.rowspan > 1 or cell.colspan > 1:
            place = place.merge(
                table.cell(cell.row + cell.rowspan - 1, cell.column + cell.colspan - 1)
            )
        place.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        place.paragraphs[0].style = document.styles["表格文字"]
        place.paragraphs[0].add_run(cell.text)
    _widths(table, grid)
    if not grid.heading_rows:
        _keep_together(table)
    for row in table.rows[: grid.heading_rows]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _keep_together(table) -> None:
    """A table without rows to repeat must not break: each row stays with the next one."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def _widths(table, grid: Grid) -> None:
    """The type area's 156 mm: label columns of table 3 get the room that their text needs."""
    table.autofit = False
    labels = [Mm(12), Mm(17), Mm(43)] if grid.width == 10 else []
    rest = (Mm(156) - sum(labels)) // (grid.width - len(labels))
    widths = labels + [rest] * (grid.width - len(labels))
    for column, width in zip(table.columns, widths):
        column.width = width
    for row in table.rows:
        for place, width in enumerate(widths):
            if row.cells[place]._tc.tcPr is None or row.cells[place]._tc.grid_span == 1:
                row.cells[place].width = width


def _signature(document, report: FinishedReport) -> None:
    document.add_paragraph("", style="Body Text")
    document.add_paragraph(report.signature, style="落款")
    document.add_paragraph(report.date_line, style="落款")
