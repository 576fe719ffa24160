"""The tables of a grid: where the headings stand, which rows are records, what stands above and between.

A sheet may hold several tables, one below another or side by side; headings in one, two or three rows,
merged or not; titles, units and section labels between; totals and signatures below; or no headings
at all. Nothing is dropped: every row that is no record is kept with what it was taken for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from intake.days import date_of
from intake.grids import CellGrid, is_empty
from intake.heading_rows import NUMERIC, SIGNATURE, cell_at, heading_blocks, is_value
from intake.words import is_heading, is_total
from statutory.spelling import fold

SECTION = "（分节标题）"
_DITTO = frozenset(("同上", "〃", "″", "同前", "同上行"))
_LETTERS = frozenset("甲乙丙丁戊己庚辛ABCDEFGHIJ①②③④⑤⑥⑦⑧⑨⑩")
_UNIT = re.compile(r"[（(]?(?:计量|金额|数量)?单位[：:].{1,8}")


@dataclass
class Table:
    """Records under headings. ``columns`` are columns of the grid, ``headings`` their words, one for each.

    ``records`` are indexes into the grid's rows, ``totals`` and ``aside`` those of rows that are none
    (what it was taken for), ``sections`` the label above each record where labels part the rows.
    ``derived`` are columns that stand in none of the grid's, by their heading: record → value.
    """

    grid: CellGrid
    title: str
    columns: list[int]
    headings: list[str]
    uppers: list[str]
    heading_rows: tuple[int, ...]
    records: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    aside: dict[int, str] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    derived: dict[str, dict[int, object]] = field(default_factory=dict)
    headless: bool = False
    part: int = 0

    @property
    def id(self) -> str:
        """The file, the sheet, and which of its tables: the name under which its confirmation goes."""
        return "/".join(filter(None, (self.grid.file, self.grid.sheet, str(self.part) if self.part else "")))

    @property
    def name(self) -> str:
        where = f"第{self.part}个表" if self.part else ""
        return f"{self.grid.name}{where}"

    def cell(self, record: int, column: int) -> object:
        """The cell of a record in the table's column (an index into ``headings``)."""
        if self.columns[column] < 0:
            return self.derived[self.headings[column]].get(record, "")
        row, at = self.grid.rows[record], self.columns[column]
        return row[at] if at < len(row) else ""

    def derive(self, heading: str, values: Mapping[int, object]) -> int:
        """Add a column that is read from others; its index."""
        if heading not in self.derived:
            self.columns.append(-1)
            self.headings.append(heading)
            self.uppers.append("")
        self.derived[heading] = dict(values)
        return self.headings.index(heading)

    def values(self, column: int) -> Iterator[object]:
        return (self.cell(record, column) for record in self.records)


def find_tables(grid: CellGrid) -> list[Table]:
    """The tables of a grid, in the order of their rows; none where nothing looks like rows and columns."""
    rows = _with_merges(grid)
    if not rows:
        return []
    starts = heading_blocks(grid, rows)
    tables: list[Table] = []
    if not starts:
        tables = _headless(grid, rows)
    for at, (first, last) in enumerate(starts):
        below = starts[at + 1][0] if at + 1 < len(starts) else len(rows)
        above = starts[at - 1][1] + 1 if at else 0
        tables += _below(grid, rows, first, last, below, _title(rows, above, first))
    tables = _joined(tables)
    if len(tables) > 1:
        for number, table in enumerate(tables, 1):
            table.part = number
    return tables


def _with_merges(grid: CellGrid) -> list[list[object]]:
    """The rows with a merged range's value in each of its cells, but for ranges over the whole width (titles)."""
    if not grid.merged:
        return grid.rows
    rows = [list(row) for row in grid.rows]
    width = max((len(row) for row in rows), default=0)
    for (top, left), (bottom, right) in grid.merged:
        if top >= len(rows) or left >= len(rows[top]) or (bottom == top and right - left + 1 >= max(width - 1, 3)):
            continue
        value = rows[top][left]
        if is_empty(value) or bottom - top > 5000 or right - left > 200:
            continue
        for at in range(top, min(bottom, len(rows) - 1) + 1):
            row = rows[at]
            row += [""] * (right + 1 - len(row))
            for column in range(left, right + 1):
                row[column] = value
    grid.rows[:] = rows
    return rows


