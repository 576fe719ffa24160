"""What lies on the desk of one browser session."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Mapping

from domain import Draft, LedgerResult, UnusableInput
from services import Gongkai


@dataclass(frozen=True, eq=False)
class Desk:
    """The ledger in work and the drafts made from it; another ledger is another desk.

    ``eq=False``: Gradio tells whether a session's state changed by its hash, and figures are dicts.
    """

    ledger: LedgerResult | None = None
    drafts: Mapping[str, Draft] = field(default_factory=dict)

    def with_draft(self, draft: Draft) -> Desk:
        return replace(self, drafts={**self.drafts, draft.section: draft})

    def with_text(self, section: str, text: str) -> Desk:
        """The same desk with a draft edited by hand, or written from nothing."""
        draft = self.drafts.get(section) or Draft(section, "", "composed", notes=("由办公室自行撰写",))
        return self if draft.text == text else self.with_draft(replace(draft, text=text))

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
