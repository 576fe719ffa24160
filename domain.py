"""What the packages pass to each other: frozen records and the glossary of the field's terms.

Nothing here reads a file, calls a model or knows a library; every other package may import it.
Dates are ``datetime.date``; counts are ``int``; money is ``Decimal``. ``None`` means "not known",
never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, Literal, NamedTuple, TypeVar

# Chinese term -> identifier. One word for one thing, in code and in conversation.
GLOSSARY: Mapping[str, str] = {
    "政府信息公开工作年度报告": "annual report",
    "台账": "ledger",
    "法规": "regulation",
    "条": "article",
    "要点": "digest card",
    "原文": "verbatim text",
    "依据": "evidence",
    "引用": "citation",
    "勾稽关系": "identity",
    "体检": "check",
    "主动公开": "disclosure",
    "依申请公开": "applications",
    "平台建设": "platform",
    "监督保障": "organisation",
    "问题及改进措施": "problems",
    "其他需要报告的事项": "other",
    "线索": "signal",
}

Kind = Literal["regulation", "report"]
Status = Literal["现行有效", "已废止", "尚未施行", "已被修订", "效力未知"]
Number = int | Decimal


class UnusableInput(Exception):
    """The input cannot be used (exit code 2).

    ``str(error)`` is one plain Chinese sentence that names the file, sheet, row or option.
    ``problems`` holds every problem found, the first of which is the sentence, so that all of
    them can be shown at once.
    """

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems or (message,)


class ModelUnavailable(Exception):
    """The language model cannot answer now; ``str(error)`` says why in one Chinese sentence."""


@dataclass(frozen=True)
class Note:
    """What is to be told beside a result: ``str(note)`` is ``text``, one Chinese sentence.

    ``code`` names the kind (``row-unread``), "" in a note that was stored without it. What a program does
    hangs on the code, never on the wording. ``about`` is what the note is of, a row or a table by its
    label, where that is asked for. Two notes that say the same are the same.
    """

    code: str = field(compare=False)
    text: str
    about: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text


# --- who works here ------------------------------------------------------------------------------

Role = Literal["clerk", "reviewer", "authority", "administrator"]


@dataclass(frozen=True)
class User:
    """Someone who works here; ``role`` decides what the pages offer.

    ``org`` is the organ whose clerk it is, "" for the office's own: of a county's collections it sees that organ alone.
    """

    id: int
    name: str
    role: Role
    active: bool = True
    org: str = ""

    @property
    def reviews(self) -> bool:
        return self.role in ("reviewer", "authority", "administrator")

    @property
    def collects(self) -> bool:
        """Whether it is of the 主管部门, which sees what every organ hands in (条例第四十九条)."""
        return self.role in ("authority", "administrator")

    @property
    def administers(self) -> bool:
        return self.role == "administrator"


# --- the knowledge base -------------------------------------------------------------------------


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


# --- a published report, as read ----------------------------------------------------------------

Cell = int | Decimal | str | None
"""A table cell as printed: a number, other text such as ``/``, or ``None`` where it is blank."""


@dataclass(frozen=True)
class Section:
    """A part of a report: its heading as printed ("" for the text before any) and paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class PublishedReport:
    """A finished report read back from a file.

    ``tables`` has the keys ``table2``, ``table3``, ``table4`` in the shapes of the figures, each
    leaf a ``Cell``; a row that is not there is absent. ``form`` is the year of the format
    ("2021"/"2019", "" where no table was recognised). ``posted`` is the day on which the page says
    that it was put up, None where it does not say.
    """

    org: str
    year: int
    title: str
    source: str
    digest: str
    sections: tuple[Section, ...]
    tables: Mapping[str, Any]
    form: str = ""
    signature_date: date | None = None
    notes: tuple[Note, ...] = ()
    posted: date | None = None


# --- the statutory engine -----------------------------------------------------------------------


@dataclass(frozen=True)
class Provenance:
    """How one figure was computed: a formula in words, the sheet, and the workbook rows (1-based).

    Where several files hold the sheet, ``parts`` names for each of ``rows`` the one that it is in.
    """

    formula: str
    sheet: str
    rows: tuple[int, ...]
    parts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"formula": self.formula, "sheet": self.sheet, "rows": list(self.rows)}
        return shown | {"parts": list(self.parts)} if self.parts else shown


