"""Rules on the figures of the three tables: cells, identities, last year's, the ledger's.

Legal source: the note of table 3 and the 填报说明 of the format; a cell that is no number is never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import statutory
from checks.subject import Subject, same_organ
from domain import Finding
from forms import comparable_figures, load_form

Leaves = Iterator[tuple[str, Any]]
_TIMES = 5
_SMALLEST = 20  # the larger of two figures below which five times as many says nothing


def cells(subject: Subject) -> Iterator[Finding]:
    """Rule 9: a blank, a stroke, a fraction or a negative number where a count belongs, row by row."""
    faults: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, value in _leaves(subject.published.tables):
        leaf = subject.form.leaf(key)
        if leaf is None:
            continue
        row, _, column = leaf.where.rpartition("”")
        if fault := _fault(value, leaf.decimal, leaf.signed):
            faults[f"{row}”", fault].append(column)
    for (row, fault), columns in faults.items():
        where = (
            f"{row}{'、'.join(columns)}" if len(columns) < 4 else f"{row}{'、'.join(columns[:3])}等 {len(columns)} 格"
        )
        yield Finding(
            "CELL",
            "warning",
            f"{where}{fault}",
            where,
            subject.form.document,
            "核对后填写数字，没有发生的填 0",
            f"{row}{'、'.join(columns)}：{fault}",
        )


def _fault(value: Any, decimal: bool, signed: bool) -> str:
    if value is None:
        return "是空白的，空白不等于 0"
    if isinstance(value, str):
        return f"填的是“{value}”，不是数字"
    if value < 0 and not signed:
        return f"是 {value}，不应小于 0"
    return f"是 {value}，应为整数" if value != int(value) and not decimal else ""


def identities(subject: Subject) -> Iterator[Finding]:
    """Rules 1–7: the identities, the one suspect cell, and what last year's report carries over."""
    law = f"{subject.form.document}附表的勾稽关系"
    year = subject.published.year or None
    # a renamed organ carries over what the old one had; another organ does not
    certain = same_organ((subject.previous or {}).get("org") or "", subject.published.org)
    for check in statutory.check_identities(subject.published.tables, subject.form, subject.previous, year):
        if check.rule == "T3-CELL":
            yield Finding(check.rule, "notice", check.message, check.where, law, "先核对这一格", check.message)
        elif check.status == "fail":
            severity = "error" if certain or check.rule != "X-CARRY" else "warning"
            yield Finding(
                check.rule, severity, check.message, check.where, law, "核对台账，改正不相符的单元格", check.message
            )
        elif check.rule == "X-STOCK" and check.status == "uncertain":
            yield Finding(
                check.rule,
                "warning",
                check.message,
                check.where,
                f"{subject.form.document}填报说明",
                "写明存量变化的原因，或改正数字",
                check.message,
            )


def last_year(subject: Subject) -> Iterator[Finding]:
    """What is given as last year's must be of the year before, and of the same organ."""
    previous, published = subject.previous or {}, subject.published
    org = previous.get("org") or ""
    if org and published.org and org != published.org:
        yield Finding(
            "PREVIOUS",
            "notice" if same_organ(org, published.org) else "warning",
            f"上年的文件是“{org}”的，本报告是“{published.org}”的",
            "全文",
            "",
            "确认是同一机关（更名、简称），否则与上年的比较不成立",
            org,
        )


def against_ledger(subject: Subject) -> Iterator[Finding]:
    """Every cell of the three tables equals the ledger's figure."""
    computed = subject.figures.flat() if subject.figures else {}
    for key, value in _leaves(subject.published.tables):
        if key in computed and _is_number(value) and value != computed[key]:
            where = subject.form.where(key)
            yield Finding(
                "LEDGER",
                "error",
                f"{where}：报告为 {value}，按台账计算为 {computed[key]}",
                where,
                "",
                "核对台账与报告，以核实的为准",
                subject.named(key),
            )


def jumps(subject: Subject) -> Iterator[Finding]:
    """Rule 24: a figure five times last year's or a fifth of it. Of table 3, the 总计 column only."""
    if not subject.previous:
        return
    before_form = load_form(subject.previous.get("form") or "2021")
    before = comparable_figures(subject.previous, before_form, subject.form)
    for key, now in _leaves(subject.published.tables):
        then = before.get(key)
        if key.startswith("table3.") and not key.endswith(".total") or not (_is_number(now) and _is_number(then)):
            continue
        small, large = sorted((now, then))
        if large >= _SMALLEST and large >= _TIMES * small and large != small:
            where = subject.form.where(key)
            rate = Decimal(now) / Decimal(then) if then else None
            times = (
                "" if rate is None else f"，是上年的 {rate:.1f} 倍" if rate > 1 else f"，只有上年的 {rate * 100:.1f}%"
            )
            yield Finding(
                "JUMP",
                "warning",
                f"{where}本年为 {now}，上年为 {then}{times}",
                where,
                "",
                "核对是否填错；属实的说明原因",
                subject.named(key),
            )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal, float)) and not isinstance(value, bool)


def _leaves(tables: Mapping[str, Any]) -> Leaves:
    for key, value in tables.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{rest}", leaf) for rest, leaf in _leaves(value))
        else:
            yield key, value


RULES = (cells, identities, last_year, against_ledger, jumps)
