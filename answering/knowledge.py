"""What answering needs of a knowledge base, so that it can be tested with one in memory."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from domain import Hit, Kind
from store.elsewhere import MatterElsewhere
from store.known import Standing
from store.references import ArticleReference


class Knowledge(Protocol):
    """Passages that can be found by meaning, by name, and by article."""

    def search(
        self,
        text: str,
        k: int = 10,
        kind: Kind | None = None,
        as_of: date | None = None,
        title: str | None = None,
    ) -> list[Hit]:
        """The ``k`` best passages, of one regulation where a ``title`` is given, best first; ``score`` in [0, 1]."""
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

    def standing(self, text: str) -> list[Standing]:
        """Every regulation that ``text`` names, held or only known, with its versions."""
        ...

    def replaced(self, title: str) -> list[str]:
        """The other titles that a title took the place of."""
        ...

    def references(self, text: str) -> list[ArticleReference]:
        """The articles that ``text`` names, whether or not they exist."""
        ...

    def elsewhere(self, text: str) -> MatterElsewhere | None:
        """The matter that a question is surely about and that no text held governs (工伤认定)."""
        ...

    def counts(self) -> dict[str, int]:
        """How much is held; ``passages`` is the number of passages."""
        ...
