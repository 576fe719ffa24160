"""Any file that an office keeps rows in becomes grids: workbooks, delimited text, a website's HTML table.

What a file is, its content tells and not its name: many a website's ".xls" is an HTML page. A grid
keeps its rows as they stand, with the row numbers that the user sees, and which rows are hidden.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from domain import UnusableInput
from statutory.remarks import row_list
from statutory.workbook import sheets_of

Span = tuple[tuple[int, int], tuple[int, int]]
_MOST = 200 * 1024 * 1024
_SHOWN_PLACES = 8
_MOST_ROWS, _MOST_CELLS = 300_000, 6_000_000
_BLANKS = re.compile("[\\s\u200b\ufeff]+")
_DELIMITERS = "\t,;|，；"
_HTML = re.compile(rb"<(?:!doctype html|html|table|meta|body|tr)\b", re.IGNORECASE)


@dataclass(frozen=True)
class CellGrid:
    """A sheet as it stands. Rows and columns are counted from 0; the user's row is ``first + index``.

    ``rows`` hold cells as read (``Unusable`` where a formula failed), ``merged`` the merged ranges,
    ``hidden`` the indexes of rows that are hidden (not by a filter), ``struck`` of rows struck through.
    ``away``: the sheet itself is hidden. ``places``: where each row stands, where it is no row of a sheet
    (a form of its own, a column of a table on its side).
    """

    file: str
    sheet: str
    rows: list[list[object]]
    merged: tuple[Span, ...] = ()
    hidden: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    first: int = 1
    away: bool = False
    places: tuple[str, ...] = ()

    def row(self, index: int) -> int:
        return self.first + index

    def where(self, rows: Iterable[int]) -> str:
        """How messages call rows, given by the user's numbers."""
        if not self.places:
            return f"第{row_list(rows)}行"
        return "、".join(self.places[row - self.first] for row in list(rows)[:_SHOWN_PLACES])

    @property
    def source(self) -> str:
        """The file and the sheet, as a row's provenance names them."""
        return f"{self.file}{f'／{self.sheet}' if self.sheet else ''}"

    @property
    def name(self) -> str:
        """How messages call it: the file, and the sheet where the file has several."""
        return f"“{self.file}”工作表“{self.sheet}”" if self.sheet else f"“{self.file}”"


def read_grids(path: Path, name: str = "") -> tuple[list[CellGrid], list[str]]:
    """The grids of a file and warnings; UnusableInput says in one sentence why it cannot be used.

    ``name`` is what users call the file, where it lies under another.
    """
    name = name or path.name
    data = _content(path, name)
    warnings: list[str] = []
    if data.startswith((b"PK", bytes.fromhex("d0cf11e0a1b11ae1"))):
        grids = _workbook(Path(name), data, warnings)
    elif _HTML.search(data[:4096].replace(b"\0", b"")):
        grids = _html(name, data)
    else:
        grids = [_text(name, data)]
    _check_size(name, grids)
    return [grid for grid in grids if any(any(not is_empty(cell) for cell in row) for row in grid.rows)], warnings


def is_empty(cell: object) -> bool:
    if not isinstance(cell, str):
        return cell is None
    return not cell or not (cell[0].isalnum() or _BLANKS.sub("", cell))


def _content(path: Path, name: str) -> bytes:
    try:
        if path.stat().st_size > _MOST:
            raise UnusableInput(f"“{name}”超过{_MOST >> 20}MB，不是正常的台账，没有打开")
        data = path.read_bytes()
    except OSError as error:
        raise UnusableInput(f"“{name}”无法读取，请确认有读取权限，并且没有被其他程序占用") from error
    if not data.strip():
        raise UnusableInput(f"“{name}”是空文件")
    return data


def _check_size(name: str, grids: Iterable[CellGrid]) -> None:
    for grid in grids:
        if len(grid.rows) > _MOST_ROWS or sum(map(len, grid.rows)) > _MOST_CELLS:
            raise UnusableInput(f"{grid.name}有{len(grid.rows)}行，远多于正常的台账，没有读入")


# --- workbooks ----------------------------------------------------------------------------------------


