"""The labels of one form's tables, found again in whatever spelling a published report prints them.

Spaces, line breaks, widths, numbering, punctuation and notes in brackets never matter. A label that is
only nearly one of the form's is told as such, and taken only where no other label could be meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cache

from forms import Block, Column, Form, Row

_NUMBERING = re.compile(r"[(][一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}[、.]|\d+")
_NOTE = re.compile(r"(?<=.)[(][^()]*[)]$")
_NOT_LETTERS = re.compile(r"[\W_]+")
_LONGEST = 80  # characters; more is a text and no label
_NEARLY = 0.8  # of the characters, in order
_LEAST_NEARLY = 5  # characters; shorter labels differ in single ones (予以公开, 不予公开)


@cache
def bare(text: str) -> str:
    """A label for comparison: （三）不予公开 1.属于 国家秘密 → 不予公开属于国家秘密."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return _NOT_LETTERS.sub("", _NUMBERING.sub("", text))


@cache
def spellings(text: str) -> tuple[str, ...]:
    """A label bare, and without the note in brackets that ends it."""
    without = _NOTE.sub("", re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)))
    return tuple(dict.fromkeys(name for name in (bare(text), bare(without)) if name))


class Labels:
    """The labels of one form, by table."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows3 = _row_names(form)
        self.columns3 = _index(form.columns)
        self.groups3 = {bare(form.applicants_heading), bare(form.organisations_heading)}
        self.corner = bare(form.note)[:8]
        self.cases = _index(form.cases)
        self.results = _index(form.results)
        self.litigation = bare(form.litigation_heading)
        self.items = {bare(block.item) for block in form.table2}
        self.rows2 = {
            name: (block, row)
            for block in form.table2
            for row in block.rows
            for label in (row.label, *row.aliases)
            for name in spellings(label)
        }
        self.columns2 = _index(tuple(column for block in form.table2 for column in block.columns))

    def row3(self, cells: tuple[str, ...]) -> tuple[int, Row, bool] | None:
        """(place of the label's last cell, row, whether exactly so) of a row of table 3 with values after it."""
        places = [at for at in range(len(cells) - 1) if 0 < len(cells[at]) <= _LONGEST and bare(cells[at])]
        for at in reversed(places):
            for name in spellings(cells[at]):
                if row := self.rows3.get(name):
                    return at, row, True
        for at in reversed(places):
            for start in places[: places.index(at)]:
                joined = "".join(dict.fromkeys(cells[start : at + 1]))
                for name in spellings(joined):
                    if row := self.rows3.get(name):
                        return at, row, True
        for at in reversed(places):
            if row := self.nearly(bare(cells[at])):
                return at, row, False
        return None

    def nearly(self, name: str) -> Row | None:
        """The one row whose label begins so, or differs in few characters."""
        if len(name) < _LEAST_NEARLY:
            return None
        begins = {
            row.key: row
            for label, row in self.rows3.items()
            if len(label) >= _LEAST_NEARLY and (label.startswith(name) or name.startswith(label))
        }
        if begins:
            return next(iter(begins.values())) if len(begins) == 1 else None
        near = {
            row.key: row
            for label, row in self.rows3.items()
            if len(label) >= _LEAST_NEARLY and _likeness(name, label) >= _NEARLY
        }
        return next(iter(near.values())) if len(near) == 1 else None

    def row2(self, cells: tuple[str, ...]) -> tuple[int, Block, Row] | None:
        """(place of the label, block, row) of a row of table 2."""
        for at in range(len(cells) - 2, -1, -1):
            for name in spellings(cells[at]):
                if found := self.rows2.get(name):
                    return at, *found
        return None

    def column3(self, cell: str) -> Column | None:
        return _find(self.columns3, cell)

    def column2(self, block: Block, cell: str) -> Column | None:
        return _find(_index(block.columns), cell)

    def is_group3(self, cell: str) -> bool:
        """申请人情况 or 法人或其他组织: a heading over several columns."""
        return bare(cell) in self.groups3

    def case(self, cell: str) -> str:
        """The key of a kind of case by its heading, "" for none."""
        return next((self.cases[name].key for name in spellings(cell) if name in self.cases), "")

    def cell4(self, texts: list[str]) -> tuple[str, str] | None:
        """(case, result) of the headings of table 4 that stand above one another."""
        case = next((key for text in reversed(texts) if (key := self.case(text))), "")
        results = (
            self.results[name].key for text in reversed(texts) for name in spellings(text) if name in self.results
        )
        result = next(results, "")
        return (case, result) if case and result else None

    def heading(self, cells: Iterable[str]) -> str:
        """Which table a row without numbers is a heading of: table2, table3, table4, item (of table 2), or ""."""
        names = {name for cell in cells if len(cell) <= _LONGEST for name in spellings(cell)}
        if any(_find(self.columns2, name) for name in names):
            return "table2"
        if names and names <= self.items:
            return "item"
        three = names & (self.columns3.keys() | self.groups3)
        four = names & (self.results.keys() | self.cases.keys() | {self.litigation})
        corner = any(name.startswith(self.corner) for name in names)
        if len(four) >= 2 and len(four) > len(three) or four and four == names:
            if not names <= self.columns3.keys():
                return "table4"
        if len(three) >= 2 or corner or names & self.groups3:
            return "table3"
        return ""


def choose_form(cells: Iterable[str], forms: tuple[Form, ...], year: int) -> Form:
    """The form that most labels are peculiar to; where none is, that of the year, else the latest."""
    printed = {name for cell in cells if len(cell) <= _LONGEST for name in spellings(cell)}
    names = {form.year: _all_names(form) for form in forms}

    def score(form: Form) -> tuple[int, bool, int]:
        others = set().union(*(own for other, own in names.items() if other != form.year))
        peculiar = len(printed & (names[form.year] - others))
        return peculiar, bool(year) and form.covers(year), form.first_report_year

    return max(forms, key=score)


@cache
def _all_names(form: Form) -> frozenset[str]:
    rows = [label for row in form.rows for label in (row.label, row.ledger, *row.aliases)]
    two = [entry for block in form.table2 for entry in (*block.columns, *block.rows)]
    labels = rows + [label for entry in (*two, *form.columns) for label in (entry.label, *entry.aliases)]
    return frozenset(name for label in labels for name in spellings(label))


def _row_names(form: Form) -> dict[str, Row]:
    """Each row by its label, alone and behind the labels to its left."""
    names: dict[str, Row] = {}
    for row in form.rows:
        headings = form.headings(row)
        for label in (row.label, row.ledger, *row.aliases):
            for start in range(len(headings) + 1):
                for name in spellings("".join(headings[start:]) + label) if label else ():
                    names.setdefault(name, row)
    return names


@cache
def _index(entries: tuple) -> dict:
    """Columns, results or cases by their labels."""
    return {
        name: entry
        for entry in entries
        for label in (entry.label, *getattr(entry, "aliases", ()))
        for name in spellings(label)
    }


def _find(index: dict, cell: str):
    """The entry of a heading cell; more may follow a label of five characters (本年收费金额 万元)."""
    for name in spellings(cell):
        if name in index:
            return index[name]
        begun = [label for label in index if len(label) >= _LEAST_NEARLY and name.startswith(label)]
        if begun:
            return index[max(begun, key=len)]
    return None


def _likeness(one: str, other: str) -> float:
    if sorted(one) == sorted(other):  # 投诉举报 for 举报投诉
        return 1.0
    matcher = SequenceMatcher(None, one, other)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEARLY else 0.0
