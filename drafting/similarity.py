"""How much of a paragraph stands in last year's report: the share of its prose in long common runs.

Circulars criticise reports by name for prose copied from the year before. Numerals, the figure
phrases and the names of regulations recur rightly, so they are masked and count on neither side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import product

from domain import ParagraphSimilarity
from gates.citations import find_references

RUN = 8  # characters: shorter runs are the words of everybody
MOST_COPIED = 0.5  # of a paragraph's prose; above it the paragraph is written anew
PIECE, EDIT, BROKEN = 4, 3, 12  # of a run broken up by small edits: its pieces, what may stand between, their sum
SHORTEST = 24  # characters of prose, below which a share says nothing (a heading, a zero statement)

_EDITS = sorted(product(range(EDIT + 1), repeat=2), key=sum)[1:]  # the smallest edit first
# The words of the trade: a run that holds little else is nobody's sentence.
_TRADE = re.compile(
    "政府信息公开(?:工作机构|工作|申请|条例|信息处理费|平台)?|政务公开工作|行政规范性文件|公民法人(?:或者|和)其他组织|行政(?:许可|处罚|强制|复议|诉讼)"
)
_LINK = re.compile(r"[\s，。、；：！？“”‘’（）()《》【】,.;:·—-]+")
_GAP = re.compile("【请补充[^】]*】")
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")


def measure(text: str, past: str, figures: Iterable[str] = ()) -> tuple[ParagraphSimilarity, ...]:
    """Each paragraph (line) of ``text`` with enough prose, against ``past``; figures: phrases to mask."""
    if not past.strip():
        return ()
    masks, known = list(figures), plain(past)
    measured = ((number, plain(line, masks)) for number, line in enumerate(text.split("\n")) if line.strip())
    return tuple(
        ParagraphSimilarity(number, *copied(prose, known))
        for number, prose in measured
        if len(prose.replace("□", "")) >= SHORTEST
    )


def copied(prose: str, known: str, run: int = RUN) -> tuple[float, str]:
    """(share of ``prose`` in runs that ``known`` has too, the longest of them); both from ``plain``.

    A run counts from ``run`` characters on. One that was broken up by small edits counts as well: its
    pieces stand in the same order, at most EDIT characters apart in either text.
    """
    taken, longest = bytearray(len(prose)), ""
    places = _places(known)
    for at in range(len(prose) - PIECE + 1):
        for there in places.get(prose[at : at + PIECE], ()):
            if at and there and prose[at - 1] == known[there - 1] != "□":
                continue  # the rest of a run that was seen from its beginning
            pieces = list(_pieces(prose, known, at, there))
            whole, largest = sum(size for _, size in pieces), max(pieces, key=lambda piece: piece[1])
            own = sum(len(_TRADE.sub("", prose[start : start + size])) for start, size in pieces)
            if own >= PIECE and (largest[1] >= run or len(pieces) > 1 and whole >= max(run, BROKEN)):
                longest = max(longest, prose[largest[0] : sum(largest)], key=len)
                for start, size in pieces:
                    taken[start : start + size] = b"\1" * size
    return sum(taken) / max(1, len(prose.replace("□", ""))), longest


def plain(text: str, figures: Iterable[str] = ()) -> str:
    """``text`` without punctuation; each figure, reference, numeral and gap is one □, which no run crosses."""
    for figure in sorted(set(figures), key=len, reverse=True):
        text = text.replace(figure, "□")
    text = _GAP.sub("□", text)
    for reference in reversed(find_references(text)):
        text = text[: reference.start] + "□" + text[reference.end :]
    return re.sub("□+", "□", _LINK.sub("", _DIGITS.sub("□", text)))


def _pieces(prose: str, known: str, at: int, there: int) -> Iterator[tuple[int, int]]:
    """(place, length) of the run at these places, and of those that go on behind small edits."""
    while size := _run(prose, known, at, there):
        yield at, size
        at, there = at + size, there + size
        beyond = (
            (at + mine, there + theirs)
            for mine, theirs in _EDITS
            if "□" not in prose[at : at + mine] and _run(prose, known, at + mine, there + theirs) >= PIECE
        )
        if (onward := next(beyond, None)) is None:
            return
        at, there = onward


def _run(prose: str, known: str, at: int, there: int) -> int:
    """How many characters from these places on are the same, not beyond the next □."""
    size = 0
    while at + size < len(prose) and there + size < len(known) and prose[at + size] == known[there + size] != "□":
        size += 1
    return size


@lru_cache(maxsize=4)
def _places(known: str) -> dict[str, tuple[int, ...]]:
    """Where each piece of PIECE characters stands in ``known``; a paragraph after the other asks for it."""
    found: dict[str, list[int]] = {}
    for at in range(len(known) - PIECE + 1):
        found.setdefault(known[at : at + PIECE], []).append(at)
    return {piece: tuple(places) for piece, places in found.items() if "□" not in piece}
