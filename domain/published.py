"""A published report as read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.basics import Note

Cell = int | Decimal | str | None
"""A table cell as printed: a number, other text such as ``/``, or ``None`` where it is blank."""


@dataclass(frozen=True)
class Section:
    """A part of a report: its heading as printed ("" for the text before any) and paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PublishedReport:
    """A finished report read back from a file.

    ``tables`` has the keys ``table2``, ``table3``, ``table4`` in the shapes of the figures, each
    leaf a ``Cell``; a row that is not there is absent. ``form`` is the year of the format
    ("2021"/"2019", "" where no table was recognised). ``posted`` is the day on which the page says
    that it was put up, None where it does not say.
    """

    org: str
    year: int
    title: str
    source: str
    digest: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Any]
    form: str = ""
    signature_date: date | None = None
    notes: tuple[Note, ...] = ()
    posted: date | None = None
