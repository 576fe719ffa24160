#!/usr/bin/env bash
# docxcompose 2.2.0 appends a document with a comment, a landscape page and a header to one with a comment.
# Guess: the appended document keeps its comment, or loses it whole; its landscape page and header come along.
# Seen 2026-11-29: the appended comment's text is left out and its mark stays with the old number, so the
# appended sentence now carries the first document's comment; page direction and header are the first one's.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'docxcompose==2.2.0' 'python-docx==1.2.0' 'setuptools==80.9.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docxcompose.composer import Composer


def make(name, landscape):
    document = docx.Document()
    paragraph = document.add_paragraph(f"{name}的话")
    document.add_comment(paragraph.runs, text=f"{name}的批注", author=name)
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{name}的页眉"
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    document.save(f"{name}.docx")
    return docx.Document(f"{name}.docx")


composer = Composer(make("甲", False))
composer.append(make("乙", True))
composer.save("both.docx")
both = docx.Document("both.docx")
same("comments", [(comment.comment_id, comment.text) for comment in both.comments], [(0, "甲的批注")])
marks = {
    paragraph.text: [mark.get(qn("w:id")) for mark in paragraph._p.iter(qn("w:commentReference"))]
    for paragraph in both.paragraphs
    if paragraph.text
}
same("marks", marks, {"甲的话": ["0"], "乙的话": ["0"]})
same("directions", [section.orientation for section in both.sections], [WD_ORIENT.PORTRAIT])
same("headers", [section.header.paragraphs[0].text for section in both.sections], ["甲的页眉"])
PYTHON
venv/bin/python run.py
echo 'as described'
