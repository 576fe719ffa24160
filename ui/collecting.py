"""汇集: the 主管部门 collects its organs' reports of a year, checks, returns or passes them, adds them up, writes back."""

from __future__ import annotations

import json
import queue
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from services.submissions import CheckingStopped
from ui import collected, panels
from ui.checkup import REPORT_SUFFIXES, Findings
from ui.desk import Desk, temporary_folder
from ui.session import acting

SUFFIXES = [*REPORT_SUFFIXES, ".zip", ".xlsx", ".xls", ".ods", ".et", ".csv", ".json"]
SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
OPENS = SENDS + "; gongkai.opens(element, watch)"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"
FETCH = "() => setTimeout(() => document.querySelector('#collected-ready:is(button, a), #collected-ready :is(button, a)')?.click(), 80)"
TO_DRAFTS = "() => gongkai.place('drafts')"
START = "写上（或粘贴）各单位的名称，再把收到的报告放进来：Word、WPS、PDF、网页、文本都可以，也可以是一个 zip 或整个文件夹。"
NOT_YET = "名单和文件都在。点“体检并汇总”，结果显示在这里。"
NOBODY = "这一页给主管部门用。您要看本单位交的年报，请管理员在“管理”页写上您的所属单位。"
ALL = "全部"
_QUIET: dict[str, Any] = {"show_progress": "hidden"}
_LOOK = 0.3  # seconds between two looks at what is being done


def collecting_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    parts = _lay_out(services)
    _Collecting(services, desk, parts).connect(page)


def _lay_out(services: Gongkai) -> SimpleNamespace:
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=260, elem_id="collecting-side"):
            # Nothing is typed before what is kept has come: it would take the place of the words.
            year = gr.Dropdown(
                [_newest()], value=_newest(), label="报告年度", allow_custom_value=True, interactive=False,
                elem_id="collecting-year",
            )  # fmt: skip
            with gr.Column(visible=True) as manage:
                organs = gr.Textbox(
                    label="单位名单，一行一个；政府自己的名称也写上", lines=4, max_lines=8, elem_id="collecting-organs",
                    placeholder="青石县人民政府\n青石县教育体育局（教体局）\n…", max_length=20_000, interactive=False,
                )  # fmt: skip
                with gr.Row():
                    save = gr.Button("保存名单", size="sm", min_width=90, elem_id="collecting-save")
                    last = gr.Button("从上年取", size="sm", min_width=90, elem_id="collecting-last")
            upload = gr.File(
                label="收到的报告、台账（几份文件或 zip）", file_types=SUFFIXES, file_count="multiple",
                elem_id="collecting-files", height=110,
            )  # fmt: skip
            folder = gr.UploadButton("选择整个文件夹", file_count="directory", size="sm", elem_id="collecting-folder")
            with gr.Row(visible=True) as doing:
                check = gr.Button("体检并汇总", variant="primary", min_width=110, elem_id="collecting-check")
                stop = gr.Button("停止", min_width=70, elem_id="collecting-stop", interactive=False)
            progress = gr.HTML("", elem_id="collecting-progress", apply_default_css=False, padding=False)
            with gr.Column(visible=True) as writes:
                files = {
                    name: gr.Button(label, size="sm", elem_id=f"collecting-{name}")
                    for name, (label, _) in _FILES.items()
                }
                report = gr.Button("写政府的报告", size="sm", elem_id="collecting-report")
                library = gr.Button("并入文库", size="sm", elem_id="collecting-library")
                ready = gr.DownloadButton("下载", elem_id="collected-ready")
        with gr.Column(scale=7, min_width=340):
            stands = gr.HTML(panels.empty(START), elem_id="collecting-stands", apply_default_css=False, padding=False)
            asked = gr.HTML(
                "", elem_id="collecting-questions", js_on_load=SENDS, apply_default_css=False, padding=False
            )
            with gr.Tabs(elem_id="collecting-parts"):
                with gr.Tab("各单位"):
                    state = gr.Radio(
                        [ALL, *collected.STATES], value=ALL, show_label=False, label="状态", elem_id="collecting-state"
                    )
                    table = gr.HTML(
                        "", elem_id="collecting-table", js_on_load=SENDS, apply_default_css=False, padding=False
                    )
                    opened = _lay_out_organ(services)
                with gr.Tab("汇总"):
                    totals = gr.HTML("", elem_id="collecting-totals", js_on_load=SENDS)
                    behind = gr.HTML("", elem_id="collecting-behind", js_on_load=OPENS)
                with gr.Tab("相同的段落"):
                    copies = gr.HTML("", elem_id="collecting-copies", apply_default_css=False, padding=False)
                with gr.Tab("文件"):
                    kept = gr.HTML(
                        "", elem_id="collecting-kept", js_on_load=SENDS, apply_default_css=False, padding=False
                    )
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "services"})


