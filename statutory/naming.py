"""Which sheet of a workbook is which sheet of the ledger.

By its name; else by an alias; else by its name without number, year or 台账 around it; else, for a
sheet that the ledger lacks, by its headings (the sheets of months together are one). All but the first
are reported. A sheet left over that has the headings of a sheet of the ledger is asked about, and so is
a file that is named like one; any other with contents is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from statutory.aliases import Aliases
from statutory.doubts import ASIDE
from statutory.headings import locate_headings
from statutory.layout import BASIC_KEYS, BASICS, GUIDE, LAYOUTS, OPTIONS
from statutory.remarks import Place, Remarks
from statutory.spelling import fold
from statutory.workbook import RawSheet

NAMES = (BASICS, *LAYOUTS)
_COPY = re.compile(r"备份|副本|旧|原表|草稿|模板|样[表例]|示例|copy|（\d）$", re.IGNORECASE)
_HEAD = 40  # rows among which the headings of an unnamed sheet are looked for
_BEFORE = r"(?:附?[件表])?(?:\d{1,2}[.．、_-]?|（?[一二三四五六七八九十]{1,2}）?[、.．]?|（\d{1,2}）)?(?:20\d\d年?度?)?"
_PERIOD = re.compile(
    r"(?:20\d\d年?度?)?[（(]?(?:\d{1,2}(?:[-－—~至到]\d{1,2})?月份?|[一二三四五六七八九十]{1,2}月份?|第?[一二三四1-4]季度?|[上下]半年|Q[1-4])[)）]?|20\d\d年?度?"
)
_AFTER = r"(?:台账|登记[表簿]|明细表?|表)?(?:（?(?:20\d\d年?度?)?(?:[上下]半年|第?[一二三四1-4]季度|\d{1,2}月份?)?）?)?"


def name_sheets(raw_sheets: Sequence[RawSheet], aliases: Aliases, remarks: Remarks) -> dict[str, list[RawSheet]]:
    """Ledger sheet → the raw sheets that hold it; problems for those missing or ambiguous."""
    found: dict[str, list[RawSheet]] = {}
    unknown = []
    for raw in raw_sheets:
        if name := sheet_name(raw.name, aliases):
            if fold(raw.name) != name:
                remarks.read_as("工作表", raw.name, name, Place(raw.part, 1))
            found.setdefault(name, []).append(raw)
        elif any(raw.grid):
            unknown.append(raw)
    unknown = _by_headings(found, unknown, aliases, remarks)
    for raw in unknown:
        if fold(raw.name) in (GUIDE, OPTIONS):
            remarks.unread[raw.part] = "填写说明" if fold(raw.name) == GUIDE else "下拉选项"
        elif not _taken_in(raw, found, aliases, remarks):
            remarks.unread[raw.part] = "不是台账的工作表"
    if unread := [part for part, why in remarks.unread.items() if why == "不是台账的工作表"]:
        listed = "、".join(f"“{part}”" for part in unread)
        remarks.warning(f"工作表{listed}不是台账的工作表，没有读取（台账的工作表：{'、'.join(NAMES)}）")
    if missing := [name for name in NAMES if name not in found]:
        listed = "、".join(f"“{name}”" for name in missing)
        remarks.problem(
            f"缺少工作表{listed}；没有数据也要保留工作表和表头，缺少的表不能当作0（CSV 请每张表一个文件，放在同一文件夹）"
        )
    return found


def ask_about_files(unread: Sequence[str], aliases: Aliases, remarks: Remarks) -> None:
    """Ask about the files of a folder that could not be read and are called like a sheet of the ledger."""
    for file in unread:
        remarks.unread[file] = "不是工作簿或 CSV" if "/" not in file else "在子文件夹里"
        stem = fold(file.rpartition("/")[2].rpartition(".")[0])
        if name := sheet_name(stem, aliases) or next((name for name in LAYOUTS if stem.startswith(name)), ""):
            said = f"没有读取，名称像是台账的“{name}”。要计入的，请另存为 xlsx 放进文件夹后重新上传"
            choices = {ASIDE: "不用计入"}
            remarks.doubts.ask("file", f"{name}|{file}", said, [Place(file, 0)], choices, ASIDE)


def sheet_name(said: str, aliases: Aliases) -> str:
    """The ledger's name for a sheet that is called so, "" for a name that says nothing."""
    word = fold(said)
    if word in NAMES:
        return word
    if word in aliases.sheets:
        return aliases.sheets[word]
    known = {name: name for name in NAMES} | dict(aliases.sheets)
    longest_first = "|".join(re.escape(name) for name in sorted(known, key=len, reverse=True))
    match = re.fullmatch(f"{_BEFORE}({longest_first}){_AFTER}", word)
    return known[match[1]] if match else ""


