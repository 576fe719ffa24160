"""What lies on a user's desk: kept by the office, and held open by each browser session."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from domain import LedgerResult, UnusableInput, User
from services import Gongkai

NO_LEDGER = "还没有台账：请先在“数据”页上传台账"


@dataclass(frozen=True, eq=False)
class Desk:
    """The ledger in work.

    A copy of what the office keeps (``Desk.of``), so that closing the browser or restarting the
    server loses nothing: whatever changes is kept first. ``eq=False``: Gradio tells whether a
    session's state changed by its hash, and figures are dicts.
    """

    ledger: LedgerResult | None = None

    @classmethod
    def of(cls, services: Gongkai, user: User) -> Desk:
        """The user's desk as the office keeps it; UnusableInput where its ledger can no longer be read."""
        return cls(services.ledgers.on_desk(user))

    def figures(self) -> LedgerResult:
        """The ledger's result; UnusableInput while there is none."""
        if self.ledger is None:
            raise UnusableInput(NO_LEDGER)
        return self.ledger


def ledger_file(services: Gongkai, user: User) -> Path:
    """Where the ledger on the user's desk is kept; UnusableInput while there is none."""
    if (held := services.ledgers.desk(user).ledger) is None:
        raise UnusableInput(NO_LEDGER)
    return held.path


def temporary_folder(services: Gongkai) -> Path:
    """Where uploads and files for download wait. Ledgers hold personal data: it is emptied at each start.

    Each of several workbenches has one of its own, for it alone knows whose its uploads are.
    """
    folder = services.choices.settings.home.resolve() / "temporary" / services.jobs.name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
