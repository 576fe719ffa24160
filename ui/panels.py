"""Records as HTML for the page; every text that comes from a document or a model is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from domain import Outcome

_OUTCOME = {"added": "新增", "unchanged": "未变", "replaced": "替换", "rejected": "拒收"}


def empty(sentence: str) -> str:
    return f'<div class="empty">{escape(sentence)}</div>'


def outcomes(done: Iterable[Outcome]) -> str:
    lines = [
        f"<li><strong>{_OUTCOME[o.status]}</strong> {escape(o.title or o.path.replace(chr(92), '/').split('/')[-1])}"
        f"{f'（{o.passages} 段）' if o.passages else ''} {escape(o.reason)}</li>"
        for o in done
    ]
    return _list(lines)


def _list(lines: list[str]) -> str:
    return f'<ul class="remarks">{"".join(lines)}</ul>' if lines else ""
