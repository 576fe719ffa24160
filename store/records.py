"""Documents ↔ what Chroma holds of them: passages with their vectors, and one marker a document.

The marker is written last and replaced in one step. It names the edition (one content of one
document) whose records are valid; records of any other edition are not there for a reader.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from domain import Document, Note, Passage
from ingest import law_library
from store.turn import Stamp

LAYOUT = "1"
"""Of the records; part of the collections' names, so that an older layout is never misread."""

Role = Literal["passage", "words", "place"]
"""``passage``: its text; ``words``: its ``also``; ``place``: title and heading of its chapter."""

_DATES = ("promulgated", "effective_from", "effective_to")
_OF_PASSAGE = frozenset(field.name for field in fields(Passage)) - {"text"}


class Damaged(Exception):
    """What was read is not what was written; the words say which document it is of."""


@dataclass(frozen=True)
class DocumentSummary:
    """A document as listed: everything but its passages. ``id`` is what ``remove`` takes.

    ``marked`` is the document as its marker words it; ``sealed`` says that the marker proves itself.
    """

    id: str
    edition: str
    document: Document
    passages: int
    records: int
    verbatim: bool
    rank: int
    marked: str
    sealed: bool

    @property
    def kind(self) -> str:
        return self.document.kind

    @property
    def title(self) -> str:
        return self.document.title


@dataclass(frozen=True)
class Listing:
    """The documents held, by id, as ``read`` at a time of the monotonic clock, and as long as ``stamp`` stands."""

    read: float
    documents: Mapping[str, DocumentSummary]
    stamp: Stamp | None = None

    @cached_property
    def state(self) -> str:
        """See ``state``."""
        return state(self.documents.values())


@dataclass(frozen=True)
class Record:
    """One row of the passages' collection; ``embedded`` is the text that its vector stands for."""

    id: str
    role: Role
    embedded: str
    text: str
    metadata: dict[str, Any]


def identity(document: Document) -> str:
    """The id of a document: a regulation by title and day, a copy beside it by its file as well, a report by organ and year."""
    if document.kind == "regulation":
        day = document.promulgated or document.effective_from
        key = ("regulation", document.title, day.isoformat() if day else "")
        key += ("beside", document.digest) if document.beside else ()
    else:
        key = ("report", document.org or document.title, str(document.year or document.title))
    return _sha(*key)[:20]


def as_text(document: Document) -> str:
    """The whole document as JSON; ``from_text`` gives it back."""
    return _json(_plain(document) | {"passages": [asdict(passage) for passage in document.passages]})


def from_text(text: str) -> Document:
    """The document of ``as_text``; ValueError, TypeError, KeyError or AttributeError where it is none."""
    data = json.loads(text, object_hook=_number)
    passages = tuple(Passage(**passage) for passage in data.pop("passages"))
    return replace(_document(data), passages=passages)


def edition(document: Document) -> str:
    """Names one content of one document: other words, articles or dates are another edition."""
    return f"{identity(document)}-{_sha(as_text(document))[:12]}"


def is_verbatim(document: Document) -> bool:
    """Whether it is the official text, not digest cards."""
    return any(passage.verbatim for passage in document.passages)


def rank(document: Document) -> int:
    """Which of two texts of one version stands: 2 an official file, 1 the statute library, 0 digest cards."""
    return 0 if not is_verbatim(document) else 1 if document.source == law_library.SOURCE else 2


def records(document: Document, written: int, named: str = "") -> list[Record]:
    """All records of a document; ``written`` is the time, in seconds since 1970; ``named`` its edition where that is known."""
    prefix, rows = named or edition(document), []
    for place, passage in enumerate(document.passages):
        base = {"edition": prefix, "written": written, "place": place}
        meta = dict(vars(passage))
        text = meta.pop("text")
        rows.append(Record(passage_id(prefix, place), "passage", text, text, base | {"role": "passage"} | meta))
        if passage.also:
            rows.append(Record(f"{passage_id(prefix, place)}w", "words", passage.also, "", base | {"role": "words"}))
    for number, heading in enumerate(dict.fromkeys(passage.heading for passage in document.passages)):
        name = place_name(document.title, heading)
        meta = {"edition": prefix, "written": written, "role": "place", "heading": heading}
        rows.append(Record(f"{prefix}:h{number:04}", "place", name, "", meta))
    return rows


def passage_id(edition: str, place: int) -> str:
    """The id of the record of an edition's passage."""
    return f"{edition}:{place:05}"


