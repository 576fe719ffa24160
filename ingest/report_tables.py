"""Grids of a published report → tables 2, 3 and 4 in the shapes of ``domain.Figures``.

Rows and columns are found by the labels of the form's definition, never by their place alone, so
that group labels on a first row only, spans, extra rows and page breaks do not shift a figure. A row
that cannot be lined up with its columns stays absent and is noted: no figure is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any, Iterable

from domain import Cell
from forms import Form, Row, load_form
from ingest.blocks import Grid, fold

_NUMBER = re.compile(r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?$")
_LEADING_ZERO = re.compile(r"^[+-]?0\d")
_VALUE = re.compile(r"^[\s\d.,+\-—–－/／\\、%]*$")
# Labels of the trial format (国办公开办函〔2019〕60号), which the 2021 form does not have.
_TRIAL_LABELS = ("本年新制作数量", "上一年项目数量", "第二十条第九项")
_TRIAL_OTHER = Row("other", "（六）其他处理", role="outcome")
_LEAST_PREFIX = 4  # characters of a label that may stand for the whole of it


def read_cell(text: str | None) -> Cell:
    """The cell as printed: int or Decimal, other text such as ``/``, None where it is blank."""
    raw = (text or "").strip(" \t\r\n　")
    if not raw:
        return None
    folded = unicodedata.normalize("NFKC", raw).replace("，", ",").replace("−", "-").replace("\n", "")
    if not _NUMBER.match(folded) or _LEADING_ZERO.match(folded):
        return raw
    plain = folded.replace(",", "").replace(" ", "")
    return Decimal(plain) if "." in plain else int(plain)


def read_tables(grids: Iterable[Grid]) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """(tables, form, notes): ``tables`` has table2, table3, table4; ``form`` is "2021", "2019" or ""."""
    reading = _Reading(load_form("2021"))
    for grid in grids:
        reading.read(grid)
    return reading.result()


class _Reading:
    """The state of one report's reading: which table the rows belong to, and what was found."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.table2: dict[str, Any] = {}
        self.table3: dict[str, dict[str, Cell]] = {}
        self.table4: dict[str, dict[str, Cell]] = {}
        self.notes: list[str] = []
        self.trial = False
        self.seen: set[str] = set()
        self.table3_goes_on = False  # a grid that a page break cut off has no heading of its own
        self.columns2 = {fold(column.label): column.key for block in form.table2 for column in block.columns}
        self.columns3 = {fold(column.label): column.key for column in form.columns}
        self.headings3 = {fold(form.organisations_heading), fold(form.applicants_heading)} | set(self.columns3)
        self.headings4 = {fold(form.litigation_heading), *(fold(case.label) for case in form.cases),
                          *(fold(result.label) for result in form.results)}  # fmt: skip

    def read(self, grid: Grid) -> None:
        rows = [tuple(cell.strip() for cell in row) for row in grid.rows]
        text = fold("".join(cell for row in rows for cell in row))
        self.trial = self.trial or any(label in text for label in _TRIAL_LABELS)
        if "本年新收" in text or ("商业企业" in text and "自然人" in text):
            self._read3(rows)
        elif "结果维持" in text:
            self._read4(rows)
        elif any(label in text for label in self.columns2) or self.trial and "处理决定数量" in text:
            self._read2(rows)
        elif self.table3_goes_on and any(self._row3(cell) for row in rows for cell in row):
            self._read3(rows)

    # --- table 2: each block has a heading row that names its value columns

    def _read2(self, rows: list[tuple[str, ...]]) -> None:
        self.seen.add("table2")
        columns: dict[int, str] = {}
        for row in rows:
            named = {at: key for at, cell in enumerate(row) if (key := self._column2(cell)) is not None}
            if named:
                columns = named
                self._note_unit(row)
                continue
            label = next((at for at, cell in enumerate(row) if self._row2(cell)), None)
            if label is None or not columns:
                continue
            item = self._row2(row[label])
            if item.key.startswith(("regulations", "normative")) and self.trial:
                continue  # 对外公开总数量 is no 现行有效件数: the trial format's counts are other counts
            if item.decimal and not any(key == "fees" for key in columns.values()):
                continue
            self._place2(item, columns, row)

    def _column2(self, cell: str) -> str | None:
        folded = fold(cell)
        if folded.startswith("本年收费金额"):
            return "fees"
        if self.trial:
            return "" if folded in ("处理决定数量", "本年处理决定数量") else None
        return next((key for label, key in self.columns2.items() if label == folded and key != "fees"), None)

    def _note_unit(self, row: tuple[str, ...]) -> None:
        for cell in row:
            if (folded := fold(cell)).startswith("本年收费金额") and "元" in folded and "万元" not in folded:
                self.notes.append(f"表二“{cell}”的单位不是万元，数值按原样读入")

    def _row2(self, cell: str) -> Row | None:
        folded = fold(cell)
        for block in self.form.table2:
            for row in block.rows:
                if folded in {fold(name) for name in (row.label, *row.aliases)}:
                    return row
        return None

    def _place2(self, item: Row, columns: dict[int, str], row: tuple[str, ...]) -> None:
        values: dict[str, Cell] = {}
        for at, key in columns.items():
            values.setdefault(key, read_cell(row[at]) if at < len(row) else None)
            if at >= len(row):
                self.notes.append(f"表二“{item.label}”一行缺少单元格")
        single = len(values) == 1
        found: Any = next(iter(values.values())) if single else values
        if item.key in self.table2 and self.table2[item.key] != found:
            self.notes.append(f"表二“{item.label}”一行出现两次且数值不同，取第一次的数值")
        self.table2.setdefault(item.key, found)

    # --- table 3: rows by label, columns by heading where spans are expanded, else the last seven

    def _read3(self, rows: list[tuple[str, ...]]) -> None:
        self.seen.add("table3")
        self.table3_goes_on = True
        places = self._places3(rows)
        for row in rows:
            if len({folded for cell in row if (folded := fold(cell)) in self.headings3}) > 1:  # a heading row
                continue
            matches = [(at, found) for at, cell in enumerate(row) if (found := self._row3(cell))]
            if not matches:
                self._note_extra3(row)
                continue
            at, item = matches[-1]
            cells = self._values3(row, at, places)
            if cells is None:
                self.notes.append(f"表三“{item.label}”一行的单元格数目与表头不符，没有读入")
            elif item.key in self.table3:
                if self.table3[item.key] != cells:
                    self.notes.append(f"表三“{item.label}”一行出现两次且数值不同，取第一次的数值")
            else:
                self.table3[item.key] = cells

    def _places3(self, rows: list[tuple[str, ...]]) -> list[int] | None:
        """The index of each value column by the heading rows; None where they do not line up."""
        places: dict[str, int] = {}
        width = max(len(row) for row in rows)
        for row in rows:
            if any(found and found.role == "received" for found in map(self._row3, row)):
                break
            for at, cell in enumerate(row):
                key = self.columns3.get(fold(cell))
                if key and len(row) == width:
                    places[key] = at
        order = [places.get(column.key) for column in self.form.columns]
        lined_up = None not in order and all(a < b for a, b in zip(order, order[1:]))
        return order if lined_up else None

    def _values3(self, row: tuple[str, ...], at: int, places: list[int] | None) -> dict[str, Cell] | None:
        keys = [column.key for column in self.form.columns]
        if places and at < places[0] and len(row) > places[-1]:
            values = [row[place] for place in places]
        else:
            values = list(row[at + 1 :])
            while len(values) > len(keys) and not values[0]:  # cells that a merged label covers
                values.pop(0)
        return dict(zip(keys, map(read_cell, values))) if len(values) == len(keys) else None

    def _row3(self, cell: str) -> Row | None:
        folded = fold(cell)
        if not folded or len(folded) > 60:
            return None
        rows = self.form.rows + ((_TRIAL_OTHER,) if self.trial else ())
        exact = {fold(name): row for row in rows for name in (row.label, row.ledger, *row.aliases) if name}
        if folded in exact:
            return exact[folded]
        if folded in ("合计", "本年度办理结果", fold("（六）其他处理")):
            return self.form.row("processed") if folded == "合计" else None
        near = {
            row.key: row
            for label, row in exact.items()
            if min(len(label), len(folded)) >= _LEAST_PREFIX and (label.startswith(folded) or folded.startswith(label))
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def _note_extra3(self, row: tuple[str, ...]) -> None:
        numbers = [cell for cell in row if isinstance(read_cell(cell), (int, Decimal))]
        label = next((cell for cell in reversed(row) if cell and not _VALUE.match(cell)), "")
        if numbers and label:
            self.notes.append(f"表三有格式以外的一行“{label}”，没有读入")

    # --- table 4: one row of fifteen

    def _read4(self, rows: list[tuple[str, ...]]) -> None:
        self.seen.add("table4")
        self.table3_goes_on = False
        width = len(self.form.cases) * len(self.form.results)
        headings = [at for at, row in enumerate(rows) if any(fold(cell) in self.headings4 for cell in row)]
        candidates = []
        for row in _without_doubled_columns(rows, headings[-1]) if headings else rows:
            cells = list(row)
            while len(cells) > width and not _is_value(cells[0]):
                cells.pop(0)
            candidates.append([read_cell(cell) for cell in cells])
        whole = [cells for cells in candidates if len(cells) == width]
        filled = [cells for cells in whole if any(cell is not None for cell in cells)] or whole
        if not filled:
            self.notes.append(f"表四没有{width}个数的一行，没有读入")
            return
        if len(filled) > 1:
            self.notes.append("表四有多行数据，取第一行")
        cells = iter(filled[0])
        self.table4 = {case.key: {result.key: next(cells) for result in self.form.results} for case in self.form.cases}

    def result(self) -> tuple[dict[str, Any], str, tuple[str, ...]]:
        form = "" if not self.seen else "2019" if self.trial else self.form.year
        if self.table3 and not self.trial:
            missing = [row.label for row in self.form.rows if row.key not in self.table3]
            self.notes += [f"表三缺少“{label}”一行" for label in missing]
        if self.table2 and not self.trial:
            labels = [row for block in self.form.table2 for row in block.rows]
            self.notes += [f"表二缺少“{row.label}”一行" for row in labels if row.key not in self.table2]
        tables = {"table2": self.table2, "table3": self.table3, "table4": self.table4}
        return tables, form, tuple(dict.fromkeys(self.notes))


def _without_doubled_columns(rows: list[tuple[str, ...]], last_heading: int) -> list[tuple[str, ...]]:
    """The rows below the headings less the columns that only repeat the one before (a cell that spans two).

    Neighbouring columns never have the same heading, so no column of figures is lost.
    """
    heading, below = rows[last_heading], rows[last_heading + 1 :]
    if any(len(row) != len(heading) for row in below):
        return below
    own = [at for at in range(len(heading)) if not at or heading[at] != heading[at - 1] or not heading[at]]
    if any(row[at] != row[at - 1] for row in below for at in range(len(heading)) if at not in own):
        return below
    return [tuple(row[at] for at in own) for row in below]


def _is_value(cell: str) -> bool:
    return bool(cell) and bool(_VALUE.match(unicodedata.normalize("NFKC", cell)))
