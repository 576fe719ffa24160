"""The knowledge base's records: documents, their passages, what is found, what became of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from domain.basics import Kind, Note, Status


@dataclass(frozen=True)
class Passage:
    """One article of a regulation or one section of a report: the unit that is found and cited.

    ``text`` is what is shown and quoted; ``also`` is searched but never shown (a digest card's
    keywords and the ways people ask). ``article_no`` is 0 where there is no article; ``article_sub``
    is 1 for 之一.
    """

    text: str
    article: str = ""
    article_no: int = 0
    article_sub: int = 0
    heading: str = ""
    verbatim: bool = True
    also: str = ""


@dataclass(frozen=True)
class Document:
    """A regulation (one version of it) or a published report, split into passages.

    ``title`` is the short name without 中华人民共和国; ``source`` names the file or the official
    source; ``digest`` is the SHA-256 of the content that was read; ``tables`` are a report's (see PublishedReport). ``effective_to`` is the first
    day on which it no longer applied; ``ended`` is 废止 or 修订 where its source says that it ended,
    also where the day is not known. ``beside``: a copy with gaps, kept beside the whole text of its
    version, in whose place it never comes.
    """

    kind: Kind
    title: str
    source: str
    digest: str
    passages: tuple[Passage, ...]
    full_title: str = ""
    number: str = ""
    issuer: str = ""
    level: str = ""
    promulgated: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaced_by: str = ""
    org: str = ""
    year: int = 0
    notes: tuple[Note, ...] = ()
    tables: Mapping[str, Any] = field(default_factory=dict)
    ended: str = ""
    beside: bool = False


@dataclass(frozen=True)
class Hit:
    """A passage found, with its document's identity and its validity on the date asked about."""

    kind: Kind
    title: str
    article: str
    article_no: int
    text: str
    verbatim: bool
    status: Status
    effective_from: date | None
    effective_to: date | None
    replaced_by: str
    source: str
    score: float
    article_sub: int = 0
    heading: str = ""
    passage_id: str = ""

    def as_json(self) -> dict[str, Any]:
        """The search hit of docs/contract.md (dates as ISO text), with the place in its document."""
        return {
            "kind": self.kind,
            "title": self.title,
            "article": self.article,
            "article_no": self.article_no,
            "text": self.text,
            "verbatim": self.verbatim,
            "status": self.status,
            "effective_from": self.effective_from.isoformat() if self.effective_from else None,
            "effective_to": self.effective_to.isoformat() if self.effective_to else None,
            "replaced_by": self.replaced_by,
            "source": self.source,
            "score": round(self.score, 6),
            "heading": self.heading,
        }


@dataclass(frozen=True)
class Outcome:
    """What became of one file handed to ingest."""

    path: str
    status: Literal["added", "unchanged", "replaced", "rejected"]
    reason: str = ""
    kind: str = ""
    title: str = ""
    passages: int = 0
    codes: tuple[str, ...] = ()
    """The kinds of what ``reason`` tells, each once."""
