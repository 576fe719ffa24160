"""No question that people ask of the law is taken for one over all organs' figures."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from collecting.asking import answer_over_organs
from tests.collecting.test_asking import EVERYONE, HELD

ASKED = sorted((Path(__file__).parent.parent.parent / "knowledge" / "asked").glob("*.toml"))


def texts(value):
    """Every string in a table."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


@pytest.mark.parametrize("path", ASKED, ids=lambda path: path.stem)
def test_the_ways_of_asking_for_articles_are_left_to_the_law(path):
    asked = [
        text
        for line in texts(tomllib.loads(path.read_text(encoding="utf-8")))
        for text in line.split("；")
        if len(text) > 3
    ]
    taken = [text for text in asked if answer_over_organs(text, HELD, EVERYONE, (), date(2026, 11, 29))]
    assert asked and taken == []
