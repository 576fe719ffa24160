"""Which consequence an article attaches to which case: 理由不合理的，告知不予处理 is not what follows where it is 合理.

A sentence may be made of the article's own words and still put under one case what the article puts under another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.law.quantities import Quantity, quantities
from answering.law.units import units
from answering.terms import words
from gates.support import overlap

_CASE_ENDS = re.compile(
    r"的(?:[，,]|(?=应当|可以|不得|不予|不再|予以|准予|视为|告知|由|处以?\d))|[，,](?=(?:行政)?机关(?:应当|可以)|由)"
)
_LEADS = re.compile("下列|以下|如下")
_FROM = re.compile("[自从]([^，。；自从]{2,30}?)之(?:次)?日|以([^，。；以]{2,20})之日为")
_CASE_WITHIN = re.compile("的(?:应当|可以|不得|不予|予以|准予|视为)")
_RESERVED = re.compile(
    r"[，,](?:但是?)?[^，,。；]{0,16}(?:另有|有特别|有不同)规定的?[，,]?(?:除外|从其规定|依照其规定|适用其规定)?$"
    r"|[，,]但是?[^，,。；]{2,24}除外$"
)
_BUT = re.compile("(?:但是?|不过|然而)[，,]?")
_ITEM = re.compile(r"^\s*(?:[（(][一二三四五六七八九十]{1,3}[）)]|[①-⑳])|[；。]$")
_PIECE = re.compile(r"[。；;\n]")
_GLUE = re.compile(
    r"应当|应该|必须|可以|依法|予以|行政机关|申请人|当事人|第三方|人民政府|被许可人|企业|单位|个人|[的，、,]"
)
_NOT = re.compile(r"[不未无非](.)")
SAME_CASE, OF_LAW = 0.52, 0.2
"""The share of a case's character pairs from which it is the article's case; how much the article's own pairs count."""
OTHERS = 0.7
"""The share of a consequence from which it is that of another case,"""
CLEARLY = 0.3
"""where the case's own consequence holds so much less of it."""


ENOUGH = 0.4
"""The share of a consequence that the article's for the same case holds at least."""
SAME_RULE = 0.5
"""The share of a statement without a case from which a sentence of the article is the rule that it words."""
_WAYS = (
    ("may not do", re.compile("可以不|可不|无需|无须|不用|不必|不需要?")),
    (
        "not",
        re.compile(
            "不得|不能(?!够?(?:当场|按|及时|确定))|不可以?|禁止|不予|不再|不受理|不承担|不作为|不属于|不计算|不收取"
        ),
    ),
    ("must", re.compile("应当|应该|必须|须(?!知)|予以|准予")),
    ("may", re.compile("可以|有权(?!更正|处理|决定|机关|的)|可(?=[由向以])|方可")),
)
_SAYS = re.compile(
    r"(?<!认)为(?!由)|是(?!否)|处[\d一二三四五六七八九十]|\d|视为|告知|由[^，]{2,20}(?:批准|决定|确定|受理)$"
)
_OF_A_THING = re.compile("(?:不予|可以|不?应当|不得)[一-龥]{2}的(?=[一-龥])")  # 可以公开的信息
_AT_THE_END = re.compile(r"[，。；：:\s]+$")


@dataclass(frozen=True)
class _Pair:
    case: str
    then: str


def misplaced(statement: str, text: str) -> bool:
    """Whether a statement says what the article does not say of that case, or of that matter where it names no case."""
    said, law = _pair(statement), _pairs(text)
    if _begins_otherwise(statement, text):
        return True
    if said is None:
        return _put_otherwise(statement, text)
    ranked = sorted(law, key=lambda one: -_alike(said.case, one.case))
    if not ranked or _alike(said.case, ranked[0].case) < SAME_CASE:
        return _put_otherwise(statement, text)
    same = [one for one in ranked if _alike(said.case, one.case) >= _alike(said.case, ranked[0].case) - 0.02]
    own = max(same, key=lambda one: _held(said.then, one.then))
    other = max((_held(said.then, one.then) for one in law if one not in same), default=0.0)
    share = _held(said.then, own.then)
    if share < ENOUGH or other >= OTHERS and other >= share + CLEARLY:
        return True
    return any(differ(said.then, own.then) for differ in (_ends_otherwise, _ways_differ, _numbers_differ))


def numbers_swapped(statement: str, text: str) -> bool:
    """Whether a number stands beside words that the article has beside another number of its kind (对公民处以三千元)."""
    law = quantities(text)
    for mine in quantities(statement):
        around = _around(statement, mine)
        kind = [
            (one.same(mine), overlap(around, _around(text, one))) for one in law if one.comparable == mine.comparable
        ]
        same, other = (max((by for same, by in kind if same is wanted), default=0.0) for wanted in (True, False))
        if other >= SAME_RULE and other >= same + CLEARLY:
            return True
    return False


def _around(text: str, one: Quantity) -> str:
    """The words before a number, up to the last sign."""
    return re.split("[，、；。：\n]", text[: one.start])[-1]


def _begins_otherwise(said: str, law: str) -> bool:
    """Whether a period begins on a day (自责令改正之日起) that the article does not name."""
    theirs = [match[1] or match[2] for match in _FROM.finditer(law)]
    mine = [match[1] or match[2] for match in _FROM.finditer(said)]
    return bool(theirs) and any(max(_held(one, other) for other in theirs) < SAME_RULE for one in mine)


