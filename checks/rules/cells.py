"""A count stands in every cell: no blank, stroke, fraction or negative number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from checks.examples import Example
from checks.leaves import leaves
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

CELL = Rule(
    id="CELL",
    title="每一格填的是数字",
    severities=("warning",),
    source="{form}",
    advice="核对后填写数字，没有发生的填 0",
    speaks=(
        Example(cells={"table4.review.pending": None}),
        Example(cells={"table4.review.pending": "/"}),
        Example(cells={"table2.licensing": -1}),
    ),
    silent=(
        Example(),
        Example(cells={"table2.licensing": 38}),
        Example(cells={"table2.fees_wan_yuan": Decimal("12.5")}),
    ),
)


_TABLES = {"table2": "表二", "table3": "表三", "table4": "表四"}
_FEW = 3  # cells that are named; more are counted


@looks_for(CELL, order=80)
def cells(subject: Subject) -> Iterator[Finding]:
    """What stands in a cell instead of a count, those of a row with the same fault together."""
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    yield from _blanks(subject)
    for key, value in leaves(subject.published.tables):
        leaf = subject.form.leaf(key)
        if leaf is None or value is None:
            continue
        row, _, column = leaf.where.rpartition("”")
        if fault := _fault(value, leaf.decimal, leaf.signed):
            faults[f"{row}”", fault].append(column)
    for (row, fault), columns in faults.items():
        some = "、".join(columns) if len(columns) < 4 else f"{'、'.join(columns[:3])}等 {len(columns)} 格"
        where = f"{row}{some}"
        yield CELL.finding(subject, f"{where}{fault}", where, f"{row}{'、'.join(columns)}：{fault}")


def _blanks(subject: Subject) -> Iterator[Finding]:
    """The blank cells of a table, told together, and which of them follow from the others."""
    for table, name in _TABLES.items():
        keys = [key for key, value in leaves(subject.published.tables) if value is None and key.startswith(f"{table}.")]
        known = [key for key in keys if subject.form.leaf(key)]
        if not known:
            continue
        places = [subject.form.where(key).removeprefix(name) for key in known]
        more = f"等 {len(known)} 格" if len(known) > _FEW else f" {len(known)} 格"
        follow = [f"{place}为 {subject.derived[key]}" for key, place in zip(known, places) if key in subject.derived]
        told = f"；按勾稽关系推得{'、'.join(follow[:_FEW])}{'等' if len(follow) > _FEW else ''}" if follow else ""
        said = f"{name}{'、'.join(places[:_FEW])}{more}是空白的，空白不等于 0{told}"
        yield CELL.finding(subject, said, name, f"{name}空白：{'、'.join(places)}")


def _fault(value: Any, decimal: bool, signed: bool) -> str:
    if isinstance(value, str):
        return f"填的是“{value}”，不是数字"
    if value < 0 and not signed:
        return f"是 {value}，不应小于 0"
    return f"是 {value}，应为整数" if value != int(value) and not decimal else ""
