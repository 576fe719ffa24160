"""对话: past conversations, questions and their streamed cited answers, the cited articles beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from ui import citations, putting, turns
from ui.days import TODAY, day_control, day_of, in_words
from ui.desk import Desk
from ui.picking import pickable, picked
from ui.session import acting
from ui.talk import Session, Shown, Talk

REASONS = ["引用的条文不对", "没有回答问题", "内容不完整", "表述有误", "条文已经失效"]
# An answer in the making is looked at from here; the model itself takes one at a time.
_LOOKING = {"concurrency_limit": 32, "show_progress": "hidden"}
_QUICK = {"show_progress": "hidden"}
ASKED = "question conversation cited past manage title send stop rating changing put put_told".split()
"""What changes when a question is asked and answered."""
EVERY_SOURCE = "来源：全部"


def chat_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Row(equal_height=False, elem_id="talk"):
        with gr.Column(scale=2, min_width=190, elem_id="past-side"):
            parts = _lay_out_past()
        with gr.Column(scale=6, min_width=330, elem_id="talk-side"):
            _lay_out_talk(parts)
        with gr.Column(scale=4, min_width=290, elem_id="cited-side"):
            parts.day = day_control("按哪一天判断效力", "as-of")
            with gr.Accordion(EVERY_SOURCE, open=False, elem_id="sources-box") as parts.sources_box:
                parts.sources = gr.CheckboxGroup([], label="答复只用勾选的来源", elem_id="sources")
                parts.every = gr.Button("全选", size="sm", elem_id="every-source")
            parts.cited = pickable(citations.listed(0, ()), elem_id="cited")
    parts.at = gr.State(Session())
    parts.kept = gr.Textbox(visible="hidden", label="上次打开的对话")
    _Wiring(services, desk, parts).connect(page)
    putting.Putting(services, desk, parts).connect()


def _lay_out_past() -> SimpleNamespace:
    new = gr.Button("＋ 新对话", elem_id="clear", size="md")
    find = gr.Textbox(
        label="查找以往对话",
        show_label=False,
        placeholder="查找以往对话",
        elem_id="past-search",
        max_lines=1,
        container=False,
    )
    past = pickable(turns.past((), None, False), elem_id="past-list")
    with gr.Accordion("改名、导出、删除", open=False, visible=False, elem_id="manage") as manage:
        title = gr.Textbox(label="名称（回车保存）", elem_id="title", max_lines=1, max_length=80)
        with gr.Row():
            markdown = gr.Button("导出文本", size="sm", min_width=70, elem_id="export-md")
            as_json = gr.Button("导出 JSON", size="sm", min_width=70, elem_id="export-json")
        delete = gr.Button("删除对话", size="sm", elem_id="delete")
        with gr.Row(visible=False) as sure:
            really = gr.Button("确定删除", size="sm", variant="stop", min_width=70, elem_id="really-delete")
            keep = gr.Button("不删除", size="sm", min_width=70)
    exported = gr.Textbox(visible="hidden", label="导出的内容")
    return SimpleNamespace(**locals())


def _lay_out_talk(parts: SimpleNamespace) -> None:
    parts.conversation = pickable(turns.empty_conversation(), elem_id="conversation")
    with gr.Row(visible=False, equal_height=True, elem_id="why") as parts.rating:
        parts.reason = gr.Dropdown(
            REASONS,
            value=None,
            label="原因（可选可写，供审核人员改进）",
            allow_custom_value=True,
            scale=4,
            elem_id="reason",
        )
        parts.reasoned = gr.Button("保存原因", scale=1, min_width=90, elem_id="save-reason")
    putting.lay_out(parts)
    parts.changing = gr.HTML(visible=False, elem_id="changing")
    parts.attached = pickable("", visible=False, elem_id="attached", padding=False)
    with gr.Row(equal_height=True, elem_id="ask"):
        parts.attach = gr.UploadButton("＋ 文件", elem_id="attach", size="sm", scale=0, min_width=84)
        parts.question = gr.Textbox(
            label="问题",
            show_label=False,
            container=False,
            placeholder="输入问题，回车发送",
            elem_id="question",
            max_length=2000,
            max_lines=5,
            autofocus=True,
            scale=6,
            min_width=180,
        )
        parts.send = gr.Button("发送", variant="primary", elem_id="send", scale=1, min_width=72)
        parts.stop = gr.Button("停止", elem_id="stop", scale=1, min_width=72, visible=False)


class _Wiring:
    """Events to actions of ``Talk``, and what these show to components."""

    def __init__(self, services: Gongkai, desk: gr.State, parts: SimpleNamespace) -> None:
        self.services, self.desk, self.parts = services, desk, parts
        self.talk = Talk(services)
        names = (
            "question",
            "conversation",
            "cited",
            "past",
            "manage",
            "title",
            "send",
            "stop",
            "rating",
            "reason",
            "changing",
            "day",
            "attached",
            "sources",
            "sources_box",
            "put",
            "put_text",
            "put_told",
        )
        self.outputs = [getattr(parts, name) for name in names]

    def connect(self, page: gr.Blocks) -> None:
        parts, talk = self.parts, self.talk
        self._asking()
        self._picking()
        self._managing()
        self._resting()
        self._on(parts.stop.click, talk.stop)
        self._on(parts.new.click, lambda user, at: talk.open(user, at, None))
        self._on(parts.day.input, lambda user, at, day: talk.beside(user, at, day_of(day)), parts.day)
        self._on(parts.reasoned.click, self._reasoned, parts.reason)
        kept = "() => [null, window.openedBefore]"
        self._on(page.load, self.talk.reopened, parts.kept, js=kept)

    def _on(self, event: Any, action: Any, *inputs: Any, outputs: Sequence[Any] = (), **options: Any) -> Any:
        """Wire an action ``(user, session, *inputs)`` that gives or yields what to show.

        ``outputs`` are those that it may touch: each one costs the server time, also where it is left as it is.
        """

        @acting(self.services)
        def run(user: User, at: Session, *values: Any) -> Iterator[dict]:
            shown = action(user, at, *values)
            for each in [shown] if isinstance(shown, (dict, type(None))) else shown:
                yield self._updates(each or {})

        return event(run, [self.parts.at, *inputs], outputs or self.outputs, **_LOOKING | options)

    def _updates(self, shown: Shown) -> dict:
        """Values as updates of the components that they are named after."""
        made = {
            "manage": lambda shows: gr.Accordion(visible=shows),
            "rating": lambda shows: gr.Row(visible=shows),
            "send": lambda shows: gr.Button(visible=shows),
            "stop": lambda shows: gr.Button(visible=shows),
            "changing": lambda said: gr.HTML(said, visible=bool(said)),
            "day": lambda day: TODAY if day is None else in_words(day),
            "attached": lambda said: gr.HTML(said, visible=bool(said)),
            "sources": self._ticked,
            "sources_box": lambda unticked: gr.Accordion(label=_left_out(unticked)),
            "put": lambda shows: gr.Column(visible=shows),
            "put_told": lambda said: gr.HTML(said, visible=bool(said)),
        }
        updates = {
            getattr(self.parts, name): made.get(name, lambda value: value)(value) for name, value in shown.items()
        }
        if shown.get("rating"):
            updates[self.parts.reason] = None
        return updates or {self.parts.question: gr.skip()}

    def _asking(self) -> None:
        parts = self.parts

        def ask(user: User, at: Session, text: str, day: str, desk: Desk) -> Iterator[Shown]:
            yield from self.talk.ask(user, at, text, day_of(day), desk.ledger)

        for event in (parts.send.click, parts.question.submit):
            touched = [getattr(parts, name) for name in ASKED]
            self._on(event, ask, parts.question, parts.day, self.desk, outputs=touched, trigger_mode="multiple")

    def _picking(self) -> None:
        parts = self.parts

        @acting(self.services)
        def pick(user: User, at: Session, day: str, desk: Desk, event: gr.EventData) -> Iterator[dict]:
            for shown in self._picked(user, at, picked(event), day_of(day), desk):
                yield self._updates(shown)

        for source in (parts.conversation, parts.past, parts.cited, parts.attached):
            source.click(pick, [parts.at, parts.day, self.desk], self.outputs, trigger_mode="multiple", **_LOOKING)

    def _picked(self, user: User, at: Session, pick: str, day: Any, desk: Desk) -> Iterator[Shown]:
        kind, _, rest = pick.partition(":")
        talk = self.talk
        try:
            if kind == "ask":
                yield from talk.ask(user, at, rest, day, desk.ledger)
            elif kind == "read":
                yield from talk.read_as(user, at, rest, day, desk.ledger)
            elif kind == "retry":
                yield from talk.retry(user, at, int(rest), desk.ledger)
            elif kind == "edit":
                yield talk.change(user, at, int(rest))
            elif kind == "like":
                id, thumb = map(int, rest.split(":"))
                yield talk.rate(user, at, id, thumb)
            elif kind == "open":
                yield from talk.open(user, at, int(rest), day)
            elif kind == "detach":
                yield talk.detach(user, at, int(rest))
            elif kind == "put":
                yield putting.opened(talk, user, at, int(rest), desk)
            elif kind in ("cite", "all", "article"):
                at.beside = pick
                yield talk.beside(user, at, day)
        except ValueError as error:  # the browser may send anything
            raise UnusableInput("看不懂这个操作，请刷新页面再试") from error

    def _resting(self) -> None:
        """Files beside the question, and the sources that it keeps to."""
        parts, talk = self.parts, self.talk

        def attach(user: User, at: Session, path: str | None) -> Shown:
            return talk.attach(user, at, Path(path)) if path else {}

        self._on(parts.attach.upload, attach, parts.attach)
        self._on(parts.sources.input, talk.keep_to, parts.sources)
        everything = lambda user, at: {**talk.keep_to(user, at, self._keys()), "sources": frozenset()}  # noqa: E731
        self._on(parts.every.click, everything)
        self._on(parts.sources_box.expand, lambda user, at: {"sources": at.unticked}, trigger_mode="multiple")

    def _keys(self) -> list[str]:
        return [one.key for one in self.services.sources.listed()]

    def _ticked(self, unticked: frozenset[str]) -> Any:
        """The sources that there are, all but ``unticked`` ticked; they are listed once somebody looks."""
        choices = [(one.label, one.key) for one in self.services.sources.listed()]
        return gr.CheckboxGroup(choices, value=[key for _, key in choices if key not in unticked])

    def _managing(self) -> None:
        parts, talk = self.parts, self.talk

        def search(user: User, at: Session, text: str) -> Shown:
            at.searched = text
            return {"past": talk.past(user, at)["past"]}

        # Not ``input``: Gradio raises that for keys alone, and Chinese comes from an input method.
        self._on(parts.find.change, search, parts.find, trigger_mode="always_last")
        self._on(parts.title.submit, talk.rename, parts.title)
        self._on(parts.really.click, talk.delete).then(lambda: gr.Row(visible=False), None, parts.sure, **_QUICK)
        parts.delete.click(lambda: gr.Row(visible=True), None, parts.sure, **_QUICK)
        parts.keep.click(lambda: gr.Row(visible=False), None, parts.sure, **_QUICK)
        for button, form in ((parts.markdown, "markdown"), (parts.as_json, "json")):
            made = button.click(self._exporting(form), parts.at, parts.exported, **_QUICK)
            made.success(None, parts.exported, None, js="(made) => window.saveText(made)")

    def _exporting(self, form: str) -> Any:
        @acting(self.services)
        def export(user: User, at: Session) -> str:
            return self.talk.export(user, at, form)

        return export

    def _reasoned(self, user: User, at: Session, reason: str | None) -> Shown:
        if not at.rating:
            return {"rating": False}
        return self.talk.rate(user, at, *at.rating, (reason or "").strip() or "（未写原因）")


def _left_out(unticked: Collection[str]) -> str:
    return f"来源：去掉了 {len(unticked)} 项" if unticked else EVERY_SOURCE
