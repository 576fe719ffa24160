"""What a ledger says of itself against what was counted: 合计 rows, 汇总数据, and the fee.

LEDGER-TOTAL: a 合计 row against the rows above it. LEDGER-SUMMARY: a line of 汇总数据 against the
rows of that name. FEE: 信息处理费 in 元 is part of 行政事业性收费 in 万元.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain import Check, Number
from forms import Form
from statutory.counting import PROCESSING_FEE, PROCESSING_FEE_KEY
from statutory.entries import Entries
from statutory.fees import YUAN_IN_WAN
from statutory.lines import Ledger, TotalLine
from statutory.remarks import Place, describe
from statutory.summary import figure_of
from statutory.tally import Tally
from statutory.vocabulary import fee_row


def check_ledger(ledger: Ledger, entries: Entries, tally: Tally, form: Form, year: int) -> tuple[Check, ...]:
    """All checks of the ledger against itself; a sheet without a 合计 row has none."""
    return (
        *_totals(ledger, _countable(entries, year)),
        *_summary_lines(entries, tally),
        *_fee_within(tally, form),
    )


def outside_year(entries: Entries, year: int) -> tuple[str, ...]:
    """One sentence for each sheet with rows that do not count in the year."""
    end, start = date(year, 12, 31), date(year, 1, 1)
    dated = (entries.publications, entries.submissions, entries.cases, entries.decisions, entries.work)
    groups = [[entry.place for entry in sheet if entry.day.year != year] for sheet in dated]
    groups.append([a.place for a in entries.applications if a.received > end or (a.closed and a.closed < start)])
    return tuple(f"{describe(dict.fromkeys(places))}不属于{year}年度，未计入" for places in groups if places)


def _countable(entries: Entries, year: int) -> dict[str, list[list[Place]]]:
    """For each sheet, the sets of rows that its 合计 may mean."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    by_day = {
        "信息发布": entries.publications,
        "媒体采用": entries.submissions,
        "复议诉讼": entries.cases,
        "行政执法": entries.decisions,
        "工作记录": entries.work,
    }
    counted = {sheet: [[item.place for item in items if item.day.year == year]] for sheet, items in by_day.items()}
    received = [item.place for item in entries.applications if item.received.year == year]
    handled = [a.place for a in entries.applications if a.received <= end and not (a.closed and a.closed < start)]
    issued = [item.place for item in entries.documents if item.issued.year == year]
    valid = [d.place for d in entries.documents if d.issued <= end and not (d.repealed and d.repealed <= end)]
    return counted | {"依申请公开": [handled, received], "制度文件": [valid, issued]}


def _totals(ledger: Ledger, countable: dict[str, list[list[Place]]]) -> Iterator[Check]:
    for sheet, readings in countable.items():
        by_part: dict[str, list[TotalLine]] = {}
        for total in ledger.sheets[sheet].totals:
            by_part.setdefault(total.place.part, []).append(total)
        for part, totals in by_part.items():
            yield _total(part, totals, [sum(place.part == part for place in places) for places in readings])


def _total(part: str, totals: list[TotalLine], counts: list[int]) -> Check:
    """Several 合计 rows on one sheet are the last one's total, or add up."""
    where = describe(total.place for total in totals)
    written = list(totals[-1].numbers)
    if len(totals) > 1 and all(len(total.numbers) == 1 for total in totals):
        written.append(sum(total.numbers[0] for total in totals))
    if not written:
        message = "合计行没有数字（如果是公式，请用 Excel 或 WPS 打开并保存一次），不能与逐行计数核对"
        return Check("LEDGER-TOTAL", "uncertain", message, where)
    same = next((number for number in written if number in counts), None)
    if same is not None:
        return Check("LEDGER-TOTAL", "pass", f"合计行{same} ＝ 逐行计数{same}", where)
    message = f"合计行{'、'.join(map(str, written))} ≠ 逐行计数{counts[0]}，以逐行计数为准，请核对"
    return Check("LEDGER-TOTAL", "fail", message, where)


def _summary_lines(entries: Entries, tally: Tally) -> Iterator[Check]:
    """A figure that both 汇总数据 and rows give; work that only 汇总数据 knows of asks for its rows."""
    paths = {".".join(path): path for path in tally.values}
    yield from _stated_beside(tally)
    for line in entries.indicators:
        if tally.stated and line.name in tally.stated.names:
            continue
        path = paths.get(figure_of(line.name) or f"facts.{line.name}")
        if path is None or line.place in tally.places[path]:
            continue
        counted = tally.values[path]
        same = line.value in (counted, *_also(path, tally))
        sheet = tally.provenance[".".join(path)].sheet
        message = f"“{line.name}”：汇总数据{line.value:f} {'＝' if same else '≠'} “{sheet}”逐行计数{counted}"
        only_here = sheet == "工作记录" and not tally.places[path]
        yield Check(
            "LEDGER-SUMMARY", "pass" if same else "uncertain" if only_here else "fail", message, describe([line.place])
        )


def _also(path: tuple[str, ...], tally: Tally) -> Iterator[Number]:
    """What else a line of that name may count: of applications also those carried in."""
    if path[:2] == ("table3", "new_received"):
        yield tally.values[path] + tally.values[("table3", "carried_in", path[2])]


def _stated_beside(tally: Tally) -> Iterator[Check]:
    """A figure that 汇总数据 states in its own name and the rows of its sheet give as well."""
    for path, one in (tally.stated.beside if tally.stated else {}).items():
        counted, same = tally.values.get(path, 0), tally.values.get(path, 0) == one.value
        message = f"“{one.lines[0].name}”：汇总数据{one.value:f} {'＝' if same else '≠'} 逐行计数{counted}"
        yield Check("LEDGER-SUMMARY", "pass" if same else "fail", message, describe(one.places))


def _fee_within(tally: Tally, form: Form) -> Iterator[Check]:
    fee, total = tally.values.get(("facts", PROCESSING_FEE_KEY)), tally.values.get(("table2", fee_row(form).key))
    if fee is None or total is None:
        return
    within = fee / YUAN_IN_WAN <= total
    message = (
        f"{PROCESSING_FEE}{fee:f}元（合{fee / YUAN_IN_WAN:f}万元）{'不超过' if within else '超过'}"
        f"{fee_row(form).label}{total:f}万元"
    )
    where = describe([*tally.places["facts", PROCESSING_FEE_KEY], *tally.places["table2", fee_row(form).key]])
    yield Check("FEE", "pass" if within else "fail", message, where)
