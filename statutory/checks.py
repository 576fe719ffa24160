"""The identities of the statutory tables, on a ledger's figures and on a published report alike.

Which sums hold stands in the form's definition (the note of table 3 and the 填报说明 of 国办公开办函
〔2021〕30号, before it those of 〔2019〕60号). Integers, no tolerance. A cell that is not a number is never read as 0: an identity that needs it is uncertain.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeGuard

from domain import Check, Number
from forms import Case, Column, Form, Row, axes

TABLE2, TABLE3, TABLE4 = "表二", "表三", "表四"
Address = tuple[str, str]
"""Row key and column key of a cell."""


def check_identities(
    figures_tables: Mapping[str, Any],
    form: Form,
    previous: Mapping[str, Any] | None = None,
    year: int | None = None,
    where: str = "",
) -> tuple[Check, ...]:
    """T3-ROW, T3-SUM, T3-BAL, T3-CELL (the one suspect cell), T4-SUM; with ``previous`` X-CARRY, X-STOCK.

    ``figures_tables`` and ``previous`` hold ``table2``, ``table3``, ``table4`` in the shapes of the
    figures; a leaf may be a number, None or text, and rows or whole tables may be absent. ``where``
    goes before each check's place. A failing X-STOCK is "uncertain": ask for the reason.
    """
    table3, table4 = (_Grid(figures_tables, form, name) for name in ("table3", "table4"))
    identities = table3_identities(form)
    checks = [table3.test(identity, f"{where}{TABLE3}") for identity in identities]
    checks += [table3.suspect(suspect, f"{where}{TABLE3}") for suspect in _suspects(table3, identities)]
    checks += [table4.test(identity, f"{where}{TABLE4}") for identity in _identities(form, "table4")]
    if previous is not None:
        checks += _carried(table3, previous.get("table3") or {}, form, year, where)
        checks += _stock(figures_tables.get("table2") or {}, previous.get("table2") or {}, form, year, where)
    return tuple(checks)


@dataclass(frozen=True)
class Identity:
    """The sum of ``left`` equals the sum of ``right``; ``place`` is the row or column of ``table`` it belongs to."""

    rule: str
    left: tuple[Address, ...]
    right: tuple[Address, ...]
    place: str
    left_name: str
    right_name: str
    table: str = "table3"

    @property
    def where(self) -> str:
        """Its place as a check of it names it."""
        return f"{TABLE3 if self.table == 'table3' else TABLE4}{self.place}"

    @property
    def named(self) -> tuple[str, str]:
        """(rule, place): what a check of it is known by."""
        return self.rule, self.where

    @property
    def cells(self) -> tuple[Address, ...]:
        return self.left + self.right


def table3_identities(form: Form) -> tuple[Identity, ...]:
    """T3-ROW for each row; T3-SUM and T3-BAL for each column, as the form's definition has them."""
    return tuple(_identities(form, "table3"))


def all_identities(form: Form) -> tuple[Identity, ...]:
    """Every sum of tables 3 and 4."""
    return (*_identities(form, "table3"), *_identities(form, "table4"))


def _identities(form: Form, table: str) -> Iterator[Identity]:
    rows, columns = axes(form, table)
    for item in form.identities:
        if item.table != table:
            continue
        for place in rows if item.each == "row" else columns:
            left, right = (
                tuple(
                    (place.key, other.key) if item.each == "row" else (other.key, place.key)
                    for other in (columns if item.each == "row" else rows)
                    if other.role in roles
                )
                for roles in (item.left, item.right)
            )
            yield Identity(item.rule, left, right, _place(place, item.each), item.left_name, item.right_name, table)


def _place(entry: Row | Column | Case, each: str) -> str:
    """A row, column or kind of case in words, as a finding names it."""
    if isinstance(entry, Case):
        return f"“{entry.ledger}”"
    group = entry.group if isinstance(entry, Row) else ""
    return f"“{group}{entry.label}”{'行' if each == 'row' else '列'}"


class _Grid:
    """A table's cells by row and column key, as numbers or as what stands there instead."""

    def __init__(self, tables: Mapping[str, Any], form: Form, name: str) -> None:
        rows, columns = axes(form, name)
        table = tables.get(name) or {}
        self.rows = {row.key: row.ledger if isinstance(row, Case) else row.label for row in rows}
        self.columns = {column.key: column.label for column in columns}
        self.cells = {
            (row, column): (table.get(row) or {}).get(column, _ABSENT) for row in self.rows for column in self.columns
        }

    def name(self, address: Address) -> str:
        return f"“{self.rows[address[0]]}”行“{self.columns[address[1]]}”列"

    def sums(self, identity: Identity) -> tuple[Number, Number]:
        left, right = ([self.cells[cell] for cell in side] for side in (identity.left, identity.right))
        return sum(left), sum(right)

    def unread(self, identity: Identity) -> list[Address]:
        return [cell for cell in identity.cells if not is_number(self.cells[cell])]

    def holds(self, identity: Identity) -> bool:
        left, right = self.sums(identity)
        return left == right

    def test(self, identity: Identity, table: str) -> Check:
        where = f"{table}{identity.place}"
        if unread := self.unread(identity):
            return Check(identity.rule, "uncertain", self._why_uncertain(identity, unread), where)
        left, right = self.sums(identity)
        verdict = "＝" if left == right else "≠"
        message = f"{identity.left_name}{left} {verdict} {identity.right_name}{right}"
        if left != right:
            message += f"，相差{abs(left - right)}"
        return Check(identity.rule, "pass" if left == right else "fail", message, where)

    def _why_uncertain(self, identity: Identity, unread: Sequence[Address]) -> str:
        shown = "、".join(f"{self.name(cell)}{_as_printed(self.cells[cell])}" for cell in unread[:3])
        more = f"等{len(unread)}格" if len(unread) > 3 else ""
        message = f"不能核对：{shown}{more}，不是数字，没有当作0"
        if len(unread) == 1 and self.cells[unread[0]] is not _ABSENT:
            implied = self.implied(identity, unread[0])
            message += f"；按其余数字推算，该格应为{implied}" if implied >= 0 else "；其余数字之间已经不符"
        return message

    def implied(self, identity: Identity, cell: Address) -> Number:
        """The value of one cell that makes the identity hold, the others being right."""
        side, other = (identity.left, identity.right) if cell in identity.left else (identity.right, identity.left)
        return sum(self.cells[item] for item in other) - sum(self.cells[item] for item in side if item != cell)

    def suspect(self, found: tuple[Address, Number], table: str) -> Check:
        cell, value = found
        message = f"最可能有误的一格：{self.name(cell)}现为{self.cells[cell]}，应为{value}（改正后所在行、列都相符）"
        return Check("T3-CELL", "fail", message, f"{table}{self.name(cell)}")


