"""A grammar of sentence patterns: which sentences a topic has, chosen by what the ledger knows.

The patterns are data (``patterns.toml``). In a pattern ``{名称}`` is a figure's phrase, ``<词>`` a word
of this report (its organ, its platform, an article in force), and ``[…]`` a part that is dropped
unless all it names is known and not zero. A pattern that names what is not known is not used.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from drafting.catalogue import Catalogue

PATTERNS = Path(__file__).parent / "patterns.toml"
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_NAME = re.compile(r"\{([^{}]*)\}")
_WORD = re.compile(r"<([^<>]*)>")
# What a dropped part leaves behind: 全年，作出 → 全年作出; ，， → ，; ，。 → 。
_SEAMS = (
    (re.compile(r"(?<=全年|年内)[，；]"), ""),
    (re.compile(r"[，；、]+(?=[，；。])"), ""),
    (re.compile(r"^[，；]"), ""),
)


@dataclass(frozen=True)
class Patterns:
    """Chooses and fills the patterns of one report.

    word: the text for ``<词>``, "" where there is none. seed: organ and year; the same seed gives the
    same words, another year or another office others. turn: how many times to go on to the next
    pattern, to say the same differently.
    """

    catalogue: Catalogue
    word: Callable[[str], str]
    signals: Collection[str]
    org: str
    year: int

    def paragraphs(self, topic: str, turn: int = 0) -> list[str]:
        """The paragraphs of a topic as templates with placeholders."""
        told: dict[str, dict[str, str]] = {}
        for rule in _rules().get(topic, ()):
            place = told.setdefault(rule["at"].partition(".")[0], {})
            if rule["at"] not in place and self._holds(rule) and (text := self._say(rule, turn)):
                place[rule["at"]] = text
        return ["".join(place.values()) for place in told.values() if place]

    def choice(self, key: str, said: list[str], turn: int = 0) -> str:
        """One of several wordings, the next one each year."""
        if not said:
            return ""
        start = int.from_bytes(hashlib.sha256(f"{self.org}/{key}".encode()).digest()[:4], "big")
        return said[(start + self.year + turn) % len(said)]

    def filled(self, pattern: str) -> str:
        """A pattern with its words and without what is not known; "" where it cannot be used."""
        pattern = _OPTIONAL.sub(lambda part: part[1] if self._told(part[1]) else "", pattern)
        if any(name not in self.catalogue for name in _NAME.findall(pattern)):
            return ""
        words = {name: self.word(name) for name in _WORD.findall(pattern)}
        if not all(words.values()):
            return ""
        text = _WORD.sub(lambda match: words[match[1]], pattern)
        for seam, instead in _SEAMS:
            text = seam.sub(instead, text)
        return text

    def _say(self, rule: Mapping, turn: int) -> str:
        usable = [text for text in map(self.filled, rule["say"]) if text]
        return self.choice(rule["at"], usable, turn)

    def _told(self, part: str) -> bool:
        return all(self.catalogue.value(name) for name in _NAME.findall(part)) and all(
            self.word(name) for name in _WORD.findall(part)
        )

    def _holds(self, rule: Mapping) -> bool:
        known = self.catalogue
        return (
            all(known.value(name) for name in rule.get("some", ()))
            and all(name in known and not known.value(name) for name in rule.get("zero", ()))
            and all(signal in self.signals for signal in rule.get("signals", ()))
            and not any(signal in self.signals for signal in rule.get("without", ()))
            and all(
                more in known and less in known and known.value(more) > known.value(less)
                for more, less in rule.get("more", ())
            )
        )


@cache
def _rules() -> Mapping[str, list[Mapping]]:
    return tomllib.loads(PATTERNS.read_text(encoding="utf-8"))
