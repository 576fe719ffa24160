"""Connections to PostgreSQL that a server which says nothing does not hold for ever.

The driver itself waits without end: a server that is stopped, not ended, keeps its connections and takes
what it is sent, so that neither ``connect_timeout`` nor the system's own limits ever notice.
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import Any

import psycopg

ANSWERS_WITHIN = 45.0
"""Seconds of silence borne while something is done: longer than anybody waits for another writer."""
PINGS_WITHIN = 10.0
"""The same where a connection is only asked whether it lives (the only thing that is done in no transaction)."""


class Connection(psycopg.Connection[Any]):
    """Closed, with OperationalError, once the server has said nothing for too long."""

    def wait(self, gen: Any, *arguments: Any, **options: Any) -> Any:
        seconds = PINGS_WITHIN if self.autocommit else ANSWERS_WITHIN
        return super().wait(self._limited(gen, seconds), *arguments, **options)

    def _limited(self, gen: Generator[Any, Any, Any], seconds: float) -> Generator[Any, Any, Any]:
        """``gen``, ended where it is told of nothing but waiting (by 0, ten times a second) for so long."""
        heard = time.monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = time.monotonic()
                elif time.monotonic() - heard > seconds:
                    self.pgconn.finish()
                    raise psycopg.OperationalError(f"{seconds:.0f} 秒没有回应")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value


def connect(dialect: Any, record: Any, arguments: Any, options: Any) -> Connection:
    """SQLAlchemy's ``do_connect``."""
    return Connection.connect(*arguments, **options)
