"""The paragraphs of a document as a reader sees them, each character with where it stands in the XML.

What was deleted or moved away, the reading beside ruby, and the copies for older programs are not seen. Text
is compared without blanks and widths, so that a sentence is found however its runs are cut.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from annotating.package import W

_UNSEEN = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}rt",
        f"{W}tabs",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = " \t\r\n"
_MASKED = "***"  # what stands for a phone or identity number in what was read
_IGNORED = re.compile(r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True)
class CharPlace:
    """A character: the ``w:t`` it is of and its place in the text of that; None for a tab or a break."""

    node: Any
    at: int


@dataclass(frozen=True)
class TextSpan:
    """Characters ``start`` to ``end`` of a paragraph's text."""

    paragraph: WordParagraph
    start: int
    end: int


class WordParagraph:
    """A ``w:p``; its text is read anew by a new object after its runs were divided."""

    def __init__(self, element: Any) -> None:
        self.element = element

    @cached_property
    def places(self) -> tuple[tuple[str, CharPlace], ...]:
        return tuple(self._places())

    @cached_property
    def text(self) -> str:
        return "".join(char for char, _ in self.places)

    @cached_property
    def folded(self) -> tuple[str, tuple[int, ...]]:
        """(the text as it is compared, the place in ``text`` of each of its characters)."""
        return folded(self.text)

    @property
    def boxed(self) -> bool:
        """Whether it stands in a text box, where Word allows no comment."""
        return next(self.element.iterancestors(f"{W}txbxContent"), None) is not None

    def find(self, words: str, start: int = 0) -> TextSpan | None:
        """Where words stand in it, blanks and widths aside, from ``start`` (in folded characters) on."""
        wanted, (text, places) = _pattern(words), self.folded
        match = wanted.search(text, start) if wanted else None
        if match is None or match.start() == match.end():
            return None
        return TextSpan(self, places[match.start()], places[match.end() - 1] + 1)

    def whole(self) -> TextSpan:
        return TextSpan(self, 0, len(self.text))

    def _places(self) -> Iterator[tuple[str, CharPlace]]:
        for node in self.element.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
            if _owner(node) is not self.element:
                continue
            if node.tag == f"{W}t":
                yield from ((char, CharPlace(node, at)) for at, char in enumerate(shown(node)))
            else:
                yield {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}.get(node.tag, "\n"), CharPlace(None, 0)


def paragraphs(root: Any) -> list[WordParagraph]:
    """Every paragraph of a document in its order, those in tables and text boxes too."""
    return [
        WordParagraph(element)
        for element in root.iter(f"{W}p")
        if not _UNSEEN & {one.tag for one in element.iterancestors()}
    ]


def shown(node: Any) -> str:
    """The text of a ``w:t``: blanks at its ends are there only where they are to be kept."""
    text = node.text or ""
    return text if node.get(_SPACE) == "preserve" else text.strip(_BLANK)


def write(node: Any, text: str) -> None:
    """Give a ``w:t`` or ``w:delText`` a text, its blanks kept."""
    node.text = text
    node.set(_SPACE, "preserve")


def folded(text: str) -> tuple[str, tuple[int, ...]]:
    """Text without blanks and invisible characters and in one width, with the place of each character in ``text``."""
    chars, places = [], []
    for at, char in enumerate(text):
        for one in unicodedata.normalize("NFKC", char):
            if not _IGNORED.match(one):
                chars.append(one)
                places.append(at)
    return "".join(chars), tuple(places)


def _pattern(words: str) -> re.Pattern[str] | None:
    """Words as they are found in folded text; a masked number stands for any characters of one."""
    pieces = [re.escape(folded(piece)[0]) for piece in words.split(_MASKED)]
    return re.compile(r"[\dxX()\-+*]{3,24}?".join(pieces)) if any(pieces) else None


def _owner(node: Any) -> Any:
    """The paragraph that shows a node; None where nobody does."""
    for ancestor in node.iterancestors():
        if ancestor.tag in _UNSEEN:
            return None
        if ancestor.tag == f"{W}p":
            return ancestor
    return None
