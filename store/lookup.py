"""Reading in the statutes: an article by its number alone, a passage judged on a day, a title's versions."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from domain import Document, Hit
from ingest.numerals import NUMERAL, to_int
from store.knowledge import KnowledgeBase
from store.validity import Period

_ALONE = re.compile(rf"第?([{NUMERAL}]+)条(?:之([一二三四五六七八九]))?")
_ORDER = re.compile(r"[^\d]{0,12}\d+(?:\]\d+)?号")
_LEVELS = ("宪法", "法律", "行政法规", "部门规章", "地方性法规", "地方政府规章")
_EACH = 3
"""Articles shown of each text where several bear the number."""


@dataclass(frozen=True)
class VersionHeld:
    """One version of a title: ``id`` names the document that holds it, "" where only its dates are known."""

    id: str
    document: Document
    period: Period
    verbatim: bool = True


def by_number(knowledge: KnowledgeBase, text: str, day: date) -> list[Hit]:
    """The articles that a bare number means; [] where ``text`` is no bare number.

    第五十条: that article of every regulation, those in force on ``day`` first. 部令第24号, 711号: the
    regulations with that number, from their first article.
    """
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if match := _ALONE.fullmatch(folded):
        no, sub = to_int(match[1]), to_int(match[2]) if match[2] else 0
        found = [knowledge.article(title, no, sub, day) for title in _titles(knowledge)]
        held = [hit for hit in found if hit]
        return sorted(held, key=lambda hit: hit.status != "现行有效")
    number = _number(folded)
    if not _ORDER.fullmatch(number):
        return []
    meant = [
        title
        for title, document in _titles(knowledge).items()
        if re.search(rf"(?<!\d){re.escape(number)}$", _number(document.number))
    ]
    articles = [knowledge.articles(title, day) for title in meant]
    return articles[0] if len(articles) == 1 else [hit for part in articles for hit in part[:_EACH]]


def _number(text: str) -> str:
    """A document's number for comparison: one form of brackets, no 第, 国令 written out."""
    folded = (
        unicodedata.normalize("NFKC", text)
        .translate(str.maketrans("〔【(", "[[["))
        .translate(str.maketrans("〕】)", "]]]"))
    )
    return re.sub(r"^国令", "国务院令", re.sub(r"[第\s]", "", folded))


def _titles(knowledge: KnowledgeBase) -> dict[str, Document]:
    """Each held regulation by title, those of the higher level first."""
    listed = [item for item in knowledge.documents() if item.kind == "regulation"]
    whole = {item.title for item in listed if not item.document.beside}
    held = [
        knowledge.registry.complete(item.document)
        for item in listed
        if not item.document.beside or item.title not in whole
    ]
    place = {level: number for number, level in enumerate(_LEVELS)}
    return {document.title: document for document in sorted(held, key=lambda d: place.get(d.level, len(place)))}


def judged(knowledge: KnowledgeBase, hit: Hit, day: date) -> Hit:
    """The same passage with its status on another day; unchanged where its document is no longer held."""
    if hit.kind != "regulation":
        return hit
    for held, period in knowledge.periods():
        document = held.document
        own = (document.title, document.source, knowledge.registry.complete(document).effective_from)
        if own == (hit.title, hit.source, hit.effective_from):
            return replace(hit, status=period.status(day), effective_to=period.end, replaced_by=period.replaced_by)
    return hit


def beside(knowledge: KnowledgeBase, hit: Hit, day: date) -> tuple[Hit | None, Hit | None]:
    """The passages before and after a hit in its regulation, in the version that it is of."""
    for on in (day, hit.effective_from):
        whole = knowledge.articles(hit.title, on) if on and hit.kind == "regulation" else []
        at = next((n for n, other in enumerate(whole) if _same(other, hit)), None)
        if at is not None:
            return (whole[at - 1] if at else None), (whole[at + 1] if at + 1 < len(whole) else None)
    return None, None


def _same(one: Hit, other: Hit) -> bool:
    return (one.article, one.heading, one.text) == (other.article, other.heading, other.text)


def versions(knowledge: KnowledgeBase, title: str) -> list[VersionHeld]:
    """Every version of a title that is held or known of, the latest first; a copy beside a whole text is none of its own."""
    held = [(item, period) for item, period in knowledge.periods() if (item.kind, item.title) == ("regulation", title)]
    whole = [period for item, period in held if not item.document.beside]
    found = [
        VersionHeld(item.id, knowledge.registry.complete(item.document), period, item.verbatim)
        for item, period in held
        if not item.document.beside or period not in whole
    ]
    begun = {version.period.start for version in found}
    for known in knowledge.registry.versions(title):
        if known.begins not in begun:
            known_document = Document("regulation", title, known.source, "", (), number=known.number)
            found.append(VersionHeld("", known_document, known.period))
    return sorted(found, key=lambda version: version.period.start or date.min, reverse=True)
