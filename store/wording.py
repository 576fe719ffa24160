"""What the wording of an article shows: that it lists, and that it says what a breach brings."""

from __future__ import annotations

import re

_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]", re.MULTILINE)
# What a breach brings (处…罚款), not whom a breach has brought it (被处以…罚款的).
_CASE = re.compile(r"^\s*[（(][一二三四五六七八九十]+[）)].*的[；;。]$")
_PENALTY = re.compile(r"(?<!被)(?<!被依法)处[^。；]{0,40}罚款(?!的)|(?<!受)处分(?!的)|(?<!被)(?<!行政)拘留(?!的)")


def punishes(text: str) -> bool:
    """Whether an article says what a breach brings, and not only lists those whom one has brought it."""
    return any(_PENALTY.search(line) for line in text.split("\n") if not _CASE.search(line))


def enumerates(text: str) -> bool:
    """Whether an article lists at least two items （一）（二）."""
    return len(_ITEM.findall(text)) >= 2
