"""Whether passages answer a question at all, and which of them bear on it."""

from __future__ import annotations

from collections.abc import Sequence

from answering.law.question import Question
from domain import Hit

LIKELY = 0.5
"""A passage's score is the likelihood that it answers, the same for every question (store/evidence.py, bench/refusal.py)."""
POSSIBLE = 0.35
"""Below this nothing answers; between this and ``LIKELY`` the nearest passage is shown as no more than that."""
CONTINUES = 0.4
"""A follow-up's own words must come this near to something, or it changes the subject."""
CLOSE = 0.83
"""A passage bears on the question where its score comes this near to the best one's."""


def answers(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the best passages hold an answer."""
    return bool(hits and question.terms) and max(hit.score for hit in hits) >= LIKELY


def may_answer(question: Question, hits: Sequence[Hit]) -> bool:
    """Whether the best passage is worth showing, if only as the nearest there is."""
    return bool(hits and question.terms) and max(hit.score for hit in hits) >= POSSIBLE


def bears_on(hit: Hit, hits: Sequence[Hit]) -> bool:
    """Whether a passage is close enough to the best of ``hits`` to be evidence beside it."""
    return hit.score >= CLOSE * max(one.score for one in hits)
