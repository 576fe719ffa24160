"""``{名称}`` becomes the figure's whole phrase, label and unit included; nothing broken gets through."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from domain import Filled, Phrase, Placed, Rejection
from gates.numbers import Numeral, find_numerals
from gates.sentences import split

_PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
_UNIT = re.compile(r"(?:余|多)?(?:件|条|次|项|个|份|起|期|家|篇|人次|人|元|万元|宗|例|年度|年)")
_MAY_FOLLOW = re.compile(r"$|[，。；、：！？,;:）)”’》\s]|的|和|及|与|以及|并|均|等|为|中|其中|内|，|\{")


def expand(text: str, phrases: Mapping[str, Phrase]) -> tuple[Filled, tuple[Rejection, ...]]:
    """``text`` with each placeholder as its phrase, and what was left out.

    A sentence with an unknown, broken or doubling placeholder is left out and reported. A unit or
    label repeated beside a placeholder (``{行政许可决定}件``) is taken out; the sentence stays.
    """
    kept = Filled()
    rejections: list[Rejection] = []
    for sentence in split(text.replace("｛", "{").replace("｝", "}")):
        filled = _fault(sentence, phrases) or _fill(sentence, phrases)
        if isinstance(filled, Rejection):
            rejections.append(filled)
            filled = Filled("\n" * (len(sentence) - len(sentence.rstrip("\n"))))
        kept += filled
    return kept, tuple(rejections)


def unbound(filled: Filled, also: Sequence[tuple[int, int]] = ()) -> list[Numeral]:
    """The numerals of a text that lie in no phrase and in none of the spans ``also``."""
    spans = [*also, *((start, end) for start, end, _ in filled.placed)]
    return [
        numeral
        for numeral in find_numerals(filled.text)
        if not any(start <= numeral.start and numeral.end <= end for start, end in spans)
    ]


def _fault(sentence: str, phrases: Mapping[str, Phrase]) -> Rejection | None:
    for match in _PLACEHOLDER.finditer(sentence):
        if match[1].strip() not in phrases:
            return Rejection(match.group(), "没有这个占位符", sentence.strip())
    rest = _PLACEHOLDER.sub("", sentence)
    if "{" in rest or "}" in rest:
        return Rejection(rest.strip(), "占位符的括号不完整", sentence.strip())
    return None


def _fill(sentence: str, phrases: Mapping[str, Phrase]) -> Filled | Rejection:
    """The filled sentence, or the reason against it."""
    done, rest = Filled(), sentence
    while match := _PLACEHOLDER.search(rest):
        phrase = phrases[match[1].strip()]
        before, rest = done + Filled(rest[: match.start()]), rest[match.end() :]
        before = _without_label(before, phrase)
        rest, stray = _without_echo(rest, phrase)
        if stray:
            return Rejection(match.group() + stray, "占位符后多出单位或名词", sentence.strip())
        if rest.startswith("{"):
            rest = "、" + rest
        done = before + Filled(phrase.text, (Placed(0, len(phrase.text), phrase),))
    return done + Filled(rest)


def label(phrase: Phrase) -> str:
    """The words before the number: 行政许可 of 行政许可38件; the whole text where it has no number."""
    numerals = find_numerals(phrase.text)
    return phrase.text[: numerals[0].start] if numerals else phrase.text


def _without_label(before: Filled, phrase: Phrase) -> Filled:
    for words in (phrase.name, label(phrase)):
        if len(words) > 1 and before.text.endswith(words):
            return before[: -len(words)]
    return before


def _without_echo(rest: str, phrase: Phrase) -> tuple[str, str]:
    """The text behind a placeholder without the unit or noun it repeats; what cannot stay, if any."""
    unit = _UNIT.match(rest)
    if unit and find_numerals(phrase.text):
        if _MAY_FOLLOW.match(rest[unit.end() :]):
            return rest[unit.end() :], ""
        after = rest[unit.end() :]
        words = label(phrase)
        for size in range(len(words), 1, -1):  # {行政许可决定}件行政许可
            if after.startswith(words[-size:]) and _MAY_FOLLOW.match(after[size:]):
                return after[size:], ""
        return rest, rest[: unit.end() + 2]
    words = label(phrase)
    for size in range(len(words), 1, -1):
        if rest.startswith(words[-size:]) and _MAY_FOLLOW.match(rest[size:]):
            return rest[size:], ""
    return rest, ""
