"""Whether passages answer a question at all, and which of them bear on it."""

from __future__ import annotations

from typing import Sequence

from answering.question import Question
from answering.terms import coverage
from domain import Hit

# A passage's score says how well it answers, comparably between questions (store). Measured in
# bench/answers.py: idle questions stay below 0.5, and those that the knowledge answers lie above.
POSSIBLE = 0.5
SURE = 0.6
COVERED = 0.4
"""Between possible and sure, the passages' own text must hold this share of the question's words."""
CONTINUES = 0.4
"""A follow-up's own words must come this near to something, or it changes the subject."""
CLOSE = 0.8
"""A passage bears on the question where its score comes this near to the best one's."""
READ = 5


def whole(hit: Hit) -> str:
    """The words by which a passage can be known: title, heading and text."""
    return f"{hit.title} {hit.heading} {hit.text}"


def answers(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the best passages hold an answer."""
    if not hits or not question.terms:
        return False
    best = max(hit.score for hit in hits)
    if best >= SURE:
        return True
    held = max(coverage(question.terms, whole(hit)) for hit in hits[:READ])
    return best >= POSSIBLE and held >= COVERED


def bears_on(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a passage is close enough to the best of ``hits`` to be evidence beside it."""
    return hit.score >= CLOSE * max(one.score for one in hits)
