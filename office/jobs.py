"""Work that is shared out among workbenches: what is to be done, how far it is, what came of it.

A row is what everybody sees of a job; who does it next is the queue's business (``services.queue``).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import delete, func, insert, select, update

from domain import UnusableInput
from office.database import Database
from office.schema import jobs

JobState = Literal["waiting", "running", "done", "failed", "stopped"]
OVER = ("done", "failed", "stopped")
_KEPT_FOR = timedelta(days=400)  # as long as a year is looked at


@dataclass(frozen=True)
class KeptJob:
    """``what`` is being done, ``done`` of ``total``; ``result`` is JSON of a job that is done, the sentence of one that failed.

    ``unwanted`` says that somebody wants it stopped, ``who`` is the workbench that has it, ``attempts`` how often it was begun.
    """

    id: int
    kind: str
    given: Mapping[str, Any]
    by: str
    state: JobState
    what: str
    done: int
    total: int
    result: str
    unwanted: bool
    who: str
    attempts: int
    at: datetime

    @property
    def over(self) -> bool:
        return self.state in OVER


class KeptJobs:
    """UnusableInput for a job that there is not."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def add(
        self,
        kind: str,
        given: Mapping[str, Any],
        by: str,
        turn: str = "",
        queue: Callable[[Any, int], None] = lambda raw, id: None,
    ) -> int:
        """Keep a job, one of those that wait for each other (``turn``), and in the same transaction let ``queue`` (the driver's connection, the id) put it in the line."""
        now = self._clock()
        row = {
            "kind": kind,
            "turn": turn or kind,
            "given": json.dumps(given, ensure_ascii=False),
            "by": by,
            "state": "waiting",
            "what": "",
        }
        row |= {
            "done": 0,
            "total": 0,
            "result": "",
            "unwanted": False,
            "who": "",
            "attempts": 0,
            "at": now,
            "changed_at": now,
        }
        with self._database.write() as connection:
            connection.execute(delete(jobs).where(jobs.c.state.in_(OVER), jobs.c.changed_at < now - _KEPT_FOR))
            id = connection.execute(insert(jobs).values(row).returning(jobs.c.id)).scalar_one()
            queue(connection.connection.driver_connection, id)
        return id

    def get(self, id: int) -> KeptJob:
        with self._database.read() as connection:
            row = connection.execute(select(jobs).where(jobs.c.id == id)).first()
        if row is None:
            raise UnusableInput("没有这项工作，可能已经清理")
        return _job(row)

    def latest_done(self, turn: str) -> int | None:
        """The last job of that turn that was done; None where none was."""
        done = (jobs.c.turn == turn) & (jobs.c.state == "done")
        with self._database.read() as connection:
            return connection.execute(select(func.max(jobs.c.id)).where(done)).scalar()

    def begin(self, id: int, who: str) -> KeptJob:
        """Note that a workbench begins it, once more where somebody began it and did not come to an end; one that is over stays so."""
        open_ = (jobs.c.id == id) & jobs.c.state.not_in(OVER)
        values = {"state": "running", "who": who, "attempts": jobs.c.attempts + 1, "changed_at": self._clock()}
        with self._database.write() as connection:
            connection.execute(update(jobs).where(open_).values(values))
        return self.get(id)

    def advance(self, id: int, what: str, done: int, total: int) -> None:
        """Note how far it is."""
        self._change(id, {"what": what, "done": done, "total": total})

    def want_no_more(self, id: int) -> None:
        """Ask whoever does it to stop."""
        self._change(id, {"unwanted": True})

    def finish(self, id: int, state: JobState, result: str = "") -> None:
        """Note how it ended: JSON of what came of it, or the sentence that says why nothing did."""
        self._change(id, {"state": state, "result": result})

    def _change(self, id: int, values: dict[str, Any]) -> None:
        with self._database.write() as connection:
            open_ = (jobs.c.id == id) & jobs.c.state.not_in(OVER)
            connection.execute(update(jobs).where(open_).values(values | {"changed_at": self._clock()}))


def _job(row: Any) -> KeptJob:
    given = json.loads(row.given)
    return KeptJob(
        row.id,
        row.kind,
        given,
        row.by,
        row.state,
        row.what,
        row.done,
        row.total,
        row.result,
        row.unwanted,
        row.who,
        row.attempts,
        row.at,
    )
