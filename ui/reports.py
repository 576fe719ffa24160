"""报告: the whole report built and downloaded; 体检 of any finished report."""

from __future__ import annotations

import tempfile
from pathlib import Path

import gradio as gr

from report import markdown
from services import Gongkai
from ui import panels
from ui.desk import Desk, temporary_folder
from ui.faults import plainly
from ui.session import acting

REPORT_SUFFIXES = [".docx", ".html", ".htm", ".pdf", ".txt", ".md"]


def reports_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Row():
        build = gr.Button("生成报告", variant="primary", elem_id="build")
        with_model = gr.Checkbox(False, label="尚未起草的部分也用模型写（较慢）")
    state = gr.HTML(panels.empty("生成后在下面预览和下载。已起草的部分会直接采用。"), elem_id="build-state")
    files = gr.File(label="下载", file_count="multiple", interactive=False, elem_id="files")
    preview = gr.Markdown(elem_id="preview")
    with gr.Accordion("体检一份已成稿的报告", open=False):
        finished = gr.File(label="报告文件", file_types=REPORT_SUFFIXES, elem_id="finished-report", height=120)
        found = gr.HTML(elem_id="findings")

    @acting(services, "export")
    def make(user, current: Desk, model: bool):
        return _build(services, current, model)

    @plainly
    def examine(path: str | None) -> str:
        return panels.findings(services.check(Path(path)).findings) if path else ""

    build.click(make, [desk, with_model], [state, files, preview])
    finished.change(examine, finished, found)


def _build(services: Gongkai, desk: Desk, with_model: bool) -> tuple[str, list[str], str]:
    ledger = desk.figures()
    folder = Path(tempfile.mkdtemp(dir=temporary_folder(services)))
    built = services.build(ledger, folder, with_model=with_model, supplied=desk.drafts)
    mark = built.report.draft_mark
    said = f'<span class="fail">{mark}</span>' if mark else '<span class="pass">已生成，校验全部通过。</span>'
    return said, [str(path) for path in built.files], markdown.render(built.report)
