"""What is known of a cited regulation without a search: that it exists, its status on a day, whether it has an article.

Answered from the registry of versions, the list of national laws and the digest cards, so that nothing has
to be opened; where the knowledge base is open already, the texts it holds count as well.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from domain import Document, Hit, Passage, UnusableInput
from ingest import load_aliases, load_cards
from store.knowledge import KnowledgeBase
from store.validity import load_registry, version_on

NATIONAL_LAWS = "national_laws.toml"
"""The list of national laws, beside the registry."""


class KnownLaw:
    """``knowledge`` is None where it is not open; looking at a report never opens it."""

    def __init__(self, registry_file: Path, knowledge: KnowledgeBase | None = None) -> None:
        self._registry = load_registry(registry_file)
        self._national = _national_laws(registry_file.with_name(NATIONAL_LAWS))
        self._knowledge = knowledge
        named = {alias: version.title for version in self._registry.entries for alias in version.aliases}
        self._names = {_plain(name): title for name, title in (named | load_aliases()).items()}
        self._names |= {_plain(version.title): version.title for version in self._registry.entries}
        self._cards = {card.title: card for card in load_cards()}
        self._names |= {_plain(title): title for title in self._cards}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Every name that is known of a regulation, without 中华人民共和国 → the title that it stands for."""
        held = [item.title for item in self._knowledge.documents()] if self._knowledge else []
        laws = (*self._national["laws"], *self._national["former"], *held)
        return {_plain(title): title for title in laws} | self._names

    @cached_property
    def numbers(self) -> dict[str, tuple[str, date | None, date | None]]:
        """The numbers of documents (国办函〔2020〕109号) → title, first day, first day on which it no longer applied.

        Without those amended in part: they are cited by the number of any of their amendments.
        """
        whole = (one for one in self._registry.entries if one.number and one.amended_from is None)
        return {one.number: (one.title, one.begins, one.effective_to) for one in whole}

    def validity(self, title: str, day: date) -> tuple[str, str] | None:
        """(status on that day, successor or "") of a title or another name of it; None where it is not known."""
        periods = [version.period for version in self._registry.versions(self._title(title))]
        if not periods:
            return self._repealed(_plain(title), day)
        shown = periods[version_on(periods, day)]
        return shown.status(day), shown.replaced_by

    def _repealed(self, name: str, day: date) -> tuple[str, str] | None:
        """The same of a national law that is no longer in force, by the list."""
        ended = self._national.get("repealed", {}).get(name)
        if ended is None:
            return None
        return ("已废止", ended["by"]) if day >= ended["until"] else ("现行有效", "")

    def article_exists(self, title: str, number: int, day: date) -> bool | None:
        """Whether the version for that day has the article; None where neither its articles nor their number are known."""
        name = self._title(title)
        if (last := self._last_article(name, day)) is not None:
            return 0 < number <= last
        held: list[Hit] = self._knowledge.articles(name, day) if self._knowledge else []
        card: Document | None = self._cards.get(name)
        if held and all(hit.effective_from is None or hit.effective_from <= day for hit in held):
            numbers = _whole(held)
        elif card and card.effective_from and card.effective_from <= day:
            numbers = _whole(card.passages)
        else:
            return None
        return number in numbers if numbers else None

    def _last_article(self, name: str, day: date) -> int | None:
        """The number of the last article of the version for that day; None where it is not known."""
        if versions := self._registry.versions(name):
            shown = versions[version_on([version.period for version in versions], day)]
            begun = shown.begins is None or shown.begins <= day
            return shown.articles if shown.articles and begun else None
        law = self._national["laws"].get(name)
        return law["articles"] if law and law["since"] <= day else None

    def _title(self, name: str) -> str:
        return self._names.get(_plain(name), name)


def _national_laws(path: Path) -> dict[str, Any]:
    """The list of national laws, empty where there is none; UnusableInput where it cannot be read."""
    if not path.exists():
        return {"laws": {}, "former": []}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput(f"国家法律名录 {path} 无法读取：{error}") from error


def _whole(articles: Iterable[Hit | Passage]) -> set[int]:
    """The numbers of a text's articles; none where some are missing: it may be an extract."""
    numbers = {article.article_no for article in articles if article.article_no}
    return numbers if numbers == set(range(1, len(numbers) + 1)) else set()


def _plain(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split()).removeprefix("中华人民共和国")
