"""The report's body in order: headings with their level, paragraphs, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from domain import SECTION_TITLES, Filled, FinishedReport, Placed
from forms import form_for

NUMERALS = "一二三四五六七八九十"
# Word's format cannot hold them; they come in when a draft is pasted from elsewhere.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；！？]{1,30}")
_ITEM = re.compile(r"\d{1,2}[.．](?!\d)[^。；，！？：]{1,30}")
# What a draft leaves for the office to fill in.
GAP = re.compile(r"【请补充[^】\n]*】")


@dataclass(frozen=True)
class OutlineBlock:
    """A heading (level 1 一、, 2 （一）, 3 1.), a paragraph, or a table (text = its key).

    ``section`` is the narrative section, or the table's key, that it belongs to; ``topic`` the topic
    of part 一 (a SECTION name) that it stands under, "" elsewhere; ``placed`` the figures in its text.
    """

    kind: Literal["heading", "paragraph", "table"]
    text: str
    level: int = 0
    section: str = ""
    topic: str = ""
    placed: tuple[Placed, ...] = ()


def outline(report: FinishedReport) -> Iterator[OutlineBlock]:
    """Headings 一 to 六 of the report's format, each with its narrative or its table."""
    bodies = {0: "overview", 4: "problems", 5: "other"}
    for place, part in enumerate(form_for(report.figures.year).parts):
        section = bodies.get(place, f"table{place + 1}")
        yield OutlineBlock("heading", f"{NUMERALS[place]}、{part}", 1, section)
        if place in bodies:
            yield from _narrative(section, Filled(report.sections[section], report.placed.get(section, ())))
        else:
            yield OutlineBlock("table", section, 0, section)


def _narrative(section: str, text: Filled) -> Iterator[OutlineBlock]:
    topic = ""
    for line in text.lines():
        printed = _printed(line)
        words = printed.text
        level = 2 if _SUBHEADING.fullmatch(words) else 3 if _ITEM.fullmatch(words) else 0
        if level == 2 and section == "overview":
            topic = topic_of(words) or ""
        if words:
            yield OutlineBlock("heading" if level else "paragraph", words, level, section, topic, printed.placed)


def _printed(line: Filled) -> Filled:
    """A line without control characters, and without the space around it."""
    pieces = line.cut(re.split(f"({_CONTROL.pattern})", line.text))
    return Filled.joined("", (piece for piece in pieces if not _CONTROL.fullmatch(piece.text))).strip()


def preface(report: FinishedReport) -> list[str]:
    """The paragraphs before part 一."""
    return [line for line in (_CONTROL.sub("", line).strip() for line in report.preface.splitlines()) if line]


def topic_of(line: str) -> str | None:
    """The topic of part 一 that a line heads: "" for one without a SECTION name, None for no heading."""
    if not _SUBHEADING.fullmatch(line.strip()):
        return None
    title = line.partition("）")[2].strip()
    return next((name for name, heading in SECTION_TITLES.items() if title == heading), "")
