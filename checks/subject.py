"""What the rules of a check look at: the report read back, and whatever it can be held against."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from checks.layout import Layout
from checks.words import read_words
from domain import Figures, Number, PublishedReport
from forms import Form, value_at

NUMERALS = "一二三四五六"  # of the six parts
_WORDS = read_words(__file__)
_HEADED, _LEFT_OUT = tuple(_WORDS.group("headed").values()), _WORDS["left_out"]
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?\s*|第)(?P<no>[一二三四五六1-6])\s*(?:[)）]\s*[、.．]?|部分\s*[、:：]?|[、.．，,:：]|\s)\s*(?P<name>.*)$",
    re.DOTALL,
)

Validity = Callable[[str, date], tuple[str, str] | None]
"""(status, successor) of a regulation by its title on a day; None where it is not known."""
ArticleExists = Callable[[str, int, date], bool | None]
"""Whether a regulation has that article on a day; None where its text is not at hand."""


@dataclass(frozen=True)
class Numbered:
    """The document that a number (国办函〔2020〕109号) is of, and when it applied, ``ends`` the first day after."""

    title: str
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the report. ``part`` is 0 (一) to 5 (六); ``number`` counts from 1 within it."""

    part: int
    number: int
    text: str

    @property
    def where(self) -> str:
        return f"第{NUMERALS[self.part]}部分第{self.number}段"


@dataclass(frozen=True)
class Subject:
    """A published report with the form that it must have, and what else is known.

    ``figures`` are the ledger's; ``previous`` last year's tables in the shapes of the figures (with
    ``year``, ``org``, ``form`` where known) and ``previous_report`` its text, where it is a report.
    ``titles`` are the names of all regulations known, without 中华人民共和国 (``naming.plain``), each with the title that it
    stands for; none where there is no list.
    ``numbers`` leads from the number of a document to it. ``layout`` is that of a file that has one. ``stale`` names what was given but cannot be compared with: (what, its year, the year wanted).
    """

    published: PublishedReport
    form: Form
    figures: Figures | None = None
    previous: Mapping[str, Any] | None = None
    previous_report: PublishedReport | None = None
    validity: Validity = lambda title, day: None
    article_exists: ArticleExists = lambda title, number, day: None
    titles: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, Numbered] = field(default_factory=dict)
    layout: Layout | None = None
    stale: tuple[tuple[str, int, int], ...] = ()

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Every paragraph with its part; what stands before any heading belongs to part 一."""
        return tuple(paragraphs(self.published))

    def part(self, place: int) -> str:
        """The text of part 一 (0) to 六 (5), its paragraphs by line; "" where it is not there."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs if paragraph.part == place)

    @cached_property
    def text(self) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def number(self, key: str) -> Number | None:
        """The number in a cell by its dotted key; None where there is none (``/``, blank, no such row)."""
        value = value_at(self.published.tables, key, None)
        return value if isinstance(value, (int, Decimal)) else None

    def named(self, key: str) -> str:
        """A cell's place and content: what a finding on it quotes."""
        value = value_at(self.published.tables, key, None)
        return f"{self.form.where(key)}：{'空白' if value is None else value}"


def part_of(heading: str) -> int | None:
    """Which part (0 to 5) a heading opens, by its words or else by its number; None for another heading."""
    match = _NUMBERED.match(heading)
    worded = part_by_words(heading)
    return worded if worded is not None or not match else max(NUMERALS.find(match["no"]), "123456".find(match["no"]))


def part_by_words(heading: str) -> int | None:
    """Which part (0 to 5) the words of a heading name, whatever its number."""
    match = _NUMBERED.match(heading)
    name = re.sub(r"\s+", "", match["name"] if match else heading)
    return next((place for place, pattern in enumerate(_HEADED) if pattern.search(name)), None)


def paragraphs(published: PublishedReport) -> Iterator[Paragraph]:
    """The report's paragraphs, counted anew in each part."""
    part, counts = 0, dict.fromkeys(range(6), 0)
    for section in published.sections:
        found = part_of(section.heading) if section.heading else None
        part = part if found is None else found
        for text in section.paragraphs:
            counts[part] += 1
            yield Paragraph(part, counts[part], text)


def same_organ(one: str, other: str) -> bool:
    """Whether one name is the other, or the end of it (市水务局 for 青州市水务局), or its government's."""
    plain = [_LEFT_OUT.sub("", name) for name in (one, other)]
    return (
        plain[0].endswith(plain[1])
        or plain[1].endswith(plain[0])
        or plain[0].startswith(plain[1])
        or plain[1].startswith(plain[0])
    )