# --- records ------------------------------------------------------------------------------------------


def _below(grid: CellGrid, rows: list[list[object]], first: int, last: int, end: int, title: str) -> list[Table]:
    width = max(len(row) for row in rows[first : last + 1])
    below, uppers = [""] * width, [""] * width
    for row in rows[first : last + 1]:
        for column, cell in enumerate(row):
            if not is_empty(cell) and (word := fold(str(cell))) != below[column]:
                uppers[column], below[column] = below[column] or uppers[column], word
    spread = ""
    for column in range(width):  # a group that is not merged stands over the blanks to its right
        own = fold(str(cell_at(rows[first], column))) if not is_empty(cell_at(rows[first], column)) else ""
        spread = own or (spread if last > first else "")
        if not uppers[column] and below[column] and last > first and spread != below[column]:
            uppers[column] = spread
    tables = []
    for left, right in _side_by_side(rows, below, last + 1, end):
        columns = [column for column in range(left, right) if below[column]]
        columns += [
            column for column in range(left, right) if not below[column] and _filled(rows, column, last + 1, end)
        ]
        columns.sort()
        table = Table(
            grid,
            title,
            columns,
            [below[column] or f"第{column + 1}列" for column in columns],
            [uppers[column] for column in columns],
            tuple(range(first, last + 1)),
        )
        _take_rows(table, rows, last + 1, end)
        tables.append(table)
    return tables


def _filled(rows: Sequence[Sequence[object]], column: int, start: int, end: int) -> bool:
    return any(not is_empty(cell_at(row, column)) for row in rows[start:end])


def _side_by_side(rows: Sequence[Sequence[object]], words: list[str], start: int, end: int) -> list[tuple[int, int]]:
    """The spans of columns that are tables of their own: parted by a blank column, or where the headings begin anew."""
    cuts = [0]
    for column in range(1, len(words)):
        gap = not words[column - 1] and bool(words[column]) and not _filled(rows, column - 1, start, end)
        again = words[column] and words[column] == words[cuts[-1]] and column - cuts[-1] > 1
        if gap or again:
            cuts.append(column)
    spans = list(zip(cuts, [*cuts[1:], len(words)]))
    known = [sum(is_heading(word) for word in words[left:right] if word) for left, right in spans]
    if len(spans) > 1 and all(number >= 2 for number in known):
        return spans
    return _beside_summary(rows, words, spans, known, start, end)


def _beside_summary(
    rows: Sequence[Sequence[object]],
    words: list[str],
    spans: list[tuple[int, int]],
    known: list[int],
    start: int,
    end: int,
) -> list[tuple[int, int]]:
    """A table with a small summary to its right, which has fewer rows, and numbers alone beside its labels."""
    if len(spans) != 2 or known[0] < 3 or sum(map(bool, words[spans[1][0] :])) > 3:
        return [(0, len(words))]
    filled = [
        sum(any(not is_empty(cell_at(row, c)) for c in range(*span)) for row in rows[start:end]) for span in spans
    ]
    return spans if filled[1] and filled[1] * 10 < filled[0] * 9 else [(0, len(words))]


def _take_rows(table: Table, rows: list[list[object]], start: int, end: int) -> None:
    section = ""
    headings = set(table.headings)
    lone = table.headings
    for at in range(start, end):
        row = rows[at]
        cells = [(column, row[column]) for column in table.columns if column < len(row) and not is_empty(row[column])]
        if not cells:
            continue
        first = cells[0][1]
        word = fold(first) if isinstance(first, str) else ""
        if word in headings and len(cells) > 1 and _are_headings(cells, headings):
            table.aside[at] = "重复的表头"
        elif not table.records and _are_column_numbers(cells):
            table.aside[at] = "列号"
        elif _is_total_row(cells):
            table.totals.append(at)
        elif (
            word
            and SIGNATURE.match(word)
            and not any(
                date_of(cell)
                for _, cell in cells[1:]
                if not isinstance(cell, str) or ":" not in cell.replace("：", ":")
            )
        ):
            table.aside[at] = "签字或说明"
        elif len({str(cell) for _, cell in cells}) == 1 and isinstance(first, str) and len(lone) > 2:
            if date_of(first) is None and not NUMERIC.fullmatch(word):
                section, table.aside[at] = word, "分节标题"
            else:
                table.aside[at] = "只有一格"
        elif (
            len(cells) == 1
            and len(lone) > 2
            and cells[0][0] == table.columns[0]
            and NUMERIC.fullmatch(str(first).removesuffix(".0"))
        ):
            table.aside[at] = "只有序号"
        else:
            table.records.append(at)
            if section:
                table.sections[at] = section
    _fill_dittos(table, rows)
    if table.sections and len(table.sections) == len(table.records):
        table.derive(SECTION, table.sections)


