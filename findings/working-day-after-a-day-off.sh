#!/usr/bin/env bash
# "The first working day after a day off": chinesecalendar 1.11.0 against holidays 0.109.
# Guess: both give the next working day for n = 1, whether the start is a working day or not.
# Seen 2026-11-29: chinese_calendar.find_workday(1, a day off) first moves to the next working day and then
# goes one further; holidays' get_nth_working_day(a day off, 1) gives the next working day itself. A time
# limit counted from a Sunday differs by one day between the two. Both know the make-up days.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'chinesecalendar==1.11.0' 'holidays==0.109'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


from datetime import date

import chinese_calendar
import holidays

china = holidays.country_holidays("CN", years=[2025])
for start, first, second in (
    (date(2025, 9, 26), date(2025, 9, 28), date(2025, 9, 28)),  # a Friday; the 28th is a make-up Sunday
    (date(2025, 9, 27), date(2025, 9, 29), date(2025, 9, 28)),  # a Saturday off
    (date(2025, 10, 1), date(2025, 10, 10), date(2025, 10, 9)),  # a holiday
    (date(2025, 10, 12), date(2025, 10, 14), date(2025, 10, 13)),  # a Sunday off
):
    same(f"chinese_calendar.find_workday(1, {start})", chinese_calendar.find_workday(1, start), first)
    same(f"holidays.get_nth_working_day({start}, 1)", china.get_nth_working_day(start, 1), second)
PYTHON
venv/bin/python run.py
echo 'as described'
