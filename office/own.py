"""Numerals that the office vouches for: who did, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from domain import OwnFigure, User
from office.database import Database, upsert
from office.schema import of_report, own_figures

_OF_REPORT = select(own_figures).where(of_report(own_figures)).order_by(own_figures.c.id)


class OwnFigures:
    """Those of every organ and year."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def vouch(self, org: str, year: int, text: str, clause: str, by: User) -> OwnFigure:
        """Keep that a numeral is right in its clause; who said so first stays named."""
        row = {"org": org, "year": year, "text": text, "clause": clause, "by": by.name, "at": self._clock()}
        with self._database.write() as connection:
            connection.execute(upsert(connection, own_figures, row))
        return next(one for one in self.all(org, year) if (one.text, one.clause) == (text, clause))

    def all(self, org: str, year: int) -> tuple[OwnFigure, ...]:
        """Every numeral that is vouched for in a report."""
        with self._database.read() as connection:
            rows = connection.execute(_OF_REPORT, {"org": org, "year": year})
            return tuple(OwnFigure(row.text, row.clause, row.by, row.at) for row in rows)
