"""Which article goes before the others though they speak more of the question: 复议前置 before the general right to sue.

Legal source: 行政诉讼法 第四十四条第二款, 行政复议法 第二十三条.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from answering.knowledge import Knowledge
from domain import Hit

_SHORT = 14
"""Characters up to which a question may lean on the one before it."""


@dataclass(frozen=True)
class Special:
    """The article that decides, and what it says in a word."""

    hit: Hit
    says: str


@dataclass(frozen=True)
class _SpecialRule:
    title: str
    article: int
    holds: str
    says: str
    asks: tuple[re.Pattern[str], ...]
    excludes: tuple[re.Pattern[str], ...]

    def fits(self, question: str) -> bool:
        return all(one.search(question) for one in self.asks) and not any(one.search(question) for one in self.excludes)

    def touched(self, question: str) -> bool:
        """Whether the question speaks of the act itself, the second of the patterns."""
        return bool(self.asks[1].search(question))


def special(question: str, knowledge: Knowledge, as_of: date | None = None, before: str = "") -> Special | None:
    """The special rule for a question, where the version for the day holds it.

    ``before`` is the question of the turn before, which a short one continues (可以直接起诉吗).
    """
    for entry in _entries():
        continues = len(question) <= _SHORT and entry.touched(question) and entry.fits(f"{before}，{question}")
        if not (entry.fits(question) or continues):
            continue
        for hit in knowledge.articles(entry.title, as_of):
            if (
                hit.article_no == entry.article
                and hit.status == "现行有效"
                and any(words in re.sub(r"\s", "", hit.text) for words in entry.holds.split("|"))
            ):
                return Special(hit, entry.says)
    return None


@cache
def _entries() -> tuple[_SpecialRule, ...]:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["special"]
    return tuple(
        _SpecialRule(
            one["title"],
            one["article"],
            one["holds"],
            one["says"],
            tuple(map(re.compile, one["asks"])),
            tuple(map(re.compile, one.get("not", ()))),
        )
        for one in table
    )
