"""The line that stays in sight on every page: what this is, where text goes, who is signed in."""

from __future__ import annotations

from html import escape

from domain import User
from services import Gongkai

ROLES = {"clerk": "经办", "reviewer": "审核", "authority": "主管部门", "administrator": "管理员"}
DUTIES = {
    "clerk": "上传台账、写文稿、提交",
    "reviewer": "看同一份台账和文稿，批注，退回或定稿，也可以自己写",
    "authority": "审核的全部权限，另外在“汇集”页收齐、审核各单位的年报，看得到各单位的全部数字",
    "administrator": "主管部门的全部权限，另外管理用户、模型和备份",
}


def duties() -> str:
    """What each role does, where roles are given and used."""
    return "；".join(f"{name}：{DUTIES[role]}" for role, name in ROLES.items()) + "。"


def opening() -> str:
    """The masthead until it is known who looks at it."""
    return _masthead("", "")


def of(services: Gongkai, user: User, where: str) -> str:
    """The masthead for a user; ``where`` is HTML."""
    if services.people.single_user:
        return _masthead(where, f'<span class="who" data-user="{escape(user.name)}">本机使用，未设登录</span>')
    account = (
        f'<span class="who" data-user="{escape(user.name)}"><b>{escape(user.name)}</b>（{ROLES[user.role]}）</span><a href="password">修改密码</a>'
        '<form method="post" action="signout"><button>退出</button></form>'
    )
    return _masthead(where, account)


def where(services: Gongkai) -> str:
    """Where text goes, as HTML; the model is opened for it."""
    model = services.models.model
    if model is None:
        return f"不使用模型，按条文摘录作答。{escape(services.models.note)}"
    if model.leaves_machine:
        return f'<strong class="leaves">注意：问题和资料片段会发送到本机之外的模型 {escape(model.name)}</strong>'
    return f"{escape(model.name)}，文字不离开这台电脑"


def _masthead(where: str, account: str) -> str:
    return (
        f'<div class="masthead"><h1>公开 · 政府信息公开年报助手</h1><span class="where" role="status">{where}</span>'
        f'<nav class="account" aria-label="用户">{account}<button type="button" class="shade">深色／浅色</button></nav></div>'
    )
