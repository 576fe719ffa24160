"""What is known of a cited regulation without a search: its status on a day, and whether it has an article.

Answered from the registry of versions and the digest cards, so that nothing has to be opened; where
the knowledge base is open already, the texts it holds count as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from domain import Document, Hit, Passage
from ingest import load_aliases, load_cards
from store.knowledge import KnowledgeBase
from store.validity import load_registry, version_on


class KnownLaw:
    """``knowledge`` is None where it is not open; looking at a report never opens it."""

    def __init__(self, registry_file: Path, knowledge: KnowledgeBase | None = None) -> None:
        self._registry = load_registry(registry_file)
        self._knowledge = knowledge
        named = {alias: version.title for version in self._registry.entries for alias in version.aliases}
        self._names = {_plain(name): title for name, title in (named | load_aliases()).items()}
        self._names |= {_plain(version.title): version.title for version in self._registry.entries}
        self._cards = {card.title: card for card in load_cards()}
        self._names |= {_plain(title): title for title in self._cards}

    def validity(self, title: str, day: date) -> tuple[str, str] | None:
        """(status on that day, successor or "") of a title or another name of it; None where it is not known."""
        periods = [version.period for version in self._registry.versions(self._title(title))]
        if not periods:
            return None
        shown = periods[version_on(periods, day)]
        return shown.status(day), shown.replaced_by

    def article_exists(self, title: str, number: int, day: date) -> bool | None:
        """Whether the version for that day has the article; None where no whole text of it is at hand."""
        name = self._title(title)
        held: list[Hit] = self._knowledge.articles(name, day) if self._knowledge else []
        card: Document | None = self._cards.get(name)
        if held and all(hit.effective_from is None or hit.effective_from <= day for hit in held):
            numbers = _whole(held)
        elif card and card.effective_from and card.effective_from <= day:
            numbers = _whole(card.passages)
        else:
            return None
        return number in numbers if numbers else None

    def _title(self, name: str) -> str:
        return self._names.get(_plain(name), name)


def _whole(articles: Iterable[Hit | Passage]) -> set[int]:
    """The numbers of a text's articles; none where some are missing: it may be an extract."""
    numbers = {article.article_no for article in articles if article.article_no}
    return numbers if numbers == set(range(1, len(numbers) + 1)) else set()


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).removeprefix("中华人民共和国")
