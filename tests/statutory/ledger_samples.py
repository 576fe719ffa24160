"""Ledgers for the tests: a valid minimal one, to which a test adds what it is about."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook

from statutory.layout import SHEETS

YEAR = 2025
HEADINGS = {layout.name: [heading.name for heading in layout.headings] for layout in SHEETS}


def minimal() -> dict[str, list[list]]:
    """Sheet → rows as they stand in the workbook, headings in row 1; no entries but the two fees."""
    sheets: dict[str, list[list]] = {
        "基本信息": [
            ["单位名称", "示例局"],
            ["报告年度", YEAR],
            ["发布日期", "2026年1月10日"],
            ["发布平台", "门户网站"],
        ]
    }
    sheets |= {name: [list(headings)] for name, headings in HEADINGS.items()}
    sheets["汇总数据"] += [["行政事业性收费", 0, "万元", ""], ["信息处理费", 0, "元", ""]]
    return sheets


def row(sheet: str, **cells) -> list:
    """A row of that sheet from its headings."""
    return [cells.get(heading, "") for heading in HEADINGS[sheet]]


def application(received, closed="", outcome="", applicant="自然人", **more) -> list:
    return row("依申请公开", 收到日期=received, 办结日期=closed, 办理结果=outcome, 申请人类型=applicant, **more)


def posted(day, category="部门动态信息", **more) -> list:
    return row("信息发布", 发布日期=day, 信息类别=category, **more)


def save(sheets: dict[str, list[list]], path: Path, merged: str = "") -> Path:
    """``merged``: a range that is merged on every sheet of rows, as the titles of offices are."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
        if merged and name in HEADINGS:
            sheet.merge_cells(merged)
    book.save(path)
    return path


def save_csv(sheets: dict[str, list[list]], folder: Path, encoding: str) -> Path:
    folder.mkdir()
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def merge(path: Path, sheet: str, *ranges: str) -> Path:
    """Merge cells of a saved workbook, as an office does: what they hid is gone."""
    book = load_workbook(path)
    for span in ranges:
        book[sheet].merge_cells(span)
    book.save(path)
    return path


def rewrite(path: Path, member: str, old: str, new: str) -> Path:
    """Replace text inside one member of a package ("" for a new member)."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    content = parts.get(member, b"").decode()
    assert old in content
    parts[member] = (content.replace(old, new) if old else new).encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


def sheet_xml(name: str) -> str:
    """Where ``save`` puts a sheet of ``minimal()`` inside the package."""
    return f"xl/worksheets/sheet{list(minimal()).index(name) + 1}.xml"


def save_ods(sheets: dict[str, list[list]], path: Path) -> Path:
    """An OpenDocument workbook; a cell ``("xml", …)`` is written as it stands."""

    def cell(value) -> str:
        if isinstance(value, tuple):
            return value[1]
        if isinstance(value, (int, float)):
            return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
        text = f"<text:p>{escape(str(value))}</text:p>" if value != "" else ""
        return (
            f'<table:table-cell office:value-type="string">{text}</table:table-cell>' if text else "<table:table-cell/>"
        )

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            f"<table:table-row>{''.join(map(cell, cells)) or '<table:table-cell/>'}</table:table-row>" for cells in rows
        )
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row></table:table>"
        for name, rows in sheets.items()
    )
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    calcext = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        package.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces} {calcext}><office:body><office:spreadsheet>{tables}'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path
