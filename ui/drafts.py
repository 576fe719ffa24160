"""起草: one narrative section from the ledger of this session."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Iterator

import gradio as gr

from domain import SECTION_TITLES, Delta, Draft, Finished, Progress
from report.assemble import NARRATIVE
from services import Gongkai
from ui import panels
from ui.desk import Desk
from ui.session import acting

CHOICES = [(SECTION_TITLES[section], section) for section in NARRATIVE]


def drafts_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Row():
        section = gr.Dropdown(CHOICES, value="problems", label="部分", elem_id="section", scale=2)
        with_model = gr.Checkbox(True, label="用模型起草（没有模型时由系统写成）", scale=2)
        write = gr.Button("起草", variant="primary", elem_id="draft", scale=1)
        stop = gr.Button("停止", scale=1)
    with gr.Row(equal_height=False):
        with gr.Column(scale=3):
            text = gr.Textbox(label="草稿（可以修改，生成报告时采用修改后的文字）", lines=16, max_lines=30, elem_id="draft-text", buttons=["copy"])
        with gr.Column(scale=2):
            basis = gr.HTML(panels.empty("数字、线索和所依据的条文会列在这里。"), elem_id="draft-basis")

    @acting(services, "draft", on=lambda name, *rest: SECTION_TITLES[name])
    def compose(user, name: str, model: bool, current: Desk):
        yield from _compose(services, user, name, model, current)

    @acting(services)
    def edited(user, name: str, body: str, current: Desk) -> Desk:
        draft = current.drafts.get(name) or Draft(name, "", "composed", notes=("由办公室自行撰写",))
        changed = current.ledger and body.strip() and body != draft.text
        return current.keep(services, user, replace(draft, text=body)) if changed else current

    def shown(name: str, current: Desk) -> tuple[str, str]:
        draft = current.drafts.get(name)
        return (draft.text, panels.drafted(draft)) if draft else ("", panels.empty("这个部分还没有起草。"))

    text.blur(edited, [section, text, desk], desk, show_progress="hidden")
    # Another ledger is another desk: words drafted from the last one must not stay in the box.
    for change in (section.change, desk.change):
        change(shown, [section, desk], [text, basis], show_progress="hidden")
    started = write.click(
        compose, [section, with_model, desk], [text, basis, desk], concurrency_limit=4
    )
    stop.click(None, cancels=[started])


def _compose(services: Gongkai, user: Any, section: str, with_model: bool, desk: Desk) -> Iterator[tuple[str, str, Desk]]:
    streamed = ""
    for event in services.draft(section, desk.figures(), with_model=with_model):
        if isinstance(event, Progress):
            yield streamed, panels.empty(event.message), desk
        elif isinstance(event, Delta):
            streamed += event.text
            yield streamed, panels.empty("正在起草…"), desk
        elif isinstance(event, Finished):
            yield event.result.text, panels.drafted(event.result), desk.keep(services, user, event.result, event.result.mode)
