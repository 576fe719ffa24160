"""The headings by which columns are known, and the labels of months and totals: compared as folded words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from statutory.spelling import fold

FOLDER = Path(__file__).parent
_NOTE = re.compile(r"[*＊：:]|（[^（）]*）|\([^()]*\)|^[（(]?[0-9一二三四五六七八九十]{1,2}[、.．)）]")
_MONTH = re.compile(r"(?:20\d\d年)?(?:0?([1-9]|1[0-2])|([一二三四五六七八九]|十[一二]?))月份?")
_YEAR_MONTH = re.compile(r"20(\d\d)[-./年](0?[1-9]|1[0-2])月?份?")
_TOTAL = re.compile(
    r"(?:全年|年度|本年|本年度)?(?:合计|总计|共计|总数|汇总|累计|小计|本页合计|季度小计|全年)(?:数|[（(].*[)）])?"
)
_QUARTER = re.compile(r"(?:第?[一二三四1-4]季度?|[上下]半年)(?:小计|合计)?")
_CHINESE = {word: at for at, word in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)}


@dataclass(frozen=True)
class KnownColumn:
    """A column of a kind; ``headings`` the patterns by which it is known, the likelier first."""

    name: str
    filled: str
    needed: bool
    optional: bool
    headings: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Kind:
    """What a sheet can be: the ledger's sheet that it becomes, and its columns by name."""

    sheet: str
    said: str
    names: tuple[str, ...]
    columns: Mapping[str, KnownColumn]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by the ledger's sheet."""
    data = tomllib.loads((FOLDER / "kinds.toml").read_text(encoding="utf-8"))
    return {kind["sheet"]: _kind(kind) for kind in data["kind"]}


def _kind(data: Mapping[str, Any]) -> Kind:
    columns = {
        name: KnownColumn(
            name,
            entry["filled"],
            entry.get("needed", False),
            entry.get("optional", False),
            tuple(re.compile(pattern) for pattern in entry["headings"]),
        )
        for name, entry in data["columns"].items()
    }
    return Kind(data["sheet"], data["said"], tuple(data["names"]), columns)


@lru_cache(maxsize=8192)
def heading_word(text: str) -> str:
    """A heading without spaces, numbering, marks and bracketed notes."""
    return _NOTE.sub("", fold(text)) or fold(text)


@lru_cache(maxsize=8192)
def strength(sheet: str, column: str, heading: str) -> float:
    """How well a heading names a column of a kind: 1 for its own name, less for later patterns, 0 for none."""
    word, wanted = heading_word(heading), kinds()[sheet].columns[column]
    if word == column:
        return 1.0
    for at, pattern in enumerate(wanted.headings):
        if pattern.fullmatch(word):
            return max(0.3, 0.92 - 0.2 * at)
    return 0.0


@lru_cache(maxsize=8192)
def is_heading(text: str) -> bool:
    """Whether some kind knows a column by this word, or it is 序号, a month or a total of a table of counts."""
    word = heading_word(text)
    if word in ("序号", "序", "编号", "NO", "No", "月份", "季度") or month_of(word) or is_total(word):
        return True
    return any(strength(kind.sheet, name, text) > 0 for kind in kinds().values() for name in kind.columns)


@lru_cache(maxsize=8192)
def month_of(text: str) -> int:
    """1 to 12 for a label that is a month, else 0."""
    word = fold(text)
    if match := _YEAR_MONTH.fullmatch(word):
        return int(match[2])
    if match := _MONTH.fullmatch(word):
        return int(match[1]) if match[1] else _CHINESE[match[2]]
    return 0


def is_total(text: str) -> bool:
    """合计, 小计, 全年累计 and the like; a quarter beside months is a subtotal as well."""
    word = fold(text)
    return bool(_TOTAL.fullmatch(word) or _QUARTER.fullmatch(word))