@dataclass(frozen=True)
class Check:
    """One statutory identity, tested: pass, fail, uncertain or not_applicable."""

    rule: str
    status: Literal["pass", "fail", "uncertain", "not_applicable"]
    message: str
    where: str = ""

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "status": self.status, "message": self.message, "where": self.where}


@dataclass(frozen=True)
class Figures:
    """All figures of one organ and year, in the shapes of ``gongkai tables --json``.

    table2: ``{"regulations": {"issued": int, …}, …, "fees_wan_yuan": Number}``;
    table3: ``{row key: {column key: int}}``; table4: ``{case key: {result key: int}}``;
    facts: ``{name: Number or {name: int}}``. contact: what the preface tells of the office
    (``{"地址": …, "邮编": …, "电话": …, "电子邮箱": …}``), as far as the ledger says it; in no JSON.
    """

    org: str
    year: int
    publish_date: str
    platform: str
    table2: Mapping[str, Any]
    table3: Mapping[str, Mapping[str, int]]
    table4: Mapping[str, Mapping[str, int]]
    facts: Mapping[str, Any]
    contact: Mapping[str, str] = field(default_factory=dict)

    def flat(self) -> dict[str, Number]:
        """Every figure by its dotted key: ``table3.granted.natural_person``, ``facts.trainings``."""
        return {
            key: value
            for name in ("table2", "table3", "table4", "facts")
            for key, value in _flatten(name, getattr(self, name))
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "org": self.org,
            "year": self.year,
            "publish_date": self.publish_date,
            "platform": self.platform,
            "table2": plain_numbers(self.table2),
            "table3": plain_numbers(self.table3),
            "table4": plain_numbers(self.table4),
            "facts": plain_numbers(self.facts),
        }


@dataclass(frozen=True)
class Signal:
    """A fact of the ledger that a problem can rest on, e.g. months without publication."""

    key: str
    message: str
    measure: str = ""
    provenance: Provenance | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "message": self.message,
            "measure": self.measure,
            "provenance": self.provenance.as_json() if self.provenance else None,
        }


@dataclass(frozen=True)
class DerivedFact:
    """A figure that no statutory table holds but a draft can state, e.g. months without publication.

    ``key`` is dotted and begins with ``derived.``; ``detail`` spells out what was counted, in
    Chinese (``2月、8月``), "" where the value says it all.
    """

    key: str
    label: str
    value: Number
    unit: str
    provenance: Provenance
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "value": plain_numbers(self.value),
            "unit": self.unit,
            "detail": self.detail,
            "provenance": self.provenance.as_json(),
        }


@dataclass(frozen=True)
class Change:
    """One figure beside last year's. ``rate`` is in per cent, exact to two places (half-up).

    ``rate`` is None where last year's figure is zero: there is no rate of change from nothing.
    """

    key: str
    label: str
    unit: str
    current: Number
    previous: Number
    difference: Number
    rate: Decimal | None

    def as_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "unit": self.unit,
            "current": plain_numbers(self.current),
            "previous": plain_numbers(self.previous),
            "difference": plain_numbers(self.difference),
            "rate": str(self.rate) if self.rate is not None else None,
        }


@dataclass(frozen=True)
class Comparison:
    """A ledger's figures beside those of ``year`` (the year before), read from ``source``."""

    year: int
    source: str
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "source": self.source,
            "changes": {change.key: change.as_json() for change in self.changes},
        }


