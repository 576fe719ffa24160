"""Paragraphs that two organs' reports share: who copied is not known, so both are named.

What half of the organs write alike is the county's model text and nobody's copy. Measured on the prose alone:
figures, names of regulations and the organs' own names count on neither side (``drafting.similarity``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from collecting.organs import local
from domain import PublishedReport
from drafting.similarity import copied, plain

MOST_COPIED = 0.7  # of either paragraph
SHORTEST = 50
"""Characters of prose below which two offices may well write the same."""
_WINDOW, _STEP = 12, 1  # characters of a piece that is looked up
_COMMON, _FEWEST = 0.5, 4  # the share of the organs that makes a text the county's own, and how many at least
_CANDIDATES = 3  # paragraphs of others that are compared in full with one
_SHOWN = 60


@dataclass(frozen=True)
class SharedParagraph:
    """A paragraph that organs have in common: (organ, place) of each; ``share`` (0..1) is the least of two neighbours."""

    places: tuple[tuple[str, str], ...]
    share: float
    text: str

    @property
    def orgs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(org for org, _ in self.places))

    def as_json(self) -> dict[str, Any]:
        places = [{"org": org, "where": where} for org, where in self.places]
        return {"places": places, "share": round(self.share, 2), "text": self.text}


@dataclass(frozen=True)
class _Prose:
    org: str
    where: str
    text: str
    known: str
    pieces: frozenset[int]


def shared(reports: Mapping[str, PublishedReport]) -> list[SharedParagraph]:
    """The paragraphs that organs have in common for the most part, those of most organs first."""
    held = [one for org, report in reports.items() for one in _prose(org, report)]
    where: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(held):
        for piece in one.pieces:
            where[piece].append(at)
    group = list(range(len(held)))  # of each paragraph, the first one that it is like, by way of others too
    least: dict[int, float] = {}
    for at, one in enumerate(held):
        for other in _likely(one, held, where, len(reports)):
            mine, theirs = _first(group, at), _first(group, other)
            if mine == theirs:
                continue
            share = min(copied(one.known, held[other].known)[0], copied(held[other].known, one.known)[0])
            if share > MOST_COPIED:
                first, second = sorted((mine, theirs))
                group[second] = first
                least[first] = min(share, least.get(first, 1.0), least.pop(second, 1.0))
    found: dict[int, list[_Prose]] = defaultdict(list)
    for at, one in enumerate(held):
        found[_first(group, at)].append(one)
    alike = [
        SharedParagraph(tuple((one.org, one.where) for one in several), least[first], several[0].text[:_SHOWN])
        for first, several in found.items()
        if first in least
    ]
    return sorted((one for one in alike if len(one.orgs) > 1), key=lambda one: (-len(one.orgs), -one.share))


def _first(group: list[int], at: int) -> int:
    while group[at] != at:
        at = group[at]
    return at


def _likely(one: _Prose, held: Sequence[_Prose], where: Mapping[int, Sequence[int]], organs: int) -> Iterator[int]:
    """The paragraphs of others that have most pieces of this one, the county's common pieces left out."""
    common = max(_FEWEST, int(organs * _COMMON))
    counted: Counter[int] = Counter()
    telling = 0
    for piece in one.pieces:
        places = where[piece]
        if len({held[place].org for place in places} if len(places) > common else places) > common:
            continue
        telling += 1
        counted.update(place for place in places if held[place].org != one.org)
    for place, count in counted.most_common(_CANDIDATES):
        if count >= telling * MOST_COPIED / 2 and telling >= len(one.pieces) / 2:
            yield place


def _prose(org: str, report: PublishedReport) -> Iterator[_Prose]:
    names = _names(org, report)
    for section in report.sections:
        if not section.heading:
            continue  # the preface is what the form asks for
        for number, text in enumerate(section.paragraphs, start=1):
            known = plain(text, names)
            if len(known.replace("□", "")) >= SHORTEST:
                pieces = frozenset(
                    hash(known[start : start + _WINDOW])
                    for start in range(0, len(known) - _WINDOW + 1, _STEP)
                    if "□" not in known[start : start + _WINDOW]
                )
                yield _Prose(org, f"{section.heading}第{number}段", text, known, pieces)


def _names(org: str, report: PublishedReport) -> Iterable[str]:
    return {name for whole in (org, report.org) if whole for name in (whole, local(whole)[1]) if len(name) > 2}
