"""The office's own profile: what was confirmed once, as a file that can be read, changed and handed on.

``[sheets]``: the headings of a table and what it is, with its columns. ``[values.SHEET.COLUMN]``: what a word
means. The same files next year need no question; a new heading or word asks only about itself.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import durable
from domain import UnusableInput

FILE_NAME = "intake_profile.toml"
_MOST_BYTES = 4_000_000
"""What a hundred thousand words take."""
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
        if path.stat().st_size > _MOST_BYTES:
            raise _Unlike(f"有 {path.stat().st_size // 10**6} MB，不像是台账对照")
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        sheets = [_sheet(number, one) for number, one in enumerate(_list(data.get("sheets", [])), 1)]
        values = {
            f"值/{sheet}/{column}/{word}": meant
            for sheet, columns in _table("values", data.get("values", {})).items()
            for column, words in _table(f"values.{sheet}", columns).items()
            for word, meant in _words(f"values.{sheet}.{column}", words).items()
        }
    except OSError as error:
        raise UnusableInput(f"台账对照“{path.name}”无法读取：{durable.cause(error)}") from error
    except (ValueError, RecursionError, _Unlike) as error:  # of TOML's: also numbers and brackets without end
        raise UnusableInput(f"台账对照“{path.name}”{_fault(error)}，请改正或删去后重新确认") from error
    return Profile(sheets, values)


class _Unlike(Exception):
    """What stands somewhere is not what a profile has there; the message says where, in Chinese."""


def _fault(error: Exception) -> str:
    if isinstance(error, _Unlike):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 编码"
    line = re.search(r"at line (\d+)", str(error))
    return f"第 {line[1]} 行的写法看不懂" if line else "的写法看不懂"


def _sheet(number: int, one: Any) -> KnownSheet:
    """The n-th of [[sheets]]."""
    here = f"第 {number} 个 [[sheets]] 的"
    table = _table(here, one)
    is_ = table.get("is")
    if not isinstance(is_, str):
        raise _Unlike(f"{here} is 应当是一种表的名称")
    headings = tuple(_text(f"{here} headings", each) for each in _list(table.get("headings")))
    unused = tuple(_text(f"{here} unused", each) for each in _list(table.get("unused", [])))
    columns, constants = (_words(f"{here} {name}", table.get(name, {})) for name in ("columns", "constants"))
    return KnownSheet(headings, is_, columns, constants, unused)


def _list(content: Any) -> list[Any]:
    if not isinstance(content, list):
        raise _Unlike("里 sheets、headings、unused 应当是列表")
    return content


def _table(here: str, content: Any) -> Mapping[str, Any]:
    if not isinstance(content, Mapping):
        raise _Unlike(f"{here} 应当有若干行“说法” = “含义”")
    return content


def _words(here: str, content: Any) -> dict[str, str]:
    return {said: _text(here, meant) for said, meant in _table(here, content).items()}


def _text(here: str, content: Any) -> str:
    if not isinstance(content, str):
        raise _Unlike(f"{here} 里有不是文字的内容")
    return content


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
