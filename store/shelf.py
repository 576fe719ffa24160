"""The knowledge base as one search runs over it: documents and columns, unchanging until the next edit.

An exact scan of 26,000 vectors of 384 dimensions takes a few milliseconds, finds what an
approximate index may miss, and gives every passage a score, which the fusion needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain import Document, Hit, Passage, Remembered
from store.columns import RecordColumns, searchable
from store.records import DocumentSummary, passage_id, place_name
from store.validity import Period, Registry, in_succession, version_on

if TYPE_CHECKING:
    import numpy as np


_ARTICLES = 2048
"""Articles that were asked for by number, kept as they are: some three megabytes."""


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

    def __init__(self, held: Sequence[DocumentSummary], columns: RecordColumns, registry: Registry) -> None:
        """``columns`` are of the editions of ``held``, which has no copies beside (``without_copies``)."""
        import numpy as np

        number = {edition: at for at, edition in enumerate(columns.editions)}
        summaries = sorted(held, key=lambda item: number[item.edition])
        self.columns = columns
        self.documents: list[Document] = [registry.complete(item.document) for item in summaries]
        self.document_ids = [item.id for item in summaries]
        self.periods = periods(self.documents, registry)
        self._versions = _best_first(summaries)
        self._editions = [item.edition for item in summaries]
        self.owner, self.place_of = columns.owner, columns.place_of
        self.vectors, self.words, self.words_of, self.places = (
            columns.vectors,
            columns.words,
            columns.words_of,
            columns.places,
        )
        titles = [self.documents[owner].title for owner in columns.place_owner.tolist()]
        self.place_names = [place_name(title, columns.headings[at]) for at, title in enumerate(titles)]
        self.is_report = np.array([document.kind == "report" for document in self.documents], dtype=bool)
        self._days: dict[date, View] = {}
        self._articles = Remembered(_ARTICLES)
        self._by_title = self._titles()

    def __len__(self) -> int:
        return len(self.columns)

    def passage(self, number: int) -> Passage:
        """A passage by its number."""
        return self.columns.passage(number)

    def id(self, number: int) -> str:
        """The id of a passage's record."""
        owner = int(self.owner[number])
        return passage_id(self._editions[owner], number - int(self.columns.firsts[owner]))

    def searchable(self, number: int) -> str:
        """All words under which a passage can be found."""
        return searchable(self.documents[self.owner[number]].title, self.passage(number))

    def of_title(self, title: str, day: date) -> list[int]:
        """The passages of a regulation in the version to show for a day, in their order."""
        shown = self.on(day).shown
        firsts = self.columns.firsts
        kept = [owner for owner in self._by_title.get(title, ()) if shown[owner]]
        return [number for owner in kept for number in range(int(firsts[owner]), int(firsts[owner + 1]))]

    def article(self, title: str, no: int, sub: int, day: date) -> Hit | None:
        """One article of a regulation in the version to show for a day; a draft names the same ones at every look."""
        return self._articles.of((), (title, no, sub, day), lambda: self._article(title, no, sub, day))

    def _article(self, title: str, no: int, sub: int, day: date) -> Hit | None:
        for number in self.of_title(title, day):
            passage = self.passage(number)
            if (passage.article_no, passage.article_sub) == (no, sub):
                return self.hit(number, day, 1.0)
        return None

    def titles(self) -> set[str]:
        """The short titles of the regulations."""
        return {document.title for document in self.documents if document.kind == "regulation"}

    def hit(self, number: int, day: date, score: float) -> Hit:
        """A passage as found, with its validity on that day."""
        passage, document = self.passage(number), self.documents[self.owner[number]]
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
            passage_id=self.id(number),
        )

    def on(self, day: date) -> View:
        """What is shown, and what in force, on a day."""
        if (view := self._days.get(day)) is None:
            view = self._days[day] = self._on(day)
        return view

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
        for number, document in enumerate(self.documents):
            if document.kind == "regulation":
                numbers[document.title].append(number)
        return dict(numbers)


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


def without_copies(held: Sequence[DocumentSummary], registry: Registry) -> list[DocumentSummary]:
    """Those that have a place on a shelf."""
    copies = copies_beside([registry.complete(item.document) for item in held], registry)
    return [item for number, item in enumerate(held) if number not in copies]


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
