"""What a page draws twice is read once; what a tracked revision moved away or deleted is not read."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from ingest.pdf_files import blocks
from ingest.word_files import docx_blocks

W = nsdecls("w")


def printed(path, *strings):
    """A PDF page with each (x, y, text) drawn in 11 point Helvetica."""
    writer = PdfWriter()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject(f"/{key}"): NameObject(f"/{name}")
            for key, name in {"Type": "Font", "Subtype": "Type1", "BaseFont": "Helvetica"}.items()
        }
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject("/F"): font})})
    stream = DecodedStreamObject()
    stream.set_data("\n".join(f"BT /F 11 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in strings).encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.write(path)
    found, _, _ = blocks(path.read_bytes(), path.name)
    return [block.text for block in found]


@pytest.mark.parametrize(
    ("drawn", "read"),
    [
        ([(90.5, 699.5, "PM2.5 total"), (90, 700, "PM2.5 total")], "PM2.5 total"),  # a shadow
        ([(90.3, 699.7, "2025"), (90, 700, "2025")], "2025"),  # embossed
        ([(90, 700, "report"), (90, 700, "report")], "report"),  # filled, then outlined
        ([(90.7, 699.3, "1"), (90, 700, "1")], "1"),
        ([(90, 700, "11111"), (90.5, 699.5, "11111")], "11111"),
        ([(90, 700, "illicit ll ii .."), ], "illicit ll ii .."),  # narrow letters side by side stay
        ([(90, 700, "1,111.11")], "1,111.11"),
        ([(90, 700, "0000000")], "0000000"),
        ([(90, 700, "aa"), (110, 700, "aa")], "aa aa"),
        ([(90, 700, "12"), (104, 700, "12")], "12 12"),
    ],
)  # fmt: skip
def test_a_letter_drawn_twice_is_one_letter(tmp_path, drawn, read):
    assert printed(tmp_path / "a.pdf", *drawn) == [read]


def revised(what, inner):
    return parse_xml(f'<w:{what} {W} w:id="9" w:author="审核" w:date="2025-01-01T00:00:00Z">{inner}</w:{what}>')


@pytest.mark.parametrize(
    ("what", "inner", "read"),
    [
        ("moveFrom", "<w:r><w:t>移动的话</w:t></w:r>", "前文"),
        ("moveTo", "<w:r><w:t>移动的话</w:t></w:r>", "前文移动的话"),
        ("ins", "<w:r><w:t>新的话</w:t></w:r>", "前文新的话"),
        ("del", "<w:r><w:delText>旧的话</w:delText></w:r>", "前文"),
        ("moveFrom", "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/></w:r>", "前文"),
        ("moveTo", "<w:r><w:t>12件</w:t></w:r>", "前文12件"),
    ],
)
def test_what_was_moved_away_is_read_at_its_new_place_alone(tmp_path, what, inner, read):
    document = docx.Document()
    document.add_paragraph("前文")._p.append(revised(what, inner))
    document.save(tmp_path / "a.docx")
    assert [block.text for block in docx_blocks((tmp_path / "a.docx").read_bytes(), "a.docx")] == [read]


@pytest.mark.parametrize(("mark", "rows"), [("del", 2), ("ins", 3), ("cnfStyle", 3)])
def test_a_row_deleted_under_a_revision_is_none(tmp_path, mark, rows):
    document = docx.Document()
    table = document.add_table(3, 2)
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = f"行{number}"
    table.rows[1]._tr.get_or_add_trPr().append(revised(mark, ""))
    document.save(tmp_path / "a.docx")
    (grid,) = docx_blocks((tmp_path / "a.docx").read_bytes(), "a.docx")
    assert len(grid.rows) == rows
