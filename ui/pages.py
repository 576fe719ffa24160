"""The two plain pages outside Gradio's: sign-in and a new password."""

from __future__ import annotations

from html import escape

_STYLE = """
:root{--page:#f1f5f9;--card:#fff;--text:#0f172a;--soft:#475569;--line:#94a3b8;--accent:#1d4ed8;--fault:#b91c1c}
@media (prefers-color-scheme:dark){:root{--page:#0b1220;--card:#162033;--text:#e8edf5;--soft:#a9b6ca;--line:#5b6b85;
--accent:#2f6bea;--fault:#fca5a5}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;background:var(--page);color:var(--text);
font:16px/1.6 "Microsoft YaHei","PingFang SC","Noto Sans CJK SC","WenQuanYi Micro Hei",sans-serif}
main{width:min(24rem,100% - 2rem);padding:2rem;border-radius:12px;background:var(--card);box-shadow:0 1px 12px #0002}
h1{font-size:1.35rem;margin:0 0 .2rem}p{margin:0 0 1.2rem;color:var(--soft);font-size:.95rem}
p.fault{color:var(--fault);font-weight:600}
label{display:block;margin:.9rem 0 .25rem}
input{width:100%;padding:.6rem .7rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);
border-radius:8px}
button{width:100%;margin-top:1.5rem;padding:.65rem;font:inherit;font-weight:600;color:#fff;background:var(--accent);border:0;
border-radius:8px;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
a{color:inherit}
"""


def signin_form(name: str = "", fault: str = "") -> str:
    """The page for signing in; ``fault`` says why the last attempt was refused."""
    asked = [
        _field("name", "用户名", "text", "username", name, focus=not name),
        _field("password", "密码", "password", "current-password", focus=bool(name)),
    ]
    return _page("登录", "signin", "请用管理员为您建立的用户名和密码登录。", fault, asked, "登录")


def password_form(name: str, fault: str = "") -> str:
    """The page for a user's own new password."""
    asked = [
        _field("old", "现在的密码", "password", "current-password", focus=True),
        _field("new", "新密码（至少 8 个字符）", "password", "new-password"),
        _field("again", "再输一次新密码", "password", "new-password"),
    ]
    return _page(
        "修改密码",
        "password",
        f"用户：{name}",
        fault,
        asked,
        "保存",
        '<p style="margin:1rem 0 0"><a href="./">返回工作台</a></p>',
    )


def _field(name: str, label: str, kind: str, complete: str, value: str = "", focus: bool = False) -> str:
    return (
        f'<label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" autocomplete="{complete}" maxlength="128" required '
        f'value="{escape(value)}"{" autofocus" if focus else ""}>'
    )


def _page(title: str, action: str, said: str, fault: str, asked: list[str], button: str, below: str = "") -> str:
    refused = f'<p class="fault" role="alert">{escape(fault)}</p>' if fault else ""
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)} · 公开</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>公开 · 政府信息公开年报助手</h1><p>{escape(said)}</p>{refused}"
        f'<form method="post" action="{action}">{"".join(asked)}<button>{escape(button)}</button></form>{below}'
        "</main></body></html>"
    )
