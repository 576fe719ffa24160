"""Reviews and lawsuits: the kinds that a text names, and their numbers in table 4."""

from __future__ import annotations

import re

from checks.statements import Sentence
from checks.subject import Subject
from checks.words import read_words
from domain import Number

_WORDS = read_words(__file__)
_OF_DISCLOSURE = _WORDS["of_disclosure"]
KINDS = {
    "review": ("review",),
    "direct": ("litigation_direct",),
    "after": ("litigation_after_review",),
    "suit": ("litigation_direct", "litigation_after_review"),
}
_KIND = re.compile(
    r"(?P<direct>未经复议(?:直接)?(?:起诉|诉讼)|直接起诉)|(?P<after>复议后(?:又?起诉|诉讼|提起诉讼))|(?P<suit>诉讼|应诉|起诉|败诉|胜诉)|(?P<review>复议)"
)


def kinds_named(text: str) -> tuple[str, ...]:
    """The rows of table 4 whose cases a text names, each once, in its order."""
    return tuple(dict.fromkeys(kind for match in _KIND.finditer(text) for kind in KINDS[match.lastgroup or ""]))


def of_disclosure(sentence: Sentence) -> bool:
    """Whether the sentence can mean the cases of table 4: those about disclosure."""
    return bool(_OF_DISCLOSURE.search(sentence.text + sentence.topic + sentence.before))


def total(kinds: tuple[str, ...], result: str, subject: Subject) -> Number | None:
    """The cases of these kinds with a result (``total`` for all); None where a cell is no number."""
    found: Number = 0
    for kind in kinds:
        value = subject.number(f"table4.{kind}.{result}")
        if value is None:
            return None
        found += value
    return found
