"""数据 → 用自己的文件: whatever files an office has in, its questions and missing figures on one form, a ledger out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from ui import figures, panels
from ui.desk import Desk, temporary_folder
from ui.session import OnesTurn, acting

SENDS = "gongkai.sends(element, trigger) /* 'submit' */"
SENT = "(sent, ...rest) => [gongkai.sent, ...rest]"
NO_FILES = (
    "把手头的文件拖进来：申请登记表、网站导出的信息列表、各月统计、执法台账、上年的年度报告，什么格式、什么表头都可以。"
    "程序认出各是什么，每一处由您确认；没有确认的，哪里也不计。"
)
NONE = "没有"


@dataclass(frozen=True, eq=False)
class Held:
    """The files of this browser session and what was said about them."""

    paths: tuple[Path, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    sources: Any = None


def intaking_part(services: Gongkai, desk: gr.State, verdict: gr.HTML) -> None:
    """Lay out and wire the part; a ledger that was made lies on the desk, with its verdict above."""
    held = gr.State(Held())
    files = gr.File(label="本单位的文件，可以一次放几个", file_count="multiple", elem_id="intake-files", height=120)
    form = gr.HTML(panels.empty(NO_FILES), elem_id="intake", js_on_load=SENDS)
    ledger = gr.File(label="生成的台账，可以下载、手工改正", elem_id="intake-ledger", visible=False, interactive=False)

    turn = OnesTurn()

    @acting(services)
    def take(user: User, paths: list[str] | None, now: Held):
        with turn(user):
            return _proposed(services, user, _with_files(services, now, [Path(path) for path in paths or ()]))

    @acting(services)
    def answer(user: User, sent: str, now: Held):
        with turn(user):
            return _answered(services, user, json.loads(sent), now)

    in_turn = {"concurrency_id": "take in files", "concurrency_limit": 8}
    files.upload(take, [files, held], [held, form, ledger, desk, verdict], **in_turn).then(
        lambda: None, None, files, show_progress="hidden"
    )
    form.submit(answer, [form, held], [held, form, ledger, desk, verdict], js=SENT, **in_turn)


def _with_files(services: Gongkai, now: Held, paths: list[Path]) -> Held:
    """The session's files with those that came; one of the same name takes the other's place."""
    names = {path.name for path in paths}
    together = (*(path for path in now.paths if path.name not in names), *paths)
    return replace(now, paths=together, sources=services.intakes.read(together))


def _proposed(services: Gongkai, user: User, now: Held) -> tuple[Any, ...]:
    proposal = services.intakes.propose(now.sources, now.answers, typed=now.typed, by=user.name)
    return now, form_of(proposal, now), gr.skip(), gr.skip(), gr.skip()


def _answered(services: Gongkai, user: User, sent: Mapping[str, Any], now: Held) -> tuple[Any, ...]:
    """What the form held when its button was used: taken, and where all is settled, made a ledger on the desk."""
    if sent["collect"] == "anew":
        return Held(), panels.empty(NO_FILES), gr.update(visible=False, value=None), gr.skip(), gr.skip()
    if now.sources is None:  # the program was started anew meanwhile
        raise UnusableInput("这些文件已经不在了，请重新放入")
    values = {name: value.strip() for name, value in sent["values"].items() if value.strip()}
    rest = values.pop("rest", "")
    typed = {
        **now.typed,
        **{name.removeprefix("填/"): value for name, value in values.items() if name.startswith("填/")},
    }
    answers = {**now.answers, **{name: value for name, value in values.items() if not name.startswith("填/")}}
    now = replace(now, answers=answers, typed=typed)
    proposal = services.intakes.propose(now.sources, now.answers, typed=now.typed, by=user.name)
    if rest and proposal.missing:
        none = {area.name: NONE for area in proposal.missing if area.name != "单位名称"}
        now = replace(now, typed={**now.typed, **none})
        proposal = services.intakes.propose(now.sources, now.answers, typed=now.typed, by=user.name)
    if not proposal.settled:
        return now, form_of(proposal, now), gr.skip(), gr.skip(), gr.skip()
    services.intakes.keep(proposal)
    path = Path(tempfile.mkdtemp(dir=temporary_folder(services))) / "台账.xlsx"
    services.intakes.write(proposal, path)
    result = services.ledgers.take(user, path, _name(now))
    told = made(proposal, result.figures.org, result.figures.year)
    return now, told, gr.update(visible=True, value=str(path)), Desk.of(services, user), figures.verdict(result)


def _name(now: Held) -> str:
    first = now.paths[0].name
    return first if len(now.paths) == 1 else f"{first}等{len(now.paths)}个文件"


# --- the form -----------------------------------------------------------------------------------------


def form_of(proposal: Any, now: Held) -> str:
    """Questions with their proposals chosen, figures that no file holds, and what cannot be used."""
    asked = [part for question in proposal.questions for part in question.parts or (question,)]
    sheets = {f"表/{sheet.table.id}": sheet for sheet in proposal.sheets}
    first = [question for question in asked if question.id in sheets]
    values = [question for question in asked if question.id.startswith("值/")]
    others = [question for question in asked if question not in first and question not in values]
    parts = [
        _problems("这些文件不能用", proposal.problems),
        "".join(_sheet(question, sheets[question.id]) for question in first),
        "".join(_known(sheet) for sheet in proposal.sheets if f"表/{sheet.table.id}" not in {q.id for q in first}),
        _values(values),
        "".join(_other(question) for question in others),
        _missing(proposal.missing, now),
        _problems("还没有计入的行", [one.said for one in proposal.open] if not asked else []),
        _notes(proposal.notes),
    ]
    unchosen = sum(not question.proposal for question in asked)
    hint = f"有 {unchosen} 处没有建议，请您选定。" if unchosen else "不对的请改，都对就按下面的按钮。"
    told = f"有 {len(asked)} 处要您确认。{hint}" if asked else "都确认过了。"
    return (
        f'<div class="intake"><p role="status"><strong>{told}</strong></p>{"".join(parts)}<p class="does">'
        '<button type="button" class="main" data-collect="confirm">确认，生成台账</button>'
        '<button type="button" data-collect="anew">换一批文件</button></p></div>'
    )


def _sheet(question: Any, sheet: Any) -> str:
    return f"<section><p>{escape(question.text)}</p>{_columns(sheet)}<p><label>这张表是 {_choice(question)}</label></p></section>"


def _known(sheet: Any) -> str:
    return f"<section><p>{escape(sheet.table.name)}（{len(sheet.table.records)}行）：{escape(sheet.is_)}，确认过</p></section>"


def _columns(sheet: Any) -> str:
    """The columns that are used, with examples; personal ones show none."""
    used = [column for column in sheet.as_json()["columns"] if column["is"]]
    if not used:
        return ""
    rows = "".join(
        f"<tr><td>{escape(one['heading'])}</td><td>{escape(one['is'])}</td><td>{escape('、'.join(one['examples']))}</td></tr>"
        for one in used
    )
    return (
        '<div class="table"><table><thead><tr><th scope="col">表里的列</th><th scope="col">当作</th><th scope="col">例如</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _values(asked: list[Any]) -> str:
    """Every word that is not the form's own, with its meaning to confirm and the reason."""
    if not asked:
        return ""
    rows = "".join(
        f"<tr><td>{escape(question.about)}</td><td>{question.count}</td><td>{_choice(question)}</td><td>{escape(question.why)}</td>"
        f"<td>{escape('；'.join(question.examples[:2]))}</td></tr>"
        for question in asked
    )
    return (
        '<section><p><strong>表里的说法计入哪一项</strong></p><div class="table"><table><thead><tr><th scope="col">说法</th>'
        '<th scope="col">行数</th><th scope="col">计入</th><th scope="col">理由</th><th scope="col">在哪里</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></section>"
    )


