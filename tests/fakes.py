"""Deterministic stand-ins: a model that speaks from a script, a knowledge base in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from answering.terms import content_terms, coverage
from domain import Hit, ModelUnavailable
from gates.citations import find_references
from store.known import Standing
from store.references import ArticleReference


@dataclass
class ScriptedModel:
    """Says ``pieces`` in order; an exception among them is raised where it stands."""

    pieces: Sequence[str | Exception]
    name: str = "scripted"
    leaves_machine: bool = False
    words_law: bool = True
    asked: list[dict] = field(default_factory=list)
    closed: bool = False

    def stream(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        grammar: str | None = None,
        max_tokens: int = 512,
        temperature: float = 0.2,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        self.asked.append({"messages": list(messages), "grammar": grammar})
        for piece in self.pieces:
            if cancelled and cancelled():
                return
            if isinstance(piece, Exception):
                raise piece
            yield piece

    def close(self) -> None:
        self.closed = True


def down(message: str = "连不上模型服务") -> ModelUnavailable:
    return ModelUnavailable(message)


@dataclass
class MemoryKnowledge:
    """Passages in a list, found by the share of the question's words that they hold."""

    hits: list[Hit]

    def state(self) -> str:
        return ""

    def search(self, text: str, k: int = 10, kind: str | None = None, as_of: date | None = None) -> list[Hit]:
        terms = content_terms(text)
        scored = [
            replace(hit, score=coverage(terms, f"{hit.title} {hit.heading} {hit.text}"))
            for hit in self.hits
            if kind in (None, hit.kind)
        ]
        return sorted(scored, key=lambda hit: -hit.score)[:k]

    def resolve(self, text: str, as_of: date | None = None) -> list[Hit]:
        named = {(ref.title, ref.article_no, ref.sub) for ref in find_references(text) if ref.article_no}
        return [hit for hit in self.hits if (hit.title, hit.article_no, hit.article_sub) in named]

    def only_known(self, text: str, as_of: date | None = None) -> list[Hit]:
        return []

    def lend_words(self) -> None:
        """It keeps no dictionary."""

    def standing(self, text: str) -> list[Standing]:
        return []

    def replaced(self, title: str) -> list[str]:
        return []

    def references(self, text: str) -> list[ArticleReference]:
        named = find_references(text)
        return [ArticleReference(one.title, one.article_no, one.sub) for one in named if one.title and one.article_no]

    def articles(self, title: str, as_of: date | None = None) -> list[Hit]:
        return [hit for hit in self.hits if hit.title == title]

    def elsewhere(self, text: str) -> None:
        return None

    def counts(self) -> dict[str, int]:
        return {"passages": len(self.hits)}
