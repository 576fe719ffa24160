"""Where a figure comes from: its formula and the workbook rows that it counts, read again.

Rows are shown with every heading, personal data masked. In the sheets of applicants and parties
(依申请公开, 复议诉讼) whatever stands outside the known columns may name a person, so it is masked
as a whole unless its heading says that it cannot; the office looks it up in its own workbook.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from domain import LedgerResult, Number, Provenance, UnusableInput, plain_numbers
from statutory.aliases import Aliases, load_aliases
from statutory.dates import read_date
from statutory.headings import find_headings
from statutory.layout import LAYOUTS, SERIAL, SheetLayout
from statutory.naming import name_sheets
from statutory.remarks import Remarks
from statutory.rows import is_blank
from statutory.workbook import RawSheet, open_ledger

MASKED = "***"
_OF_PERSONS = ("依申请公开", "复议诉讼")
_PERSONAL = re.compile(
    r"姓名|申请人|当事人|相对人|原告|联系|电话|手机|身份证|证件|住址|邮箱|微信|QQ|经办人|承办人|负责人"
)

_IMPERSONAL = re.compile(r"方式|渠道|途径|期限|天数|状态|类型|类别|日期|时间|是否")


@dataclass(frozen=True)
class CountedRow:
    """A workbook row: ``cells`` maps its headings to their contents as text."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "sheet": self.sheet, "cells": dict(self.cells)}


@dataclass(frozen=True)
class Explanation:
    """A figure with how it was computed and the rows that it counts."""

    key: str
    value: Number
    provenance: Provenance
    rows: tuple[CountedRow, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "value": plain_numbers(self.value),
            "formula": self.provenance.formula,
            "sheet": self.provenance.sheet,
            "rows": [row.as_json() for row in self.rows],
        }


def explain(
    path: Path, result: LedgerResult, key: str, mask: Callable[[str], str], aliases: Path | None = None
) -> Explanation:
    """The figure ``key`` of ``result``, which was computed from the ledger at ``path``.

    ``aliases`` is the office's own alias file that it was computed with; ``mask`` takes identity and phone
    numbers out of a text. UnusableInput where there is no such figure, naming close ones.
    """
    value, provenance = _figure(result, key)
    parts = provenance.parts or (provenance.sheet,) * len(provenance.rows)
    wanted: dict[str, list[int]] = {}
    for part, row in zip(parts, provenance.rows):
        wanted.setdefault(part, []).append(row)
    words = load_aliases(aliases)
    named = name_sheets(open_ledger(path).sheets, words, Remarks(path.name)) if wanted else {}
    found = {raw.part: (name, raw) for name, sheets in named.items() for raw in sheets}
    rows = [
        row for part, numbers in wanted.items() if part in found for row in _rows(*found[part], numbers, words, mask)
    ]
    if len(rows) < len(provenance.rows):
        raise UnusableInput(f"台账“{path.name}”在计算之后有改动，请重新计算后再查看“{key}”的来源")
    return Explanation(key, value, provenance, tuple(rows))


def _figure(result: LedgerResult, key: str) -> tuple[Number, Provenance]:
    figures = result.figures.flat()
    if key in figures:
        return figures[key], result.provenance[key]
    derived = {fact.key: fact for fact in result.derived}
    if key in derived:
        return derived[key].value, derived[key].provenance
    close = get_close_matches(key, [*figures, *derived], 5, 0.6)
    advice = f"相近的有：{'、'.join(close)}" if close else "全部名称见 gongkai tables --json 的 provenance 和 derived"
    raise UnusableInput(f"没有名为“{key}”的数字，{advice}")


def _rows(
    name: str, raw: RawSheet, numbers: Sequence[int], words: Aliases, mask: Callable[[str], str]
) -> list[CountedRow]:
    layout = LAYOUTS[name]
    at, columns = find_headings(raw, layout, words.headings.get(name, {}))
    meant = {index: name for name, index in columns.items()}
    headings = _headings([cell if not is_blank(cell) else meant.get(index) for index, cell in enumerate(raw.grid[at])])
    found = []
    for number in numbers:
        if raw.first_row <= number < raw.first_row + len(raw.grid):
            row = raw.grid[number - raw.first_row]
            found.append(CountedRow(raw.part, number, _shown(row, headings, meant, layout, mask)))
    return found


def _headings(row: Sequence[object]) -> list[str]:
    """Each column's heading as it stands; 第3列 where there is none, told apart where it is repeated."""
    named: list[str] = []
    for index, cell in enumerate(row, start=1):
        heading = "" if is_blank(cell) else re.sub(r"\s+", "", str(cell))
        named.append(
            heading if heading and heading not in named else f"{heading}（第{index}列）" if heading else f"第{index}列"
        )
    return named


def _shown(
    row: Sequence[object],
    headings: Sequence[str],
    meant: Mapping[int, str],
    layout: SheetLayout,
    mask: Callable[[str], str],
) -> dict[str, str]:
    """The cells of a row by heading; blank cells under no heading are left out."""
    filled = {heading.name: heading.filled for heading in layout.headings} | {SERIAL: "text"}
    hidden = {index for index in range(len(row)) if _is_personal(index, headings, meant, layout, filled)}
    names = [str(row[index]).strip() for index in hidden if len(str(row[index]).strip()) > 1]
    cells: dict[str, str] = {}
    for index, cell in enumerate(row):
        heading = headings[index] if index < len(headings) else f"第{index + 1}列"
        kind = filled.get(meant.get(index, ""), "")
        if is_blank(cell):
            cells |= {} if re.fullmatch(r"第\d+列", heading) else {heading: ""}
            continue
        text = MASKED if index in hidden else mask(_text(cell, kind))
        if kind not in ("date", "choice"):  # an applicant called 自然人 does not hide the column of that name
            for name in names:
                text = text.replace(name, MASKED)
        cells[heading] = text
    return cells


def _is_personal(
    index: int, headings: Sequence[str], meant: Mapping[int, str], layout: SheetLayout, filled: Mapping[str, str]
) -> bool:
    if index in meant:
        return filled[meant[index]] == "personal"
    heading = headings[index] if index < len(headings) else ""
    if _PERSONAL.search(heading):
        return True
    return layout.name in _OF_PERSONS and not _IMPERSONAL.search(heading)


def _text(cell: object, kind: str) -> str:
    """A cell as text; a date, also as a serial number, as 2025-03-15."""
    if kind == "date" and isinstance(cell, (float, int, date)):
        return str(read_date(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return re.sub(r"\s*\n\s*", " ", str(cell).strip())
