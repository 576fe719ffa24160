"""可以, 不可以, 要 or 不用, as the rule that decides says it of the act asked about; "" where code cannot be certain."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from answering.law.asked import Asked, act_terms, held, law_words, named_act, terms_of
from answering.law.units import limits

Stance = Literal["may", "may not do", "must", "must not", "does not", "states", "condition"]

SAYS_IT = 0.6
"""The share of the act's words that a clause holds where it speaks of the act."""
HALF = 0.5
"""The share of the act's words in what a rule excepts (除吊销营业执照以外的处罚) from which on it says nothing certain of it."""
ABOUT = 0.3
"""The share of the question's other words that the article holds where the rule is about the question."""
_CLAUSE = re.compile(r"[^，,；;。：:\n]+")
_MAY_NOT_DO = re.compile(r"可以不(?:予|再)?|无需|无须|不需要?|不必|免于")
_MUST_NOT = re.compile(r"不得|禁止|严禁|不能(?!确定|当场|按)|不可|不应当?(?!公开)|无权|方可(?=之外)")
_MAY = re.compile(r"可以|予以|有权|(?<![许认])可(?=[一-龥])(?!能|行)|允许|准予|能够(?!当场|确定|作区分)")
_MUST = re.compile(r"应当|必须|须(?!知)|应(?=[一-龥])(?!急|对|诉|用)|有义务")
_NOT = re.compile(r"不(?:予|再|收取|向|承担|作为|属于|计算|受)?|未|免")
_NEAR = 4
"""Characters between a plain 不 and the act that it negates."""
_PROVIDED_FOR = re.compile(r"^(?:[^，]{0,12})?(?:需要|要求|申请|决定|可以)(?!行政机关|申请人)[^，]{2,16}的$")
_DOING_SO = re.compile(r"^(?:进行|需要|确需)?[^，]{2,6}的$")
_NOUN = re.compile(r"的(?:期限|期间|时间|决定|申请(?!人)|方式|办法|程序)|期限|期间|时间|申请(?!人)|方式|办法|程序")
_WITHIN = re.compile(r"(?:应当|必须|可以)[^，]{0,10}(?:对|在|因|以|向|将|把)$")
"""What makes a 不 part of an object (应当对不通晓…的人提供翻译)."""
_OF_MONEY, _FAR = ("不收取", "不承担"), 14
"""Verbs that govern an object at the end of the clause: 不承担…的费用."""
_CONDITION = re.compile(r"(?:的|时|后|以前|之前)$")
_WHICH = re.compile(r"^([^，]{4,}?)的([^，的]{2,14})(?=应当|必须|可以|不得)")
"""The words that say of which things a rule speaks: 具有一定社会影响 in 具有一定社会影响的行政处罚决定应当公开."""
_WITHOUT_SUBJECT = re.compile("应当|必须|可以|不得")
_ELSE = re.compile(r"认为[^，。；]{0,30}(?:不合理|合理|属实|不属于)的|根据(?:下列|不同)情况|分别")

_EXCEPTED = re.compile("除([^，。；]{2,40}?)(?:以外|之外|外)(?=的)")
_DIRECTLY, _FIRST = re.compile("直接|马上|不经"), re.compile("(?:应当|告知[^，。]{0,6}|须|必须)先")
_FOR_A_TIME = re.compile("([0-9一二两三四五六七八九十]{1,3}(?:年|个月|日)内|终身)(?:不得|禁止)")
_BARRED = re.compile("(?:内|终身)不可以")
_DEEMS = re.compile("视为|视同")
_TOLD_OF_A_RIGHT = re.compile("告知[^，。；]{0,20}(?:享有|有权|有[^，。；]{0,10}的?权利)")
_PAYS = re.compile("[交缴付花掏出](?:钱|费|罚)|缴纳|付费|花费")
_TAKES = re.compile("收(?:费|钱|取)")
_OF_A_CASE = frozenset("不予 不再 未 不".split())
"""Negations that are a case's, where 的 follows them: 对不予公开的内容说明理由."""


@dataclass(frozen=True)
class Ruling:
    """``words`` lead the answer; ``whole``: the rule has to stand whole behind them."""

    words: str = ""
    whole: bool = False


