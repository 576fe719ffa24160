"""What a ledger says of itself that it does not know yet: the sheet 待核实.

While a line stands there, a figure may lack what nobody has told: the tables are a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from domain import Check
from statutory.spelling import fold
from statutory.workbook import RawSheet

PENDING = "待核实"
HEADINGS = ("事项", "说明")


def pending_matters(raw_sheets: Iterable[RawSheet]) -> dict[str, str]:
    """事项 → 说明 of every line of the sheets 待核实."""
    found: dict[str, str] = {}
    for raw in raw_sheets:
        if fold(raw.name) != PENDING:
            continue
        for row in raw.grid:
            cells = [str(cell).strip() for cell in row[:2]]
            if cells and cells[0] and cells[0] != HEADINGS[0]:
                found[cells[0]] = cells[1] if len(cells) > 1 else ""
    return found


def check_pending(matters: Mapping[str, str]) -> tuple[Check, ...]:
    """One failed check for each matter that is open."""
    return tuple(
        Check(
            "LEDGER-OPEN",
            "fail",
            f"“{name}”还没有数据，表中的0不能作数（{why}）" if why else f"“{name}”待核实",
            f"工作表“{PENDING}”",
        )
        for name, why in matters.items()
    )


def without_pending(raw_sheets: Sequence[RawSheet]) -> list[RawSheet]:
    return [raw for raw in raw_sheets if fold(raw.name) != PENDING]
