"""A proposal becomes the nine-sheet workbook, which a hand can correct and ``statutory`` reads.

Each row says in its last column where it comes from. What no file and no person told stands on the
sheet 待核实: as long as a line is there, the tables are a draft.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

import durable
from domain import UnusableInput
from intake.proposing import Proposal
from statutory.layout import BASIC_KEYS, BASICS, LAYOUTS
from statutory.pending import HEADINGS, PENDING

SOURCE = "来源"


def write_ledger(proposal: Proposal, path: Path) -> None:
    """Write to ``path``; UnusableInput where questions are open, the file exists or cannot be written."""
    path = Path(path)
    if proposal.questions or proposal.problems:
        raise UnusableInput(f"还有{len(proposal.questions) + len(proposal.problems)}个问题没有解决，没有写出台账")
    if path.suffix.lower() != ".xlsx":
        raise UnusableInput(f"台账文件名“{path.name}”应以 .xlsx 结尾")
    partial = path.with_name(f".{path.name}.part")
    try:
        if path.exists():
            raise UnusableInput(f"“{path.name}”已经存在，不会覆盖，请换一个文件名")
        content = io.BytesIO()
        _workbook(proposal).save(content)
        partial.write_bytes(content.getvalue())
        durable.rename(partial, path)
    except OSError as error:
        raise UnusableInput(f"台账“{path}”没有写成：{durable.cause(error)}") from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def _workbook(proposal: Proposal) -> Workbook:
    book = Workbook(write_only=True)
    _fill(book.create_sheet(BASICS), ([key, _cell(proposal.basics.get(key))] for key in BASIC_KEYS))
    for name, layout in LAYOUTS.items():
        rows = proposal.rows.get(name, [])
        more = [
            heading
            for heading in dict.fromkeys(key for row in rows for key in row.cells)
            if heading not in {h.name for h in layout.headings}
        ]
        more = [heading for heading in more if any(row.cells.get(heading) is not None for row in rows)]
        headings = [*(heading.name for heading in layout.headings), *more]
        sheet = book.create_sheet(name)
        _fill(sheet, [[*headings, SOURCE]])
        _fill(sheet, ([*(_cell(row.cells.get(heading)) for heading in headings), row.source] for row in rows))
        if name == "汇总数据":
            _fill(
                sheet,
                (
                    [
                        line.name,
                        float(line.value) if line.value % 1 else int(line.value),
                        line.unit,
                        line.note,
                        *[None] * len(more),
                        "",
                    ]
                    for line in proposal.lines
                ),
            )
    if proposal.missing:
        pending = book.create_sheet(PENDING)
        _fill(pending, [list(HEADINGS)])
        _fill(pending, ([area.name, f"没有文件，也没有填写：{area.said}"] for area in proposal.missing))
    return book


def _fill(sheet: WriteOnlyWorksheet, rows: Iterable[list[object]]) -> None:
    for row in rows:
        sheet.append([_as_text(sheet, value) for value in row])


def _as_text(sheet: WriteOnlyWorksheet, value: object) -> object:
    """Text that begins like a formula stays text: it comes from other people's files and their names."""
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    cell = WriteOnlyCell(sheet, value=value)
    cell.data_type = "s"
    return cell


def _cell(value: object) -> object:
    """A day as a day."""
    if isinstance(value, date):
        return date(value.year, value.month, value.day)
    return value
