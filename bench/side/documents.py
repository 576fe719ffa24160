"""The .docx: gongkai's writer and docxtpl with a template, the same text and the same tables."""

from __future__ import annotations

import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document

import statutory
from bench.build import OWN
from bench.side import apart
from bench.side.tables import EXAMPLE
from domain import Draft, FinishedReport
from forms import form_for
from report import docx, pdf
from report.assemble import NARRATIVE, assemble
from report.layout import grids
from report.outline import outline, preface

RUNS = 5


def measure(options: Any) -> None:
    """Processor seconds, bytes, whether the text is the same and whether LibreOffice opens it."""
    report = assemble(
        statutory.compute(EXAMPLE), {section: Draft(section, OWN[section], "supplied") for section in NARRATIVE}
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        own, other = folder / "report.docx", folder / "filled.docx"
        docx.render(report, own)
        spent = min(busy(lambda: docx.render(report, own)) for _ in range(RUNS))
        told = apart.run(options.python, "template", job_of(report, folder, other))
        parts = contents(own)
        packing = min(busy(lambda: pack(folder / "packed.zip", parts)) for _ in range(RUNS))
        print(f"| 示例报告，{RUNS} 次中快的 | 处理器毫秒 | 字节 | LibreOffice 印成 PDF |\n|---|---|---|---|")
        rows = (
            ("gongkai（样式、页码、跨页的表头、字体）", spent, own),
            ("docxtpl，填好现成的模板", told["filling"], other),
        )
        for what, seconds, path in rows:
            printed = pdf.render(path, path.with_suffix(".pdf")) or f"{pages(path.with_suffix('.pdf'))} 页"
            print(f"| {what} | {1000 * seconds:.0f} | {path.stat().st_size} | {printed} |")
        print(f"| 下限：压缩 gongkai 的各个部分（zipfile） | {1000 * packing:.0f} | — | — |")
        ours, theirs = texts(own), texts(other)
        same = "相同" if ours == theirs else f"不同：{[pair for pair in zip(ours, theirs) if pair[0] != pair[1]][:3]}"
        print(f"\n做模板另用 {1000 * told['making']:.0f} 毫秒。两份的 {len(ours)} 段、格的文字：{same}")


def job_of(report: FinishedReport, folder: Path, out: Path) -> dict[str, Any]:
    """The report as what fills a template."""
    blocks = [[block.kind, block.level, block.text] for block in outline(report)]
    tables = {
        key: {
            "width": grid.width,
            "rows": [
                [[c.row, c.column, c.rowspan, c.colspan, c.text, not c.heading] for c in row] for row in grid.rows()
            ],
        }
        for key, grid in grids(report.figures, form_for(report.figures.year)).items()
    }
    headings = [text for kind, level, text in blocks if kind == "heading" and level == 1]
    return {
        "template": str(folder / "template.docx"),
        "out": str(out),
        "blocks": blocks,
        "tables": tables,
        "written": [headings[0], headings[4], headings[5]],
        "title": report.title,
        "preface": list(preface(report)),
        "organ": report.signature,
        "day": report.date_line,
        "runs": RUNS,
    }


def texts(path: Path) -> list[str]:
    """The printed text in order, spaces left out: paragraphs, then the cells of the tables, each once."""
    document = Document(str(path))
    found = [paragraph.text for paragraph in document.paragraphs]
    for table in document.tables:
        seen = set()  # of the elements themselves: what is not held may be made anew under the same id
        for row in table.rows:
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    found.append(cell.text)
    return [words for text in found if (words := "".join(text.split()))]


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def pages(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as printed:
        return len(printed.pages)


def busy(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun
