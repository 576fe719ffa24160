"""起草: the report as it will be printed, one part of it open for typing; what it rests on stands beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import gradio as gr

from domain import SECTION_TITLES, UnusableInput, User
from services import Gongkai, last_result
from ui import basis, editor, questions
from ui.composing import Composing
from ui.desk import Desk
from ui.session import acting
from ui.sheet import OpenSheet

CHOICES = [(title, name) for name, title in SECTION_TITLES.items()]
SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"
NO_LEDGER = "先在“数据”页上传台账：整份文稿会按台账写好，显示在这里。"
_QUIET: dict[str, Any] = {"show_progress": "hidden"}


def drafts_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    parts = _lay_out()
    Wiring(services, desk, parts).connect()


def _lay_out() -> SimpleNamespace:
    section = gr.Radio(CHOICES, value="overview", label="部分", elem_id="section", visible="hidden")
    with gr.Row(equal_height=False, elem_id="drafting"):
        with gr.Column(scale=1, min_width=150, elem_id="parts-side"):
            margin = gr.HTML("", elem_id="parts", apply_default_css=False, padding=False)
        with gr.Column(scale=6, min_width=340):
            with gr.Row(elem_id="draft-tools"):
                write = gr.Button("起草", variant="primary", size="sm", elem_id="draft", min_width=80)
                stop = gr.Button("停止", size="sm", elem_id="draft-stop", min_width=70)
                undo = gr.Button("撤销", size="sm", elem_id="draft-undo", min_width=70)
                redo = gr.Button("重做", size="sm", elem_id="draft-redo", min_width=70)
                with_model = gr.Checkbox(
                    False, label="用模型起草", elem_id="with-model", min_width=130, container=False
                )
            offered = gr.HTML("", elem_id="offers", apply_default_css=False, padding=False, js_on_load=SENDS)
            with gr.Column(elem_id="whole-page"):
                before = gr.HTML("", elem_id="page-before", apply_default_css=False, padding=False)
                paper = editor.editor()
                after = gr.HTML("", elem_id="page-after", apply_default_css=False, padding=False)
        with gr.Column(scale=4, min_width=300, elem_id="beside"):
            remarks = gr.HTML("", elem_id="draft-remarks", apply_default_css=False, js_on_load=SENDS)
            with gr.Accordion("台账没有记载的工作：十个问题", open=False, elem_id="asked-box"):
                asked = gr.HTML("", elem_id="asked", apply_default_css=False, padding=False, js_on_load=SENDS)
            rests = gr.HTML(basis.nothing(), elem_id="draft-basis", apply_default_css=False)
            notes = gr.Textbox(
                label="填报人补充说明（原样写入，起草时采用）",
                lines=3,
                max_lines=8,
                elem_id="draft-notes",
                max_length=4000,
            )
            with gr.Accordion("以前的版本", open=False, elem_id="draft-versions"):
                version = gr.Dropdown([], label="版本", elem_id="draft-version")
                with gr.Row():
                    restore = gr.Button("恢复这个版本", size="sm", elem_id="draft-restore", min_width=110)
                    compare = gr.Button("逐段比较", size="sm", elem_id="draft-compare", min_width=90)
    pending = gr.State(())
    return SimpleNamespace(**locals())


class Wiring:
    """The tab's components and what happens between them; keeps no state of any user."""

    def __init__(self, services: Gongkai, desk: gr.State, parts: SimpleNamespace) -> None:
        self.services, self.desk, self.parts = services, desk, parts
        self.sheet = OpenSheet(services)
        self.composing = Composing(services, self.sheet)

    def connect(self) -> None:
        services, parts, composing = self.services, self.parts, self.composing
        place = [parts.section, self.desk]
        shown = [parts.paper, parts.remarks, parts.version, parts.before, parts.after, parts.margin]
        offers = [parts.offered, parts.pending]
        titled: Callable[..., str] = lambda name, *rest: SECTION_TITLES[name]  # noqa: E731

        everything = [parts.rests, parts.notes, *shown, *offers, parts.asked]
        # One after the other, as they were asked for: a ledger's first section does not come up over one chosen since.
        laying_out = {**_QUIET, "concurrency_id": "lay out a section", "concurrency_limit": 1}
        self.desk.change(acting(services)(self.laid_out), place, everything, **laying_out)
        parts.section.change(acting(services)(self.turned_to), place, everything, **laying_out)
        noted = acting(services)(self.noted)
        parts.notes.change(noted, [parts.notes, *place], None, trigger_mode="always_last", **_QUIET)
        typed = acting(services)(self.typed)
        typing = {**_QUIET, "js": editor.TYPED, "trigger_mode": "always_last"}
        changed = [parts.paper, parts.remarks, parts.margin]
        parts.paper.input(typed, [parts.paper, self.desk, parts.section], changed, **typing)
        # Not Gradio's ``cancels``: it may reach the run that was begun after the one it is meant for.
        writing = {**_QUIET, "trigger_mode": "multiple", "concurrency_limit": 8}
        compose = acting(services, "draft", on=titled)(composing.composed)
        parts.write.click(compose, [parts.section, parts.with_model, self.desk], [*shown, *offers], **writing)
        anew = acting(services, "draft", on=self._on_message)(composing.anew)
        parts.paper.select(anew, [parts.paper, parts.with_model, self.desk], shown, js=editor.ASKED, **writing)
        parts.stop.click(acting(services)(composing.stopped), place, shown, **_QUIET)
        answer = acting(services, "edit", on=lambda sent, name, *rest: SECTION_TITLES[name])(composing.answered)
        given = [parts.offered, *place, parts.pending]
        parts.offered.submit(answer, given, [*shown, *offers], js=SENT, **_QUIET)
        vouch = acting(services, "vouch", on=lambda sent, *rest: SECTION_TITLES[json.loads(sent)["section"]])
        parts.remarks.submit(vouch(self.vouched), [parts.remarks, self.desk], shown, js=SENT, **_QUIET)
        told = acting(services)(self.told)
        parts.asked.submit(told, [parts.asked, *place], [*shown, *offers, parts.asked], js=SENT, **_QUIET)
        for button, move in ((parts.undo, services.sheets.undo), (parts.redo, services.sheets.redo)):
            button.click(acting(services, "edit", on=titled)(self._moved(move)), place, shown, **_QUIET)
        restored = acting(services, "edit", on=titled)(self.restored)
        parts.restore.click(restored, [*place, parts.version], shown, **_QUIET)
        parts.compare.click(acting(services)(composing.compared), [*place, parts.version], offers, **_QUIET)

    # --- what is shown ----------------------------------------------------------------------------

    def laid_out(self, user: User, name: str, desk: Desk):
        """Everything of a section: after its choice, after another ledger, after a restart."""
        if (ledger := desk.ledger) is None:
            empty = gr.Dropdown([], value=None)
            return basis.nothing(), "", editor.closed(NO_LEDGER), "", empty, "", "", "", "", (), ""
        sheets = self.services.sheets
        sheets.stand(user, ledger)
        rests = basis.material(self.services, ledger, name, sheets.told(ledger, name))
        asked = questions.asked(self.services, ledger)
        return rests, sheets.notes(ledger, name), *self.sheet.shown(ledger, name), "", (), asked

    def turned_to(self, user: User, name: str, desk: Desk):
        """Another section."""
        self.composing.turned(user, name)
        return self.laid_out(user, name, desk)

    # --- what is typed ----------------------------------------------------------------------------

    def typed(self, user: User, sent: str, desk: Desk, showing: str):
        """Keep a text as it was typed, and say what the gates think of it."""
        messages = editor.received(sent)
        if not messages:  # sent twice: the first time has done it
            return gr.skip(), gr.skip(), gr.skip()
        *others, message = messages
        told = [refused for one in others if (refused := self.sheet.keep(user, one, desk)[1])]
        draft, refused = self.sheet.keep(user, message, desk)
        at = time.time_ns()
        if told or refused:
            gr.Warning("；".join([*told, *([refused] if refused else [])]), duration=None, title="没有覆盖")
        state = "没有写进报告，见提示" if refused else f"已保存 {datetime.now():%H:%M:%S}"
        laid = desk.ledger is not None and any(one.earlier for one in messages)
        anew = self.sheet.shown(desk.figures(), showing, state)[0] if laid else ""
        margin = self.sheet.margin(desk.ledger, showing) if desk.ledger else gr.skip()
        if draft is None:
            return editor.answer(messages, (), None, state, at, anew), gr.skip(), margin
        ledger = self.sheet.ledger(desk, message)
        said = self.sheet.inspected(ledger, draft, self.services.sheets.told(ledger, message.section))
        return editor.answer(messages, said, draft, state, at, anew), basis.remarks(said, draft), margin

    def told(self, user: User, sent: str, name: str, desk: Desk):
        """An answer to a question: it stands in the text at once, or is offered where the text was worked on."""
        message, ledger, sheets = json.loads(sent), desk.figures(), self.services.sheets
        try:
            key, text = str(message["send"]), str(message["words"]) if message["verdict"] == "tell" else ""
        except KeyError as error:
            raise UnusableInput("看不懂这个操作，请刷新页面再试") from error
        if message["verdict"] == "tell" and not text.strip():
            raise UnusableInput("还没有写；不写这一项请点“不写”")
        sheets.answer(user, ledger, key, text)
        sheets.stand(user, ledger)
        notes = sheets.told(ledger, name)
        by_rule = last_result(self.services.writing.draft(name, ledger, with_model=False, notes=notes))
        found = sheets.offers(ledger, by_rule, "台账")
        asked = questions.asked(self.services, ledger)
        return *self.sheet.shown(ledger, name), basis.offers(found), found, asked

    def vouched(self, user: User, sent: str, desk: Desk):
        """A typed number is the office's own from now on, by whom and when."""
        message, ledger = json.loads(sent), desk.figures()
        try:
            start, end = map(int, message["send"].split("-"))
            name = str(message["section"])
        except (KeyError, ValueError) as error:
            raise UnusableInput("看不懂这个操作，请刷新页面再试") from error
        self.services.sheets.vouch(user, ledger, name, start, end)
        return self.sheet.shown(ledger, name)

    def noted(self, user: User, text: str, name: str, desk: Desk) -> None:
        if desk.ledger is not None and text != self.services.sheets.notes(desk.ledger, name):
            self.services.sheets.note(desk.ledger, name, text)

    # --- versions ---------------------------------------------------------------------------------

    def _moved(self, move: Callable) -> Callable:
        def moved(user: User, name: str, desk: Desk):
            ledger = desk.figures()
            before = self.services.sheets.current(ledger, name)
            there = move(ledger, name)
            told = "" if there else "没有更多的版本了"
            if there and before and before.by != user.name and there.id == before.parent:
                told = f"撤销的是{before.by}的修改，点“重做”可以恢复"
            return self.sheet.shown(ledger, name, told)

        return moved

    def restored(self, user: User, name: str, desk: Desk, version: int | None):
        ledger = desk.figures()
        if version is None:
            raise UnusableInput("请先选一个版本")
        self.services.sheets.restore_version(user, ledger, name, version)
        return self.sheet.shown(ledger, name)

    @staticmethod
    def _on_message(sent: str, *rest: Any) -> str:
        return SECTION_TITLES[editor.received(sent)[-1].section]
