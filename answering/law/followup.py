"""Which reading of a follow-up the knowledge bears out: 第二项 of which article, joined to the turn before or alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from answering.knowledge import Knowledge
from answering.law.grounds import Grounds, grounds_for
from answering.law.places import part
from answering.law.question import Question, item_asked

LIKELIEST = 2
"""The readings that take over the turn before, its topic or the whole of it; the others serve where these do not."""


def supported_reading(question: Question, knowledge: Knowledge, as_of: date | None = None) -> tuple[Question, Grounds]:
    """The reading that is answered best, with its evidence: surely before possibly; the likeliest where nothing answers.

    Of places (第二项) the first reading counts that has one.
    """
    readings = []
    for search in (question.search, *question.others):
        reading = (
            question
            if search == question.search
            else replace(question, search=search, item=item_asked(search), others=())
        )
        basis = grounds_for(reading, knowledge, as_of)
        if question.item or reading.item:
            if basis.evidence and (
                not question.others or not reading.item or any(part(hit.text, reading.item) for hit in basis.evidence)
            ):
                return reading, basis
        readings.append((reading, basis))
    return max(readings, key=lambda one: _answered(readings.index(one), one[1]))


def _answered(place: int, basis: Grounds) -> tuple[bool, bool, bool, float]:
    """How well a reading is answered: surely, at all, as one of the likeliest two, and how likely."""
    best = max((hit.score for hit in basis.evidence), default=0.0)
    return bool(basis.evidence) and not basis.nearest, bool(basis.evidence), place < LIKELIEST, best
