"""The value columns of a printed table: which figure stands under which heading.

Where the file tells the spans, a figure is taken by its place under a heading, so that spacers and
merged cells do not shift it; in ragged copies of a page, by its order among the row's cells. What fits
neither way is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ingest.report_cells import is_figure, read_cell

_VALUE = re.compile(r"[\s\d.,+\-—–－/／\\、%]+")


def is_value(text: str) -> bool:
    """Whether a cell looks like a figure or like what stands for none (``/``, ``-``)."""
    return bool(_VALUE.fullmatch(text)) or is_figure(text)


def fillings(texts: Sequence[str], width: int) -> list[tuple[str, ...]]:
    """The ways in which ``width`` cells stand in a row that blanks fill up at either end; none where it is too short.

    Which blanks only fill up is told by the row's sums, where the ways differ: one that adds up is the only one.
    """
    extra = len(texts) - width
    shifts = (at for at in range(extra + 1) if not any(texts[:at]) and not any(texts[at + width :]))
    ways = list(dict.fromkeys(tuple(texts[at : at + width]) for at in shifts))
    summed = [way for way in ways if adds_up(way)] if len(ways) > 1 else []
    totalled = [way for way in summed if way[-1]] if len(summed) > 1 else summed
    return totalled if len(totalled) == 1 else ways


def adds_up(cells: Sequence[str]) -> bool:
    """Whether the last of seven cells (table 3), or of each five (table 4), is the sum of those before it."""
    step = 7 if len(cells) == 7 else 5
    if len(cells) % step:
        return False
    for start in range(0, len(cells), step):
        numbers = [0 if not text else read_cell(text) for text in cells[start : start + step]]
        known = [number for number in numbers if isinstance(number, (int, Decimal))]
        if len(known) < step or sum(known[:-1]) != known[-1]:
            return False
    return True


@dataclass(frozen=True)
class PrintedLine:
    """A row of a grid: the texts at its places, and the number of the printed cell at each."""

    cells: tuple[str, ...]
    printed: tuple[int, ...]

    def starts(self, after: int = -1) -> list[int]:
        """The first place of each printed cell to the right of the cell at ``after``."""
        places = range(after + 1, len(self.cells))
        return [at for at in places if at == 0 or self.printed[at] != self.printed[at - 1]]

    def end(self, at: int) -> int:
        """The place behind the printed cell that starts at ``at``."""
        while at + 1 < len(self.cells) and self.printed[at + 1] == self.printed[at]:
            at += 1
        return at + 1


@dataclass(frozen=True)
class Columns:
    """Value columns from left to right. ``keys`` has None for a column that the form does not have.

    ``spans`` are the places that each reaches over in rows of ``width`` places; empty where the
    headings do not tell. ``strange`` are the headings that the form does not have.
    """

    keys: tuple[Any, ...]
    spans: tuple[tuple[int, int], ...] = ()
    width: int = 0
    strange: tuple[str, ...] = ()

    def values(self, line: PrintedLine, label: int) -> dict[Any, str] | None:
        """{key: text} of the cells to the right of the label; None where they do not line up."""
        found = self._by_place(line, label)
        return found if found is not None else self._by_order(line, label)

    def _by_place(self, line: PrintedLine, label: int) -> dict[Any, str] | None:
        if not self.spans or len(line.cells) != self.width or label >= self.spans[0][0]:
            return None
        found: dict[Any, str] = {key: "" for key in self.keys if key is not None}
        for at in line.starts(label):
            text, end = line.cells[at], line.end(at)
            under = [key for key, (left, right) in zip(self.keys, self.spans) if left < end and at < right]
            label_too = end <= self.spans[0][0] and not is_value(text)
            if not text or under == [None] or label_too:
                continue
            if len(under) != 1 or found[under[0]] not in ("", text):
                return None
            found[under[0]] = text
        return found

    def _by_order(self, line: PrintedLine, label: int) -> dict[Any, str] | None:
        texts = [line.cells[at] for at in line.starts(label)]
        last = max((at for at, text in enumerate(texts) if text and not is_value(text)), default=-1)
        if len(texts) - last > len(self.keys):  # labels, and cells that they cover
            texts = texts[last + 1 :]
        ways = fillings(texts, len(self.keys))
        if not self.keys or len(ways) != 1:
            return None
        return {key: text for key, text in zip(self.keys, ways[0]) if key is not None}


def under_headings(
    headings: list[PrintedLine], key_of: Callable[[list[str]], Any], is_group: Callable[[str], bool]
) -> Columns:
    """The columns under heading rows, in which ``is_group`` tells 法人或其他组织 from a column's own heading.

    ``key_of`` gives the key for the headings that stand above one another, None for none of the form's.
    """
    if not headings:
        return Columns(())
    if len({len(line.cells) for line in headings}) > 1:
        return _unfolded(headings, key_of, is_group)
    keys: list[Any] = []
    spans: list[tuple[int, int]] = []
    strange: list[str] = []
    bottom = headings[-1]
    for at in bottom.starts():
        key = key_of([line.cells[at] for line in headings])
        own = bottom.cells[at] and not is_group(bottom.cells[at])
        if key is None and not (keys and own):
            continue
        if keys and key is not None and keys[-1] == key:  # a heading that is printed in each place it covers
            spans[-1] = (spans[-1][0], bottom.end(at))
            continue
        keys.append(key)
        spans.append((at, bottom.end(at)))
        strange += [bottom.cells[at]] if key is None else []
    return Columns(tuple(keys), tuple(spans), len(bottom.cells), tuple(strange))


def _unfolded(
    headings: list[PrintedLine], key_of: Callable[[list[str]], Any], is_group: Callable[[str], bool]
) -> Columns:
    """Ragged heading rows as one: a group's heading gives way to the row below it."""
    rows = [[line.cells[at] for at in line.starts() if line.cells[at]] for line in headings]
    while rows and not any(key_of([cell]) is not None for cell in rows[0]):
        rows.pop(0)
    flat: list[str] = []
    for cell in rows[0] if rows else ():
        flat += rows[1] if is_group(cell) and len(rows) > 1 else [cell]
    keys = [(key_of([text]), text) for text in flat]
    while keys and keys[0][0] is None:
        keys.pop(0)
    return Columns(tuple(key for key, _ in keys), strange=tuple(text for key, text in keys if key is None))
