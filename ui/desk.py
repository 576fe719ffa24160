"""What lies on a user's desk: kept by the office, and held open by each browser session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Mapping

from domain import Draft, LedgerResult, UnusableInput
from services import Gongkai


@dataclass(frozen=True, eq=False)
class Desk:
    """The ledger in work and the drafts that count for its organ and year.

    A copy of what the office keeps (``Desk.of``), so that closing the browser or restarting the
    server loses nothing: whatever changes is kept first. ``eq=False``: Gradio tells whether a
    session's state changed by its hash, and figures are dicts.
    """

    ledger: LedgerResult | None = None
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    @classmethod
    def of(cls, services: Gongkai, user: Any) -> Desk:
        """The user's desk as the office keeps it; UnusableInput where its ledger can no longer be read."""
        ledger = services.ledger_on_desk(user)
        if ledger is None:
            return cls()
        held = services.office.drafts.current(ledger.figures.org, ledger.figures.year)
        return cls(ledger, {section: version.draft for section, version in held.items()})

    def keep(self, services: Gongkai, user: Any, draft: Draft, origin: str = "edited") -> Desk:
        """The same desk with a draft that was kept; EditedMeanwhile where somebody else came first."""
        figures = self.figures().figures
        services.office.drafts.save(figures.org, figures.year, draft, user, origin)
        return replace(self, drafts={**self.drafts, draft.section: draft})

    def figures(self) -> LedgerResult:
        """The ledger's result; UnusableInput while there is none."""
        if self.ledger is None:
            raise UnusableInput("还没有台账：请先在“数据”页上传台账")
        return self.ledger


def temporary_folder(services: Gongkai) -> Path:
    """Where uploads and files for download wait. Ledgers hold personal data: it is emptied at each start."""
    folder = services.settings.home.resolve() / "temporary"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
