"""A question's vector, turned towards the language of the law.

People ask in their own words (邻居装修漏水怎么办), the law answers in others (相邻权利人, 排除妨害), and a
general model places the two apart in much the same way each time. ``question_map.npz`` holds one
linear map, learned from lay questions and the articles that answer them (``bench/question_map.py``
makes it and measures it on articles that it has not seen). It belongs to the embedded default;
with any other model questions stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from store.products import products

if TYPE_CHECKING:
    import numpy as np

    from store.embedding import Embedder

LEARNED = Path(__file__).with_name("question_map.npz")
PROBE = "政府信息公开"
"""The map is used where the model gives this the vector that it gave when the map was learned."""
_SAME = 0.97
"""With 8-bit layers the same weights differ by a hundredth; another model is far away."""
_PORTION = 4096
WITH_PLACE = 0.5
"""How much of its title and chapter goes into a passage's vector, beside its own text."""


@dataclass(frozen=True)
class QuestionMap:
    """``mean`` (dimension,) of all articles, taken out of both sides; ``turn`` (dimension, dimension)."""

    mean: np.ndarray
    turn: np.ndarray

    def turned(self, vector: np.ndarray) -> np.ndarray:
        """A question's unit vector as it compares with ``placed`` passages."""
        centred = _unit(vector - self.mean)
        return _unit(centred + products(self.turn.T, centred)[0])

    def placed(self, texts: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Unit vectors of passages from those of their texts and of their places, row by row."""
        import numpy as np

        rows = self._moved(texts, places)
        rows /= np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
        return rows

    def lengths(self, texts: np.ndarray, places: np.ndarray, place_of: np.ndarray) -> np.ndarray:
        """How long each ``placed`` vector is before it is made a unit; ``place_of`` is each text's row of ``places``.

        With these, ``nearness`` needs no second copy of all vectors.
        """
        import numpy as np

        found = np.empty(len(texts), dtype=np.float32)
        for start in range(0, len(texts), _PORTION):
            part = slice(start, start + _PORTION)
            found[part] = np.linalg.norm(self._moved(texts[part], places[place_of[part]]), axis=-1)
        return np.maximum(found, 1e-9)

    def nearness(self, turned: np.ndarray, text: np.ndarray, place: np.ndarray, lengths: np.ndarray) -> np.ndarray:
        """Cosines of a ``turned`` question to the placed passages, from its products with their texts and places."""
        return (text + WITH_PLACE * place - (1 + WITH_PLACE) * float(self.mean @ turned)) / lengths

    def _moved(self, texts: np.ndarray, places: np.ndarray) -> np.ndarray:
        rows = texts + WITH_PLACE * places
        rows -= (1 + WITH_PLACE) * self.mean
        return rows


def question_map(embedder: Embedder, path: Path = LEARNED) -> QuestionMap:
    """The learned map where it belongs to the model, else one that changes nothing."""
    import numpy as np

    probe = embedder.embed_query(PROBE)
    if path.is_file():
        with np.load(path) as data:
            if data["probe"].shape == probe.shape and float(data["probe"] @ probe) > _SAME:
                return QuestionMap(data["mean"].astype(np.float32), data["turn"].astype(np.float32))
    size = len(probe)
    return QuestionMap(np.zeros(size, dtype=np.float32), np.zeros((size, size), dtype=np.float32))


def _unit(vector: np.ndarray) -> np.ndarray:
    import numpy as np

    return vector / max(float(np.linalg.norm(vector)), 1e-9)
