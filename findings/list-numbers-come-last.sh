#!/usr/bin/env bash
# A numbered list printed to PDF by WeasyPrint 70.0 and Chromium (156), read by pypdfium2 5.15.2 and pdfplumber 0.11.10.
# Guess: the number stands before its item for every reader; list-style simp-chinese-informal prints 一、 in both.
# Seen 2026-11-29: WeasyPrint writes the numbers after all text of the page: pdfium gives them at the very end, apart
# from their items, pdfplumber, which sorts by place, beside them; and WeasyPrint prints 1. for 一、.
set -euo pipefail
command -v chromium >/dev/null || { echo 'not run: chromium is not installed'; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'pdfplumber==0.11.10' 'pypdfium2==5.15.2' 'weasyprint==70.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import logging
import subprocess
import unicodedata

import pdfplumber
import pypdfium2
import weasyprint

logging.disable(logging.ERROR)
page = "<!doctype html><meta charset=utf-8><ol style='list-style:simp-chinese-informal'><li>甲项<li>乙项</ol><p>后文</p>"
with open("page.html", "w", encoding="utf-8") as file:
    file.write(page)
options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=chrome"]
command = ["chromium", *options, "--print-to-pdf=chromium.pdf", f"file://{sys.path[0]}/page.html"]
subprocess.run(command, check=True, capture_output=True)
weasyprint.HTML(string=page).write_pdf("weasyprint.pdf")
for name, by_plumber, by_pdfium in (
    ("weasyprint.pdf", "1. 甲项 2. 乙项 后文", "甲项 乙项 后文 1. 2."),
    ("chromium.pdf", "一、甲项 二、乙项 后文", "一、甲项 二、乙项 后文"),
):
    with pdfplumber.open(name) as pdf:
        text = unicodedata.normalize("NFKC", pdf.pages[0].extract_text())
    same(f"{name}: pdfplumber", " ".join(text.split()), by_plumber)
    text = pypdfium2.PdfDocument(name)[0].get_textpage().get_text_range()
    same(f"{name}: pdfium", " ".join(unicodedata.normalize("NFKC", text).split()), by_pdfium)
PYTHON
venv/bin/python run.py
echo 'as described'
