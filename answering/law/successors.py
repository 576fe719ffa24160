"""Which article governs now what a repealed one laid down: told first, before the repealed text.

The table is ``knowledge/succession.toml``; where the code's own text is held, it is cited instead of our words.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from answering.knowledge import Knowledge
from answering.law.missing import numeral
from domain import Hit

TABLE = Path(__file__).parents[2] / "knowledge" / "succession.toml"


@dataclass(frozen=True)
class Successor:
    """The articles of ``title`` that govern now, the chief one first, and what they say in our words."""

    title: str
    articles: tuple[int, ...]
    says: str

    @property
    def label(self) -> str:
        return f"《{self.title}》{'、'.join(f'第{numeral(no)}条' for no in self.articles)}"


def successor(hit: Hit) -> Successor | None:
    """What took the place of a repealed article; None where it is in force or the table does not know it."""
    if hit.kind != "regulation" or hit.status != "已废止":
        return None
    return _table().get(f"{hit.title}#{hit.article_no}")


def governing(hit: Hit, knowledge: Knowledge, as_of: date | None = None) -> Hit | None:
    """The article that governs now, where its text is held and in force."""
    found = successor(hit)
    if found is None:
        return None
    held = knowledge.articles(found.title, as_of)
    return next((one for one in held if one.article_no == found.articles[0] and one.status == "现行有效"), None)


def told(hit: Hit, evidence: Sequence[Hit] = ()) -> str:
    """One sentence on what governs now: by its marker where it is in the evidence, else in our words; "" where unknown."""
    found = successor(hit)
    if found is None:
        return ""
    held = (
        at
        for at, one in enumerate(evidence, start=1)
        if (one.title, one.article_no) == (found.title, found.articles[0])
    )
    place = next(held, 0)
    if place:
        return f"《{hit.title}》{hit.article}规定的事项，现在由{found.label}规定[{place}]。"
    return f"《{hit.title}》{hit.article}规定的事项，现在由{found.label}规定，以下是要点（非原文）：{found.says}。"


@cache
def _table() -> dict[str, Successor]:
    data = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {one["of"]: Successor(data["title"], tuple(one["now"]), one["says"]) for one in data["article"]}
