"""A conversation as HTML: questions, answers with markers that open articles, and what can be done with them.

Not ``gr.Chatbot``: a marker, a citation's copy and a thumb are buttons with Chinese names here, and
nothing of a model's text is taken for Markdown or HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from domain import Answer, Remembered
from ui import readings
from ui.answers import Making
from ui.citations import name, official
from ui.days import in_words

if TYPE_CHECKING:
    from services.conversations import Conversation, Message
    from services.sources import Attachment

SUGGESTED = (
    "哪些条款管企业环境信息披露？",
    "部门的年度报告最迟什么时候公布？",
    "申请人反复大量提交申请怎么办？",
    "排污单位要公开哪些信息？",
)
_MARKER = re.compile(r"\[(\d+)\]")
_FOLLOW_UPS = 2
_answered_turns = Remembered(256)


def empty_conversation() -> str:
    """What stands where nothing was asked yet."""
    return (
        '<div class="log" data-conversation=""><div class="welcome"><h2>问法规，答条款</h2>'
        "<p>回答逐句注明依据，点 [1] 打开条文；找不到依据时会直说。</p>" + _suggestions(SUGGESTED) + "</div></div>"
    )


def conversation(id: int | None, messages: Sequence[Message], making: Callable[[int], Making | None]) -> str:
    """The whole conversation; ``making`` finds the answer in the making of a question."""
    if not messages:
        return empty_conversation()
    last = messages[-1]
    turns = "".join(_turn(message, making(message.id), message is last) for message in messages)
    asked = {message.question for message in messages}
    more = [text for text in follow_ups(last.answer) if text not in asked] if last.answer else []
    return f'<div class="log" data-conversation="{id}">{turns}{_suggestions(more[:_FOLLOW_UPS])}</div>'


def attached(files: Sequence[Attachment]) -> str:
    """The files beside the conversation: what each is called and is, and a way to take it away."""
    chips = "".join(
        f'<li title="{escape(one.name)}"><b>{escape(one.name)}</b> <small>{escape(one.told)}</small>'
        f'<button type="button" data-pick="detach:{one.id}" aria-label="拿走{escape(one.name)}">×</button></li>'
        for one in files
    )
    return f'<ul class="chips" aria-label="随问题放的文件">{chips}</ul>' if chips else ""


def follow_ups(answer: Answer) -> list[str]:
    """Questions that lead on from an answer and can be answered from what is held."""
    if answer.refused:
        return list(SUGGESTED)
    if answer.mode == "figures":
        return ["那上一年呢？"]
    articles = [each.hit for each in answer.citations if each.hit.kind == "regulation" and each.hit.article_no]
    return [f"{name(hit)}是怎么规定的？" for hit in articles]


def _turn(message: Message, making: Making | None, last: bool) -> str:
    if message.answer is None or making is not None:
        return _written(message, making, last)
    same = (message.id, message.question, message.as_of, message.asked_at, message.thumb, last, date.today())
    return _answered_turns.of((message.answer,), same, lambda: _written(message, None, last))


def _written(message: Message, making: Making | None, last: bool) -> str:
    running = making is not None and not making.done
    change = _button(f"edit:{message.id}", "修改问题") if last and not running else ""
    day = (
        f'<span class="as-of">按 {in_words(message.as_of)} 的效力</span>'
        if message.as_of and _another_day(message)
        else ""
    )
    question = f'<div class="question"><p>{escape(message.question)}</p><div class="actions">{day}{change}</div></div>'
    return f'<article class="turn" data-turn="{message.id}" aria-label="一问一答">{question}{_reply(message, making, last)}</article>'


def _another_day(message: Message) -> bool:
    return message.as_of is not None and message.as_of != message.asked_at.date() and message.as_of != date.today()


def _reply(message: Message, making: Making | None, last: bool) -> str:
    if message.answer:
        return _answered(message, message.answer, last)
    again = f'<div class="actions">{_button(f"retry:{message.id}", "重新回答")}</div>' if last else ""
    if making is None:
        return f'<div class="answer unfinished"><p><b>未完成</b>：回答时中断了，问题已保存。</p>{again}</div>'
    if making.done:
        return f'<div class="answer unfinished"><p class="fail">{escape(making.fault)}</p>{again}</div>'
    doing = "正在停止…" if making.stopped else making.doing
    return f'<div class="answer">{_body(making.text, message.id, None)}<p class="doing" role="status">{escape(doing)}</p></div>'


def _answered(message: Message, answer: Answer, last: bool) -> str:
    understood = f'<p class="standalone">理解为：{escape(answer.standalone)}</p>' if answer.standalone else ""
    notes = "".join(f"<li>{escape(str(note))}</li>" for note in answer.notes)
    said = f'<ul class="notes">{notes}</ul>' if notes else ""
    said += _left_out(answer)
    copy = f'<button type="button" data-copy="{escape(official(answer))}">复制（带引用）</button>'
    again = _button(f"retry:{message.id}", "重新回答") if last else ""
    put = "" if answer.refused else _button(f"put:{message.id}", "写进报告")
    thumbs = _thumb(message, 1, "有用") + _thumb(message, -1, "没用")
    return (
        f'<div class="answer">{understood}{readings.reading(answer, message.id)}{_body(answer.answer, message.id, answer)}{said}'
        f'<div class="actions">{copy}{_button(f"all:{message.id}", "引用条文") if answer.citations else ""}{put}{again}{thumbs}</div></div>'
    )


def _left_out(answer: Answer) -> str:
    """What the gates took out of the model's words and why, for whoever opens it."""
    items = "".join(f"<li>“{escape(one.text)}”：{escape(one.reason)}</li>" for one in answer.rejected)
    return (
        f'<details class="notes"><summary>没有采用的 {len(answer.rejected)} 处</summary><ul>{items}</ul></details>'
        if items
        else ""
    )


