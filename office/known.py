"""What was read and found of files, by a key of their content, so that no workbench does it again.

It can be made again from the files: nothing is lost with a row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from office.database import Database, upsert
from office.schema import known

_KEPT_FOR = timedelta(days=400)  # a report is compared with next year's
_AT_ONCE = 500


class KeptKnown:
    """Texts by a kind (at most 16 characters) and a key (at most 64)."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def get(self, kind: str, keys: Collection[str]) -> dict[str, str]:
        """Those of the keys that are known."""
        found: dict[str, str] = {}
        wanted = list(keys)
        with self._database.read() as connection:
            for start in range(0, len(wanted), _AT_ONCE):
                part = (known.c.kind == kind) & known.c.key.in_(wanted[start : start + _AT_ONCE])
                found |= {row.key: row.content for row in connection.execute(select(known).where(part))}
        return found

    def put(self, kind: str, contents: Mapping[str, str]) -> None:
        """Keep texts by their keys; those that nobody has kept anew for long go."""
        now = self._clock()
        with self._database.write() as connection:
            connection.execute(delete(known).where(known.c.at < now - _KEPT_FOR))
            for key, content in contents.items():
                connection.execute(
                    upsert(connection, known, {"kind": kind, "key": key}, {"content": content, "at": now})
                )
