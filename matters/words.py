"""The one reader of words: which matters a question names, and which a narrative states, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matters.records import SPECIFIC, Matter


@dataclass(frozen=True)
class Word:
    """The ways of naming one thing in a question: ``slot`` says of what kind (row, column, result…), ``key`` which.

    ``beside`` are words that belong to it where they stand beside one of its names.
    """

    slot: str
    key: str
    names: tuple[str, ...]
    rank: int = SPECIFIC
    unit: str = ""
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Spotted:
    """A word found in a question, with the characters it takes up."""

    word: Word
    at: frozenset[int]


def spot(text: str, words: Iterable[Word]) -> list[Spotted]:
    """The words that occur in ``text``, without those that lie within a longer one (许可 in 行政许可)."""
    found = [Spotted(word, at) for word in words if (at := _places(text, word))]
    return [one for one in found if not any(one.at < other.at for other in found)]


def without(spotted: Iterable[Spotted], text: str) -> str:
    """``text`` with the spotted words blanked out."""
    taken = frozenset[int]().union(*(one.at for one in spotted))
    return "".join(" " if at in taken else letter for at, letter in enumerate(text))


def _places(text: str, word: Word) -> frozenset[int]:
    """The characters of the name that takes up the most; its parts may not overlap."""
    best: frozenset[int] = frozenset()
    for name in word.names:
        if name not in text and " " not in name:
            continue
        rest, taken = text, frozenset[int]()
        for part in name.split():
            at = rest.find(part)
            if at < 0:
                taken = frozenset()
                break
            taken |= frozenset(range(at, at + len(part)))
            rest = rest[:at] + "\0" * len(part) + rest[at + len(part) :]
        best = max(best, taken, key=len)
    if not best:
        return best
    pieces = ((text.find(piece), len(piece)) for piece in word.beside)
    return best.union(*(range(start, start + length) for start, length in pieces if start >= 0))


def stated(matters: Iterable[Matter], text: str) -> list[tuple[int, int, Matter]]:
    """(start, end, matter) wherever the words before a number in a narrative state one, in the order of their ends.

    Words that lie within longer ones do not count (结转 in 上年结转, 起诉 in 复议后起诉).
    """
    found = [
        (match.start(), match.end(), one) for one in matters for match in re.finditer(one.stated, text) if match.group()
    ]
    whole = [one for one in found if not any(_within(one, other) for other in found)]
    return sorted(whole, key=lambda place: place[1])


def stated_last(matters: Iterable[Matter], text: str) -> Matter | None:
    """The matter whose words stand last, next to the number."""
    found = stated(matters, text)
    return found[-1][2] if found else None


def _within(one: tuple[int, int, Matter], other: tuple[int, int, Matter]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0]