@dataclass(frozen=True)
class YearFigures:
    """The figures of one organ and year as they can be asked about, computed or published.

    ``figures`` maps dotted keys to numbers; ``computed`` tells a ledger (with provenance to the
    row) from a published report (whose place is its table). ``derived`` are a ledger's facts
    beyond the tables, with their words (which months had no publication).
    """

    org: str
    year: int
    source: str
    computed: bool
    figures: Mapping[str, Number]
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    derived: tuple[DerivedFact, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One way to settle a doubt; ``key`` is what an answer holds, ``label`` what a person reads."""

    key: str
    label: str

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label}


@dataclass(frozen=True)
class Doubt:
    """A question that a ledger leaves open and that could change a figure; ``id`` stays the same while its content does.

    ``answer`` is the key of the choice that a person made, "" while it is open: until then the figures
    go by ``assumed``, and the report is a draft.
    """

    id: str
    sheet: str
    rows: tuple[int, ...]
    text: str
    choices: tuple[Choice, ...]
    assumed: str
    answer: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "sheet": self.sheet,
            "rows": list(self.rows),
            "text": self.text,
            "choices": [choice.as_json() for choice in self.choices],
            "assumed": self.assumed,
            "answer": self.answer,
        }

    def said(self, key: str) -> str:
        """A choice in words."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


@dataclass(frozen=True)
class SheetAccount:
    """What became of the rows of one sheet: ``counted`` + ``outside`` + all of ``aside`` = ``read``.

    ``sheet`` is the sheet as the user sees it, ``taken_as`` the ledger's name for it, "" where it was not
    read (``why``). ``aside`` tells for each reason which rows; ``outside`` are those of other years;
    ``unknown`` the headings of columns that were left alone.
    """

    sheet: str
    taken_as: str = ""
    read: int = 0
    counted: int = 0
    outside: int = 0
    aside: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "taken_as": self.taken_as,
            "read": self.read,
            "counted": self.counted,
            "outside": self.outside,
            "aside": {why: list(rows) for why, rows in self.aside.items()},
            "unknown": list(self.unknown),
            "why": self.why,
        }


@dataclass(frozen=True)
class DueDate:
    """An application that is still open: ``due`` is the last day to answer it, None where ``why`` says so."""

    sheet: str
    row: int
    due: date | None
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "due": self.due.isoformat() if self.due else None,
            "why": self.why,
        }


@dataclass(frozen=True)
class LedgerResult:
    """What a ledger yields: figures, where each comes from, checks, signals, and warnings.

    ``private`` are the cells that name applicants: to be masked elsewhere, never shown or kept.
    """

    figures: Figures
    provenance: Mapping[str, Provenance]
    checks: tuple[Check, ...]
    signals: tuple[Signal, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""
    derived: tuple[DerivedFact, ...] = ()
    comparison: Comparison | None = None
    account: tuple[SheetAccount, ...] = ()
    questions: tuple[Doubt, ...] = ()
    due: tuple[DueDate, ...] = ()
    private: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.status == "fail")

    @property
    def open_questions(self) -> tuple[Doubt, ...]:
        return tuple(question for question in self.questions if not question.answer)

    @property
    def final(self) -> bool:
        """Whether a final report may be made of it: every identity holds, every question is answered."""
        return not self.failed and not self.open_questions

    def as_json(self) -> dict[str, Any]:
        return self.figures.as_json() | {
            "checks": [check.as_json() for check in self.checks],
            "provenance": {key: value.as_json() for key, value in self.provenance.items()},
            "warnings": list(self.warnings),
            "derived": {fact.key: fact.as_json() for fact in self.derived},
            "previous": self.comparison.as_json() if self.comparison else None,
            "account": [sheet.as_json() for sheet in self.account],
            "questions": [question.as_json() for question in self.questions],
            "due": [one.as_json() for one in self.due],
        }


# --- answers and drafts -------------------------------------------------------------------------


@dataclass(frozen=True)
class Phrase:
    """A figure as a whole phrase: label, number and unit, e.g. ``行政许可38件``.

    The model writes ``{name}``; only ``text`` reaches a reader.
    """

    name: str
    key: str
    text: str
    value: Number
    unit: str
    source: str

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "phrase": self.text,
            "value": plain_numbers(self.value),
            "unit": self.unit,
            "source": self.source,
        }


class Placed(NamedTuple):
    """A figure's phrase where it stands in a text, from ``start`` to ``end`` (characters)."""

    start: int
    end: int
    phrase: Phrase


