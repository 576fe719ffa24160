"""起草: one section at a time, what it rests on at the left, the draft at the right."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import gradio as gr

from domain import (
    SECTION_TITLES,
    Delta,
    Draft,
    Event,
    Finished,
    LedgerResult,
    ModelUnavailable,
    Progress,
    Remark,
    UnusableInput,
    User,
)
from services import EditedMeanwhile, Gongkai, last_result
from ui import basis, editor, questions
from ui.desk import Desk
from ui.session import acting

CHOICES = [
    (title.removeprefix("存在的主要").removesuffix("需要报告的事项"), name) for name, title in SECTION_TITLES.items()
]
SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"
NO_LEDGER = "先在“数据”页上传台账，再选一个部分起草。"


def drafts_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    section = gr.Radio(CHOICES, value="overview", label="部分", elem_id="section")
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300):
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
        with gr.Column(scale=3, min_width=340):
            with gr.Row(elem_id="draft-tools"):
                write = gr.Button("起草", variant="primary", elem_id="draft", min_width=90)
                stop = gr.Button("停止", elem_id="draft-stop", min_width=70)
                undo = gr.Button("撤销", elem_id="draft-undo", min_width=70)
                redo = gr.Button("重做", elem_id="draft-redo", min_width=70)
                with_model = gr.Checkbox(
                    False, label="用模型起草", elem_id="with-model", min_width=130, container=False
                )
            offered = gr.HTML("", elem_id="offers", apply_default_css=False, padding=False, js_on_load=SENDS)
            pending = gr.State(())
            paper = editor.editor()
            remarks = gr.HTML("", elem_id="draft-remarks", apply_default_css=False, js_on_load=SENDS)
            with gr.Accordion("以前的版本", open=False, elem_id="draft-versions"), gr.Row():
                version = gr.Dropdown([], label="版本", elem_id="draft-version", scale=3)
                restore = gr.Button("恢复这个版本", elem_id="draft-restore", scale=1, min_width=120)
    Wiring(services, section, desk, rests, notes, paper, remarks, version, offered, pending, asked).wire(
        write, stop, undo, redo, restore, with_model
    )


class Wiring:
    """The tab's components and what happens between them; keeps no state of any user but what is running."""

    def __init__(
        self, services: Gongkai, section, desk, rests, notes, paper, remarks, version, offered, pending, asked
    ) -> None:
        self.services = services
        self.section, self.desk, self.rests, self.notes = section, desk, rests, notes
        self.paper, self.remarks, self.version = paper, remarks, version
        self.offered, self.pending, self.asked = offered, pending, asked
        self.running: dict[int, tuple[str, threading.Event]] = {}

    def wire(self, write, stop, undo, redo, restore, with_model) -> None:
        services, place = self.services, [self.section, self.desk]
        shown = [self.paper, self.remarks, self.version]
        titled: Callable[..., str] = lambda name, *rest: SECTION_TITLES[name]  # noqa: E731

        everything = [self.rests, self.notes, *shown, self.offered, self.pending, self.asked]
        # One after the other, as they were asked for: a ledger's first section does not come up over one chosen since.
        laying_out = {"show_progress": "hidden", "concurrency_id": "lay out a section", "concurrency_limit": 1}
        self.desk.change(acting(services)(self.laid_out), place, everything, **laying_out)
        self.notes.change(
            acting(services)(self.noted), [self.notes, *place], None, show_progress="hidden", trigger_mode="always_last"
        )
        self.paper.input(
            acting(services)(self.typed),
            [self.paper, self.desk, self.section],
            [self.paper, self.remarks],
            js=editor.TYPED,
            show_progress="hidden",
            trigger_mode="always_last",
        )
        compose = acting(services, "draft", on=titled)(self.composed)
        # Not Gradio's ``cancels``: it may reach the run that was begun after the one it is meant for.
        writing = {"show_progress": "hidden", "trigger_mode": "multiple", "concurrency_limit": 8}
        write.click(compose, [self.section, with_model, self.desk], [*shown, self.offered, self.pending], **writing)
        self.offered.submit(
            acting(services, "edit", on=lambda sent, name, *rest: SECTION_TITLES[name])(self.answered),
            [self.offered, self.section, self.desk, self.pending],
            [*shown, self.offered, self.pending],
            js=SENT,
            show_progress="hidden",
        )
        self.paper.select(
            acting(services, "draft", on=self._on_message)(self.anew),
            [self.paper, with_model, self.desk],
            shown,
            js=editor.ASKED,
            **writing,
        )
        vouch = acting(services, "vouch", on=lambda sent, *rest: SECTION_TITLES[json.loads(sent)["section"]])
        self.remarks.submit(vouch(self.vouched), [self.remarks, self.desk], shown, js=SENT, show_progress="hidden")
        self.asked.submit(
            acting(services)(self.told),
            [self.asked, self.section, self.desk],
            [*shown, self.offered, self.pending, self.asked],
            js=SENT,
            show_progress="hidden",
        )
        stop.click(acting(services)(self.stopped), place, shown, show_progress="hidden")
        self.section.change(acting(services)(self.turned_to), place, everything, **laying_out)
        for button, move in ((undo, services.sheets.undo), (redo, services.sheets.redo)):
            button.click(acting(services, "edit", on=titled)(self._moved(move)), place, shown, show_progress="hidden")
        restore.click(
            acting(services, "edit", on=titled)(self.restored), [*place, self.version], shown, show_progress="hidden"
        )

    # --- what is shown ----------------------------------------------------------------------------

    def laid_out(self, user: User, name: str, desk: Desk):
        """Everything of a section: after its choice, after another ledger, after a restart."""
        if desk.ledger is None:
            return basis.nothing(), "", editor.closed(NO_LEDGER), "", gr.Dropdown([], value=None), "", (), ""
        self.services.sheets.stand(user, desk.ledger)
        said = self.services.sheets.notes(desk.ledger, name)
        told, asked = self._notes(desk.ledger, name), questions.asked(self.services, desk.ledger)
        shown = self._shown(desk.ledger, name)
        return basis.material(self.services, desk.ledger, name, told), said, *shown, "", (), asked

    def turned_to(self, user: User, name: str, desk: Desk):
        """Another section; one that is being written is stopped, so that it does not come up in this one's place."""
        if self.running.get(user.id, (name,))[0] != name:
            self._stop(user)
        return self.laid_out(user, name, desk)

    def _shown(self, ledger: LedgerResult, name: str, told: str = "") -> tuple[str, str, Any]:
        """The draft that counts in the editor, what is to be said about it, and its versions."""
        read, notes = time.time_ns(), self._notes(ledger, name)
        held, now = self.services.sheets.versions(ledger, name), self.services.sheets.current(ledger, name)
        draft = self.services.sheets.sheet(name, ledger)
        state = told or (basis.state(now) if now else "")
        value = editor.opened(self.services, ledger, name, draft, notes, state, read=read)
        said = basis.remarks(self._inspected(ledger, draft, notes), draft) if draft else ""
        older = [(basis.labelled(one), one.id) for one in held]
        return value, said, gr.Dropdown(older, value=now.id if now else None)

    def _inspected(self, ledger: LedgerResult, draft: Draft, notes: str) -> tuple[Remark, ...]:
        return self.services.writing.inspect(draft.text, ledger, notes, draft, self.services.sheets.own(ledger))

    def _notes(self, ledger: LedgerResult, name: str) -> str:
        return self.services.sheets.told(ledger, name)

    # --- what is typed ----------------------------------------------------------------------------

    def typed(self, user: User, sent: str, desk: Desk, showing: str):
        """Keep a text as it was typed, and say what the gates think of it."""
        messages = editor.received(sent)
        if not messages:  # sent twice: the first time has done it
            return gr.skip(), gr.skip()
        *others, message = messages
        told = [refused for one in others if (refused := self._kept(user, one, desk)[1])]
        draft, refused = self._kept(user, message, desk)
        at = time.time_ns()
        if told or refused:
            gr.Warning("；".join([*told, *([refused] if refused else [])]), duration=None, title="没有覆盖")
        state = "没有写进报告，见提示" if refused else f"已保存 {datetime.now():%H:%M:%S}"
        anew = (
            self._shown(desk.ledger, showing, state)[0] if desk.ledger and any(one.earlier for one in messages) else ""
        )
        if draft is None:
            return editor.answer(messages, (), None, state, at, anew), gr.skip()
        ledger = self._ledger(desk, message)
        notes, own = self._notes(ledger, message.section), self.services.sheets.own(ledger)
        said = self.services.writing.inspect(message.text, ledger, notes, draft, own)
        return editor.answer(messages, said, draft, state, at, anew), basis.remarks(said, draft)

    def _kept(self, user: User, message: editor.TypedText, desk: Desk) -> tuple[Draft | None, str]:
        """The draft that a text is now; None, and why, where it was set aside or belongs to no ledger that there is."""
        try:
            ledger = self._ledger(desk, message)
        except UnusableInput as error:
            return None, f"“{SECTION_TITLES[message.section]}”中写的“{message.text[-60:]}”没有保存：{error}"
        notes = self._notes(ledger, message.section)
        try:
            return self.services.sheets.keep_text(user, ledger, message.section, message.text, message.bases, notes), ""
        except EditedMeanwhile as error:
            return None, str(error)

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
        by_rule = last_result(
            self.services.writing.draft(name, ledger, with_model=False, notes=self._notes(ledger, name))
        )
        found = sheets.offers(ledger, by_rule, "台账")
        return *self._shown(ledger, name), basis.offers(found), found, questions.asked(self.services, ledger)

    def vouched(self, user: User, sent: str, desk: Desk):
        """A typed number is the office's own from now on, by whom and when."""
        message, ledger = json.loads(sent), desk.figures()
        try:
            start, end = map(int, message["send"].split("-"))
            name = str(message["section"])
        except (KeyError, ValueError) as error:
            raise UnusableInput("看不懂这个操作，请刷新页面再试") from error
        self.services.sheets.vouch(user, ledger, name, start, end)
        return self._shown(ledger, name)

    def noted(self, user: User, text: str, name: str, desk: Desk) -> None:
        if desk.ledger is not None and text != self.services.sheets.notes(desk.ledger, name):
            self.services.sheets.note(desk.ledger, name, text)

    # --- what is written --------------------------------------------------------------------------

    def composed(self, user: User, name: str, model: bool, desk: Desk) -> Iterator[tuple]:
        """What the ledger gives for the section: at once where nothing was written, else as offers; then the model's.

        Nothing that stands is replaced: each paragraph that would change is offered, and the text can be
        worked on meanwhile.
        """
        ledger, stop = desk.figures(), self._begun(user, name)
        notes, sheets = self._notes(ledger, name), self.services.sheets
        by_rule = last_result(self.services.writing.draft(name, ledger, with_model=False, notes=notes))
        now = sheets.sheet(name, ledger)
        if now is None or not now.text.strip():
            sheets.keep_draft(user, ledger, by_rule, notes=notes)
            found: list[Any] = []
        else:
            found = [*sheets.offers(ledger, by_rule, "台账")]
        told = basis.offers(found, "" if found or model else "与按台账写成的文字相同，没有可改的段落。")
        yield *self._shown(ledger, name), told, tuple(found)
        if not model:
            return
        keep = [gr.skip()] * 3
        yield *keep, basis.offers(found, "正在请模型逐段改写，可以继续修改正文…", busy=True), tuple(found)
        finished = None
        for event in self.services.writing.draft(name, ledger, stop.is_set, True, notes):
            if stop.is_set():
                yield *keep, basis.offers(found, "已停止，正文没有改动。"), tuple(found)
                return
            if isinstance(event, Progress):
                yield *keep, basis.offers(found, f"{event.message}，可以继续修改正文…", busy=True), tuple(found)
            elif isinstance(event, Finished):
                finished = event.result
        if finished is None:
            return
        known = {offer.new for offer in found}
        ours = set(by_rule.text.split("\n"))
        better = [one for one in sheets.offers(ledger, finished, "模型") if one.new not in known | ours]
        found += better
        said = f"模型改写了 {len(better)} 段，请逐段看过再采用。" if better else self._why_not(finished)
        yield *keep, basis.offers(found, said), tuple(found)

    @staticmethod
    def _why_not(draft: Draft) -> str:
        """Why nothing of the model's is offered."""
        faults = [note.text for note in draft.notes if note.code in ("no-model", "model-failed")]
        return "；".join(faults) or "模型写的没有一段比现在的更好，没有采用。"

    def answered(self, user: User, sent: str, name: str, desk: Desk, pending: tuple[Any, ...]):
        """One offer, or all, accepted or refused."""
        message, ledger = json.loads(sent), desk.figures()
        try:
            which = range(len(pending)) if message["send"] == "all" else [int(message["send"])]
            wanted = [pending[place] for place in which]
        except (KeyError, ValueError, IndexError) as error:
            raise UnusableInput("这些改动已经过期，请再点一次“起草”") from error
        if message.get("verdict") == "accept":
            for offer in wanted:
                self.services.sheets.accept(user, ledger, name, offer)
        left = tuple(offer for offer in pending if offer not in wanted)
        return *self._shown(ledger, name), basis.offers(left), left

    def anew(self, user: User, sent: str, model: bool, desk: Desk) -> Iterator[tuple]:
        """One paragraph written anew, in the text as it stands in the editor."""
        *others, message = editor.received(sent)
        ledger, name = self._ledger(desk, message), message.section
        for one in (*others, message):
            _, refused = self._kept(user, one, desk)
            if refused:
                yield self._shown(ledger, name)
                raise UnusableInput(refused)
        stop = self._begun(user, name)
        events = self.services.writing.redraft(
            name,
            ledger,
            message.paragraph,
            message.text,
            stop.is_set,
            model,
            self._notes(ledger, name),
            kept=self.services.sheets.sheet(name, ledger),
        )
        yield from self._written(user, ledger, name, events, stop, [message.text])

    def _written(
        self,
        user,
        ledger: LedgerResult,
        name: str,
        events: Iterable[Event],
        stop: threading.Event,
        bases: list[str] | None = None,
    ) -> Iterator[tuple]:
        """Show a draft while it grows, keep the finished one; a stopped one leaves what was there."""
        try:
            yield from self._growing(user, ledger, name, events, stop, bases)
        except (UnusableInput, ModelUnavailable):
            yield self._shown(ledger, name)  # else nothing could be typed any more
            raise

    def _growing(
        self,
        user,
        ledger: LedgerResult,
        name: str,
        events: Iterable[Event],
        stop: threading.Event,
        bases: list[str] | None,
    ) -> Iterator[tuple]:
        streamed, told, notes = bases[0] if bases else "", "正在起草…", self._notes(ledger, name)
        since = self.services.sheets.counting(ledger)
        for event in events:
            if stop.is_set():
                return
            if isinstance(event, Finished):
                self.services.sheets.keep_draft(user, ledger, event.result, bases, notes, since)
                yield self._shown(ledger, name)
                return
            if isinstance(event, Progress):
                told = event.message
            elif isinstance(event, Delta) and not bases:
                streamed += event.text
            growing = Draft(name, streamed.strip("\n"), "composed")
            value = editor.opened(self.services, ledger, name, growing, notes, state=told, busy=True)
            if stop.is_set():  # meanwhile: what counts is shown again, made before this
                return
            yield value, "", gr.skip()

    def stopped(self, user: User, name: str, desk: Desk):
        """What counted before is shown again."""
        self._stop(user)
        return self._shown(desk.figures(), name, "已停止，草稿没有改动")

    def _begun(self, user: User, name: str) -> threading.Event:
        """What stops the draft that begins now, in the place of the user's one before."""
        self._stop(user)
        stop = threading.Event()
        self.running[user.id] = (name, stop)
        return stop

    def _stop(self, user: User) -> None:
        if user.id in self.running:
            self.running[user.id][1].set()

    # --- versions ---------------------------------------------------------------------------------

    def _moved(self, move: Callable) -> Callable:
        def moved(user: User, name: str, desk: Desk):
            ledger = desk.figures()
            before = self.services.sheets.current(ledger, name)
            there = move(ledger, name)
            told = "" if there else "没有更多的版本了"
            if there and before and before.by != user.name and there.id == before.parent:
                told = f"撤销的是{before.by}的修改，点“重做”可以恢复"
            return self._shown(ledger, name, told)

        return moved

    def restored(self, user: User, name: str, desk: Desk, version: int | None):
        ledger = desk.figures()
        if version is None:
            raise UnusableInput("请先选一个版本")
        self.services.sheets.restore_version(user, ledger, name, version)
        return self._shown(ledger, name)

    # --- inside -----------------------------------------------------------------------------------

    def _ledger(self, desk: Desk, message: editor.TypedText) -> LedgerResult:
        """The ledger that a text was written for: the desk's, or the one that lay there a moment ago."""
        report = (message.org, message.year)
        if desk.ledger and report == (desk.ledger.figures.org, desk.ledger.figures.year):
            return desk.ledger
        before = self.services.ledgers.of_year(*report)
        if before is None:
            raise UnusableInput("台账已经换过，请重新打开这个部分再修改")
        return self.services.ledgers.compute(before.path)

    @staticmethod
    def _on_message(sent: str, *rest: Any) -> str:
        return SECTION_TITLES[editor.received(sent)[-1].section]
