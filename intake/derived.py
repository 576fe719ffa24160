"""Columns that stand in no single one of the table's: ticks, boxes in a cell, a result and its reason, a class by a name."""

from __future__ import annotations

import re
from functools import lru_cache

from intake.applicants import by_name
from intake.grids import is_empty
from intake.samples import means, sample_of
from intake.tables import Table
from intake.values import own_meaning, propose
from intake.words import Kind
from statutory.spelling import fold, written

ORGANISED = "（申请人类型和组织类别）"
BY_NAME, TICKED, BOXED, REASONED = "（由申请人名称判断）", "（打勾的列）", "（勾选的）", "（结果和理由）"
_TICKS = frozenset("√✓✔☑对是1") | {"1.0", "V", "v"}
_ON, _OFF = "☑☒√✓✔■●◉▣", "□○◯☐▢"
_BRACKETS = re.compile(r"[（(\[【]\s*([√✓✔VvxX×]?)\s*[）)\]】]")
_BEFORE = re.compile(rf"([{_ON}{_OFF}])\s*([^{_ON}{_OFF}，,;；、|\s]+)")
_AFTER = re.compile(rf"([^{_ON}{_OFF}，,;；、|\s]+)\s*([{_ON}{_OFF}])")


def applicants(table: Table, columns: dict[str, int]) -> dict[str, int]:
    """Without a column of kinds, the applicants' names give a class to confirm; never a kind by themselves."""
    if "申请人类型" in columns or "申请人" not in columns:
        return columns
    names = {record: by_name(written(table.cell(record, columns["申请人"]))) for record in table.records}
    if not any(names.values()):
        return columns
    return columns | {"申请人类型": table.derive(BY_NAME, {record: name for record, name in names.items() if name})}


def ticked(table: Table, columns: dict[str, int]) -> dict[str, int]:
    """Columns whose headings are values, ticked in each row: 自然人 | 商业企业 | … with √ below."""
    used: set[int] = set()
    for target in ("申请人类型", "办理结果"):
        at = columns.get(target)
        if at is not None and table.headings[at] != BY_NAME and not (_is_ticks(table, at) and sample_of(table, at)):
            continue
        others = {column for name, column in columns.items() if name != target}
        ticks = [
            c
            for c, heading in enumerate(table.headings)
            if c not in used | others and means(target, _said(table, c, target)) and _is_ticks(table, c)
        ]
        if len(ticks) < 2:
            continue
        used |= set(ticks)
        values = {}
        for record in table.records:
            marked = [_said(table, c, target) for c in ticks if not is_empty(table.cell(record, c))]
            if marked:
                values[record] = "、".join(marked)
        columns = columns | {target: table.derive(f"{TICKED}{target}", values)}
    return columns


def _said(table: Table, at: int, target: str) -> str:
    """The value that a heading is: with its group where it says nothing without (其他处理 over 其他)."""
    heading, upper = table.headings[at], table.uppers[at]
    if (
        target == "办理结果"
        and upper
        and not own_meaning(target, heading)
        and own_meaning(target, f"{upper}-{heading}")
    ):
        return f"{upper}-{heading}"
    return heading


def _is_ticks(table: Table, at: int) -> bool:
    return all(written(cell) in _TICKS for cell in sample_of(table, at))


def checked(table: Table, kind: Kind, columns: dict[str, int]) -> dict[str, int]:
    """Cells that print every choice with a box (☑公民 □企业) hold what is marked in them."""
    for target, at in columns.items():
        if kind.columns[target].filled != "choice" or table.columns[at] < 0:
            continue
        sample = [cell for cell in sample_of(table, at) if isinstance(cell, str)]
        if not sample or 2 * sum(marked(cell) is not None for cell in sample) <= len(sample):
            continue
        values = {}
        for record in table.records:
            cell = table.cell(record, at)
            found = marked(cell) if isinstance(cell, str) else None
            if said := written(cell) if found is None else found:
                values[record] = said
        columns = columns | {target: table.derive(f"{BOXED}{target}", values)}
    return columns


@lru_cache(maxsize=4096)
def marked(text: str) -> str | None:
    """What is marked among the choices that a cell prints, several joined by 、; None where it prints no boxes."""
    plain = _BRACKETS.sub(lambda match: "☑" if match[1] else "□", text).strip()
    if not any(mark in plain for mark in _ON + _OFF):
        return None
    if plain[0] in _ON + _OFF:
        pairs = [(match[1], match[2]) for match in _BEFORE.finditer(plain)]
    else:
        pairs = [(match[2], match[1]) for match in _AFTER.finditer(plain)]
    return "、".join(fold(said) for mark, said in pairs if mark in _ON) if pairs else None


def with_reasons(table: Table, columns: dict[str, int]) -> dict[str, int]:
    """不予公开 in one column and 过程性信息 in the next are one result, where the second says which of the group it is."""
    columns = _with_organisations(table, columns)
    result, reason = columns.get("办理结果"), columns.get("具体情形")
    if result is None or reason is None:
        return columns
    values, named, coarse = {}, 0, 0
    for record in table.records:
        word = "" if is_empty(cell := table.cell(record, result)) else written(cell)
        why = "" if is_empty(cell := table.cell(record, reason)) else written(cell)
        if word and why and _is_group(word):
            coarse += 1
            word = f"{word}（{why}）"
            named += bool(own_meaning("办理结果", word) or propose("办理结果", word).is_)
        if word:
            values[record] = word
    if not coarse or named * 2 < coarse:
        return columns
    return columns | {"办理结果": table.derive(REASONED, values)}


def _with_organisations(table: Table, columns: dict[str, int]) -> dict[str, int]:
    """法人或其他组织 in one column, which of them in the next."""
    kind, part = columns.get("申请人类型"), columns.get("组织类别")
    if kind is None or part is None:
        return columns
    values = {}
    for record in table.records:
        word = "" if is_empty(cell := table.cell(record, kind)) else written(cell)
        which = "" if is_empty(cell := table.cell(record, part)) else written(cell)
        known = own_meaning("申请人类型", word) or propose("申请人类型", word).is_
        if word:
            values[record] = which if which and not known else word
    return columns | {"申请人类型": table.derive(ORGANISED, values)}


@lru_cache(maxsize=1024)
def _is_group(word: str) -> bool:
    return not own_meaning("办理结果", word) and not propose("办理结果", word).is_


__all__ = ["BY_NAME", "applicants", "checked", "marked", "ticked", "with_reasons"]
