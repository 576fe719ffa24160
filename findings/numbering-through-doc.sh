#!/usr/bin/env bash
# Numbered paragraphs (第%1条) saved by LibreOffice (7.4.7) from .docx to .doc and back, read by python-docx 1.2.0.
# Guess: the number formats come back by the names they had, and 20 prints the same in every Chinese format.
# Seen 2026-11-29: chineseCounting, chineseCountingThousand, ideographDigital and japaneseCounting all come back as
# taiwaneseCountingThousand; decimalEnclosedCircleChinese as decimalEnclosedCircle, numberInDash as decimal.
# Printed, ideographDigital counts 十一 where its definition says 一一, and ideographTraditional 11 after 癸.
set -euo pipefail
command -v soffice >/dev/null || { echo 'not run: soffice is not installed'; exit 3; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'python-docx==1.2.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import subprocess

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

W = nsdecls("w")
BACK = {
    "chineseCounting": "taiwaneseCountingThousand",
    "chineseCountingThousand": "taiwaneseCountingThousand",
    "ideographDigital": "taiwaneseCountingThousand",
    "japaneseCounting": "taiwaneseCountingThousand",
    "decimalEnclosedCircleChinese": "decimalEnclosedCircle",
    "numberInDash": "decimal",
    "ideographTraditional": "ideographTraditional",
    "chineseLegalSimplified": "chineseLegalSimplified",
}


def convert(kind, file):
    profile = "-env:UserInstallation=file:///" + sys.path[0].lstrip("/") + "/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", "out", file]
    subprocess.run(command, check=True, capture_output=True)


document = docx.Document()
numbering = document.part.numbering_part.element
for child in list(numbering):
    numbering.remove(child)
for number, name in enumerate(BACK):
    numbering.append(
        parse_xml(
            f'<w:abstractNum {W} w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            f'<w:numFmt w:val="{name}"/><w:suff w:val="space"/><w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>'
        )
    )
for number in range(len(BACK)):
    numbering.append(parse_xml(f'<w:num {W} w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>'))
for number, name in enumerate(BACK):
    for count in range(1, 12):
        properties = document.add_paragraph(f"{name} {count}")._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{number + 1}"/></w:numPr>'))
document.save("n.docx")
convert("txt:Text (encoded):UTF8", "n.docx")
with open("out/n.txt", encoding="utf-8-sig") as file:
    printed = [line.strip() for line in file]
convert("doc", "n.docx")
convert("docx", "out/n.doc")

again = docx.Document("out/n.docx")
numbering = again.part.numbering_part.element
number_of = {num.get(qn("w:numId")): num.find(qn("w:abstractNumId")).get(qn("w:val")) for num in numbering.findall(qn("w:num"))}
format_of = {
    each.get(qn("w:abstractNumId")): each.find(qn("w:lvl")).find(qn("w:numFmt")).get(qn("w:val"))
    for each in numbering.findall(qn("w:abstractNum"))
}
for paragraph in again.paragraphs:
    name, _, count = paragraph.text.partition(" ")
    if count == "1":
        number = str(paragraph._p.pPr.numPr.numId.val)
        same(f"{name} comes back as", format_of[number_of[number]], BACK[name])
for line in ("第十一条 ideographDigital 11", "第11条 ideographTraditional 11", "第十一条 chineseCounting 11"):
    same(f"printed: {line}", line in printed, True)
PYTHON
venv/bin/python run.py
echo 'as described'
