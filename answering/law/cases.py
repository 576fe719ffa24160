"""Which consequence an article attaches to which case: 理由不合理的，告知不予处理 is not what follows where it is 合理.

A sentence may be made of the article's own words and still put under one case what the article puts under another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.law.units import units
from gates.support import bigrams, overlap

_CASE_ENDS = re.compile(r"的(?:[，,]|(?=应当|可以|不得|不予|不再|视为|由|处以?\d))|[，,](?=(?:行政)?机关(?:应当|可以))")
_CASE_WITHIN = re.compile("的(?:应当|可以|不得|不予|视为)")
_ITEM = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[①-⑳])|[；。]$")
_PIECE = re.compile(r"[。；;\n]")
_GLUE = re.compile(
    r"应当|应该|必须|可以|依法|予以|行政机关|申请人|当事人|第三方|人民政府|被许可人|企业|单位|个人|[的，、,]"
)
_NOT = re.compile(r"[不未无非](.)")
SAME_CASE = 0.6
"""The share of a case's character pairs from which it is the article's case."""
OTHERS = 0.7
"""The share of a consequence from which it is that of another case,"""
CLEARLY = 0.3
"""where the case's own consequence holds so much less of it."""
NOTHING = 0.12
"""What a consequence shares at most with the article's for the same case, if it is none of it."""


@dataclass(frozen=True)
class _Pair:
    case: str
    then: str


def misplaced(statement: str, text: str) -> bool:
    """Whether a statement (one case, one consequence) attaches to a case of the article what that does not."""
    said = _pair(statement)
    if said is None:
        return False
    law = _pairs(text)
    ranked = sorted(law, key=lambda one: -_alike(said.case, one.case))
    if not ranked or _alike(said.case, ranked[0].case) < SAME_CASE:
        return False
    same = [one for one in ranked if _alike(said.case, one.case) >= _alike(said.case, ranked[0].case) - 0.05]
    own = max(_held(said.then, one.then) for one in same)
    other = max((_held(said.then, one.then) for one in law if one not in same), default=0.0)
    if other >= OTHERS and other >= own + CLEARLY:
        return True
    return own <= NOTHING and len(bigrams(_bare(said.then))) >= 2


def statements(sentence: str) -> list[str]:
    """The parts of a sentence that each say one thing: at ；, at 但, and where a new case begins behind a whole one."""
    found: list[str] = []
    for part in re.split(r"[；;]|[，,](?=但是?|不过|然而)", sentence.rstrip("。")):
        part = re.sub(r"^(?:但是?|不过|然而)[，,]?", "", part.strip())
        clauses = [one for one in re.split("[，,]", part) if one]
        begun = ""
        for at, clause in enumerate(clauses):
            new = at + 1 < len(clauses) and clause.endswith("的") or _CASE_WITHIN.search(clause)
            if begun and new and not begun.endswith("的"):
                found.append(begun)
                begun = ""
            begun = f"{begun}，{clause}" if begun else clause
        found += [begun] if begun else []
    return found


def behind_case(statement: str) -> list[str]:
    """What follows a case that speaks of rules itself (含有不应当公开的内容的，…), clause by clause; [] elsewhere."""
    pair = _pair(statement)
    return re.split("[，,]", pair.then) if pair and re.search("应当|可以|不得|必须", pair.case) else []


def _pairs(text: str) -> list[_Pair]:
    """Every case of an article with what follows; an item has the consequence of its lead sentence."""
    found = []
    for unit in units(text):
        pieces = [piece for piece in _PIECE.split(unit.lead) if piece]
        pairs = [pair for piece in pieces if (pair := _pair(piece))]
        found += pairs
        if unit.items and pieces:
            lead = _pair(pieces[-1])
            for item in unit.items:
                words = _ITEM.sub("", _ITEM.sub("", item))
                inner = [pair for piece in _PIECE.split(words) if (pair := _pair(piece))]
                found += inner or ([_Pair(words, lead.then)] if lead else [])
    return found


def _pair(piece: str) -> _Pair | None:
    ends = list(_CASE_ENDS.finditer(piece))
    if not ends or not piece[ends[-1].end() :].strip():
        return None
    first = ends[0]
    return _Pair(piece[: first.start()], piece[first.end() :])


def _alike(said: str, law: str) -> float:
    """How far two cases are the same: pairs of characters in common, none where one of them negates what the other states."""
    return 0.0 if _opposed(said, law) or _opposed(law, said) else overlap(_bare(said), _bare(law))


def _opposed(one: str, other: str) -> bool:
    """Whether a word that ``one`` negates stands in ``other`` without a negation."""
    denied: Sequence[str] = [match[1] for match in _NOT.finditer(one)]
    return any(char in other and not re.search(rf"[不未无非]{re.escape(char)}", other) for char in denied)


def _held(said: str, law: str) -> float:
    return overlap(_bare(said), _bare(law))


def _bare(text: str) -> str:
    return _GLUE.sub("", text)
