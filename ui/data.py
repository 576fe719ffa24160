"""数据: a ledger in, the three statutory tables, their checks and the rows behind each figure out."""

from __future__ import annotations

import json
import shutil
import tempfile
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from domain import Remembered, UnusableInput, User
from services import EXAMPLES, LEDGER_SUFFIXES, Gongkai
from ui import account, charts, figures, panels
from ui.checkup import REPORT_SUFFIXES
from ui.desk import Desk, ledger_file, temporary_folder
from ui.intaking import intaking_part
from ui.session import OnesTurn, acting

PREVIOUS_SUFFIXES = [*LEDGER_SUFFIXES, *REPORT_SUFFIXES]
SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
OPENS = SENDS + "; gongkai.opens(element, watch)"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"
NO_TABLES = "三张法定表格会按正式格式显示在这里，点其中的数字可以看到它来自哪几行。"


def data_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=3):
            upload = gr.File(
                label="台账：一个工作簿，或几个 CSV",
                file_types=list(LEDGER_SUFFIXES),
                file_count="multiple",
                elem_id="ledger",
                height=130,
            )
        with gr.Column(scale=1, min_width=180):
            example = gr.Button("用示例台账试一试", elem_id="example-ledger")
            gr.DownloadButton("下载空白台账", value=_template(services), elem_id="template")
    verdict = gr.HTML(panels.empty("上传台账后，这里显示校验结果。"), elem_id="verdict")
    asked = gr.HTML("", elem_id="account", js_on_load=SENDS)
    with gr.Tabs(elem_id="data-parts"):
        with gr.Tab("三张表"):
            tables = gr.HTML(panels.empty(NO_TABLES), elem_id="tables", js_on_load=SENDS)
            rows = gr.HTML("", elem_id="figure-rows", js_on_load=OPENS)
        with gr.Tab("用自己的文件"):
            intaking_part(services, desk, verdict)
        with gr.Tab("与上年对照"):
            previous = gr.File(
                label="上年的台账或已公布的报告", file_types=PREVIOUS_SUFFIXES, elem_id="previous", height=110
            )
            compared = gr.HTML(figures.compared(None), elem_id="compared")
        with gr.Tab("图表"):
            drawn = gr.HTML(panels.empty("上传台账后，这里有可以存成图片、放进文件的图表。"), elem_id="charts")
    _wire(services, desk, page, upload, example, verdict, asked, tables, rows, previous, compared, drawn)


def _wire(services, desk, page, upload, example, verdict, asked, tables, rows, previous, compared, drawn) -> None:
    # A file that comes while another of the same user is being read waits, so that the last word is on the last file.
    turn = OnesTurn()

    @acting(services)
    def compute(user: User, paths: list[str] | None):
        with turn(user):
            return *_taken(services, user, [Path(path) for path in paths or ()]), None

    @acting(services)
    def use_example(user: User):
        with turn(user):
            return _taken(services, user, [example_ledger()])

    @acting(services)
    def beside(user: User, path: str | None, current: Desk):
        with turn(user):
            return (_beside(services, user, Path(path)), _judged(services, user)) if path else gr.skip()

    @acting(services)
    def explain(user: User, sent: str, current: Desk) -> str:
        return _explained(services, user, sent, current)

    @acting(services)
    def answer(user: User, sent: str):
        with turn(user):
            return *_answered(services, user, sent), ""

    @acting(services)
    def judged(user: User):
        with turn(user):
            return _judged(services, user)

    @acting(services)
    def shown(user: User, current: Desk):
        return _shown(services, user, current)

    # The place to drop files is empty again afterwards: the verdict names what was taken.
    in_turn = {"concurrency_id": "judge a ledger", "concurrency_limit": 8}
    upload.upload(compute, upload, [desk, verdict, rows, upload], trigger_mode="multiple", **in_turn)
    example.click(use_example, outputs=[desk, verdict, rows], **in_turn)
    previous.upload(beside, [previous, desk], [desk, verdict]).then(
        lambda: None, None, previous, show_progress="hidden"
    )
    # Not with the tables, which take longer: they would come over the verdict on a file that was refused meanwhile.
    page.load(judged, outputs=verdict, show_progress="hidden", **in_turn)
    desk.change(shown, desk, [asked, tables, compared, drawn], show_progress="hidden")
    asked.submit(answer, asked, [desk, verdict, rows], js=SENT, show_progress="hidden", **in_turn)
    for sending in (tables, rows):
        sending.submit(explain, [sending, desk], rows, js=SENT, show_progress="hidden")


