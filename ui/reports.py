"""报告: the whole report built, previewed, checked and downloaded; 体检 of any finished report."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from html import escape
from pathlib import Path

import gradio as gr

from domain import SECTION_TITLES, Finished, LedgerResult, Progress, User
from report.topics import NARRATIVE
from services import Built, Gongkai
from ui import panels
from ui.checkup import Findings, checkup_of_any
from ui.desk import Desk, ledger_file, temporary_folder
from ui.session import acting

FILES = {
    "report.docx": "下载 Word",
    "report.pdf": "下载 PDF",
    "report.html": "下载网页",
    "report.md": "下载 Markdown",
    "figures.json": "下载数据 JSON",
}
TO_COME = "点“生成报告”，在这里看到报告的样子。起草过的部分会直接采用，没有起草的会补上。"
# A sheet of A4 with the margins of GB/T 9704-2012, 5.1, narrower on a narrow screen.
_SHEET = """<style>html{background:#e2e8f0}body{max-width:210mm;margin:1rem auto;padding:0}
article{background:#fff;color:#111;padding:clamp(1rem,9%,37mm) clamp(.8rem,9%,27mm);box-shadow:0 1px 8px #0003}</style></head>"""


def reports_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Tabs(elem_id="report-parts"):
        with gr.Tab("本年报告"):
            _own_report(services, desk)
        with gr.Tab("体检其他报告"):
            checkup_of_any(services, desk)


def _own_report(services: Gongkai, desk: gr.State) -> None:
    with gr.Row(elem_id="build-tools", equal_height=True):
        build = gr.Button("生成报告", variant="primary", elem_id="build", scale=0, min_width=150)
        stop = gr.Button("停止", elem_id="build-stop", visible=False, scale=0, min_width=90)
        with_model = gr.Checkbox(
            False,
            label="尚未起草的部分用模型写（较慢）",
            elem_id="build-with-model",
            container=False,
            scale=0,
            min_width=260,
        )
    state = gr.HTML("", elem_id="build-state", apply_default_css=False, padding=False)
    with gr.Row(elem_id="files"):
        files = [
            gr.DownloadButton(
                label, visible=False, size="sm", scale=0, min_width=110, elem_id=f"get-{name.replace('.', '-')}"
            )
            for name, label in FILES.items()
        ]
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=340):
            preview = gr.HTML(panels.empty(TO_COME), elem_id="preview", apply_default_css=False, padding=False)
        with gr.Column(scale=2, min_width=300):
            findings = Findings(services, "findings", "生成后自动体检，发现的问题列在这里。")
    _wire(services, desk, build, stop, with_model, state, files, preview, findings)


def _wire(services, desk, build, stop, with_model, state, files, preview, findings: Findings) -> None:
    stops: dict[int, threading.Event] = {}

    @acting(services, "export", on=lambda model, current: _title(current))
    def make(user: User, model: bool, current: Desk) -> Iterator[tuple]:
        stopping = stops[user.id] = threading.Event()
        for said in _complete(services, user, current.figures(), model, stopping):
            yield said, gr.Button(visible=True), gr.skip(), gr.skip(), *[gr.skip()] * len(files)
        if stopping.is_set():
            return
        built = _build(services, current)
        yield _said(built), gr.Button(visible=False), Desk.of(services, user), _preview(built), *_downloads(built)

    @acting(services)
    def stopped(user: User):
        if user.id in stops:
            stops[user.id].set()
        return panels.empty("已停止；写好的部分留在“起草”页。"), gr.Button(visible=False), Desk.of(services, user)

    @acting(services)
    def examine(user: User, document: str, current: Desk):
        previous = services.ledgers.desk(user).previous
        checked = services.reports.check(
            Path(document), ledger_file(services, user), previous.path if previous else None
        )
        return findings.shown(user, checked, Path(document))

    made = build.click(make, [with_model, desk], [state, stop, desk, preview, *files], show_progress="hidden")
    made.success(examine, [files[0], desk], findings.outputs, show_progress="hidden")
    stop.click(stopped, None, [state, stop, desk], cancels=[made], show_progress="hidden")
    findings.wire()


def _title(desk: Desk) -> str:
    return f"{desk.ledger.figures.org}{desk.ledger.figures.year}年报告" if desk.ledger else ""


def _complete(
    services: Gongkai, user: User, ledger: LedgerResult, with_model: bool, stop: threading.Event
) -> Iterator[str]:
    """Write the sections that nobody drafted and keep each as it is done, so that it can be gone over; says how far it is."""
    figures = ledger.figures
    for section in NARRATIVE:
        if section in services.sheets.kept_drafts(figures.org, figures.year):
            continue
        yield _doing(f"正在起草“{SECTION_TITLES[section]}”…")
        notes = services.sheets.notes(ledger, section)
        for event in services.writing.draft(section, ledger, stop.is_set, with_model, notes):
            if stop.is_set():
                return
            if isinstance(event, Progress):
                yield _doing(event.message)
            elif isinstance(event, Finished):
                services.sheets.keep_draft(user, ledger, event.result, notes=notes)
    yield _doing("正在排版…")


def _build(services: Gongkai, desk: Desk) -> Built:
    figures = desk.figures().figures
    folder = Path(tempfile.mkdtemp(dir=temporary_folder(services)))
    return services.reports.build(
        desk.figures(),
        folder,
        with_model=False,
        supplied=services.sheets.kept_drafts(figures.org, figures.year),
        own=services.sheets.own(desk.figures()),
    )


def _doing(words: str) -> str:
    return f'<p class="doing" role="status">{escape(words)}</p>'


def _said(built: Built) -> str:
    """Whether it is fit to be published, and what is to be known of it."""
    failed, waiting = len(built.ledger.failed), len(built.ledger.open_questions)
    why = [f"有 {failed} 项校验未通过"] if failed else []
    why += [f"有 {waiting} 个问题没有答复"] if waiting else []
    verdict = (
        f'<p class="fail" role="status">✗ {escape(built.report.draft_mark)}：{"，".join(why)}，请到“数据”页查看；每个文件都带有这个标记。</p>'
        if built.report.draft_mark
        else '<p class="pass" role="status">✓ 已生成，校验全部通过。</p>'
    )
    notes = "".join(f"<li>{escape(str(note))}</li>" for note in built.notes)
    return verdict + (f'<ul class="remarks">{notes}</ul>' if notes else "")


def _downloads(built: Built) -> list[gr.DownloadButton]:
    made = {path.name: str(path) for path in built.files}
    return [gr.DownloadButton(value=made.get(name), visible=name in made) for name in FILES]


def _preview(built: Built) -> str:
    """report.html on a sheet of paper, shut off from the page: no script of it runs, no style leaks."""
    page = next(path for path in built.files if path.suffix == ".html").read_text(encoding="utf-8")
    shown = escape(page.replace("</head>", _SHEET, 1))
    return f'<iframe class="paper" sandbox="" title="{escape(built.report.title)}预览" srcdoc="{shown}"></iframe>'
