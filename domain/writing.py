"""Answers and drafts, the figures in their text, and the events of what is streamed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from domain.basics import Note, Number, plain_numbers
from domain.ledger import Figures, Signal
from domain.library import Hit


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
        texts: list[str] = []
        placed: list[Placed] = []
        at = 0
        for part in parts:
            at += len(separator) if texts else 0
            placed += [Placed(at + start, at + end, phrase) for start, end, phrase in part.placed]
            texts.append(part.text)
            at += len(part.text)
        return Filled(separator.join(texts), tuple(placed))

    def cut(self, pieces: Iterable[str]) -> Iterator[Filled]:
        """The text in ``pieces``, which make it up without a gap."""
        ends = [*accumulate(len(piece) for piece in pieces)]
        return self._parts(zip((0, *ends), ends))

    def lines(self) -> list[Filled]:
        """As ``str.splitlines``."""
        begins = accumulate((len(line) for line in self.text.splitlines(keepends=True)), initial=0)
        return [*self._parts((at, at + len(words)) for at, words in zip(begins, self.text.splitlines()))]

    def _parts(self, places: Iterable[tuple[int, int]]) -> Iterator[Filled]:
        """The text between each two places, one after another; each phrase is looked at once."""
        left = iter(self.placed)
        one = next(left, None)
        for at, to in places:
            inside: list[Placed] = []
            while one and one.start < to:
                if at <= one.start and one.end <= to:
                    inside.append(Placed(one.start - at, one.end - at, one.phrase))
                one = next(left, None)
            yield Filled(self.text[at:to], tuple(inside))

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
class ReadingChoice:
    """What a part of a reading could be instead, and the whole question that asks for it."""

    label: str
    ask: str


@dataclass(frozen=True)
class ReadingPart:
    """A part of how a question over organs was read (年度, 数字, 单位, 怎样), in words."""

    part: str
    said: str
    choices: tuple[ReadingChoice, ...] = ()


@dataclass(frozen=True)
class QuestionReading:
    """How a question over organs was read, whole and part by part."""

    said: str
    parts: tuple[ReadingPart, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A cited answer. ``notes`` say what was searched, taken out, or fell back, in Chinese.

    ``standalone`` is the question as it was understood, where that is more than was typed; ``readings`` are
    how a question over organs was read.
    """

    answer: str
    mode: Mode
    refused: bool
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    standalone: str = ""
    readings: tuple[QuestionReading, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "answer": self.answer,
            "mode": self.mode,
            "refused": self.refused,
            "citations": [citation.as_json() for citation in self.citations],
            "notes": [str(note) for note in self.notes],
            "rejected": [rejection.as_json() for rejection in self.rejected],
            "standalone": self.standalone,
            "readings": [asdict(one) for one in self.readings],
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
