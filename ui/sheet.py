"""A section's sheet as the page shows it, and the printed page around it; what is typed on it is kept."""

from __future__ import annotations

import time
from typing import Any

import gradio as gr

from domain import SECTION_TITLES, Draft, LedgerResult, Remark, UnusableInput, User
from services import EditedMeanwhile, Gongkai
from ui import basis, editor, manuscript
from ui.desk import Desk
from ui.manuscript import Manuscript


class OpenSheet:
    """Reads from the office what is shown, and writes to it what was typed; keeps nothing itself."""

    def __init__(self, services: Gongkai) -> None:
        self.services = services

    def shown(self, ledger: LedgerResult, name: str, told: str = "") -> tuple[Any, ...]:
        """The draft that counts in the editor, what is to be said about it, its versions, the page around it, the parts."""
        sheets, read = self.services.sheets, time.time_ns()
        notes = sheets.told(ledger, name)
        held, now, draft = sheets.versions(ledger, name), sheets.current(ledger, name), sheets.sheet(name, ledger)
        state = told or (basis.state(now) if now else "")
        value = editor.opened(self.services, ledger, name, draft, notes, state, read=read)
        paper = Manuscript.of(self.services, ledger)
        said = basis.remarks(self.inspected(ledger, draft, notes), draft) if draft else ""
        older = [(basis.labelled(one), one.id) for one in held]
        versions = gr.Dropdown(older, value=now.id if now else None)
        return value, said, versions, *manuscript.around(paper, name), self.margin(ledger, name, paper)

    def margin(self, ledger: LedgerResult, name: str, paper: Manuscript | None = None) -> str:
        """The parts and how each stands, ``name`` worked on."""
        state, _ = manuscript.stands(self.services, ledger)
        return manuscript.margin(paper or Manuscript.of(self.services, ledger), state == "approved", name)

    def inspected(self, ledger: LedgerResult, draft: Draft, notes: str) -> tuple[Remark, ...]:
        """What the gates say of a draft, its typed numbers held against those that the office vouches for."""
        return self.services.writing.inspect(draft.text, ledger, notes, draft, self.services.sheets.own(ledger))

    def keep(self, user: User, message: editor.TypedText, desk: Desk) -> tuple[Draft | None, str]:
        """The draft that a text is now; None, and why, where it was set aside or belongs to no ledger that there is."""
        try:
            ledger = self.ledger(desk, message)
        except UnusableInput as error:
            return None, f"“{SECTION_TITLES[message.section]}”中写的“{message.text[-60:]}”没有保存：{error}"
        sheets = self.services.sheets
        notes = sheets.told(ledger, message.section)
        try:
            return sheets.keep_text(user, ledger, message.section, message.text, message.bases, notes, message.by), ""
        except EditedMeanwhile as error:
            return None, str(error)

    def ledger(self, desk: Desk, message: editor.TypedText) -> LedgerResult:
        """The ledger that a text was written for: the desk's, or the one that lay there a moment ago."""
        report = (message.org, message.year)
        if desk.ledger and report == (desk.ledger.figures.org, desk.ledger.figures.year):
            return desk.ledger
        before = self.services.ledgers.of_year(*report)
        if before is None:
            raise UnusableInput("台账已经换过，请重新打开这个部分再修改")
        return self.services.ledgers.compute(before.path)
