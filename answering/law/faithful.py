"""What a capable model's sentence must be besides its gates: of the article's polarity, complete, and fluent.

Polarity: 能 or 不能, 应当 or 可以, and the numbers, as the rule that it words has them. Completeness: the
exception, the limits and the kind of number that is asked for. Fluency: it begins and ends whole. What
none of these knows of is left to ``aligned``: a sentence stays near the words of the rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answering.law.aligned import strays
from answering.law.asked import asked_for, held, terms_of
from answering.law.cases import behind_case, misplaced, numbers_swapped, statements
from answering.law.premise import judge_statement, rules, ruling_parts
from answering.law.quantities import quantities
from answering.law.units import Unit, bound, limits, units
from answering.terms import words
from gates.support import bigrams, overlap

_CLAUSE = re.compile(r"[，；]")
_EXCEPTS = re.compile(r"例外|除外|除非|除[^，。；]{1,40}外|但|另有|从其规定|不过|只有|才可以|方可|特殊情况|情形下")
_PIECES = re.compile(r"(?<=[。；])")
_RESERVES = re.compile("另有|从其规定|依照其规定")
_TELLS = 0.3
"""The share of a limit's character pairs that an answer holds where it tells the limit."""
_ASKS_NUMBER = {"howlong", "cost", "penalty", "when"}
_NO_BEGINNING = re.compile(r"^[的了着过吗呢吧啊，、；：。）)”』」和与或及]")
_NO_END = frozenset(
    "和 与 或 及 以及 由 向 对 在 是 的是 包括 按照 依照 根据 应当 可以 不得 并 并且 或者 但 但是 、 ， ：".split()
)
"""Words and signs behind which something is missing; as words, so that 理由 and 存在 are none."""


@dataclass(frozen=True)
class Lack:
    """Why a sentence may not stand: ``reason``; ``turned`` where it says the opposite, else it leaves something out."""

    reason: str
    turned: bool


def lack(sentence: str, text: str, question: str, said: str = "") -> Lack | None:
    """What a sentence (without markers) lacks as the wording of an article's ``text``; None where it may stand.

    ``said`` is the rest of the answer: an exception may be told in a sentence of its own.
    """
    unit = worded(sentence, text)
    family = "\n".join(one.text for one in bound([unit], units(text)))
    if _turned(sentence, text):
        return Lack("与条文的意思相反", True)
    if any(misplaced(one, text) or numbers_swapped(one, text) for one in statements(sentence)):
        return Lack("这种情形的结果，条文不是这样规定的", True)
    if left := _left_out(f"{sentence}{said}", sentence, unit, family):
        return Lack(f"漏了条文的限制“{left}”", False)
    asked = asked_for(question)
    if asked.kind in _ASKS_NUMBER and quantities(unit.text) and not quantities(f"{sentence}{said}"):
        if held(terms_of(question), unit.text) >= _TELLS:
            return Lack("漏了条文的期限或数额", False)
    if why := strays(sentence, text, question, said):
        return Lack(f"与条文的话对不上：{why}", False)
    return None


def fluent(sentence: str) -> bool:
    """Whether a sentence begins and ends whole."""
    plain = sentence.strip()
    return bool(plain) and not _NO_BEGINNING.search(plain) and _last_word(plain) not in _NO_END


def _last_word(plain: str) -> str:
    return next((word for word in reversed(words(plain)) if word not in "。；！？"), "")


def cuts_a_word(before: str, after: str) -> bool:
    """Whether ``after``, what a cleaning left of ``before``, begins in the middle of a word (复期限, of 答复期限)."""
    at = len(before) - len(after)
    if at <= 0 or not before.endswith(after):
        return False
    end = 0
    for word in words(before):
        if end < at < end + len(word):
            return True
        end += len(word)
    return False


def worded(sentence: str, text: str) -> Unit:
    """The paragraph of an article that a sentence words."""
    found = units(text) or [Unit(text, text, (), 0)]
    return max(found, key=lambda unit: (overlap(sentence, unit.text), -unit.place))


def _turned(sentence: str, text: str) -> bool:
    """Whether a statement of the sentence, or its first clause, says the opposite of the rule that it words.

    The sentence of the article nearest to a statement judges it; what that leaves open, its paragraph does.
    """
    parts = [part for one in statements(sentence) for part in (*ruling_parts(one), *behind_case(one))]
    first = _CLAUSE.split(sentence)[0]
    parts += [first] if rules(first) and first not in parts else []
    everywhere = [one for paragraph in units(text) for one in paragraph.sentences]
    for said in parts:
        closest = max(everywhere, key=lambda one: overlap(said, one), default=text)
        for rule in (closest, worded(said, text).text):
            words = judge_statement(said, rule).words
            if words:
                if "不对" in words:
                    return True
                break
    return False


def _left_out(answer: str, sentence: str, unit: Unit, family: str) -> str:
    """The words of a limit of the rule that the answer tells in no way, "" where it tells all."""
    for part in _PIECES.split(family):
        found = limits(part)
        if not found or not _bears_on(sentence, part, unit):
            continue
        told = bool(_EXCEPTS.search(answer)) and (overlap(part, answer) >= _TELLS or _shares(part, answer))
        if not told:
            return found[0]
    return ""


def _bears_on(sentence: str, part: str, unit: Unit) -> bool:
    """Whether a limit limits what the sentence words: the rule that holds it, or that it follows with 但, or any rule before 另有规定."""
    if part.strip() not in unit.text:
        return True
    pieces = [piece for piece in _PIECES.split(unit.text) if piece.strip()]
    worded = {_nearest(one, pieces) for one in statements(sentence)}
    at = next(place for place, piece in enumerate(pieces) if piece.strip() == part.strip())
    if at in worded or _RESERVES.search(part) and any(place < at for place in worded):
        return True
    return bool(re.match(r"\s*但", part)) and at - 1 in worded


def _nearest(said: str, pieces: Sequence[str]) -> int:
    return max(range(len(pieces)), key=lambda place: overlap(said, pieces[place]), default=0)


def _shares(part: str, answer: str) -> bool:
    """Whether an answer that speaks of 另有规定 tells a limit that is nothing else."""
    return bool(_RESERVES.search(part)) and bool(bigrams("另有规定") & bigrams(answer))
