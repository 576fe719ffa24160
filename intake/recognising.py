"""What a table is, and which of its columns is which: proposed from headings, values and names.

A column is proposed where its heading is known and its values are of the kind that it should hold
(dates, results, kinds of applicants); without headings, the values alone. Nothing here is certain
but a table under the ledger's own headings; the rest is confirmed by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from intake import derived
from intake.samples import is_date, is_day, is_number, means, sample_of
from intake.tables import SECTION, Table
from intake.words import Kind, kinds, strength
from statutory.layout import LAYOUTS
from statutory.spelling import fold, written

UNUSED = "不用"
_GENERIC = re.compile(
    r"(?:sheet|工作表|表)?\d*|.*(?:清单|台账|列表|导出|明细|登记[簿表]?|汇总|统计|情况|目录|数据|报表|材料|名单)(?:\d|（.*）)*"
    r"|(?:政府|政务|网站|公开)*信息(?:公开|发布)*|主动公开|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?|[一二三四五六七八九十]+月份?|全年"
)
_DECISIONS = {
    "行政处罚": ("行政处罚", "处罚"),
    "行政许可": ("行政许可", "许可", "环评批复", "环评审批", "审批", "批复"),
    "行政强制": ("行政强制", "强制", "查封", "扣押"),
}
_CLOSE = 0.12


@dataclass(frozen=True)
class Reading:
    """A table read as a kind: ``columns`` target → index of a heading, ``constants`` target → value for every row.

    ``rivals`` are the columns between which a person must choose, ``lacking`` what is needed and not there.
    """

    sheet: str
    columns: Mapping[str, int] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    rivals: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    lacking: tuple[str, ...] = ()
    score: float = 0.0
    own: bool = False


def recognise(table: Table) -> list[Reading]:
    """Every kind that the table can be, the likeliest first; none where it fits no kind."""
    readings = [reading for kind in kinds().values() if (reading := read_as(table, kind)).score > 0]
    return sorted(readings, key=lambda reading: -reading.score)


def read_as(table: Table, kind: Kind) -> Reading:
    """The table's columns as those of a kind; ``score`` is 0 where it cannot be one."""
    fits = _fits(table, kind)
    columns, rivals = _assigned(table, kind, fits)
    if kind.sheet == "依申请公开":
        columns = derived.with_reasons(table, derived.ticked(table, derived.applicants(table, columns)))
    columns = derived.checked(table, kind, columns)
    constants = _constants(table, kind, columns, fits)
    needed = [one for one in kind.columns.values() if one.needed]
    lacking = tuple(one.name for one in needed if one.name not in columns and one.name not in constants)
    own = _is_own(table, kind, columns)
    score = _score(table, kind, columns, constants, fits)
    return Reading(kind.sheet, columns, constants, rivals, lacking, score + 10 * own, own)


def _is_own(table: Table, kind: Kind, columns: Mapping[str, int]) -> bool:
    """Whether the table stands under the ledger's own name and headings."""
    layout = LAYOUTS[kind.sheet]
    own = {heading.name for heading in layout.headings} & set(table.headings)
    named = fold(table.grid.sheet or table.grid.file.rpartition(".")[0]) == kind.sheet
    return (
        named
        and set(layout.needed) <= own
        and all(table.headings[columns[name]] == name for name in layout.needed if name in columns)
    )


def _fits(table: Table, kind: Kind) -> dict[str, dict[int, float]]:
    """Target → column → how well heading and values say that it is it."""
    fits: dict[str, dict[int, float]] = {}
    for name, column in kind.columns.items():
        for at, heading in enumerate(table.headings):
            if heading == SECTION and column.filled in ("choice", "text") and column.needed:
                said = 0.55
            elif table.headless:
                said = 0.5 if column.needed else 0.0
            else:
                said = max(
                    strength(kind.sheet, name, heading), _with_upper(kind.sheet, name, table.uppers[at], heading)
                )
            if said and (fit := _value_fit(table, at, kind.sheet, name, column.filled)) > 0.2:
                fits.setdefault(name, {})[at] = said * fit
    return fits


def _with_upper(sheet: str, name: str, upper: str, heading: str) -> float:
    """日期 under 答复, 类别 under 申请人: both words together."""
    return strength(sheet, name, upper + heading) if upper else 0.0


def _assigned(
    table: Table, kind: Kind, fits: Mapping[str, Mapping[int, float]]
) -> tuple[dict[str, int], dict[str, tuple[int, ...]]]:
    """Each target its best column, the strongest claim first; rivals where two claim a needed one alike."""
    claims = sorted(
        ((score, name, at) for name, columns in fits.items() for at, score in columns.items()),
        key=lambda claim: (-claim[0], -kind.columns[claim[1]].needed, claim[2]),
    )
    columns: dict[str, int] = {}
    for _, name, at in claims:
        if name not in columns and at not in columns.values():
            columns[name] = at
    rivals = {}
    for name, chosen in columns.items():
        if not kind.columns[name].needed:
            continue
        others = [
            at
            for at, score in fits[name].items()
            if at != chosen
            and at not in columns.values()
            and score > fits[name][chosen] - _CLOSE
            and not _alike(table, at, chosen)
        ]
        if others:
            rivals[name] = (chosen, *others)
    return columns, rivals


def _alike(table: Table, one: int, other: int) -> bool:
    return list(table.values(one)) == list(table.values(other))


