"""写进报告: an answer laid out as a paragraph, looked at by the gates, and put into a part of the document."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from types import SimpleNamespace
from typing import Any

import gradio as gr

from domain import SECTION_TITLES, LedgerResult, Remark, UnusableInput, User
from services import Gongkai
from services.insertion import LONGEST, paragraph
from ui.desk import Desk
from ui.picking import pickable, picked
from ui.session import acting
from ui.talk import Session, Shown, Talk

_QUIET: dict[str, Any] = {"show_progress": "hidden"}
PARTS = [(title, name) for name, title in SECTION_TITLES.items()]


def lay_out(parts: SimpleNamespace) -> None:
    """The form, shut until an answer is to be put in, and the line that says what was put where."""
    with gr.Column(visible=False, elem_id="put-in") as parts.put:
        with gr.Row(equal_height=False):
            parts.put_where = gr.Dropdown(PARTS, value=None, label="写进哪个部分", elem_id="put-where", min_width=190)
            parts.put_yes = gr.Button("写入", variant="primary", size="sm", scale=0, min_width=90, elem_id="put-yes")
            parts.put_no = gr.Button("不写", size="sm", scale=0, min_width=90, elem_id="put-no")
        parts.put_text = gr.Textbox(
            label="写进去的一段，可以先改", lines=2, max_lines=3, max_length=LONGEST, elem_id="put-text"
        )
        parts.put_said = gr.HTML("", elem_id="put-said", padding=False)
        parts.put_vouch = gr.Checkbox(False, label="这些数字本单位已核实", elem_id="put-vouch", visible=False)
    parts.put_told = pickable("", visible=False, elem_id="put-told", padding=False)


class Putting:
    """What happens on the form; what is written is shown on every page, for it goes over the desk."""

    def __init__(self, services: Gongkai, desk: gr.State, parts: SimpleNamespace) -> None:
        self.services, self.desk, self.parts = services, desk, parts

    def connect(self) -> None:
        parts, services = self.parts, self.services
        looked = [parts.put_text, parts.put_where, self.desk]
        for event in (parts.put_text.change, parts.put_where.change):
            event(acting(services)(self.looked), looked, [parts.put_said, parts.put_vouch], **_QUIET)
        put = acting(services, "edit", on=lambda at, where, *rest: SECTION_TITLES.get(where, ""))(self.put)
        given = [parts.at, parts.put_where, parts.put_text, parts.put_vouch, self.desk]
        parts.put_yes.click(put, given, [parts.put, parts.put_told, self.desk], **_QUIET)
        parts.put_no.click(lambda: gr.Column(visible=False), None, parts.put, **_QUIET)
        undone = acting(services)(self.undone)
        parts.put_told.click(undone, [parts.at, self.desk], [parts.put_told, self.desk], **_QUIET)

    def looked(self, user: User, text: str, where: str | None, desk: Desk) -> tuple[str, Any]:
        """What the gates say against the paragraph as it stands."""
        if desk.ledger is None or not (text or "").strip():
            return "", gr.Checkbox(visible=False)
        against = self.services.insertion.against(desk.ledger, where or "other", " ".join(text.split()))
        loose = [one for one in against if one.kind == "numeral"]
        return _said(against), gr.Checkbox(visible=bool(loose)) if loose else gr.Checkbox(False, visible=False)

    def put(
        self, user: User, at: Session, where: str | None, text: str, vouched: bool, desk: Desk
    ) -> tuple[Any, Any, Desk]:
        ledger = desk.figures()
        self.services.insertion.put(user, ledger, where or "", text or "", vouched)
        assert where  # else it was refused
        at.put = (where, self._version(ledger, where))
        told = (
            f'<p role="status">已写进“{SECTION_TITLES[where]}”。'
            f'<button type="button" data-go="drafts/{where}">去看</button>'
            f'<button type="button" data-pick="take-out:{where}">撤销</button></p>'
        )
        return gr.Column(visible=False), gr.HTML(told, visible=True), Desk(ledger)

    def undone(self, user: User, at: Session, desk: Desk, event: gr.EventData) -> tuple[Any, Any]:
        """The paragraph that was put in last is taken out; UnusableInput where something was written since."""
        ledger, kind = desk.figures(), picked(event).partition(":")[0]
        if kind != "take-out" or at.put is None:
            raise UnusableInput("看不懂这个操作，请刷新页面再试")
        where, version = at.put
        if self._version(ledger, where) != version:
            raise UnusableInput(f"“{SECTION_TITLES[where]}”后来又改过，请到“起草”页撤销")
        self.services.sheets.undo(ledger, where)
        at.put = None
        return gr.HTML('<p role="status">已撤销，报告和写入以前一样。</p>', visible=True), Desk(ledger)

    def _version(self, ledger: LedgerResult, where: str) -> int:
        now = self.services.sheets.current(ledger, where)
        return now.id if now else 0


def opened(talk: Talk, user: User, at: Session, id: int, desk: Desk) -> Shown:
    """The form with an answer as a paragraph in it; UnusableInput while there is no document."""
    desk.figures()
    answer = talk.answer(user, at, id)
    return {"put": True, "put_text": paragraph(answer), "put_told": ""}


def _said(against: Sequence[Remark]) -> str:
    items = "".join(f"<li><b>{escape(one.quote)}</b>：{escape(one.message)}</li>" for one in against)
    return f'<ul class="against">{items}</ul>' if items else ""
