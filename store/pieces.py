"""Text → the numbers of its pieces, by a Unigram tokenizer of which only the pieces in the text are built.

Building the whole one, a quarter of a million pieces, takes half a second and a quarter of a gigabyte;
a question can only be cut into pieces that stand in it. The library still does the cutting.
"""

from __future__ import annotations

import gc
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_SPACE = "▁"


class Pieces:
    """What a ``tokenizer.json`` says: ``of`` cuts as the tokenizer of the whole file would.

    Safe to share between threads.
    """

    def __init__(self, path: Path, most: int) -> None:
        """``most`` pieces a text. OSError, ValueError or LookupError where the file is no such tokenizer."""
        with _many_objects():
            self._rules = json.loads(path.read_bytes())
            vocabulary = self._rules["model"].pop("vocab")
            if self._rules["model"]["type"] != "Unigram" or self._rules["pre_tokenizer"]["type"] != "Metaspace":
                raise ValueError(f"{path} is no Unigram tokenizer")
            pieces = [piece for piece, _ in vocabulary]
            self._scores = array("d", (score for _, score in vocabulary))
            del vocabulary
            self._numbers = Numbers(pieces)
        special = [token["content"] for token in self._rules["added_tokens"]]
        if pieces[: len(special)] != special:
            raise ValueError(f"{path}: special pieces are not the first ones")
        self._special = re.compile("|".join(map(re.escape, special)))
        # A piece that is not known is rated by the least likely one.
        self._always = {*special, pieces[self._scores.index(min(self._scores))]}
        self._longest = max(map(len, pieces))
        self._most = most
        self._normalizer = self._built(self._always)[0].normalizer

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces, with those that mark beginning and end."""
        tokenizer, numbers = self._built(self._always | set(self._within(text)))
        tokenizer.enable_truncation(self._most)
        return [numbers[id] for id in tokenizer.encode(text).ids]

    def _built(self, pieces: set[str]) -> tuple[Any, list[int]]:
        """A tokenizer of these pieces, and for each of its numbers the one in the whole vocabulary."""
        from tokenizers import Tokenizer

        numbered = sorted((number, piece) for piece, number in self._numbers.of(pieces).items())
        numbers = [number for number, _ in numbered]
        few = [(piece, self._scores[number]) for number, piece in numbered]
        rules = {**self._rules, "model": {**self._rules["model"], "vocab": few}}
        return Tokenizer.from_str(json.dumps(rules)), numbers

    def _within(self, text: str) -> Iterator[str]:
        """Every piece that the text may be cut into, and much that is none."""
        for part in self._special.split(text):
            whole = self._normalizer.normalize_str(part).replace(" ", _SPACE)
            for start in range(len(whole)):
                for end in range(start + 1, min(start + self._longest, len(whole)) + 1):
                    found = whole[start:end]
                    yield from (found, _SPACE + found)


class Numbers:
    """Texts → their places in a list, in a fifth of a dict's memory: sorted bytes in one array."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np

        held = np.array(_bytes(texts))
        self._places = np.argsort(held).astype(np.int32)
        self._sorted: np.ndarray = held[self._places]

    def of(self, texts: Iterable[str]) -> dict[str, int]:
        """The places of those texts that are held."""
        import numpy as np

        asked = list(texts)
        if not asked or not len(self._sorted):
            return {}
        wanted = np.array(_bytes(asked))
        at = np.searchsorted(self._sorted, wanted).clip(max=len(self._sorted) - 1)
        there = self._sorted[at] == wanted
        return {asked[number]: int(self._places[at[number]]) for number in np.flatnonzero(there)}


def _bytes(texts: Sequence[str]) -> list[bytes]:
    """With an end that an array keeps: it drops zero bytes there."""
    return [text.encode("utf-8", "surrogatepass") + b"." for text in texts]


@contextmanager
def _many_objects() -> Iterator[None]:
    """Hundreds of thousands of objects that all stay: looking through them for garbage doubles the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
