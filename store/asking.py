"""A question's vector, turned towards the language of the law.

People ask in their own words (邻居装修漏水怎么办), the law answers in others (相邻权利人, 排除妨害), and a
general model places the two apart in much the same way each time. ``question_map.npz`` holds two
linear maps, learned together from lay questions and the articles that answer them (``bench/question_map.py``
makes them and measures them on questions that they have not seen): one towards what articles say, one towards the titles
and chapters of the laws in which such things stand. They belong to the embedded default;
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
    """``mean`` (dimension,) of all articles, taken out of all vectors; two maps (dimension, dimension) of a question:
    ``to_texts`` and ``to_places``."""

    mean: np.ndarray
    to_texts: np.ndarray
    to_places: np.ndarray

    @classmethod
    def unmoved(cls, mean: np.ndarray) -> QuestionMap:
        """The map that leaves questions as they are, but for the mean."""
        import numpy as np

        nothing = np.zeros((len(mean), len(mean)), dtype=np.float32)
        return cls(mean, nothing, nothing)

    def centred(self, vector: np.ndarray) -> np.ndarray:
        """A question's unit vector without the mean."""
        return _unit(vector - self.mean)

    def turned(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A question's unit vectors as they compare with texts and with places."""
        centred = self.centred(vector)
        by_text, by_place = (products(turn.T, centred)[0] for turn in (self.to_texts, self.to_places))
        return _unit(centred + by_text), _unit(centred + by_place)

    def lengths(self, texts: np.ndarray, places: np.ndarray, place_of: np.ndarray) -> np.ndarray:
        """How long the vector of each text and its place together is; ``place_of`` is each text's row of ``places``."""
        import numpy as np

        found = np.empty(len(texts), dtype=np.float32)
        for start in range(0, len(texts), _PORTION):
            part = slice(start, start + _PORTION)
            found[part] = np.linalg.norm(self._moved(texts[part], places[place_of[part]]), axis=-1)
        return np.maximum(found, 1e-9)

    def nearness(
        self, turned: tuple[np.ndarray, np.ndarray], text: np.ndarray, place: np.ndarray, lengths: np.ndarray
    ) -> np.ndarray:
        """How near a ``turned`` question is to the passages, from its products with their texts and places.

        The cosine where both maps are the same.
        """
        of_text, of_place = (float(self.mean @ one) for one in turned)
        return (text - of_text + WITH_PLACE * (place - of_place)) / lengths

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
                return QuestionMap(*(data[name].astype(np.float32) for name in ("mean", "to_texts", "to_places")))
    return QuestionMap.unmoved(np.zeros(len(probe), dtype=np.float32))


def _unit(vector: np.ndarray) -> np.ndarray:
    import numpy as np

    return vector / max(float(np.linalg.norm(vector)), 1e-9)
