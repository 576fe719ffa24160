"""The empty ledger workbook: headings, notes, drop-down lists, date validation, one example row.

It is written from the same layout and vocabulary that the reader goes by, so what it offers is what
will be understood. The example row is marked 示例 in 序号 and never counted.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from domain import UnusableInput
from forms import Form, load_form
from statutory.counting import PROCESSING_FEE
from statutory.layout import BASIC_KEYS, BASICS, EXAMPLE_MARK, GUIDE, OPTIONS, SERIAL, SHEETS, Heading, SheetLayout
from statutory.vocabulary import fee_row, vocabularies

_TITLE_ROW, _NOTE_ROW, _HEADING_ROW, _EXAMPLE_ROW, _LAST_ROW = 1, 2, 3, 4, 20_000
_HEADING_FILL = PatternFill("solid", fgColor="DDEBF7")
_EXAMPLE_FONT = Font(italic=True, color="808080")
_BASIC_NOTES = {
    "单位名称": "机关全称",
    "报告年度": "四位年份，如 2025",
    "发布日期": "年度报告的发布日期，可以在报告定稿时再填",
    "发布平台": "发布年度报告的网站名称",
}
_GUIDE = (
    "一、九张工作表都要保留；没有数据的表留空即可，表头不要删改。列的先后可以调整，也可以增加自用的列。",
    "二、日期写成 2025-03-15 的样子；有下拉列表的列从列表中选择。",
    f"三、{SERIAL}为“{EXAMPLE_MARK}”的行只作示范，不会计数，可以删除。",
    "四、其他年度的行可以保留，程序只统计报告年度；上年结转的申请请保留原来的收到日期。",
    "五、申请人、联系电话、申请内容只供本单位登记，程序读入只为查重，不保存、不输出，不会进入报告。",
)


def write_template(path: Path) -> None:
    """Write an empty ledger to ``path``; UnusableInput where it exists or cannot be written."""
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise UnusableInput(f"模板文件名“{path.name}”应以 .xlsx 结尾")
    partial = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise UnusableInput(f"“{path.name}”已经存在，不会覆盖，请换一个文件名")
        _template(load_form()).save(partial)
        os.replace(partial, path)
    except OSError as error:
        raise UnusableInput(f"模板“{path}”没有写成，请确认文件夹存在并且可写、文件名不过长") from error
    finally:
        with suppress(OSError):  # below a file, or under too long a name, there is nothing to take away
            partial.unlink(missing_ok=True)


def _template(form: Form) -> Workbook:
    book = Workbook()
    guide = book.active
    guide.title = GUIDE
    guide.column_dimensions["A"].width = 100
    for line in _GUIDE:
        guide.append([line])
    _basics(book.create_sheet(BASICS))
    options = book.create_sheet(OPTIONS)
    options.sheet_state = "hidden"
    choices = _options(options, form)
    for layout in SHEETS:
        _sheet(book.create_sheet(layout.name), layout, choices, form)
    return book


def _basics(sheet: Worksheet) -> None:
    sheet.append(["项目", "内容"])
    for key in BASIC_KEYS:
        sheet.append([key])
        sheet.cell(sheet.max_row, 1).comment = Comment(_BASIC_NOTES[key], EXAMPLE_MARK)
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), _HEADING_FILL
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 40
    sheet.freeze_panes = "A2"
    year = DataValidation(type="whole", operator="between", formula1="2021", formula2="2099", allow_blank=True)
    _explain(year, "报告年度", "请填四位年份，如 2025")
    year.add("B3")
    sheet.add_data_validation(year)


def _options(sheet: Worksheet, form: Form) -> dict[str, str]:
    """One column of values for each choice; column name → the range that a drop-down list shows."""
    ranges = {}
    for index, (column, vocabulary) in enumerate(vocabularies(form).items(), start=1):
        letter = get_column_letter(index)
        sheet.cell(1, index, column)
        for offset, name in enumerate(vocabulary.names, start=2):
            sheet.cell(offset, index, name)
        ranges[column] = f"{OPTIONS}!${letter}$2:${letter}${len(vocabulary.names) + 1}"
    return ranges


def _sheet(sheet: Worksheet, layout: SheetLayout, choices: dict[str, str], form: Form) -> None:
    headings = (Heading(SERIAL, example=EXAMPLE_MARK), *layout.headings)
    last = get_column_letter(len(headings))
    for row, text in ((_TITLE_ROW, f"{layout.name}台账"), (_NOTE_ROW, f"填写说明：{layout.note}")):
        sheet.cell(row, 1, text).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.merge_cells(f"A{row}:{last}{row}")
    sheet.cell(_TITLE_ROW, 1).font = Font(bold=True, size=14)
    sheet.row_dimensions[_NOTE_ROW].height = 32
    for index, heading in enumerate(headings, start=1):
        _column(sheet, index, heading, choices)
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    if layout.name == "汇总数据":
        sheet.append([1, fee_row(form).label, None, "万元"])
        sheet.append([2, PROCESSING_FEE, None, "元"])


def _column(sheet: Worksheet, index: int, heading: Heading, choices: dict[str, str]) -> None:
    letter = get_column_letter(index)
    cell = sheet.cell(_HEADING_ROW, index, heading.name)
    cell.font, cell.fill = Font(bold=True), _HEADING_FILL
    if heading.note:
        cell.comment = Comment(heading.note, EXAMPLE_MARK)
    dated = heading.filled == "date"
    example = sheet.cell(_EXAMPLE_ROW, index, _example(heading))
    example.font = _EXAMPLE_FONT
    dimension = sheet.column_dimensions[letter]
    dimension.width = 8 if heading.name == SERIAL else 28 if heading.filled == "text" else 16
    if dated:
        dimension.number_format = example.number_format = "yyyy-mm-dd"
    if validation := _validation(heading, choices):
        validation.add(f"{letter}{_EXAMPLE_ROW}:{letter}{_LAST_ROW}")
        sheet.add_data_validation(validation)


def _example(heading: Heading) -> date | int | str:
    if heading.filled == "date" and heading.example:
        return date.fromisoformat(heading.example)
    return int(heading.example) if heading.filled == "number" else heading.example


def _validation(heading: Heading, choices: dict[str, str]) -> DataValidation | None:
    if heading.filled == "choice":
        validation = DataValidation(type="list", formula1=choices[heading.name], allow_blank=True)
        _explain(validation, heading.name, "请从下拉列表选择")
    elif heading.filled == "date":
        validation = DataValidation(type="date", operator="between", formula1="DATE(1990,1,1)", formula2="DATE(2099,12,31)", allow_blank=True)
        _explain(validation, heading.name, "请写成 2025-03-15 的样子")
    elif heading.filled == "number":
        validation = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        _explain(validation, heading.name, "请填不小于0的数字")
    else:
        return None
    return validation


def _explain(validation: DataValidation, title: str, message: str) -> None:
    validation.errorTitle, validation.error = title, message
    validation.showErrorMessage = True
