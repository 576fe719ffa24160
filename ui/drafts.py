"""起草: one narrative section from the ledger of this session."""

from __future__ import annotations

from typing import Iterator

import gradio as gr

from domain import SECTION_TITLES, Delta, Draft, Finished, LedgerResult, Progress, UnusableInput
from services import Gongkai
from ui import panels
from ui.faults import plainly

CHOICES = [(title, section) for section, title in SECTION_TITLES.items()]


def drafts_tab(services: Gongkai, ledger: gr.State, drafts: gr.State) -> None:
    """Lay out and wire the tab; ``drafts`` maps section names to this session's drafts."""
    with gr.Row():
        section = gr.Dropdown(CHOICES, value="problems", label="部分", elem_id="section", scale=2)
        with_model = gr.Checkbox(True, label="用模型起草（没有模型时由系统写成）", scale=2)
        write = gr.Button("起草", variant="primary", elem_id="draft", scale=1)
        stop = gr.Button("停止", scale=1)
    with gr.Row(equal_height=False):
        with gr.Column(scale=3):
            text = gr.Textbox(label="草稿（可以修改）", lines=16, max_lines=30, elem_id="draft-text", buttons=["copy"])
        with gr.Column(scale=2):
            basis = gr.HTML(panels.empty("数字、线索和所依据的条文会列在这里。"), elem_id="draft-basis")

    @plainly
    def compose(name: str, model: bool, current: LedgerResult | None, kept: dict):
        yield from _compose(services, name, model, current, kept)

    started = write.click(
        compose, [section, with_model, ledger, drafts], [text, basis, drafts], concurrency_limit=4
    )
    stop.click(None, cancels=[started])


def _compose(
    services: Gongkai, section: str, with_model: bool, ledger: LedgerResult | None, drafts: dict[str, Draft]
) -> Iterator[tuple[str, str, dict[str, Draft]]]:
    if ledger is None:
        raise UnusableInput("还没有台账：请先在“数据”页上传台账")
    streamed = ""
    for event in services.draft(section, ledger, with_model=with_model):
        if isinstance(event, Progress):
            yield streamed, panels.empty(event.message), drafts
        elif isinstance(event, Delta):
            streamed += event.text
            yield streamed, panels.empty("正在起草…"), drafts
        elif isinstance(event, Finished):
            yield event.result.text, panels.drafted(event.result), drafts | {section: event.result}
