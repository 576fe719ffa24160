"""The same thing entered twice: in two sheets or files, or as one application in two rows.

Rows alike in one sheet may be two things of one day, and are only told (``remarks``). Rows alike in two
sheets, and an application whose 登记号 (or applicant and day) comes twice, are asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from forms import Form
from statutory.clock import later
from statutory.dates import read_date
from statutory.doubts import COUNTED
from statutory.entries import Application
from statutory.layout import LAYOUTS
from statutory.lines import Ledger, Line, SheetRows
from statutory.marked import content_of
from statutory.places import Place
from statutory.remarks import Remarks
from statutory.rows import is_blank
from statutory.spelling import written
from statutory.vocabulary import outcome_names

ONCE = "once"
REPEATED = "与另一行是同一件，只计一件"
_FEW = 3  # known cells that must agree for two rows to be the same thing
_PARTLY = "partly"


def settle_repeated_sheets(ledger: Ledger, remarks: Remarks) -> None:
    """Ask about rows that two sheets or files have alike; those that count once are taken out of the later sheet."""
    for name, rows in ledger.sheets.items():
        by_part: dict[str, list[Line]] = defaultdict(list)
        for line in rows.lines:
            by_part[line.place.part].append(line)
        if len(by_part) < 2 or name == "汇总数据":
            continue
        known = {part: _by_content(lines, name) for part, lines in by_part.items()}
        gone: set[Place] = set()
        for one, other in combinations(known, 2):
            both = [key for key in known[one] if key in known[other]]
            whole = min(map(len, (known[one], known[other])))
            alike = [key for key in both if len(key[0]) + bool(key[1]) >= _FEW or (len(both) == whole and whole > 1)]
            again = [known[other][key].place for key in alike if known[other][key].place not in gone]
            if not again:
                continue
            places = [known[one][key].place for key in alike] + again
            said = f"两处有{len(again)}行内容相同，是不是同样的事登记了两次？"
            choices = {ONCE: "是同样的事，只计一次", COUNTED: "不是，各行都计"}
            about = f"{name}|{one}|{other}|{content_of(sorted('；'.join(cells) for cells, _ in alike), None)}"
            if remarks.doubts.ask("repeated", about, said, places, choices, ONCE) == ONCE:
                gone |= set(again)
        for place in gone:
            remarks.leave_out(REPEATED, place)
        kept = tuple(line for line in rows.lines if line.place not in gone)
        ledger.sheets[name] = SheetRows(kept, rows.totals)


def _by_content(lines: Iterable[Line], name: str) -> dict[tuple[tuple[str, ...], int], Line]:
    """Lines by their known cells, in the ledger's order and spelling, and their person; the first of equals."""
    order = [heading.name for heading in LAYOUTS[name].headings]
    found: dict[tuple[tuple[str, ...], int], Line] = {}
    for line in lines:
        cells = [f"{key}={_said(key, line.cells.get(key))}" for key in order if not is_blank(line.cells.get(key))]
        found.setdefault((tuple(cells), line.person), line)
    return found


def _said(heading: str, cell: object) -> str:
    if "日期" in heading:
        try:
            return str(read_date(cell))
        except ValueError:
            pass  # the reader of entries tells it
    return written(cell)


def one_for_one(applications: Sequence[Application], form: Form, remarks: Remarks) -> tuple[Application, ...]:
    """The applications with each that stands in several rows asked about: which row holds, or each."""
    kept: dict[Place, Application] = {}
    gone: set[Place] = set()
    for group, shared in _same(applications):
        rows = [item for item in {item.place: item for item in group}.values() if item.place not in gone | kept.keys()]
        if len(rows) < 2 or (one := _asked(rows, shared, form, remarks)) is None:
            continue
        kept[one.place] = one
        gone |= {item.place for item in rows} - {one.place}
    for place in gone:
        remarks.leave_out(REPEATED, place)
    return tuple(kept.get(item.place, item) for item in applications if item.place not in gone)


def _same(applications: Sequence[Application]) -> Iterator[tuple[list[Application], str]]:
    """Applications with one 登记号; without one, those of one applicant and day of which one is open, or in two sheets."""
    numbered: dict[str, list[Application]] = defaultdict(list)
    others: dict[tuple[date, str, int], list[Application]] = defaultdict(list)
    for item in applications:
        if item.number:
            numbered[item.number].append(item)
        else:
            others[item.received, item.applicant, item.person].append(item)
    yield from ((group, "“登记号”相同") for group in numbered.values() if len(group) > 1)
    for (_, _, person), group in others.items():
        parts, states = {item.place.part for item in group}, {bool(item.closed) for item in group}
        if len(group) > 1 and (len(states) > 1 and (person or len(parts) > 1) or person and len(parts) > 1):
            yield group, "收到日期、申请人都相同" if person else "收到日期、申请人类型都相同，一行已办结、一行未办结"


def _asked(group: list[Application], shared: str, form: Form, remarks: Remarks) -> Application | None:
    """The application that counts for all of the group, None where each does."""
    names = outcome_names(form)

    def state_of(item: Application) -> str:
        return f"{item.closed:%Y-%m-%d}{names[item.outcome]}" if item.closed else "未办结"

    def content(item: Application) -> str:
        return f"{item.received}{item.applicant}{item.number}{state_of(item)}"

    # by content, so that an answer means the same row wherever it stands in the ledger
    group = sorted(group, key=lambda item: (content(item), item.place))
    places, states = [item.place for item in group], [state_of(item) for item in group]
    choices = {
        f"row{number}": f"是一件，按工作表“{item.place.part}”第{item.place.row}行（{state}）计"
        for number, (item, state) in enumerate(zip(group, states), start=1)
    }
    closed = [item for item in group if item.closed]
    if len({item.outcome for item in closed}) > 1 and "partially_granted" in names:
        choices[_PARTLY] = "是一件，有几种处理，计为“部分公开”"
    choices[COUNTED] = "不是同一件，各计一件"
    last = max(range(len(group)), key=lambda at: (group[at].closed is not None, group[at].closed or group[at].received))
    about = "|".join(map(content, group))
    answer = remarks.doubts.ask(
        "application", about, f"{shared}，是不是同一件申请？", places, choices, f"row{last + 1}"
    )
    if answer == COUNTED:
        return None
    if answer == _PARTLY:
        return replace(max(closed, key=lambda item: item.closed or item.received), outcome="partially_granted")
    kept = group[int(answer.removeprefix("row")) - 1]
    first = min(item.received for item in group)
    return replace(kept, received=min(kept.received, first), clock=later([item.clock for item in group]))