def ruling(asked: Asked, rule: str, question: str, spoken: str, limited: bool = False) -> Ruling:
    """What ``rule`` (sentences with what limits them) says of the act; ``spoken`` is the article with its title.

    Empty words where the act does not stand in the rule, or where it says more than one thing of it
    that code cannot weigh. ``limited``: another paragraph limits the rule.
    """
    act = act_terms(asked.act)
    if asked.kind not in ("whether", "must") or not act:
        return Ruling()
    rest = [term for term in terms_of(question) if term not in asked.act and asked.act not in term]
    if rest and held(rest, spoken) < ABOUT:
        return Ruling()
    stances, named = ways(rule, act, terms_of(question))
    if not stances or any(held(act, excepted) >= HALF for excepted in _EXCEPTED.findall(rule)):
        return Ruling()
    limited = limited or bool(limits(rule))
    found = _whether(asked, stances, rule, limited) if asked.kind == "whether" else _must(asked, stances, limited)
    if not found.whole and not limited and _says_both(spoken, act, terms_of(question)):
        return Ruling()
    if not named and question and (found.words.startswith("可以") or found.words == "要") and not found.whole:
        return Ruling(f"符合条件的{found.words}")
    if not named and question and _BARRED.search(found.words):
        return Ruling(f"符合条件的，{found.words}", found.whole)
    return found


