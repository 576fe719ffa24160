#!/usr/bin/env bash
# openpyxl 3.1.5: two rows are inserted above a table that has a merged cell, a formula and a list of choices.
# Guess: merged cells and choices move along with their rows, formulas too.
# Seen 2026-11-29: all stay where they were. The merged range now lies over another row, and on saving, the number in
# the covered cell of that row is gone from the file; the sum counts other cells, no error is raised.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'openpyxl==3.1.5'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import openpyxl
from openpyxl.worksheet.datavalidation import DataValidation

book = openpyxl.Workbook()
sheet = book.active
for number in range(1, 6):
    sheet.append([f"行{number}", number])
sheet["A4"], sheet["B4"] = "小计说明", None
sheet.merge_cells("A4:B4")
sheet["B6"] = "=SUM(B1:B3)"
choices = DataValidation(type="list", formula1='"0,5"')
choices.add("B5")
sheet.add_data_validation(choices)
sheet.insert_rows(1, 2)
book.save("t.xlsx")
after = openpyxl.load_workbook("t.xlsx").active
same("merged", str(after.merged_cells.ranges[0] if isinstance(after.merged_cells.ranges, list) else next(iter(after.merged_cells.ranges))), "A4:B4")
same("choices at", str(after.data_validations.dataValidation[0].sqref), "B5")
same("the sum", after["B8"].value, "=SUM(B1:B3)")
same("numbers", [row[1].value for row in after.iter_rows(min_row=3, max_row=7)], [1, None, 3, None, 5])
PYTHON
venv/bin/python run.py
echo 'as described'
