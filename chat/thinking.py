"""Take a reasoning model's thoughts out of a stream of text."""

from __future__ import annotations

import re
from typing import Iterable, Iterator

OPEN, CLOSE = "<think>", "</think>"
# Models whose chat template opens the thought itself, so that only its end is in the stream.
_THINKS_FIRST = re.compile(r"(?<![a-z])(r1|qwq)(?![a-z0-9])|think|reason", re.IGNORECASE)


def thinks_first(model_name: str) -> bool:
    """Whether a model of this name may begin inside a thought that it never opened."""
    return bool(_THINKS_FIRST.search(model_name))


def without_thoughts(pieces: Iterable[str], hold: bool = False) -> Iterator[str]:
    """The pieces without ``<think>…</think>``, however the tags are cut across pieces.

    An unclosed thought swallows the rest. With ``hold``, nothing is let out before the first
    ``</think>`` or the end of the stream, since what came before may be a thought.
    """
    waiting, inside = "", False
    for piece in pieces:
        waiting += piece
        if hold:
            if CLOSE not in waiting:
                continue
            waiting, hold = waiting.split(CLOSE, 1)[1], False
        while True:
            tag = CLOSE if inside else OPEN
            before, found, after = waiting.partition(tag)
            if not found:
                break
            if before and not inside:
                yield before
            waiting, inside = after, not inside
        safe = len(waiting) - _begun(waiting, tag)
        if safe and not inside:
            yield waiting[:safe]
        waiting = waiting[safe:]
    if waiting and not inside:
        yield re.sub(f"{OPEN}.*", "", waiting, flags=re.DOTALL) if hold else waiting


def _begun(text: str, tag: str) -> int:
    """How many characters at the end of the text may be the beginning of the tag."""
    return next((size for size in range(len(tag) - 1, 0, -1) if text.endswith(tag[:size])), 0)
