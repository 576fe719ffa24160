"""The report's four files on disk: made aside first, so that a fault in making them leaves the old ones."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from domain import FinishedReport, LedgerResult, UnusableInput
from report import docx, html, markdown

FILES = ("report.docx", "report.html", "report.md", "figures.json")


def write(report: FinishedReport, ledger: LedgerResult, folder: Path) -> tuple[Path, ...]:
    """Write FILES into ``folder`` (made when absent) and return their paths.

    They are made in a temporary folder beside it and moved in at the end, so that a fault leaves
    the earlier report as it was. UnusableInput where the folder cannot be written.
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
            for name in FILES:
                os.replace(made / name, folder / name)
    except OSError as error:
        raise UnusableInput(f"不能写入输出文件夹 {folder}：{error.strerror or error}") from error
    return tuple(folder / name for name in FILES)


def traced_figures(report: FinishedReport, ledger: LedgerResult) -> dict[str, Any]:
    """figures.json: the tables' JSON, and by section the figure phrases that the narrative uses."""
    return ledger.as_json() | {
        "draft_mark": report.draft_mark,
        "narrative": {
            name: [phrase.as_json() for phrase in draft.figures] for name, draft in report.drafts.items()
        },
    }
