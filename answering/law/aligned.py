"""How near a sentence stays to the one rule that it words: its words in the rule's order, none added, no condition dropped.

The other checks look for what is wrong; what they do not know of passes. This one lets pass only what can be laid
beside one sentence of the article, clause by clause. A right sentence that strays farther is shown in the
article's words instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.law.asked import held, law_words, terms_of
from answering.law.cases import opposed, statements
from answering.law.quantities import Quantity, quantities
from answering.law.units import Unit, units
from answering.terms import words
from gates.support import bigrams

USED = 0.5
"""The share of a clause from which a statement words it."""
CONDITION = 0.45
"""The share of each clause before the last one used that a statement holds at least: a condition or a subject."""
ONE_OF, _ALTERNATIVES = 0.2, re.compile("^(?!.*(?:认为|同意|批准|确有|且)).*(?:或者|、)")
"""That share where the clause lists cases, of which one may be meant."""
_QUALIFIES = re.compile("一般|原则上|必要时|可能|适当|符合条件|视情")
"""Words that leave a rule open, and are no decoration."""
_PUT = (
    (re.compile("可以|有权"), re.compile("可以?|能|有权|予以|允许|准予|不")),
    (re.compile("不得|禁止|严禁|不予|不能|无权"), re.compile("不|禁止|严禁|无权|没有")),
)
"""How a clause puts its act, and what of it a statement has at least."""
_MODAL = re.compile("不得|应当|应该|必须|可以|有权|负责|负有|承担|管辖")
NAMED, OF_CASE = 0.5, 0.1
"""The share of the question's words, and of the clause's pairs, from which it is the case that was asked about and need not be said again."""
WHOLE = 0.6
"""The share of the last clause used that a statement holds at least."""
IN_ORDER = 0.8
"""The share of a statement's characters that stand in the rule in the same order."""
_PIECE = re.compile(r"(?<=[。；;\n])")
_CLAUSE = re.compile(r"[，,：:]")
_ITEM = re.compile(r"^\s*[（(][一二三四五六七八九十]{1,3}[）)]")
_REFERENCE = re.compile(
    r"(?:^|.)(?:违反|依照|按照|根据|依据)[^，]{0,24}(?:本法|本条例|本办法|规定|法律|法规|条件和程序)[^，]{0,12}$"
    r"|有(?:下列|前款)[^，]*(?:之一的?|行为的?)$|^实施本法第[^，]*的$|[^，]{2,24}过程中$"
)
"""Clauses that refer to other rules or to the matter as a whole, and state no case."""
_PLAIN = re.compile(r"[\s，,。；;：:、“”（）()]")
_FREE = frozenset(
    "应当 应该 必须 可以 需要 如果 对于 以及 或者 并且 同时 按照 依照 根据 有关 规定 依法 予以 进行 其中 但是 不得 下列 情形 之一 及其".split()
)
"""Words that join or put an act; how an act is put is judged elsewhere (``faithful``)."""
_ENDS = ("高低", "多少", "长短", "早晚", "大小", "轻重", "宽严", "前后", "内外", "增减")
"""The two ends of a measure: where a rule names one of them, a statement may not name the other."""
_ACTOR_BEFORE = {"申请人": "被", "执行人": "被"}
"""Words that are the end of another party's name."""


@dataclass(frozen=True)
class _Rule:
    """What an article says of one case, an item with its lead (``text``); ``but``: what follows in the sentence with 但."""

    text: str
    but: str = ""

    @property
    def clauses(self) -> list[str]:
        return [one for one in _CLAUSE.split(self.text.rstrip("。；;\n")) if one.strip()]


def strays(sentence: str, text: str, question: str = "", told: str = "") -> str:
    """What keeps a sentence from lying beside the article: a word added, a condition dropped, another order; "" for nothing.

    ``told`` is the rest of the answer: an exception may be told in a sentence of its own.
    """
    rules = [rule for unit in units(text) for rule in _rules(unit)]
    for said in statements(sentence):
        reasons = [
            (_common(said, rule.text), _strays(said, rule, question) or _exception_left(f"{sentence}{told}", rule))
            for rule in rules
        ]
        if reasons and all(reason for _, reason in reasons):
            return max(reasons)[1]
    return ""


def _rules(unit: Unit) -> list[_Rule]:
    pieces = [rule for one in _PIECE.split(unit.lead) if one.strip() for rule in _of_sentence(one.strip())]
    found = list(pieces)
    for item in unit.items:
        plain = _ITEM.sub("", item).rstrip("；;。")
        for lead in pieces:
            found += [_Rule(f"{plain}，{lead.text}"), _Rule(f"{lead.text}，{plain}")]
        found.append(_Rule(plain))
    return found


def _of_sentence(sentence: str) -> list[_Rule]:
    parts = statements(sentence)
    buts = [part if re.search(f"但是?，?{re.escape(part[:6])}", sentence) else "" for part in parts[1:]]
    return [_Rule(part, but) for part, but in zip(parts, [*buts, ""])]


