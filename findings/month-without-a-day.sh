#!/usr/bin/env bash
# dateparser 1.5.0 on Chinese dates of reports.
# Guess: "2025年1月" is the first of January, or nothing; a date without a year is read for every month alike.
# Seen 2026-11-29: the missing day is filled with the day of "today" (the 31st: 31 January, and in February the
# 28th), so the same text gives another date on another day; 3月5日 is read as of this year, and 12月31日,
# on 31 March 2026, as 31 March 2012: the month is taken for a year, the day for the day.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'dateparser==1.5.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


from datetime import datetime

import dateparser


def read(text, today):
    found = dateparser.parse(text, settings={"RELATIVE_BASE": today})
    return found and found.date().isoformat()


same("2025年1月 on the 31st", read("2025年1月", datetime(2026, 3, 31)), "2025-01-31")
same("2025年2月 on the 31st", read("2025年2月", datetime(2026, 3, 31)), "2025-02-28")
same("2025年1月 on the 4th", read("2025年1月", datetime(2026, 3, 4)), "2025-01-04")
same("3月5日", read("3月5日", datetime(2026, 3, 31)), "2026-03-05")
same("12月31日", read("12月31日", datetime(2026, 3, 31)), "2012-03-31")
same("2025年12月31日", read("2025年12月31日", datetime(2026, 3, 31)), "2025-12-31")
PYTHON
venv/bin/python run.py
echo 'as described'
