#!/usr/bin/env bash
# A table with a tall header and a cell that spans rows over a page break, printed by Chromium (156) and WeasyPrint
# 70.0, read page by page with pdfplumber 0.11.10.
# Guess: both repeat the header (thead) on each page, and each page's table has the same number of columns.
# Seen 2026-11-29: with a header of 14 rows Chromium repeats it on no page, and on the pages after the first the column of the
# spanning cell is missing from pdfplumber's table: two columns where there were three, so figures move under
# another head. With a header of one row, and in WeasyPrint with both, the header is repeated and the column stays.
set -euo pipefail
command -v chromium >/dev/null || { echo 'not run: chromium is not installed'; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'pdfplumber==0.11.10' 'weasyprint==70.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import logging
import subprocess

import pdfplumber
import weasyprint

logging.disable(logging.ERROR)
STYLE = (
    "<!doctype html><meta charset=utf-8><style>@page{size:A4;margin:2cm}body{margin:0}"
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #000;height:24px}</style>"
)
options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=chrome"]
rows = "".join(
    f"<tr>{'<td rowspan=20>span</td>' if number % 20 == 0 else ''}<td>{number}</td><td>{number * 2}</td></tr>"
    for number in range(60)
)
for heads, chromium, weasy in (
    (14, [(3, True), (2, False), (2, False)], [(3, True)] * 3),
    (1, [(3, True)] * 2, [(3, True)] * 2),
):
    head = "<tr><th>item</th><th>persons</th><th>bodies</th></tr>" * heads
    page = f"{STYLE}<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    with open("page.html", "w", encoding="utf-8") as file:
        file.write(page)
    command = ["chromium", *options, "--print-to-pdf=chromium.pdf", f"file://{sys.path[0]}/page.html"]
    subprocess.run(command, check=True, capture_output=True)
    weasyprint.HTML(string=page).write_pdf("weasyprint.pdf")
    for name, expected in (("chromium", chromium), ("weasyprint", weasy)):
        with pdfplumber.open(f"{name}.pdf") as pdf:
            tables = [one.extract_table() for one in pdf.pages]
        seen = [(len(table[0]), "persons" in table[0]) for table in tables]
        same(f"{name}, {heads} rows of header: columns and header, page by page", seen, expected)
PYTHON
venv/bin/python run.py
echo 'as described'
