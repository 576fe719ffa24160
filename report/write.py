"""The report's four files on disk: made aside first, so that a fault in making them leaves the old ones."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any, Sequence

from domain import FinishedReport, LedgerResult, UnusableInput
from report import docx, html, markdown, pdf
from report.outline import GAP
from report.trace import trace, untraced

FILES = ("report.docx", "report.html", "report.md", "figures.json")
PDF = "report.pdf"


def write(
    report: FinishedReport, ledger: LedgerResult, folder: Path, with_pdf: bool = True
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write FILES into ``folder`` (made when absent), and PDF where LibreOffice is there; (paths, notes).

    They are made in a temporary folder beside it and moved in at the end, so that a fault leaves
    the earlier report as it was. A note says why there is no PDF, what is still to be filled
    in, and which numeral comes from nowhere. UnusableInput where the folder cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise UnusableInput(f"输出位置 {folder} 是一个文件，请换一个文件夹")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".build-") as temporary:
            made = Path(temporary)
            docx.render(report, made / "report.docx")
            (made / "report.html").write_text(html.render(report), encoding="utf-8", newline="\n")
            (made / "report.md").write_text(markdown.render(report), encoding="utf-8", newline="\n")
            traced = json.dumps(traced_figures(report, ledger), ensure_ascii=False, indent=1)
            (made / "figures.json").write_text(traced + "\n", encoding="utf-8", newline="\n")
            note = pdf.render(made / "report.docx", made / PDF) if with_pdf else ""
            names = (*FILES, PDF) if (made / PDF).exists() else FILES
            _move_in(made, names, folder)
            if PDF not in names:  # an earlier one would be of another report
                (folder / PDF).unlink(missing_ok=True)
    except OSError as error:
        raise UnusableInput(f"不能写入输出文件夹 {folder}：{error.strerror or error}") from error
    notes = [note] if note else []
    gaps = sum(len(GAP.findall(text)) for text in report.sections.values())
    notes += [f"报告中有 {gaps} 处【请补充…】，补写以后才能发布"] if gaps else []
    notes += [f"“{one.text}”（{one.place['section']} 第{one.place['paragraph']}段）没有出处，请核对" for one in untraced(report)]
    return tuple(folder / name for name in names), tuple(notes)


def _move_in(made: Path, names: Sequence[str], folder: Path) -> None:
    """All of ``names`` or none: where one cannot be replaced (open in Word on Windows), the earlier ones come back."""
    aside = made / "before"
    aside.mkdir()
    done: list[str] = []
    try:
        for name in names:
            if (folder / name).exists():
                os.replace(folder / name, aside / name)
            done.append(name)
            os.replace(made / name, folder / name)
    except OSError:
        for name in done:
            (folder / name).unlink(missing_ok=True)
            if (aside / name).exists():
                os.replace(aside / name, folder / name)
        raise


def traced_figures(report: FinishedReport, ledger: LedgerResult) -> dict[str, Any]:
    """figures.json: the tables' JSON, by section the figure phrases of the narrative, and every numeral traced."""
    return ledger.as_json() | {
        "draft_mark": report.draft_mark,
        "narrative": {
            name: [phrase.as_json() for phrase in draft.figures] for name, draft in report.drafts.items()
        },
        "numerals": [numeral.as_json() for numeral in trace(report)],
    }
