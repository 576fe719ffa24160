"""The report as .docx: real styles, real tables with merged cells, on the page of ``page_format``."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import Path
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from domain import FinishedReport
from forms import form_for
from report import annex
from report.layout import Cell, Grid, grids
from report.outline import GAP, outline, preface
from report.page_format import BODY_SIZE, CELL, MARK, SIGNATURE, lay_out

ROW_HEIGHT = Mm(6)
# Half a millimetre around the text of a cell: six digits fit in a column of table 3 or 4.
CELL_MARGIN = Mm(0.5)
# The next heading's line begins where a table's border ends.
AFTER_TABLE = Pt(8)
DATE_FROM_RIGHT = Pt(64)
NARROW = Mm(12)
# Rows: a table of so many keeps to one page; of a longer one so many at its beginning and its end.
SHORT, FIRST, LAST = 12, 4, 3


def render(report: FinishedReport, path: Path, figures: str = "") -> None:
    """Write the report to ``path``; the caller gives a temporary path and renames. ``figures``: its figures.json to carry."""
    document = Document()
    lay_out(document, report.title, report.figures.org)
    tables = grids(report.figures, form_for(report.figures.year))
    _title(document, report)
    for text in preface(report):
        _paragraph(document, text)
    after_table = False
    for block in outline(report):
        if block.kind == "table":
            _table(document, tables[block.text])
        elif block.kind == "paragraph":
            _paragraph(document, block.text)
        else:
            heading = document.add_paragraph(block.text, style=f"Heading {block.level}")
            if after_table:
                heading.paragraph_format.space_before = AFTER_TABLE
        after_table = block.kind == "table"
    _signature(document, report)
    if figures:
        annex.attach(document, figures)
    content = io.BytesIO()  # on a full disk python-docx would leave a package open, which Python then complains of
    document.save(content)
    path.write_bytes(content.getvalue())


def _title(document, report: FinishedReport) -> None:
    """The title, broken after the organ's name: a line must not end inside a word."""
    rest = report.title.removeprefix(report.figures.org)
    paragraph = document.add_paragraph(style="Title")
    run = paragraph.add_run(report.title.removesuffix(rest))
    run.add_break()
    paragraph.add_run(rest)
    if report.draft_mark:
        mark = document.add_paragraph(report.draft_mark, style=MARK)
        mark.runs[0].font.color.rgb = RGBColor(0xB0, 0x00, 0x20)
    document.add_paragraph("", style="Body Text")


def _paragraph(document, text: str) -> None:
    """A paragraph; what the office has still to fill in is marked, so that nobody overlooks it."""
    paragraph = document.add_paragraph(style="Body Text")
    for piece in re.split(f"({GAP.pattern})", text):
        if piece:
            run = paragraph.add_run(piece)
            if GAP.fullmatch(piece):
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _table(document, grid: Grid) -> None:
    """A table whose heading rows repeat and whose rows do not break.

    A short one keeps to one page; of a long one the head keeps to its first rows, and the last rows to
    each other, so that it begins where there is room and leaves no page half empty before it.
    """
    table = document.add_table(rows=0, cols=grid.width, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = "".join(
        f'<w:{side} w:w="{CELL_MARGIN.twips}" w:type="dxa"/>' for side in ("top", "left", "bottom", "right")
    )
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLayout")).addnext(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    widths = _widths(grid)
    for column, width in zip(table.columns, widths):
        column.width = width
    covering = {(row, cell.column): cell for cell in grid.cells for row in range(cell.row, cell.row + cell.rowspan)}
    for row in range(grid.height):
        line = [covering[row, column] for column in range(grid.width) if (row, column) in covering]
        table._tbl.append(parse_xml(_row(grid, row, line, widths)))


def _row(grid: Grid, row: int, line: list[Cell], widths: list) -> str:
    """One table row as XML."""
    repeated = "<w:tblHeader/>" if row < grid.heading_rows else ""
    together = grid.height <= SHORT or row < grid.heading_rows + FIRST or row >= grid.height - LAST
    keep = "<w:keepNext/>" if together and row + 1 < grid.height else ""
    cells = []
    for cell in line:
        width = sum(place.twips for place in widths[cell.column : cell.column + cell.colspan])
        span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
        merged = "" if cell.rowspan == 1 else '<w:vMerge w:val="restart"/>' if cell.row == row else "<w:vMerge/>"
        text = f"<w:r>{_lines(cell, width)}</w:r>" if cell.row == row else ""
        cells.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{CELL}"/>{keep}</w:pPr>{text}</w:p></w:tc>'
        )
    return (
        f'<w:tr {nsdecls("w")}><w:trPr><w:cantSplit/><w:trHeight w:val="{ROW_HEIGHT.twips}" w:hRule="atLeast"/>'
        f"{repeated}</w:trPr>{''.join(cells)}</w:tr>"
    )


def _lines(cell: Cell, width: int) -> str:
    """A cell's text; the heading of a narrow column in lines of two characters, as the form prints it (商业/企业)."""
    narrow = cell.heading and len(cell.text) in (4, 6) and width < NARROW.twips
    pieces = re.findall("..", cell.text) if narrow else [cell.text]
    return "<w:br/>".join(f"<w:t>{escape(piece)}</w:t>" for piece in pieces)


def _widths(grid: Grid) -> list:
    """The type area's 156 mm: label columns of table 3 get the room that their text needs."""
    labels = [Mm(13), Mm(19), Mm(47)] if grid.width == 10 else []
    rest = (Mm(156) - sum(labels)) // (grid.width - len(labels))
    return labels + [Mm(rest / Mm(1))] * (grid.width - len(labels))


def _signature(document, report: FinishedReport) -> None:
    """Signature and date at the right: the date four characters in, the organ's name centred above it.

    They never stand alone on a page: the last paragraph keeps to them.
    """
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph("", style="Body Text").paragraph_format.keep_with_next = True
    over = (_width(report.signature) - _width(report.date_line)) / 2
    date_indent = max(DATE_FROM_RIGHT.pt, over)
    organ = document.add_paragraph(report.signature, style=SIGNATURE)
    organ.paragraph_format.right_indent = Pt(date_indent - over if report.date_line else DATE_FROM_RIGHT.pt)
    if report.date_line:
        organ.paragraph_format.keep_with_next = True
        document.add_paragraph(report.date_line, style=SIGNATURE).paragraph_format.right_indent = Pt(date_indent)


def _width(text: str) -> float:
    """Points that a line of body text takes; digits are half as wide as characters."""
    return sum(BODY_SIZE.pt * (1 if unicodedata.east_asian_width(char) in "WF" else 0.5) for char in text)
