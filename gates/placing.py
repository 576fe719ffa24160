"""Where the figures of a text stand that was changed since they were put in, or never kept their places.

A phrase has its place from the moment that it is put in (``domain.Filled``). When the text around it
was changed by hand, it is found again by what stood before and after it, in the order in which the
phrases stood. Only what nobody put in (typed by hand, supplied, kept by an earlier version) is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from domain import Draft, Filled, Phrase, Placed

_SENTENCE_END = re.compile("[。；！？\n]")
_FAR = 30  # characters before and after a phrase that are compared
_KEPT = 10**9  # a phrase that is still there outweighs all that stands around the others


def known(draft: Draft) -> Filled:
    """A draft's text with its figures; as they are read where it has no places, or those of another text."""
    if draft.placed is None or any(draft.text[start:end] != one.text for start, end, one in draft.placed):
        return place(draft.text, draft.figures)
    return Filled(draft.text, draft.placed)


def place(text: str, phrases: Iterable[Phrase], kept: Filled | None = None) -> Filled:
    """``text`` with each of ``phrases`` that stands in it.

    Those of ``kept``, the text that it was made from, stay what they were, unless ``phrases`` has not
    the same words for the same key any more, or the figure that a rate belongs to was typed before it.
    The others are read: of nested ones the longest, of several that read alike (增长20%) the one of the
    figure that was told just before.
    """
    kept, alike = kept or Filled(), dict[str, list[Phrase]]()
    for phrase in phrases:
        alike.setdefault(phrase.text, []).append(phrase)
    old = [one for one in kept.placed if one.phrase.key in {phrase.key for phrase in alike.get(one.phrase.text, ())}]
    carried = old if text == kept.text else _carried(old, kept.text, text)
    keys = {(one.start, one.end): one.phrase.key for one in carried}
    placed, before, typed = [], "", False
    for start, end in sorted([*keys, *_standing(text, alike, keys)]):
        key = keys.get((start, end), "")
        phrase = _meant(alike[text[start:end]], key, before, typed)
        placed.append(Placed(start, end, phrase))
        before, typed = phrase.key, phrase.key != key
    return Filled(text, tuple(placed))


def _standing(text: str, words: Iterable[str], taken: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Where words stand as a whole, the longest first; none in another or in a place that is taken."""
    free: list[tuple[int, int]] = []
    held = bytearray(len(text))  # the characters that are taken
    for start, end in taken:
        held[start:end] = b"\1" * (end - start)
    for word in sorted(filter(None, words), key=len, reverse=True):
        for match in re.finditer(rf"(?<!\d){re.escape(word)}" if word[0].isdigit() else re.escape(word), text):
            start, end = match.span()
            if not any(held[start:end]):
                held[start:end] = b"\1" * (end - start)
                free.append((start, end))
    return free


def _meant(alike: Sequence[Phrase], key: str, before: str, typed: bool) -> Phrase:
    """Of phrases that read alike: the one that was there (``key``), else that of the figure told before.

    ``typed``: the figure before was not there.
    """

    def reasons(phrase: Phrase) -> tuple[bool, ...]:
        above, beside = phrase.key.rpartition(".")[0], before.rpartition(".")[0]
        part = bool(before) and above == before
        row = bool(beside) and above == beside and phrase.key != before
        return part and typed, phrase.key == key, part, row, phrase.key == before

    return max(alike, key=reasons)


def _carried(old: Sequence[Placed], before: str, after: str) -> list[Placed]:
    """The phrases of ``before`` where they stand in ``after``: the most in the same order, then those that were moved."""
    new = sorted(_standing(after, {one.phrase.text for one in old}))
    far = _far_from_change(old, before, after)
    there = {one: span for one, span in far.items() if span in new}
    carried = [Placed(*span, one.phrase) for one, span in there.items()]
    old = [one for one in old if one not in there]
    new = [span for span in new if span not in there.values()]
    while pairs := _aligned(old, new, before, after):
        carried += (Placed(*span, one.phrase) for one, span in pairs)
        old = [one for one in old if one not in {pair[0] for pair in pairs}]
        new = [span for span in new if span not in {pair[1] for pair in pairs}]
    return carried


def _far_from_change(old: Sequence[Placed], before: str, after: str) -> dict[Placed, tuple[int, int]]:
    """Where those stand around which all that is compared is the same: typing changes one place of a long text."""
    begins = _same(before, after)
    ends = min(_same(before[::-1], after[::-1]), min(len(before), len(after)) - begins)
    moved = len(after) - len(before)
    head = {one: (one.start, one.end) for one in old if one.end + _FAR <= begins}
    tail = {one: (one.start + moved, one.end + moved) for one in old if one.start - _FAR >= len(before) - ends}
    return tail | head


def _aligned(
    old: Sequence[Placed], new: Sequence[tuple[int, int]], before: str, after: str
) -> list[tuple[Placed, tuple[int, int]]]:
    """The most phrases that stand in the same order, those with the most alike around them."""
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
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _around(before: str, one: Placed, after: str, span: tuple[int, int]) -> int:
    """How much is the same around a phrase: most of all in its sentence, where one long run counts for more than two short ones."""
    sides = (
        (before[max(0, one.start - _FAR) : one.start][::-1], after[max(0, span[0] - _FAR) : span[0]][::-1]),
        (before[one.end : one.end + _FAR], after[span[1] : span[1] + _FAR]),
    )
    near = (_same(*(_SENTENCE_END.split(text, maxsplit=1)[0] for text in side)) for side in sides)
    return 100 * sum(run**2 for run in near) + sum(_same(*side) for side in sides)


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    differ = (at for at, pair in enumerate(zip(one, other)) if pair[0] != pair[1])
    return next(differ, min(len(one), len(other)))
