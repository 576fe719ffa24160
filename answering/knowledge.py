"""What answering needs of a knowledge base, so that it can be tested with one in memory."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from domain import Hit, Kind


class Knowledge(Protocol):
    """Passages that can be found by meaning, by name, and by article."""

    def search(self, text: str, k: int = 10, kind: Kind | None = None, as_of: date | None = None) -> list[Hit]:
        """The ``k`` best passages, best first; ``score`` in [0, 1]."""
        ...

    def resolve(self, text: str, as_of: date | None = None) -> list[Hit]:
        """The articles that ``text`` names outright (《…》第…条), in force or not."""
        ...

    def only_known(self, text: str, as_of: date | None = None) -> list[Hit]:
        """What is known of the regulations that ``text`` names and that are not held (for that day): a sentence each."""
        ...

    def articles(self, title: str, as_of: date | None = None) -> list[Hit]:
        """Every article of one regulation, in order."""
        ...

    def counts(self) -> dict[str, int]:
        """How much is held; ``passages`` is the number of passages."""
        ...
