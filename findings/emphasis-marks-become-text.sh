#!/usr/bin/env bash
# Emphasis marks, ruby and a spread line printed to PDF by Chromium (156) and WeasyPrint 70.0, read by pdfplumber 0.11.10
# and pypdfium2 5.15.2.
# Guess: emphasis marks are drawings and leave no characters in the text, in either program.
# Seen 2026-11-29: Chromium writes each mark as a character: a line of • • • above the words for pdfplumber, after them for
# pdfium; WeasyPrint leaves the marks out. Ruby comes as a line of its own from Chromium, amid the words from
# WeasyPrint. A line spread by text-align-last has spaces between all characters from Chromium, none from WeasyPrint.
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
page = (
    "<!doctype html><meta charset=utf-8><p style='text-emphasis:dot'>着重</p>"
    "<p><ruby>环境<rt>huan</rt></ruby>保护</p>"
    "<p style='text-align:justify;text-align-last:justify;width:20em'>县分局印</p>"
)
with open("page.html", "w", encoding="utf-8") as file:
    file.write(page)
options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=chrome"]
command = ["chromium", *options, "--print-to-pdf=chromium.pdf", f"file://{sys.path[0]}/page.html"]
subprocess.run(command, check=True, capture_output=True)
weasyprint.HTML(string=page).write_pdf("weasyprint.pdf")
for name, by_plumber, by_pdfium in (
    ("chromium.pdf", "• •|着重|huan|环境保护|县 分 局 印", "着重••环境保护huan县分局印"),
    ("weasyprint.pdf", "着重|环境huan保护|县分局印", "着重环境huan保护县分局印"),
):
    with pdfplumber.open(name) as pdf:
        text = unicodedata.normalize("NFKC", pdf.pages[0].extract_text())
    same(f"{name}: pdfplumber", "|".join(text.splitlines()), by_plumber)
    text = pypdfium2.PdfDocument(name)[0].get_textpage().get_text_range()
    same(f"{name}: pdfium", "".join(unicodedata.normalize("NFKC", text).split()), by_pdfium)
PYTHON
venv/bin/python run.py
echo 'as described'
