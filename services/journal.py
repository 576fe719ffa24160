"""The audit log: who did what when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from domain import User

if TYPE_CHECKING:
    from office import Office
    from office.audit import AuditEntry


class Journal:
    """Entries are only added; ``office.audit.ACTIONS`` are the actions there are."""

    def __init__(self, office: Callable[[], Office]) -> None:
        self._office = office

    def record(self, who: User | str, action: str, object: str = "", detail: str = "") -> None:
        """Add a line; ``who`` is a name where nobody is signed in. Personal data is masked."""
        self._office().audit.record(who, action, object, detail)

    def entries(
        self,
        by: User,
        since: datetime | None = None,
        until: datetime | None = None,
        who: str = "",
        action: str = "",
        limit: int | None = 500,
    ) -> list[AuditEntry]:
        """The log, the latest line first, for administrators; ``until`` is not included."""
        return self._office().audit.entries(by, since, until, who, action, limit)

    def as_csv(
        self, by: User, since: datetime | None = None, until: datetime | None = None, who: str = "", action: str = ""
    ) -> str:
        """The log for a spreadsheet, in order (write with a byte order mark)."""
        return self._office().audit.as_csv(by, since=since, until=until, who=who, action=action)
