"""The same rows in two tables: named, and counted once after confirmation.

Two registers of a year, a half-year and a whole year, an export taken twice. Rows are the same where all
that the ledger keeps of them is the same; two applications under one number are one case, however far it
had got in each table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from intake.asking import Asking, IntakeQuestion
from intake.rows import LedgerRow, Open

ONCE, TWICE = "只计一次", "分别计"
LATER, BOTH = "只计已办结的一行", "按两件计"
_IGNORED = ("备注", "链接")


def without_doubles(
    sheet: str, rows: Sequence[LedgerRow], asking: Asking, left: dict[tuple[str, str], Open]
) -> list[LedgerRow]:
    """The rows of one sheet of the ledger without those that a person takes for the same."""
    same: dict[tuple[str, str], list[tuple[LedgerRow, LedgerRow]]] = defaultdict(list)
    first: dict[object, LedgerRow] = {}
    for row in rows:
        key = _identity(sheet, row)
        if key is None:
            continue
        other = first.setdefault(key, row)
        if other.table is not row.table:
            same[other.table.id, row.table.id].append((other, row))
    dropped: set[int] = set()
    for (one, other), pairs in same.items():
        _settle(sheet, one, other, pairs, asking, left, dropped)
    return [row for row in rows if id(row) not in dropped]


def _identity(sheet: str, row: LedgerRow) -> object:
    """What makes a row the same as one in another table; None where nothing does."""
    if sheet == "依申请公开" and row.cells.get("登记号"):
        return ("登记号", str(row.cells["登记号"]).strip())
    if sheet == "汇总数据":
        return None
    told = tuple(
        (name, str(value).strip()) for name, value in row.cells.items() if value is not None and name not in _IGNORED
    )
    return told if len(told) >= 3 else None


def _settle(
    sheet: str,
    one: str,
    other: str,
    pairs: list[tuple[LedgerRow, LedgerRow]],
    asking: Asking,
    left: dict[tuple[str, str], Open],
    dropped: set[int],
) -> None:
    alike = [pair for pair in pairs if _alike(*pair)]
    unlike = [pair for pair in pairs if not _alike(*pair)]
    if alike:
        answer = asking.ask(
            IntakeQuestion(
                id=f"重复/{one}/{other}",
                text=(
                    f"{_rows(row for row, _ in alike)}与{_rows(row for _, row in alike)}"
                    f"是同样的{len(alike)}行（{sheet}），只计一次吗？"
                ),
                proposal=ONCE,
                choices=(ONCE, TWICE),
                count=len(alike),
            )
        )
        _drop(answer, ONCE, alike, left, dropped)
    for before, after in unlike:
        number = before.cells["登记号"]
        answer = asking.ask(
            IntakeQuestion(
                id=f"重复/{one}/{other}/{number}",
                text=f"登记号“{number}”在{before.source}和{after.source}各有一行，内容不同，怎样计？",
                proposal=LATER if bool(before.cells.get("办结日期")) != bool(after.cells.get("办结日期")) else "",
                choices=(LATER, BOTH, f"只计{before.source}", f"只计{after.source}"),
                count=2,
            )
        )
        keep = after if answer == f"只计{after.source}" or (answer == LATER and after.cells.get("办结日期")) else before
        if answer is None:
            _leave([(before, after)], left, dropped, "登记号重复，怎样计还没有确认")
        elif answer != BOTH:
            dropped.add(id(before if keep is after else after))


def _alike(one: LedgerRow, other: LedgerRow) -> bool:
    names = ("收到日期", "申请人类型", "办结日期", "办理结果") if "办理结果" in one.cells else tuple(one.cells)
    return all(one.cells.get(name) == other.cells.get(name) for name in names if name not in _IGNORED)


def _drop(
    answer: str | None,
    once: str,
    pairs: list[tuple[LedgerRow, LedgerRow]],
    left: dict[tuple[str, str], Open],
    dropped: set[int],
) -> None:
    if answer is None:
        _leave(pairs, left, dropped, "与另一张表的行相同，是否只计一次还没有确认")
    elif answer == once:
        dropped |= {id(row) for _, row in pairs}


def _leave(
    pairs: list[tuple[LedgerRow, LedgerRow]], left: dict[tuple[str, str], Open], dropped: set[int], why: str
) -> None:
    for _, row in pairs:
        left.setdefault((row.table.id, why), Open(row.table, why)).rows.append(row.table.grid.row(row.record))
        dropped.add(id(row))


def _rows(rows) -> str:
    found = list(rows)
    grid = found[0].table.grid
    return f"{grid.name}{grid.where(grid.row(row.record) for row in found)}"
