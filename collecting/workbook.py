"""汇总表: the totals as a workbook, with who gives what to each cell, who has handed in, and what does not add up."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from collecting.collection import Collection, OrganReport
from domain import Number
from report.layout import Grid, table_grids

_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="E8EEF7")
_VERDICTS = {"pass": "相符", "fail": "不符", "uncertain": "请核实", "not_applicable": "没有核对"}
_WIDEST = 60


def workbook(collection: Collection) -> bytes:
    """The workbook (.xlsx) of a collection."""
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    _list(
        book,
        "交报情况",
        ("单位", "状态", "文件", "日期", "逾期", "错误", "疑问", "说明"),
        [_organ(one) for one in (*collection.organs, *([collection.government] if collection.government else []))],
    )
    for name, grid in zip(("表二汇总", "表三汇总", "表四汇总"), _grids(collection)):
        _drawn(book.create_sheet(name), f"{collection.year}年度{grid.caption}（汇总）", grid)
    _contributors(book, collection)
    _list(
        book,
        "核对",
        ("规则", "结果", "哪里", "说明"),
        [(check.rule, _VERDICTS[check.status], check.where, check.message) for check in collection.checks],
    )
    _list(
        book,
        "相同的段落",
        ("单位", "哪里", "相同", "段落开头"),
        [
            (
                "、".join(one.orgs),
                "；".join(f"{org}：{where}" for org, where in one.places),
                f"{one.share:.0%}",
                one.text,
            )
            for one in collection.copied
        ],
    )
    told = [("不计入的文件", one.file, one.reason) for one in collection.unmatched]
    told += [("待答复", "", question.text) for question in collection.open]
    _list(book, "说明", ("种类", "文件", "说明"), told + [("说明", "", note) for note in collection.notes])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _organ(one: OrganReport) -> tuple[Any, ...]:
    late = {True: "逾期", False: "", None: "" if not one.file else "没有日期"}[one.late]
    return (
        one.org,
        one.status,
        one.file,
        one.day.isoformat() if one.day else "",
        late,
        len(one.errors) if one.file else "",
        len(one.questions) if one.file else "",
        "；".join(one.notes),
    )


def _grids(collection: Collection) -> Iterable[Grid]:
    tables = table_grids(collection.totals.tables, collection.totals.form)
    return (tables[name] for name in ("table2", "table3", "table4"))


def _contributors(book: Workbook, collection: Collection) -> None:
    """A line for each cell of the tables: the sum, then each organ's number; blank where it is not known."""
    totals = collection.totals
    organs = list(
        dict.fromkeys(org for each in (*totals.contributors.values(), *totals.unknown.values()) for org in each)
    )
    order = {one.org: at for at, one in enumerate(collection.organs)}
    organs.sort(key=lambda org: order.get(org, len(order)))
    rows = []
    for key, total in totals.figures.items():
        given, unknown = totals.contributors.get(key, {}), totals.unknown.get(key, ())
        each = [None if org in unknown else _cell(given.get(org, 0)) for org in organs]
        rows.append((totals.form.where(key), _cell(total), *each))
    _list(book, "各单位", ("项目", "合计", *organs), rows)
    book["各单位"].freeze_panes = "C2"


def _cell(number: Number) -> int | float:
    return float(number) if isinstance(number, Decimal) and number != number.to_integral_value() else int(number)


def _list(book: Workbook, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.create_sheet(name)
    for line, row in enumerate([headings, *rows], start=1):
        for column, value in enumerate(row, start=1):
            _write(sheet, line, column, value, heading=line == 1)
    sheet.freeze_panes = "A2"
    for column, values in enumerate(zip(*[headings, *rows]), start=1):
        widest = max((sum(1 + (ord(char) > 127) for char in str(value or "")) for value in values), default=8)
        sheet.column_dimensions[get_column_letter(column)].width = min(_WIDEST, widest + 2)


def _drawn(sheet: Worksheet, title: str, grid: Grid) -> None:
    """A statutory table as the form draws it, below its title."""
    _write(sheet, 1, 1, title, heading=True)
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=grid.width)
    for cell in grid.cells:
        row, column = cell.row + 2, cell.column + 1
        number = not cell.heading and cell.text
        value = (float(cell.text) if "." in cell.text else int(cell.text)) if number else cell.text
        _write(sheet, row, column, value, heading=cell.heading)
        if cell.rowspan > 1 or cell.colspan > 1:
            right, below = get_column_letter(column + cell.colspan - 1), row + cell.rowspan - 1
            sheet.merge_cells(f"{get_column_letter(column)}{row}:{right}{below}")
    for column in range(1, grid.width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 26 if column <= grid.width - 7 else 12


def _write(sheet: Worksheet, row: int, column: int, value: Any, heading: bool = False) -> None:
    if isinstance(value, str):  # without what no workbook can hold; a file's name may have such characters
        value = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", "replace").decode("utf-8")
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type = "s"  # a file's name that begins with = is no formula
    cell.border = _BOX
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if heading else None)
    if heading:
        cell.font, cell.fill = Font(bold=True), _HEAD
