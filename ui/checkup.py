"""体检: what is found in a finished report, and what the reviewers decide on it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from domain import Finding, UnusableInput, User
from services import LEDGER_SUFFIXES, Checked, Gongkai
from ui import panels
from ui.desk import Desk, ledger_file, temporary_folder
from ui.session import acting

REPORT_SUFFIXES = [".docx", ".doc", ".wps", ".html", ".htm", ".mht", ".mhtml", ".pdf", ".txt", ".md"]
SEVERITIES = {"error": ("✗", "错误"), "warning": ("▲", "警告"), "notice": ("ⓘ", "提示")}
VERDICTS = {"confirmed": "属实", "dismissed": "不是问题", "open": "撤回"}
SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"


class Findings:
    """A list of findings to be confirmed or dismissed, and the report with them in it; ``outputs`` take what ``shown`` gives."""

    def __init__(self, services: Gongkai, elem_id: str, empty: str) -> None:
        self.services = services
        self.checked = gr.State(None)
        self.report = gr.State(None)
        self.annotated = gr.DownloadButton(
            "下载批注版 Word", visible=False, size="sm", scale=0, min_width=110, elem_id=f"{elem_id}-annotated"
        )
        self.list = gr.HTML(
            panels.empty(empty), elem_id=elem_id, js_on_load=SENDS, apply_default_css=False, padding=False
        )
        self.outputs = [self.checked, self.report, self.list, self.annotated]

    def wire(self) -> Any:
        """Decisions, apart from the layout as everywhere; returns the event, upon which others may follow."""
        decide = acting(self.services)(self._decided)
        return self.list.submit(
            decide, [self.list, self.checked, self.report], self.outputs, js=SENT, show_progress="hidden"
        )

    def shown(self, user: User, checked: Checked, report: Path) -> tuple[Checked, Path, str, gr.DownloadButton]:
        return checked, report, rendered(checked, user.reviews), self._annotate(checked, report)

    def _annotate(self, checked: Checked, report: Path) -> gr.DownloadButton:
        """The report's own file with what stands of the findings in it; nothing to download of another kind of file."""
        if report.suffix.lower() != ".docx" or not checked.standing:
            return gr.DownloadButton(visible=False)
        folder = Path(tempfile.mkdtemp(dir=temporary_folder(self.services)))
        out = folder / f"{report.stem}（批注）.docx"
        try:
            made = self.services.reports.annotate(report, checked, out)
        except UnusableInput as error:
            gr.Warning(str(error))
            return gr.DownloadButton(visible=False)
        label = f"下载批注版 Word（批注 {made.comments} 条、修订 {made.revisions} 处）"
        return gr.DownloadButton(label, value=str(out), visible=True)

    def _decided(
        self, user: User, sent: str, checked: Checked | None, report: Path
    ) -> tuple[Checked, Path, str, gr.DownloadButton]:
        message = json.loads(sent)
        place = int(message["send"])
        if checked is None or not 0 <= place < len(checked.findings) or message["verdict"] not in VERDICTS:
            raise UnusableInput("这份体检结果已经过期，请重新体检")
        self.services.reports.decide(checked, checked.findings[place], message["verdict"], message["words"], user)
        decided = replace(checked, decisions=self.services.reports.decisions(checked.report))
        return self.shown(user, decided, report)


def rendered(checked: Checked, may_decide: bool) -> str:
    """The findings, those that nobody decided on first."""
    found = checked.findings
    decided = [checked.decision(finding) for finding in found]
    left = _unjudged(checked)
    if not found:
        return f'<p class="pass" role="status">✓ 没有发现问题。</p>{left}'
    counts = "，".join(
        f"{name} {count} 项"
        for severity, (_, name) in SEVERITIES.items()
        if (count := sum(one.severity == severity for one in found))
    )
    said = "" if may_decide else "<p>由审核人员确认属实，或认定不是问题。</p>"
    done = sum(one is not None for one in decided)
    ordered = sorted(range(len(found)), key=lambda place: decided[place] is not None)
    lines = "".join(_line(place, found[place], decided[place], may_decide) for place in ordered)
    return (
        f'<p role="status"><strong>{counts}</strong>；已处理 {done} 项</p>{said}<ul class="findings">{lines}</ul>{left}'
    )


