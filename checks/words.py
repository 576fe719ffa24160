"""Words and patterns of one concern, read from the file ``<module>.toml`` beside the module that uses them.

An entry is a pattern, a list of alternatives, or a table with ``is`` (either of these) and examples: texts
that it ``finds`` something in and texts that it ``passes`` over. ``{name}`` in a pattern stands for another
entry of the file, ``{together.received}`` for the words of a record in ``matters``. A table without ``is`` is a group of named patterns. Patterns are regular expressions.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matters import together

_REFERENCE = re.compile(r"\{(together\.)?([a-z][a-z_]*)\}")


@dataclass(frozen=True)
class Words:
    """``words["name"]`` is a pattern, ``words["group.name"]`` one of a group; KeyError where the file has none of that name."""

    entries: Mapping[str, Any]

    def __getitem__(self, name: str) -> re.Pattern[str]:
        group, _, key = name.rpartition(".")
        return re.compile(self._pattern((self.entries[group] if group else self.entries)[key]))

    def group(self, name: str) -> dict[str, re.Pattern[str]]:
        """The patterns of a group by their own names, in the order of the file."""
        return {key: re.compile(self._pattern(value)) for key, value in self.entries[name].items()}

    def listed(self, name: str) -> tuple[str, ...]:
        """The alternatives of an entry as plain words."""
        return tuple(self.entries[name])

    def examples(self) -> Iterator[tuple[str, str, bool]]:
        """(name of a pattern, ``group.name`` of one in a group; a text; whether it must find something in it)."""
        tables = {name: entry for name, entry in self.entries.items() if isinstance(entry, dict)}
        for name, table in tables.items():
            grouped = {} if "is" in table else {f"{name}.{key}": entry for key, entry in table.items()}
            for key, entry in (grouped or {name: table}).items():
                if isinstance(entry, dict):
                    yield from ((key, text, True) for text in entry.get("finds", ()))
                    yield from ((key, text, False) for text in entry.get("passes", ()))

    def _pattern(self, entry: Any) -> str:
        entry = entry["is"] if isinstance(entry, dict) else entry
        pattern = entry if isinstance(entry, str) else "|".join(entry)
        return _REFERENCE.sub(lambda match: f"(?:{self._referred(match)})", pattern)

    def _referred(self, match: re.Match[str]) -> str:
        return together()[match[2]].stated if match[1] else self._pattern(self.entries[match[2]])


def read_words(module: str) -> Words:
    """The words of a module, given its ``__file__``."""
    return Words(tomllib.loads(Path(module).with_suffix(".toml").read_text(encoding="utf-8")))
