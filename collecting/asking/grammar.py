"""The ways of asking, as ``grammar.toml`` has them: a text is read piece by piece, no letter twice."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

TAKEN = "\0"
"""What stands in a text in the place of each letter that was read."""
_FRAGMENT = re.compile(r"@(\w+)@")


@cache
def grammar() -> Mapping[str, Any]:
    """``grammar.toml`` as it is."""
    return tomllib.loads(Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8"))


@cache
def patterns(group: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns of a group by name, in the order in which they are tried."""
    return {name: re.compile(_whole(one["pattern"])) for name, one in grammar()[group].items()}


def _whole(pattern: str) -> str:
    """A pattern with its fragments (``@kind@``) put in, which may hold others."""
    while match := _FRAGMENT.search(pattern):
        pattern = pattern[: match.start()] + f"(?:{grammar()['fragments'][match[1]]})" + pattern[match.end() :]
    return pattern


@cache
def spoken() -> tuple[tuple[re.Pattern[str], str], ...]:
    """(pattern, what is written for it): common slips of the pen, and what people say for a written word."""
    rules = [*grammar()["spoken"]["typos"], *grammar()["spoken"]["said"]]
    return tuple((re.compile(_whole(pattern)), written) for pattern, written, *_ in rules)


@dataclass
class UnreadText:
    """What is left of a question: each piece that is read is blanked, so that its letters keep their places."""

    rest: str
    whole: str = field(default="")

    def __post_init__(self) -> None:
        self.whole = self.whole or self.rest

    def take(self, start: int, end: int) -> None:
        self.rest = self.rest[:start] + TAKEN * (end - start) + self.rest[end:]

    def read(self, group: str, *only: str) -> Iterator[tuple[str, re.Match[str]]]:
        """(name, match) of each piece of a group that is there, taken from the text as it is found."""
        for name, pattern in patterns(group).items():
            if only and name not in only:
                continue
            while match := pattern.search(self.rest):
                if match.end() == match.start():
                    break
                self.take(match.start(), match.end())
                yield name, match

    def first(self, group: str, *only: str) -> tuple[str, re.Match[str]] | None:
        """The first piece of a group that is there, taken from the text; the others are left."""
        for name, pattern in patterns(group).items():
            if (not only or name in only) and (match := pattern.search(self.rest)) and match.end() > match.start():
                self.take(match.start(), match.end())
                return name, match
        return None

    @property
    def unread(self) -> str:
        """What nothing in the grammar explains, "" where all is read."""
        left = re.sub(grammar()["words"]["filler"], "", self.rest.replace(TAKEN, " "))
        return "、".join(left.split())


_DIGITS = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def count(written: str) -> int | float:
    """A number in digits or Chinese up to thousands: 5, 两, 十二, 一百二十."""
    if written.replace(".", "", 1).isdigit():
        return float(written) if "." in written else int(written)
    total = digit = 0
    for char in written:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
