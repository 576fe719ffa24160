"""Grids of a published report → tables 2, 3 and 4 in the shapes of ``domain.Figures``.

Rows and columns are found by the labels of the form's definition, never by their place alone, so
that group labels on a first row only, spans, spacers, extra rows and page breaks do not shift a
figure. A row that cannot be lined up with its columns stays absent and is noted: no figure is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import count
from typing import Any

from domain import Cell, Note
from forms import Block, Form, all_forms, axes, value_at
from ingest.blocks import TableGrid
from ingest.report_cells import read_cell
from ingest.report_columns import Columns, PrintedLine, is_value, under_headings
from ingest.report_labels import Labels, choose_form

_NO_UNITS: Mapping[Any, str] = {}
BLANK_ROW = "row-blank"
"""Of a note on a row with nearly a label of the form's and no figure; ``about`` is its key."""
_WIDEST = 200  # places across, spans written out; the widest printed table has some twenty cells


def read_tables(
    grids: Iterable[TableGrid], year: int = 0, forms: tuple[Form, ...] = ()
) -> tuple[dict[str, Any], str, tuple[Note, ...]]:
    """(tables, form, notes): ``tables`` has table2, table3, table4; ``form`` is "2021", "2019" or "".

    The form is told by its labels among ``forms`` (all that are defined), where they do not tell by
    the report ``year``. Keys are the form's own; a row that is not there is absent.
    """
    grids = [grid for grid in grids if all(len(row) <= _WIDEST for row in grid.rows)]
    cells = {cell for grid in grids for row in grid.rows for cell in row}
    reading = _Reading(choose_form(cells, forms or all_forms(), year))
    for grid in grids:
        reading.read(grid)
    return reading.result()


