"""Counts instead of rows: so many items by month, by category, by result.

A table of counts has labels and numbers and no days. Months, categories, results and kinds of applicants may
stand in rows or in columns, totals and quarters beside them; the totals are compared with what they add up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from intake.grids import is_empty
from intake.recognising import names_of
from intake.samples import is_date, is_number, sample_of
from intake.tables import SECTION, Table
from intake.values import own_meaning
from intake.words import heading_word, is_total, month_of
from statutory.amounts import read_count
from statutory.spelling import fold, without_numbering, written
from statutory.workbook import Unusable

AREAS = ("信息发布", "依申请公开", "行政执法", "媒体采用")
_AREA_WORDS = {
    "依申请公开": ("依申请", "申请"),
    "行政执法": ("执法", "许可", "处罚", "强制"),
    "媒体采用": ("报送", "采用", "投稿", "录用"),
    "信息发布": ("发布", "主动公开", "公开", "栏目", "网站", "信息"),
}
_MEASURES = (
    "数量",
    "条数",
    "件数",
    "篇数",
    "发布数",
    "信息数",
    "发布数量",
    "发布条数",
    "信息条数",
    "发布量",
    "信息量",
    "更新数",
    "更新量",
    "合计数",
    "次数",
    "数",
    "公开数量",
    "公开条数",
    "更新条数",
)
_NO_COUNT = re.compile(r"上年|去年|上一年|同期|同比|环比|增[减长幅]|占比|比[例重率]|百分比|%|％|排名|考核|得分")
_YEAR = re.compile(r"(20\d\d)年?度?")
_GRADED = "（各级项目）"
_NOTHING = ("-", "—", "/", "／", "无", "——")


@dataclass(frozen=True)
class Counted:
    """A number with its labels: month 0 where it is of the year, ``label`` and ``beside`` "" where there is none."""

    value: int
    label: str
    beside: str
    month: int
    row: int


@dataclass
class CountTable:
    """The numbers of a table; ``faults`` are cells that hold none, ``unequal`` totals that are not the sum,
    ``left`` the columns of numbers that do not count: of another year, running totals, shares.
    """

    table: Table
    area: str
    cells: list[Counted] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def has_months(self) -> bool:
        return any(cell.month for cell in self.cells)


def as_counts(table: Table) -> CountTable | None:
    """The table as counts; None where it holds days, or no numbers under labels."""
    rows = table.records or [at for at in table.totals if _label_of_period(table, at)]
    if not rows or table.headless and len(table.headings) < 2:
        return None
    if any(_mostly_dates(table, at) for at in range(len(table.headings))):
        return None
    numeric = _numeric_columns(table, rows)
    labels = _graded_labels(table, rows, numeric) or _label_columns(table, rows)
    if not numeric or not labels:
        return None
    monthly = any(month_of(heading) for heading in table.headings)
    measures = [at for at in numeric if not _adds_up(table.headings[at], monthly) or len(numeric) == 1]
    others = _running(table, rows, measures) | _of_others(table, measures)
    left = [table.headings[at] for at in measures if at in others]
    measures = [at for at in measures if at not in others] or measures
    numeric = [at for at in numeric if at not in others or at in measures]
    if not measures:
        return None
    keys = [tuple(fold(written(table.cell(row, at))) for at in labels) for row in rows]
    if len(set(keys)) < len(keys) and not any(month_of(table.headings[at]) for at in numeric):
        return None
    found = CountTable(table, _area(table, labels, measures), left=left)
    for row in rows:
        found.cells += _row_cells(table, row, labels, measures, found)
    _compare_totals(found, numeric, measures, labels, rows)
    lone = table.headings[measures[0]]
    if len(measures) == 1 and "累计" in lone and found.has_months and len(rows) > 1:
        found.unequal.append(f"“{lone}”是累计数，各月相加会重复计算")
    return found if found.cells else None


def _adds_up(heading: str, monthly: bool) -> bool:
    """Whether a column is the sum of others: 合计, or a quarter beside its months."""
    return is_total(heading) and (monthly or not _is_period(heading)) or len(heading) > 2 and "累计" in heading


def _running(table: Table, rows: list[int], measures: list[int]) -> set[int]:
    """Columns that are the sum of another up to each row: 累计发布数 beside 本月发布数."""
    found = set()
    columns = {at: [_whole(table.cell(row, at)) or 0 for row in rows] for at in measures}
    for at, numbers in columns.items():
        for other, parts in columns.items():
            if other != at and len(rows) > 2 and parts != numbers and list(accumulate(parts)) == numbers:
                found.add(at)
    return found


def _of_others(table: Table, measures: list[int]) -> set[int]:
    """Columns of another year, and changes and shares: 上年数, 同比, 占比, 2024年 beside 2025年."""
    found = {at for at in measures if _NO_COUNT.search(f"{table.uppers[at]}{table.headings[at]}")}
    years = {
        at: int(said[1])
        for at in measures
        if (said := _YEAR.search(f"{table.uppers[at]}{table.headings[at]}")) and not month_of(table.headings[at])
    }
    return found | {at for at, year in years.items() if year < max(years.values())}


def _is_period(word: str) -> bool:
    return ("季" in word or "半年" in word) and "计" not in word


def _label_of_period(table: Table, row: int) -> bool:
    first = next(
        (cell for cell in (table.cell(row, at) for at in range(len(table.headings))) if not is_empty(cell)), ""
    )
    return isinstance(first, str) and ("季度" in first or "半年" in first) and "计" not in first


def _numeric_columns(table: Table, rows: list[int]) -> list[int]:
    found = []
    for at, heading in enumerate(table.headings):
        cells = [cell for row in rows if not is_empty(cell := table.cell(row, at))]
        if heading in ("序号", "序", "编号", SECTION) or not cells:
            continue
        good = sum(is_number(cell) and not isinstance(cell, Unusable) or written(cell) in _NOTHING for cell in cells)
        if good >= 0.8 * len(cells) and any(is_number(cell) for cell in cells):
            found.append(at)
    return found


def _label_columns(table: Table, rows: list[int]) -> list[int]:
    found = []
    for at, heading in enumerate(table.headings):
        if heading in ("序号", "序") or heading_word(heading) in ("单位", "计量单位", "备注", "说明"):
            continue
        cells = [table.cell(row, at) for row in rows]
        texts = [cell for cell in cells if isinstance(cell, str) and not is_empty(cell)]
        months = heading_word(heading) in ("月份", "月") and all(is_number(cell) or is_empty(cell) for cell in cells)
        if months or len(texts) >= 0.9 * len(cells) and sum(is_number(cell) for cell in texts) * 2 < len(texts):
            found.append(at)
    return found[:2]


def _graded_labels(table: Table, rows: list[int], numeric: list[int]) -> list[int]:
    """Labels of the form's table 3 over two or three columns (三、本年度办理结果 | （三）不予公开 | 1.属于国家秘密), as one."""
    before = [at for at in range(min(numeric, default=0)) if table.headings[at] not in ("序号", "序")]
    if len(before) < 2:
        return []
    labels: dict[int, str] = {}
    above = [""] * len(before)
    for row in rows:
        cells = [table.cell(row, at) for at in before]
        words = ["" if is_empty(cell) else fold(written(cell)) for cell in cells]
        deepest = max((at for at, word in enumerate(words) if word), default=0)
        above = [word or (above[at] if at < deepest else "") for at, word in enumerate(words)]
        parts = list(dict.fromkeys(filter(None, above)))
        labels[row] = _deepest(parts)
    if sum(bool(own_meaning("办理结果", label)) for label in labels.values()) < 3:
        return []
    return [table.derive(_GRADED, labels)]