def _workbook(file: Path, data: bytes, warnings: list[str]) -> list[CellGrid]:
    return [
        CellGrid(
            file.name,
            raw.name,
            [list(row) for row in raw.grid],
            tuple(raw.merged),
            frozenset(row - raw.first_row for row in raw.marks.hidden),
            frozenset(row - raw.first_row for row in raw.marks.struck),
            raw.first_row,
            raw.marks.concealed,
        )
        for raw in sheets_of(file, data, warnings)
    ]


# --- text ---------------------------------------------------------------------------------------------


def decoded(name: str, data: bytes) -> str:
    """Text in UTF-8, UTF-16 or GB18030; UnusableInput where it is none of them."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif data[:2000].count(b"\0") > len(data[:2000]) // 8:
        encodings = ("utf-16-le", "utf-16-be")
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not _unprintable(text):
            return text
    raise UnusableInput(f"“{name}”不是工作簿，也不是 UTF-8、UTF-16 或 GB18030 编码的文本，无法读取")


def _unprintable(text: str) -> bool:
    sample = text[:4000]
    return sum(char < " " and char not in "\t\r\n" for char in sample) > len(sample) // 50


def _text(name: str, data: bytes) -> CellGrid:
    if data[:5].lower() == b"%pdf-":
        raise UnusableInput(f"“{name}”是 PDF：台账请用导出它的系统导出 Excel 或 CSV（上年报告可以是 PDF）")
    if _is_picture(data):
        raise UnusableInput(f"“{name}”是图片，图片里的表格不能读成数字，请提供 Excel、CSV 或网页表格")
    text = decoded(name, data)
    delimiter = _delimiter(text)
    if delimiter is None:
        raise UnusableInput(f"“{name}”是文本，但没有用逗号、制表符或分号分开的列，不能作为表格读取")
    try:
        rows: list[list[object]] = [
            [cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise UnusableInput(f"“{name}”不是正确的 CSV 文件，请用 Excel 或 WPS 另存为 CSV") from error
    return CellGrid(name, "", rows)


def _is_picture(data: bytes) -> bool:
    return data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")) or data[8:12] == b"WEBP"


def _delimiter(text: str) -> str | None:
    """The character that parts the most lines into one number of cells."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]
    best, most = None, 0
    for char in _DELIMITERS:
        counts = [_parts(line, char) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 1
        if usual > 1 and counts.count(usual) * usual > most:
            best, most = char, counts.count(usual) * usual
    return best


def _parts(line: str, delimiter: str) -> int:
    return len(next(csv.reader([line], delimiter=delimiter), []))


# --- HTML ---------------------------------------------------------------------------------------------


def _html(name: str, data: bytes) -> list[CellGrid]:
    """Every table of a page that holds no other table."""
    from lxml import html

    try:
        page = html.fromstring(_html_text(name, data))
    except (ValueError, html.etree.ParserError) as error:
        raise UnusableInput(f"“{name}”是网页，但无法读取其中的表格") from error
    tables = [table for table in page.iter("table") if not any(inner is not table for inner in table.iter("table"))]
    grids = [_html_grid(name, f"表{at}" if len(tables) > 1 else "", table) for at, table in enumerate(tables, 1)]
    if not grids:
        raise UnusableInput(f"“{name}”是网页，其中没有表格")
    return grids


def _html_text(name: str, data: bytes) -> str:
    """The page's text: a declared encoding is believed only where it fits."""
    text = decoded(name, data)
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _html_grid(name: str, sheet: str, table: object) -> CellGrid:
    rows: list[list[object]] = []
    merged: list[Span] = []
    taken: set[tuple[int, int]] = set()
    for at, line in enumerate(table.iter("tr")):  # type: ignore[attr-defined]
        cells: list[object] = []
        for cell in line:
            if cell.tag not in ("td", "th"):
                continue
            while (at, len(cells)) in taken:
                cells.append("")
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            column = len(cells)
            cells += [" ".join(cell.text_content().split()), *[""] * (wide - 1)]
            if wide > 1 or high > 1:
                merged.append(((at, column), (at + high - 1, column + wide - 1)))
                taken |= {(at + down, column + right) for down in range(1, high) for right in range(wide)}
        rows.append(cells)
    return CellGrid(name, sheet, rows, tuple(merged))


def _span(cell: object, name: str) -> int:
    value = cell.get(name, "1").strip()  # type: ignore[attr-defined]
    return min(int(value), 1000) if value.isascii() and value.isdigit() and int(value) else 1
