"""The ten questions on what no ledger knows, as HTML: each with its place, last year's words, and who has answered."""

from __future__ import annotations

from html import escape
from typing import Any

from domain import LedgerResult
from services import Gongkai


def asked(services: Gongkai, ledger: LedgerResult) -> str:
    """The open ones first."""
    answers, before = services.sheets.answers(ledger), services.sheets.suggested(ledger)
    ordered = sorted(services.sheets.questions(), key=lambda one: one.key in answers)
    left = sum(one.key not in answers for one in ordered)
    said = f"还有 {left} 个没有回答；写了才进正文，答案留到明年。" if left else "都已回答，可以随时改。"
    items = "".join(_item(one, answers.get(one.key), before.get(one.key, "")) for one in ordered)
    return f'<p role="status">{said}</p><ul>{items}</ul>'


def _item(one: Any, answer: str | None, before: str) -> str:
    sign = "" if answer is None else "<small>✓ 已写入</small>" if answer else "<small>✓ 不写</small>"
    hint = "<small>上年的写法，请核对</small>" if answer is None and before else ""
    text = answer if answer is not None else before
    return (
        f'<li data-form><label for="asked-{one.key}">{escape(one.ask)}</label><small>写在：{one.where}</small>{sign}{hint}'
        f'<textarea id="asked-{one.key}" rows="2" maxlength="400">{escape(text)}</textarea><p class="decide">'
        f'<button type="button" data-send="{one.key}" data-verdict="tell" aria-label="写入：{escape(one.ask)}">写入</button>'
        f'<button type="button" data-send="{one.key}" data-verdict="leave" aria-label="不写：{escape(one.ask)}">不写</button></p></li>'
    )
