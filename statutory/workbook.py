"""Files become raw sheets: cells as calamine reads them, with the row numbers of the workbook.

A ledger is one workbook, or a folder of workbooks and CSV files (UTF-8, UTF-16 or GB18030).
Whatever cannot be opened is refused with a sentence that says why.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from domain import UnusableInput

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ElementTree.ParseError)
_DAMAGED = "已损坏，无法作为工作簿打开，请用 Excel 或 WPS 修复后另存"
_UNCALCULATED = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*>[^<]*</f>(?:<v\s*/>|<v></v>)?</c>')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # tab and line ends stay
_SHEET_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK_NS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True)
class RawSheet:
    """A sheet as it stands: ``part`` names it to the user, ``first_row`` is the row of ``grid[0]``."""

    name: str
    part: str
    file: str
    first_row: int
    grid: list[list[object]]


def open_ledger(path: Path) -> tuple[list[RawSheet], list[str]]:
    """Every sheet of the workbook or folder, and warnings; UnusableInput where a file is no ledger."""
    try:
        if not path.exists():
            raise UnusableInput(f"找不到台账“{path.name}”")
        files = _ledger_files(path) if path.is_dir() else [path]
    except OSError as error:
        raise UnusableInput(_unreadable(path)) from error
    sheets: list[RawSheet] = []
    warnings: list[str] = []
    for file in files:
        data = _content(file)
        if file.suffix.lower() == ".csv":
            sheets.append(RawSheet(file.stem.strip(), file.stem.strip(), file.name, 1, _csv_grid(file, data)))
        else:
            sheets += _workbook_sheets(file, data)
            warnings += _uncalculated_formulas(file, data)
    sheets = [replace(sheet, grid=[[_printable(cell) for cell in row] for row in sheet.grid]) for sheet in sheets]
    shared = Counter(sheet.name for sheet in sheets)
    return [replace(sheet, part=f"{sheet.file}/{sheet.name}") if shared[sheet.name] > 1 else sheet
            for sheet in sheets], warnings  # fmt: skip


def _printable(cell: object) -> object:
    """A cell's text without the characters that no XML, and so no report, can hold."""
    return _UNPRINTABLE.sub("", cell) if isinstance(cell, str) else cell


def _unreadable(path: Path) -> str:
    return f"“{path.name}”无法读取，请确认文件名不过长、有读取权限，并且没有被其他程序占用"


def _ledger_files(folder: Path) -> list[Path]:
    """The workbooks and CSV files of a folder, without the lock files of an open Excel or WPS."""
    found = sorted(
        file
        for file in folder.iterdir()
        if file.is_file() and file.suffix.lower() in (*WORKBOOKS, ".csv") and not file.name.startswith(("~$", "."))
    )
    if not found:
        raise UnusableInput(f"文件夹“{folder.name}”里没有工作簿（xlsx、xlsm、xls、ods）或 CSV 文件")
    return found


def _content(file: Path) -> bytes:
    if file.suffix.lower() not in (*WORKBOOKS, ".csv"):
        raise UnusableInput(f"“{file.name}”不是台账工作簿：应为 xlsx、xlsm、xls、ods 文件，或装有工作簿、CSV 的文件夹")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UnusableInput(_unreadable(file)) from error
    if not data:
        raise UnusableInput(f"“{file.name}”是空文件")
    return data


def _workbook_sheets(file: Path, data: bytes) -> list[RawSheet]:
    if data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data:
        raise UnusableInput(f"“{file.name}”设有打开密码，请先在 Excel 或 WPS 中取消密码再使用")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            start = sheet.start or (0, 0)
            sheets.append(RawSheet(name.strip(), name.strip(), file.name, start[0] + 1, sheet.to_python()))
        return sheets
    except PasswordError as error:
        raise UnusableInput(f"“{file.name}”设有打开密码，请先在 Excel 或 WPS 中取消密码再使用") from error
    except CalamineError as error:
        raise UnusableInput(f"“{file.name}”{_why_unreadable(data)}") from error


def _why_unreadable(data: bytes) -> str:
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "的内容是网页（HTML）而不是工作簿，请用 Excel 或 WPS 打开后另存为 xlsx"
    if head.startswith(b"<?xml"):
        return "的内容是 XML 而不是工作簿，请用 Excel 或 WPS 打开后另存为 xlsx"
    if head.startswith(b"%pdf"):
        return "的内容是 PDF 而不是工作簿"
    if data.startswith(b"PK"):
        try:
            names = zipfile.ZipFile(io.BytesIO(data)).namelist()
        except _DAMAGE:
            return _DAMAGED
        if not any(name.startswith("xl/") or name == "content.xml" for name in names):
            return "的内容不是工作簿（可能是改了扩展名的其他文件）"
    if data.startswith((b"PK", _OLE)):
        return _DAMAGED
    return "的内容不是工作簿（可能是改了扩展名的文本或其他文件）"


def _csv_grid(file: Path, data: bytes) -> list[list[object]]:
    text = _decoded(file, data)
    first_lines = "\n".join(text.splitlines()[:20])
    delimiter = "\t" if "\t" in first_lines and "," not in first_lines else ","
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise UnusableInput(f"“{file.name}”不是正确的 CSV 文件，请用 Excel 或 WPS 另存为 CSV") from error


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


def _uncalculated_formulas(file: Path, data: bytes) -> list[str]:
    """A formula that no program has calculated yet reads as blank: say so, and where."""
    if not data.startswith(b"PK"):
        return []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            found = {name: _UNCALCULATED.findall(package.read(member)) for name, member in _sheet_members(package).items()}
    except _DAMAGE as error:
        # calamine does not compare checksums, and would go on with what is left of a sheet.
        raise UnusableInput(f"“{file.name}”{_DAMAGED}") from error
    return [
        f"{file.name} 工作表“{name}”有{len(cells)}个公式没有计算结果（如{cells[0].decode()}），"
        "已按空白读取；请用 Excel 或 WPS 打开并保存一次"
        for name, cells in found.items()
        if cells
    ]


def _sheet_members(package: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → its XML inside an xlsx package; empty for other packages (ods)."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    links = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    sheets = ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{_SHEET_NS}sheet")
    members = {sheet.get("name", ""): targets.get(sheet.get(f"{_LINK_NS}id"), "") for sheet in sheets}
    located = {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in members.items()}
    return {name: member for name, member in located.items() if member in names}