_ABSENT = object()


def is_number(cell: object) -> TypeGuard[Number]:
    return isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool)


def _as_printed(cell: object) -> str:
    if cell is _ABSENT:
        return "缺少"
    return "为空白" if cell is None or cell == "" else f"为“{cell}”"


def _suspects(grid: _Grid, identities: Sequence[Identity]) -> list[tuple[Address, Number]]:
    """Cells at which a failing row crosses a failing column, one value of which mends both.

    Named only where it is the one such cell of its row and of its column.
    """
    readable = [identity for identity in identities if not grid.unread(identity)]
    by_cell: dict[Address, list[Identity]] = {}
    for identity in readable:
        for cell in identity.cells:
            by_cell.setdefault(cell, []).append(identity)
    failing = {id(identity) for identity in readable if not grid.holds(identity)}
    found: list[tuple[Address, Number]] = []
    for row in (identity for identity in readable if identity.rule == "T3-ROW" and id(identity) in failing):
        for cell in row.cells:
            others = [identity for identity in by_cell[cell] if identity is not row]
            value = grid.implied(row, cell)
            mends = any(id(identity) in failing for identity in others)
            if value >= 0 and mends and all(grid.implied(identity, cell) == value for identity in others):
                found.append((cell, value))
    in_row, in_column = (Counter(cell[axis] for cell, _ in found) for axis in (0, 1))
    return [(cell, value) for cell, value in found if in_row[cell[0]] == in_column[cell[1]] == 1]


def _carried(grid: _Grid, previous: Mapping[str, Any], form: Form, year: int | None, where: str) -> list[Check]:
    """X-CARRY: what this report carries in is what last year's carried out, column by column."""
    this, last = (f"{year}年", f"{year - 1}年") if year else ("本年度", "上年度")
    carried_in, carried_out = form.row("carried_in").key, form.row("carried_out").key
    checks = []
    for column in form.columns:
        now = grid.cells[carried_in, column.key]
        then = (previous.get(carried_out) or {}).get(column.key, _ABSENT)
        place = f"{where}{TABLE3}“{column.label}”列"
        if not (is_number(now) and is_number(then)):
            unread = f"{this}上年结转{_as_said(now)}，{last}结转下年度{_as_said(then)}"
            checks.append(Check("X-CARRY", "uncertain", f"不能核对：{unread}", place))
            continue
        message = f"{this}上年结转{now} {'＝' if now == then else '≠'} {last}结转下年度继续办理{then}"
        checks.append(Check("X-CARRY", "pass" if now == then else "fail", message, place))
    return checks


def _as_said(cell: object) -> str:
    return str(cell) if is_number(cell) else _as_printed(cell)


def _stock(now: Mapping[str, Any], then: Mapping[str, Any], form: Form, year: int | None, where: str) -> list[Check]:
    """X-STOCK: in force = last year's + issued − repealed; a difference asks for its reason."""
    checks = []
    for block, stock, row in ((part, part.stock, row) for part in form.table2 if part.stock for row in part.rows):
        mine = now.get(row.key) or {}
        label = {column.key: re.sub(r"^(?:本年)?(.*?)(?:件数)?$", r"\1", column.label) for column in block.columns}
        before = (then.get(row.key) or {}).get(stock.closing)
        added, removed, closing = (mine.get(key) for key in (stock.added, stock.removed, stock.closing))
        place = f"{where}{TABLE2}“{row.label}”"
        if not (is_number(added) and is_number(removed) and is_number(closing) and is_number(before)):
            checks.append(Check("X-STOCK", "not_applicable", "本年度或上年度没有可比的件数", place))
            continue
        expected = before + added - removed
        message = (
            f"上年{label[stock.closing]}{before}＋本年{label[stock.added]}{added}"
            f"－本年{label[stock.removed]}{removed}＝{expected}"
        )
        if expected == closing:
            checks.append(Check("X-STOCK", "pass", f"{message}，与本年{label[stock.closing]}{closing}相符", place))
        else:
            asked = f"{message}，本年{label[stock.closing]}为{closing}，请核实原因（如清理、机构划转、统计口径变化）"
            checks.append(Check("X-STOCK", "uncertain", asked, place))
    return checks
