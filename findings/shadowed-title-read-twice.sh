#!/usr/bin/env bash
# A title with a shadow, printed to PDF by LibreOffice (7.4.7, shadow, emboss, engrave), Chromium (156, text-shadow,
# text-stroke) and WeasyPrint 70.0 (text-shadow), read by pdfplumber 0.11.10 and pypdfium2 5.15.2.
# Guess: only LibreOffice's w:shadow is written twice; the browser's shadow is no text.
# Seen 2026-11-29: LibreOffice writes shadowed, embossed and engraved characters twice, Chromium the shadowed and the
# stroked ones, WeasyPrint once; pdfplumber reads 阴阴影影, pdfium reads each once.
set -euo pipefail
command -v soffice >/dev/null || { echo 'not run: soffice is not installed'; exit 3; }
command -v chromium >/dev/null || { echo 'not run: chromium is not installed'; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'python-docx==1.2.0' 'pdfplumber==0.11.10' 'pypdfium2==5.15.2' 'weasyprint==70.0'
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

import docx
import pdfplumber
import pypdfium2
import weasyprint
from docx.oxml import OxmlElement

logging.disable(logging.ERROR)
document = docx.Document()
for text, tag in (("阴影", "w:shadow"), ("阳文", "w:emboss"), ("阴文", "w:imprint"), ("平文", None)):
    run = document.add_paragraph().add_run(text)
    if tag:
        run._r.get_or_add_rPr().append(OxmlElement(tag))
document.save("office.docx")
here = sys.path[0].lstrip("/")
command = ["soffice", f"-env:UserInstallation=file:///{here}/profile", "--headless", "--convert-to", "pdf", "office.docx"]
subprocess.run(command, check=True, capture_output=True)
page = (
    "<!doctype html><meta charset=utf-8><p style='text-shadow:1px 1px #888'>阴影</p>"
    "<p style='-webkit-text-stroke:1px red'>勾边</p><p>平字</p>"
)
with open("page.html", "w", encoding="utf-8") as file:
    file.write(page)
options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=chrome"]
command = ["chromium", *options, "--print-to-pdf=chromium.pdf", f"file:///{here}/page.html"]
subprocess.run(command, check=True, capture_output=True)
weasyprint.HTML(string=page).write_pdf("weasyprint.pdf")
for name, by_plumber, by_pdfium in (
    ("office.pdf", "阴阴影影 阳阳文文 阴阴文文 平文", "阴影 阳文 阴文 平文"),
    ("chromium.pdf", "阴阴影影 勾勾边边 平字", "阴影 勾边 平字"),
    ("weasyprint.pdf", "阴影 勾边 平字", "阴影 勾边 平字"),
):
    with pdfplumber.open(name) as pdf:
        text = unicodedata.normalize("NFKC", pdf.pages[0].extract_text())
    same(f"{name}: pdfplumber", " ".join(text.split()), by_plumber)
    text = pypdfium2.PdfDocument(name)[0].get_textpage().get_text_range()
    same(f"{name}: pdfium", " ".join(unicodedata.normalize("NFKC", text).split()), by_pdfium)
PYTHON
venv/bin/python run.py
echo 'as described'
