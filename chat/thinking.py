"""Take a reasoning model's thoughts out of a stream of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_NAME = "(?:think(?:ing)?|thoughts?|reasoning)"
_OPEN, _CLOSE = re.compile(f"<{_NAME}>", re.IGNORECASE), re.compile(f"</{_NAME}>", re.IGNORECASE)
_LONGEST_TAG = len("</reasoning>")
# Models whose chat template opens the thought itself, so that only its end is in the stream.
_THINKS_FIRST = re.compile(r"(?<![a-z])(r1|qwq)(?![a-z0-9])|think|reason", re.IGNORECASE)


def thinks_first(model_name: str) -> bool:
    """Whether a model of this name may begin inside a thought that it never opened."""
    return bool(_THINKS_FIRST.search(model_name))


def without_thoughts(pieces: Iterable[str], hold: bool = False) -> Iterator[str]:
    """The pieces without ``<think>…</think>`` (or thinking, thought, reasoning), however the tags are cut.

    An unclosed thought swallows the rest. With ``hold``, nothing is let out before the first
    closing tag or the end of the stream, since what came before may be a thought.
    """
    waiting, inside = "", False
    for piece in pieces:
        waiting += piece
        if hold:
            if not (closed := _CLOSE.search(waiting)):
                continue
            waiting, hold = waiting[closed.end() :], False
        while tag := (_CLOSE if inside else _OPEN).search(waiting):
            if tag.start() and not inside:
                yield waiting[: tag.start()]
            waiting, inside = waiting[tag.end() :], not inside
        safe = len(waiting) - _begun(waiting)
        if safe and not inside:
            yield waiting[:safe]
        waiting = waiting[safe:]
    if waiting and not inside:
        opened = _OPEN.search(waiting) if hold else None
        yield waiting[: opened.start()] if opened else waiting


def _begun(text: str) -> int:
    """How many characters at the end of the text may be the beginning of a tag."""
    start = text.rfind("<", max(0, len(text) - _LONGEST_TAG))
    return len(text) - start if start >= 0 and re.fullmatch(r"</?[A-Za-z]*", text[start:]) else 0
