"""Blank cells whose number follows from the printed ones: sums leave one value open, or none.

A sum with one blank gives it; where the printed cells already make up the total, the blanks are 0, as no
count is less than 0. Nothing is derived from sums that do not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from domain import Number
from forms import Form, axes, value_at

_ABSENT = object()
_ROUNDS = 6  # one cell gives another: a row's total, then its column's


def derived_cells(tables: Mapping[str, Any], form: Form) -> dict[str, Number]:
    """{dotted key: number} of the blank cells of tables 3 and 4 that the sums of the form settle."""
    found: dict[str, Number] = {}
    for _ in range(_ROUNDS):
        before = len(found)
        for left, right in _sums(form):
            _settle(left, right, tables, found)
        if len(found) == before:
            break
    return found


def _sums(form: Form) -> list[tuple[list[str], list[str]]]:
    """Each sum of the form as the keys of its two sides."""
    sums = []
    for identity in form.identities:
        lines, columns = axes(form, identity.table)
        parts, others = (columns, lines) if identity.each == "row" else (lines, columns)
        for other in others:
            sides = []
            for roles in (identity.left, identity.right):
                keys = [part.key for part in parts if part.role in roles]
                pairs = [(other.key, key) if identity.each == "row" else (key, other.key) for key in keys]
                sides.append([f"{identity.table}.{row}.{column}" for row, column in pairs])
            sums.append((sides[0], sides[1]))
    return sums


def _settle(left: list[str], right: list[str], tables: Mapping[str, Any], found: dict[str, Number]) -> None:
    """Put in the blanks of one sum, where they follow from the rest."""
    blank: list[tuple[str, int]] = []
    difference: Number = 0
    for sign, keys in ((1, left), (-1, right)):
        for key in keys:
            value = found.get(key, value_at(tables, key, _ABSENT))
            if value is None:
                blank.append((key, sign))
            elif isinstance(value, (int, Decimal)):
                difference += sign * value
            else:
                return  # a stroke, or no such cell: not known
    if len(blank) == 1:
        key, sign = blank[0]
        if (value := -sign * difference) >= 0:
            found[key] = value
    elif blank and not difference and len({sign for _, sign in blank}) == 1:
        found |= {key: 0 for key, _ in blank}