def _lay_out_organ(services: Gongkai) -> SimpleNamespace:
    with gr.Column(visible=False, elem_id="collecting-organ") as box:
        org = gr.State("")
        head = gr.HTML("", elem_id="collecting-head", apply_default_css=False, padding=False)
        with gr.Row(visible=True) as judging:
            note = gr.Textbox(
                label="意见（退回时必填；有错误而通过的也要写）", lines=1, max_lines=4, scale=4, max_length=400,
                elem_id="collecting-note",
            )  # fmt: skip
            verdicts = {
                word: gr.Button(word, size="sm", min_width=70, scale=0, elem_id=f"collecting-{name}")
                for word, name in (("退回", "return"), ("通过", "pass"), ("撤回", "undo"))
            }
        letter = gr.Button("这个单位的反馈单", size="sm", scale=0, min_width=150, elem_id="collecting-letter")
        versions = gr.HTML("", elem_id="collecting-versions", apply_default_css=False, padding=False)
        findings = Findings(services, "collecting-findings", "这个单位还没有可以计入的报告。")
    return SimpleNamespace(**{name: value for name, value in locals().items() if name != "services"})


def _newest() -> str:
    """The year whose reports are handed in now: last year's until autumn, then this year's."""
    today = date.today()
    return str(today.year if today.month >= 10 else today.year - 1)


_FILES: dict[str, tuple[str, Callable[[Gongkai, int, User], tuple[str, bytes]]]] = {
    "letters": ("反馈单（全部，zip）", lambda s, year, by: (f"{year}年反馈单.zip", s.submissions.letters(year, by))),
    "summary": (
        "领导摘要（Word）",
        lambda s, year, by: (f"{year}年收集审核情况.docx", s.submissions.summary(year, by)),
    ),
    "workbook": ("汇总表（Excel）", lambda s, year, by: (f"{year}年汇总.xlsx", s.submissions.workbook(year, by))),
}


