"""The knowledge base as arrays in memory: what one search runs over, unchanging until the next edit.

An exact scan of 26,000 vectors of 384 dimensions takes a few milliseconds, finds what an
approximate index may miss, and gives every passage a score, which the fusion needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from domain import Document, Hit, Passage
from store.records import DocumentSummary, passage_of, place_name
from store.validity import Period, Registry, in_succession, version_on

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Rows:
    """Records as read back: ids, texts, metadata and vectors (float32, one row each)."""

    ids: Sequence[str]
    texts: Sequence[str]
    metadata: Sequence[Mapping[str, Any]]
    vectors: np.ndarray


@dataclass(frozen=True)
class View:
    """The knowledge base on one day: per document whether it is shown, and whether it is in force."""

    shown: np.ndarray
    in_force: np.ndarray
    day: date


class Shelf:
    """Passages in order, with their documents, vectors and places. Immutable, shared by threads.

    A copy kept beside the whole text of its version has no place on it.
    """

    def __init__(self, held: Sequence[DocumentSummary], rows: Rows, registry: Registry) -> None:
        import numpy as np

        copies = copies_beside([registry.complete(item.document) for item in held], registry)
        summaries = [item for number, item in enumerate(held) if number not in copies]
        self.documents: list[Document] = [registry.complete(item.document) for item in summaries]
        self.document_ids = [item.id for item in summaries]
        self.periods = periods(self.documents, registry)
        self._versions = _best_first(summaries)
        owner = {item.edition: number for number, item in enumerate(summaries)}
        by_role = _by_role(rows, owner)
        at = by_role["passage"]
        self.passages: list[Passage] = [passage_of(rows.texts[i], dict(rows.metadata[i])) for i in at]
        self.ids = [rows.ids[i] for i in at]
        self.owner = np.array([owner[rows.metadata[i]["edition"]] for i in at], dtype=np.int32)
        self.vectors = rows.vectors[at]
        position = {self.ids[n]: n for n in range(len(at))}
        words = by_role["words"]
        self.words = rows.vectors[words]
        self.words_of = np.array([position[rows.ids[i][:-1]] for i in words], dtype=np.int32)
        places = by_role["place"]
        self.places = rows.vectors[places]
        self.place_names = [
            place_name(self.documents[owner[rows.metadata[i]["edition"]]].title, rows.metadata[i]["heading"])
            for i in places
        ]
        named = {(rows.metadata[i]["edition"], rows.metadata[i]["heading"]): n for n, i in enumerate(places)}
        keys = [(rows.metadata[i]["edition"], self.passages[n].heading) for n, i in enumerate(at)]
        self.place_of = np.array([named[key] for key in keys], dtype=np.int32)
        self.is_report = np.array([document.kind == "report" for document in self.documents], dtype=bool)
        self.on = lru_cache(maxsize=64)(self._on)
        self._by_title = self._titles()

    def __len__(self) -> int:
        return len(self.passages)

    def searchable(self, number: int) -> str:
        """All words under which a passage can be found."""
        passage = self.passages[number]
        return f"{self.place_names[self.place_of[number]]} {passage.text} {passage.also}"

    def of_title(self, title: str, day: date) -> list[int]:
        """The passages of a regulation in the version to show for a day, in their order."""
        shown = self.on(day).shown
        return [number for number in self._by_title.get(title, ()) if shown[self.owner[number]]]

    def titles(self) -> set[str]:
        """The short titles of the regulations."""
        return {document.title for document in self.documents if document.kind == "regulation"}

    def hit(self, number: int, day: date, score: float) -> Hit:
        """A passage as found, with its validity on that day."""
        passage, document = self.passages[number], self.documents[self.owner[number]]
        period = self.periods[self.owner[number]]
        return Hit(
            kind=document.kind,
            title=document.title,
            article=passage.article,
            article_no=passage.article_no,
            text=passage.text,
            verbatim=passage.verbatim,
            status=period.status(day),
            effective_from=document.effective_from,
            effective_to=period.end,
            replaced_by=period.replaced_by,
            source=document.source,
            score=min(1.0, max(0.0, float(score))),
            article_sub=passage.article_sub,
            heading=passage.heading,
            passage_id=self.ids[number],
        )

    def _on(self, day: date) -> View:
        import numpy as np

        shown = np.zeros(len(self.documents), dtype=bool)
        for numbers in self._versions:
            shown[numbers[version_on([self.periods[n] for n in numbers], day)]] = True
        shown |= self.is_report
        in_force = np.array([period.status(day) == "现行有效" for period in self.periods], dtype=bool)
        return View(shown, in_force, day)

    def _titles(self) -> dict[str, list[int]]:
        numbers: dict[str, list[int]] = defaultdict(list)
        for number, owner in enumerate(self.owner):
            if not self.is_report[owner]:
                numbers[self.documents[owner].title].append(number)
        return dict(numbers)


def _by_role(rows: Rows, owner: Mapping[str, int]) -> dict[str, list[int]]:
    """Row numbers by role, in the order of documents and passages; only of valid editions."""
    roles: dict[str, list[int]] = {"passage": [], "words": [], "place": []}
    for number in sorted(range(len(rows.ids)), key=lambda n: rows.ids[n]):
        if rows.metadata[number]["edition"] in owner:
            roles[rows.metadata[number]["role"]].append(number)
    return roles


def _versions(documents: Sequence[Document]) -> dict[str, list[int]]:
    held: dict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        if document.kind == "regulation":
            held[document.title].append(number)
    return held


def _best_first(summaries: Sequence[DocumentSummary]) -> list[list[int]]:
    """Each title's versions, of those that begin on one day the one to show first: by origin, then by length."""

    def standing(number: int) -> tuple[int, int, str]:
        item = summaries[number]
        return -item.rank, -item.passages, item.id

    return [sorted(numbers, key=standing) for numbers in _versions([item.document for item in summaries]).values()]


def copies_beside(documents: Sequence[Document], registry: Registry) -> dict[int, int]:
    """The copies kept beside a whole text of their version, by number, and the number of that text.

    A copy whose whole text is no longer held is none of them: it is the text of its version then.
    """
    copies: dict[int, int] = {}
    for numbers in _versions(documents).values():
        whole = [number for number in numbers if not documents[number].beside]
        for copy in (number for number in numbers if documents[number].beside):
            same = [number for number in whole if registry.same_version(documents[copy], documents[number])]
            copies |= {copy: same[0]} if same else {}
    return copies


def periods(documents: Sequence[Document], registry: Registry) -> list[Period]:
    """The period of each document; a report applies always, a copy beside a whole text as long as that does."""
    found = [
        registry.period(document) if document.kind == "regulation" else Period(None, None) for document in documents
    ]
    copies = copies_beside(documents, registry)
    for title, numbers in _versions(documents).items():
        own = [number for number in numbers if number not in copies]
        for number, period in zip(own, in_succession([found[n] for n in own], title)):
            found[number] = period
    for copy, whole in copies.items():
        found[copy] = found[whole]
    return found
