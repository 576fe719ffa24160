"""Sentences of Chinese text, without losing a character."""

from __future__ import annotations

import re
import unicodedata

_SENTENCE = re.compile(
    r"""[^。！？!?；;\n]*                     # the words
        (?:[。！？!?；;]+["”’'』」）)】〕》\]]*\n*   # an end mark, what it closes, and line ends
          |\n+                               # or the line ends without a mark
          |$)""",
    re.VERBOSE,
)

_MARKS = "，。；！？：\n"


def split(text: str) -> list[str]:
    """The sentences of ``text`` with their end marks and line ends: ``"".join(split(t)) == t``."""
    return [match.group() for match in _SENTENCE.finditer(text) if match.group()]


def visible(text: str) -> str:
    """``text`` without what a reader cannot see: zero-width and control characters split numerals and names.

    Line ends stay, as ``\n``; a carriage return is one of two characters of a line end.
    """
    return "".join(
        char
        for char in text
        if char == "\n" or unicodedata.category(char) not in ("Cc", "Cf", "Cn", "Co", "Cs", "Mn", "Me")
    )


def clause(text: str, start: int, end: int) -> str:
    """The words between two marks that ``text[start:end]`` stands in."""
    before = max(text.rfind(mark, 0, start) for mark in _MARKS) + 1
    after = min((place for mark in _MARKS if (place := text.find(mark, end)) >= 0), default=len(text))
    return text[before:after].strip()
