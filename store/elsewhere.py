"""What people ask that no held text governs: ``knowledge/elsewhere.toml``, with a vector for each way of asking.

工伤认定要多少天 sounds like 行政复议要多少天, and another law answers it. A question that lies near to such a way is
less likely to be answered by an article that merely sounds alike, and where it is surely meant, the reader is told
which law governs the matter. It counts while none of the regulations that govern it is held. The vectors
(``elsewhere.npz``) are made by ``bench/asked.py`` with the embedded default and serve only with that model.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from store.asking import PROBE
from store.products import products

if TYPE_CHECKING:
    import numpy as np

    from store.embedding import Embedder

MADE = Path(__file__).with_name("elsewhere.npz")
_SAME = 0.97
"""As in ``asking``: with 8-bit layers the same weights differ by a hundredth."""
FAR = 0.85
"""A cosine that any two questions have: nearer than that begins to tell."""
SURE = 0.93
"""The cosine from which on a question is surely about the matter."""


@dataclass(frozen=True)
class MatterElsewhere:
    """``governed``: the titles of what governs it, () where nothing does or it is not certain."""

    name: str
    governed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nearest:
    """The matter that a question is nearest to, and by which cosine; ``FAR`` and None where there is none."""

    like: float = FAR
    matter: MatterElsewhere | None = None


@dataclass(frozen=True)
class Elsewhere:
    """``vectors`` (float32, one row a way), ``matter_of`` the place of each among ``matters``."""

    matters: Sequence[MatterElsewhere]
    matter_of: np.ndarray
    vectors: np.ndarray

    def nearest(self, vector: np.ndarray, held: AbstractSet[str]) -> Nearest:
        """Of the matters that none of the ``held`` titles governs."""
        import numpy as np

        away = np.array([held.isdisjoint(matter.governed) for matter in self.matters], dtype=bool)
        if not len(self.vectors) or not away.any():
            return Nearest()
        cosines = np.where(away[self.matter_of], products(self.vectors, vector)[0], -1.0)
        best = int(cosines.argmax())
        return Nearest(max(float(cosines[best]), FAR), self.matters[self.matter_of[best]])


@lru_cache(maxsize=4)
def _loaded(path: Path) -> tuple[Elsewhere, np.ndarray]:
    import numpy as np

    with np.load(path) as data:
        matters = tuple(
            MatterElsewhere(str(name), tuple(str(titles).split("\n")) if str(titles) else ())
            for name, titles in zip(data["names"], data["governed"])
        )
        return Elsewhere(matters, data["matter_of"], data["vectors"].astype(np.float32) / 127), data["probe"]


def matters_elsewhere(embedder: Embedder, path: Path = MADE) -> Elsewhere:
    """The matters, where their vectors are of the model; none else."""
    import numpy as np

    probe = embedder.embed_query(PROBE)
    if path.is_file():
        found, known = _loaded(path)
        if known.shape == probe.shape and float(known @ probe) > _SAME:
            return found
    return Elsewhere((), np.zeros(0, np.int32), np.zeros((0, len(probe)), np.float32))