class _Reading:
    """The state of one report's reading: which table the rows belong to, and what was found."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.labels = Labels(form)
        self.tables: dict[str, dict[str, Any]] = {"table2": {}, "table3": {}, "table4": {}}
        self.notes: list[Note] = []
        self.seen = False
        self.table = ""  # which a row without a heading of its own belongs to: page breaks cut tables
        self.headings: list[PrintedLine] = []
        self.below = False  # rows of figures came since the last heading
        self.given: set[int] = set()  # printed cells that gave a figure already

    def read(self, grid: TableGrid) -> None:
        if self.table == "table4" and self.tables["table4"]:
            self.table = ""  # what follows table 4 is a table of the office's own, unless it has headings
        self.given = set()
        numbers = count()
        strangers: list[Note] = []
        rows_read = self._rows_read()
        for at, row in enumerate(grid.rows):
            printed = grid.printed[at] if grid.printed else tuple(next(numbers) for _ in row)
            strangers += self._line(PrintedLine(tuple(cell.strip() for cell in row), printed))
        if self._rows_read() > rows_read:
            self.notes += strangers

    def _rows_read(self) -> int:
        return sum(map(len, self.tables.values()))

    def _line(self, line: PrintedLine) -> list[Note]:
        """Read one row; what is returned tells a row with figures that the form does not have."""
        texts = [cell for cell in line.cells if cell]
        numbers = any(_is_number(cell) for cell in texts)
        heading = self.labels.heading(texts) if texts and not numbers else ""
        if heading:
            self._head(heading, line)
        elif self.table == "table2":
            return self._row2(line)
        elif self.table == "table3" or not self.table and self._begins3(line):
            return self._row3(line)
        elif self.table == "table4" and numbers:
            self._row4(line)
        return []

    def _head(self, heading: str, line: PrintedLine) -> None:
        table = "table2" if heading == "item" else heading
        if table == "table2" or table != self.table or self.below:
            self.headings = []
        if heading != "item":
            self.headings.append(line)
        self.table, self.below, self.seen = table, False, True

    def _begins3(self, line: PrintedLine) -> bool:
        """A table 3 without any heading begins with its first row."""
        found = self.labels.row3(line.cells)
        if not found or found[1].role != "received" or len(line.starts(found[0])) < len(self.form.columns):
            return False
        self.table, self.headings, self.seen = "table3", [], True
        return True

    def _values(
        self, line: PrintedLine, label: int, columns: Columns, name: str, units: Mapping[Any, str] = _NO_UNITS
    ) -> dict[Any, Cell] | None:
        """The row's cells by key; None and a note where they do not line up with the headings."""
        values = columns.values(line, label)
        cells = {line.printed[at] for at in line.starts(label) if _is_number(line.cells[at])}
        if values is None:
            self.notes.append(Note("row-unread", f"{name}一行的单元格数目与表头不符，没有读入", name))
        elif cells & self.given:
            said = f"{name}一行的数值与上一行是合并单元格，分不出各是多少，没有读入"
            self.notes.append(Note("row-unread", said, name))
            return None
        self.given |= cells
        return None if values is None else {key: read_cell(text, units.get(key, "")) for key, text in values.items()}

    def _put(self, table: dict[str, Any], key: str, value: Any, name: str) -> None:
        if key in table and table[key] != value:
            self.notes.append(Note("row-doubled", f"{name}一行出现两次且数值不同，取第一次的数值", name))
        table.setdefault(key, value)
        self.below = True

    # --- table 2: each block has a heading row that names its value columns

    def _row2(self, line: PrintedLine) -> list[Note]:
        found = self.labels.row2(line.cells)
        if found is None:
            return _stranger(line, "表二")
        label, block, row = found
        name = f"表二“{row.label}”"
        columns = self._columns2(block, name)
        units = {column.key: column.unit for column in block.columns}
        values = (self._values(line, label, columns, name, units) if columns else None) or {}
        for column in block.columns:
            if column.key in values:
                self._put2(block.key(row, column), values[column.key], f"{name}{column.label}")
        return []

    def _columns2(self, block: Block, name: str) -> Columns | None:
        def key_of(texts: list[str]) -> str | None:
            return next((found.key for text in texts if (found := self.labels.column2(block, text))), None)

        columns = under_headings(self.headings, key_of, lambda text: False)
        if any(key is not None for key in columns.keys):
            self._note_units(block)
            self._note_strange(columns, "表二")
            return columns
        if self.headings:
            self.notes.append(Note("row-unread", f"{name}上方的列标题不是格式中的，没有读入", name))
            return None
        self.notes.append(Note("no-headings", f"{name}上方没有列标题，按格式的顺序读入", name))
        return Columns(tuple(column.key for column in block.columns))

    def _note_units(self, block: Block) -> None:
        for cell in (cell for line in self.headings for cell in line.cells):
            column = self.labels.column2(block, cell)
            if column and column.unit == "万元" and "元" in cell and column.unit not in "".join(cell.split()):
                self.notes.append(Note("other-unit", f"表二“{cell}”的单位不是万元，数值按原样读入"))

    def _note_strange(self, columns: Columns, table: str) -> None:
        strange = [" ".join(text.split()) for text in columns.strange]
        self.notes += [Note("column-strange", f"{table}有格式以外的一列“{text}”，没有读入", text) for text in strange]

    def _put2(self, key: str, value: Cell, name: str) -> None:
        *outer, last = key.split(".")
        table = self.tables["table2"]
        for step in outer:
            table = table.setdefault(step, {})
        self._put(table, last, value, name)

    # --- table 3: rows by label, columns by heading

    def _row3(self, line: PrintedLine) -> list[Note]:
        found = self.labels.row3(line.cells)
        if found is None:
            return _stranger(line, "表三")
        label, row, exact = found
        behind = [line.cells[at] for at in line.starts(label)]
        if any(text and not is_value(text) for text in behind) and not any(map(_is_number, behind)):
            return []  # headings that name an outcome
        values = self._values(line, label, self._columns3(), f"表三“{row.label}”")
        if values is None:
            return []
        if not exact and all(value is None for value in values.values()):
            self.notes.append(Note(BLANK_ROW, f"表三“{row.label}”一行是空白的", row.key))
            return []  # the rest of a label that went over two rows, or a row that is left blank
        if not exact:
            printed = "".join(line.cells[label].split())
            self.notes.append(Note("row-read-as", f"表三“{printed}”一行按“{row.label}”读入", row.label))
        cells = {column.key: values[column.key] for column in self.form.columns}
        self._put(self.tables["table3"], row.key, cells, f"表三“{row.label}”")
        return []

    def _columns3(self) -> Columns:
        """The columns under the headings; in the form's own order where these are incomplete."""

        def key_of(texts: list[str]) -> str | None:
            return next((found.key for text in reversed(texts) if (found := self.labels.column3(text))), None)

        columns = under_headings(self.headings, key_of, self.labels.is_group3)
        plain = [column.key for column in self.form.columns]
        if sorted(key for key in columns.keys if key is not None) != sorted(plain):
            return Columns(tuple(plain))
        self._note_strange(columns, "表三")
        return columns

    # --- table 4: one row of fifteen, or one for each kind of case

    def _row4(self, line: PrintedLine) -> None:
        label, starts = -1, line.starts()
        if len(starts) % len(self.form.results) and line.cells[0] and not is_value(line.cells[0]):
            label = line.end(0) - 1  # 数量: a label that the form does not have
        values = self._values(line, label, self._columns4(len(line.cells)), "表四") or {}
        for case in self.form.cases:
            cells = {
                result.key: values[case.key, result.key]
                for result in self.form.results
                if (case.key, result.key) in values
            }
            if cells:
                self._put(self.tables["table4"], case.key, cells, f"表四“{case.ledger}”")

    def _columns4(self, width: int) -> Columns:
        """(case, result) by place where the headings tell, else all cases that are named, in the form's order."""
        columns = under_headings(self.headings, self.labels.cell4, lambda text: False)
        named = {case for line in self.headings for text in line.cells if (case := self.labels.case(text))}
        keys = [(case.key, result.key) for case in self.form.cases if case.key in named for result in self.form.results]
        told = columns.width == width and len(columns.keys) == len(keys) and set(columns.keys) == set(keys)
        return columns if told else Columns(tuple(keys))

    def result(self) -> tuple[dict[str, Any], str, tuple[Note, ...]]:
        if self.tables["table2"]:
            rows = {
                row.label: [block.key(row, column) for column in block.columns]
                for block in self.form.table2
                for row in block.rows
            }
            self.notes += [
                Note("row-missing", f"表二缺少“{label}”一行", label)
                for label, keys in rows.items()
                if all(value_at(self.tables["table2"], key, _ABSENT) is _ABSENT for key in keys)
            ]
        for name, words in (("table3", "表三"), ("table4", "表四")):
            table = self.tables[name]
            missing = [row for row in axes(self.form, name)[0] if table and row.key not in table]
            self.notes += [Note("row-missing", f"{words}缺少“{row.label}”一行", row.label) for row in missing]
        return self.tables, self.form.year if self.seen else "", tuple(dict.fromkeys(self.notes))


_ABSENT = object()


def _is_number(cell: str) -> bool:
    return isinstance(read_cell(cell), (int, Decimal))


def _stranger(line: PrintedLine, table: str) -> list[Note]:
    """A note on a row of figures whose label the form does not have."""
    label = next((cell for cell in reversed(line.cells) if cell and not is_value(cell)), "")
    if label and any(map(_is_number, line.cells)):
        printed = "".join(label.split())
        return [Note("row-strange", f"{table}有格式以外的一行“{printed}”，没有读入", printed)]
    return []
