#!/usr/bin/env bash
# A .docx with a sentence moved under tracked revisions and a table row deleted under them, read by
# docx2txt 0.9, docx2python 3.7.1 and mammoth 1.13.0.
# Guess: all leave out what was moved away, as they leave out deletions, and the deleted row too.
# Seen 2026-11-29: docx2txt and docx2python give the moved sentence twice, at its old and its new place, and
# keep the deleted row; deleted words they leave out. mammoth gives the sentence once and drops the row.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'python-docx==1.2.0' 'docx2txt==0.9' 'docx2python==3.7.1' 'mammoth==1.13.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import docx
import docx2txt
import mammoth
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx2python import docx2python

W = nsdecls("w")


def by(number):
    return f'{W} w:id="{number}" w:author="审核" w:date="2025-01-01T00:00:00Z"'


document = docx.Document()
old = document.add_paragraph("前文")._p
old.append(parse_xml(f'<w:moveFromRangeStart {by(1)} w:name="m"/>'))
old.append(parse_xml(f"<w:moveFrom {by(2)}><w:r><w:t>移动的话</w:t></w:r></w:moveFrom>"))
old.append(parse_xml(f'<w:moveFromRangeEnd {W} w:id="1"/>'))
new = document.add_paragraph("后文")._p
new.append(parse_xml(f'<w:moveToRangeStart {by(3)} w:name="m"/>'))
new.append(parse_xml(f"<w:moveTo {by(4)}><w:r><w:t>移动的话</w:t></w:r></w:moveTo>"))
new.append(parse_xml(f'<w:moveToRangeEnd {W} w:id="3"/>'))
cut = document.add_paragraph("数字")._p
cut.append(parse_xml(f"<w:del {by(5)}><w:r><w:delText>旧数</w:delText></w:r></w:del>"))
table = document.add_table(2, 1)
table.cell(0, 0).text, table.cell(1, 0).text = "留下的行", "删去的行"
table.rows[1]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {by(6)}/>"))
document.save("moved.docx")

with open("moved.docx", "rb") as file:
    texts = {"mammoth": mammoth.extract_raw_text(file).value}
texts["docx2txt"] = docx2txt.process("moved.docx")
with docx2python("moved.docx") as read:
    texts["docx2python"] = read.text
for name, expected in (("docx2txt", (2, 1, 0)), ("docx2python", (2, 1, 0)), ("mammoth", (1, 0, 0))):
    seen = tuple(texts[name].count(word) for word in ("移动的话", "删去的行", "旧数"))
    same(f"{name}: times of the moved sentence, the deleted row, the deleted words", seen, expected)
PYTHON
venv/bin/python run.py
echo 'as described'