def _strays(said: str, rule: _Rule, question: str) -> str:
    """Why a statement cannot be laid beside a rule, "" where it can."""
    if added := _added(said, rule.text):
        return f"加了“{added}”"
    if swapped := _by_another(said, rule.text):
        return f"“{swapped}”在条文里不在这个位置"
    if _numbers_of_others(said, rule.text):
        return "数字是另一种情形的"
    if dropped := _dropped(said, rule.clauses, question):
        return f"漏了“{dropped}”"
    mine, theirs = _PLAIN.sub("", said), _PLAIN.sub("", rule.text)
    return "" if _common(mine, theirs) >= IN_ORDER * len(mine) else "次序与条文不同"


def _exception_left(sentence: str, rule: _Rule) -> str:
    return f"漏了“{rule.but}”" if rule.but and _share(rule.but, sentence) < CONDITION else ""


def _added(said: str, rule: str) -> str:
    """A word or number of the statement that the rule has in no form."""
    law = quantities(rule)
    if wrong := next((one for one in quantities(said) if not any(one.same(other) for other in law)), None):
        return said[wrong.start : wrong.start + 6]
    for one, other in (*_ENDS, *(ends[::-1] for ends in _ENDS)):
        if one in said and one not in rule and other in rule:
            return one
    for word in words(said):
        if len(word) < 2 or word in _FREE or re.fullmatch(r"[\d.]+|[一二三四五六七八九十百千万]+", word):
            continue
        if not _stands(word, rule):
            return word
    return ""


def _by_another(said: str, rule: str) -> str:
    """A word before the verb that says who must or may, which the rule has only behind it; "" for none."""
    modal = _MODAL.search(said)
    subject = [word for word in words(said[: modal.start()]) if len(word) > 1] if modal else []
    if modal is None or not subject:
        return ""
    befores = [rule[: match.start()] for match in re.finditer(modal[0], rule)] or [rule]
    missing = min(([word for word in subject if not _stands(word, before)] for before in befores), key=len)
    return missing[0] if missing else ""


def _numbers_of_others(said: str, rule: str) -> bool:
    """Whether a number stands behind words that the rule has rather before another number of its kind."""
    law = quantities(rule)
    for mine in quantities(said):
        before = _before(said, mine)
        kind = [
            (one.same(mine), _share(before, _before(rule, one))) for one in law if one.comparable == mine.comparable
        ]
        same, other = (max((share for own, share in kind if own is wanted), default=0.0) for wanted in (True, False))
        if other > same:
            return True
    return False


def _before(text: str, one: Quantity) -> str:
    return re.split("[，、；。：\n]", text[: one.start])[-1]


def _stands(word: str, rule: str) -> bool:
    if not_after := _ACTOR_BEFORE.get(word):
        return bool(re.search(f"(?<!{not_after}){word}", rule))
    if word in rule or any(other in rule for other in law_words(word)):
        return True
    return len(word) > 2 and bigrams(word) <= bigrams(rule)


def _dropped(said: str, clauses: Sequence[str], question: str) -> str:
    """A clause of the rule before the last one used, or most of that one, which the statement leaves out."""
    shares = [_share(clause, said) for clause in clauses]
    used = [at for at, share in enumerate(shares) if share >= USED]
    if not used:
        return clauses[0]
    if turned := next(
        (clauses[at] for at in used if opposed(clauses[at], said) or opposed(said, "，".join(clauses))), ""
    ):
        return turned
    for at, clause in enumerate(clauses[: used[-1] + 1]):
        if _REFERENCE.search(clause):
            continue
        if at == used[-1]:
            if shares[at] < WHOLE or (open_ := _QUALIFIES.search(clause)) and open_[0] not in said:
                return clause
            if any(law.search(clause) and not mine.search(said) for law, mine in _PUT):
                return clause
        elif _own_share(clause, clauses[used[-1]], said) < (ONE_OF if _ALTERNATIVES.search(clause) else CONDITION):
            if held(terms_of(question), clause) < NAMED or _share(clause, question) < OF_CASE:
                return clause
    return ""


def _own_share(clause: str, ruling: str, said: str) -> float:
    """As ``_share``, of the pairs that the clause does not have in common with the one that rules."""
    mine = bigrams(clause) - bigrams(ruling)
    return len(mine & bigrams(said)) / len(mine) if mine else 1.0


def _share(clause: str, said: str) -> float:
    mine = bigrams(clause)
    return len(mine & bigrams(said)) / len(mine) if mine else 1.0


def _common(one: str, other: str) -> int:
    """The length of the longest run of characters that both have in the same order, with gaps."""
    row = [0] * (len(other) + 1)
    for char in one:
        before = 0
        for at, against in enumerate(other, start=1):
            kept = row[at]
            row[at] = before + 1 if char == against else max(row[at], row[at - 1])
            before = kept
    return row[-1]
