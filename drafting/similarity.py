"""How much of a paragraph stands in last year's report: the share of its prose in long common runs.

Circulars criticise reports by name for prose copied from the year before. Numerals, the figure
phrases and the names of regulations recur rightly, so they are masked and count on neither side.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain import ParagraphSimilarity
from gates.citations import find_references

RUN = 8  # characters: shorter runs are the words of the trade (政府信息公开工作)
MOST_COPIED = 0.5  # of a paragraph's prose; above it the paragraph is written anew
SHORTEST = 24  # characters of prose, below which a share says nothing (a heading, a zero statement)

_LINK = re.compile(r"[\s，。、；：！？“”‘’（）()《》【】,.;:·—-]+")
_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")


def measure(text: str, past: str, figures: Iterable[str] = ()) -> tuple[ParagraphSimilarity, ...]:
    """Each paragraph (line) of ``text`` with enough prose, against ``past``; figures: phrases to mask."""
    if not past.strip():
        return ()
    masks, known = list(figures), plain(past)
    measured = (
        (number, plain(line, masks)) for number, line in enumerate(text.split("\n")) if line.strip()
    )
    return tuple(
        ParagraphSimilarity(number, *copied(prose, known))
        for number, prose in measured
        if len(prose.replace("□", "")) >= SHORTEST
    )


def copied(prose: str, known: str, run: int = RUN) -> tuple[float, str]:
    """(share of ``prose`` in runs that ``known`` has too, the longest of them); both from ``plain``."""
    at, shared, longest = 0, 0, ""
    while at < len(prose):
        size = _run_at(prose, at, known)
        if size >= run:
            shared += size
            longest = max(longest, prose[at : at + size], key=len)
        at += size if size >= run else 1
    return shared / max(1, len(prose.replace("□", ""))), longest


def plain(text: str, figures: Iterable[str] = ()) -> str:
    """``text`` without punctuation; each figure, reference and numeral is one □, which no run crosses."""
    for figure in sorted(set(figures), key=len, reverse=True):
        text = text.replace(figure, "□")
    for reference in reversed(find_references(text)):
        text = text[: reference.start] + "□" + text[reference.end :]
    return re.sub("□+", "□", _LINK.sub("", _DIGITS.sub("□", text)))


def _run_at(prose: str, at: int, known: str) -> int:
    """The length of the longest run from ``at`` on that ``known`` has, not beyond the next □."""
    stop = prose.find("□", at)
    stop = len(prose) if stop < 0 else stop
    size = 0
    while at + size < stop and prose[at : at + size + 1] in known:
        size += 1
    return size