def _other(question: Any) -> str:
    return f"<section><p>{escape(question.text)}</p><p>{_choice(question)}</p></section>"


def _choice(question: Any) -> str:
    """A list of the choices with the proposal chosen; a field where any text may be the answer."""
    name, label = escape(question.id), escape(question.about or question.text[:40])
    if question.free:
        options = "".join(f'<option value="{escape(choice)}">' for choice in question.choices)
        return (
            f'<input name="{name}" aria-label="{label}" value="{escape(question.proposal)}" list="list-{name}">'
            f'<datalist id="list-{name}">{options}</datalist>'
        )
    first = "" if question.proposal else '<option value="" selected>请选择</option>'
    options = "".join(
        f"<option{' selected' if choice == question.proposal else ''}>{escape(choice)}</option>"
        for choice in question.choices
    )
    return f'<select name="{name}" aria-label="{label}"{"" if question.proposal else " class=open"}>{first}{options}</select>'


def _missing(areas: list[Any], now: Held) -> str:
    if not areas:
        return ""
    rows = "".join(
        f'<tr><td><label for="set-{escape(area.name)}">{escape(area.said)}</label></td>'
        f'<td><input id="set-{escape(area.name)}" name="填/{escape(area.name)}" value="{escape(now.typed.get(area.name, ""))}" '
        f'placeholder="{"全称" if area.name == "单位名称" else "数字，或“没有”"}"> {escape(area.unit)}</td></tr>'
        for area in areas
    )
    return (
        "<section><p><strong>文件里没有的，填一次</strong>（记为填报人填写；不填的先空着，报告只出草稿）</p>"
        f'<div class="table"><table><tbody>{rows}</tbody></table></div>'
        '<p><label><input type="checkbox" name="rest" value="没有"> 没有填的，今年都没有</label></p></section>'
    )


def _problems(title: str, sentences: list[str]) -> str:
    lines = "".join(f'<li class="fail">{escape(one)}</li>' for one in sentences)
    return (
        f'<section role="alert"><p><strong class="fail">{title}</strong></p><ul class="remarks">{lines}</ul></section>'
        if lines
        else ""
    )


def _notes(notes: list[str]) -> str:
    lines = "".join(f"<li>{escape(one)}</li>" for one in dict.fromkeys(notes))
    return (
        f'<details><summary>说明 {len(notes)} 条</summary><ul class="remarks">{lines}</ul></details>' if lines else ""
    )


def made(proposal: Any, org: str, year: int) -> str:
    """The ledger was written: how much of each sheet, and what is still open."""
    counts = "、".join(f"{name}{len(rows)}行" for name, rows in proposal.rows.items() if rows)
    lines = f"，汇总数据{len(proposal.lines)}项" if proposal.lines else ""
    last = proposal.last_year
    before = f"，与“{escape(last.file)}”的比较见“与上年对照”" if last else ""
    pending = "、".join(area.name for area in proposal.missing)
    open_ = (
        f'<p class="fail">还没有数据：{escape(pending)}。报告只出草稿；放入文件或填写以后再生成一次。</p>'
        if pending
        else ""
    )
    return (
        f'<div class="intake"><p role="status"><strong class="pass">✓ 已生成 {escape(org)} {year} 年度的台账</strong>：{escape(counts)}{lines}。'
        f"对照已记住，下次同样的文件不再问。三张表和校验见“三张表”{before}。</p>"
        f'{open_}{_notes(proposal.notes)}<p class="does"><button type="button" data-collect="anew">换一批文件</button></p></div>'
    )
