"""A sound ledger with one trouble in it: the right figures, a question or refusal that names it, or nothing else."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain import UnusableInput
from statutory import compute
from tests.conftest import examples
from tests.statutory.books import Book, sound, write
from tests.statutory.troubles import KINDS


def figures_of(result):
    """Every figure of the tables and of the facts."""
    return {key: value for key, value in result.figures.flat().items() if not key.startswith("facts.published_by")}


def sound_figures():
    with tempfile.TemporaryDirectory() as folder:
        result = compute(write(Book(sound()), Path(folder)))
    assert not result.questions and not result.failed
    return figures_of(result)


@pytest.fixture(scope="module")
def right():
    return sound_figures()


def test_a_sound_ledger_is_asked_nothing(right):
    assert right["facts.published_total"] == 12 and right["table3.carried_out.total"] == 1


def told_of(book, error):
    return any(word in problem for problem in error.problems for word in (book.sheet, *book.said))


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=examples(5))
@given(seed=st.integers(0, 10**6))
def test_trouble_is_never_another_figure_in_silence(right, name, seed):
    book = Book(sound())
    KINDS[name](book, random.Random(seed))
    with tempfile.TemporaryDirectory() as folder:
        try:
            result = compute(write(book, Path(folder)))
        except UnusableInput as error:
            assert told_of(book, error), error.problems
            return
    for sheet in result.account:
        if not sheet.why:
            assert sheet.read == sheet.counted + sheet.outside + sum(map(len, sheet.aside.values()))
    if result.final:
        expected = {f"facts.{key}": value for key, value in book.right.items()}
        found = figures_of(result)
        compared = expected or {key: value for key, value in right.items() if not key.startswith("facts.media_adopted")}
        assert {key: found[key] for key in compared} == compared
    else:
        said = [question.text for question in result.open_questions] + [check.where for check in result.failed]
        assert any(word in text for text in said for word in (book.sheet, *book.said)), said
