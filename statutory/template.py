"""The empty ledger workbook: headings, notes, drop-down lists, date validation, one example row.

It is written from the same layout and vocabulary that the reader goes by, so what it offers is what
will be understood. The example row is marked 示例 in 序号 and never counted.
"""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

import durable
from domain import UnusableInput
from forms import Form, form_for
from matters import work
from statutory.counting import PROCESSING_FEE
from statutory.layout import BASIC_KEYS, BASICS, EXAMPLE_MARK, GUIDE, OPTIONS, SERIAL, SHEETS, Heading, SheetLayout
from statutory.vocabulary import fee_row, vocabularies

_TITLE_ROW, _NOTE_ROW, _HEADING_ROW, _EXAMPLE_ROW, _LAST_ROW = 1, 2, 3, 4, 20_000
_NEEDED_FILL, _OTHER_FILL, _ENTRY_FILL = (PatternFill("solid", fgColor=c) for c in ("CFE0F1", "EEF2F6", "FFF9E3"))
_LINE = Side(style="thin", color="B7C3CF")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TITLE_FONT, _HEADING_FONT = Font(bold=True, size=15, color="1F3F5F"), Font(bold=True, color="1F3F5F")
_NOTE_FONT, _EXAMPLE_FONT = Font(size=10, color="5F6B76"), Font(italic=True, color="8A8A8A")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
_WRAPPED = Alignment(vertical="center", wrap_text=True)
_NARROW = ("采用单位", "信息类别", "发布渠道", "申请人", "联系电话", "登记号", "类型", "单位")
_BASIC_NOTES = {
    "单位名称": "机关全称",
    "报告年度": "四位年份，如 2025",
    "发布日期": "年度报告的发布日期，可以在报告定稿时再填",
    "发布平台": "发布年度报告的网站名称",
    "联系地址": "可以不填；填了就写进报告开头，供公众联系",
    "邮政编码": "可以不填",
    "联系电话": "可以不填；填办公室的电话，不要填个人手机号码",
    "电子邮箱": "可以不填",
}
_GUIDE = (
    "一、九张工作表都要保留；没有数据的表留空即可，表头不要删改。列的先后可以调整，也可以增加自用的列。",
    "二、日期写成 2025-03-15 的样子；有下拉列表的列从列表中选择。深色表头是必需的列，浅色表头可以不填。",
    f"三、{SERIAL}为“{EXAMPLE_MARK}”的灰色行只作示范，不会计数，可以删除。",
    "四、其他年度的行可以保留，程序只统计报告年度；上年结转的申请请保留原来的收到日期。",
    "五、每件事填一行，不要合并单元格；没有发生的金额填 0，不要留空。",
    "六、申请人、联系电话、申请内容只供本单位登记，程序读入只为查重，不保存、不输出，不会进入报告。",
)


def write_template(path: Path, year: int = 0) -> None:
    """Write an empty ledger for a year's report (0: this year's) to ``path``.

    UnusableInput where the file exists or cannot be written, and for a year before any known form.
    """
    path, form = Path(path), form_for(year or date.today().year)
    if path.suffix.lower() != ".xlsx":
        raise UnusableInput(f"模板文件名“{path.name}”应以 .xlsx 结尾")
    partial = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise UnusableInput(f"“{path.name}”已经存在，不会覆盖，请换一个文件名")
        book = io.BytesIO()  # a workbook that is saved to a full disk complains again when it is let go
        _template(form).save(book)
        partial.write_bytes(book.getvalue())
        durable.rename(partial, path)
    except OSError as error:
        raise UnusableInput(f"模板“{path}”没有写成：{durable.cause(error)}") from error
    finally:
        with suppress(OSError):  # below a file, or under too long a name, there is nothing to take away
            partial.unlink(missing_ok=True)


def _template(form: Form) -> Workbook:
    book = Workbook()
    _guide(book.worksheets[0])
    _basics(book.create_sheet(BASICS), form)
    options = book.create_sheet(OPTIONS)
    options.sheet_state = "hidden"
    choices = _options(options, form)
    for layout in SHEETS:
        _sheet(book.create_sheet(layout.name), layout, choices, form)
    return book


def _guide(sheet: Worksheet) -> None:
    sheet.title = GUIDE
    sheet.column_dimensions["A"].width = 78
    sheet.append(["政府信息公开工作台账"])
    sheet["A1"].font, sheet.row_dimensions[1].height = _TITLE_FONT, 34
    for line in _GUIDE:
        sheet.append([line])
        sheet.cell(sheet.max_row, 1).alignment = _WRAPPED
        sheet.row_dimensions[sheet.max_row].height = 34
    _print_setup(sheet, "portrait")
    sheet.sheet_view.showGridLines = False


def _basics(sheet: Worksheet, form: Form) -> None:
    for row in (["基本信息"], ["项目", "内容", "说明"], *([key, None, _BASIC_NOTES[key]] for key in BASIC_KEYS)):
        sheet.append(row)
    sheet["A1"].font, sheet.row_dimensions[1].height = _TITLE_FONT, 30
    for number, row in enumerate(sheet.iter_rows(min_row=2), start=2):
        sheet.row_dimensions[number].height = 24
        for cell in row:
            cell.border, cell.alignment = _BOX, _WRAPPED
        row[0].font, row[0].fill, row[2].font = _HEADING_FONT, _NEEDED_FILL, _NOTE_FONT
        row[1].fill = _NEEDED_FILL if number == 2 else _ENTRY_FILL
    for cell in sheet[2]:
        cell.font, cell.fill, cell.alignment = _HEADING_FONT, _NEEDED_FILL, _CENTRED
    for letter, width in zip("ABC", (14, 40, 44)):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A3"
    first, last = str(form.first_report_year), str(form.last_report_year or 2099)
    year = DataValidation(type="whole", operator="between", formula1=first, formula2=last, allow_blank=True)
    _explain(year, "报告年度", "请填四位年份，如 2025")
    year.add(f"B{3 + BASIC_KEYS.index('报告年度')}")
    sheet.add_data_validation(year)
    _print_setup(sheet, "portrait")


