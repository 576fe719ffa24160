"""Numerals that are the law's own: said by the article that the same paragraph cites before them."""

from __future__ import annotations

from collections.abc import Callable

from gates.citations import Reference, find_references
from gates.numbers import find_numerals
from gates.sentences import clause
from gates.support import overlap

SAID_BY_IT = 0.6
"""The share of a clause that the article holds, from which the clause tells what it lays down."""


def of_the_law(text: str, said: Callable[[Reference], str]) -> list[tuple[int, int]]:
    """(start, end) of each numeral that a cited article says, in a clause that tells it; ``said`` gives an article's words, "" for none."""
    found, at = [], 0
    for line in text.split("\n"):
        cited = [one for one in find_references(line) if one.title and one.article_no]
        words = {one: said(one) for one in cited}
        for numeral in find_numerals(line) if any(words.values()) else ():
            told = clause(line, numeral.start, numeral.end)
            if any(
                one.end <= numeral.start and numeral.text in words[one] and overlap(told, words[one]) >= SAID_BY_IT
                for one in cited
            ):
                found.append((at + numeral.start, at + numeral.end))
        at += len(line) + 1
    return found