def _value_fit(table: Table, at: int, sheet: str, name: str, filled: str) -> float:
    """0 to 1: how many of the column's values are of the kind that it should hold; 0.8 for an empty column."""
    sample = sample_of(table, at)
    if not sample:
        return 0.8 if not table.headless else 0.0
    if filled == "date":
        share = sum(is_day(cell) for cell in sample) / len(sample)
        return (
            0.0
            if share < 0.3 and name not in ("办结日期", "废止日期")
            else max(share, 0.3 if name in ("办结日期", "废止日期") and not table.headless else 0)
        )
    if filled == "any":
        return 1.0
    if filled == "number":
        return sum(is_number(cell) for cell in sample) / len(sample)
    texts = {written(cell) for cell in sample}
    if filled == "choice":
        known = sum(bool(means(name, text)) for text in texts)
        dated = sum(is_date(cell) for cell in sample)
        if dated * 2 > len(sample):
            return 0.0
        return known / len(texts) if table.headless else 0.35 + 0.65 * known / len(texts)
    if filled == "flag":
        return 1.0 if all(len(text) <= 6 for text in texts) else 0.1
    if table.headless:
        return (
            0.9
            if not any(is_date(cell) or is_number(cell) for cell in sample) and len(texts) < max(2, len(sample) * 0.6)
            else 0.0
        )
    return 0.15 if all(is_date(cell) and not is_number(cell) for cell in sample) else 1.0


# --- what holds for the whole sheet -------------------------------------------------------------------


def _constants(
    table: Table, kind: Kind, columns: dict[str, int], fits: Mapping[str, Mapping[int, float]]
) -> dict[str, str]:
    """A value for every row where the name of the sheet says what no column does; a column that does not fit gives way."""
    target = next((one.name for one in kind.columns.values() if one.optional), "")
    if not target:
        return {}
    if target in columns and (kind.columns[target].filled == "text" or fits[target].get(columns[target], 0) >= 0.3):
        known = kind.sheet not in ("行政执法",) or any(
            means(target, written(cell)) for cell in sample_of(table, columns[target])
        )
        if known or not sample_of(table, columns[target]):
            return {}
    names = names_of(table)
    if kind.sheet == "行政执法":
        names = (*names, "".join(table.headings))
    value = _said_by_name(kind.sheet, names)
    if value:
        columns.pop(target, None)
        return {target: value}
    return {}


def names_of(table: Table) -> tuple[str, ...]:
    """The title, the sheet and the file, in the order in which they tell what the table is."""
    stem = table.grid.file.rpartition(".")[0]
    return tuple(fold(name) for name in (table.title, table.grid.sheet, stem) if name)


def _said_by_name(sheet: str, names: Iterable[str]) -> str:
    for name in names:
        if sheet == "行政执法":  # what the headings say goes for the sheet as well
            said = [kind for kind, words in _DECISIONS.items() if any(word in name for word in words)]
            if len(said) == 1:
                return said[0]
        elif sheet == "制度文件" and "规范性文件" in name and "规章" not in name:
            return "行政规范性文件"
        elif sheet == "制度文件" and "规章" in name and "规范性" not in name:
            return "规章"
        elif sheet == "复议诉讼" and "复议" in name and "诉讼" not in name:
            return "行政复议"
        elif sheet == "工作记录" and "培训" in name and "汇报" not in name:
            return "业务培训"
        elif sheet == "工作记录" and "汇报" in name and "培训" not in name:
            return "听取汇报"
        elif (
            sheet == "信息发布"
            and len(name) <= 24
            and not _GENERIC.fullmatch(name.lower())
            and not re.search("20\\d\\d", name)
        ):
            return name
    return ""


def _score(
    table: Table,
    kind: Kind,
    columns: Mapping[str, int],
    constants: Mapping[str, str],
    fits: Mapping[str, Mapping[int, float]],
) -> float:
    needed = [one for one in kind.columns.values() if one.needed]
    told = sum(
        fits.get(one.name, {}).get(columns[one.name], 0.5) if one.name in columns else 0.5 * (one.name in constants)
        for one in needed
    )
    must = [one for one in needed if not one.optional]
    if sum(one.name in columns for one in must) < (len(must) + 1) // 2:
        return 0.0
    beside = sum(fits.get(name, {}).get(at, 0) for name, at in columns.items() if not kind.columns[name].needed)
    hints = [1.6, 1.3, 0.9]
    names = names_of(table) if table.title else ("", *names_of(table))
    hint = max((weight for weight, name in zip(hints, names) if any(word in name for word in kind.names)), default=0.0)
    return 2 * told / len(needed) + 0.25 * beside + hint


def with_columns(table: Table, reading: Reading, chosen: Mapping[str, str]) -> Reading:
    """The reading with columns as a person chose them: target → heading, "" for none."""
    columns = dict(reading.columns)
    for target, heading in chosen.items():
        columns.pop(target, None)
        if heading and heading in table.headings:
            columns[target] = table.headings.index(heading)
    needed = [one.name for one in kinds()[reading.sheet].columns.values() if one.needed]
    lacking = tuple(
        name for name in needed if name not in columns and name not in reading.constants and name not in chosen
    )
    rivals = {name: at for name, at in reading.rivals.items() if name not in chosen}
    return replace(reading, columns=columns, rivals=rivals, lacking=lacking)
