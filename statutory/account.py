"""The account of a ledger: what became of every row of every sheet.

For each sheet the rows that were read, counted, set aside (with the reason) and left to another year,
the columns that were not understood; and the sheets that were not read. A row is read where anything
stands in it below the headings. counted + set aside + outside = read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from domain import SheetAccount
from statutory.entries import Application, Entries, RuleDocument
from statutory.remarks import Place, Remarks
from statutory.tally import Tally

NOT_COUNTED, ONLY_CHECKED = "不计入法定表格", "只用于核对"


def counts_in(item: Application | RuleDocument, year: int) -> bool:
    """Whether an application or a document has to do with the year: open, in force, begun or ended in it."""
    begun, ended = (item.received, item.closed) if isinstance(item, Application) else (item.issued, item.repealed)
    return begun <= date(year, 12, 31) and not (ended and ended < date(year, 1, 1))


def close_account(remarks: Remarks, entries: Entries, tally: Tally, year: int) -> tuple[SheetAccount, ...]:
    """The account, once it is known which records count; the sheets that were not read come last."""
    counted: dict[str, set[int]] = defaultdict(set)
    outside: dict[str, set[int]] = defaultdict(set)
    for place, counts in _places(entries, tally, year):
        (counted if counts else outside)[place.part].add(place.row)
    accounts = []
    for sheet in remarks.sheets.values():
        within, without = counted[sheet.part], outside[sheet.part] - counted[sheet.part]
        aside = {why: tuple(sorted(rows)) for why, rows in sheet.aside.items()}
        if rest := sheet.records - within - without:
            why = ONLY_CHECKED if sheet.taken_as == "汇总数据" else NOT_COUNTED
            aside[why] = tuple(sorted(rest))
        numbers = (sheet.read, len(within), len(without))
        accounts.append(SheetAccount(sheet.part, sheet.taken_as, *numbers, aside, sheet.unknown))
    return (*accounts, *(SheetAccount(part, why=why) for part, why in remarks.unread.items()))


def _places(entries: Entries, tally: Tally, year: int) -> Iterator[tuple[Place, bool]]:
    dated = (entries.publications, entries.submissions, entries.cases, entries.decisions, entries.work)
    for items in dated:
        yield from ((item.place, item.day.year == year) for item in items)
    for item in (*entries.applications, *entries.documents):
        yield item.place, counts_in(item, year)
    stood = {item.place for item in entries.indicators}
    used = {place for places in tally.places.values() if len(places) == 1 for place in places} & stood
    yield from ((place, True) for place in used)