@dataclass(frozen=True)
class Filled:
    """A text and the figure phrases in it, each with its place since it was put in.

    ``placed`` is in order, none within another. A phrase that is cut in two has no place any more.
    """

    text: str = ""
    placed: tuple[Placed, ...] = ()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases in order of first use, each once."""
        return tuple(dict.fromkeys(one.phrase for one in self.placed))

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: Filled) -> Filled:
        at = len(self.text)
        moved = (Placed(at + start, at + end, phrase) for start, end, phrase in other.placed)
        return Filled(self.text + other.text, (*self.placed, *moved))

    def __getitem__(self, part: slice) -> Filled:
        at, to, _ = part.indices(len(self.text))
        inside = (one for one in self.placed if at <= one.start and one.end <= to)
        return Filled(self.text[at:to], tuple(Placed(start - at, end - at, phrase) for start, end, phrase in inside))

    @staticmethod
    def joined(separator: str, parts: Iterable[Filled]) -> Filled:
        whole = Filled()
        for number, part in enumerate(parts):
            whole += Filled(separator) + part if number else part
        return whole

    def cut(self, pieces: Iterable[str]) -> Iterator[Filled]:
        """The text in ``pieces``, which make it up without a gap."""
        at = 0
        for piece in pieces:
            yield self[at : at + len(piece)]
            at += len(piece)

    def lines(self) -> list[Filled]:
        """As ``str.splitlines``."""
        bare = self.text.splitlines()
        return [line[: len(words)] for line, words in zip(self.cut(self.text.splitlines(keepends=True)), bare)]

    def strip(self) -> Filled:
        words = self.text.strip()
        at = len(self.text) - len(self.text.lstrip())
        return self[at : at + len(words)]


@dataclass(frozen=True)
class Rejection:
    """Something that the model wrote and the gates took out, and why."""

    text: str
    reason: str
    sentence: str = ""

    def as_json(self) -> dict[str, str]:
        return {"text": self.text, "reason": self.reason, "sentence": self.sentence}


@dataclass(frozen=True)
class Citation:
    """An article that an answer or a draft cites, with its ``[n]`` marker."""

    marker: int
    hit: Hit

    def as_json(self) -> dict[str, Any]:
        return self.hit.as_json() | {"marker": self.marker}


Mode = Literal["model", "extractive", "figures"]


@dataclass(frozen=True)
class Answer:
    """A cited answer. ``notes`` say what was searched, taken out, or fell back, in Chinese.

    ``standalone`` is the question as it was understood, where that is more than was typed.
    """

    answer: str
    mode: Mode
    refused: bool
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    standalone: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "mode": self.mode,
            "refused": self.refused,
            "citations": [citation.as_json() for citation in self.citations],
            "notes": [str(note) for note in self.notes],
            "rejected": [rejection.as_json() for rejection in self.rejected],
            "standalone": self.standalone,
        }


@dataclass(frozen=True)
class ParagraphSimilarity:
    """How much of one paragraph (0-based line of the draft) stands in last year's report.

    ``share`` is 0..1 of its prose, figures and names of regulations left out; ``longest`` is the
    longest run of characters that both have.
    """

    paragraph: int
    share: float
    longest: str

    def as_json(self) -> dict[str, Any]:
        return {"paragraph": self.paragraph, "share": round(self.share, 3), "longest": self.longest}


@dataclass(frozen=True)
class OwnFigure:
    """A numeral that the office vouches for, though no row of its ledger shows it: 本单位已核实.

    It holds for ``text`` in ``clause``, the words between two marks that it stands in, and no further.
    """

    text: str
    clause: str
    by: str
    at: datetime

    def as_json(self) -> dict[str, str]:
        at = self.at.isoformat(timespec="seconds")
        return {"text": self.text, "clause": self.clause, "by": self.by, "at": at}


@dataclass(frozen=True)
class Remark:
    """What the gates say about one place of an edited text: ``text[start:end]`` is ``quote``.

    kind: ``numeral`` (no figure of the ledger), ``citation`` (not in the store, or not in force),
    ``placeholder`` (unresolved), ``gap`` (a 【请补充】 still open), ``note`` (a figure of the office's
    own remarks: allowed, but no row of the ledger shows it), ``own`` (a numeral that the office vouches for).
    """

    kind: Literal["numeral", "citation", "placeholder", "gap", "note", "own"]
    start: int
    end: int
    quote: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "start": self.start, "end": self.end, "quote": self.quote, "message": self.message}


@dataclass(frozen=True)
class Draft:
    """One narrative section. ``mode``: ``model``, ``composed`` (by rule) or ``supplied`` (the office's own words).

    ``similarity`` has one entry for each paragraph measured against ``compared_with`` (last year's
    report), headings left out; empty where no report of the year before is known. ``placed`` says
    where figures stand in ``text``; None in a draft that was kept before they had places.
    """

    section: str
    text: str
    mode: Literal["model", "composed", "supplied"]
    figures: tuple[Phrase, ...] = ()
    citations: tuple[Citation, ...] = ()
    signals: tuple[Signal, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    notes: tuple[Note, ...] = ()
    similarity: tuple[ParagraphSimilarity, ...] = ()
    compared_with: str = ""
    placed: tuple[Placed, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "section": self.section,
            "text": self.text,
            "mode": self.mode,
            "figures": [phrase.as_json() for phrase in self.figures],
            "citations": [citation.as_json() for citation in self.citations],
            "signals": [signal.as_json() for signal in self.signals],
            "rejected": [rejection.as_json() for rejection in self.rejected],
            "notes": [str(note) for note in self.notes],
            "similarity": [paragraph.as_json() for paragraph in self.similarity],
            "compared_with": self.compared_with,
        }


# Events of a streamed answer or draft; the last is always ``Finished``.


@dataclass(frozen=True)
class Progress:
    """What is happening now, in Chinese, for a status line."""

    message: str


@dataclass(frozen=True)
class Evidence:
    """The passages the answer will rest on, known before the first word."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Delta:
    """More of the text, already through the gates."""

    text: str


Result = TypeVar("Result", Answer, Draft)


@dataclass(frozen=True)
class Finished(Generic[Result]):
    """The whole result; replaces what was streamed."""

    result: Result


Event = Progress | Evidence | Delta | Finished[Result]
"""``Event[Answer]`` of an answer, ``Event[Draft]`` of a draft."""


@dataclass(frozen=True)
class Mend:
    """A change that mends a finding and can hardly be wrong: ``old`` becomes ``new``.

    ``old`` stands in the finding's excerpt from ``at`` (characters) on, or in the cell ``key`` of a table
    (``table3.granted.total``).
    """

    old: str
    new: str
    at: int = 0
    key: str = ""

    def __str__(self) -> str:
        """In words: “布署”改为“部署”."""
        return f"“{self.old}”改为“{self.new}”" if self.new else f"删去“{self.old}”"

    def as_json(self) -> dict[str, str]:
        return {"old": self.old, "new": self.new}


@dataclass(frozen=True)
class Finding:
    """What a check of a finished report found; ``law`` is the legal source, ``advice`` what to do.

    ``excerpt`` is the report's own text that the finding refers to (a sentence, a cell with its
    value), "" where it refers to no place: a reviewer's decision holds while it is unchanged.
    ``mend`` is the change that settles it, None where somebody has to look first; ``how`` is how it is
    known: from what is printed, from a sum, from a reading that could be otherwise.
    """

    rule: str
    severity: Literal["error", "warning", "notice"]
    message: str
    where: str
    law: str = ""
    advice: str = ""
    excerpt: str = ""
    mend: Mend | None = None
    how: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.message,
            "where": self.where,
            "law": self.law,
            "advice": self.advice,
            "excerpt": self.excerpt,
            "mend": self.mend.as_json() if self.mend else None,
            "how": self.how,
        }


