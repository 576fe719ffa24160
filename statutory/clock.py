"""The time to answer an application, as the law counts it.

条例第三十三条: 20 working days from receipt, up to 20 more where it was extended; the time in which a third
party is asked does not count. 条例第三十条: after an amendment the time runs from its receipt. What an
office writes of this stands in columns of its own (``clock.toml``); where such a cell is not
understood, the clock is unknown and nobody is called late.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from statutory.dates import read_date
from statutory.rows import is_blank
from statutory.spelling import fold, written
from working_days import ANSWER_DAYS, EXTENDED_DAYS, working_day_after, working_days

_WORDS = tomllib.loads((Path(__file__).parent / "clock.toml").read_text(encoding="utf-8"))
ROLES: Mapping[str, str] = {heading: role for role, said in _WORDS["headings"].items() for heading in said}
_YES, _NO = frozenset(_WORDS["words"]["yes"]), frozenset(_WORDS["words"]["no"])
_UNKNOWN = re.compile(_WORDS["unknown"]["headings"])
_DAYS = re.compile(r"(\d{1,2})(?:个?工作日|天|日)?")


@dataclass(frozen=True)
class Clock:
    """What stops or lengthens the time: whether it was ``extended`` (``until``: the office's own last day), from
    when it ran anew (``restart``), from and until when it stood still (``pauses``; None: still).

    ``unknown`` is the heading of a cell that was not understood.
    """

    extended: bool = False
    until: date | None = None
    restart: date | None = None
    pauses: tuple[tuple[date, date | None], ...] = ()
    unknown: str = ""

    @property
    def limit(self) -> int:
        """Working days in which to answer."""
        return EXTENDED_DAYS if self.extended else ANSWER_DAYS


NO_STOPS = Clock()


def clock_columns(unknown: Mapping[int, str]) -> dict[int, tuple[str, str]]:
    """Column index → heading and role, among the columns that mean nothing else; "" is a role not understood."""
    found = {}
    for column, heading in unknown.items():
        if role := ROLES.get(heading) or ROLES.get(heading.replace("时间", "日期")):
            found[column] = heading, role
        elif _UNKNOWN.search(heading):
            found[column] = heading, ""
    return found


def clock_cells(row: Sequence[object], columns: Mapping[int, tuple[str, str]]) -> tuple[tuple[str, str, object], ...]:
    """The filled cells of those columns: heading, role, content."""
    return tuple(
        (heading, role, row[column])
        for column, (heading, role) in columns.items()
        if column < len(row) and not is_blank(row[column])
    )


def read_clock(cells: Iterable[tuple[str, str, object]]) -> Clock:
    """The clock that they set."""
    days: dict[str, date] = {}
    extended, unknown, happened = False, "", ""
    for heading, role, cell in cells:
        word = fold(written(cell))
        if word in _NO:
            continue
        day = _day(cell)
        if role == "whether":
            happened = happened or heading
        elif role == "extended":
            extended = True
            known = word in _YES or day is not None or _DAYS.fullmatch(word)
            unknown = unknown or ("" if known else heading)
            days |= {"until": day} if day else {}
        elif not role or day is None:
            unknown = unknown or heading
        else:
            days[role] = day
    if happened and not days:
        unknown = unknown or happened
    extended = extended or "extended_on" in days or "until" in days
    return _set(days, extended, unknown)


def later(clocks: Iterable[Clock]) -> Clock:
    """The clock of one application that stands in several rows: the one that says most."""
    return max(clocks, key=lambda clock: (len(clock.pauses), clock.restart is not None, clock.extended, clock.unknown))


def taken(received: date, until: date, clock: Clock) -> int | None:
    """Working days from receipt (or what set the clock anew) to ``until``, without those that do not count."""
    start = clock.restart or received
    days = working_days(start, until)
    for begun, ended in clock.pauses:
        stopped = working_days(max(begun, start), min(ended or until, until))
        days = None if days is None or stopped is None else days - stopped
    return days


def due_date(received: date, clock: Clock) -> tuple[date | None, str]:
    """The last day to answer, else None and why it cannot be told."""
    if clock.unknown:
        return None, f"“{clock.unknown}”看不懂，不能推算"
    if any(ended is None for _, ended in clock.pauses):
        return None, "补正、征求意见、转办或缴费还没有收回，期限没有继续计算"
    if clock.until:
        return clock.until, ""
    start, days = clock.restart or received, clock.limit
    for begun, ended in clock.pauses:
        stopped = working_days(max(begun, start), ended or begun)
        if stopped is None:
            return None, _NO_HOLIDAYS
        days += stopped
    day = working_day_after(start, days)
    return day, "" if day else _NO_HOLIDAYS


_NO_HOLIDAYS = "程序没有那一年的法定节假日安排"


def _set(days: Mapping[str, date], extended: bool, unknown: str) -> Clock:
    restart = max((days[role] for role in ("amended", "arrived", "paid") if role in days), default=None)
    pauses: list[tuple[date, date | None]] = []
    anew = {"amended", "paid"}  # the time runs from these, and not on
    for begin, end in (("asked", "told"), ("sent_on", "back"), ("amend_sent", "amended"), ("fee_sent", "paid")):
        if begin in days and end not in anew:
            pauses.append((days[begin], days.get(end)))
        elif begin in days and end not in days:
            pauses.append((days[begin], None))
        elif end in days and begin not in days and end not in anew:
            unknown = unknown or f"{'第三方意见' if end == 'told' else '转办'}只有收回日期"
    if any(ended and ended < begun for begun, ended in pauses):
        unknown = unknown or "收回日期早于发出日期"
    return Clock(extended, days.get("until"), restart, _apart(pauses), unknown)


def _apart(pauses: Iterable[tuple[date, date | None]]) -> tuple[tuple[date, date | None], ...]:
    """Pauses that overlap made one, so that no day is taken out twice."""
    merged: list[tuple[date, date | None]] = []
    for begun, ended in sorted(pauses, key=lambda pause: pause[0]):
        if merged and (merged[-1][1] is None or begun <= merged[-1][1]):
            last = merged[-1]
            merged[-1] = last[0], None if ended is None or last[1] is None else max(ended, last[1])
        else:
            merged.append((begun, ended))
    return tuple(merged)


def _day(cell: object) -> date | None:
    try:
        return read_date(cell)
    except ValueError:
        return None
