"""Where the figures of a text stand that was changed since they were put in, or never kept their places.

A phrase has its place from the moment that it is put in (``domain.Filled``). When the text around it
was changed by hand, it is found again by what stood before and after it, in the order in which the
phrases stood. Only what nobody put in (typed by hand, supplied, kept by an earlier version) is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain import Draft, Filled, Phrase, Placed

_FAR = 30  # characters before and after a phrase that are compared
_KEPT = 1_000_000  # a phrase that is still there outweighs all that stands around the others


def known(draft: Draft) -> Filled:
    """A draft's text with its figures; as they are read where it was kept before they had places."""
    return place(draft.text, draft.figures) if draft.placed is None else Filled(draft.text, draft.placed)


def place(text: str, phrases: Iterable[Phrase], kept: Filled | None = None) -> Filled:
    """``text`` with each of ``phrases`` that stands in it.

    Those of ``kept``, the text that it was made from, stay what they were, unless ``phrases`` has not
    the same words for the same key any more. The others are read: of nested ones the longest, of
    several that read alike (增长20%) the one of the figure that was told just before.
    """
    kept, alike = kept or Filled(), dict[str, list[Phrase]]()
    for phrase in phrases:
        alike.setdefault(phrase.text, []).append(phrase)
    old = [one for one in kept.placed if one.phrase.key in {phrase.key for phrase in alike.get(one.phrase.text, ())}]
    carried, likely = (old, {}) if text == kept.text else _carried(old, kept.text, text)
    placed, before = [], ""
    told = {(one.start, one.end): one.phrase for one in carried}
    for start, end in sorted([*told, *_standing(text, alike, told)]):
        phrase = told.get((start, end)) or _meant(alike[text[start:end]], before, likely.get(start, ""))
        placed.append(Placed(start, end, phrase))
        before = phrase.key
    return Filled(text, tuple(placed))


def _standing(text: str, words: Iterable[str], taken: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where words stand as a whole, the longest first; none in another or in a place that is taken."""
    spans, free = list(taken), []
    for word in sorted(filter(None, words), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\d){re.escape(word)}" if word[0].isdigit() else re.escape(word), text):
            if not any(match.start() < end and start < match.end() for start, end in spans):
                spans.append(match.span())
                free.append(match.span())
    return free


def _meant(alike: Sequence[Phrase], before: str, likely: str) -> Phrase:
    """Of phrases that read alike: the rate of the figure told before, else the likely key, else the same table's row."""

    def reasons(phrase: Phrase) -> tuple[bool, ...]:
        above, beside = phrase.key.rpartition(".")[0], before.rpartition(".")[0]
        related = bool(beside) and above == beside and phrase.key != before
        return bool(before) and above == before, phrase.key == likely, related, phrase.key == before

    return max(alike, key=reasons)


def _carried(old: Sequence[Placed], before: str, after: str) -> tuple[list[Placed], dict[int, str]]:
    """The phrases of ``before`` as they stand in ``after``, moved sentences too.

    Where nothing around one is as it was, only its likely key, by its place: it may have been typed.
    """
    carried: list[Placed] = []
    likely: dict[int, str] = {}
    new = _standing(after, {one.phrase.text for one in old})
    new.sort()
    while pairs := _aligned(old, new, before, after):
        for one, (start, end), around in pairs:
            if around:
                carried.append(Placed(start, end, one.phrase))
            else:
                likely[start] = one.phrase.key
        old = [one for one in old if one not in {pair[0] for pair in pairs}]
        new = [span for span in new if span not in {pair[1] for pair in pairs}]
    return carried, likely


def _aligned(
    old: Sequence[Placed], new: Sequence[tuple[int, int]], before: str, after: str
) -> list[tuple[Placed, tuple[int, int], int]]:
    """The most phrases that stand in the same order, those with the most alike around them, and how much that is."""
    around = [
        [_around(before, one, after, span) if after[slice(*span)] == one.phrase.text else None for span in new]
        for one in old
    ]
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, row in reversed(list(enumerate(around))):
        for j, much in reversed(list(enumerate(row))):
            both = 0 if much is None else best[i + 1][j + 1] + _KEPT + much
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        much = around[i][j]
        if much is not None and best[i][j] == best[i + 1][j + 1] + _KEPT + much:
            pairs.append((old[i], new[j], much))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _around(before: str, one: Placed, after: str, span: tuple[int, int]) -> int:
    """How much is the same before and after a phrase; a long run on one side counts for more than two short ones."""
    left = _same(before[max(0, one.start - _FAR) : one.start][::-1], after[max(0, span[0] - _FAR) : span[0]][::-1])
    right = _same(before[one.end : one.end + _FAR], after[span[1] : span[1] + _FAR])
    return left**2 + right**2


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    differ = (at for at, pair in enumerate(zip(one, other)) if pair[0] != pair[1])
    return next(differ, min(len(one), len(other)))
