"""The report's body in order: headings with their level, paragraphs, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Iterator, Literal

from domain import FinishedReport
from forms import form_for

NUMERALS = "一二三四五六七八九十"
# Word's format cannot hold them; they come in when a draft is pasted from elsewhere.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_SUBHEADING = re.compile(r"^（[一二三四五六七八九十]+）[^。；！？]{1,30}$")


@dataclass(frozen=True)
class Block:
    """A heading (level 1 一、 or 2 （一）), a paragraph, or a table (text = its key)."""

    kind: Literal["heading", "paragraph", "table"]
    text: str
    level: int = 0


def outline(report: FinishedReport) -> Iterator[Block]:
    """Headings 一 to 六 of the report's format, each with its narrative or its table."""
    bodies = {0: "overview", 4: "problems", 5: "other"}
    for place, part in enumerate(form_for(report.figures.year).parts):
        yield Block("heading", f"{NUMERALS[place]}、{part}", 1)
        if place in bodies:
            yield from _narrative(report.sections[bodies[place]])
        else:
            yield Block("table", f"table{place + 1}")


def _narrative(text: str) -> Iterator[Block]:
    for line in text.splitlines():
        line = _CONTROL.sub("", line).strip()
        if line:
            heading = _SUBHEADING.match(line)
            yield Block("heading", line, 2) if heading else Block("paragraph", line)
