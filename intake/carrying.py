"""What was carried into the year against what last year's report carried out: column by column (X-CARRY).

A difference is explained by the register's own rows: which applications of the year before were still
open, and which were received or closed so late that one of the two may have counted them otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from forms import form_of
from intake.rows import LedgerRow
from intake.sources import LastYear


def compare_carried(last: LastYear, rows: Sequence[LedgerRow], year: int) -> list[str]:
    """A sentence that both agree, or one for each kind of applicant in which they differ."""
    form = form_of("", year - 1)
    carried = _carried_out(last.tables, form.row("carried_out").key)
    if not carried:
        return [f"“{last.file}”里没有读到“结转下年度继续办理”，不能与本年登记核对"]
    differences = []
    for column in form.applicants:
        before = carried.get(column.key)
        own = [row for row in rows if row.cells["申请人类型"] == column.label and _is_carried_in(row, year)]
        if not isinstance(before, int) or before == len(own):
            continue
        places = f"（{'；'.join(_places(own))}）" if own else ""
        doubtful = [
            row
            for row in rows
            if row.cells["申请人类型"] == column.label and _near_the_turn(row, year) and row not in own
        ]
        hint = f"；年初年末前后的还有{'；'.join(_places(doubtful))}" if doubtful else ""
        differences.append(
            f"结转核对：“{last.file}”结转下年度{column.label}{before}件，本年登记里上年结转的{column.label}是{len(own)}件{places}{hint}"
        )
    total = sum(_is_carried_in(row, year) for row in rows)
    return differences or [
        f"结转核对：“{last.file}”结转下年度{carried.get(form.columns[-1].key, total)}件，本年登记里上年结转{total}件，各列一致"
    ]


def _carried_out(tables: Mapping, key: str) -> dict:
    return dict((tables.get("table3") or {}).get(key) or {})


def _is_carried_in(row: LedgerRow, year: int) -> bool:
    received, closed = row.cells["收到日期"], row.cells.get("办结日期")
    return isinstance(received, date) and received.year < year and not (isinstance(closed, date) and closed.year < year)


def _near_the_turn(row: LedgerRow, year: int) -> bool:
    days = (row.cells["收到日期"], row.cells.get("办结日期"))
    return any(isinstance(day, date) and date(year - 1, 12, 20) <= _day(day) <= date(year, 1, 10) for day in days)


def _day(day: date) -> date:
    return date(day.year, day.month, day.day)


def _places(rows: Sequence[LedgerRow]) -> list[str]:
    by_grid: dict[str, list[LedgerRow]] = {}
    for row in rows:
        by_grid.setdefault(row.table.grid.name, []).append(row)
    return [
        f"{name}{found[0].table.grid.where(row.table.grid.row(row.record) for row in found)}"
        for name, found in by_grid.items()
    ]
