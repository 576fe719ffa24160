"""What a search keeps to, and the documents that stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain import Kind
from store.shelf import Shelf, View

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Filters:
    """What a search keeps to; None, "" and 0 keep everything.

    ``org`` is part of a report's organ or a regulation's issuer; ``year`` a report's year, or that of
    a regulation's promulgation; ``status`` is judged on the day asked about, and then also finds the
    versions that another has replaced. ``only`` are the ids of documents (``records.identity``).
    """

    kind: Kind | None = None
    title: str = ""
    level: str = ""
    status: str = ""
    year: int = 0
    org: str = ""
    only: frozenset[str] | None = None

    def documents(self, shelf: Shelf, view: View) -> np.ndarray:
        """Whether each document is kept."""
        import numpy as np

        kept = np.ones(len(shelf.documents), dtype=bool) if self.status else view.shown.copy()
        for number, document in enumerate(shelf.documents):
            begun = document.promulgated or document.effective_from
            kept[number] &= (
                self.kind in (None, document.kind)
                and self.title in ("", document.title)
                and self.level in ("", document.level)
                and self.year in (0, document.year or (begun.year if begun else 0))
                and self.org in (document.org or document.issuer)
                and (not self.status or shelf.periods[number].status(view.day) == self.status)
                and (self.only is None or shelf.document_ids[number] in self.only)
            )
        return kept


EVERYTHING = Filters()
