"""The office's own profile: what was confirmed once, as a file that can be read, changed and handed on.

``[sheets]``: the headings of a table and what it is, with its columns. ``[values.SHEET.COLUMN]``: what a word
means. The same files next year need no question; a new heading or word asks only about itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import durable
from domain import UnusableInput

FILE_NAME = "intake_profile.toml"
_ABOUT = (
    "# 本单位的台账对照：哪些表头、哪些说法是什么意思，由填报人确认过。可以改、可以复制给别的电脑用；\n"
    "# 删去一行，下次就再问一次。\n"
)


@dataclass(frozen=True)
class KnownSheet:
    """A table that was confirmed: its headings, its kind, target → heading, target → value for every row."""

    headings: tuple[str, ...]
    is_: str
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def fits(self, headings: Sequence[str]) -> bool:
        """Whether a table is this one again: every column that was used stands under its heading, most others too."""
        own, its = set(self.headings), set(headings)
        used = {heading for heading in self.columns.values() if not heading.startswith("（")}
        return used <= its and len(own & its) * 2 > len(own | its)


@dataclass
class Profile:
    """``sheets`` in the order of confirmation; ``values`` by the key of their question."""

    sheets: list[KnownSheet] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    def sheet(self, headings: Sequence[str]) -> KnownSheet | None:
        exact = [known for known in self.sheets if known.headings == tuple(headings)]
        return next(iter(exact or [known for known in self.sheets if known.fits(headings)]), None)

    def learn(self, known: KnownSheet) -> None:
        self.sheets = [one for one in self.sheets if one.headings != known.headings] + [known]


def load_profile(path: Path | None) -> Profile:
    """The profile in a file, an empty one where there is none; UnusableInput where it cannot be read."""
    if path is None or not path.is_file():
        return Profile()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        sheets = [
            KnownSheet(
                tuple(one["headings"]),
                str(one["is"]),
                _words(one.get("columns", {})),
                _words(one.get("constants", {})),
                tuple(one.get("unused", ())),
            )
            for one in data.get("sheets", ())
        ]
        values = {
            f"值/{sheet}/{column}/{word}": str(meant)
            for sheet, columns in data.get("values", {}).items()
            for column, words in columns.items()
            for word, meant in _words(words).items()
        }
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise UnusableInput(f"台账对照“{path.name}”无法读取，请改正或删去后重新确认：{error}") from error
    return Profile(sheets, values)


def _words(content: Any) -> dict[str, str]:
    if not isinstance(content, Mapping):
        raise TypeError("应为若干行“说法” = “含义”")
    return {str(said): str(meant) for said, meant in content.items()}


def save_profile(profile: Profile, path: Path) -> None:
    """Write the profile in one step; UnusableInput where that cannot be done."""
    import tomlkit

    document = tomlkit.document()
    sheets = tomlkit.aot()
    for known in profile.sheets:
        table = tomlkit.table()
        table["is"], table["headings"] = known.is_, list(known.headings)
        for name in ("columns", "constants"):
            if held := getattr(known, name):
                table[name] = dict(held)
        if known.unused:
            table["unused"] = list(known.unused)
        sheets.append(table)
    if profile.sheets:
        document["sheets"] = sheets
    values: dict[str, dict[str, dict[str, str]]] = {}
    for key, meant in profile.values.items():
        _, sheet, column, word = key.split("/", 3)
        values.setdefault(sheet, {}).setdefault(column, {})[word] = meant
    if values:
        document["values"] = values
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        durable.write(path, (_ABOUT + tomlkit.dumps(document)).encode("utf-8"))
    except OSError as error:
        raise UnusableInput(f"台账对照“{path}”没有存成：{durable.cause(error)}") from error