def _are_headings(cells: Sequence[tuple[int, object]], headings: Set[str]) -> bool:
    texts = {fold(cell) for _, cell in cells if isinstance(cell, str)}
    return texts <= headings and len(texts) == len(cells)


def _are_column_numbers(cells: Sequence[tuple[int, object]]) -> bool:
    """（1）（2）（3） or 甲 乙 1 2 below the headings: the numbers of the columns."""
    words = [fold(str(cell)).strip("（）()[]").removesuffix(".0") for _, cell in cells]
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 3]
    letters = [word for word in words if word in _LETTERS]
    return (
        len(words) >= 3
        and len(numbers) + len(letters) == len(words)
        and (numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else len(letters) >= 3)
    )


def _fill_dittos(table: Table, rows: list[list[object]]) -> None:
    """同上 is the value of the record above."""
    for before, at in zip(table.records, table.records[1:]):
        if _DITTO.isdisjoint(cell for cell in rows[at] if isinstance(cell, str)):
            continue
        for column in table.columns:
            if cell_at(rows[at], column) in _DITTO and not is_empty(above := cell_at(rows[before], column)):
                rows[at][column] = above


def _is_total_row(cells: Sequence[tuple[int, object]]) -> bool:
    return any(isinstance(cell, str) and (is_total(cell) or _total_with_number(cell)) for _, cell in cells[:2])


def _total_with_number(cell: str) -> bool:
    return bool(re.fullmatch(r"(?:合计|总计|共计|小计|累计)[：:]?共?\d+[条件次个份篇]?", fold(cell)))


def _title(rows: Sequence[Sequence[object]], above: int, first: int) -> str:
    """The words of the lines above the headings, the nearest last; not those of a signature or a unit."""
    said = []
    for row in rows[max(above, first - 6) : first]:
        texts = list(dict.fromkeys(fold(cell) for cell in row if isinstance(cell, str) and not is_empty(cell)))
        if 0 < len(texts) <= 3:
            said += [text for text in texts if not _UNIT.fullmatch(text)]
    return " ".join(said)[:120]


def _headless(grid: CellGrid, rows: list[list[object]]) -> list[Table]:
    """Rows of one width that hold dates or numbers, without headings: the columns are called by their place."""
    widths = [sum(not is_empty(cell) for cell in row) for row in rows]
    full = [at for at, width in enumerate(widths) if width >= 2]
    if not full:
        return []
    dated = [at for at in full if any(is_value(cell) for cell in rows[at])]
    if len(dated) * 2 < len(full):
        return []
    columns = [c for c in range(max(map(len, rows))) if _filled(rows, c, full[0], len(rows))]
    table = Table(
        grid,
        _title(rows, 0, full[0]),
        columns,
        [f"第{c + 1}列" for c in columns],
        [""] * len(columns),
        (),
        headless=True,
    )
    _take_rows(table, rows, full[0], len(rows))
    return [table]


def _joined(tables: list[Table]) -> list[Table]:
    """Tables of one sheet with the same headings are one: a heading repeated on each page, months one below another."""
    joined: list[Table] = []
    for table in tables:
        same = next((one for one in joined if _continues(one, table)), None)
        if same is None:
            if table.records or len(table.headings) > 1:
                joined.append(table)
            continue
        same.records += table.records
        same.totals += table.totals
        same.aside |= table.aside | dict.fromkeys(table.heading_rows, "重复的表头")
        same.sections |= table.sections
    return joined


def _continues(one: Table, other: Table) -> bool:
    own = re.sub(r"\d|[一二三四五六七八九十]|第|季度|月份?|年|上半|下半|（|）", "", one.title)
    its = re.sub(r"\d|[一二三四五六七八九十]|第|季度|月份?|年|上半|下半|（|）", "", other.title)
    return one.columns == other.columns and one.headings == other.headings and (own == its or not its)
