"""What a county collected from its organs: the figures of each year's reports, and the answers about the files.

Kept apart from the office's own figures: nothing here is answered with unless all organs, or one of them, are asked about.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import delete, func, insert, select, update

from domain import Number, User, YearFigures
from office.database import Database, upsert
from office.schema import collected, collection_answers


@dataclass(frozen=True)
class CollectedReport:
    """An organ's report as it counted: its file, its digest, its state, its figures by dotted key."""

    org: str
    year: int
    source: str
    digest: str
    status: str
    figures: Mapping[str, Number]


class CollectedReports:
    """One state for each year: a later run takes the place of the earlier one, whole."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._read: tuple[tuple[object, ...], list[YearFigures]] | None = None

    def replace(self, year: int, reports: Iterable[CollectedReport]) -> None:
        """Keep a year's reports in the place of those kept before."""
        self._read = None
        with self._database.write() as connection:
            connection.execute(delete(collected).where(collected.c.year == year))
            for row in self._rows(reports):
                connection.execute(insert(collected).values(row))

    def add(self, reports: Iterable[CollectedReport]) -> None:
        """Keep reports of years in which that organ has none yet."""
        self._read = None
        with self._database.write() as connection:
            for row in self._rows(reports):
                connection.execute(upsert(connection, collected, row))

    def _rows(self, reports: Iterable[CollectedReport]) -> Iterable[dict[str, object]]:
        for one in reports:
            figures = {key: str(value) for key, value in one.figures.items()}
            yield one.__dict__ | {"figures": json.dumps(figures), "at": self._clock()}

    def set_status(self, year: int, org: str, status: str) -> None:
        """Keep an organ's state after somebody returned or passed its report."""
        one = (collected.c.year == year) & (collected.c.org == org)
        with self._database.write() as connection:
            connection.execute(update(collected).where(one).values(status=status))

    def digests(self, year: int) -> dict[str, tuple[str, str]]:
        """Organ → (digest, file) of the reports that counted when the year was last collected."""
        with self._database.read() as connection:
            rows = connection.execute(select(collected).where(collected.c.year == year))
            return {row.org: (row.digest, row.source) for row in rows}

    def years(self) -> list[YearFigures]:
        """Every organ's figures of every year, the oldest first; read anew only where something was kept since."""
        with self._database.read() as connection:
            state = tuple(connection.execute(select(func.count(), func.max(collected.c.at))).one())
            if self._read and self._read[0] == state:
                return list(self._read[1])
            rows = connection.execute(select(collected).order_by(collected.c.year, collected.c.org)).all()
        years = [YearFigures(row.org, row.year, row.source, False, _numbers(row.figures)) for row in rows]
        self._read = (state, years)
        return list(years)

    def answer(self, year: int, answers: Mapping[str, str], by: User) -> None:
        """Keep answers to questions about a year's files; the latest to each counts."""
        with self._database.write() as connection:
            for key, choice in answers.items():
                values = {"choice": choice, "by": by.name, "at": self._clock()}
                connection.execute(upsert(connection, collection_answers, {"year": year, "key": key}, values))

    def answers(self, year: int) -> dict[str, str]:
        with self._database.read() as connection:
            rows = connection.execute(select(collection_answers).where(collection_answers.c.year == year))
            return {row.key: row.choice for row in rows}


def _numbers(written: str) -> dict[str, Number]:
    return {key: Decimal(value) if "." in value else int(value) for key, value in json.loads(written).items()}
