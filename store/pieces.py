"""Text → the numbers of its pieces, by a Unigram tokenizer of which only the pieces in the text are built.

Building the whole one, a quarter of a million pieces, takes half a second and a quarter of a gigabyte;
a question can only be cut into pieces that stand in it. The library still does the cutting.
"""

from __future__ import annotations

import gc
import json
import re
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
            self._vocabulary: list[tuple[str, float]] = vocabulary
            self._numbers = {piece: number for number, (piece, _) in enumerate(vocabulary)}
        special = [token["content"] for token in self._rules["added_tokens"]]
        if [self._numbers[token] for token in special] != list(range(len(special))):
            raise ValueError(f"{path}: special pieces are not the first ones")
        self._special = re.compile("|".join(map(re.escape, special)))
        # A piece that is not known is rated by the least likely one.
        least = min(range(len(vocabulary)), key=lambda number: vocabulary[number][1])
        self._always = {*range(len(special)), least}
        self._longest = max(map(len, self._numbers))
        self._most = most
        self._normalizer = self._built(sorted(self._always)).normalizer

    def of(self, text: str) -> list[int]:
        """The numbers of the pieces, with those that mark beginning and end."""
        kept = sorted(self._always | set(self._within(text)))
        tokenizer = self._built(kept)
        tokenizer.enable_truncation(self._most)
        return [kept[number] for number in tokenizer.encode(text).ids]

    def _built(self, kept: list[int]) -> Any:
        from tokenizers import Tokenizer

        few = {**self._rules["model"], "vocab": [self._vocabulary[number] for number in kept]}
        return Tokenizer.from_str(json.dumps({**self._rules, "model": few}))

    def _within(self, text: str) -> Iterator[int]:
        for part in self._special.split(text):
            whole = self._normalizer.normalize_str(part).replace(" ", _SPACE)
            for start in range(len(whole)):
                for end in range(start + 1, min(start + self._longest, len(whole)) + 1):
                    for piece in (whole[start:end], _SPACE + whole[start:end]):
                        if (number := self._numbers.get(piece)) is not None:
                            yield number


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
