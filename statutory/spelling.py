"""Spellings folded together: what only looks different is the same word."""

from __future__ import annotations

import re

INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0f\ufeff"
_SPACES = re.compile(rf"[\s{INVISIBLE}]+")
_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_WIDTH |= {ord("("): "（", ord(")"): "）"}
_DASH = re.compile(r"[-－–—―‐‑−~～:：/／]+")
_QUOTES = re.compile(r"[“”\"'‘’「」『』＂＇、，,;；。]")
_NUMBERING = re.compile(r"^(?:（?[一二三四五六七八九十]{1,2}[）、.．]|（?\d{1,2}[）、.．])+")


def fold(text: str) -> str:
    """Spaces dropped, full-width letters and digits narrowed, brackets widened to （）."""
    return _SPACES.sub("", text).translate(_WIDTH)


def written(cell: object) -> str:
    """A cell as the folded word that it shows; a whole number without the ``.0`` that files keep."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return fold(str(cell))


def without_numbering(text: str) -> str:
    """A label of the form without its （三） or 1."""
    return _NUMBERING.sub("", text)


def comparable(text: str) -> str:
    """A value without the form's numbering, quotation marks and dash styles: for comparing only."""
    parts = _DASH.split(fold(text))
    return "-".join(_QUOTES.sub("", without_numbering(part)) for part in parts)