def place_name(title: str, heading: str) -> str:
    """Where a passage stands, in words: the title and the headings above it."""
    return f"{title} {heading.replace('/', ' ')}".strip()


def passage_of(text: str, metadata: Mapping[str, Any]) -> Passage:
    """The passage of a record."""
    return Passage(text=text, **{key: value for key, value in metadata.items() if key in _OF_PASSAGE})


def marker(id: str, document: Document, count: int) -> dict[str, Any]:
    """The marker's metadata: the document without its passages, and what belongs to it; sealed."""
    mark = {
        "edition": edition(document),
        "passages": len(document.passages),
        "records": count,
        "verbatim": is_verbatim(document),
        "rank": rank(document),
        "document": _json(_plain(document)),
    }
    return mark | {"seal": _seal(id, mark)}


def _seal(id: str, mark: Mapping[str, Any]) -> str:
    return _sha(id, json.dumps(mark, sort_keys=True))[:20]


def summary(id: str, metadata: Mapping[str, Any]) -> DocumentSummary:
    """What a marker says; Damaged where it is not as it was written. Those of earlier versions have no seal."""
    mark = dict(metadata or {})
    seal = mark.pop("seal", None)
    if seal is not None and seal != _seal(id, mark):
        raise Damaged(f"编号 {id} 的资料，目录与收入时不同")
    try:
        document = _document(json.loads(mark["document"], object_hook=_number))
        known = {name: mark[name] for name in ("edition", "passages", "records", "verbatim")}
        place = int(mark.get("rank", 2 * known["verbatim"]))
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Damaged(f"编号 {id} 的资料，目录读不出来") from error
    return DocumentSummary(id, document=document, rank=place, marked=mark["document"], sealed=seal is not None, **known)


def passages_of(held: DocumentSummary, found: Iterable[tuple[str, Mapping[str, Any]]]) -> tuple[Passage, ...]:
    """The passages of a document from its records' texts and metadata; Damaged where they are not those of its edition."""
    try:
        passages = tuple(
            passage_of(text, metadata) for text, metadata in sorted(found, key=lambda row: row[1]["place"])
        )
        content = f'{held.marked[:-1]}, "passages": {_json([vars(passage) for passage in passages])}}}'
    except (KeyError, TypeError) as error:
        raise Damaged(f"《{held.title}》的条文读不出来") from error
    if _sha(content)[:12] != held.edition[-12:]:
        raise Damaged(f"《{held.title}》的内容与收入时不同")
    return passages


def summaries(
    markers: Iterable[tuple[str, Mapping[str, Any]]], known: Mapping[str, DocumentSummary]
) -> dict[str, DocumentSummary]:
    """What all markers say, by id; an edition that is ``known`` already says the same again."""
    return {
        id: known[id] if id in known and known[id].edition == mark["edition"] else summary(id, mark)
        for id, mark in markers
    }


def state(listed: Iterable[DocumentSummary]) -> str:
    """Names the content of a knowledge base: the editions held."""
    return hashlib.sha256("\n".join(sorted(item.edition for item in listed)).encode()).hexdigest()


def strays(ids: Iterable[str], editions: Iterable[str]) -> list[str]:
    """Records of no valid edition: what a killed run left, or has not finished."""
    valid = set(editions)
    return [id for id in ids if id.partition(":")[0] not in valid]


def _plain(document: Document) -> dict[str, Any]:
    data = asdict(replace(document, passages=()))
    del data["passages"]
    if not document.beside:  # as it was before there were such copies: else every edition would be another
        del data["beside"]
    # of a note its words are kept, as before notes had codes: a code is for who reads the file
    data["notes"] = [str(note) for note in document.notes]
    for name in _DATES:
        data[name] = data[name].isoformat() if data[name] else ""
    return data


def _document(data: dict[str, Any]) -> Document:
    dates: dict[str, Any] = {name: date.fromisoformat(data[name]) if data[name] else None for name in _DATES}
    notes = tuple(Note("", text) for text in data["notes"])
    return Document(**{**data, **dates, "passages": (), "notes": notes})


def _json(value: Any) -> str:
    """JSON in which an exact decimal of a table stays one: ``{"decimal": "12.3400"}``."""
    return json.dumps(value, ensure_ascii=False, default=lambda number: {"decimal": str(number)})


def _number(value: dict[str, Any]) -> Any:
    return Decimal(value["decimal"]) if set(value) == {"decimal"} else value


def _sha(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8")).hexdigest()
