"""Short texts, many of them alike: the places in which passages stand, and which words stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_WORDS = 4096
"""Of so many words it is remembered where they stand."""


class Lines:
    """Short texts in which words are looked up together, many times quicker than one by one."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        self._whole = "\n".join(texts)
        self._starts = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])]) if texts else np.zeros(0, dtype=np.int64)
        self._known: dict[str, np.ndarray] = {}  # the same words are asked again and again

    def held(self, asked: Mapping[str, float]) -> np.ndarray:
        """``coverage`` of each text by the weighted words."""
        import numpy as np

        total = np.zeros(len(self._starts), dtype=np.float32)
        for word, weight in asked.items():
            total[self._places(word)] += weight
        return total / max(sum(asked.values()), 1e-9)

    def _places(self, word: str) -> np.ndarray:
        if (found := self._known.get(word)) is None:
            if len(self._known) >= _WORDS:
                self._known.clear()
            found = self._known[word] = self._found(word)
        return found

    def _found(self, word: str) -> np.ndarray:
        """Which texts hold the word."""
        import numpy as np

        found, at = [], self._whole.find(word)
        while at >= 0:
            found.append(at)
            at = self._whole.find(word, at + len(word))
        return np.unique(np.searchsorted(self._starts, np.array(found, dtype=np.int64), side="right") - 1)
