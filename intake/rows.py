"""Rows of the ledger with where they come from, and the rows that are open, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from intake.grids import is_empty
from intake.recognising import Reading
from intake.tables import Table
from statutory.spelling import fold, written


@dataclass(frozen=True)
class LedgerRow:
    """A row of the ledger: its cells by heading, and the file, sheet and row that it comes from."""

    cells: Mapping[str, object]
    table: Table
    record: int

    @property
    def source(self) -> str:
        grid = self.table.grid
        return f"{grid.source}{grid.where([grid.row(self.record)])}"


@dataclass
class Open:
    """Rows that count nowhere, each with the reason."""

    table: Table
    why: str
    rows: list[int] = field(default_factory=list)

    @property
    def said(self) -> str:
        return f"{self.table.grid.name}{self.table.grid.where(self.rows)}：{self.why}"


class OpenRows(dict[tuple[str, str], Open]):
    """What is open, by the table and the reason."""

    def __init__(self) -> None:
        super().__init__()
        self._left: set[tuple[str, str, int]] = set()

    def leave(self, table: Table, record: int, why: str) -> None:
        """Note that a record counts nowhere."""
        one = (table.id, why, table.grid.row(record))
        if one not in self._left:
            self._left.add(one)
            self.setdefault((table.id, why), Open(table, why)).rows.append(one[2])


def word_in(table: Table, reading: Reading, record: int, target: str) -> str:
    """What a record's cell of a column says, folded; "" where it is blank or there is no such column."""
    at = reading.columns.get(target)
    if at is None:
        return ""
    cell = table.cell(record, at)
    return "" if is_empty(cell) else fold(written(cell))
