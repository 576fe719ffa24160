"""资料库: documents in, with their outcome; what is held; retrieval by words or by number."""

from __future__ import annotations

from pathlib import Path
from typing import Iterator

import gradio as gr

from domain import Citation, Outcome
from services import Gongkai
from ui import panels
from ui.faults import plainly

HEADINGS = ["类别", "名称", "效力", "施行日期", "文本", "段数", "来源"]
KINDS = {"regulation": "法规", "report": "报告"}


def library_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Row():
        with gr.Column(scale=1):
            upload = gr.File(label="上传法规原文或往年报告", file_count="multiple", elem_id="documents", height=140)
            done = gr.HTML(elem_id="outcomes")
        with gr.Column(scale=2):
            words = gr.Textbox(label="检索", placeholder="词语或条号，例如：公开条例第五十条（回车检索）", elem_id="search")
            hits = gr.HTML(panels.empty("检索结果会列在这里。"), elem_id="hits")
    held = gr.Dataframe(headers=HEADINGS, label="已有资料", interactive=False, elem_id="held", wrap=True)
    refresh = gr.Button("刷新列表", size="sm")

    @plainly
    def take(paths: list[str] | None) -> Iterator[tuple[str, list]]:
        outcomes: list[Outcome] = []
        for outcome in services.ingest([Path(path) for path in paths or ()]):
            outcomes.append(outcome)
            yield panels.outcomes(outcomes), gr.skip()
        yield panels.outcomes(outcomes), _held(services)

    @plainly
    def find(text: str) -> str:
        found = services.search(text, k=8)
        return panels.citations([Citation(n, hit) for n, hit in enumerate(found, start=1)])

    upload.upload(take, upload, [done, held])
    words.submit(find, words, hits)
    refresh.click(plainly(lambda: _held(services)), outputs=held)


def _held(services: Gongkai) -> list[list]:
    return [
        [
            KINDS[held["kind"]], held["title"], held["status"] if held["kind"] == "regulation" else "",
            str(held["effective_from"] or ""), "原文" if held["verbatim"] else "要点", held["passages"], held["source"],
        ]
        for held in services.documents()
    ]
