"""What is not asked of a report that the format is not for (of 2018 and before, of a school year, in traditional script)."""

from __future__ import annotations

from checks.subject import Subject
from checks.words import read_words

_WORDS = read_words(__file__)
_MUTED = {
    "kind-before-2019": _WORDS.listed("before_2019"),
    "kind-school-year": _WORDS.listed("school_year"),
    "kind-traditional": _WORDS.listed("traditional"),
}


def muted(subject: Subject) -> frozenset[str]:
    """The codes of the rules that a report of its kind is not held to."""
    return frozenset(code for note in subject.published.notes for code in _MUTED.get(note.code, ()))
