"""Files become raw sheets: cells as calamine reads them, with the row numbers of the workbook.

A ledger is one workbook, or a folder of workbooks and CSV files (UTF-8, UTF-16 or GB18030). What
lies in folders below it is not read, and told. Whatever cannot be opened is refused with a sentence
that says why, every file of a folder at once.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from domain import UnusableInput
from statutory.legacy import DamagedWorkbook, Locked, read_xls
from statutory.marginalia import Marginalia
from statutory.package import DAMAGED, ERROR_VALUE, LOCKED, Cell, Span, inspect
from statutory.webtable import is_web_page, read_tables

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".et")  # .et: WPS, which writes either of the Excel formats
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE, _XLS_MACROS = ("EncryptedPackage".encode("utf-16-le"), "_VBA_PROJECT_CUR".encode("utf-16-le"))
_LARGEST_FILE = 200 * 1024 * 1024
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # tab and line ends stay


@dataclass(frozen=True)
class Unusable:
    """What stands in a cell that holds no value: a formula without a result, an error value."""

    why: str

    def __str__(self) -> str:
        return self.why


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands: ``part`` names it to the user, ``first_row`` is the row of ``grid[0]``.

    A blank row of ``grid`` is an empty list; ``merged`` holds merged ranges, counted from 0.
    """

    name: str
    part: str
    file: str
    first_row: int
    grid: list[list[object]]
    merged: tuple[Span, ...] = ()
    marks: Marginalia = field(default_factory=Marginalia)


@dataclass
class Opened:
    """What a ledger holds: its sheets, warnings, and the files and folders of a folder that were not read."""

    sheets: list[RawSheet] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def open_ledger(path: Path) -> Opened:
    """Every sheet of the workbook or folder; UnusableInput where a file is no ledger."""
    try:
        if not path.exists():
            raise UnusableInput(f"找不到台账“{path.name}”")
        opened = Opened()
        files = _ledger_files(path, opened) if path.is_dir() else [path]
    except OSError as error:
        raise UnusableInput(_unreadable(path)) from error
    sheets: list[RawSheet] = []
    problems: list[str] = []
    for file in files:
        try:
            sheets += _sheets(file, opened.warnings)
        except UnusableInput as error:
            problems += error.problems
    if problems:
        raise UnusableInput(problems[0], tuple(problems))
    shared = Counter(sheet.name for sheet in sheets)
    opened.sheets = [
        replace(sheet, part=f"{sheet.file}/{sheet.name}") if shared[sheet.name] > 1 else sheet for sheet in sheets
    ]
    return opened


def _unreadable(path: Path) -> str:
    return f"“{path.name}”无法读取，请确认文件名不过长、有读取权限，并且没有被其他程序占用"


def _ledger_files(folder: Path, opened: Opened) -> list[Path]:
    """The workbooks and CSV files of a folder, without the lock files of an open Excel or WPS.

    Folders below it often keep older copies, so they are left alone, and named where they hold some; what
    is not read is noted.
    """
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith(("~$", ".")))
    found = [entry for entry in entries if entry.is_file() and _is_ledger_file(entry)]
    if not found:
        raise UnusableInput(f"文件夹“{folder.name}”里没有工作簿（xlsx、xlsm、xls、ods、et）或 CSV 文件")
    below = [entry.name for entry in entries if entry.is_dir() and any(map(_is_ledger_file, entry.iterdir()))]
    other = [entry.name for entry in entries if entry.is_file() and entry not in found]
    opened.warnings += [f"子文件夹{_quoted(below)}里的文件没有读取；需要计入的请移到“{folder.name}”下"] if below else []
    opened.warnings += [f"{_quoted(other)}不是工作簿或 CSV，没有读取"] if other else []
    opened.unread += [f"{name}/{entry.name}" for name in below for entry in sorted((folder / name).iterdir())] + other
    return found


def _is_ledger_file(path: Path) -> bool:
    return path.suffix.lower() in (*WORKBOOKS, ".csv")


def _quoted(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names)


def _sheets(file: Path, warnings: list[str]) -> list[RawSheet]:
    data = _content(file)
    if file.suffix.lower() == ".csv":
        name = file.stem.strip()
        return [RawSheet(name, name, file.name, 1, _usable(_csv_grid(file, data), {}))]
    return _workbook_sheets(file, data, warnings)


def _content(file: Path) -> bytes:
    if not _is_ledger_file(file):
        raise UnusableInput(
            f"“{file.name}”不是台账工作簿：应为 xlsx、xlsm、xls、ods、et 文件，或装有工作簿、CSV 的文件夹"
        )
    try:
        if file.stat().st_size > _LARGEST_FILE:
            raise UnusableInput(f"“{file.name}”超过{_LARGEST_FILE >> 20}MB，不是正常的台账，没有打开")
        data = file.read_bytes()
    except OSError as error:
        raise UnusableInput(_unreadable(file)) from error
    if not data:
        raise UnusableInput(f"“{file.name}”是空文件")
    return data


