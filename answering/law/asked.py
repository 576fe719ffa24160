"""What a question asks for: whether, how long, when, what it costs, who, which, how; and the act it asks about."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from answering.terms import content_terms, weight
from gates.support import overlap

_HERE = Path(__file__).parent
_LEAST_PART = 0.5
# The act that is asked about stands behind these words, or before those; the plainest ask first.
_MODALS = (
    re.compile(
        r"能不能够?|可不可以|可以不可以|能否|可否|是否可以|是不是可以|是否允许|要不要|需不需要|用不用|应不应[该当]|该不该|"
        r"是否(?:需要|应当|应该|必须|要)|是不是(?:都要|要|必须|需要|应当|一定)|会不会|有没有义务"
    ),
    re.compile(r"还?(?:可以|能够|能|需要|必须|应当|应该|要|允许|有权)|(?<=[还也都就])用(?=[一-龥])"),
)
_DENIED = re.compile(r"(?:不|没|无)$")
_AFTERWARDS = re.compile(r"(?:行不行|可以吗|(?<![执进施发举通运])行吗|给不给|准不准)[？?。]*$")
_END = re.compile(r"(?:吗|么|呢|了|的)*[？?。！!]*$")
_NOT = re.compile(r"^(?:再|就|都|一定)?不(?!同|服|良|动产|仅|但)")
_ME = re.compile(
    r"我们?|你们?|他们?|人家|企业|单位|局里?|行政机关|当事人|申请人|的时候|直接|自己|已经|都|还|也|就|对外"
)


@dataclass(frozen=True)
class Asked:
    """``kind`` as in ``asked.toml`` ("" for none); ``act`` is what whether and must ask about, "" where it is not clear.

    ``negated``: the act is asked with a negation (能不能不处理).
    """

    kind: str
    act: str = ""
    negated: bool = False


_PAID_FOR = ((re.compile("[收交缴]不[收交缴](?=[费钱])"), "要不要收"), (re.compile("(?<![需必])要钱(?=吗)"), "要收费"))


@lru_cache(maxsize=256)
def asked_for(question: str) -> Asked:
    """The kind of a question, and the act where it asks whether something may or must be done."""
    for way, plain in _PAID_FOR:
        question = way.sub(plain, question)
    kind = next((name for name, pattern in _kinds() if pattern.search(question)), "")
    if kind not in ("whether", "must"):
        return Asked(kind)
    act = _act(question)
    negated = bool(_NOT.search(act))
    return Asked(kind, _NOT.sub("", act), negated)


def _act(question: str) -> str:
    """The words of the act: 延期 in 能不能延期，最多延多久; what stands before 行不行."""
    if match := _AFTERWARDS.search(question):
        before = re.split(r"[，,。；;]", question[: match.start()].rstrip("，, "))[-1]
        return before if before else ""
    for modal in _MODALS:
        for clause in re.split(r"[，,。；;？?]", question):
            match = modal.search(clause)
            if match and not _DENIED.search(clause[: match.start()]):  # 不能公开吗 asks for what is forbidden
                return _END.sub("", clause[match.end() :]).split("、")[0]
    return ""


def act_terms(act: str) -> tuple[str, ...]:
    """The words of an act that a rule has to hold to speak of it; short ones count where the table knows them."""
    plain = _ME.sub("", act)
    kept = content_terms(plain)
    short = [char for char in plain if char in _same() and not any(char in term for term in kept)]
    return (*kept, *short)


def named_act(act: str) -> str:
    """A short act that can stand in a sentence of its own (延期, 收费), else ""."""
    begins = _ME.match(act)
    plain = act[begins.end() :] if begins else act
    return plain if 2 <= len(plain) <= 6 and re.fullmatch("[一-龥]+", plain) and not _ME.search(plain) else ""


def held(terms: Iterable[str], text: str) -> float:
    """The weighted share of the terms, or of what the law says for them, that a text holds, in [0, 1]."""
    total = found = 0.0
    for term in terms:
        total += weight(term)
        found += weight(term) * _holds(term, text)
    return found / total if total else 0.0


def terms_of(question: str) -> tuple[str, ...]:
    """The words that carry a question; a word of the table counts even where it is short."""
    kept = content_terms(question)
    extra = [word for word in _same() if len(word) > 1 and word in question and word not in kept]
    return (*kept, *extra)


def law_words(term: str) -> tuple[str, ...]:
    """What the law says for a word of the table."""
    return _same().get(term, ())


def _holds(term: str, text: str) -> float:
    if term in text:
        return 1.0
    if any(other in text for other in _same().get(term, ())):
        return 1.0
    part = overlap(term, text) if len(term) > 2 else 0.0
    return part * 0.8 if part >= _LEAST_PART else 0.0


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = tomllib.loads((_HERE / "asked.toml").read_text(encoding="utf-8"))["kind"]
    return tuple((entry["name"], re.compile("|".join(entry["patterns"]))) for entry in table)


@cache
def _same() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads((_HERE / "wording.toml").read_text(encoding="utf-8"))["same"]
    return {word: tuple(others) for word, *others in table}
