#!/usr/bin/env bash
# pandas 3.1.1, read_excel of a sheet with errors in its cells (#N/A, #REF!, #DIV/0!), with openpyxl 3.1.5 and with
# python-calamine 0.9.1, keep_default_na=False and na_filter=False.
# Guess: with both switches off an error comes as its text, as openpyxl itself gives it, and a blank cell as "";
# the two engines agree.
# Seen 2026-11-30: the switches keep a text "NA", but every error is NaN with openpyxl and "" with calamine, there not
# to be told from a blank cell; so a sum over the column passes over the errors, and nothing is said.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'pandas==3.1.1' 'openpyxl==3.1.5' 'python-calamine==0.9.1'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import openpyxl
import pandas

ERRORS = ("#N/A", "#REF!", "#DIV/0!")
book = openpyxl.Workbook()
sheet = book.active
sheet.append(["数量", "说明"])
for value in (*ERRORS, 5, None):
    sheet.append([value, "NA"])
for (cell,) in sheet["A2:A4"]:
    cell.data_type = "e"  # an error, as a spreadsheet keeps it, not a text that looks like one
book.save("errors.xlsx")

kept = openpyxl.load_workbook("errors.xlsx", data_only=True).active
same("openpyxl itself", [row[0] for row in kept.iter_rows(min_row=2, values_only=True)], [*ERRORS, 5, None])


def told(engine):
    """The first column as pandas gives it, NaN by that name, and what it makes of the text NA."""
    frame = pandas.read_excel("errors.xlsx", engine=engine, dtype=object, keep_default_na=False, na_filter=False)
    return ["NaN" if value != value else value for value in frame["数量"]], sorted(set(frame["说明"]))


same("pandas with openpyxl", told("openpyxl"), (["NaN", "NaN", "NaN", 5, ""], ["NA"]))
same("pandas with calamine", told("calamine"), (["", "", "", 5, ""], ["NA"]))
sums = [float(pandas.read_excel("errors.xlsx", engine=engine)["数量"].sum()) for engine in ("openpyxl", "calamine")]
same("sum of the column", sums, [5.0, 5.0])
PYTHON
venv/bin/python run.py
echo 'as described'
