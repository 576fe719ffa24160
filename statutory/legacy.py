"""Workbooks of the old .xls kind, read in a process of their own.

xlrd tells error values and merged cells, which calamine takes for blanks. What a damaged or hostile
.xls does to its reader (endless loops, gigabytes of memory) ends with the child, not the workbench.
"""

from __future__ import annotations

import pickle
import subprocess
import sys

from statutory.marginalia import Marginalia

_SECONDS = 300
# Prints a list of (sheet, rows from the first, error cells, merged ranges, struck rows, hidden rows, comments
# by row, whether the sheet is hidden), all counted from 0.
_READ = """
import pickle, sys
import xlrd
from xlrd.xldate import xldate_as_datetime
try:
    book = xlrd.open_workbook(file_contents=sys.stdin.buffer.read(), formatting_info=True, logfile=sys.stderr)
except xlrd.XLRDError as error:
    if "encrypted" not in str(error):
        raise
    sheets = None
else:
    def value(cell):
        if cell.ctype == xlrd.XL_CELL_DATE:
            moment = xldate_as_datetime(cell.value, book.datemode)
            return moment if moment.time().isoformat() != "00:00:00" else moment.date()
        return "" if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR) else cell.value
    sheets = []
    for sheet in book.sheets():
        rows = [sheet.row(number) for number in range(sheet.nrows)]
        errors = [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.ctype == xlrd.XL_CELL_ERROR]
        merged = [((top, left), (below - 1, right - 1)) for top, below, left, right in sheet.merged_cells]
        fonts = [book.font_list[form.font_index].struck_out for form in book.xf_list]
        struck = [r for r, row in enumerate(rows) if any(fonts[c.xf_index or 0] for c in row if c.value != "")]
        hidden = [r for r, about in sheet.rowinfo_map.items() if about.hidden]
        notes = {}
        for (r, c), note in sheet.cell_note_map.items():
            notes[r] = (notes.get(r, "") + " " + note.text).strip()
        values = [[value(cell) for cell in row] for row in rows]
        sheets.append((sheet.name, values, errors, merged, struck, hidden, notes, bool(sheet.visibility)))
sys.stdout.buffer.write(pickle.dumps(sheets))
"""


class DamagedWorkbook(Exception):
    """The workbook cannot be read."""


class Locked(Exception):
    """The workbook asks for a password."""


def read_xls(data: bytes) -> list[tuple[str, list[list[object]], list, list, Marginalia]]:
    """Every sheet's name, rows (from the first), error cells, merged ranges and marks; DamagedWorkbook or Locked."""
    try:
        child = subprocess.run([sys.executable, "-I", "-c", _READ], input=data, capture_output=True, timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DamagedWorkbook from error
    if child.returncode:
        raise DamagedWorkbook
    sheets = pickle.loads(child.stdout)  # what our own child has just written
    if sheets is None:
        raise Locked
    return [
        (
            name,
            rows,
            errors,
            merged,
            Marginalia({r + 1 for r in struck}, {r + 1 for r in hidden}, _from_one(notes), shut),
        )
        for name, rows, errors, merged, struck, hidden, notes, shut in sheets
    ]


def _from_one(notes: dict[int, str]) -> dict[int, str]:
    return {row + 1: said for row, said in notes.items()}
