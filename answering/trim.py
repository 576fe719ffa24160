"""The part of a long article that bears on the question, for the prompt only."""

from __future__ import annotations

import re
from typing import Iterable

from answering.terms import coverage
from gates.sentences import split

_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")


def best_sentences(text: str, terms: Iterable[str], longest: int) -> str:
    """Whole sentences of ``text``, in order, that cover the terms best, within ``longest`` characters.

    Each is an exact substring; gaps are not marked. At least one sentence is kept, cut at
    ``longest`` where it alone is longer.
    """
    if len(text) <= longest:
        return text
    terms = tuple(terms)
    sentences = split(text)
    ranked = sorted(range(len(sentences)), key=lambda at: (-coverage(terms, sentences[at]), at))
    chosen: set[int] = set()
    size = 0
    for at in ranked:
        # A list item (（二）…) says little without the sentence that introduces the list.
        wanted = {at} | {head for head in [_head(sentences, at)] if head is not None}
        extra = sum(len(sentences[one]) for one in wanted - chosen)
        if size + extra <= longest or not chosen:
            chosen |= wanted
            size += extra
    return "".join(sentences[at] for at in sorted(chosen)).strip()[:longest]


def _head(sentences: list[str], at: int) -> int | None:
    """The sentence that introduces the list which sentence ``at`` belongs to."""
    if not _ITEM.match(sentences[at].strip()):
        return None
    heads = [one for one in range(at) if not _ITEM.match(sentences[one].strip())]
    return heads[-1] if heads else None
