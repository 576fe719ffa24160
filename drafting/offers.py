"""A new wording beside the text that stands: paragraph by paragraph, to be accepted or refused."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ALIKE = 0.35  # of two paragraphs that tell the same; as ``sections.Work.counterpart``


@dataclass(frozen=True)
class Rewording:
    """``new`` in the place of ``old``; a paragraph that there is not yet has no ``old`` and stands after ``after``."""

    old: str
    new: str
    after: str = ""
    by: str = ""


def offers(text: str, new: str, by: str = "") -> tuple[Rewording, ...]:
    """What ``new`` would change of ``text``, in its order; what only ``text`` has stays, for it may be somebody's own."""
    return tuple(_offers(_lines(text), _lines(new), by))


def _offers(old: Sequence[str], new: Sequence[str], by: str) -> Iterator[Rewording]:
    pairs = _pairs(old, new)
    last = ""
    for place, line in enumerate(new):
        if place in pairs:
            last = old[pairs[place]]
            if last != line:
                yield Rewording(last, line, by=by)
        else:
            yield Rewording("", line, last, by)


def _pairs(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which new paragraph tells the same as which old one: the likest first, none twice."""
    likeness = [
        (difflib.SequenceMatcher(None, mine, line, autojunk=False).ratio(), place, at)
        for place, line in enumerate(new)
        for at, mine in enumerate(old)
    ]
    pairs: dict[int, int] = {}
    for ratio, place, at in sorted(likeness, reverse=True):
        if ratio > ALIKE and place not in pairs and at not in pairs.values():
            pairs[place] = at
    return pairs


def accepted(text: str, offer: Rewording) -> str | None:
    """``text`` with an offer in it; None where what it would replace is not there any more."""
    lines = text.split("\n")
    if offer.old:
        if offer.old not in lines:
            return None
        lines[lines.index(offer.old)] = offer.new
    else:
        at = lines.index(offer.after) + 1 if offer.after in lines else len(lines)
        lines.insert(at, offer.new)
    return "\n".join(lines)


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]
