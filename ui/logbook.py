"""Of 管理: the audit log with its filters and export, and the ratings of answers."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import escape
from typing import Any

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from ui import panels
from ui.session import acting

ACTIONS = {
    "sign_in": "登录",
    "sign_in_refused": "登录被拒",
    "sign_out": "退出",
    "ask": "提问",
    "upload": "上传",
    "answer": "答复台账问题",
    "delete": "删除",
    "draft": "起草",
    "edit": "修改草稿",
    "review": "处理体检结果",
    "collect": "年度汇集",
    "vouch": "核实数字",
    "hand_over": "提交和审核",
    "export": "导出",
    "users": "管理用户",
    "settings": "更改设置",
    "backup": "备份",
    "restore": "恢复",
}
_SHOWN = 500


def logbook(services: Gongkai, tab: gr.Tab) -> None:
    """Lay out and wire the audit log."""
    with gr.Row():
        since = gr.Textbox("", label="从（含）", placeholder="2026-01-01", elem_id="log-since", min_width=120)
        until = gr.Textbox("", label="到（含）", placeholder="2026-01-31", elem_id="log-until", min_width=120)
        who = gr.Textbox("", label="用户", elem_id="log-who", min_width=120)
        action = gr.Dropdown(
            [("全部", ""), *((name, key) for key, name in ACTIONS.items())],
            value="",
            label="动作",
            elem_id="log-action",
            min_width=120,
        )
    with gr.Row():
        look = gr.Button("查看", min_width=140, scale=0, elem_id="log-look")
        export = gr.Button("导出 CSV", min_width=140, scale=0, elem_id="log-export")
    made = gr.Textbox("", label="导出的日志", visible="hidden")
    shown = gr.HTML(panels.empty("操作日志会列在这里。"), elem_id="log")
    filters = [since, until, who, action]

    @acting(services, needs="administrator")
    def listed(user: User, *given: str) -> str:
        return _table(services.journal.entries(user, **_filters(*given), limit=_SHOWN))

    @acting(services, "export", on=lambda *given: "操作日志", needs="administrator")
    def exported(user: User, *given: str) -> str:
        text = services.journal.as_csv(user, **_filters(*given))
        return json.dumps(["操作日志.csv", f"\ufeff{text}"])  # Excel takes a file without the mark for GBK

    for trigger in (look.click, tab.select, action.change, who.submit):
        trigger(listed, filters, shown, show_progress="hidden")
    export.click(exported, filters, made).success(None, made, None, js="(made) => window.saveText(made)")


def ratings(services: Gongkai, tab: gr.Tab) -> None:
    """Lay out and wire what users said of answers, for reviewers: without who asked."""
    shown = gr.HTML(panels.empty("用户对答复的评价会列在这里。"), elem_id="ratings")

    @acting(services, needs="reviewer")
    def listed(user: User) -> str:
        said = services.conversations.ratings(user)
        articles = [
            f"<article><header>{'有用' if one.thumb > 0 else '没有用'}　{_moment(one.at)}　{escape(one.reason)}</header>"
            f"<details><summary>{escape(one.question)}</summary><p>{escape(one.answer)}</p></details></article>"
            for one in said
        ]
        return f'<div class="evidence">{"".join(articles)}</div>' if articles else panels.empty("还没有评价。")

    tab.select(listed, None, shown, show_progress="hidden")


def _filters(since: str, until: str, who: str, action: str) -> dict[str, Any]:
    last = _day(until, "到")
    return {
        "since": _day(since, "从"),
        "until": last + timedelta(days=1) if last else None,
        "who": who.strip(),
        "action": action or "",
    }


def _day(text: str, label: str) -> datetime | None:
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").astimezone()
    except ValueError:
        raise UnusableInput(f"“{label}”的日期“{text.strip()}”无法识别，请写成 2026-01-31 的样子") from None


def _table(entries: list) -> str:
    if not entries:
        return panels.empty("没有符合条件的记录。")
    rows = "".join(
        f"<tr><td>{_moment(entry.at)}</td><td>{escape(entry.who)}</td><td>{ACTIONS.get(entry.action, escape(entry.action))}</td>"
        f"<td>{escape(entry.object)}</td><td>{escape(entry.detail)}</td></tr>"
        for entry in entries
    )
    more = f"只列出最近 {_SHOWN} 条；导出的是全部。" if len(entries) == _SHOWN else f"共 {len(entries)} 条"
    return (
        f'<p class="count">{more}</p><div class="scroll" tabindex="0" role="region" aria-label="操作日志"><table class="held log">'
        '<thead><tr><th scope="col">时间</th><th scope="col">用户</th><th scope="col">动作</th><th scope="col">对象</th>'
        f'<th scope="col">说明</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