@dataclass(frozen=True)
class FinishedReport:
    """The report to be rendered: narrative by section name, tables from the figures.

    ``sections`` maps the SECTION names of the command line to text (paragraphs by line);
    ``draft_mark`` is "" or the words that mark it as a draft (校验未通过). ``supplied`` names the
    sections (or topics of part 一) that somebody wrote or went over.
    ``placed`` says by section where figures stand in its text. ``own`` are the numerals that the office
    vouches for.
    """

    figures: Figures
    sections: Mapping[str, str]
    title: str
    preface: str
    signature: str
    date_line: str
    draft_mark: str = ""
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    supplied: frozenset[str] = frozenset()
    placed: Mapping[str, tuple[Placed, ...]] = field(default_factory=dict)
    own: tuple[OwnFigure, ...] = ()


# SECTION of `gongkai draft` -> its heading in the report. The first five make up part 一.
SECTION_TITLES: Mapping[str, str] = {
    "overview": "总体情况",
    "disclosure": "主动公开",
    "applications": "依申请公开",
    "platform": "政府信息公开平台建设",
    "organisation": "监督保障",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}


def plain_numbers(value: Any) -> Any:
    """The same structure with each Decimal as int (when whole) or float, for JSON."""
    if isinstance(value, Mapping):
        return {key: plain_numbers(item) for key, item in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _flatten(prefix: str, value: Any) -> list[tuple[str, Number]]:
    if isinstance(value, Mapping):
        return [pair for key, item in value.items() for pair in _flatten(f"{prefix}.{key}", item)]
    return [(prefix, value)]
