"""The three statutory tables as grids with spans, as the official form draws them.

Legal source of the layout: the annex of 国办公开办函〔2021〕30号, held as data in ``forms``.
Every renderer walks these grids, so that docx, html and md cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any, Mapping

from domain import Figures
from forms import Block, Form, Row


@dataclass(frozen=True)
class Cell:
    """One cell at (row, column), 0-based; ``heading`` cells are labels, the others figures."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    heading: bool = True


@dataclass(frozen=True)
class Grid:
    """A table: ``height`` × ``width`` places covered exactly once by ``cells``.

    ``heading_rows`` rows repeat when the table breaks across pages.
    """

    caption: str
    width: int
    height: int
    heading_rows: int
    cells: tuple[Cell, ...]

    def rows(self) -> list[list[Cell]]:
        """The cells that start in each row, from left to right."""
        return [
            sorted((cell for cell in self.cells if cell.row == row), key=lambda cell: cell.column)
            for row in range(self.height)
        ]


def grids(figures: Figures, form: Form) -> dict[str, Grid]:
    """The grids of table2, table3 and table4."""
    return {
        "table2": _table2(figures.table2, form),
        "table3": _table3(figures.table3, form),
        "table4": _table4(figures.table4, form),
    }


def written(value: Any) -> str:
    """A figure as it stands in a table: no thousands separator, no trailing zeros."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def _table2(values: Mapping[str, Any], form: Form) -> Grid:
    width = 1 + max(len(block.columns) for block in form.table2)
    cells: list[Cell] = []
    top = 0
    for block in form.table2:
        cells += _block(block, values, top, width)
        top += 2 + len(block.rows)
    return Grid(form.parts[1], width, top, 0, tuple(cells))


def _block(block: Block, values: Mapping[str, Any], top: int, width: int) -> list[Cell]:
    """An item of article 20: its title row, its heading row, its rows of figures."""
    cells = [Cell(top, 0, block.item, colspan=width), Cell(top + 1, 0, "信息内容")]
    span = (width - 1) // len(block.columns)
    for place, column in enumerate(block.columns):
        cells.append(Cell(top + 1, 1 + place * span, column.label, colspan=span))
    for line, row in enumerate(block.rows, start=top + 2):
        cells.append(Cell(line, 0, row.label))
        for place, column in enumerate(block.columns):
            value = values[row.key][column.key] if column.key else values[row.key]
            cells.append(Cell(line, 1 + place * span, written(value), colspan=span, heading=False))
    return cells


def _table3(values: Mapping[str, Mapping[str, int]], form: Form) -> Grid:
    left = 3
    width = left + len(form.columns)
    cells = [
        Cell(0, 0, form.note, rowspan=3, colspan=left),
        Cell(0, left, form.applicants_heading, colspan=len(form.columns)),
    ]
    organisations = [place for place, column in enumerate(form.columns) if column.organisation]
    cells.append(Cell(1, left + organisations[0], form.organisations_heading, colspan=len(organisations)))
    for place, column in enumerate(form.columns):
        if column.organisation:
            cells.append(Cell(2, left + place, column.label))
        else:
            cells.append(Cell(1, left + place, column.label, rowspan=2))
    cells += _row_labels(form, top=3)
    for line, row in enumerate(form.rows, start=3):
        for place, column in enumerate(form.columns):
            value = values[row.key][column.key]
            cells.append(Cell(line, left + place, written(value), heading=False))
    return Grid(form.parts[2], width, 3 + len(form.rows), 3, tuple(cells))


def _row_labels(form: Form, top: int) -> list[Cell]:
    """The three label columns: part, group, item; a label without a group spans what is free."""
    results = [line for line, row in enumerate(form.rows, start=top) if row.role in ("outcome", "processed")]
    cells = [Cell(results[0], 0, form.outcome_heading, rowspan=len(results))]
    lines = enumerate(form.rows, start=top)
    for group, members in groupby(lines, key=lambda item: item[1].group):
        members = list(members)
        if group:
            cells.append(Cell(members[0][0], 1, group, rowspan=len(members)))
        cells += [_row_label(line, row) for line, row in members]
    return cells


def _row_label(line: int, row: Row) -> Cell:
    if row.group:
        return Cell(line, 2, row.label)
    if row.role in ("outcome", "processed"):
        return Cell(line, 1, row.label, colspan=2)
    return Cell(line, 0, row.label, colspan=3)


def _table4(values: Mapping[str, Mapping[str, int]], form: Form) -> Grid:
    each = len(form.results)
    litigation = [place for place, case in enumerate(form.cases) if case.litigation]
    cells = [Cell(0, litigation[0] * each, form.litigation_heading, colspan=len(litigation) * each)]
    for place, case in enumerate(form.cases):
        left = place * each
        if case.litigation:
            cells.append(Cell(1, left, case.label, colspan=each))
        else:
            cells.append(Cell(0, left, case.label, rowspan=2, colspan=each))
        for offset, result in enumerate(form.results):
            cells.append(Cell(2, left + offset, result.label))
            cells.append(Cell(3, left + offset, written(values[case.key][result.key]), heading=False))
    return Grid(form.parts[3], len(form.cases) * each, 4, 3, tuple(cells))