def _workbook_sheets(file: Path, data: bytes, warnings: list[str]) -> list[RawSheet]:
    if data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise UnusableInput(f"“{file.name}”{LOCKED}")
    if is_web_page(data) and (sheets := _page_sheets(file, data)):
        warnings.append(f"“{file.name}”的内容是网页，按其中的表格读取")
        return sheets
    try:
        if data.startswith(_OLE):
            if _XLS_MACROS in data:
                warnings.append(f"“{file.name}”带有宏，程序不运行宏，只读取单元格里保存的值")
            return [
                _raw(file, name, rows, dict.fromkeys(errors, ERROR_VALUE), merged, marks)
                for name, rows, errors, merged, marks in read_xls(data)
            ]
        if data.startswith(b"PK"):
            return _package_sheets(file, data, warnings)
    except (PasswordError, Locked) as error:
        raise UnusableInput(f"“{file.name}”{LOCKED}") from error
    except (CalamineError, DamagedWorkbook) as error:
        raise UnusableInput(f"“{file.name}”{_why_unreadable(data)}") from error
    raise UnusableInput(f"“{file.name}”{_why_unreadable(data)}")


def _page_sheets(file: Path, data: bytes) -> list[RawSheet]:
    """The tables of a web page that is called a workbook, as a website exports them; each by the file's name."""
    tables = [table for table in read_tables(data) if len(table[0]) > 1]
    names = [file.stem if number == 1 else f"{file.stem}{number}" for number in range(1, len(tables) + 1)]
    return [_raw(file, name, rows, {}, merged, marks) for name, (rows, merged, marks) in zip(names, tables)]


def _package_sheets(file: Path, data: bytes, warnings: list[str]) -> list[RawSheet]:
    package = inspect(file.name, data)
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = []
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(about.name)
        unusable = package.unusable.get(about.name, {})
        merged = package.merged.get(about.name) or sheet.merged_cell_ranges or ()
        marks = package.marks.get(about.name, Marginalia())
        marks.concealed = about.visible != SheetVisibleEnum.Visible
        raw = _raw(file, about.name, sheet.iter_rows(), unusable, merged, marks)
        _put_lines(raw.grid, package.lines.get(about.name, {}))
        sheets.append(raw)
        if unusable:
            row, column = min(unusable)
            warnings.append(
                f"{file.name} 工作表“{about.name}”有{len(unusable)}个公式没有结果或出错（如第{row + 1}行第{column + 1}列）"
            )
    warnings += package.warnings
    return sheets


def _raw(
    file: Path,
    name: str,
    rows: Iterable[Sequence[object]],
    unusable: Mapping[Cell, str],
    merged: Iterable[Span],
    marks: Marginalia,
) -> RawSheet:
    return RawSheet(name.strip(), name.strip(), file.name, 1, _usable(rows, unusable), tuple(merged), marks)


def _put_lines(grid: list[list[object]], lines: Mapping[Cell, str]) -> None:
    """Cells of several lines as they are told, where the reader has run the lines together."""
    for (row, column), text in lines.items():
        if row < len(grid) and column < len(grid[row]):
            grid[row][column] = _UNPRINTABLE.sub("", text)


def _usable(rows: Iterable[Sequence[object]], unusable: Mapping[Cell, str]) -> list[list[object]]:
    """The rows with what cannot be printed taken out, blank ones emptied, and unusable cells marked."""
    blank: list[object] = []
    grid = [list(row) if any(row) or 0 in row else blank for row in rows]
    while grid and not grid[-1]:
        grid.pop()
    for (row, column), why in unusable.items():
        if row >= 0:
            grid += [blank] * (row + 1 - len(grid))
            cells = [*grid[row], *[""] * (column + 1 - len(grid[row]))]
            cells[column] = Unusable(why)
            grid[row] = cells
    for row in grid:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and _UNPRINTABLE.search(cell):
                row[column] = _UNPRINTABLE.sub("", cell)
    return grid


def _why_unreadable(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "的内容是网页（HTML）而不是工作簿，请用 Excel 或 WPS 打开后另存为 xlsx"
    if head.startswith(b"<?xml"):
        return "的内容是 XML 而不是工作簿，请用 Excel 或 WPS 打开后另存为 xlsx"
    if head.startswith(b"%pdf"):
        return "的内容是 PDF 而不是工作簿"
    if data.startswith(b"PK"):
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        if not any(name.startswith("xl/") or name == "content.xml" for name in names):
            return "的内容不是工作簿（可能是改了扩展名的其他文件）"
    if data.startswith((b"PK", _OLE)):
        return DAMAGED
    return "的内容不是工作簿（可能是改了扩展名的文本或其他文件）"


def _csv_grid(file: Path, data: bytes) -> list[list[object]]:
    text = _decoded(file, data)
    delimiter = _delimiter(text)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise UnusableInput(f"“{file.name}”不是正确的 CSV 文件，请用 Excel 或 WPS 另存为 CSV") from error


def _delimiter(text: str) -> str:
    """What parts the cells: the sign that cuts most of the first lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def evenness(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines)
        cells, times = max(counts.items(), key=lambda item: (item[0] > 0, item[1], item[0]), default=(0, 0))
        return (times, cells) if cells else (0, 0)

    return max(",\t;|", key=evenness)  # the first of equals: a comma


def _decoded(file: Path, data: bytes) -> str:
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnusableInput(f"“{file.name}”不是 UTF-8 或 GB18030 编码的文本，无法作为 CSV 读取")


def sheets_of(file: Path, data: bytes, warnings: list[str]) -> list[RawSheet]:
    """The sheets of one workbook's bytes, whatever its name ends in; UnusableInput where it is none."""
    return _workbook_sheets(file, data, warnings)
