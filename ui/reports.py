"""报告: the report as it will be printed, live, handed over and downloaded; 体检 of any finished report."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr

from domain import LedgerResult, UnusableInput, User
from report.pdf import find_office
from services import Gongkai
from services.handover import STEPS
from ui import manuscript, panels
from ui.checkup import Findings, checkup_of_any
from ui.desk import Desk, temporary_folder
from ui.manuscript import Manuscript
from ui.masthead import duties
from ui.session import acting

FILES = {
    "report.docx": "下载 Word",
    "report.pdf": "下载 PDF",
    "report.html": "下载网页",
    "report.md": "下载 Markdown",
    "figures.json": "下载数据 JSON",
}
TO_COME = "先在“数据”页上传台账：整份文稿会按台账写好，显示在这里。"
SEEN = "gongkai.report.open(element, trigger, watch) /* 'select' */"
SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"
CHOSEN = "(words, ...rest) => [JSON.stringify({ ...gongkai.report.chosen(), words }), ...rest]"
ASKED = "(desk, asked) => [desk, gongkai.report.asked()]"  # which look it is, and which sheet the page shows
# What was typed last is kept first; the last input tells whether it is.
KEPT = "async (...given) => [...given.slice(0, -1), (await gongkai.editor.flushed()) ? '' : 'unsent']"
NOT_KEPT = "“起草”页上刚写的文字还没有保存，{}：请等那里显示“已保存”，再试一次"
_QUIET: dict[str, Any] = {"show_progress": "hidden"}


def reports_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Tabs(elem_id="report-parts"):
        with gr.Tab("本年报告"):
            parts = _lay_out(services)
            _Live(services, desk, parts).connect()
        with gr.Tab("体检其他报告"):
            checkup_of_any(services, desk)


def _lay_out(services: Gongkai) -> SimpleNamespace:
    with gr.Row(elem_id="files"):
        shown = {name: label for name, label in FILES.items() if name != "report.pdf" or find_office()}
        files = {name: gr.Button(label, size="sm", scale=0, min_width=110) for name, label in shown.items()}
        ready = gr.DownloadButton("下载", elem_id="file-ready")
    state = gr.HTML("", elem_id="build-state", apply_default_css=False, padding=False)
    with gr.Row(equal_height=False, elem_id="manuscript"):
        with gr.Column(scale=1, min_width=150, elem_id="margin-side"):
            margin = gr.HTML("", elem_id="margin", apply_default_css=False, padding=False)
        with gr.Column(scale=6, min_width=340):
            preview = gr.HTML(
                panels.empty(TO_COME), elem_id="preview", apply_default_css=False, padding=False, js_on_load=SEEN
            )
        with gr.Column(scale=3, min_width=270, elem_id="review-side"):
            findings = Findings(services, "findings", "自动体检发现的问题列在这里，点一条就到那一句。")
            with gr.Accordion("批注", open=True, elem_id="comments-box"):
                comment = gr.Textbox(
                    label="意见", show_label=False, placeholder="在文稿里选中一句，写意见", lines=1, max_lines=4,
                    elem_id="comment", max_length=400,
                )  # fmt: skip
                add = gr.Button("加批注", size="sm", elem_id="add-comment")
                comments = gr.HTML("", elem_id="comments", apply_default_css=False, padding=False, js_on_load=SENDS)
            with gr.Accordion("提交和定稿", open=True, elem_id="handover"):
                gr.HTML(f'<p class="roles">{duties()}</p>', apply_default_css=False, padding=False)
                note = gr.Textbox(
                    label="说明（退回时必填）", lines=1, max_lines=4, elem_id="handover-note", max_length=400
                )
                with gr.Row():
                    buttons = {
                        step: gr.Button(
                            name,
                            visible=False,
                            size="sm",
                            min_width=90,
                            elem_id=f"step-{step}",
                            variant="primary" if step in ("submitted", "approved") else "secondary",
                        )
                        for step, name in STEPS.items()
                    }
                steps = gr.HTML("", elem_id="steps", apply_default_css=False, padding=False)
    asked = gr.Textbox(visible="hidden", label="第几次查看")
    unsent = gr.Textbox(visible="hidden", label="没有保存的文字")
    return SimpleNamespace(**{name: value for name, value in locals().items() if name not in ("services", "shown")})


class _Live:
    """Events to what is shown. Whatever is shown or downloaded is made of what the office holds at that moment."""

    def __init__(self, services: Gongkai, desk: gr.State, parts: SimpleNamespace) -> None:
        self.services, self.desk, self.parts = services, desk, parts
        self.outputs = [
            parts.state, parts.margin, parts.preview, *parts.findings.outputs, parts.comments, parts.steps,
            *parts.buttons.values(),
        ]  # fmt: skip

    def connect(self) -> None:
        parts, services = self.parts, self.services
        look = acting(services)(self.looked)
        inputs = [self.desk, parts.asked]
        parts.preview.select(look, inputs, self.outputs, js=ASKED, trigger_mode="always_last", **_QUIET)
        self.desk.change(look, inputs, self.outputs, **_QUIET)
        for name, button in parts.files.items():
            # Not a generator: of a value that follows upon none Gradio 6.31 loses the file.
            make = acting(services, "export", on=_title)(self._making(name))
            begun = button.click(lambda: _doing("正在排版…"), None, parts.state, **_QUIET)
            made = begun.then(make, [self.desk, parts.unsent], [parts.ready, *self.outputs], js=KEPT, **_QUIET)
            made.success(None, None, None, js="() => gongkai.report.fetch()")
            made.failure(acting(services)(self._again), self.desk, self.outputs, **_QUIET)
        for step, button in parts.buttons.items():
            taken = acting(services)(self._taking(step))
            inputs = [parts.note, self.desk, parts.unsent]
            button.click(taken, inputs, [parts.note, *self.outputs], js=KEPT, **_QUIET)
        said = acting(services)(self.commented)
        parts.add.click(said, [parts.comment, self.desk], [parts.comment, parts.comments], js=CHOSEN, **_QUIET)
        settled = acting(services)(self.settled)
        parts.comments.submit(settled, [parts.comments, self.desk], parts.comments, js=SENT, **_QUIET)
        parts.findings.wire()

    # --- what is shown ----------------------------------------------------------------------------

    def looked(self, user: User, desk: Desk, asked: str) -> Iterator[Any]:
        """The manuscript as it stands now; nothing new where it is what the page shows.

        ``asked``: which look this answers, and which sheet the page shows.
        """
        number, _, drawn = (asked or "").partition(" ")
        if desk.ledger is None:
            yield (
                f'<span data-made="{escape(number)}"></span>',
                "",
                panels.empty(TO_COME),
                *[gr.skip()] * (len(self.outputs) - 3),
            )
            return
        if not drawn:
            yield _doing("正在按台账写成文稿…"), *[gr.skip()] * (len(self.outputs) - 1)
        self.services.sheets.stand(user, desk.ledger)
        yield self._shown(user, desk.ledger, drawn, number)

    def _shown(self, user: User, ledger: LedgerResult, drawn: str = "", asked: str = "") -> tuple:
        services, figures = self.services, ledger.figures
        services.handover.look(user, ledger)
        paper = Manuscript.of(services, ledger)
        state, where = manuscript.stands(services, ledger)
        held, page = services.ledgers.desk(user), manuscript.sheet(paper)
        assert held.ledger  # else there were no figures
        checked = services.reports.examine(
            paper.report, held.ledger.path, held.previous.path if held.previous else None
        )
        now = f"{figures.org}{figures.year}{hash(page)}"
        page = page.replace("<iframe ", f'<iframe data-drawn="{escape(now)}" ', 1)
        return (
            manuscript.verdict(paper, where, asked, now),
            manuscript.margin(paper, state == "approved"),
            gr.skip() if now == drawn else page,
            *self.parts.findings.shown(user, checked, Path(f"{paper.report.title}.html")),
            manuscript.comments(services.handover.comments(ledger)),
            manuscript.history(services, ledger),
            *(gr.Button(visible=step in _offered(state, user)) for step in self.parts.buttons),
        )

    # --- files ------------------------------------------------------------------------------------

    def _making(self, name: str) -> Any:
        def make(user: User, desk: Desk, unsent: str) -> tuple:
            ledger = desk.figures()
            if unsent:
                raise UnusableInput(NOT_KEPT.format("没有生成文件"))
            self.services.sheets.stand(user, ledger)
            return str(self._file(user, ledger, name)), *self._shown(user, ledger)

        return make

    def _again(self, user: User, desk: Desk) -> tuple:
        return self._shown(user, desk.figures()) if desk.ledger else tuple([gr.skip()] * len(self.outputs))

    def _file(self, user: User, ledger: LedgerResult, name: str) -> Path:
        """One file of the report under the name that it will be sent by; UnusableInput where it could not be made."""
        folder = Path(tempfile.mkdtemp(dir=temporary_folder(self.services)))
        made = self.services.publishing.make(user, ledger, name, folder)
        if made.told and name == "report.pdf":
            gr.Info("；".join(made.told), duration=None, title="字体")
        return made.path

    # --- hand-over --------------------------------------------------------------------------------

    def _taking(self, step: Any) -> Any:
        def take(user: User, note: str, desk: Desk, unsent: str) -> tuple:
            ledger = desk.figures()
            if unsent:
                raise UnusableInput(NOT_KEPT.format("没有办理"))
            if step == "submitted":
                self.services.sheets.stand(user, ledger)
            self.services.handover.take(user, ledger, step, note)
            return "", *self._shown(user, ledger)

        return take

    def commented(self, user: User, sent: str, desk: Desk) -> tuple[str, str]:
        message, ledger = json.loads(sent), desk.figures()
        quote, section = str(message.get("quote", "")).strip(), str(message.get("section", ""))
        if not quote:
            raise UnusableInput("请先在文稿里选中要批注的句子")
        self.services.handover.comment(user, ledger, section, quote[:200], str(message["words"]))
        return "", manuscript.comments(self.services.handover.comments(ledger))

    def settled(self, user: User, sent: str, desk: Desk) -> str:
        ledger = desk.figures()
        try:
            self.services.handover.settle(user, ledger, int(json.loads(sent)["send"]))
        except (KeyError, ValueError) as error:
            raise UnusableInput("看不懂这个操作，请刷新页面再试") from error
        return manuscript.comments(self.services.handover.comments(ledger))


def _offered(state: str, user: User) -> tuple[str, ...]:
    """The steps that a user can take next."""
    if state in ("", "returned", "reopened"):
        return ("submitted",)
    if not user.reviews:
        return ()
    return ("returned", "approved") if state == "submitted" else ("reopened",)


def _title(desk: Desk, *rest: str) -> str:
    return f"{desk.ledger.figures.org}{desk.ledger.figures.year}年报告" if desk.ledger else ""


def _doing(words: str) -> str:
    return f'<p class="doing" role="status">{words}</p>'
