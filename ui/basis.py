"""What a draft rests on and what is said about it, as HTML: figures, signals, articles, last year's words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from domain import Draft, LedgerResult, Phrase, Remark
from services import Gongkai, last_result
from ui import panels
from ui.editor import browser_place

ORIGINS = {
    "model": "模型起草",
    "composed": "系统按台账写成",
    "edited": "手工修改",
    "restored": "恢复",
    "answer": "由对话写入",
    "aside": "另存",
}
MODES = {"model": "由模型起草，数字由系统填入", "composed": "由系统按台账直接写成"}
BY = {"模型": "由模型改写", "台账": "按台账写成"}
KINDS = {
    "numeral": "数字",
    "citation": "引用",
    "placeholder": "占位符",
    "gap": "待补充",
    "note": "补充说明",
    "own": "本单位的数字",
}


def nothing() -> str:
    return panels.empty("有了台账，这里会列出可用的数字、线索、依据条文和上年的写法。")


def material(services: Gongkai, ledger: LedgerResult, section: str, notes: str) -> str:
    """What a section can be written from, whether or not it has been."""
    composed = last_result(services.writing.draft(section, ledger, with_model=False, notes=notes))
    title, past = services.writing.last_year(section, ledger)
    signals = composed.signals or (ledger.signals if section in ("overview", "problems") else ())
    parts = [
        _part("数字", len(composed.figures), _figures(composed.figures), open=True, hint="点一下，插入到光标处"),
        _part("线索", len(signals), _list([escape(one.message) for one in signals])),
        _part("依据条文", len(composed.citations), "".join(_article(one.hit) for one in composed.citations)),
        _part(f"上年的写法（{title}）" if title else "上年的写法", len(past), _past(past)),
    ]
    return "".join(parts)


def state(version) -> str:
    """Who wrote the version that counts, how and when."""
    how = MODES[version.draft.mode] if version.origin in MODES else ORIGINS[version.origin]
    first = "" if version.origin in MODES else f"（原稿{MODES[version.draft.mode]}）"
    return f"{how}{first}，{version.by or '本机用户'} {version.at.astimezone():%m月%d日 %H:%M}"


def labelled(version) -> str:
    """A version in the list of versions."""
    start = version.draft.text.replace("\n", " ")[:18]
    return f"{version.at.astimezone():%m-%d %H:%M} {ORIGINS[version.origin]} {version.by}：{start or '（空）'}"


def remarks(said: Iterable[Remark], draft: Draft) -> str:
    """What the gates say about a text, each a button that leads to the place; then how it was written."""
    told = list(said)
    against = [_remark(one, draft) for one in told if one.kind != "own"]
    gates = (
        _list(against, "fail")
        if against
        else '<p class="pass">✓ 数字和引用都有依据。</p>'
        if draft.text.strip()
        else ""
    ) + _list([_remark(one, draft) for one in told if one.kind == "own"])
    taken = [f"已删去“{escape(one.text)}”：{escape(one.reason)}" for one in draft.rejected]
    rest = _list([*(escape(str(note)) for note in draft.notes), *taken])
    return f'<div role="status">{gates}</div>' + (
        f"<details><summary>起草说明（{len(draft.notes) + len(taken)}）</summary>{rest}</details>" if rest else ""
    )


def offers(found: Sequence[Any], told: str = "", busy: bool = False) -> str:
    """Each change beside what stands, old words struck and new ones marked, to be accepted or refused."""
    said = f'<p class="{"doing" if busy else "told"}" role="status">{escape(told)}</p>' if told else ""
    if not found:
        return said
    cards = "".join(_offer(place, one) for place, one in enumerate(found))
    every = (
        f"<p class='every'>{len(found)} 段可改："
        '<button type="button" data-send="all" data-verdict="accept">全部采用</button>'
        '<button type="button" data-send="all" data-verdict="refuse">全部不用</button></p>'
    )
    return f"{said}{every}<ul>{cards}</ul>"


def _offer(place: int, one: Any) -> str:
    about = escape(one.new[:24])
    buttons = "".join(
        f'<button type="button" data-send="{place}" data-verdict="{verdict}" aria-label="{name}：{about}">{name}</button>'
        for verdict, name in (("accept", "采用"), ("refuse", "不用"))
    )
    by = f"<small>{BY.get(one.by, one.by)}{'' if one.old else '，新增一段'}</small>"
    return f'<li><p class="change">{_changed(one.old, one.new)}</p><p class="decide">{by}{buttons}</p></li>'


def _changed(old: str, new: str) -> str:
    """The new words with the old ones struck out where they differ."""
    pieces = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(escape(old[a:b]))
            continue
        pieces.append(f"<del>{escape(old[a:b])}</del>" if b > a else "")
        pieces.append(f"<ins>{escape(new[c:d])}</ins>" if d > c else "")
    return "".join(pieces)


def _remark(one: Remark, draft: Draft) -> str:
    """What is said of a place, the way there, and for a typed number who vouches for it."""
    at = f'data-start="{browser_place(draft.text, one.start)}" data-end="{browser_place(draft.text, one.end)}"'
    vouch = (
        f' <button type="button" class="vouch" data-send="{one.start}-{one.end}" data-section="{draft.section}" '
        f'aria-label="本单位已核实：{escape(one.quote)}">本单位已核实</button>'
        if one.kind == "numeral"
        else ""
    )
    return f'<button type="button" {at}>{KINDS[one.kind]} <b>{escape(one.quote)}</b>：{escape(one.message)}</button>{vouch}'


def _part(title: str, count: int, body: str, open: bool = False, hint: str = "") -> str:
    if not count:
        return ""
    said = f" <small>{hint}</small>" if hint else ""
    return f"<details{' open' if open else ''}><summary>{escape(title)} · {count}{said}</summary><div>{body}</div></details>"


def _figures(phrases: Iterable[Phrase]) -> str:
    return "".join(
        f'<button type="button" class="put" data-put="{escape(one.text)}" title="{escape(one.source or one.key)}" '
        f'aria-pressed="false">{escape(one.text)}</button>'
        for one in phrases
    )


def _past(parts: Iterable[tuple[str, str]]) -> str:
    return "".join(
        f'<div class="past"><strong>{escape(heading.split("/")[-1])}</strong>'
        + "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))
        + "</div>"
        for heading, text in parts
    )


def _article(hit) -> str:
    return f"<p><strong>《{escape(hit.title)}》{escape(hit.article)}</strong>（{escape(hit.status)}）{escape(hit.text)}</p>"


def _list(lines: list[str], name: str = "") -> str:
    return "<ul>" + "".join(f'<li class="{name}">{line}</li>' for line in lines) + "</ul>" if lines else ""
