"""What the office said when it was asked for what no ledger knows, kept for next year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from domain import User
from office.database import Database, upsert
from office.schema import of_report, told

_OF_REPORT = select(told.c.key, told.c.text).where(of_report(told))


class Told:
    """Answers of every organ and year by the key of the question; "" is one that is to be left out."""

    def __init__(self, database: Database, clock: Callable[[], datetime], mask: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._mask = mask

    def keep(self, org: str, year: int, answers: Mapping[str, str], by: User) -> None:
        """Keep answers; the latest to a question counts."""
        with self._database.write() as connection:
            for key, text in answers.items():
                values = {"text": self._mask(text.strip()), "by": by.name, "at": self._clock()}
                connection.execute(upsert(connection, told, {"org": org, "year": year, "key": key}, values))

    def all(self, org: str, year: int) -> dict[str, str]:
        """A year's answers by the key of the question."""
        with self._database.read() as connection:
            rows = connection.execute(_OF_REPORT, {"org": org, "year": year})
            return {row.key: row.text for row in rows}
