"""A form for each record (申请人姓名 in A3, the name in B3), a sheet or a file of its own, and tables that lie on their side.

Forms with the same labels become one grid of a row each, and a table whose headings stand in its first column is
turned; ``places`` keep where each row stood. What is no such form is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from openpyxl.utils import get_column_letter

from intake.grids import CellGrid, is_empty
from intake.values import is_value_word
from intake.words import heading_word, is_heading, is_total, kinds, month_of, strength
from statutory.spelling import fold

_LEAST_LABELS = 3
_LONGEST_LABEL = 16
_LARGEST = 60  # rows of a form: more is a register
_HANDWRITTEN = ("签批", "签字", "签名", "意见", "盖章")


@dataclass(frozen=True)
class _Slip:
    """One form: label → cell, in the order in which they stand."""

    grid: CellGrid
    place: str
    cells: dict[str, object]


def gather_slips(grids: Iterable[CellGrid]) -> list[CellGrid]:
    """The grids, those that are forms of one kind put together as one grid with a row for each."""
    kept: list[CellGrid] = []
    groups: dict[tuple[str, ...], list[_Slip]] = {}
    for grid in grids:
        if turned := _turned(grid):
            kept.append(turned)
        elif slips := _slips_of(grid):
            for slip in slips:
                groups.setdefault(_kept_under(groups, slip), []).append(slip)
        else:
            kept.append(grid)
    return kept + [_together(slips) for slips in groups.values()]


def _kept_under(groups: dict[tuple[str, ...], list[_Slip]], slip: _Slip) -> tuple[str, ...]:
    """The labels of the group that a form belongs to: most of them are its own."""
    own = set(slip.cells)
    for labels in groups:
        if len(own & set(labels)) * 3 >= len(own | set(labels)) * 2:
            return labels
    return tuple(slip.cells)


def _together(slips: Sequence[_Slip]) -> CellGrid:
    labels = list(dict.fromkeys(label for slip in slips for label in slip.cells))
    files = list(dict.fromkeys(slip.grid.file for slip in slips))
    sheets = {slip.grid.sheet for slip in slips}
    name = files[0] if len(files) == 1 else f"{files[0]}等{len(files)}个文件"
    places = tuple(slip.place if len(files) == 1 else f"“{slip.grid.file}”{slip.place}" for slip in slips)
    rows: list[list[object]] = [list(labels), *([slip.cells.get(label, "") for label in labels] for slip in slips)]
    return CellGrid(name, next(iter(sheets)) if len(sheets) == 1 else "", rows, places=("", *places))


# --- forms --------------------------------------------------------------------------------------------


def _slips_of(grid: CellGrid) -> list[_Slip]:
    """The forms of a grid, one below another where a label comes again; none where it is a table."""
    if not len(grid.rows) >= 2:
        return []
    found: list[dict[str, object]] = [{}]
    starts, rows_with_labels = [0], 0
    for at, row in enumerate(grid.rows):
        pairs = _pairs(row)
        if pairs is None:
            return []
        rows_with_labels += bool(pairs)
        for label, cell in pairs:
            if label in found[-1]:
                if label != next(iter(found[-1])):
                    continue
                found.append({})
                starts.append(at)
            found[-1][label] = cell
        if len(found) == 1 and at > _LARGEST:
            return []
    filled = sum(any(not is_empty(cell) for cell in row) for row in grid.rows)
    if rows_with_labels < 3 * len(found) or rows_with_labels * 2 < filled or not all(map(_is_form, found)):
        return []
    if not any(cell != "" for cells in found for cell in cells.values()):
        return []  # a blank form
    many = len(found) > 1
    where = f"工作表“{grid.sheet}”" if grid.sheet else ""
    return [
        _Slip(grid, where + (f"第{grid.row(start)}行起" if many else ""), cells) for start, cells in zip(starts, found)
    ]


def _pairs(row: Sequence[object]) -> list[tuple[str, object]] | None:
    """Labels of a row with the cell to the right of each; None for a row of headings."""
    cells = [(column, cell) for column, cell in enumerate(row) if not is_empty(cell)]
    pairs: list[tuple[str, object]] = []
    labels = [column for column, cell in cells if _label(cell)]
    for number, column in enumerate(labels):
        following = labels[number + 1] if number + 1 < len(labels) else len(row)
        between = [cell for at, cell in cells if column < at < following]
        label = _label(row[column])
        if pairs and pairs[-1][0] == label:
            continue  # the label of a merged cell
        pairs.append((label, between[0] if between else ""))
    if len(pairs) > 2 and sum(cell == "" for _, cell in pairs) * 2 > len(pairs):
        return None
    return pairs


def _label(cell: object) -> str:
    """The heading that a cell is, "" for any other."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_LABEL or any(word in cell for word in _HANDWRITTEN):
        return ""
    word = fold(cell).rstrip("：:")
    known = word and not word[0].isdigit() and is_heading(word) and not is_value_word(word)
    return heading_word(word) if known else ""


def _is_form(cells: dict[str, object]) -> bool:
    """Whether the labels name enough columns of one kind, among them those that it must have."""
    if len(cells) < _LEAST_LABELS:
        return False
    for kind in kinds().values():
        named = {name: [label for label in cells if strength(kind.sheet, name, label) >= 0.3] for name in kind.columns}
        must = [column.name for column in kind.columns.values() if column.needed and not column.optional]
        if sum(bool(named[name]) for name in must) >= min(3, len(must)) and sum(map(bool, named.values())) >= 3:
            return True
    return False


# --- tables on their side -----------------------------------------------------------------------------


def _turned(grid: CellGrid) -> CellGrid | None:
    """A table of which the first column holds the headings, turned; None for any other."""
    if len(grid.rows) > 2 * _LARGEST:
        return None
    rows = [(at, row) for at, row in enumerate(grid.rows) if sum(not is_empty(cell) for cell in row) >= 2]
    if not 3 <= len(rows) <= _LARGEST:
        return None
    first = min(next(c for c, cell in enumerate(row) if not is_empty(cell)) for _, row in rows)
    labels = [_label(row[first]) for _, row in rows]
    width = max(len(row) for _, row in rows)
    if width - first < 3 or sum(map(bool, labels)) * 4 < len(labels) * 3 or len(set(labels)) < len(labels):
        return None
    if not _is_form(dict.fromkeys(filter(None, labels), "")):
        return None
    across = [_label(cell) for _, row in rows for cell in row[first + 1 :]]
    if any(across) or _months_across(rows[0][1]):
        return None
    words = [label or fold(str(row[first])) for label, (_, row) in zip(labels, rows)]
    columns = [c for c in range(first + 1, width) if any(c < len(row) and not is_empty(row[c]) for _, row in rows)]
    turned: list[list[object]] = [list(words)]
    turned += [[row[c] if c < len(row) else "" for _, row in rows] for c in columns]
    title = [list(row) for row in grid.rows[: rows[0][0]]]
    places = ("",) * (len(title) + 1) + tuple(f"第{get_column_letter(c + 1)}列" for c in columns)
    return replace(grid, rows=[*title, *turned], merged=(), hidden=frozenset(), struck=frozenset(), places=places)


def _months_across(row: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and (month_of(cell) or is_total(cell)) for cell in row[1:])
