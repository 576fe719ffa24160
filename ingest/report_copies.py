"""The tables of a report in any copy: what the grids leave open is looked for in what is printed.

``report_tables`` reads tables whose rows and cells the file tells; what it does not find is assigned
(``report_assignment``) from the labels and figures of the part, in the order in which they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from domain import Note
from forms import Form, all_forms, load_form, value_at
from ingest.blocks import Block, TableGrid, TextParagraph
from ingest.report_assignment import Assignment, assign2, assign3, assign4
from ingest.report_labels import Labels, bare, choose_form
from ingest.report_tables import BLANK_ROW, read_tables
from ingest.report_tokens import pieces

_ASSIGN: dict[str, Callable[[Sequence[tuple[int, Block]], Labels], Assignment]] = {
    "table2": assign2,
    "table3": assign3,
    "table4": assign4,
}
_NAMES = {"table2": "表二", "table3": "表三", "table4": "表四"}
_OF_ROWS = frozenset({"row-unread", "row-missing", "row-strange", "no-headings", "rows-open"})
_ABSENT = object()
_HEADINGS = 24  # lines of headings above the first figures of a table
_LABEL_LINE = 120  # characters; longer lines are no pieces of a label
_MEANT = 0.8  # of a line's characters are of the table's labels: a heading that the copy has torn


@dataclass
class CopiedTables:
    """``tables`` in the shapes of the figures, ``form`` ("" for none); ``used`` are the numbers of the blocks they
    stand in, ``open`` the tables some of whose figures could not be placed."""

    tables: dict[str, Any]
    form: str
    notes: list[Note]
    used: set[int] = field(default_factory=set)
    open: set[str] = field(default_factory=set)


def read_copy(blocks: Sequence[Block], parts: Sequence[int], year: int = 0) -> CopiedTables:
    """The three tables of a report; ``parts`` tells for each block which part (1 to 6, 0 before) it stands in."""
    tables, named, notes = read_tables((block for block in blocks if isinstance(block, TableGrid)), year)
    found = CopiedTables(tables, named, list(notes))
    form = load_form(named) if named else choose_form(_texts(blocks, parts), all_forms(), year)
    labels = Labels(form)
    headings = {at for at in range(1, len(parts)) if parts[at] != parts[at - 1]}
    for part, table in enumerate(_ASSIGN, start=2):
        if missing := _missing(form, table, found.tables[table]):
            _complete(found, labels, table, missing, _regions(blocks, parts, part), headings)
    _blank_rows(found, form)
    if not found.form and any(found.tables.values()):
        found.form = form.year
    return found


def _blank_rows(found: CopiedTables, form: Form) -> None:
    """Put in, with blanks, the rows of table 3 that are printed without a figure and that nothing else gave."""
    blank = {note.about for note in found.notes if note.code == BLANK_ROW} & set(
        _missing(form, "table3", found.tables["table3"])
    )
    labels = {row.label for row in form.rows if row.key in blank}
    for key in blank:
        found.tables["table3"][key] = dict.fromkeys(column.key for column in form.columns)
    gone = [note for note in found.notes if note.code == "row-missing" and note.about in labels]
    found.notes = [note for note in found.notes if note.code != BLANK_ROW and note not in gone]


def _texts(blocks: Sequence[Block], parts: Sequence[int]) -> list[str]:
    """The labels printed in the parts with tables, also the words that stand on one line with others."""
    printed = [piece.text for piece in pieces(_of(blocks, parts, (2, 3, 4)) or list(enumerate(blocks)))]
    return printed + [word for text in printed for word in text.split() if word != text]


def _of(blocks: Sequence[Block], parts: Sequence[int], wanted: tuple[int, ...]) -> list[tuple[int, Block]]:
    return [(at, block) for at, block in enumerate(blocks) if parts[at] in wanted]


def _regions(blocks: Sequence[Block], parts: Sequence[int], part: int) -> list[list[tuple[int, Block]]]:
    """Where a table may stand: in its part, then anywhere (two tables in one, a heading that is lost)."""
    return [_of(blocks, parts, (part,)), list(enumerate(blocks)) if part in (2, 3) or part not in parts else []]


def _missing(form: Form, table: str, rows: dict[str, Any]) -> dict[str, str]:
    """{key of a row: its label} of those that the grids did not give."""
    if table == "table2":
        return {row.key: row.label for block in form.table2 for row in block.rows if not _has2(rows, block, row)}
    lines = form.rows if table == "table3" else form.cases
    return {line.key: line.label for line in lines if line.key not in rows}


def _has2(rows: dict[str, Any], block: Any, row: Any) -> bool:
    return any(value_at(rows, block.key(row, column), _ABSENT) is not _ABSENT for column in block.columns)


def _complete(
    found: CopiedTables,
    labels: Labels,
    table: str,
    missing: dict[str, str],
    regions: list[list[tuple[int, Block]]],
    headings: set[int],
) -> None:
    """Put in the missing rows that a region gives, and one note on those that stay open."""
    own, anywhere = (_ASSIGN[table](region, labels) for region in regions)
    chosen, region = (own, regions[0]) if own.rows or not anywhere.rows else (anywhere, regions[1])
    rows = {key: cells for key, cells in chosen.rows.items() if key in missing}
    for key, cells in rows.items():
        _put(found.tables[table], table, key, cells)
    if rows:
        found.used |= _lines(region, chosen.used, labels) - headings
    left = _missing(labels.form, table, found.tables[table])
    given = {missing[key] for key in missing if key not in left}
    told = {note.about for note in found.notes if note.code == "row-unread"}
    doubtful = [
        label
        for label in own.open
        if any(label.endswith(name) and not any(name in about for about in told) for name in left.values())
    ]
    found.notes = [note for note in found.notes if not _settled(note, _NAMES[table], given, left, bool(doubtful))]
    found.notes += _open(_NAMES[table], doubtful)
    found.open |= {table} if doubtful else set()


def _put(rows: dict[str, Any], table: str, key: str, cells: dict[str, Any]) -> None:
    if table != "table2":
        rows[key] = cells
        return
    for name, value in cells.items():
        *outer, last = name.split(".")
        inside = rows
        for step in outer:
            inside = inside.setdefault(step, {})
        inside[last] = value


def _settled(note: Note, table: str, given: set[str], left: dict[str, str], asked: bool) -> bool:
    """Whether a note on a row of the table no longer holds: its figures have been found, or are asked about."""
    if note.code not in _OF_ROWS or not str(note).startswith(table):
        return False
    if any(name in note.about for name in given) or asked and note.about == table:
        return True
    return bool(given) and not left


def _open(table: str, labels: list[str]) -> list[Note]:
    """A note that names the rows that stay open, ``about`` them a line each; none for no rows."""
    some = "、".join(f"“{label}”" for label in labels[:3])
    more = f"等{len(labels)}行" if len(labels) > 3 else ""
    said = f"{table}{some}{more}的数字在这份文件里排列不整齐，分不出各是哪一格，没有读入；请对照原件"
    return [Note("rows-open", said, "\n".join(labels))] if labels else []


def _lines(region: list[tuple[int, Block]], used: set[int], labels: Labels) -> set[int]:
    """The blocks of a table: those of its figures, and the lines of labels above and between them."""
    if not used:
        return set()
    first, last = min(used), max(used)
    return used | {
        at
        for at, block in region
        if first - _HEADINGS <= at <= last + 2
        and isinstance(block, TextParagraph)
        and _is_label_line(block.text, labels)
    }


def _is_label_line(text: str, labels: Labels) -> bool:
    name = bare(re.sub(r"[|\d\s]+", "", text))
    if not name:
        return True
    if len(text) > _LABEL_LINE or text.endswith(("。", "；")):
        return False
    words = _words(labels.form.year)
    return (
        name in words
        or sum(char in words for char in name) >= _MEANT * len(name)
        and len(name) < 60
        and "，" not in text
    )


@cache
def _words(year: str) -> str:
    """All that a form's tables print, for telling a torn heading from a sentence."""
    form = load_form(year)
    two = [
        text
        for block in form.table2
        for text in (block.item, block.heading, *(e.label for e in (*block.columns, *block.rows)))
    ]
    three = [form.note, form.applicants_heading, form.organisations_heading, form.outcome_heading]
    three += [text for row in form.rows for text in (row.group, row.label)] + [column.label for column in form.columns]
    four = [
        form.litigation_heading,
        *(e.label for e in (*form.cases, *form.results)),
        *(case.ledger for case in form.cases),
    ]
    return "".join(map(bare, (*two, *three, *four, "单位：件", "单位：万元")))
