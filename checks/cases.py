"""Reviews and lawsuits: the kinds that a text names, and their numbers in table 4."""

from __future__ import annotations

from itertools import chain

from checks.statements import Sentence
from checks.subject import Subject
from checks.words import read_words
from domain import Number
from forms import Form
from matters import matters, stated

_WORDS = read_words(__file__)
_OF_DISCLOSURE = _WORDS["of_disclosure"]


def kinds_named(text: str, form: Form) -> tuple[str, ...]:
    """The rows of table 4 whose cases a text names, each once, in its order."""
    of_table4 = [one for one in matters(form).values() if one.table == "table4"]
    named = (one.path for _, _, one in stated(of_table4, text))
    rows = (suits(form) if path == "litigation" else (path,) for path in named)
    return tuple(dict.fromkeys(chain.from_iterable(rows)))


def suits(form: Form) -> tuple[str, ...]:
    """The rows of table 4 that are lawsuits."""
    return tuple(case.key for case in form.cases if case.litigation)


def reviews(form: Form) -> tuple[str, ...]:
    return tuple(case.key for case in form.cases if not case.litigation)


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


def at_least(kinds: tuple[str, ...], result: str, subject: Subject) -> Number:
    """The cases of these kinds that the printed cells show with a result; a cell without a number adds none."""
    cells = (subject.number(f"table4.{kind}.{result}") for kind in kinds)
    return sum(value for value in cells if value is not None)