def _unjudged(checked: Checked) -> str:
    """The citations of which nothing is known; silence on them is no proof."""
    lines = "".join(
        f"<li>{escape(one.text)}（{escape(one.where)}）：{escape(one.reason)}</li>" for one in checked.unjudged
    )
    return (
        f'<details class="unjudged"><summary>没有核对的引用 {len(checked.unjudged)} 处</summary><ul>{lines}</ul></details>'
        if lines
        else ""
    )


def _line(place: int, finding: Finding, decision: Any, may_decide: bool) -> str:
    sign, name = SEVERITIES[finding.severity]
    quoted = (
        f"<blockquote>{escape(finding.excerpt)}</blockquote>"
        if finding.excerpt and finding.excerpt not in finding.message
        else ""
    )
    advice = f'<p class="advice">建议：{escape(finding.advice)}</p>' if finding.advice else ""
    mend = f'<p class="advice">改法：{escape(str(finding.mend))}</p>' if finding.mend else ""
    law = f'<p class="law">依据：{escape(finding.law)}</p>' if finding.law else ""
    how = f'<p class="law">怎么知道：{escape(finding.how)}</p>' if finding.how else ""
    return (
        f'<li class="{finding.severity}{" decided" if decision else ""}" data-form>'
        f'<p><span class="severity">{sign} {name}</span> <span class="where">{escape(finding.where)}</span></p>'
        f"<p class='said'>{escape(finding.message)}</p>{_way(finding)}{quoted}{advice}{mend}{law}{how}{_decision(place, finding, decision, may_decide)}</li>"
    )


def _way(finding: Finding) -> str:
    """A button to the sentence in the manuscript."""
    if not finding.excerpt:
        return ""
    about = escape(f"到这一句：{finding.message[:40]}")
    return f'<button type="button" class="place" data-find="{escape(finding.excerpt)}" aria-label="{about}">到这一句</button>'


def _decision(place: int, finding: Finding, decision: Any, may_decide: bool) -> str:
    if decision:
        reason = f"：{escape(decision.reason)}" if decision.reason else ""
        said = f"✓ {VERDICTS[decision.decision]}{reason}（{escape(decision.by)}，{decision.at.astimezone():%m月%d日}）"
        return f'<p class="done"><span>{said}</span>{_button(place, finding, "open") if may_decide else ""}</p>'
    if not may_decide:
        return ""
    return (
        '<p class="decide"><input type="text" maxlength="200" aria-label="理由" placeholder="理由（“不是问题”必填）">'
        f"{_button(place, finding, 'confirmed')}{_button(place, finding, 'dismissed', ' data-reason')}</p>"
    )


def _button(place: int, finding: Finding, verdict: str, more: str = "") -> str:
    about = escape(f"{VERDICTS[verdict]}：{finding.message[:40]}")
    return f'<button type="button" data-send="{place}" data-verdict="{verdict}"{more} aria-label="{about}">{VERDICTS[verdict]}</button>'


def checkup_of_any(services: Gongkai, desk: gr.State) -> None:
    """Lay out and wire the check of any report, whoever published it."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=2, min_width=300):
            report = gr.File(label="要体检的报告", file_types=REPORT_SUFFIXES, elem_id="finished-report", height=130)
            previous = gr.File(
                label="上一年的报告、台账或 figures.json（可不放）",
                elem_id="finished-previous",
                height=110,
                file_types=[*REPORT_SUFFIXES, *LEDGER_SUFFIXES, ".json"],
            )
            with_ledger = gr.Checkbox(False, label="与“数据”页的台账核对", elem_id="finished-ledger")
            start = gr.Button("体检", variant="primary", elem_id="check-finished")
        with gr.Column(scale=3, min_width=340):
            findings = Findings(
                services, "finished-findings", "放入一份报告（Word、WPS、网页、PDF 或文本），点“体检”，问题会列在这里。"
            )

    @acting(services)
    def examine(user: User, path: str | None, before: str | None, beside: bool, current: Desk):
        if not path:
            raise UnusableInput("请先放入要体检的报告")
        ledger = ledger_file(services, user) if beside else None
        answers = services.ledgers.answers_to(ledger) if ledger else None
        checked = services.reports.check(Path(path), ledger, Path(before) if before else None, answers)
        return findings.shown(user, checked, Path(path))

    start.click(examine, [report, previous, with_ledger, desk], findings.outputs)
    findings.wire()
