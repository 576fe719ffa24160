"""A question → the passages that answer it, best first.

Three kinds of evidence, each standardised over all passages of the kind, so that they can be added:
the vectors (the text, or the people's words for it, whichever is nearer), the place (title and
chapter: the regulation first, then the articles within it), and the words. On top of that, the
share of the question that the place already holds, and a preference for enumerations where the
question asks for one. Weights: measured in ``bench/retrieval.py``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from domain import Hit, Kind
from store.lexical import LexicalIndex, Words, coverage
from store.references import Names, find_references
from store.shelf import Shelf, View

if TYPE_CHECKING:
    import numpy as np

DENSE, PLACE, LEXICAL = 0.6, 0.15, 0.2
HEADING = 0.25
ENUMERATION = 0.75
ENDED = -0.75
"""What counts against a text that is not in force, unless the question names it."""
NEAR = 0.5
"""The way from a random passage to the question itself; this share of it is as near as texts come."""
ANCHORS = 3

_ASKS_FOR_A_LIST = re.compile(r"哪些|哪几|哪类|哪种|包括|什么内容|列出|有什么")
_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]", re.MULTILINE)
_ABOUT_A_REPORT = re.compile(
    r"本局|我局|我单位|本单位|本机关|我委|我厅|我分局|去年|前年|上年|上一年|今年|往年|历年|20\d\d年"
    r"|(?:年报|年度报告|总结)(?:里|中|上)(?:怎么|如何|是怎样)?(?:写|说|讲|提)"
)


@dataclass(frozen=True)
class Finder:
    """Everything a search needs, for one state of the knowledge base."""

    shelf: Shelf
    words: Words
    index: LexicalIndex
    names: Names
    lists: np.ndarray

    def references(self, text: str, day: date) -> list[int]:
        """The passages that ``text`` names by title and article."""
        found = []
        for reference in find_references(text, self.names):
            for number in self.shelf.of_title(reference.title, day):
                passage = self.shelf.passages[number]
                if (passage.article_no, passage.article_sub) == (reference.article_no, reference.sub):
                    found.append(number)
        return found

    def find(self, text: str, vector: np.ndarray, k: int, kind: Kind | None, day: date, title: str) -> list[Hit]:
        """At most ``k`` hits. What the text names comes first, with score 1."""
        named = [n for n in self.references(text, day) if self._wanted(n, kind, title)]
        ranked = self._ranked(text, vector, k, kind, day, title)
        chosen = [(n, score) for n, score in ranked if n not in named]
        return [self.shelf.hit(n, day, score) for n, score in ([(n, 1.0) for n in named] + chosen)[:k]]

    def _wanted(self, number: int, kind: Kind | None, title: str) -> bool:
        document = self.shelf.documents[self.shelf.owner[number]]
        return kind in (None, document.kind) and title in ("", document.title)

    def _ranked(
        self, text: str, vector: np.ndarray, k: int, kind: Kind | None, day: date, title: str
    ) -> list[tuple[int, float]]:
        kinds: tuple[Kind, ...] = (kind,) if kind else ("regulation", "report")
        found = {each: self._of_kind(text, vector, k, each, day, title) for each in kinds}
        if kind:
            return found[kind]
        regulations, reports = found["regulation"], found["report"]
        if reports and _ABOUT_A_REPORT.search(text):
            half = max(1, (k + 1) // 2)  # one's own year first, and what the law says of it
            return reports[:half] + regulations[: k - min(half, len(reports))] + reports[half:]
        return regulations + reports

    def _of_kind(
        self, text: str, vector: np.ndarray, k: int, kind: Kind, day: date, title: str
    ) -> list[tuple[int, float]]:
        import numpy as np

        view = self.shelf.on(day)
        candidates = np.flatnonzero((view.shown & (self.shelf.is_report == (kind == "report")))[self.shelf.owner])
        if not len(candidates):
            return []
        everywhere = self._dense(vector)
        mean, dense = float(everywhere.mean()), everywhere[candidates]
        total = self._fused(text, vector, dense, candidates) + self._validity(text, candidates, view)
        if title:
            keep = np.array([self._wanted(int(n), None, title) for n in candidates])
            candidates, dense, total = candidates[keep], dense[keep], total[keep]
        best = np.argsort(-total, kind="stable")[:k]
        if not len(best):
            return []
        top = max(self._evidence(text, int(candidates[at]), float(dense[at]), mean) for at in best[:ANCHORS])
        highest = max(float(total[best[0]]), 1e-6)
        return [(int(candidates[at]), top * max(0.0, float(total[at]) / highest)) for at in best]

    def _dense(self, vector: np.ndarray) -> np.ndarray:
        """Cosine of each passage: of its text or of the people's words for it, the greater."""
        import numpy as np

        cosine = self.shelf.vectors @ vector
        if len(self.shelf.words_of):
            np.maximum.at(cosine, self.shelf.words_of, self.shelf.words @ vector)
        return cosine

    def _fused(self, text: str, vector: np.ndarray, dense: np.ndarray, candidates: np.ndarray) -> np.ndarray:
        import numpy as np

        asked = self.index.weights(self.words.asked(text))
        held = np.array([coverage(asked, name) for name in self.shelf.place_names], dtype=np.float32)
        places = self.shelf.place_of[candidates]
        total = (
            DENSE * _standard(dense)
            + PLACE * _standard((self.shelf.places @ vector)[places])
            + LEXICAL * _standard(self.index.scores(self.words.query(text))[candidates])
            + HEADING * held[places]
        )
        return total + ENUMERATION * self.lists[candidates] if _ASKS_FOR_A_LIST.search(text) else total

    def _validity(self, text: str, candidates: np.ndarray, view: View) -> np.ndarray:
        """Below what is in force of equal evidence; the text that is asked for by name stays."""
        import numpy as np

        named = self.names.mentioned(text)
        stays = np.array([document.title in named for document in self.shelf.documents]) | view.in_force
        return np.where(stays[self.shelf.owner[candidates]], 0.0, ENDED)

    def _evidence(self, text: str, number: int, cosine: float, mean: float) -> float:
        """In [0, 1] and comparable between questions: half nearness, half the question's words held.

        Nearness is how far the passage lies on the way from a random passage (the mean cosine of
        this question) to the question itself, so that it means the same for every model.
        """
        near = min(1.0, max(0.0, (cosine - mean) / max(1.0 - mean, 1e-6) / NEAR))
        return 0.5 * near + 0.5 * coverage(self.index.weights(self.words.asked(text)), self.shelf.searchable(number))


def enumerations(shelf: Shelf) -> np.ndarray:
    """1.0 for each passage that lists at least two items （一）（二）, else 0.0."""
    import numpy as np

    return np.array([len(_ITEM.findall(passage.text)) >= 2 for passage in shelf.passages], dtype=np.float32)


def _standard(values: np.ndarray) -> np.ndarray:
    """Mean 0 and standard deviation 1; zeros where all are alike."""
    spread = float(values.std())
    return (values - values.mean()) / spread if spread > 1e-9 else values * 0.0