def _deepest(parts: list[str]) -> str:
    """The last of a row's labels, with the group above it where only both together name a result."""
    last = without_numbering(parts[-1]) if parts else ""
    whole = "-".join(without_numbering(part) for part in parts[-2:])
    return whole if len(parts) > 1 and own_meaning("办理结果", whole) else last


def _mostly_dates(table: Table, at: int) -> bool:
    sample = [cell for cell in sample_of(table, at) if not isinstance(cell, (int, float))]
    return bool(sample) and sum(is_date(cell) for cell in sample) * 2 > len(sample)


def _area(table: Table, labels: list[int], measures: list[int]) -> str:
    said = {fold(written(cell)) for at in labels for cell in table.values(at)} | {table.headings[at] for at in measures}
    decisions = [word for word in said if own_meaning("决定类型", word) in ("行政许可", "行政处罚", "行政强制")]
    results = [word for word in said if own_meaning("办理结果", word) or own_meaning("申请人类型", word)]
    for name in names_of(table):
        for area, words in _AREA_WORDS.items():
            if any(word in name for word in words) and not (area == "行政执法" and ("公开" in name or "发布" in name)):
                return area
    if len(results) >= 3:
        return "依申请公开"
    return "行政执法" if decisions and len(decisions) == len(measures) else "信息发布"


