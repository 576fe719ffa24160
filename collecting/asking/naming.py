"""Which organs a question names: whole, by the end of the name, or by a usual abbreviation; never by a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collecting.asking.grammar import UnreadText
from collecting.asking.held import SHORTEST as _SHORTEST
from collecting.organs import Organ, match

_ENDINGS = re.compile(
    r"(?:局|委|委员会|办公室|政府(?!信息)|管委会|街道|镇(?!街)|乡(?!镇)|中心|医院|学校)(?![^和与跟及同比、，,]{0,8}(?:分局|办公室)(?=[的在收]))"
)
_NO_NAME = re.compile(
    r"[各每哪几个些的本我该全所有数委]局$|[各每哪几全]个?(?:乡|镇|街道)$|^街道$|^委员会$|(?:乡镇|乡镇街道|委办局|镇街)$|[各每哪几个些的全]委$|[一二两三四五六七八九十几\d]个|局[办委]+$"
)
_APART = re.compile(r"[的和与比跟同及较]|收到|多少")
_LONGEST = 14
_LAST = {"局": "局委", "委": "委局", "会": "会委", "室": "室办", "府": "府"}
_OURS = re.compile(r"我们?局|本局|我局|本单位|我单位|全局|分局")


@dataclass(frozen=True)
class NamedOrgans:
    """``organs`` in the order in which they are named; ``unknown`` names are of none, ``several`` of more than one.

    ``places`` are (where in the question, organ).
    """

    organs: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    several: tuple[tuple[str, ...], ...] = ()
    places: tuple[tuple[int, str], ...] = ()


def known(text: UnreadText, names: Mapping[str, str]) -> list[tuple[int, str]]:
    """(place, organ) of those named whole or by the end of the name; their letters are taken from the text."""
    places: list[tuple[int, str]] = []
    there = [name for name in names if name in text.rest]
    for name in sorted(there, key=len, reverse=True):
        while (at := text.rest.find(name)) >= 0 and not _goes_on(text.rest, at + len(name)):
            places.append((at, names[name]))
            text.take(at, at + len(name))
    return places


def named(text: UnreadText, organs: Sequence[Organ], places: Sequence[tuple[int, str]]) -> NamedOrgans:
    """Those of ``known`` with the organs that abbreviations name, and the names that are of none of them."""
    found, unknown, several = [*places], [], []
    for ending in [*_ENDINGS.finditer(text.rest)]:
        end = ending.end()
        before = re.search(r"[一-龥]+$", text.rest[:end])
        letters = _APART.split(before.group())[-1] if before else ""
        if len(letters) < _SHORTEST or _NO_NAME.search(letters) or _OURS.search(letters):
            continue
        sizes = range(min(_LONGEST, len(letters)), _SHORTEST - 1, -1)
        likely = [one for one in organs if letters[-1] in _LAST.get(one.name[-1], one.name[-1])]
        fits = ((size, match(letters[-size:], _with(letters[-size], likely))) for size in sizes)
        best = next(((size, one) for size, one in fits if one.organs), None)
        if best is None:
            unknown.append(letters[-_LONGEST:])
        elif best[1].only:
            found.append((end - best[0], best[1].only))
            text.take(end - best[0], end)
        else:
            several.append(best[1].organs)
    ordered = tuple(sorted(found))
    return NamedOrgans(tuple(dict.fromkeys(org for _, org in ordered)), tuple(unknown), tuple(several), ordered)


def _with(letter: str, organs: Sequence[Organ]) -> list[Organ]:
    """The organs that a name beginning with ``letter`` can be of."""
    return [one for one in organs if letter in one.name or letter in "".join(one.others) or letter in "县市区州省旗"]


def _goes_on(text: str, end: int) -> bool:
    """Whether the name goes on, to that of another organ: 财政局城关分局, 人民政府办公室."""
    return bool(re.match(r"[一-龥]{0,6}(?:分局|办公室)", text[end:]))
