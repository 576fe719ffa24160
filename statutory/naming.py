"""Which sheet of a workbook is which sheet of the ledger.

By its name; else by an alias; else by its name without number, year or 台账 around it; else, for a
sheet that the ledger lacks, by its headings. All but the first are reported, and so is a sheet with
contents that is none of the ledger's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from statutory.aliases import Aliases
from statutory.headings import find_headings
from statutory.layout import BASIC_KEYS, BASICS, GUIDE, LAYOUTS, OPTIONS
from statutory.remarks import Place, Remarks
from statutory.spelling import fold
from statutory.workbook import RawSheet

NAMES = (BASICS, *LAYOUTS)
_BEFORE = r"(?:附?[件表])?(?:\d{1,2}[.．、_-]?|（?[一二三四五六七八九十]{1,2}）?[、.．]?|（\d{1,2}）)?(?:20\d\d年?度?)?"
_AFTER = r"(?:台账|登记[表簿]|明细表?|表)?(?:（?(?:20\d\d年?度?)?(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}月份?)?）?)?"


def name_sheets(raw_sheets: Sequence[RawSheet], aliases: Aliases, remarks: Remarks) -> dict[str, list[RawSheet]]:
    """Ledger sheet → the raw sheets that hold it; problems for those missing or ambiguous."""
    found: dict[str, list[RawSheet]] = {}
    unknown = []
    for raw in raw_sheets:
        if name := sheet_name(raw, aliases):
            if fold(raw.name) != name:
                remarks.read_as("工作表", raw.name, name, Place(raw.part, 1))
            found.setdefault(name, []).append(raw)
        elif any(raw.grid):
            unknown.append(raw)
    unknown = _by_headings(found, unknown, remarks)
    if unread := [raw.part for raw in unknown if fold(raw.name) not in (GUIDE, OPTIONS)]:
        listed = "、".join(f"“{part}”" for part in unread)
        remarks.warning(f"工作表{listed}不是台账的工作表，没有读取（台账的工作表：{'、'.join(NAMES)}）")
    if missing := [name for name in NAMES if name not in found]:
        listed = "、".join(f"“{name}”" for name in missing)
        remarks.problem(
            f"缺少工作表{listed}；没有数据也要保留工作表和表头，缺少的表不能当作0（CSV 请每张表一个文件，放在同一文件夹）"
        )
    return found


def sheet_name(raw: RawSheet, aliases: Aliases) -> str:
    """The ledger's name for a raw sheet by what it is called, "" for a name that says nothing."""
    word = fold(raw.name)
    if word in NAMES:
        return word
    if word in aliases.sheets:
        return aliases.sheets[word]
    known = {name: name for name in NAMES} | dict(aliases.sheets)
    longest_first = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    match = re.fullmatch(f"{_BEFORE}({longest_first}){_AFTER}", word)
    return known[match[1]] if match else ""


def _by_headings(found: dict[str, list[RawSheet]], unknown: list[RawSheet], remarks: Remarks) -> list[RawSheet]:
    """Take for a missing sheet the one other sheet with all its headings; those left over."""
    fitting: dict[str, list[RawSheet]] = {}
    for raw in unknown:
        fits = [name for name in NAMES if name not in found and _has_headings(raw, name)]
        if len(fits) == 1:
            fitting.setdefault(fits[0], []).append(raw)
    for name, sheets in fitting.items():
        if len(sheets) > 1:
            listed = "、".join(f"“{raw.part}”" for raw in sheets)
            remarks.problem(f"工作表{listed}的表头都像“{name}”，不能确定用哪一张，请把要用的改名为“{name}”")
            continue
        remarks.read_as("工作表（按表头认定）", sheets[0].name, name, Place(sheets[0].part, 1))
        found[name] = [replace(sheets[0], name=name)]
    taken = [raw.part for sheets in fitting.values() for raw in sheets]
    return [raw for raw in unknown if raw.part not in taken]


def _has_headings(raw: RawSheet, name: str) -> bool:
    if name == BASICS:
        words = {fold(cell).strip("：:") for row in raw.grid[:50] for cell in row if isinstance(cell, str)}
        return set(BASIC_KEYS[:2]) <= words
    _, columns = find_headings(raw, LAYOUTS[name])
    return all(heading in columns for heading in LAYOUTS[name].needed)