def _row_cells(table: Table, row: int, labels: list[int], measures: list[int], found: CountTable) -> Iterator[Counted]:
    words = [fold(written(table.cell(row, at))) for at in labels]
    month = next((number for at, word in zip(labels, words) if (number := _month(table, at, word))), 0)
    named = [
        word
        for at, word in zip(labels, words)
        if not _month(table, at, word) and "季度" not in word and "半年" not in word
    ]
    for at in measures:
        cell = table.cell(row, at)
        if is_empty(cell) or (isinstance(cell, str) and fold(cell) in _NOTHING):
            continue
        try:
            value = read_count(cell.rstrip("条件次个篇份") if isinstance(cell, str) else cell)
        except ValueError as error:
            found.faults.append((table.grid.row(row), f"“{table.headings[at]}”{error}"))
            continue
        heading = table.headings[at]
        over = month_of(heading)
        beside = (
            "" if over or heading_word(heading) in _MEASURES or is_total(heading) or _is_period(heading) else heading
        )
        label = named[0] if named else beside
        yield Counted(value, label, beside if named else "", over or month, table.grid.row(row))


def _month(table: Table, at: int, word: str) -> int:
    if heading_word(table.headings[at]) in ("月份", "月") and word.isdigit() and 1 <= int(word) <= 12:
        return int(word)
    return month_of(word)


def _compare_totals(
    found: CountTable, numeric: list[int], measures: list[int], labels: list[int], rows: list[int]
) -> None:
    """Totals in a column, and in the last row, against what they add up."""
    table = found.table
    for at in numeric:
        heading = table.headings[at]
        if at in measures or _is_period(heading) or "累计" in heading and not is_total(heading):
            continue
        for row in rows:
            own = _whole(table.cell(row, at))
            parts = sum(_whole(table.cell(row, part)) or 0 for part in measures)
            if own is not None and own != parts:
                found.unequal.append(f"第{table.grid.row(row)}行“{table.headings[at]}”写{own}，各项相加是{parts}")
    last = [row for row in table.totals if row not in rows and not _label_of_period(table, row)]
    for row in last[-1:]:
        for at in measures:
            own, parts = _whole(table.cell(row, at)), sum(_whole(table.cell(one, at)) or 0 for one in rows)
            if own is not None and own != parts:
                found.unequal.append(f"第{table.grid.row(row)}行合计“{table.headings[at]}”写{own}，各行相加是{parts}")


def _whole(cell: object) -> int | None:
    try:
        return read_count(cell.rstrip("条件次个篇份") if isinstance(cell, str) else cell)
    except ValueError:
        return None


def role_of(label: str) -> str:
    """What a label of a table of applications counts beside results: new, carried in, carried out, all answered."""
    word = without_numbering(fold(label))
    if any(part in word for part in ("上年结转", "上年度结转", "结转上年")):
        return "上年结转"
    if any(part in word for part in ("结转下年", "转下年", "未办结", "办理中", "结转至下")):
        return "结转下年度"
    if any(part in word for part in ("新收", "收到", "受理", "收件", "申请数", "申请总数", "申请量")):
        return "本年新收"
    if any(part in word for part in ("办结", "答复数", "已答复", "处理总数")) or is_total(word):
        return "总计"
    return ""
