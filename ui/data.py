"""数据: a ledger in, the three statutory tables and their checks out."""

from __future__ import annotations

import tempfile
from pathlib import Path

import gradio as gr

from domain import UnusableInput
from services import EXAMPLES, LEDGER_SUFFIXES, Gongkai
from ui import panels
from ui.desk import Desk, temporary_folder
from ui.faults import plainly


def data_tab(services: Gongkai, desk: gr.State) -> None:
    """Lay out and wire the tab."""
    with gr.Row():
        with gr.Column(scale=2):
            upload = gr.File(
                label="台账（拖到这里或点击选择）", file_types=list(LEDGER_SUFFIXES), elem_id="ledger", height=140
            )
        with gr.Column(scale=1):
            example = gr.Button("用示例台账试一试", elem_id="example-ledger")
            template = gr.DownloadButton("下载空白台账", elem_id="template")
    verdict = gr.HTML(panels.empty("上传台账后，这里显示校验结果。"), elem_id="verdict")
    tables = gr.HTML(panels.empty("三张法定表格会按正式格式显示在这里。"), elem_id="tables")

    @plainly
    def compute(path: str | None):
        return _computed(services, Path(path)) if path else (Desk(), panels.empty("没有选择台账。"), "")

    @plainly
    def use_example():
        return _computed(services, example_ledger())

    outputs = [desk, verdict, tables]
    upload.change(compute, upload, outputs)
    example.click(use_example, outputs=outputs)
    template.click(plainly(lambda: _template(services)), outputs=template)


def example_ledger() -> Path:
    """The newest of the example workbooks that the project carries."""
    return sorted(EXAMPLES.glob("*.xlsx"))[-1]


def _computed(services: Gongkai, path: Path) -> tuple[Desk, str, str]:
    try:
        result = services.tables(path)
    except UnusableInput as error:
        return Desk(), panels.problems(error.problems), ""
    return Desk(result), panels.checks(result), panels.statutory_tables(result)


def _template(services: Gongkai) -> str:
    path = Path(tempfile.mkdtemp(dir=temporary_folder(services))) / "台账模板.xlsx"
    services.template(path)
    return str(path)
