"""An article as rules that are shown whole: a paragraph with its items, and what limits it.

A rule stands in a paragraph (款). The items under its lead sentence belong to it; so do the sentences
that limit it (但是…, …除外, 法律另有规定的，从其规定) and the paragraphs that refer to it (前款…).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gates.readings import chinese_value

_ITEM = re.compile(r"\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[①-⑳])")
_BEFORE = re.compile(r"前([一二两三四五])?[款项]|上述|前述|依照前")
_NUMBERED = re.compile(
    r"(?:本条|依照|按照|根据|增加|有)第([一二三四五六七八九十]{1,2})款|^第([一二三四五六七八九十]{1,2})款"
)
_GENERAL = re.compile(
    r"^(?:法律|法规|国家|国务院|行政法规)[^。；]{0,60}(?:依照|按照|从|适用)[^。；]{0,20}规定|^[^。；，]{0,30}(?:另有规定|有特别规定)"
)
_OWN = re.compile(r"(?:本法|本条例|本办法|本规定|本细则|》)第[一二三四五六七八九十百零〇]+条")
_SENTENCE = re.compile(r"[^。！？\n]*[。！？]?[”』]?")
_BONDED = re.compile(
    r"^(?:但|例外|不过|其中|上述|前述|前款|该|逾期|超过|不能|拒不|[^，。]{0,30}(?:另有|有特别|有不同)规定|[^，。；]{0,24}除外[。；]?$)"
    r"|^(?:[^，。；]{0,40}，)?(?:适用|依照|从)其规定"
)
_LIMIT = re.compile(
    r"但是|但(?=[^凡])|除外|另有规定|有特别规定|从其规定|除[^，。；]{2,60}外|不受[^，。]{2,20}限制|不适用|例外|以外的|除非"
)
_MORE_THAN_IT = re.compile(r"除(?:了)?[^，。；]{2,60}外，[^。；]{0,20}(?:还应当|还可以|还须|还要|还应|另应)")
_BESIDES = re.compile(r"除(?:依照|按照|依法)[^，。；]{2,40}(?:处罚|处理|处分|追究)[^，。；]{0,6}外，")
_CASE = re.compile(r"(?<=，)但是?[^，。；]{1,30}的，")  # …的内容，但是能够作区分处理的，应当… says when, not what else


@dataclass(frozen=True)
class Unit:
    """One paragraph of an article: its sentences up to the items (``lead``), the items, and where it stands.

    ``text`` is an exact part of the article. ``place`` counts from 0.
    """

    text: str
    lead: str
    items: tuple[str, ...]
    place: int

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the lead, each exact."""
        return tuple(one.strip() for one in _SENTENCE.findall(self.lead) if one.strip())


def units(text: str) -> list[Unit]:
    """The article's paragraphs in order, each with the items under it."""
    found: list[list[str]] = []
    for line in (line for line in text.split("\n") if line.strip()):
        if found and _ITEM.match(line):
            found[-1].append(line)
        else:
            found.append([line])
    return [
        Unit("\n".join(lines).strip(), lines[0].strip(), tuple(line.strip() for line in lines[1:]), place)
        for place, lines in enumerate(found)
    ]


def bound(chosen: Sequence[Unit], whole: Sequence[Unit]) -> list[Unit]:
    """The chosen units with every unit that limits them or that they refer to, in order."""
    bonds = [(unit.place, other) for unit in whole for other in _refers_to(unit)]
    places = {unit.place for unit in chosen}
    while more := {end for bond in bonds if places & set(bond) for end in bond} - places:
        places |= more
    return [unit for unit in whole if unit.place in places]


def bonded(sentences: Sequence[str], at: int) -> tuple[int, int]:
    """The first and last of the sentences that make up one rule with sentence ``at``: 但是 with what it limits."""
    first = last = at
    while first and _BONDED.match(sentences[first]):
        first -= 1
    while last + 1 < len(sentences) and _BONDED.match(sentences[last + 1]):
        last += 1
    return first, last


def limits(text: str) -> list[str]:
    """The words that limit a rule: 但是, 除外, 另有规定; not 除…外，还应当, which adds to it."""
    adding = [match.span() for pattern in (_MORE_THAN_IT, _BESIDES, _CASE) for match in pattern.finditer(text)]
    return [
        match.group()
        for match in _LIMIT.finditer(text)
        if not any(start <= match.start() < end for start, end in adding)
    ]


def limited_by_others(unit: Unit, family: Sequence[Unit]) -> bool:
    """Whether another paragraph of the family limits this one: it refers to it and lifts or limits it."""
    return any(
        unit.place in _refers_to(other) and (limits(other.text) or _GENERAL.match(other.text))
        for other in family
        if other != unit
    )


def _refers_to(unit: Unit) -> list[int]:
    """The places of the paragraphs of its own article that a paragraph refers to."""
    own = _OWN.sub("", unit.text)
    found = []
    if match := _BEFORE.search(own):
        back = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}.get(match[1] or "", 1)
        found += range(max(0, unit.place - back), unit.place)
    if unit.place and not match and not unit.items and (_GENERAL.match(own) or own.startswith("但")):
        found.append(unit.place - 1)
    for groups in _NUMBERED.findall(own):
        number = chinese_value(groups[0] or groups[1]) or 0
        found += [number - 1] if 0 < number <= unit.place else []
    return found
