"""The report's files, made and put in their folder together (``folder``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from domain import SECTION_TITLES, FinishedReport, LedgerResult, Note, OwnFigure
from report import annex, docx, faces, html, markdown, pdf
from report.folder import FILES, PDF, renewed
from report.outline import GAP
from report.trace import Traced, trace, untraced


def write(
    report: FinishedReport, ledger: LedgerResult, folder: Path, with_pdf: bool = True
) -> tuple[tuple[Path, ...], tuple[Note, ...]]:
    """Write FILES into ``folder`` (made when absent), and PDF where LibreOffice is there; (paths, notes).

    A fault leaves the earlier report as it was, and none of it beside the new one's files. A note says
    why there is no PDF or in which faces it is, what is still to be filled in, and which numeral comes from nowhere.
    UnusableInput where the folder cannot be written.
    """
    with renewed(folder) as made:
        traced = json.dumps(traced_figures(report, ledger), ensure_ascii=False, indent=1) + "\n"
        docx.render(report, made / "report.docx", traced)
        page = annex.named(html.render(report), traced)
        (made / "report.html").write_text(page, encoding="utf-8", newline="\n")
        (made / "report.md").write_text(markdown.render(report), encoding="utf-8", newline="\n")
        (made / "figures.json").write_text(traced, encoding="utf-8", newline="\n")
        instead = faces.stand_ins(faces.installed()) if with_pdf else {}
        note = pdf.render(made / "report.docx", made / PDF, instead) if with_pdf else ""
        names = (*FILES, PDF) if (made / PDF).exists() else FILES
    notes = [Note("no-pdf", note)] if note else []
    notes += [Note("fonts", faces.told(instead))] if instead and not note else []
    gaps = sum(len(GAP.findall(text)) for text in report.sections.values())
    notes += [Note("gaps", f"报告中有 {gaps} 处【请补充…】，补写以后才能发布")] if gaps else []
    notes += [
        Note("untraced", f"“{one.text}”（{_named(one)}第{one.place['paragraph']}段）不是台账算出的，也没有人核实")
        for one in untraced(report)
    ]
    return tuple(folder / name for name in names), tuple(notes)


def traced_figures(report: FinishedReport, ledger: LedgerResult) -> dict[str, Any]:
    """figures.json: the tables' JSON, by section the figure phrases of the narrative, the numerals
    that somebody vouches for, and every numeral traced."""
    return ledger.as_json() | {
        "draft_mark": report.draft_mark,
        "narrative": {name: [phrase.as_json() for phrase in draft.figures] for name, draft in report.drafts.items()},
        "own": [one.as_json() for one in report.own if _stands(one, report)],
        "numerals": [numeral.as_json() for numeral in trace(report)],
    }


def _named(one: Traced) -> str:
    return f"“{SECTION_TITLES[one.place['section']]}”" if one.place["section"] in SECTION_TITLES else ""


def _stands(one: OwnFigure, report: FinishedReport) -> bool:
    """Whether the report has the clause that was vouched for."""
    return any(one.clause in text for text in report.sections.values())
