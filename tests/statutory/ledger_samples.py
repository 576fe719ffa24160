"""Ledgers for the tests: a valid minimal one, to which a test adds what it is about."""

from __future__ import annotations

import csv
from pathlib import Path

from openpyxl import Workbook

from statutory.layout import SHEETS

YEAR = 2025
HEADINGS = {layout.name: [heading.name for heading in layout.headings] for layout in SHEETS}


def minimal() -> dict[str, list[list]]:
    """Sheet → rows as they stand in the workbook, headings in row 1; no entries but the two fees."""
    sheets: dict[str, list[list]] = {
        "基本信息": [["单位名称", "示例局"], ["报告年度", YEAR], ["发布日期", "2026年1月10日"], ["发布平台", "门户网站"]]
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


def save(sheets: dict[str, list[list]], path: Path) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    book.save(path)
    return path


def save_csv(sheets: dict[str, list[list]], folder: Path, encoding: str) -> Path:
    folder.mkdir()
    for name, rows in sheets.items():
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)
    return folder
