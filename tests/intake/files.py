"""Files as offices keep them: a workbook, delimited text, a zip."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from openpyxl import Workbook


def book(path: Path, sheets, merged=()) -> Path:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name[:31])
        for row in rows:
            sheet.append(row)
        for span in merged:
            sheet.merge_cells(span)
    workbook.save(path)
    return path


def text(path: Path, rows, encoding: str, delimiter: str) -> Path:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


def zipped(paths, path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for one in paths:
            package.write(one, one.name)
    return path
