"""What an office's word for a value means in the form: proposed with its reason, never decided.

The form's own words need nobody's confirmation. Everything else is proposed from ``values.toml``, the whole
word first, then words within it; where two meanings fit, or the word names only a group, nothing is
proposed and a person chooses.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from forms import Form, form_for
from intake.words import FOLDER
from statutory.spelling import comparable, fold
from statutory.vocabulary import UNDER_WAY, vocabularies

NOT_COUNTED, COUNTED, CLOSED = "不计入", "计入", "已办结"
WITHOUT_FORM = {"状态": (COUNTED, NOT_COUNTED), "办理状态": (CLOSED, UNDER_WAY)}
"""Columns whose meanings are ours and not the form's."""
_MARKS = re.compile(r"[，,。.；;、！!\s]+")
_NEGATED = "不未非无没"
_PREFIX = re.compile(r"^(不予公开|无法提供|不予处理|其他处理)[（(\-:：]?(.+?)[）)]?$")


@dataclass(frozen=True)
class Meaning:
    """What a value means: ``is_`` a value of the form, "" where a person must choose; ``sure`` where the whole word is known."""

    is_: str
    why: str
    sure: bool = False


@dataclass(frozen=True)
class _Entry:
    is_: str
    why: str
    words: frozenset[str]
    like: tuple[re.Pattern[str], ...]


UNKNOWN = Meaning("", "没有见过的说法，请选择")


@cache
def _entries() -> Mapping[str, tuple[_Entry, ...]]:
    data: dict[str, Any] = tomllib.loads((FOLDER / "values.toml").read_text(encoding="utf-8"))
    return {
        column: tuple(
            _Entry(
                one["is"],
                one["why"],
                frozenset(_plain(word) for word in one["words"]),
                tuple(re.compile(pattern) for pattern in one["like"]),
            )
            for one in entries["meaning"]
        )
        for column, entries in data.items()
    }


def columns_with_meanings() -> frozenset[str]:
    return frozenset(_entries())


def _plain(text: str) -> str:
    return _MARKS.sub("", comparable(text))


@cache
def _vocabularies(form: Form) -> Mapping[str, Any]:
    return vocabularies(form)


def choices(column: str, form: Form | None = None) -> tuple[str, ...]:
    """Every meaning that a value of a column can have, as a person chooses it."""
    if column in WITHOUT_FORM:
        return WITHOUT_FORM[column]
    terms = _vocabularies(form or form_for(2025)).get(column)
    names = tuple(terms.names) if terms else ()
    return names if column in ("申请人类型", "办理结果", "案件类型", "结果") else (*names, NOT_COUNTED)


@lru_cache(maxsize=4096)
def own_meaning(column: str, value: str, year: int = 2025) -> str:
    """The form's value that a word is, apart from spelling and numbering; "" where it is none of the form's."""
    if column in WITHOUT_FORM:
        return WITHOUT_FORM[column][0] if column == "状态" and _whole(column, value) == COUNTED else ""
    form = form_for(year)
    terms = _vocabularies(form).get(column)
    if terms is None:
        return ""
    if column == "申请人类型":
        for applicant in form.applicants:
            if applicant.label != "其他" and fold(value) in applicant.aliases:
                return applicant.label
    term = terms.read(value)
    if term is None:
        return ""
    return term.name if term.key else NOT_COUNTED


def _whole(column: str, value: str) -> str:
    word = _plain(value)
    return next((entry.is_ for entry in _entries().get(column, ()) if word in entry.words), "")


@lru_cache(maxsize=8192)
def is_value_word(word: str) -> bool:
    """Whether a word is a kind of applicant or a result, or a group of results: no heading, but what may stand below one."""
    return any(
        own_meaning(column, word) or any(_plain(word) in entry.words for entry in _entries()[column])
        for column in ("申请人类型", "办理结果")
    )


@lru_cache(maxsize=4096)
def propose(column: str, value: str) -> Meaning:
    """The meaning of a word that is not the form's own, as far as it can be told."""
    entries, word = _entries().get(column, ()), _plain(value)
    for entry in entries:
        if word in entry.words:
            return Meaning(entry.is_, entry.why, bool(entry.is_))
    if column == "办理结果" and (grouped := _in_group(entries, word)):
        return grouped
    found = {entry.is_: entry for entry in entries if any(_stands(pattern, word) for pattern in entry.like)}
    if column == "办理结果" and "部分公开" in found:  # what is partly refused is told beside it (条例第三十七条)
        found = {"部分公开": found["部分公开"]}
    if len(found) == 1:
        entry = next(iter(found.values()))
        return Meaning(entry.is_, entry.why)
    if found:
        return Meaning("", f"可能是{'、'.join(f'“{one}”' for one in found)}，请选择")
    return UNKNOWN


def _stands(pattern: re.Pattern[str], word: str) -> bool:
    """Whether the pattern is there and not denied by the character before it."""
    return any(not (m.start() and word[m.start() - 1] in _NEGATED) for m in pattern.finditer(word))


def _in_group(entries: tuple[_Entry, ...], word: str) -> Meaning | None:
    """不予公开（个人隐私）: the item is looked for within its group alone."""
    match = _PREFIX.match(word)
    if not match:
        return None
    group, rest = match.groups()
    rest = _plain(rest)
    within = [entry for entry in entries if entry.is_.startswith(group)]
    for entry in within:
        if rest in entry.words:
            return Meaning(entry.is_, entry.why, True)
    found = {entry.is_: entry for entry in within if any(_stands(pattern, rest) for pattern in entry.like)}
    if len(found) == 1:
        entry = next(iter(found.values()))
        return Meaning(entry.is_, entry.why)
    return Meaning("", f"“{group}”中的哪一项看不出来，请选择")
