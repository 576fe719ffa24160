"""Which totals of the tables can be set right without looking anything up.

A total is mended where the sum of its parts, put in its place, makes every sum hold that it stands in: then no
other cell need be wrong. Where a part may be the wrong one as well, nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import statutory
from checks.leaves import is_number
from domain import Mend
from forms import Form, value_at


def total_mends(tables: Mapping[str, Any], form: Form) -> dict[tuple[str, str], Mend]:
    """(rule, place) of a sum that fails, as ``statutory.check_identities`` names them → what mends it."""
    failing = _failing(tables, form)
    found: dict[tuple[str, str], Mend] = {}
    for identity in statutory.all_identities(form):
        named = (identity.rule, identity.where)
        if named not in failing or len(identity.right) != 1:
            continue
        total = f"{identity.table}.{'.'.join(identity.right[0])}"
        parts = [value_at(tables, f"{identity.table}.{'.'.join(cell)}", None) for cell in identity.left]
        if not all(map(is_number, parts)) or not is_number(value_at(tables, total, None)):
            continue
        value = sum(parts)
        left = _failing(_with(tables, total, value), form)
        touching = {one.named for one in statutory.all_identities(form) if identity.right[0] in one.cells}
        if left < failing and not left & touching:
            found[named] = Mend(str(value_at(tables, total, "")), str(value), key=total)
    return found


def _failing(tables: Mapping[str, Any], form: Form) -> set[tuple[str, str]]:
    """The sums that do not hold, and those that cannot be judged: an unread cell proves nothing."""
    checks = statutory.check_identities(tables, form)
    return {(one.rule, one.where) for one in checks if one.status != "pass" and one.rule != "T3-CELL"}


def _with(tables: Mapping[str, Any], key: str, value: Any) -> dict[str, Any]:
    """The tables with another number in one cell."""
    table, row, column = key.split(".")[0], *_row_and_column(key)
    rows = {name: dict(cells) if isinstance(cells, Mapping) else cells for name, cells in tables[table].items()}
    rows[row] |= {column: value}
    return {**tables, table: rows}


def _row_and_column(key: str) -> tuple[str, str]:
    row, _, column = key.partition(".")[2].rpartition(".")
    return row, column
