"""数据: a ledger in, the three statutory tables and their checks out."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import gradio as gr

from domain import UnusableInput
from services import EXAMPLES, LEDGER_SUFFIXES, Gongkai
from ui import panels
from ui.desk import Desk, temporary_folder
from ui.faults import plainly
from ui.session import acting


def data_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
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

    @acting(services)
    def compute(user, path: str):
        return _taken(services, user, Path(path))

    @acting(services)
    def use_example(user):
        return _taken(services, user, example_ledger())

    upload.upload(compute, upload, [desk, verdict])
    example.click(use_example, outputs=[desk, verdict])
    desk.change(_shown, [desk, verdict], [verdict, tables], show_progress="hidden")
    template.click(plainly(lambda: _template(services)), outputs=template)


def example_ledger() -> Path:
    """The newest of the example workbooks that the project carries."""
    return sorted(EXAMPLES.glob("*.xlsx"))[-1]


def _taken(services: Gongkai, user: Any, path: Path) -> tuple[Desk, str]:
    """The desk with the ledger on it; a ledger that cannot be used leaves the desk as it was."""
    try:
        services.take_ledger(user, path)
    except UnusableInput as error:
        return gr.skip(), panels.problems(error.problems)
    return Desk.of(services, user), ""


def _shown(desk: Desk, verdict: str) -> tuple[str, str]:
    if desk.ledger is None:
        return verdict, panels.empty("三张法定表格会按正式格式显示在这里。")
    return panels.checks(desk.ledger), panels.statutory_tables(desk.ledger)


def _template(services: Gongkai) -> str:
    path = Path(tempfile.mkdtemp(dir=temporary_folder(services))) / "台账模板.xlsx"
    services.template(path)
    return str(path)
