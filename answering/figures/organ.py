"""Whose figures a question asks for: an organ that is held, or one that is not.

A name that is not held is never answered with the figures of another organ.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from answering.terms import content_terms
from domain import YearFigures

SHORTEST_TAIL = 4
_BRANCH = re.compile(r"局([一-龥]{2,}?)分局$")
_PLACE = re.compile(r"^[一-龥]{2,}?[省市州县区]")
_GOES_ON = re.compile(r"[省市州县区]|(?:人民)?政府(?!信息)")
_SEAT = "省市州县区"
# 全县 and 市局 are more than the office, or another one; 社区 and 园区 are places and no organs.
_ORGAN = re.compile(r"[一-龥]+(?:[省市州县局厅]|政府|委员会|(?<![社园辖地小片库景])区)|[全各]?[省市州县区乡镇]级?")
_FULL = re.compile(r"(?<![一-龥])(?![被向给由送报到对经])[一-龥]{2,12}?(?:分局|厅|局|人民政府)")
_OWN = re.compile(r"[我本全咱当各](?:们)?分?局|布局|格局|结局")
# Another organ that something was sent to, or that took it over, is not the one whose figures are asked for.
_ACTS = r"(?<![被向给由送报到对经]){}(?!的?(?:网站|官网|公众号|采用|录用))"
_OWN_WORDS = frozenset("我局 本局 全局 分局 我分局 本分局 本市 本县 政府 人民政府 当局".split())


def organ(text: str, held: Sequence[YearFigures]) -> tuple[str, str]:
    """(the organ held that ``text`` names, the words that name it); ("", "") where it names none of them.

    It is named whole, by the end of its name (禄丰分局) or by its place alone (禄丰). An end that
    several organs share names none of them.
    """
    found: dict[str, str] = {}
    for org in {year.org for year in held if year.org}:
        named = [name for name in _names(org) if _stands(name, text)]
        if named:
            found[org] = max(named, key=len)
    if not found:
        return "", ""
    longest = max(map(len, found.values()))
    best = [org for org, words in found.items() if len(words) == longest]
    return (best[0], found[best[0]]) if len(best) == 1 else ("", "")


def elsewhere(rest: str, text: str, org: str) -> tuple[str, ...]:
    """The words in ``rest`` of a question that name an organ other than ``org``, or a wider one (全县, 市局)."""
    named = [name for name in _FULL.findall(rest) if not _OWN.search(name)]
    named += [
        term
        for term in content_terms(rest)
        if _ORGAN.fullmatch(term) and term not in _OWN_WORDS and not any(term in name for name in named)
    ]
    named = [name if len(name) > 1 else re.search(rf"[一-龥]{{0,3}}{name}", rest).group() for name in named]  # type: ignore[union-attr]
    return tuple(term for term in named if (not org or term not in org) and re.search(_ACTS.format(term), text))


def same(one: str, other: str) -> bool:
    """A name and its short form (禄丰分局); an unnamed organ is the only one there is."""
    return not one or not other or one.endswith(other) or other.endswith(one)


def _names(org: str) -> list[str]:
    tails = [org[at:] for at in range(1, len(org) - SHORTEST_TAIL + 1)]
    branch, place = _BRANCH.search(org), _PLACE.search(org)
    local = branch[1] if branch else place.group() if place else ""
    bare = local.rstrip(_SEAT)
    return [org, *tails, *(name for name in (local, bare) if len(name) > 1)]


def _stands(name: str, text: str) -> bool:
    """Whether ``name`` is in ``text``, and is not the beginning of another organ's (禄丰市, 云岫县政府)."""
    at = text.find(name)
    return at >= 0 and not _GOES_ON.match(text, at + len(name))
