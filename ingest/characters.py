"""Characters as they are meant, whatever a copy made of them: 一 for ⼀, 长 for ⻓, 户 for ⼾, 3 for ３.

Radicals and strokes by Unicode's table of equivalent ideographs (``characters.toml``), compatibility
ideographs by their canonical equivalents, digits and Latin letters half width, Chinese punctuation full
width; what is invisible is left out. Never NFKC: it would also change （ ， ： and ①.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_HALF_PUNCTUATION = {"｡": "。", "､": "、", "｢": "「", "｣": "」", "･": "·"}
_FULL = range(0xFF01, 0xFF5F)
# Zero-width and direction marks, variation selectors, soft hyphen, byte-order mark: they break matching.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e01ef]"
)
_COMPATIBILITY = (range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


@dataclass(frozen=True)
class Folded:
    """``text`` as it is meant; ``places`` has for each of its characters where it stands in ``original``."""

    text: str
    original: str
    places: tuple[int, ...]

    def printed(self, start: int, end: int) -> str:
        """What is printed where ``text[start:end]`` is read, with what is invisible between."""
        if start >= end:
            return ""
        return self.original[self.places[start] : self.places[end - 1] + 1]


def folded(text: str) -> Folded:
    """``text`` as it is meant, with the way back to what was printed."""
    table = _table()
    kept = [(at, table.get(ord(char), char)) for at, char in enumerate(text) if not INVISIBLE.match(char)]
    return Folded("".join(char for _, char in kept), text, tuple(at for at, _ in kept))


def fold_characters(text: str) -> str:
    """``text`` as it is meant."""
    return INVISIBLE.sub("", text).translate(_table())


def radicals(text: str) -> list[str]:
    """The characters of ``text`` that stand for an ideograph, each once, in order."""
    return list(dict.fromkeys(char for char in text if char in _radicals()))


@cache
def _radicals() -> dict[str, str]:
    pairs = [pair for name, value in _DATA.items() if name != "simplified" for pair in value.split()]
    return {pair[0]: pair[1:] for pair in (*pairs, *_DATA["simplified"].split())}


@cache
def _table() -> dict[int, str]:
    table = {ord(char): meant for char, meant in _radicals().items()} | {
        ord(char): meant for char, meant in _HALF_PUNCTUATION.items()
    }
    for code in _FULL:
        half = chr(code - 0xFEE0)
        if half.isalnum():
            table[code] = half
    for block in _COMPATIBILITY:
        table |= {code: meant for code in block if (meant := unicodedata.normalize("NFC", chr(code))) != chr(code)}
    return table
