"""The phrases of one ledger by name, and which figures a joint phrase holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain import Filled, Number, Phrase, Placed


@dataclass(frozen=True)
class Catalogue:
    """The phrases of one ledger by name; ``parts`` says of a joint phrase which figures it holds."""

    phrases: dict[str, Phrase]
    parts: dict[str, tuple[Phrase, ...]]

    def __contains__(self, name: str) -> bool:
        return name in self.phrases

    def get(self, name: str) -> Phrase | None:
        return self.phrases.get(name)

    def value(self, name: str) -> Number:
        """The figure behind a name; 0 where the ledger does not know it (ask ``in`` first)."""
        phrase = self.phrases.get(name)
        return phrase.value if phrase else 0

    def having(self, prefix: str) -> list[Phrase]:
        """The phrases whose key begins so, joint ones left out, in the ledger's order."""
        return [p for p in self.phrases.values() if p.key.startswith(prefix) and p.name not in self.parts]

    def single(self, used: Iterable[Phrase]) -> tuple[Phrase, ...]:
        """The figures behind the phrases used: joint phrases by their parts, each once."""
        flat = [part for phrase in used for part in self.parts.get(phrase.name, (phrase,))]
        return tuple({part.name: part for part in flat}.values())

    def every_single(self) -> list[Phrase]:
        """All phrases of one figure, those within joint ones too."""
        single = [phrase for phrase in self.phrases.values() if phrase.name not in self.parts]
        return single + [part for parts in self.parts.values() for part in parts]

    def apart(self, filled: Filled) -> Filled:
        """The text with the figures that its joint phrases hold, each where its own words stand."""
        placed = (
            Placed(one.start + start, one.start + end, part)
            for one in filled.placed
            for start, end, part in self._within(one.phrase)
        )
        return Filled(filled.text, tuple(placed))

    def _within(self, phrase: Phrase) -> Iterator[Placed]:
        """A joint phrase lists its figures in order; one in other words (申请人均为自然人) has no place."""
        at = 0
        for part in self.parts.get(phrase.name, (phrase,)):
            start = phrase.text.find(part.text, at)
            if start >= 0:
                at = start + len(part.text)
                yield Placed(start, at, part)