class _Collecting:
    """Events to what is shown; who may see or do it is decided by ``services.submissions``."""

    def __init__(self, services: Gongkai, desk: gr.State, parts: SimpleNamespace) -> None:
        self.services, self.desk, self.parts = services, desk, parts
        self.stops: dict[tuple[str, int], threading.Event] = {}
        self.shown = [parts.stands, parts.asked, parts.table, parts.totals, parts.behind, parts.copies, parts.kept]
        self.run = [parts.progress, parts.stop, *self.shown]

    def connect(self, page: gr.Blocks) -> None:
        parts, services = self.parts, self.services
        year = parts.year
        begin = [year, parts.organs, parts.manage, parts.doing, parts.writes, *self.shown]
        page.load(acting(services)(self.begun), year, begin, **_QUIET)
        # Closed until the year's own list has come, so that it never takes the place of words typed meanwhile.
        closed = year.change(lambda: gr.update(interactive=False), None, parts.organs, queue=False, **_QUIET)
        closed.then(acting(services)(self.turned), [year, parts.organs], [parts.organs, *self.shown], **_QUIET)
        parts.state.change(acting(services)(self.filtered), [parts.state, year], parts.table, **_QUIET)
        parts.save.click(acting(services)(self.listed), [parts.organs, year], [parts.organs, *self.shown], **_QUIET)
        parts.last.click(acting(services)(self.of_last_year), year, parts.organs, **_QUIET)
        check = acting(services)(self.checked)
        for source in (parts.upload, parts.folder):
            received = source.upload(
                acting(services)(self.received), [source, year, parts.organs], [source, parts.kept]
            )
            received.success(check, year, self.run, **_QUIET)
        parts.check.click(check, year, self.run, **_QUIET)
        parts.stop.click(acting(services)(self.stopped), year, None, **_QUIET)
        answer = acting(services)(self.answered)
        parts.asked.submit(answer, [parts.asked, year], self.run, js=SENT, **_QUIET)
        change = acting(services)(self.changed)
        parts.kept.submit(change, [parts.kept, year], self.run, js=SENT, **_QUIET)
        behind = acting(services)(self.behind)
        for sending in (parts.totals, parts.behind):
            sending.submit(behind, [sending, year], parts.behind, js=SENT, **_QUIET)
        self._connect_organ()
        for name, button in parts.files.items():
            made = button.click(
                acting(services, "export", on=lambda year: f"{year}年度汇集")(self.making(name)), year, parts.ready
            )
            made.success(None, None, None, js=FETCH)
        wrote = parts.report.click(acting(services)(self.reported), year, self.desk)
        wrote.success(None, None, None, js=TO_DRAFTS)
        parts.library.click(acting(services)(self.into_library), year, parts.progress)

    def _connect_organ(self) -> None:
        services, parts, one = self.services, self.parts, self.parts.opened
        outputs = [one.org, one.box, one.head, one.judging, one.versions, *one.findings.outputs]
        parts.table.submit(acting(services)(self.opened), [parts.table, parts.year], outputs, js=SENT, **_QUIET)
        again = [one.note, *outputs, parts.stands, parts.table]
        for word, button in one.verdicts.items():
            judged = acting(services)(self.judging(word))
            button.click(judged, [one.note, one.org, parts.year, parts.state], again, **_QUIET)
        decided = one.findings.wire()
        refresh = acting(services)(self.refreshed)
        decided.success(refresh, [one.org, parts.year, parts.state], [one.head, parts.stands, parts.table], **_QUIET)
        made = one.letter.click(acting(services)(self.letter), [one.org, parts.year], parts.ready)
        made.success(None, None, None, js=FETCH)

    # --- what is shown ----------------------------------------------------------------------------

    def begun(self, user: User, year: str) -> tuple:
        years = self.services.submissions.years(user)
        chosen = str(years[0]) if years else year
        offered = sorted({*map(str, years), _newest(), str(int(_newest()) - 1)}, reverse=True)
        visible = [gr.update(visible=user.collects)] * 3
        kept = self.services.submissions.listed(_year(chosen), user) if user.collects else ""
        ready = gr.update(choices=offered, value=chosen, interactive=True), gr.update(value=kept, interactive=True)
        return *ready, *visible, *self._shown(user, chosen)

    def turned(self, user: User, year: str, typed: str) -> tuple:
        """A year that has no list keeps what was typed, but not another year's list."""
        listed, years = self.services.submissions.listed, self.services.submissions.years(user)
        kept = listed(_year(year), user) if user.collects else ""
        others = {listed(each, user) for each in years} - {""} if user.collects else set()
        kept = kept or ("" if typed.strip() in others else typed)
        return gr.update(value=kept, interactive=True), *self._shown(user, year)

    def _shown(self, user: User, year: str, state: str = "") -> tuple:
        """The state of a year: who has handed in what, the questions, the totals, the files."""
        submissions, number = self.services.submissions, _year(year)
        if not (user.collects or user.org):
            return panels.empty(NOBODY), *[""] * 6
        held = submissions.files(number, user)
        kept = collected.files(held, user.collects)
        now = submissions.known(number, user)
        if now is None:
            begun = submissions.organs(number) and held
            said = (
                NOT_YET if begun and user.collects else START if user.collects else "主管部门还没有体检这一年的报告。"
            )
            return panels.empty(said), "", "", "", "", "", kept
        result = now.collection
        if not user.collects:
            table = collected.organs_table(result)
            return collected.stands(result, len(result.organs)), "", table, "", "", collected.copies(result), kept
        return (
            collected.stands(result, len(result.organs)),
            collected.questions(result),
            collected.organs_table(result, state),
            collected.totals(result),
            "",
            collected.copies(result),
            kept,
        )

    def filtered(self, user: User, state: str, year: str) -> str:
        now = self.services.submissions.known(_year(year), user)
        return collected.organs_table(now.collection, _chosen(state)) if now else ""

    def behind(self, user: User, sent: str, year: str) -> str:
        key = json.loads(sent)["send"]
        return collected.behind(self.services.submissions.collection(_year(year), user), key) if key else ""

    # --- list and files ---------------------------------------------------------------------------

    def listed(self, user: User, text: str, year: str) -> tuple:
        found = self.services.submissions.list_organs(_year(year), text, user)
        gr.Info(f"{year}年度名单：{len(found)}个单位", title="已保存")
        return text, *self._shown(user, year)

    def of_last_year(self, user: User, year: str) -> str:
        return self.services.submissions.of_last_year(_year(year), user)

    def received(self, user: User, paths: list[str] | None, year: str, organs: str) -> tuple:
        """Keep what came; a list that was typed and not saved yet is kept first."""
        submissions, number = self.services.submissions, _year(year)
        if user.collects and organs.strip() and organs.strip() != submissions.listed(number, user):
            submissions.list_organs(number, organs, user)
        kept = submissions.receive(number, [(Path(path), Path(path).name) for path in paths or ()], user)
        gr.Info(f"收到{len(kept)}份文件", title="已保存")
        return None, collected.files(submissions.files(number, user), user.collects)

    # --- checking ---------------------------------------------------------------------------------

    def checked(self, user: User, year: str) -> Iterator[tuple]:
        if not user.collects:
            yield '<p role="status">已经交给主管部门，体检以后这里看得到结果。</p>', gr.skip(), *self._shown(user, year)
            return
        yield from self._checking(user, year, {})

    def answered(self, user: User, sent: str, year: str) -> Iterator[tuple]:
        answers = {name: choice for name, choice in json.loads(sent)["values"].items() if choice}
        if not answers:
            raise UnusableInput("请先选好答复")
        yield from self._checking(user, year, answers)

    def changed(self, user: User, sent: str, year: str) -> Iterator[tuple]:
        does, _, id = json.loads(sent)["send"].partition(" ")
        self.services.submissions.set_aside(
            _year(year), int(id), f"{user.name}选了不用" if does == "aside" else "", user
        )
        yield from self._checking(user, year, {})

    def _checking(self, user: User, year: str, answers: Mapping[str, str]) -> Iterator[tuple]:
        """Check in a thread of its own and tell how far it is; what was read stays read where it is stopped."""
        number, told = _year(year), queue.SimpleQueue[tuple[str, int, int]]()
        stop = self.stops[user.name, number] = threading.Event()
        fault: list[BaseException] = []

        def work() -> None:
            try:
                self.services.submissions.check(number, user, lambda *said: told.put(said), stop.is_set, answers)
            except (UnusableInput, CheckingStopped) as error:
                fault.append(error)

        waiting = [gr.skip()] * len(self.shown)
        thread = threading.Thread(target=work, name=f"collect {number}", daemon=True)
        thread.start()
        yield collected.doing("正在准备…"), gr.update(interactive=True), *waiting
        while thread.is_alive():
            thread.join(_LOOK)
            said = None
            while not told.empty():
                said = told.get()
            if said:
                what, done, total = said
                yield collected.doing(f"{what}：{done}/{total}" if total else what, done, total), gr.skip(), *waiting
        over = gr.update(interactive=False)
        if fault and not isinstance(fault[0], CheckingStopped):
            yield "", over, *waiting
            raise fault[0]
        said = '<p role="status">已停止。读过的不会再读，可以接着体检。</p>' if fault else ""
        yield said, over, *self._shown(user, year)

    def stopped(self, user: User, year: str) -> None:
        if stop := self.stops.get((user.name, _year(year))):
            stop.set()

    # --- one organ --------------------------------------------------------------------------------

    def opened(self, user: User, sent: str, year: str) -> tuple:
        return self._organ(user, json.loads(sent)["send"], year)

    def _organ(self, user: User, org: str, year: str) -> tuple:
        submissions, number = self.services.submissions, _year(year)
        place, state = submissions.place(number, org, user), submissions.known(number, user)
        assert state is not None  # place has found it there
        checked = submissions.checked(number, org, user)
        listed = self.parts.opened.findings
        empty = None, None, panels.empty("还没有可以计入的报告。"), gr.DownloadButton(visible=False)
        findings = listed.shown(user, checked, self._original(user, org, number, place.file)) if checked else empty
        return (
            org,
            gr.update(visible=True),
            collected.head(place, state.collection),
            gr.update(visible=user.collects and place.report is not None),
            collected.versions(submissions.versions(number, org, user)),
            *findings,
        )

    def _original(self, user: User, org: str, year: int, name: str) -> Path:
        """The organ's file, to be annotated; that of another format is only named."""
        if Path(name).suffix.lower() != ".docx":
            return Path(name)
        return Path(self._file(*self.services.submissions.original(year, org, user)))

    def judging(self, word: Any) -> Callable[..., tuple]:
        def judge(user: User, note: str, org: str, year: str, state: str) -> tuple:
            self.services.submissions.judge(_year(year), org, word, note, user)
            shown = self._shown(user, year, _chosen(state))
            return "", *self._organ(user, org, year), shown[0], shown[2]

        return judge

    def refreshed(self, user: User, org: str, year: str, state: str) -> tuple:
        shown = self._shown(user, year, _chosen(state))
        return self._organ(user, org, year)[2], shown[0], shown[2]

    # --- what is written --------------------------------------------------------------------------

    def making(self, name: str) -> Callable[..., str]:
        def make(user: User, year: str) -> str:
            return self._file(*_FILES[name][1](self.services, _year(year), user))

        return make

    def letter(self, user: User, org: str, year: str) -> str:
        return self._file(*self.services.submissions.letter(_year(year), org, user))

    def _file(self, name: str, content: bytes) -> str:
        path = Path(tempfile.mkdtemp(dir=temporary_folder(self.services))) / name
        path.write_bytes(content)
        return str(path)

    def reported(self, user: User, year: str) -> Desk:
        self.services.submissions.government_ledger(_year(year), user)
        return Desk.of(self.services, user)

    def into_library(self, user: User, year: str) -> str:
        return panels.outcomes(self.services.submissions.to_library(_year(year), user))


def _chosen(state: str) -> str:
    return "" if state == ALL else state


def _year(year: str) -> int:
    if not str(year).strip().isdigit() or len(str(year).strip()) != 4:
        raise UnusableInput("报告年度写成四位数字，如 2026")
    return int(year)
