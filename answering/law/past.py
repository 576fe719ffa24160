"""What past reports cite, judged again: which of it is no longer in force today, and what took its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from domain import Document, Status
from gates import find_references, split
from store import KnowledgeBase
from store.validity import Period, in_succession, version_on


@dataclass(frozen=True)
class PastCitation:
    """A regulation (or one of its articles) that a past report cites and that has ended since.

    ``status`` is today's; ``ended_on`` the first day on which the cited version no longer applied,
    None where that is not known. ``then`` is its status on the last day of the report's year.
    """

    report: str
    org: str
    year: int
    heading: str
    sentence: str
    title: str
    article_no: int
    article_sub: int
    then: Status
    status: Status
    ended_on: date | None
    replaced_by: str


@dataclass(frozen=True)
class Review:
    """``reports`` looked through, ``cited`` regulations whose dates are known, ``unknown`` names, ``ended`` ones."""

    reports: int
    cited: int
    unknown: tuple[str, ...]
    ended: tuple[PastCitation, ...]


def review(knowledge: KnowledgeBase, today: date, aliases: Mapping[str, str]) -> Review:
    """Every citation in the reports held, the latest report first; ``aliases`` are further names → title."""
    known = _periods(knowledge)
    names = _names(knowledge, aliases)
    ended: dict[tuple, PastCitation] = {}
    cited: set[tuple] = set()
    unknown: dict[str, None] = {}
    reports = sorted(
        (held for held in knowledge.documents() if held.kind == "report"), key=lambda held: -held.document.year
    )
    for held in reports:
        document = knowledge.document(held.id)
        if document is None:  # removed a moment ago
            continue
        for heading, sentence, name, no, sub in _cited(document):
            title = names.get(name.removesuffix("》").removeprefix("《"), "")
            if not title or title not in known:
                if name and name not in names:
                    unknown.setdefault(name)
                continue
            key = (held.id, title, no, sub)
            cited.add(key)
            past = _judge(document, heading, sentence, (title, no, sub), known[title], today)
            if past and key not in ended:
                ended[key] = past
    return Review(len(reports), len(cited), tuple(unknown), tuple(ended.values()))


def _judge(
    document: Document, heading: str, sentence: str, cited: tuple[str, int, int], periods: list[Period], today: date
) -> PastCitation | None:
    """The citation where the version that applied in the report's year has ended; None while it applies."""
    year_end = date(document.year, 12, 31) if document.year else today
    period = periods[version_on(periods, year_end)]
    if (status := period.status(today)) not in ("已废止", "已被修订"):
        return None
    about = (document.title, document.org, document.year, heading, sentence)
    return PastCitation(*about, *cited, period.status(year_end), status, period.end, period.replaced_by)


def _cited(document: Document) -> Iterator[tuple[str, str, str, int, int]]:
    """(heading, sentence, name as written, article, sub) of each citation; a bare 第…条 names nothing."""
    for passage in document.passages:
        for sentence in split(passage.text):
            for reference in find_references(sentence):
                if reference.title:
                    yield passage.heading, sentence.strip(), reference.title, reference.article_no, reference.sub


def _periods(knowledge: KnowledgeBase) -> dict[str, list[Period]]:
    """When each version of a title applied: of those held, and of those that only the registry knows."""
    found: dict[str, list[Period]] = {}
    for held, period in knowledge.periods():
        if held.kind == "regulation":
            found.setdefault(held.title, []).append(period)
    for version in knowledge.registry.entries:
        same = found.setdefault(version.title, [])
        if all(period.start != version.begins for period in same):
            same.append(version.period)
    return {title: in_succession(periods, title) for title, periods in found.items()}


def _names(knowledge: KnowledgeBase, aliases: Mapping[str, str]) -> dict[str, str]:
    names = dict(aliases)
    for version in knowledge.registry.entries:
        names |= dict.fromkeys(version.aliases, version.title)
    titles = {version.title for version in knowledge.registry.entries}
    titles |= {held.title for held in knowledge.documents() if held.kind == "regulation"}
    return names | {title: title for title in titles}