def _body(text: str, message: int, answer: Answer | None) -> str:
    """Paragraphs and lists; each marker a button where it is known what it cites."""
    hits = {each.marker: each.hit for each in answer.citations} if answer else {}
    places = iter(range(len(text)))

    def marker(found: re.Match) -> str:
        place, number = next(places), int(found[1])
        if number not in hits:
            return f'<span class="marker">[{number}]</span>'
        return (
            f'<button type="button" class="marker" data-pick="cite:{message}:{number}:{place}" '
            f'aria-label="打开依据{number}：{escape(name(hits[number]))}">[{number}]</button>'
        )

    parts: list[str] = []
    for rows, run in groupby(text.split("\n"), readings.is_row):
        lines = [*run]
        parts += [readings.table(lines)] if rows else [_line(_MARKER.sub(marker, escape(line))) for line in lines]
    body = "".join(parts)
    return re.sub(r"(?:<li>.*?</li>)+", lambda items: f"<ul>{items[0]}</ul>", body)


def _line(line: str) -> str:
    if not line.strip():
        return ""
    return f"<li>{line[2:]}</li>" if line.startswith("- ") else f"<p>{line}</p>"


def _thumb(message: Message, thumb: int, label: str) -> str:
    pressed = message.thumb == thumb
    return (
        f'<button type="button" class="thumb" data-pick="like:{message.id}:{0 if pressed else thumb}" '
        f'aria-pressed="{str(pressed).lower()}">{"✓ " if pressed else ""}{label}</button>'
    )


def _button(pick: str, label: str) -> str:
    return f'<button type="button" data-pick="{pick}">{label}</button>'


def _suggestions(texts: Sequence[str]) -> str:
    buttons = "".join(f'<button type="button" data-pick="ask:{escape(text)}">{escape(text)}</button>' for text in texts)
    return f'<div class="suggestions" role="group" aria-label="可以接着问">{buttons}</div>' if buttons else ""


def past(conversations: Sequence[Conversation], open_id: int | None, searched: bool) -> str:
    """A user's conversations, the latest first, each a button that opens it."""
    if not conversations:
        return f'<div class="empty">{"没有找到含这些字的对话。" if searched else "问过的问题会留在这里。"}</div>'
    rows = "".join(
        f'<li><button type="button" data-pick="open:{each.id}"{" aria-current=true" if each.id == open_id else ""}>'
        f"<span>{escape(each.title or '新对话')}</span><small>{each.changed_at:%m-%d %H:%M}</small></button></li>"
        for each in conversations
    )
    return f'<nav aria-label="以往对话"><ul class="past">{rows}</ul></nav>'
