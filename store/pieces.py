"""Text → the numbers of its pieces, by a Unigram tokenizer of which only the pieces in the text are built.

Building the whole one, a quarter of a million pieces, takes half a second and a quarter of a gigabyte;
a question can only be cut into pieces that stand in it. The library still does the cutting.
"""

from __future__ import annotations

import gc
import json
import re
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
            self._numbers = {piece: number for number, (piece, _) in enumerate(vocabulary)}
            self._scores = array("d", (score for _, score in vocabulary))
        special = [token["content"] for token in self._rules["added_tokens"]]
        if [self._numbers[token] for token in special] != list(range(len(special))):
            raise ValueError(f"{path}: special pieces are not the first ones")
        self._special = re.compile("|".join(map(re.escape, special)))
        # A piece that is not known is rated by the least likely one.
        self._always = {*special, vocabulary[self._scores.index(min(self._scores))][0]}
        self._longest = max(map(len, self._numbers))
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

        ordered = sorted(pieces, key=self._numbers.__getitem__)
        numbers = [self._numbers[piece] for piece in ordered]
        few = [(piece, self._scores[number]) for piece, number in zip(ordered, numbers)]
        rules = {**self._rules, "model": {**self._rules["model"], "vocab": few}}
        return Tokenizer.from_str(json.dumps(rules)), numbers

    def _within(self, text: str) -> Iterator[str]:
        """Every piece that the text may be cut into, and some more."""
        for part in self._special.split(text):
            whole = self._normalizer.normalize_str(part).replace(" ", _SPACE)
            for start in range(len(whole)):
                for end in range(start + 1, min(start + self._longest, len(whole)) + 1):
                    found = whole[start:end]
                    yield from (piece for piece in (found, _SPACE + found) if piece in self._numbers)


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
