"""Figures under construction: each dotted key with its value, its formula and the rows it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from domain import Number, Provenance
from statutory.remarks import Place, row_list
from statutory.stated import StatedFigures


class Tally:
    """Collects figures by dotted key (``table3.granted.total``); read back as nested tables."""

    def __init__(self, weighted: bool = False, stated: StatedFigures | None = None) -> None:
        """``weighted``: a row may stand for more than one; ``stated``: figures that 汇总数据 gives instead of rows."""
        self.weighted, self.stated = weighted, stated
        self.values: dict[tuple[str, ...], Number] = {}
        self.places: dict[tuple[str, ...], tuple[Place, ...]] = {}
        self.provenance: dict[str, Provenance] = {}

    def count(self, path: tuple[str, ...], places: Iterable[Place], formula: str, sheet: str) -> None:
        """A figure that is the number of its rows, or of what they stand for where a place comes more than once."""
        counted = tuple(places)
        if not counted and self.stated and (one := self.stated.for_count(path, sheet)):
            self.put(path, int(one.value), one.places, one.formula, "汇总数据")
            return
        self.put(path, len(counted), tuple(dict.fromkeys(counted)) if self.weighted else counted, formula, sheet)

    def total(self, path: tuple[str, ...], parts: Iterable[tuple[str, ...]], formula: str, sheet: str) -> None:
        """A figure that is the sum of others; its rows are theirs."""
        parts = tuple(parts)
        rows = dict.fromkeys(place for part in parts for place in self.places[part])
        self.put(path, sum(self.values[part] for part in parts), tuple(rows), formula, sheet)

    def put(self, path: tuple[str, ...], value: Number, places: tuple[Place, ...], formula: str, sheet: str) -> None:
        self.values[path], self.places[path] = value, places
        self.provenance[".".join(path)] = traced(formula, sheet, places)

    def table(self, name: str) -> dict[str, Any]:
        """All figures below ``name`` as nested dictionaries, in the order they were put."""
        table: dict[str, Any] = {}
        for path, value in self.values.items():
            if path[0] == name:
                inner = table
                for step in path[1:-1]:
                    inner = inner.setdefault(step, {})
                inner[path[-1]] = value
        return table


def grouped(entries: Iterable[Any], *fields: str) -> Mapping[Any, list[Place]]:
    """The places of entries by the values of their fields (a tuple where there are several)."""
    groups: dict[Any, list[Place]] = {}
    for entry in entries:
        values = tuple(getattr(entry, field) for field in fields)
        groups.setdefault(values[0] if len(values) == 1 else values, []).append(entry.place)
    return groups


def traced(formula: str, sheet: str, places: tuple[Place, ...]) -> Provenance:
    """Rows by their workbook numbers; where several files hold the sheet, each row with its file."""
    parts = list(Counter(place.part for place in places))
    if len(parts) < 2:
        return Provenance(formula, "".join(parts) or sheet, tuple(sorted(place.row for place in places)))
    rows = {part: row_list(place.row for place in places if place.part == part) for part in parts}
    formula += "（" + "；".join(f"{part} 第{numbers}行" for part, numbers in rows.items()) + "）"
    ordered = sorted(places)
    return Provenance(formula, "、".join(parts), tuple(p.row for p in ordered), tuple(p.part for p in ordered))
