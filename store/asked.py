"""How people ask for an article, in their own words: ``knowledge/asked``, with a vector for each way of asking.

A question is nearer to another question for the same thing than to the law's wording of the answer. The vectors
and the terms (``asked.npz``) are made by ``bench/asked.py``; the vectors with the embedded default, and they serve only
with that model, the words with any. An article is meant by its number in the version that the ways were written for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from domain import Document, Passage
from store.asking import PROBE
from store.postings import Occurrences, Postings
from store.products import products

if TYPE_CHECKING:
    import numpy as np

    from store.embedding import Embedder

MADE = Path(__file__).with_name("asked.npz")
_SAME = 0.97
"""As in ``asking``: with 8-bit layers the same weights differ by a hundredth."""


@dataclass(frozen=True)
class Way:
    """One way to ask for one article of a regulation's version.

    ``article`` is the number of an article, or the name of a part that has none (六个部分).
    """

    title: str
    promulgated: date
    article: int | str
    text: str


@dataclass(frozen=True)
class Ways:
    """All ways, their unit vectors (float32, one row each; none where they are another model's), and their terms.

    ``terms`` (uint64) are all terms there are, by their numbers in ``postings``; those of the n-th way stand at
    ``term_of[starts[n] : starts[n + 1]]``.
    """

    ways: Sequence[Way]
    vectors: np.ndarray
    terms: np.ndarray
    term_of: np.ndarray
    starts: np.ndarray

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, int | str], list[int]]:
        found: dict[tuple[str, int | str], list[int]] = defaultdict(list)
        for number, way in enumerate(self.ways):
            found[way.title, way.article].append(number)
        return found

    @cached_property
    def titles(self) -> frozenset[str]:
        """The regulations that are asked for."""
        return frozenset(way.title for way in self.ways)

    def of(self, document: Document, passage: Passage) -> list[int]:
        """Which ways ask for a passage: of its article, in the version that they were written for."""
        if document.kind != "regulation" or passage.article_sub:
            return []
        numbers = self._numbers.get((document.title, passage.article_no or passage.article), [])
        return [number for number in numbers if document.promulgated == self.ways[number].promulgated]


@lru_cache(maxsize=4)
def _loaded(path: Path) -> tuple[tuple[Way, ...], np.ndarray, np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    import numpy as np

    with np.load(path) as data:
        ways = tuple(
            Way(
                str(title),
                date.fromisoformat(str(day)),
                int(article) if str(article).isdigit() else str(article),
                str(text),
            )
            for title, day, article, text in zip(data["title"], data["promulgated"], data["article"], data["text"])
        )
        terms = (data["terms"], data["term_of"], data["starts"])
        return ways, data["vectors"].astype(np.float32) / 127, data["probe"], terms


def ways_to_ask(embedder: Embedder, path: Path = MADE) -> Ways:
    """The ways, with their vectors where these are of the model."""
    import numpy as np

    probe = embedder.embed_query(PROBE)
    none = np.zeros((0, len(probe)), dtype=np.float32)
    if not path.is_file():
        return Ways((), none, np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(1, np.int32))
    ways, vectors, known, terms = _loaded(path)
    same = known.shape == probe.shape and float(known @ probe) > _SAME
    return Ways(ways, vectors if same else none, *terms)


@dataclass(frozen=True)
class Sought:
    """The ways to ask for the passages of one shelf: the passage and the vector of each, row by row.

    ``words`` are all that is asked of a passage, by its number, where a way is known; ``size`` counts all passages.
    ``postings`` are of the words of the ways, all of one passage (``asked_for``, rising numbers) together.
    """

    passage_of: np.ndarray
    vectors: np.ndarray
    words: Mapping[int, str]
    asked_for: np.ndarray
    postings: Postings
    size: int

    @classmethod
    def on(cls, ways: Ways, passages: Iterable[tuple[int, Document, Passage]], size: int) -> Sought:
        """The ways that lead to the passages, by number and document; those without any may be missing."""
        import numpy as np

        of = {number: found for number, document, passage in passages if (found := ways.of(document, passage))}
        words = {number: " ".join(ways.ways[way].text for way in found) for number, found in of.items()}
        rows = np.array([way for found in of.values() for way in found], dtype=np.int32)
        place_of = np.repeat(np.arange(len(of)), [len(found) for found in of.values()])
        postings = _postings(ways, rows, place_of, len(of))
        asked_for = np.array([*of], dtype=np.int32)
        if not len(ways.vectors):
            rows, place_of = rows[:0], place_of[:0]
        return cls(asked_for[place_of], ways.vectors[rows], words, asked_for, postings, size)

    @property
    def known(self) -> float:
        """The share of the passages of which ways to ask are known."""
        return len(self.words) / max(self.size, 1)

    def nearness(self, vector: np.ndarray) -> tuple[np.ndarray, float, float]:
        """Each passage's best cosine of its ways to a question (-1 where it has none); mean and deviation of all ways."""
        import numpy as np

        found = np.full(self.size, -1.0, dtype=np.float32)
        if not len(self.vectors):
            return found, 0.0, 1.0
        cosines = products(self.vectors, vector)[0]
        np.maximum.at(found, self.passage_of, cosines)
        return found, float(cosines.mean()), max(float(cosines.std()), 1e-6)

    def matched(self, terms: Sequence[str]) -> np.ndarray:
        """How well the words of each passage's ways match those of a question (BM25), in standard deviations."""
        import numpy as np

        found = np.zeros(self.size, dtype=np.float32)
        if len(self.asked_for):
            scores = self.postings.scores(terms)
            found[self.asked_for] = scores / max(float(scores.std()), 1e-6)
        return found


def _postings(ways: Ways, rows: np.ndarray, place_of: np.ndarray, size: int) -> Postings:
    """Of the terms of ``size`` places; ``rows`` are the ways, ``place_of`` the place of each."""
    import numpy as np

    counts = ways.starts[rows + 1] - ways.starts[rows]
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    terms = ways.term_of[np.repeat(ways.starts[rows], counts) + within]
    places = np.repeat(place_of, counts)
    pairs, often = np.unique(places.astype(np.int64) * max(len(ways.terms), 1) + terms, return_counts=True)
    place, term = np.divmod(pairs, max(len(ways.terms), 1))
    entries = Occurrences(ways.terms[term], place.astype(np.int32), often.astype(np.uint16))
    lengths = np.bincount(places, minlength=size).astype(np.int32)
    return Postings.of([entries], lengths)
