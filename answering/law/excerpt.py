"""The part of a long article that bears on the question, for the prompt only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from answering.terms import coverage
from gates.sentences import split

_ITEM = re.compile(r"^[（(][一二三四五六七八九十]+[）)]")


def best_sentences(text: str, terms: Iterable[str], longest: int) -> str:
    """Those of ``best_runs`` in one string, for a model to read."""
    return "".join(best_runs(text, terms, longest))


def best_runs(text: str, terms: Iterable[str], longest: int) -> list[str]:
    """Whole sentences of ``text``, in order, that cover the terms best, within ``longest`` characters.

    Neighbouring sentences make one run; each run is an exact substring. At least one sentence is
    kept, cut at ``longest`` where it alone is longer.
    """
    if len(text) <= longest:
        return [text]
    sentences = split(text)
    runs: list[str] = []
    before = -2
    for at in _chosen(sentences, tuple(terms), longest):
        if at == before + 1:
            runs[-1] += sentences[at]
        else:
            runs.append(sentences[at])
        before = at
    return [run.strip() for run in runs] if len(runs) > 1 else [runs[0].strip()[:longest]]


def _chosen(sentences: list[str], terms: tuple[str, ...], longest: int) -> list[int]:
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
    return sorted(chosen)


def _head(sentences: list[str], at: int) -> int | None:
    """The sentence without which sentence ``at`` says little: a list's opening, what a 但是 limits."""
    if at and sentences[at].strip().startswith("但"):
        return at - 1
    if not _ITEM.match(sentences[at].strip()):
        return None
    heads = [one for one in range(at) if not _ITEM.match(sentences[one].strip())]
    return heads[-1] if heads else None
