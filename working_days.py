"""Working days between two dates by the State Council's holiday arrangements.

Make-up Saturdays and Sundays count, public holidays and days off in lieu do not. How many days an
answer may take: 条例第三十三条, 20 working days from receipt, and with an extension up to 20 more. The
day of receipt itself is not counted (民法典第二百零一条: 按照日计算期间的，开始的当日不计入).
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache

import chinese_calendar

ANSWER_DAYS = 20
EXTENDED_DAYS = 40


def working_days(start: date, end: date) -> int | None:
    """Working days after ``start`` up to and including ``end``; 0 where ``end`` is not later.

    None where no holiday arrangement is known for one of the years: it is announced each autumn for
    the year after, and cannot be foretold.
    """
    days = _working_days_of(start.year, end.year)
    return None if days is None else max(0, bisect_right(days, end) - bisect_right(days, start))


def working_day_after(start: date, days: int) -> date | None:
    """The day that is the given number of working days after ``start``, which is not counted; None where not known."""
    later = [day for day in _working_days_of(start.year, start.year) or () if day > start]
    if len(later) < days:
        beyond = _working_days_of(start.year, start.year + 1)
        later = [day for day in beyond or () if day > start]
    return later[days - 1] if 0 < days <= len(later) else None


def working_day_from(day: date) -> date | None:
    """The day itself where it is a working day, else the next one; None where not known."""
    return working_day_after(day - timedelta(days=1), 1)


def arrange(year: int, off: frozenset[date], worked: frozenset[date]) -> None:
    """Count the working days of a year that the library does not hold by this arrangement."""
    _ARRANGED[year] = off, worked
    _working_days_of.cache_clear()


def is_arranged(year: int) -> bool:
    """Whether the holidays of a year are known."""
    return _working_days_of(year, year) is not None


_ARRANGED: dict[int, tuple[frozenset[date], frozenset[date]]] = {}


def _is_worked(day: date) -> bool:
    """NotImplementedError where neither the library nor an office has told the year."""
    try:
        return chinese_calendar.is_workday(day)
    except NotImplementedError:
        if day.year not in _ARRANGED:
            raise
    off, worked = _ARRANGED[day.year]
    return day in worked or (day.weekday() < 5 and day not in off)


@cache
def _working_days_of(first_year: int, last_year: int) -> tuple[date, ...] | None:
    first, after = date(first_year, 1, 1), date(last_year + 1, 1, 1)
    days = (first + timedelta(days=offset) for offset in range((after - first).days))
    try:
        return tuple(day for day in days if _is_worked(day))
    except NotImplementedError:  # the library's word for a year that it does not hold
        return None
