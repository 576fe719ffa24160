"""Markers and citations made to agree: renumbered from 1 in the order in which they appear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answering.law.extract import bracketed, standing
from answering.law.extract import name as article_name
from answering.law.judge import MARKER
from domain import Citation, Hit


class MarkerNumbering:
    """Turns places in the evidence into markers, giving the next number at first sight.

    Text may be renumbered piece by piece, so that what is streamed has its final markers.
    """

    def __init__(self, evidence: Sequence[Hit]) -> None:
        self._evidence = evidence
        self._markers: dict[int, int] = {}

    def named(self, sentence: str) -> str:
        """``sentence`` renumbered, with the name of each article that it is the first to cite."""

        def name(match: re.Match[str]) -> str:
            place = int(match[1])
            hit = self._evidence[place - 1]
            known = place in self._markers or article_name(hit) in sentence
            words = [
                *([] if known else [article_name(hit)]),
                *([standing(hit)] if standing(hit) not in sentence else []),
            ]
            return f"{bracketed('，'.join(words))}[{self._marker(place)}]"

        return MARKER.sub(name, sentence)

    def renumber(self, text: str) -> str:
        """``text`` with each ``[k]`` (place in the evidence, from 1) as its marker."""
        return MARKER.sub(lambda match: f"[{self._marker(int(match[1]))}]", text)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """One citation for each marker given, in order."""
        return tuple(Citation(marker, self._evidence[place - 1]) for place, marker in self._markers.items())

    def _marker(self, place: int) -> int:
        return self._markers.setdefault(place, len(self._markers) + 1)
