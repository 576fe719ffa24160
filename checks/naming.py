"""Whether the name that a report gives a regulation is that of one that exists, and which one it takes for it.

A name is held against all that are known. Only what cannot be right otherwise is certain: a law, which the
nation alone makes, that no list holds; a known regulation with an issuer before its name, or misspelt behind
中华人民共和国. What differs in its kind (条例 for 法) may be an old regulation that no list holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from checks.words import read_words

_WORDS = read_words(__file__)
_REGULATION, _ISSUER, _PLACE = _WORDS["regulation"], _WORDS["issuer"], _WORDS["place"]
_LAW, _NO_LAW, _KIND, _SHORT = (_WORDS[name] for name in ("law", "no_law", "kind", "short"))
_ABBREVIATED, _OF_DISCLOSURE, _DISCLOSURE = _WORDS["abbreviated"], _WORDS["of_disclosure"], "政府信息公开条例"
_NATION = "中华人民共和国"
_NO_SHORT_FORM = 5  # characters from which on a name is hardly a short form of people's own
_NEAR = 0.83
"""How like a known title a name has to be (twice the common characters by all) to be taken for it."""


@dataclass(frozen=True)
class Likeness:
    """The title that a name was taken for; ``certain`` where no regulation can have the name as it stands."""

    title: str
    certain: bool

    @property
    def full(self) -> str:
        """As it is cited: with 中华人民共和国, but for regulations of ministries and courts."""
        return f"{_NATION}{self.title}" if _LAW.search(self.title) or self.title == "政府信息公开条例" else self.title


def is_regulation(title: str) -> bool:
    """Whether a title in 《》 is that of a law, regulation or rule, not of a document or a journal."""
    return bool(_REGULATION.search(title)) and not _SHORT.fullmatch(title)


def plain(title: str) -> str:
    """A title as known names are written: without blanks, its brackets and digits in half width."""
    return "".join(unicodedata.normalize("NFKC", title).split())


def likeness(printed: str, known: Mapping[str, str]) -> Likeness | None:
    """What a regulation that nobody knows was taken for; None for a known one, or where nothing is like it.

    ``printed``: the name as the report writes it, with 中华人民共和国 where that stands there. ``known``: every
    name of a regulation (``plain``) → its title. A name with a place in it is of a local regulation, of which nothing is known.
    """
    national, title = printed.startswith(_NATION), plain(printed).removeprefix(_NATION)
    if not is_regulation(title) or _PLACE.search(title):
        return None
    if _ABBREVIATED.fullmatch(title):  # short for it, but no name of its own behind 中华人民共和国
        return Likeness(known[_DISCLOSURE], True) if national and _DISCLOSURE in known else None
    if title in known:
        return None
    if (issuer := _ISSUER.match(title)) and title[issuer.end() :] in known:
        return Likeness(known[title[issuer.end() :]], True)
    titles = set(known.values())
    if _OF_DISCLOSURE.match(title) and _DISCLOSURE in titles:  # the nation has made one, and no law
        return Likeness(_DISCLOSURE, national or bool(_LAW.search(title)))
    if near := _nearest(title, titles):
        return Likeness(near, national or bool(_LAW.search(title)))
    if other := _of_another_kind(title, titles):
        return Likeness(other, bool(_LAW.search(title)))
    return None


def unknown_law(printed: str, known: Mapping[str, str]) -> bool:
    """Whether a name is that of a law, which the nation alone makes, that no list holds, and short for none in it."""
    title = plain(printed).removeprefix(_NATION)
    if not _LAW.search(title) or _NO_LAW.search(title) or _PLACE.search(title) or title in known:
        return False
    return len(title) >= _NO_SHORT_FORM and not any(_abbreviates(title, one) for one in known if _LAW.search(one))


def _abbreviates(short: str, title: str) -> bool:
    """Whether a name's characters stand in a title in their order (固废污染防治法)."""
    rest = iter(title)
    return all(char in rest for char in short)


def _of_another_kind(title: str, known: Collection[str]) -> str:
    """The one known title that differs from a name in its kind alone; "" where there is none."""
    stem = _KIND.sub("", title)
    same = [one for one in known if _KIND.sub("", one) == stem and len(stem) >= 4]
    return same[0] if len(same) == 1 else ""


def _nearest(title: str, known: Collection[str]) -> str:
    """The one known title of the same kind that is most like a name; "" where there is none."""
    likely = {one: ratio for one in known if _kind(one) == _kind(title) and (ratio := _ratio(title, one)) >= _NEAR}
    best = max(likely.values(), default=0)
    nearest = [one for one, ratio in likely.items() if ratio == best]
    return nearest[0] if len(nearest) == 1 else ""


def _kind(title: str) -> str:
    return match.group() if (match := _KIND.search(title)) else ""


def _ratio(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= _NEAR and matcher.quick_ratio() >= _NEAR else 0


def printed_name(text: str) -> str:
    """The name in 《》 at the head of a reference, without blanks; "" where there is none."""
    quoted = re.match(r"\s*《([^《》]+)》", text)
    return re.sub(r"\s+", "", quoted[1]) if quoted else ""
