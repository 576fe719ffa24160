"""The report as it stands: its page, the parts in the margin and how each stands, its comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from domain import SECTION_TITLES, FinishedReport, LedgerResult, Remark
from report import html
from report.topics import TOPICS
from services import Gongkai
from services.handover import STEPS
from ui import panels

PARTS = (  # (part of the sheet, its name in the margin)
    ("overview", "一、总体情况"),
    *((topic, SECTION_TITLES[topic].removeprefix("政府信息公开").removesuffix("建设")) for topic in TOPICS),
    ("table2", "二、表二"),
    ("table3", "三、表三"),
    ("table4", "四、表四"),
    ("problems", "五、问题"),
    ("other", "六、其他"),
)
STATES = {"empty": ("○", "未写"), "written": ("●", "已写"), "faulty": ("▲", "有问题"), "approved": ("✓", "已核")}
# A sheet of A4 with the margins of GB/T 9704-2012, 5.1, narrower on a narrow screen.
_SHEET = """<style>html{background:#e2e8f0}body{max-width:210mm;margin:1rem auto;padding:0}
article{background:#fff;color:#111;padding:clamp(1rem,9%,37mm) clamp(.8rem,9%,27mm);box-shadow:0 1px 8px #0003}
p[data-part]{cursor:pointer}p[data-part]:hover{background:#f1f5f9}
.figure{font-weight:inherit;background:#eaf1fd;border-radius:3px;padding:0 .1em}::highlight(place){background:#fde68a}</style></head>"""


@dataclass(frozen=True)
class Manuscript:
    """A report as it stands, and what the gates say of each section that was written."""

    report: FinishedReport
    ledger: LedgerResult
    remarks: Mapping[str, tuple[Remark, ...]]

    @classmethod
    def of(cls, services: Gongkai, ledger: LedgerResult) -> Manuscript:
        figures, own = ledger.figures, services.sheets.own(ledger)
        drafts = services.sheets.kept_drafts(figures.org, figures.year)
        report = services.reports.assembled(ledger, drafts, own)
        told = services.sheets.all_told(ledger, drafts)
        said = {
            name: services.writing.inspect(draft.text, ledger, told[name], draft, own) for name, draft in drafts.items()
        }
        return cls(report, ledger, said)


def sheet(paper: Manuscript) -> str:
    """The report on a sheet of paper, shut off from the page: no script of it runs, no style leaks."""
    page = html.render(paper.report, marked=True).replace("</head>", _SHEET, 1)
    title = escape(paper.report.title)
    return f'<iframe class="paper" sandbox="allow-same-origin" title="{title}预览" srcdoc="{escape(page)}"></iframe>'


# On a telephone a table is wider than the page: the keyboard must reach what scrolls.
_SCROLLS = ('<div class="table"', '<div class="table" role="group" tabindex="0" aria-label="表格，可以左右移动"')


def around(paper: Manuscript, section: str) -> tuple[str, str]:
    """The printed page before and after the section that is worked on."""
    before, after = (part.replace(*_SCROLLS) for part in html.around(paper.report, section))
    return f'<div class="printed-page first">{before}</div>', f'<div class="printed-page last">{after}</div>'


def margin(paper: Manuscript, approved: bool, current: str = "") -> str:
    """The parts in order, each a way to its place, with a sign and a word for how it stands; ``current`` is worked on."""
    items, topics = [], _topics(paper)
    for name, label in PARTS:
        sign, said = STATES["approved" if approved else _stands(paper, name, topics.get(name, ""))]
        inner = " inner" if name in TOPICS else ""
        here = ' aria-current="true"' if name == current else ""
        items.append(
            f'<li class="{inner.strip()}"><button type="button" data-part="{name}"{here}><span>{label}</span>'
            f"<small>{sign} {said}</small></button></li>"
        )
    return f'<nav aria-label="文稿各部分"><ul>{"".join(items)}</ul></nav>'


def _stands(paper: Manuscript, name: str, topic: str) -> str:
    if name.startswith("table"):
        failed = any(name.removeprefix("table") in (check.where or check.rule) for check in paper.ledger.failed)
        return "faulty" if failed else "written"
    draft = paper.report.drafts.get(name)
    text = draft.text if draft else ""
    if name in TOPICS and draft is None:
        text = topic
    if not text.strip():
        return "empty"
    against = [one for one in paper.remarks.get(name, ()) if one.kind not in ("note", "own")]
    if name in TOPICS and not against:
        whole = paper.report.drafts.get("overview")
        against = [
            one
            for one in paper.remarks.get("overview", ())
            if one.kind not in ("note", "own") and whole and one.quote in text
        ]
    return "faulty" if against else "written"


def _topics(paper: Manuscript) -> dict[str, str]:
    """The paragraphs of part 一 by topic."""
    from report.outline import outline

    said: dict[str, list[str]] = {}
    for block in outline(paper.report):
        if block.topic and block.kind == "paragraph":
            said.setdefault(block.topic, []).append(block.text)
    return {topic: "\n".join(paragraphs) for topic, paragraphs in said.items()}


def verdict(paper: Manuscript, where: str, asked: str, drawn: str) -> str:
    """Whether it is fit to be published, and what is to be known of it; ``asked``: which look of the page this answers.

    ``drawn``: which sheet it is about.
    """
    failed, mark = len(paper.ledger.failed), paper.report.draft_mark
    loose = [one.quote for said in paper.remarks.values() for one in said if one.kind == "numeral"]
    gaps = sum(one.kind == "gap" for said in paper.remarks.values() for one in said)
    if mark:
        waiting = len(paper.ledger.open_questions)
        why = [f"有 {failed} 项校验未通过"] if failed else []
        why += [f"台账还有 {waiting} 个问题没有回答"] if waiting else []
        line = f'<p class="fail" role="status">✗ {escape(mark)}：{"，".join(why)}，请到“数据”页查看；每个文件都带有这个标记。</p>'
    elif loose or gaps:
        told = [f"{len(loose)} 个手写的数字没有核实（{escape('、'.join(loose[:5]))}）"] if loose else []
        told += [f"{gaps} 处【请补充…】"] if gaps else []
        line = f'<p class="warn" role="status">▲ 校验全部通过，还有{"，".join(told)}。</p>'
    else:
        line = '<p class="pass" role="status">✓ 校验全部通过。</p>'
    return f'{line}<p class="stands" data-made="{escape(asked)}" data-drawn="{escape(drawn)}">{escape(where)}</p>'


def stands(services: Gongkai, ledger: LedgerResult) -> tuple[str, str]:
    """How far the hand-over is: the state's key ("" before it begins) and a sentence."""
    steps = services.handover.steps(ledger)
    if not steps:
        return "", f"{services.handover.stands(ledger)}。"
    last = steps[-1]
    number = f"第{last.number}号，" if last.number else ""
    note = f"：{last.note}" if last.note else ""
    at = f"{last.at.astimezone():%m月%d日 %H:%M}"
    return last.state, f"{services.handover.stands(ledger)}（{number}{last.by or '本机用户'}，{at}）{note}"


def history(services: Gongkai, ledger: LedgerResult) -> str:
    """Every step so far."""
    lines = [
        f"<li>{step.at.astimezone():%m月%d日 %H:%M} {escape(step.by or '本机用户')} {STEPS[step.state]}"
        f"{f'第{step.number}号' if step.number else ''}{f'：{escape(step.note)}' if step.note else ''}</li>"
        for step in services.handover.steps(ledger)
    ]
    return f'<ol class="steps">{"".join(lines)}</ol>' if lines else ""


def comments(said: Sequence[Any]) -> str:
    """What was said about sentences, what is open first, each a way to its sentence."""
    if not said:
        return panels.empty("在文稿里选中一句话，写下意见，点“加批注”。")
    ordered = sorted(said, key=lambda one: bool(one.settled))
    lines = "".join(
        f'<li class="{"decided" if one.settled else ""}"><p><button type="button" class="place" data-find="{escape(one.quote)}" '
        f'data-in="{one.section}">{SECTION_TITLES[one.section]}：“{escape(one.quote[:40])}”</button></p>'
        f"<p class='said'>{escape(one.text)}</p><p class='done'><span>{escape(one.by or '本机用户')}，{one.at.astimezone():%m月%d日 %H:%M}</span>"
        + (
            f"<span>✓ 已处理（{escape(one.settled)}）</span>"
            if one.settled
            else f'<button type="button" data-send="{one.id}">已处理</button>'
        )
        + "</p></li>"
        for one in ordered
    )
    return f'<ul class="findings">{lines}</ul>'