def _by_headings(
    found: dict[str, list[RawSheet]], unknown: list[RawSheet], aliases: Aliases, remarks: Remarks
) -> list[RawSheet]:
    """Take for a missing sheet the one other sheet with all its headings, or those of its months; those left over."""
    fitting: dict[str, list[RawSheet]] = {}
    for raw in unknown:
        fits = _fits(raw, [name for name in NAMES if name not in found], aliases)
        if len(fits) == 1:
            fitting.setdefault(fits[0], []).append(raw)
    for name, sheets in fitting.items():
        if len(sheets) > 1 and not all(_PERIOD.fullmatch(fold(raw.name)) for raw in sheets):
            sheets = [raw for raw in sheets if _asked(raw, [name], remarks) == name]
            found |= {name: [replace(raw, name=name) for raw in sheets]} if sheets else {}
            continue
        for raw in sheets:
            remarks.read_as("工作表（按表头认定）", raw.name, name, Place(raw.part, 1))
        found[name] = [replace(raw, name=name) for raw in sheets]
    taken = [raw.part for sheets in fitting.values() for raw in sheets]
    return [raw for raw in unknown if raw.part not in taken]


def _taken_in(raw: RawSheet, found: dict[str, list[RawSheet]], aliases: Aliases, remarks: Remarks) -> bool:
    """Whether a sheet with the headings of one that is there already is read together with it: asked."""
    names = [name for name in LAYOUTS if name != "汇总数据"]
    fits = _fits(raw, names, aliases) or _fits(raw, names, Aliases())
    if not fits or not any(any(row) for row in raw.grid[1:]):
        return False
    if (answer := _asked(raw, fits, remarks)) != ASIDE:
        found.setdefault(answer, []).append(replace(raw, name=answer))
    return True


def _asked(raw: RawSheet, fits: Sequence[str], remarks: Remarks) -> str:
    """Which of the sheets of the ledger a sheet with their headings is read as, or that it is not read."""
    choices = {name: f"当作“{name}”读取" for name in fits} | {ASIDE: "不读取"}
    said = f"表头与“{'”、“'.join(fits)}”相同，但名称不是，是否读取？"
    assumed = ASIDE if _COPY.search(fold(raw.name)) else fits[0]
    answer = remarks.doubts.ask("sheet", fold(raw.name), said, [Place(raw.part, 0)], choices, assumed)
    if answer == ASIDE:
        remarks.unread[raw.part] = "见问题，不读取"
    return answer


def _fits(raw: RawSheet, names: Sequence[str], aliases: Aliases) -> list[str]:
    """The ledger sheets all of whose needed headings a sheet has: in the ledger's words, else in others."""
    exact = [name for name in names if _has_headings(raw, name, {})]
    return exact or [name for name in names if _has_headings(raw, name, aliases.headings.get(name, {}))]


def _has_headings(raw: RawSheet, name: str, known: Mapping[str, str]) -> bool:
    if name == BASICS:
        words = {fold(cell).strip("：:") for row in raw.grid[:50] for cell in row if isinstance(cell, str)}
        return set(BASIC_KEYS[:2]) <= words
    head = replace(raw, grid=raw.grid[:_HEAD])
    return locate_headings(head, LAYOUTS[name], known).holds(LAYOUTS[name].needed) == len(LAYOUTS[name].needed)
