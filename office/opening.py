"""The office's own work, opened from the data folder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from domain import Finding, LedgerResult, UnusableInput, User, YearFigures
from office.attachments import Attachments
from office.audit import Audit
from office.collected import CollectedReports
from office.conversations import Conversations
from office.database import Database
from office.drafts import Drafts
from office.handed_in import HandedInFiles
from office.handover import Handover
from office.jobs import KeptJobs
from office.known import KeptKnown
from office.ledgers import Ledgers
from office.own import OwnFigures
from office.reviews import Decision, Reviews, Verdict
from office.sessions import Sessions
from office.told import Told
from office.users import Users


def _database(home: Path, url: str) -> Database:
    if not url:
        return Database(home / "office.db")
    from office.server import ServerDatabase

    return ServerDatabase(url, home / "office.db")


def _now() -> datetime:
    return datetime.now(UTC)


class Office:
    """Opens or makes ``office.db``, or the tables at ``url`` (PostgreSQL). Safe to share between threads;
    other processes, and other machines on a server, may have it open too. Files lie in ``home`` all the same.

    ``mask`` takes personal data out of questions, notes and the audit log; ``clock`` gives an aware time;
    ``rounds`` is the cost of a password's hash. UnusableInput where the file cannot be used.
    """

    def __init__(
        self,
        home: Path,
        mask: Callable[[str], str],
        clock: Callable[[], datetime] = _now,
        rounds: int = 12,
        url: str = "",
    ) -> None:
        self._database = _database(home, url)
        self.users = Users(self._database, clock, rounds)
        self.sessions = Sessions(self._database, clock)
        self.conversations = Conversations(self._database, clock, mask)
        self.attachments = Attachments(self._database, clock)
        self.ledgers = Ledgers(self._database, home / "ledgers", clock)
        self.drafts = Drafts(self._database, clock, mask)
        self.handover = Handover(self._database, clock, mask)
        self.told = Told(self._database, clock, mask)
        self.own_figures = OwnFigures(self._database, clock)
        self.collected = CollectedReports(self._database, clock)
        self.jobs = KeptJobs(self._database, clock)
        self.known = KeptKnown(self._database, clock)
        self.handed_in = HandedInFiles(self._database, home / "collected", clock)
        self.reviews = Reviews(self._database, clock)
        self.audit = Audit(self._database, clock, mask)

    def together(self) -> AbstractContextManager[Any]:
        """What is done within the block is kept as one, or not at all: an act and its line in the log."""
        return self._database.write()

    @property
    def single_user(self) -> bool:
        """Whether the desk is used without sign-in, because nobody has a password yet."""
        return self.users.single_user

    def needs_administrator(self) -> bool:
        return self.users.needs_administrator()

    def remember_figures(self, result: LedgerResult, source: str = "") -> YearFigures:
        return self.ledgers.remember_figures(result, source)

    def year_figures(self) -> list[YearFigures]:
        return self.ledgers.year_figures()

    def decide(self, report: str, finding: Finding, decision: Verdict, reason: str, by: User) -> Decision:
        return self.reviews.decide(report, finding, decision, reason, by)

    def decisions(self, report: str) -> dict[str, Decision]:
        return self.reviews.decisions(report)

    def damage(self) -> list[str]:
        """What of the office's files is not what was written, a sentence each, with the way back."""
        try:
            self._database.check()
            damaged = self.ledgers.damaged()
        except UnusableInput as error:
            return [str(error)]
        return [
            f"{each.org}{each.year}年的台账“{each.name}”（{each.path.name}）已损坏或不见了：请重新上传原来的文件，"
            "或用 gongkai restore 恢复最近的备份；算好的数字还在"
            for each in damaged
        ]

    def close(self) -> None:
        self._database.close()
