"""The template cannot be computed before it is filled in, and what is filled in comes back."""

from datetime import date

import openpyxl
import pytest

from domain import UnusableInput
from statutory import compute, write_template
from statutory.layout import BASICS, SHEETS


@pytest.fixture
def template(tmp_path):
    path = tmp_path / "台账模板.xlsx"
    write_template(path)
    return path


def test_an_empty_template_is_not_a_ledger(template):
    with pytest.raises(UnusableInput) as caught:
        compute(template)
    said = "".join(caught.value.problems)
    assert all(
        word in said
        for word in ("报告年度", "单位名称", "“行政事业性收费”的“数值”是空白", "“信息处理费”的“数值”是空白")
    )
    assert len(caught.value.problems) == 4


def test_filled_in_and_read_back(template):
    book = openpyxl.load_workbook(template)
    book[BASICS]["B3"], book[BASICS]["B4"] = "示例局", 2025
    book["汇总数据"]["C5"], book["汇总数据"]["C6"] = 1.5, 0
    for column, value in enumerate(
        [1, "2025-001", date(2025, 2, 3), "自然人", "", "", "", date(2025, 2, 20), "予以公开"], 1
    ):
        book["依申请公开"].cell(5, column, value)
    book.save(template)
    result = compute(template)
    assert result.figures.table3["granted"]["total"] == result.figures.table3["new_received"]["total"] == 1
    assert result.figures.facts["published_total"] == 0, "the example row is never counted"
    assert not result.failed
    assert result.warnings[0] == "工作表“基本信息”没有填写“发布日期”"
    assert result.warnings[1].startswith("台账没有“听取汇报”、“业务培训”的记录") and len(result.warnings) == 2


def test_what_it_offers(template):
    book = openpyxl.load_workbook(template)
    assert [name for name in book.sheetnames if book[name].sheet_state == "visible"][1:] == [
        BASICS,
        *(s.name for s in SHEETS),
    ]
    for layout in SHEETS:
        sheet = book[layout.name]
        assert sheet.freeze_panes == "A4" and sheet["A4"].value == "示例"
        kinds = [validation.type for validation in sheet.data_validations.dataValidation]
        choices = [heading.name for heading in layout.headings if heading.filled == "choice"]
        assert kinds.count("list") == len(choices) + (layout.name == "工作记录")
        assert kinds.count("date") == sum(heading.filled == "date" for heading in layout.headings)
    options = {cells[0].value: [cell.value for cell in cells[1:] if cell.value] for cells in book["选项"].columns}
    assert options["决定类型"] == ["行政许可", "行政处罚", "行政强制"]
    assert len(options["办理结果"]) == 23 and "办理中" in options["办理结果"]


def test_it_overwrites_nothing(template):
    before = template.read_bytes()
    with pytest.raises(UnusableInput, match="已经存在"):
        write_template(template)
    assert template.read_bytes() == before


def test_it_leaves_nothing_half_written(tmp_path):
    with pytest.raises(UnusableInput, match="文件夹"):
        write_template(tmp_path / "没有的文件夹" / "台账.xlsx")
    with pytest.raises(UnusableInput, match=".xlsx"):
        write_template(tmp_path / "台账.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["文件/台账.xlsx", f"{'长' * 200}.xlsx"])
def test_a_path_that_cannot_be_written(tmp_path, name):
    (tmp_path / "文件").write_bytes(b"")
    with pytest.raises(UnusableInput, match="没有写成"):
        write_template(tmp_path / name)


def test_it_says_what_becomes_of_personal_columns(template):
    book = openpyxl.load_workbook(template)
    comments = [
        cell.comment.text
        for cell in book["依申请公开"][3]
        if cell.comment and cell.value in ("申请人", "联系电话", "申请内容")
    ]
    assert len(comments) == 3 and all("读入只为查重，不保存、不输出" in text for text in comments)
