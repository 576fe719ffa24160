"""Which reading of a follow-up the knowledge bears out: 第二项 of which article, joined to the turn before or alone.

Of a follow-up that stays with the matter, the article is the one that ``nearby`` finds; the words searched for
alone would find the one that answered before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from answering.knowledge import Knowledge
from answering.law.asked import asked_for, held
from answering.law.grounds import ENDED, MOST_EVIDENCE, Grounds, grounds_for
from answering.law.nearby import Candidate, candidates
from answering.law.places import part
from answering.law.question import LONGEST_LEANING, Question, item_asked
from answering.law.relevance import LIKELY, POSSIBLE, of_another_kind
from domain import Hit

LIKELIEST = 2
"""The readings that take over the turn before, its topic or the whole of it; the others serve where these do not."""
ALONE = 0.8
"""A question that could stand alone does, where it is answered as surely by itself."""
AS_WELL = 0.9
"""But 那听证费谁出 stays with the regulation spoken of, where that answers it as surely."""
OWN_HELD = 0.3
"""The share of a follow-up's own words that the article holds at least, where they name a matter."""
_BRACKETS = re.compile("[()（）]")  # 乡（镇）
NEARLY_AS_SURE = 0.75
AS_GOOD = 1.5
"""By how much less another article may fit (``nearby.toml``), to be shown beside."""


def supported_reading(question: Question, knowledge: Knowledge, as_of: date | None = None) -> tuple[Question, Grounds]:
    """The reading that is answered best, with its evidence: surely before possibly; the likeliest where nothing answers.

    Of places (第二项) the first reading counts that has one.
    """
    reading, basis = _answered_best(question, knowledge, as_of)
    basis = _of_its_regulation_first(question, basis)
    if question.item or reading.item or basis.named or not question.cited or question.wants_articles:
        return reading, basis
    return _of_the_matter(question, reading, basis, knowledge, as_of)


def _of_its_regulation_first(question: Question, basis: Grounds) -> Grounds:
    """The articles of the regulations spoken of before the others that answer no more surely: 听证的费用谁出 after 处罚的听证."""
    titles = {title for title, _ in question.cited}
    near = [hit for hit in basis.evidence if hit.title in titles and hit.score >= NEARLY_AS_SURE * _best(basis)]
    if not near or basis.nearest or basis.ended or basis.evidence[0].title in titles:
        return basis
    return replace(basis, evidence=(*near, *(hit for hit in basis.evidence if hit not in near)))


def _answered_best(question: Question, knowledge: Knowledge, as_of: date | None) -> tuple[Question, Grounds]:
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
        if search == question.search == question.asked and question.others and _surely(basis):
            return reading, basis
        readings.append((reading, basis))
    return max(readings, key=lambda one: _answered(readings.index(one), one[1]))


def _answered(place: int, basis: Grounds) -> tuple[bool, bool, bool, float]:
    """How well a reading is answered: surely, at all, as one of the likeliest two, and how likely."""
    return bool(basis.evidence) and not basis.nearest, bool(basis.evidence), place < LIKELIEST, _best(basis)


def _best(basis: Grounds) -> float:
    return max((hit.score for hit in basis.evidence), default=0.0)


def _of_the_matter(
    question: Question, reading: Question, basis: Grounds, knowledge: Knowledge, as_of: date | None
) -> tuple[Question, Grounds]:
    """The same, or the article of the regulations cited before that the follow-up points at."""
    titles = {title for title, _ in question.cited}
    alone = question.search == question.asked
    sure_alone = alone and _best(basis) >= ALONE and not basis.nearest
    if alone and len(question.asked) > LONGEST_LEANING or sure_alone and not question.goes_on:
        return reading, basis
    if not alone and _surely(basis) and basis.evidence[0].title not in titles:
        return reading, basis  # the matter leads into another regulation
    found = candidates(question, knowledge, as_of)
    if not found or not _points_at(question, found[0], alone):
        return reading, basis
    best = _named_by_itself(question, found)
    if sure_alone and best.own < AS_WELL * _best(basis):
        return reading, basis
    beside = [one.hit for one in found[1:] if one.fits >= best.fits - AS_GOOD]
    search = question.whole if alone else reading.search
    return replace(reading, search=search, others=()), _led_by(best.hit, beside, basis)


def _named_by_itself(question: Question, found: Sequence[Candidate]) -> Candidate:
    """The best, or the one that a follow-up which names its matter asks for by itself: 三方意见要等多久 after 多久答复."""
    best, rival = found[0], max(found, key=lambda one: one.own)
    number = asked_for(question.own).kind in ("howlong", "when", "cost")
    named = number and question.naming_terms and rival.own >= ALONE and best.own < NEARLY_AS_SURE * rival.own
    return rival if named else best


def _surely(basis: Grounds) -> bool:
    return bool(basis.evidence) and not basis.nearest and _best(basis) >= LIKELY


def _points_at(question: Question, best: Candidate, alone: bool) -> bool:
    """Whether a follow-up asks for the article: it is likely for both questions, and holds the words of this one."""
    if best.whole < (LIKELY if alone and not question.leans else POSSIBLE) and best.own < LIKELY:
        return False
    if of_another_kind(question.own, best.hit):
        return False
    return question.leans or held(question.naming_terms, _BRACKETS.sub("", best.hit.text)) >= OWN_HELD


def _led_by(best: Hit, beside: list[Hit], basis: Grounds) -> Grounds:
    """The same grounds, the evidence led by an article."""
    ended = best if best.status in ENDED else None
    return replace(basis, evidence=(best, *beside)[:MOST_EVIDENCE], nearest=False, ended=ended)
