"""The three statutory tables as grids with spans, as the official form draws them.

Legal source of the layout: the annexes of 国办公开办函〔2021〕30号 and 〔2019〕60号, held as data in ``forms``.
Every renderer walks these grids, so that docx, html and md cannot differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain import Figures
from forms import Block, Form, value_at


@dataclass(frozen=True)
class Cell:
    """One cell at (row, column), 0-based; ``heading`` cells are labels, the others the figures of ``key``."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    heading: bool = True
    key: str = ""


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
    return table_grids({"table2": figures.table2, "table3": figures.table3, "table4": figures.table4}, form)


def table_grids(tables: Mapping[str, Any], form: Form) -> dict[str, Grid]:
    """The grids of tables in the shapes of the figures; a figure that is not there leaves its cell blank."""
    return {"table2": _table2(tables, form), "table3": _table3(tables, form), "table4": _table4(tables, form)}


def written(value: Any) -> str:
    """A figure as it stands in a table: no thousands separator, no trailing zeros, blank where unknown."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return str(value)


def _table2(tables: Mapping[str, Any], form: Form) -> Grid:
    width = 1 + max(len(block.columns) for block in form.table2)
    cells: list[Cell] = []
    top = 0
    for block in form.table2:
        cells += _block(block, tables, top, width)
        top += 2 + len(block.rows)
    return Grid(form.parts[1], width, top, 0, tuple(cells))


def _block(block: Block, tables: Mapping[str, Any], top: int, width: int) -> list[Cell]:
    """An item of article 20: its title row, its heading row, its rows of figures."""
    cells = [Cell(top, 0, block.item, colspan=width), Cell(top + 1, 0, block.heading)]
    edges = [1 + (width - 1) * place // len(block.columns) for place in range(len(block.columns) + 1)]
    for column, left, right in zip(block.columns, edges, edges[1:]):
        cells.append(Cell(top + 1, left, column.label, colspan=right - left))
    for line, row in enumerate(block.rows, start=top + 2):
        cells.append(Cell(line, 0, row.label))
        for column, left, right in zip(block.columns, edges, edges[1:]):
            key = f"table2.{block.key(row, column)}"
            text = written(value_at(tables, key, None))
            cells.append(Cell(line, left, text, colspan=right - left, heading=False, key=key))
    return cells


def _table3(tables: Mapping[str, Any], form: Form) -> Grid:
    left = form.label_columns
    paths = [
        (form.applicants_heading, form.organisations_heading) if column.organisation else (form.applicants_heading,)
        for column in form.columns
    ]
    top = 1 + max(map(len, paths))
    cells = [Cell(0, 0, form.note, rowspan=top, colspan=left)]
    cells += _tree([(*path, column.label) for path, column in zip(paths, form.columns)], top, left)
    cells += [_turned(cell, top) for cell in _tree([(*form.headings(row), row.label) for row in form.rows], left, 0)]
    for line, row in enumerate(form.rows, start=top):
        for place, column in enumerate(form.columns, start=left):
            key = f"table3.{row.key}.{column.key}"
            cells.append(Cell(line, place, written(value_at(tables, key, None)), heading=False, key=key))
    return Grid(form.parts[2], left + len(form.columns), top + len(form.rows), top, tuple(cells))


def _table4(tables: Mapping[str, Any], form: Form) -> Grid:
    paths, keys = [], []
    for case in form.cases:
        path = (form.litigation_heading, case.label) if case.litigation else (case.label,)
        paths += [(*path, result.label) for result in form.results]
        keys += [f"table4.{case.key}.{result.key}" for result in form.results]
    top = max(map(len, paths))
    cells = _tree(paths, top, 0, last_is_alone=True)
    for place, key in enumerate(keys):
        cells.append(Cell(top, place, written(value_at(tables, key, None)), heading=False, key=key))
    return Grid(form.parts[3], len(paths), top + 1, top, tuple(cells))


def _tree(paths: list[tuple[str, ...]], height: int, left: int, last_is_alone: bool = False) -> list[Cell]:
    """Headings over their columns, one path a column: shared ones merged, the levels filled to ``height``.

    A short path is filled up by its last heading, or with ``last_is_alone`` by the one above it.
    """
    above = 1 if last_is_alone else 0
    filled = []
    for path in paths:
        at = len(path) - above
        filled.append(path[:at] + (None,) * (height - len(path)) + path[at:])
    cells: list[Cell] = []
    for level in range(height):
        place = 0
        while place < len(filled):
            path, across = filled[place], 1
            shared = any(path[level + 1 :])  # a leaf is never merged with its neighbour
            while shared and place + across < len(filled) and filled[place + across][: level + 1] == path[: level + 1]:
                across += 1
            if path[level] is not None:
                down = 1
                while level + down < height and path[level + down] is None:
                    down += 1
                cells.append(Cell(level, left + place, path[level], rowspan=down, colspan=across))
            place += across
    return cells


def _turned(cell: Cell, top: int) -> Cell:
    """A heading over columns as a label beside rows."""
    return Cell(top + cell.column, cell.row, cell.text, rowspan=cell.colspan, colspan=cell.rowspan)
