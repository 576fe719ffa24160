"""Every numeral of the finished text with what it comes from: a figure, a law, a date, the office's own words.

A numeral is a quantity in any spelling (``gates.find_numerals``), any run of digits, and any article
or document that is cited. ``kind`` says what it is:

- ``figure``: computed; ``key`` is the figure's dotted key, found in provenance, derived or narrative
- ``date``: the report's year and period, or its date (``key`` ``year`` or ``publish_date``)
- ``law``: an article, a regulation or the number of a document; what the article cited before it says
- ``name``: part of the name of the organ or its website (``key`` ``org`` or ``platform``)
- ``form``: the words and the numbering of the official form, and other list marks
- ``own``: the office's own (a supplied section, notes, its telephone, a numeral that somebody vouches for);
  ``key`` is then the figure that says the same, if there is one
- ``untraced``: none of these
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from domain import Draft, Figures, FinishedReport
from forms import form_for
from gates import Reference, find_numerals, find_references, of_the_law
from gates.sentences import clause
from report.layout import Grid, grids
from report.outline import OutlineBlock, outline, preface

_DIGITS = re.compile(r"\d+(?:[,，]\d{3})*(?:[.．]\d+)?")
_DOCUMENT = re.compile(r"《[^》\n]*》|[〔（\[【]\d{4}[〕）\]】]\d+号|令第\d+号")
_LIST_MARK = re.compile(r"^\s*(?:[（(]?\d{1,2}[）)]|\d{1,2}[.．、])(?!\d)")
OWN, UNTRACED = "own", "untraced"


@dataclass(frozen=True)
class Span:
    """``start`` to ``end`` of a text, and what the numerals within come from."""

    start: int
    end: int
    kind: str
    key: str = ""


@dataclass(frozen=True)
class Traced:
    """One numeral: ``text`` as printed, ``place`` as in figures.json, what it comes from."""

    text: str
    place: dict[str, Any]
    kind: str
    key: str

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "where": self.place, "kind": self.kind, "key": self.key}


def trace(report: FinishedReport) -> list[Traced]:
    """The numerals of the report in reading order; the same for every file format.

    ``place``: section (``title``, ``preface``, a narrative section, a table, ``signature``, ``date``),
    paragraph (from 1, subheadings counted) or row and column of the table's grid (from 0), start and
    end within that paragraph or cell.
    """
    figures = report.figures
    tables, counts = grids(figures, form_for(figures.year)), dict.fromkeys(report.sections, 0)
    found = [*_told("title", 1, report.title, _named(report.title, figures))]
    for number, text in enumerate(preface(report), start=1):
        contact = [span for value in figures.contact.values() for span in _where(text, value, OWN, "contact")]
        found += _told("preface", number, text, [*_cited(text), *contact, *_named(text, figures)])
    for block in outline(report):
        if block.kind == "table":
            found += _cells(block.section, tables[block.section])
        elif block.level != 1:  # the headings 一 to 六 count nothing and are the form's
            counts[block.section] += 1
            found += _told(block.section, counts[block.section], block.text, *_sources(block, report))
    found += _told("signature", 1, report.signature, _named(report.signature, figures))
    return [*found, *_told("date", 1, report.date_line, _named(report.date_line, figures))]


def untraced(report: FinishedReport) -> list[Traced]:
    """The numerals that come from nowhere: a clean report has none."""
    return [numeral for numeral in trace(report) if numeral.kind == UNTRACED]


def numerals(text: str) -> list[tuple[int, int]]:
    """(start, end) of each numeral; one within another is not told again."""
    spans = [(one.start, one.end) for one in find_numerals(text)]
    spans += [match.span() for match in _DIGITS.finditer(text)]
    spans += [(span.start, span.end) for span in _cited(text) if re.search(r"\d|第", text[span.start : span.end])]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _told(section: str, paragraph: int, text: str, spans: Iterable[Span], rest: str = UNTRACED) -> Iterator[Traced]:
    """The numerals of a paragraph; of the spans that one begins in, the first says what it is."""
    spans = list(spans)
    for start, end in numerals(text):
        span = next((span for span in spans if span.start <= start < span.end), Span(start, end, rest))
        place = {"section": section, "paragraph": paragraph, "start": start, "end": end}
        yield Traced(text[start:end], place, span.kind, span.key)


def _cells(section: str, grid: Grid) -> Iterator[Traced]:
    for row in grid.rows():
        for cell in row:
            span = Span(0, len(cell.text), "form" if cell.heading else "figure", cell.key)
            for start, end in numerals(cell.text):
                place = {"section": section, "row": cell.row, "column": cell.column, "start": start, "end": end}
                yield Traced(cell.text[start:end], place, span.kind, span.key)


def _sources(block: OutlineBlock, report: FinishedReport) -> tuple[list[Span], str]:
    """What a narrative paragraph's numerals can come from, and what the others are."""
    name = block.topic if block.topic in report.drafts else block.section
    draft, text = report.drafts.get(name), block.text
    theirs = any(report.drafts[one].mode == "supplied" for one in (name, block.section) if one in report.drafts)
    supplied = draft and draft.mode == "supplied"
    spans = [Span(start, end, OWN if supplied else _kind(one.key), one.key) for start, end, one in block.placed]
    marks = [Span(*match.span(), "form") for match in _LIST_MARK.finditer(text)]
    vouched = {(one.text, one.clause) for one in report.own}
    own = [Span(*at, OWN) for at in numerals(text) if (text[slice(*at)], clause(text, *at)) in vouched]
    named = _named(text, report.figures)
    law = [Span(*at, "law") for at in of_the_law(text, lambda one: _said(draft, one))]
    return [*marks, *_cited(text), *spans, *named, *own, *law], OWN if theirs else UNTRACED


def _said(draft: Draft | None, cited: Reference) -> str:
    """The words of an article that a draft cites; "" where it does not."""
    wanted = (cited.title, cited.article_no, cited.sub)
    hits = [one.hit for one in draft.citations] if draft else []
    return next(
        (
            hit.text
            for hit in hits
            if (hit.title.removeprefix("中华人民共和国"), hit.article_no, hit.article_sub) == wanted
        ),
        "",
    )


def _kind(key: str) -> str:
    return OWN if key == "notes" else "date" if key.split(".")[0] == "year" else "figure"


def _named(text: str, figures: Figures) -> list[Span]:
    """The names of the organ and its website, the report's year, and its date."""
    spans = [*_where(text, figures.org, "name", "org"), *_where(text, figures.platform, "name", "platform")]
    spans += _where(text, figures.publish_date, "date", "publish_date")
    return spans + [
        Span(*match.span(), "date", "year")
        for match in re.finditer(rf"(?<!\d){figures.year}年(?:12?月(?:1|31)日)?", text)
    ]


def _where(text: str, words: str, kind: str, key: str) -> list[Span]:
    return [Span(*match.span(), kind, key) for match in re.finditer(re.escape(words), text)] if words else []


def _cited(text: str) -> list[Span]:
    """Articles, regulations and numbers of documents."""
    spans = [(reference.start, reference.end) for reference in find_references(text)]
    spans += [match.span() for match in _DOCUMENT.finditer(text)]
    return [Span(start, end, "law") for start, end in spans]