def _print_setup(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """A4, one page wide, page numbers below."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if (footer := sheet.oddFooter) and footer.center:
        footer.center.text = "第 &P 页，共 &N 页"
    sheet.page_margins.left = sheet.page_margins.right = 0.5


def _options(sheet: Worksheet, form: Form) -> dict[str, str]:
    """One column of values for each choice; column name → the range that a drop-down list shows."""
    offered = {column: vocabulary.names for column, vocabulary in vocabularies(form).items()}
    ranges = {}
    for index, (column, names) in enumerate((offered | {"类型": tuple(work())}).items(), start=1):
        letter = get_column_letter(index)
        for offset, name in enumerate((column, *names), start=1):
            sheet.cell(offset, index, name)
        ranges[column] = f"'{OPTIONS}'!${letter}$2:${letter}${len(names) + 1}"
    return ranges


def _sheet(sheet: Worksheet, layout: SheetLayout, choices: dict[str, str], form: Form) -> None:
    headings = (Heading(SERIAL, example=EXAMPLE_MARK), *layout.headings)
    last = get_column_letter(len(headings))
    texts = (
        (_TITLE_ROW, f"{layout.name}台账", _TITLE_FONT, 30),
        (_NOTE_ROW, f"填写说明：{layout.note}", _NOTE_FONT, 34),
    )
    for row, text, font, height in texts:
        cell = sheet.cell(row, 1, text)
        cell.font, cell.alignment, sheet.row_dimensions[row].height = font, _WRAPPED, height
        sheet.merge_cells(f"A{row}:{last}{row}")
    sheet.row_dimensions[_HEADING_ROW].height = 26
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = 20, True
    for index, heading in enumerate(headings, start=1):
        _column(sheet, index, heading, choices)
    sheet.freeze_panes = f"A{_HEADING_ROW + 1}"
    if layout.name == "汇总数据":
        for row, line in enumerate(([1, fee_row(form).label, None, "万元"], [2, PROCESSING_FEE, None, "元"]), start=5):
            for column, value in enumerate(line, start=1):
                sheet.cell(row, column, value).alignment = Alignment(
                    horizontal="center" if column == 1 else None, vertical="center"
                )
            sheet.cell(row, 3).fill = _ENTRY_FILL
    # Lines around the rows as they are filled in, on the screen and on paper.
    filled = FormulaRule([f"COUNTA($A{_EXAMPLE_ROW}:${last}{_EXAMPLE_ROW})>0"], border=_BOX)
    sheet.conditional_formatting.add(f"A{_EXAMPLE_ROW}:{last}{_LAST_ROW}", filled)
    sheet.print_title_rows = f"{_TITLE_ROW}:{_HEADING_ROW}"
    _print_setup(sheet, "landscape")


def _column(sheet: Worksheet, index: int, heading: Heading, choices: dict[str, str]) -> None:
    letter = get_column_letter(index)
    cell = sheet.cell(_HEADING_ROW, index, heading.name)
    cell.font, cell.alignment, cell.border = _HEADING_FONT, _CENTRED, _BOX
    cell.fill = _NEEDED_FILL if heading.needed else _OTHER_FILL
    if heading.note:
        cell.comment = Comment(heading.note, EXAMPLE_MARK, width=220, height=64)
    example = sheet.cell(_EXAMPLE_ROW, index, _example(heading))
    dimension = sheet.column_dimensions[letter]
    dimension.width = _width(heading)
    centred = heading.name == SERIAL or heading.filled in ("date", "choice")
    dimension.alignment = example.alignment = Alignment(horizontal="center" if centred else None, vertical="center")
    example.font = _EXAMPLE_FONT
    if heading.filled == "date":
        dimension.number_format = example.number_format = "yyyy-mm-dd"
    elif heading.name in ("登记号", "联系电话", "文号"):
        dimension.number_format = example.number_format = "@"  # leading zeros and long numbers stay as typed
    if validation := _validation(sheet.title, heading, choices):
        validation.add(f"{letter}{_EXAMPLE_ROW}:{letter}{_LAST_ROW}")
        sheet.add_data_validation(validation)


def _width(heading: Heading) -> int:
    if heading.name == SERIAL:
        return 7
    if heading.name in ("办理结果", "案件类型"):
        return 34
    if heading.name in ("链接", "备注"):
        return 20
    narrow = heading.filled in ("date", "number", "choice") or heading.name in _NARROW
    return 16 if narrow else 34


def _example(heading: Heading) -> date | int | str:
    if heading.filled == "date" and heading.example:
        return date.fromisoformat(heading.example)
    return int(heading.example) if heading.filled == "number" else heading.example


def _validation(sheet: str, heading: Heading, choices: dict[str, str]) -> DataValidation | None:
    if (sheet, heading.name) == ("工作记录", "类型"):  # offered, but other work goes by its own name
        return DataValidation(type="list", formula1=choices["类型"], allow_blank=True, showErrorMessage=False)
    if heading.filled == "choice":
        validation = DataValidation(type="list", formula1=choices[heading.name], allow_blank=True)
        _explain(validation, heading.name, "请从下拉列表选择")
    elif heading.filled == "date":
        validation = DataValidation(
            type="date", operator="between", formula1="DATE(1990,1,1)", formula2="DATE(2099,12,31)", allow_blank=True
        )
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
