"""What a ledger is once it is read: rows of data under known headings, sheet by sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from statutory.places import Place


@dataclass(frozen=True)
class Line:
    """A row of data: the known columns' cells, and a hash of the whole row to tell repetitions.

    ``person`` is a hash of the personal cells, 0 where they are blank; ``weight`` how many entries the
    row stands for; ``clock`` the cells that tell of the time to answer.
    """

    place: Place
    cells: dict[str, object]
    digest: int
    person: int = 0
    weight: int = 1
    clock: tuple[tuple[str, str, object], ...] = ()


@dataclass(frozen=True)
class TotalLine:
    """A 合计 row and the whole numbers on it."""

    place: Place
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class SheetRows:
    """All rows of one sheet, from every file that holds it; ``stated`` is by part the unit of money it states."""

    lines: tuple[Line, ...] = ()
    totals: tuple[TotalLine, ...] = ()
    stated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """A ledger as read: 基本信息 by key, the rows of each sheet, what is pending, and last year's figures where it holds them."""

    basics: Mapping[str, object]
    sheets: dict[str, SheetRows]
    pending: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
