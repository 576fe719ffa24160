"""The files of a report as it stands on the page, each under the name that it will be sent by."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

from domain import LedgerResult, UnusableInput, User
from services.jobs import FILES, Advance, Jobs
from services.ledgers import Bookkeeping
from services.reports import Reporting
from services.sheets import Sheets

_KIND = "build"
NO_LEDGER = "台账已经不在了，请先在“数据”页上传台账"
NOT_MADE = "没有生成这个文件，请再试一次"


class MadeFile(NamedTuple):
    """A file of a report, and what is to be told of it (fonts that are missing)."""

    path: Path
    told: tuple[str, ...]


class Publishing:
    """Makes a file here, or where workbenches share out their work by whichever is free. ``home`` is the data folder."""

    def __init__(self, home: Path, reports: Reporting, sheets: Sheets, ledgers: Bookkeeping, jobs: Jobs) -> None:
        self._home, self._reports, self._sheets, self._ledgers = home, reports, sheets, ledgers
        self._jobs = jobs
        jobs.can(_KIND, self._job)

    def make(self, by: User, ledger: LedgerResult, name: str, folder: Path) -> MadeFile:
        """One file (``report.docx``, ``figures.json`` …) of the report on the user's desk, in ``folder``.

        UnusableInput where it could not be made.
        """
        if not self._jobs.shared:
            return self._made(ledger, name, folder)
        result = self._jobs.do(_KIND, {"name": name}, by, turn=f"{_KIND}-{by.name}")
        made = self._home.resolve() / result["file"]
        moved = Path(shutil.move(made, folder / made.name))
        shutil.rmtree(made.parent, ignore_errors=True)
        return MadeFile(moved, tuple(result["told"]))

    def _job(
        self, given: Mapping[str, Any], by: User | None, advance: Advance, cancelled: Callable[[], bool]
    ) -> dict[str, Any]:
        """A file made of what the office keeps, in a folder that all workbenches share."""
        ledger = self._ledgers.on_desk(by) if by else None
        if ledger is None:
            raise UnusableInput(NO_LEDGER)
        advance("正在生成文件", 0, 0)
        home = self._home.resolve()
        made = self._made(ledger, given["name"], home / FILES / uuid4().hex)
        return {"file": str(made.path.relative_to(home)), "told": list(made.told)}

    def _made(self, ledger: LedgerResult, name: str, folder: Path) -> MadeFile:
        figures = ledger.figures
        built = self._reports.build(
            ledger,
            folder,
            with_model=False,
            supplied=self._sheets.kept_drafts(figures.org, figures.year),
            with_pdf=name == "report.pdf",
            own=self._sheets.own(ledger),
        )
        made = next((path for path in built.files if path.name == name), None)
        told = tuple(str(note) for note in built.notes if note.code in ("no-pdf", "fonts"))
        if made is None:
            raise UnusableInput("；".join(told) or NOT_MADE)
        mark = "（草稿）" if built.report.draft_mark else ""
        data = "（数据）" if name == "figures.json" else ""
        sent_by = folder / f"{built.report.title}{mark}{data}{made.suffix}"
        return MadeFile(Path(shutil.move(made, sent_by)), told)
