"""Which articles a section may cite: those that the knowledge base holds and that are in force."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from domain import Citation, Hit
from gates.citations import find_references

RULES = Path(__file__).parent / "basis.toml"


class ArticleSource(Protocol):
    """What drafting asks of the knowledge base."""

    def article(self, title: str, no: int, sub: int = 0, as_of: date | None = None) -> Hit | None: ...


@dataclass
class Basis:
    """The articles of one report, resolved on its date; remembers those that were cited.

    Without a knowledge base nothing resolves, and nothing is cited.
    """

    knowledge: ArticleSource | None
    as_of: date
    cited: list[Hit] = field(default_factory=list)

    def hits(self, topic: str) -> list[Hit]:
        """The articles of a topic of ``basis.toml`` in force on the report's date."""
        rule = _rules().get(topic)
        return self._resolve(rule) if rule else []

    def cite(self, topic: str) -> str:
        """《政府信息公开条例》第十九条、第二十条, or "" where none resolves; what it names is cited."""
        return self._name(self.hits(topic))

    def matters(self, categories: list[str]) -> list[tuple[str, str]]:
        """Pairs (category, its articles' name) for the categories with a regulation of their own."""
        found = []
        for rule in _rules()["matters"]:
            category = next((name for name in categories if rule["category"] in name), "")
            if category and (name := self._name(self._resolve(rule))):
                found.append((category, name))
        return found

    def citations(self, text: str) -> tuple[Citation, ...]:
        """The articles that the finished text names, title and number, numbered from 1; what is not held is none."""
        named = {(found.title, found.article_no, found.sub): None for found in find_references(text)}
        kept = [hit for hit in self.cited if (_short(hit.title), hit.article_no, hit.article_sub) in named]
        known = {(_short(hit.title), hit.article_no, hit.article_sub) for hit in kept}
        for title, number, sub in named:
            hit = (
                self.knowledge.article(title, number, sub, self.as_of) if self.knowledge and title and number else None
            )
            if hit and (title, number, sub) not in known:
                kept.append(hit)
        return tuple(Citation(number, hit) for number, hit in enumerate(kept, 1))

    def _resolve(self, rule: dict[str, Any]) -> list[Hit]:
        if self.knowledge is None:
            return []
        found = [self.knowledge.article(rule["title"], number, 0, self.as_of) for number in rule["articles"]]
        return [hit for hit in found if hit is not None and hit.status == "现行有效"]

    def _name(self, hits: list[Hit]) -> str:
        self.cited += [hit for hit in hits if hit not in self.cited]
        return f"《{hits[0].title}》" + "、".join(hit.article for hit in hits) if hits else ""


def _short(title: str) -> str:
    """A title as ``find_references`` gives it."""
    return title.removeprefix("中华人民共和国")


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(RULES.read_text(encoding="utf-8"))
