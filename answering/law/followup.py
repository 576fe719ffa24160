"""Which reading of a follow-up the knowledge bears out: 第二项 of which article, joined to the turn before or alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from answering.knowledge import Knowledge
from answering.law.grounds import Grounds, grounds_for
from answering.law.places import part
from answering.law.question import Question, item_asked


def supported_reading(question: Question, knowledge: Knowledge, as_of: date | None = None) -> tuple[Question, Grounds]:
    """The first reading that something surely answers to, else the first that something may; the likeliest where nothing does."""
    first, possible = None, None
    for search in (question.search, *question.others):
        reading = (
            question
            if search == question.search
            else replace(question, search=search, item=item_asked(search), others=())
        )
        basis = grounds_for(reading, knowledge, as_of)
        if basis.evidence and (
            not question.others or not reading.item or any(part(hit.text, reading.item) for hit in basis.evidence)
        ):
            if not basis.nearest:
                return reading, basis
            possible = possible or (reading, basis)
        first = first or (reading, basis)
    assert first is not None  # question.search itself was read
    return possible or first
