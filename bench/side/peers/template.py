"""The .docx by docxtpl: a template with the report's page, made once, filled with the same text and tables.

Job: ``template`` and ``out`` (paths), ``blocks`` [[kind, level, text], …], ``tables`` {key: {"width", "rows":
[[[row, column, rowspan, colspan, text], …], …]}}, ``title``, ``preface``, ``organ``, ``day``, ``runs``.
Answer: ``making`` and ``filling`` (processor seconds of one).
"""

import json
import sys
import time
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate


def styled(document):
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    for name, face in (("Normal", "仿宋"), ("Heading 1", "黑体"), ("Heading 2", "楷体"), ("Heading 3", "仿宋")):
        style = document.styles[name]
        style.font.name, style.font.size = face, Pt(16)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def make(job):
    """The template: fixed headings and tables as the form has them, with places for text and figures."""
    document = Document()
    styled(document)
    document.add_paragraph("{{ title }}").alignment = WD_ALIGN_PARAGRAPH.CENTER
    for tag in ("{%p for text in preface %}", "{{ text }}", "{%p endfor %}"):
        document.add_paragraph(tag)
    part = 0
    for kind, level, text in job["blocks"]:
        if kind == "heading" and level == 1:
            document.add_heading(text, 1)
            part += 1
            if text in job["written"]:
                narrative(document, part)
        elif kind == "table":
            grid = job["tables"][text]
            table = document.add_table(len(grid["rows"]), grid["width"], style="Table Grid")
            for row in grid["rows"]:
                for at, column, rowspan, colspan, words, figure in row:
                    cell = table.cell(at, column)
                    if rowspan > 1 or colspan > 1:
                        cell = cell.merge(table.cell(at + rowspan - 1, column + colspan - 1))
                    words = f"{{{{ {text}[{at}][{column}] }}}}" if figure else words
                    cell.text = ""
                    cell.paragraphs[0].add_run(words).font.size = Pt(9)
    for text in ("{{ organ }}", "{{ day }}"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.save(job["template"])


def narrative(document, part):
    lines = [
        (f"{{%p for block in part{part} %}}", None),
        *(
            line
            for level in (2, 3)
            for line in (
                (f"{{%p if block.level == {level} %}}", None),
                ("{{ block.text }}", f"Heading {level}"),
                ("{%p endif %}", None),
            )
        ),
        ("{%p if block.level == 0 %}", None),
        ("{{ block.text }}", None),
        ("{%p endif %}", None),
        ("{%p endfor %}", None),
    ]
    for text, style in lines:
        document.add_paragraph(text, style=style)


def context(job):
    """What is filled in: the narrative by part, the figures by row and column."""
    values = {"title": job["title"], "preface": job["preface"], "organ": job["organ"], "day": job["day"]}
    part = 0
    for kind, level, text in job["blocks"]:
        if kind == "heading" and level == 1:
            part += 1
            values[f"part{part}"] = []
        elif kind != "table":
            values[f"part{part}"].append({"level": level, "text": text})
    for key, grid in job["tables"].items():
        values[key] = {}
        for row in grid["rows"]:
            for at, column, *_, words, figure in row:
                if figure:
                    values[key].setdefault(at, {})[column] = words
    return values


def fill(job):
    template = DocxTemplate(job["template"])
    template.render(context(job), autoescape=True)
    template.save(job["out"])


def main(job):
    begun = time.process_time()
    make(job)
    making = time.process_time() - begun
    fill(job)
    spent = []
    for _ in range(job["runs"]):
        begun = time.process_time()
        fill(job)
        spent.append(time.process_time() - begun)
    return {"making": making, "filling": min(spent)}


if __name__ == "__main__":
    answer = main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    Path(sys.argv[2]).write_text(json.dumps(answer), encoding="utf-8")