def _put_otherwise(statement: str, text: str) -> bool:
    """Whether the one sentence of the article that a statement words says 可以, 应当 or 不得 where that says another."""
    pieces = [piece for unit in units(text) for piece in _PIECE.split(unit.text) if piece]
    nearest = max(pieces, key=lambda one: _held(statement, one), default="")
    if _held(statement, nearest) < SAME_RULE:
        return False
    mine, theirs = (set().union(*map(_ways, re.split("[，,]", one))) for one in (statement, nearest))
    return len(mine) == len(theirs) == 1 and mine != theirs


def _ends_otherwise(said: str, law: str) -> bool:
    """Whether the last word of a consequence, which says what is done, is none of the article's for the case."""
    *_, last = ["", *words(_AT_THE_END.sub("", said))]
    return len(last) > 1 and last not in law and not any(last[at : at + 2] in law for at in range(len(last) - 1))


def _ways_differ(said: str, law: str) -> bool:
    """Whether a clause of a consequence puts its act otherwise than the article's clauses of the same act."""
    theirs, carried = [], ""
    for clause in re.split("[，,]", law):
        found = _ways(clause) or {carried}
        carried = next(iter(found))
        theirs.append((clause, found))
    for clause in re.split("[，,]", said):
        mine = _ways(clause)
        same = [found for other, found in theirs if max(_held(clause, other), _held(other, clause)) >= SAME_RULE]
        if mine and same and not mine & _agreeing(set().union(*same)):
            return True
    return False


def _agreeing(ways: set[str]) -> set[str]:
    """The ways with those that say the same: 应当 is left out of many rules."""
    return ways | {"must"} if "" in ways else ways


def _ways(clause: str) -> set[str]:
    """How a clause puts its acts: may, must, not, may not do; empty where it only states them, or is a case."""
    if clause.endswith("的"):
        return set()
    clause = _OF_A_THING.sub("", clause)
    found = {name for name, pattern in _WAYS if pattern.search(clause)}
    return found - {"not", "may"} if "may not do" in found else found


def _numbers_differ(said: str, law: str) -> bool:
    """Whether a consequence has a number that the article's for the case has not."""
    theirs = quantities(law)
    return bool(theirs) and any(not any(mine.same(one) for one in theirs) for mine in quantities(said))


def statements(sentence: str) -> list[str]:
    """The parts of a sentence that each say one thing: at ；, at 但, and where a new case begins behind a whole one."""
    found: list[str] = []
    for part in re.split(r"[；;]", _RESERVED.sub("", sentence.rstrip("。"))):
        begun = ""
        clauses = [one for one in re.split("[，,]", part.strip()) if one]
        for at, clause in enumerate(clauses):
            case = at + 1 < len(clauses) and clause.endswith("的") or _CASE_WITHIN.search(clause)
            if (case or _BUT.match(clause)) and _is_whole(begun):
                found.append(begun)
                begun = ""
            begun = f"{begun}，{clause}" if begun else _BUT.sub("", clause, count=1) if _BUT.match(clause) else clause
        found += [begun] if begun else []
    return found


def _is_whole(begun: str) -> bool:
    """Whether clauses say something already, so that what follows is another matter."""
    return bool(begun) and not begun.endswith("的") and bool(_SAYS.search(begun) or any(map(_ways, begun.split("，"))))


def behind_case(statement: str) -> list[str]:
    """What follows a case that speaks of rules itself (含有不应当公开的内容的，…), clause by clause; [] elsewhere."""
    pair = _pair(statement)
    return re.split("[，,]", pair.then) if pair and re.search("应当|可以|不得|必须", pair.case) else []


def _pairs(text: str) -> list[_Pair]:
    """Every case of an article with what follows; an item has the consequence of its lead sentence."""
    found = []
    for unit in units(text):
        pieces = [piece for whole in _PIECE.split(unit.lead) if whole for piece in statements(whole)]
        pairs = [pair for piece in pieces if (pair := _pair(piece))]
        found += pairs
        for item in unit.items:
            plain = _ITEM.sub("", _ITEM.sub("", item))
            inner = [pair for one in _PIECE.split(plain) if one for part in statements(one) if (pair := _pair(part))]
            found += inner or [_Pair(plain, unit.lead)]
            found += [_Pair(pair.case, f"{pair.then}，{plain}") for pair in pairs if _LEADS.search(pair.then)]
    return found


def _pair(piece: str) -> _Pair | None:
    ends = list(_CASE_ENDS.finditer(piece))
    if not ends or not piece[ends[-1].end() :].strip():
        return None
    first = ends[0]
    return _Pair(piece[: first.start()], piece[first.end() :])


def _alike(said: str, law: str) -> float:
    """How far two cases are the same: pairs of characters in common, none where one of them negates what the other states."""
    if opposed(said, law) or opposed(law, said):
        return 0.0
    return (1 - OF_LAW) * _held(said, law) + OF_LAW * _held(law, said)


def opposed(one: str, other: str) -> bool:
    """Whether a word that ``one`` negates stands in ``other`` without a negation."""
    denied: Sequence[str] = [match[1] for match in _NOT.finditer(one)]
    return any(char in other and not re.search(rf"[不未无非]{re.escape(char)}", other) for char in denied)


def _held(said: str, law: str) -> float:
    return overlap(_bare(said), _bare(law))


def _bare(text: str) -> str:
    return _GLUE.sub("", text)
