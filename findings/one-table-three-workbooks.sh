#!/usr/bin/env bash
# One table written as .xls, .xlsx and .ods, read by python-calamine 0.9.1.
# Guess: the Python types are the same for the three, and merged ranges are given for the three.
# Seen 2026-11-29: a whole number is an int from .xls and a float from .xlsx and .ods; merged_cell_ranges
# of an .ods is None, not a list, although its cell spans two rows and two columns.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'python-calamine==0.9.1' 'xlwt==1.3.0' 'openpyxl==3.1.5' 'odfpy==1.4.1'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active.append(["合计", None, 5])
book.active.merge_cells("A1:B2")
book.save("t.xlsx")

old = xlwt.Workbook()
sheet = old.add_sheet("表")
sheet.write_merge(0, 1, 0, 1, "合计")
sheet.write(0, 2, 5)
old.save("t.xls")

free = OpenDocumentSpreadsheet()
table = Table(name="表")
first, second = TableRow(), TableRow()
cell = TableCell(valuetype="string", numbercolumnsspanned=2, numberrowsspanned=2)
cell.addElement(P(text="合计"))
number = TableCell(valuetype="float", value="5")
number.addElement(P(text="5"))
for part in (cell, CoveredTableCell(), number):
    first.addElement(part)
second.addElement(CoveredTableCell(numbercolumnsrepeated=2))
table.addElement(first)
table.addElement(second)
free.spreadsheet.addElement(table)
free.save("t.ods")

for name, kind, merged in (
    ("t.xls", "int", [((0, 0), (1, 1))]),
    ("t.xlsx", "float", [((0, 0), (1, 1))]),
    ("t.ods", "float", None),
):
    seen = CalamineWorkbook.from_path(name).get_sheet_by_index(0)
    same(f"{name}: type of 5", type(seen.to_python()[0][2]).__name__, kind)
    same(f"{name}: merged_cell_ranges", seen.merged_cell_ranges, merged)
PYTHON
venv/bin/python run.py
echo 'as described'
