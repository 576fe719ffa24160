"""Every container of a ledger is looked through in the same way: strokes, comments, hidden rows, errors, lines."""

import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from domain import UnusableInput
from statutory import compute
from tests.statutory.books import Book, sound, write
from tests.statutory.ledger_samples import save_ods

TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")


def strict(path: Path) -> Path:
    """The same workbook in the namespaces of Strict Open XML."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            for old, new in zip(TRANSITIONAL, STRICT):
                data = data.replace(old.encode(), new.encode())
            package.writestr(name, data)
    return path


def workbook(tmp_path, change=lambda book: None):
    path = write(Book(sound()), tmp_path)
    book = load_workbook(path)
    change(book)
    book.save(path)
    return path


@pytest.mark.parametrize("kept", [lambda path: path, strict], ids=["ordinary", "strict"])
@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [("H3", "#N/A", "公式出错"), ("H3", "=TODAY()", "没有计算结果"), ("C3", "#REF!", "公式出错")],
)
def test_errors_and_formulas_without_a_result(tmp_path, kept, cell, value, said):
    def change(book):
        book["依申请公开"][cell] = value

    with pytest.raises(UnusableInput) as refused:
        compute(kept(workbook(tmp_path, change)))
    assert any("“依申请公开”第3行" in problem and said in problem for problem in refused.value.problems)


def test_strict_open_xml_gives_the_same_figures(tmp_path):
    path = workbook(tmp_path)
    assert compute(path).figures == compute(strict(path)).figures


def test_the_case_of_two_errors_in_strict_open_xml(shared):
    said = []
    for name in ("31-ordinary.xlsx", "31-strict-open-xml.xlsx"):
        with pytest.raises(UnusableInput) as refused:
            compute(shared / "cases" / "ledgers" / name)
        said.append([problem.partition(" ")[2] for problem in refused.value.problems])
    assert said[0] == said[1] and len(said[0]) == 2


def test_a_sheet_whose_xml_is_not_where_it_is_listed_is_refused(tmp_path):
    path = workbook(tmp_path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/other.xml"] = parts.pop("xl/worksheets/sheet3.xml")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    with pytest.raises(UnusableInput, match="已损坏"):
        compute(path)


def test_a_binary_workbook_under_another_name_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "台账.xlsx", "w") as package:
        package.writestr("xl/workbook.bin", b"\x83\x01\x00")
    with pytest.raises(UnusableInput, match="xlsb"):
        compute(tmp_path / "台账.xlsx")


def test_lines_and_comments_in_an_ods(tmp_path):
    sheets = sound()
    cell = '<table:table-cell office:value-type="string">{}</table:table-cell>'
    sheets["媒体采用"][2][3] = ("xml", cell.format("<text:p>县融媒体中心</text:p><text:p>中国环境报</text:p>"))
    sheets["媒体采用"][4][3] = ("xml", cell.format("<text:p>县融媒体中心<text:line-break/>新华网</text:p>"))
    sheets["信息发布"][3][3] = (
        "xml",
        cell.format("<text:p>环境质量</text:p><office:annotation><text:p>作废</text:p></office:annotation>"),
    )
    result = compute(save_ods(sheets, tmp_path / "台账.ods"))
    assert result.figures.facts["media_adopted"] == {"县融媒体中心": 3, "中国环境报": 1, "新华网": 1}
    assert [question.text for question in result.open_questions] == [
        "工作表“信息发布”第4行：批注里写着“作废”，是否计入？"
    ]


def test_a_file_of_wps_is_read_in_either_format(tmp_path):
    path = shutil.copy(workbook(tmp_path), tmp_path / "台账.et")
    assert compute(path).figures.facts["published_total"] == 12


def test_a_file_that_wps_wrote(shared):
    assert compute(shared / "cases" / "ledgers" / "24-wps.et").figures.facts["published_total"] == 6


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_that_is_called_a_workbook(tmp_path, encoding):
    book = Book(sound())
    rows = book.sheets.pop("信息发布")
    book.beside["其他.xlsx"] = {"说明": [["见附件"]]}
    folder = write(book, tmp_path)
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    lines[2] = lines[2].replace("<td>第2期</td>", "<td><s>第2期</s></td>")
    page = f'<html><meta charset="{encoding}"><table>{"".join(f"<tr>{line}</tr>" for line in lines)}</table></html>'
    (folder / "信息列表导出.xls").write_text(page, encoding=encoding)
    result = compute(folder)
    assert result.figures.facts["published_total"] == 11
    assert [question.text for question in result.open_questions] == [
        "工作表“信息列表导出”第3行：有单元格画了删除线，是否计入？"
    ]


def test_a_filtered_sheet_is_whole_and_a_hidden_one_is_asked_about(tmp_path):
    def filtered(book):
        sheet = book["信息发布"]
        sheet.auto_filter.ref = "A1:G13"
        sheet.auto_filter.add_filter_column(3, ["环境质量"])
        sheet.row_dimensions[3].hidden = True

    def concealed(book):
        book["行政执法"].sheet_state = "hidden"

    assert not compute(workbook(tmp_path, filtered)).questions
    (asked,) = compute(workbook(tmp_path, concealed)).open_questions
    assert asked.sheet == "行政执法" and "隐藏" in asked.text