def _says_both(spoken: str, act: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether the article elsewhere puts the same act the other way round: then the case decides, not the act."""
    everywhere, _ = ways(spoken, act, asked)
    return bool(everywhere & {"must", "may"}) and bool(everywhere & {"must not", "does not", "may not do"})


def _whether(asked: Asked, stances: set[Stance], rule: str, limited: bool) -> Ruling:
    act = named_act(asked.act)
    if _DIRECTLY.search(asked.act) and (_FIRST.search(rule) or not _DIRECTLY.search(rule)):
        return Ruling()  # 直接起诉的，应当告知其先申请; and of 可以起诉 it is not said that one may do so directly
    denied, granted = stances & {"must not", "does not"}, stances & {"may"}
    if stances == {"must not"} and not limited and (barred := _FOR_A_TIME.search(rule)):
        return Ruling(f"{barred[1]}不可以{act}", limited)
    if denied and granted or denied and _ELSE.search(rule):
        if limited and granted and not _ELSE.search(rule):
            return Ruling(f"一般不{act if len(act) <= 4 else '可以'}，有例外" if act else "一般不可以，有例外", True)
        return Ruling("要看情况", True)
    if asked.negated:
        if stances <= {"may not do"}:
            return Ruling("可以" + (f"不{act}" if act else ""), limited)
        if stances <= {"must", "states"} and "must" in stances:
            return Ruling("不可以" if not limited else "一般不可以，有例外", limited)
        return Ruling()
    if stances <= {"may", "states"} and "may" in stances:
        return Ruling(f"可以{act}" if not limited else f"可以{act}，但有限制", limited)
    if stances <= {"must not", "does not"} and "must not" in stances:
        return Ruling(f"不可以{act}" if not limited else "一般不可以，有例外", limited)
    if stances == {"must"}:
        return Ruling("可以，而且应当" if not limited else "一般应当，有例外", limited)
    if stances == {"does not"}:
        words = f"一般不{act if len(act) <= 4 else ''}，有例外" if limited else f"不{act}" if len(act) == 2 else ""
        return Ruling(words, limited)
    if stances == {"may not do"}:
        return Ruling("可以不" + act if act else "", limited)
    return Ruling()


def _must(asked: Asked, stances: set[Stance], limited: bool) -> Ruling:
    act = named_act(asked.act)
    if stances <= {"must", "states"} and "must" in stances:
        return Ruling("一般要，有例外" if limited else "要", limited)
    if stances <= {"does not", "must not"} and not limited and _PAYS.match(act):
        return Ruling(f"不用{act}")  # what must not be taken need not be paid
    if stances == {"must not"} and not limited and _TAKES.match(act):
        return Ruling(f"不{act}")
    if stances <= {"does not", "must not", "may not do"} and stances != {"must not", "may not do"}:
        if "must not" in stances:
            return Ruling(
                f"一般不{act}，有例外" if limited and act else "一般不可以，有例外" if limited else f"不可以{act}",
                limited,
            )
        if "may not do" in stances:
            return Ruling(f"{'一般' if limited else ''}可以不{act or '做'}{'，有例外' if limited else ''}", limited)
        return Ruling("一般不用，有例外" if limited else "不用", limited)
    if stances & {"does not", "must not"} and stances & {"may"} and limited:
        return Ruling("一般不，有例外", True)
    return Ruling()


def ways(rule: str, act: Sequence[str], asked: Sequence[str]) -> tuple[set[Stance], bool]:
    """How the clauses of the rule that speak of the act put it, and whether the question names their conditions."""
    found: set[Stance] = set()
    named = True
    for whole, sentence in ((w, part) for w in re.split(r"[。\n]", rule) for part in re.split("[；;]", w)):
        inherited: Stance = "states"
        clauses = _CLAUSE.findall(sentence)
        manner = False
        said_here = held(act, whole) >= SAYS_IT
        for at, clause in enumerate(clauses):
            own = _modal(clause)
            if held(act, clause) >= SAYS_IT or said_here and _verb_in(act, clause):
                last = at == len(clauses) - 1
                if _CONDITION.search(clause) and not last:
                    if held(act, clause) < SAYS_IT:
                        continue
                    found |= {"may"} if _PROVIDED_FOR.search(clause) else set()
                    manner = True
                    continue
                if _NOUN.match(clause[_ends(clause, act) :]):
                    continue
                manner |= bool(at) and bool(_DOING_SO.match(clauses[at - 1])) and held(act, clauses[at - 1]) > 0.2
                stance = _stance(clause, act, inherited)
                if manner and stance in ("must", "states"):  # 进行变更的，应当以…的形式变更 says how, not whether
                    continue
                conditions = [one for one in clauses[:at] if _CONDITION.search(one) and not _PROVIDED_FOR.search(one)]
                subject = clauses[at - 1] if at and _WITHOUT_SUBJECT.match(clause) else ""
                if which := _WHICH.search(subject + clause):
                    named &= _is_named(which[1], [term for term in asked if term not in which[2]])
                named &= all(_is_named(one, asked) for one in conditions)
                found.add(stance)
            if own in ("must", "may"):
                inherited = own
            elif own == "must not":
                inherited = "states"
    return found, named


def _is_named(condition: str, asked: Sequence[str]) -> bool:
    """Whether the question speaks of a condition: it holds words of the question."""
    condition = condition.rpartition("属于")[2]
    return any(held((term,), condition) > SAYS_IT for term in asked)


def _modal(clause: str) -> Stance | None:
    if _MAY_NOT_DO.search(clause):
        return "may not do"
    if _MUST_NOT.search(clause):
        return "must not"
    if _MUST.search(clause):
        return "must"
    return "may" if _MAY.search(clause) else None


def _stance(clause: str, act: Sequence[str], inherited: Stance) -> Stance:
    """How one clause puts the act: by the modal word nearest before it."""
    place = _place(clause, act)
    before = clause[:place]
    if _DEEMS.search(before):
        return "states"
    if _TOLD_OF_A_RIGHT.search(before):
        return "may"
    if _MAY_NOT_DO.search(before):
        return "may not do"
    if _MUST_NOT.search(before):
        return "must not"
    plain = [
        match
        for match in _NOT.finditer(before)
        if place - match.end() <= (_FAR if match.group() in _OF_MONEY else _NEAR)
        and not _WITHIN.search(before[: match.start()])
        and not (match.group() in _OF_A_CASE and "的" in before[match.end() :])
    ]
    if plain:
        return "does not"
    if _MUST.search(before):
        return "must"
    if _MAY.search(before):
        return "may"
    return inherited


def _verb_in(act: Sequence[str], clause: str) -> bool:
    """Whether a clause holds the verb of the act, whose object stands before it (数据…，不得篡改)."""
    return len(act[0]) > 1 and len(act) > 1 and act[0] in clause


def _ends(clause: str, act: Sequence[str]) -> int:
    """Where the last word of the act ends in the clause."""
    ends = [clause.rfind(word) + len(word) for term in act for word in (term, *law_words(term)) if word in clause]
    return max(ends, default=len(clause))


def _place(clause: str, act: Sequence[str]) -> int:
    """Where the act begins in the clause: its first word with all the others behind it, else the first that stands last."""
    words = [[word for word in (term, *law_words(term)) if word in clause] for term in act]
    words = [found for found in words if found]
    if not words:
        return len(clause)
    for first in words[0]:
        at = clause.rfind(first)
        while at >= 0:
            if all(any(word in clause[at:] for word in found) for found in words[1:]):
                return at
            at = clause.rfind(first, 0, at)
    return min(max(clause.rfind(word) for word in found) for found in words)
