"""BM25 over the passages: for each term the passages in which it stands, and how often.

What a score needs of all passages together (how many hold a term, how long they are on average) is counted when
it is asked for. So passages come and go without the others being read again, and the arrays lie ready
on the disk. A term is known by 64 bits of its hash. The weighting is Lucene's, as in the paper of Kamphuis et al. 2020.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

K1, B = 1.5, 0.75
_MOST = 65535
"""How often a term is counted at the most."""


@lru_cache(maxsize=1 << 16)
def term_number(term: str) -> int:
    """64 bits that stand for a term: two of a million terms agree once in some ten million libraries."""
    return int.from_bytes(hashlib.blake2b(term.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


@dataclass(frozen=True)
class Occurrences:
    """Which term stands in which passage, and how often, in any order; one row each."""

    terms: np.ndarray
    passages: np.ndarray
    counts: np.ndarray


@dataclass
class Counting:
    """Terms of passages, counted one passage after the other."""

    terms: list[int] = field(default_factory=list)
    passages: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    done: list[Occurrences] = field(default_factory=list)

    def count(self, passage: int, terms: Sequence[str]) -> None:
        """The terms of one more passage."""
        for term, count in Counter(terms).items():
            self.terms.append(term_number(term))
            self.passages.append(passage)
            self.counts.append(min(count, _MOST))
        if len(self.terms) > 1 << 16:
            self._pack()

    def entries(self) -> list[Occurrences]:
        """All that was counted."""
        self._pack()
        return self.done

    def _pack(self) -> None:
        """Numbers in arrays take a twentieth of what lists of them do."""
        import numpy as np

        self.done.append(
            Occurrences(
                np.array(self.terms, dtype=np.uint64),
                np.array(self.passages, dtype=np.int32),
                np.array(self.counts, dtype=np.uint16),
            )
        )
        self.terms, self.passages, self.counts = [], [], []


@dataclass(frozen=True)
class Postings:
    """``terms`` (uint64, rising); the passages of the n-th are ``passages[starts[n] : starts[n + 1]]`` (int32) with ``counts`` (uint16).

    ``lengths`` (int32) says of each passage how many terms it has, each as often as it stands there.
    """

    terms: np.ndarray
    starts: np.ndarray
    passages: np.ndarray
    counts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, parts: Sequence[Occurrences], lengths: np.ndarray) -> Postings:
        """Sorted by term; parts that are sorted already cost little."""
        import numpy as np

        terms, passages, counts = (
            np.concatenate([getattr(part, name) for part in parts]) for name in ("terms", "passages", "counts")
        )
        order = np.lexsort((passages, terms))
        terms, passages, counts = terms[order], passages[order], counts[order]
        del order
        first = np.flatnonzero(np.concatenate(([True], terms[1:] != terms[:-1]))) if len(terms) else np.zeros(0, int)
        return cls(terms[first], np.append(first, len(terms)).astype(np.int64), passages, counts, lengths)

    def entries(self, now: np.ndarray) -> Occurrences:
        """Row by row, sorted by term, the passages under their numbers of ``now``; those of -1 are left out."""
        import numpy as np

        passages = now[self.passages]
        stay = passages >= 0
        terms = np.repeat(self.terms, np.diff(self.starts))
        if stay.all():
            return Occurrences(terms, passages, np.asarray(self.counts))
        return Occurrences(terms[stay], passages[stay], self.counts[stay])

    def scores(self, terms: Sequence[str]) -> np.ndarray:
        """float32, one score a passage; zeros where no term is known."""
        import numpy as np

        found = np.zeros(len(self.lengths), dtype=np.float32)
        for term in terms:
            here = self._where(term)
            if holding := here.stop - here.start:
                passages, count = self.passages[here], self.counts[here].astype(np.float32)
                rare = math.log(1 + (len(self.lengths) - holding + 0.5) / (holding + 0.5))
                found[passages] += np.float32(rare) * (count / (self._longer[passages] + count))
        return found

    def holding(self, words: Sequence[str]) -> np.ndarray:
        """1.0 for each passage in which every word stands, else 0.0; zeros where there are no words."""
        import numpy as np

        found = np.full(len(self.lengths), bool(words))
        for word in words:
            here = np.zeros(len(self.lengths), dtype=bool)
            here[self.passages[self._where(word)]] = True
            found &= here
        return found.astype(np.float32)

    def weights(self, words: Sequence[str]) -> dict[str, float]:
        """How much each word tells: the logarithm of how few passages hold it."""
        ranges = {word: self._where(word) for word in words}
        size = len(self.lengths)
        return {word: math.log(1 + (size + 0.5) / (here.stop - here.start + 0.5)) for word, here in ranges.items()}

    @cached_property
    def _longer(self) -> np.ndarray:
        """What the length of a passage takes from its terms (float32)."""
        import numpy as np

        lengths = np.asarray(self.lengths, dtype=np.float64)
        return (K1 * (1 - B + B * lengths / max(float(lengths.mean()), 1e-9))).astype(np.float32)

    def _where(self, term: str) -> slice:
        import numpy as np

        number = np.uint64(term_number(term))
        at = int(np.searchsorted(self.terms, number))
        if at == len(self.terms) or self.terms[at] != number:
            return slice(0, 0)
        return slice(int(self.starts[at]), int(self.starts[at + 1]))


def coverage(weights: Mapping[str, float], text: str) -> float:
    """The share of the weighted words that stand in ``text``, in [0, 1]."""
    whole = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in text) / whole if whole else 0.0
