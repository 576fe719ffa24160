"""Other words for sheets, headings and values, from a file that the office can edit.

``knowledge/ledger_aliases.toml`` comes with the program; a file of the same name in the office's
data folder adds to it, goes before it, and takes an alias away by leaving its right side empty. Each
use of an alias is reported. Nothing else is taken for anything: there is no guessing by likeness.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from domain import UnusableInput
from statutory.layout import BASIC_KEYS, BASICS, LAYOUTS
from statutory.spelling import fold

FILE_NAME = "ledger_aliases.toml"
BY_CONFIRMING = "“数据”页的“用自己的文件”里确认一次"  # where a word is taught without writing a file
SHIPPED = Path(__file__).parent.parent / "knowledge" / FILE_NAME

Words = Mapping[str, str]
"""What an office writes → what the program calls it."""


@dataclass(frozen=True)
class Aliases:
    """Aliases by kind; those of headings by sheet, those of values and ``not_counted`` by column.

    ``grounds`` says by column what law a value is read by.
    """

    sheets: Words = field(default_factory=dict)
    basics: Words = field(default_factory=dict)
    headings: Mapping[str, Words] = field(default_factory=dict)
    values: Mapping[str, Words] = field(default_factory=dict)
    grounds: Mapping[str, Words] = field(default_factory=dict)
    categories: Words = field(default_factory=dict)
    not_counted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_FLAT, _BY_NAME, _LISTS = ("sheets", "basics", "categories"), ("headings", "values", "grounds"), ("not_counted",)


def load_aliases(own: Path | None = None) -> Aliases:
    """The shipped aliases with the office's ``own`` file over them, where there is one.

    UnusableInput names every entry of a file that cannot be used.
    """
    merged: dict[str, Any] = {}
    for path in (SHIPPED, own):
        if path is not None and (path == SHIPPED or path.is_file()):
            _add(merged, _read(path))
    flat: dict[str, Any] = {name: _live(merged.get(name, {})) for name in _FLAT}
    by_name: dict[str, Any] = {
        name: {key: _live(words) for key, words in merged.get(name, {}).items()} for name in _BY_NAME
    }
    lists: dict[str, Any] = {
        name: {key: tuple(words) for key, words in merged.get(name, {}).items()} for name in _LISTS
    }
    return Aliases(**flat, **by_name, **lists)


def _live(words: Words) -> dict[str, str]:
    """Without those that the office has switched off."""
    return {said: meant for said, meant in words.items() if meant}


def _add(merged: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, Mapping):
            _add(merged.setdefault(key, {}), value)
        else:
            merged[key] = value


def _read(path: Path) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UnusableInput(f"别名表“{path}”无法读取，请保存为 UTF-8 编码的 TOML 文件：{error}") from error
    if problems := tuple(f"别名表“{path}”{problem}" for problem in _problems(data)):
        raise UnusableInput(problems[0], problems)
    return {section: _folded(content) for section, content in data.items()}


def _folded(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {fold(key): _folded(value) for key, value in content.items()}
    return [fold(word) for word in content] if isinstance(content, list) else fold(content)


def _problems(data: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a file: unknown sections, wrong kinds of entries, aliases of nothing known."""
    for section, content in data.items():
        if section not in (*_FLAT, *_BY_NAME, *_LISTS):
            yield f"有不认识的部分[{section}]"
        elif not isinstance(content, Mapping):
            yield f"的[{section}]应为若干行“说法” = “认定的说法”"
        elif section in _FLAT:
            yield from _wrong_words(section, content)
        elif section in _BY_NAME:
            for name, words in content.items():
                yield from _wrong_words(f"{section}.{name}", words)
        elif not all(isinstance(words, list) and all(isinstance(w, str) for w in words) for words in content.values()):
            yield f'的[{section}]每行应为 列名 = ["说法", …]'


def _wrong_words(section: str, words: Any) -> Iterator[str]:
    if not isinstance(words, Mapping) or not all(isinstance(meant, str) for meant in words.values()):
        yield f"的[{section}]每行应为 “说法” = “认定的说法”"
        return
    kind, _, sheet = section.partition(".")
    known = {"sheets": (BASICS, *LAYOUTS), "basics": BASIC_KEYS}.get(kind)
    if kind == "headings":
        if fold(sheet) not in LAYOUTS:
            yield f"的[{section}]不是台账的工作表"
            return
        known = tuple(heading.name for heading in LAYOUTS[fold(sheet)].headings)
    for said, meant in words.items():
        if known and meant and fold(meant) not in known:
            yield f"的[{section}]把“{said}”对应到不存在的“{meant}”，可用：{'、'.join(known)}"