def example_ledger() -> Path:
    """The newest of the example workbooks that the project carries."""
    return sorted(EXAMPLES.glob("*.xlsx"))[-1]


def _taken(services: Gongkai, user: User, paths: list[Path]) -> tuple[Any, Any, Any]:
    """The desk with the ledger on it, its verdict, no rows of the one before; an unusable ledger leaves the desk as it was."""
    if not paths:
        return gr.skip(), gr.skip(), gr.skip()
    name = paths[0].name if len(paths) == 1 else f"{paths[0].name}等{len(paths)}个文件"
    try:
        services.ledgers.take(user, paths[0] if len(paths) == 1 else _folder(services, paths), name)
    except UnusableInput as error:
        return gr.skip(), figures.problems(name, error.problems) + _still(services, user), gr.skip()
    return Desk.of(services, user), _judged(services, user), ""


def _still(services: Gongkai, user: User) -> str:
    """Which ledger the tables go on showing; "" where there is none."""
    held = services.ledgers.desk(user).ledger
    if held is None:
        return ""
    return f'<p class="still">下面的表和报告仍按“{escape(held.name)}”（{escape(held.org)}，{held.year} 年）。</p>'


def _folder(services: Gongkai, paths: list[Path]) -> Path:
    folder = Path(tempfile.mkdtemp(dir=temporary_folder(services)))
    for path in paths:
        if (folder / path.name).exists():
            raise UnusableInput(f"有两个文件都叫“{path.name}”，请改名以后一起上传")
        shutil.copyfile(path, folder / path.name)
    return folder


def _beside(services: Gongkai, user: User, path: Path) -> Desk:
    """The desk beside another year's figures; a published report is held for the drafts as well."""
    if path.suffix.lower() in LEDGER_SUFFIXES:
        services.ledgers.take_previous(user, path)
        return Desk.of(services, user)
    services.ledgers.compute(ledger_file(services, user), path)
    for outcome in services.library.ingest([path], kind="report"):
        if outcome.status == "rejected":
            raise UnusableInput(outcome.reason)
    services.journal.record(user, "upload", path.name, "上年报告")
    return Desk.of(services, user)


def _explained(services: Gongkai, user: User, sent: str, desk: Desk) -> str:
    """The rows behind the figure that was clicked; nothing once they are shut."""
    if not (key := json.loads(sent)["send"]):
        return ""
    return figures.explained(services.ledgers.explain(ledger_file(services, user), key, desk.figures()))


def _answered(services: Gongkai, user: User, sent: str) -> tuple[Any, Any]:
    """The desk and the verdict after a question was answered: its id and the choice, "" to take it back."""
    question, _, choice = json.loads(sent)["send"].partition(" ")
    services.ledgers.answer(user, question, choice)
    return Desk.of(services, user), _judged(services, user)


def _judged(services: Gongkai, user: User) -> Any:
    """The verdict on the ledger on the user's desk; nothing new while there is none."""
    ledger = Desk.of(services, user).ledger
    return figures.verdict(ledger) if ledger else gr.skip()


_told = Remembered(64)


def _shown(services: Gongkai, user: User, desk: Desk) -> tuple[str, ...]:
    """What the tab shows of the ledger on the desk."""
    held = services.ledgers.desk(user).ledger
    if (ledger := desk.ledger) is None or held is None:
        return "", panels.empty(NO_TABLES), figures.compared(None), panels.empty("还没有台账。")
    compared = figures.compared(services.ledgers.beside_last_year(ledger).comparison)
    drawn = charts.rendered(charts.charts(services, ledger, held.path))
    told, tables = _told.of((ledger,), "", lambda: (account.account(ledger), figures.statutory_tables(ledger)))
    return told, tables, compared, drawn


def _template(services: Gongkai) -> str:
    path = Path(tempfile.mkdtemp(dir=temporary_folder(services))) / "台账模板.xlsx"
    services.ledgers.write_template(path)
    return str(path)
