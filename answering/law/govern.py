"""哪些条款管…：the articles that govern a matter, chapter by chapter of the regulation about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from answering.knowledge import Knowledge
from answering.law.question import Question
from answering.law.relevance import bears_on
from answering.terms import coverage
from domain import Hit
from gates.citations import find_references

MOST_OF_ONE = 14
MOST_OF_OTHERS = 3
MOST_UNSORTED = 8
ABOUT = 0.7
"""A title or a chapter is about the matter where it holds this share of the question's words."""
# Who, what and when stand in the chapters of their own; of these others one article or two will do.
_BRIEFLY = {"总则": 1, "监督": 2, "管理": 2, "保障": 2, "罚则": 3, "责任": 3, "附则": 0}
PER_CHAPTER = 4
_PURPOSE = 1  # article 1 says why, and governs nothing
_WITHIN = frozenset(("", "本办法", "本条例", "本法", "本规定", "办法", "条例"))


def governing_articles(question: Question, knowledge: Knowledge, found: Sequence[Hit], as_of: date | None) -> list[Hit]:
    """The governing articles: of the regulation or chapter about the matter first, in its order.

    Where neither a title nor a chapter is about it, the closest articles found.
    """
    ranked = [hit for hit in found if hit.kind == "regulation"] or list(found)
    in_articles = [hit for hit in ranked if hit.article_no]
    title = next((hit.title for hit in in_articles if coverage(question.terms, hit.title) >= ABOUT), "")
    if title:
        own = _across_chapters(knowledge.articles(title, as_of), ranked)
        return own + _of_others(question, ranked, title)
    chapter = next((hit for hit in in_articles if coverage(question.terms, hit.heading) >= ABOUT), None)
    if chapter:
        articles = knowledge.articles(chapter.title, as_of)
        own = [hit for hit in articles if hit.heading == chapter.heading][:MOST_OF_ONE]
        return own + _of_others(question, ranked, chapter.title)
    close = [hit for hit in ranked if bears_on(hit, ranked)][:MOST_UNSORTED]
    order = {hit.title: at for at, hit in reversed(list(enumerate(close)))}
    return sorted(close, key=lambda hit: (order[hit.title], hit.article_no, hit.article_sub))


def _of_others(question: Question, ranked: Sequence[Hit], title: str) -> list[Hit]:
    """Articles of other regulations whose own text holds the question's words as well."""
    close = [hit for hit in ranked if hit.title != title and coverage(question.terms, hit.text) >= ABOUT]
    return close[:MOST_OF_OTHERS]


def _across_chapters(articles: Sequence[Hit], ranked: Sequence[Hit]) -> list[Hit]:
    """The weightiest articles of each chapter, so that who, what, when and the penalty all occur."""
    place = {(hit.title, hit.article_no, hit.article_sub): at for at, hit in enumerate(ranked)}
    referred = _references_within(articles)

    def rank(hit: Hit) -> tuple[int, int, int]:
        found_at = place.get((hit.title, hit.article_no, hit.article_sub), len(ranked))
        return -referred[hit.article_no], found_at, hit.article_no

    chapters: dict[str, list[Hit]] = defaultdict(list)
    for hit in articles:
        if hit.article_no != _PURPOSE:
            chapters[hit.heading].append(hit)
    chosen = [hit for heading, hits in chapters.items() for hit in sorted(hits, key=rank)[: _share(heading)]]
    kept = sorted(chosen, key=rank)[:MOST_OF_ONE] if len(chosen) > MOST_OF_ONE else chosen
    return sorted(kept, key=lambda hit: (hit.article_no, hit.article_sub))


def _share(heading: str) -> int:
    plain = heading.replace(" ", "").replace("　", "")
    return min((share for word, share in _BRIEFLY.items() if word in plain), default=PER_CHAPTER)


def _references_within(articles: Sequence[Hit]) -> dict[int, int]:
    """How many other articles of the regulation refer to each: a mark of weight."""
    counts: dict[int, int] = defaultdict(int)
    for hit in articles:
        for number in {ref.article_no for ref in find_references(hit.text) if ref.title in _WITHIN}:
            counts[number] += number != hit.article_no
    return counts
