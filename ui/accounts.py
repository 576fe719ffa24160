"""Of 管理: the first administrator, and the users."""

from __future__ import annotations

from html import escape
from typing import Any

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from ui import panels
from ui.masthead import ROLES, duties
from ui.session import acting

CHOICES = [(name, role) for role, name in ROLES.items()]
_OF_ORGAN = "所属单位（别的单位的人才写：在“汇集”页只看得到这个单位）"
_TO_SIGNIN = "() => { location.assign('signin'); }"


def accounts(services: Gongkai, page: gr.Blocks) -> None:
    """Lay out and wire the first administrator's form and, once there is one, the users."""
    with gr.Column(visible=False, elem_id="first-administrator") as first:
        gr.Markdown(
            "**现在不需要登录**：打开这个页面的人都能使用全部功能。几个人合用时，请先建立管理员；"
            "到目前为止的对话、台账和草稿都归这位管理员，此后每个人都要登录。"
        )
        name, password, again = _asked("first")
        with gr.Row():
            create = gr.Button(
                "建立管理员并启用登录", variant="primary", scale=0, min_width=240, elem_id="create-administrator"
            )
    with gr.Column(visible=False) as rest:
        held = gr.HTML(panels.empty("正在读取用户…"), elem_id="users")
        with gr.Row(equal_height=False):
            forms = _new_user(), _change()
    _wire_first(services, name, password, again, create)
    _wire_users(services, page, first, rest, held, *forms)


def _asked(prefix: str) -> tuple[gr.Textbox, gr.Textbox, gr.Textbox]:
    with gr.Row():
        name = gr.Textbox("", label="用户名", max_length=32, elem_id=f"{prefix}-name")
        password = gr.Textbox(
            "", label="密码（至少 8 个字符）", type="password", max_length=72, elem_id=f"{prefix}-password"
        )
        again = gr.Textbox("", label="再输一次密码", type="password", max_length=72, elem_id=f"{prefix}-again")
    return name, password, again


def _new_user() -> dict[str, Any]:
    with gr.Column(min_width=300, elem_id="new-user"):
        gr.Markdown(f"**新建用户**　{duties()}")
        name = gr.Textbox("", label="用户名", max_length=32, elem_id="user-name")
        password = gr.Textbox(
            "",
            label="初始密码（至少 8 个字符，请用户登录后修改）",
            type="password",
            max_length=72,
            elem_id="user-password",
        )
        role = gr.Radio(CHOICES, value="clerk", label="角色", elem_id="user-role")
        org = gr.Textbox("", label=_OF_ORGAN, max_length=60, elem_id="user-org")
        with gr.Row():
            make = gr.Button("新建", variant="primary", elem_id="create-user", min_width=140, scale=0)
    return {"name": name, "password": password, "role": role, "org": org, "make": make}


def _change() -> dict[str, Any]:
    with gr.Column(min_width=300, elem_id="change-user"):
        gr.Markdown("**更改用户**")
        who = gr.Dropdown([], label="用户", elem_id="changed-user")
        role = gr.Radio(CHOICES, value="clerk", label="角色", elem_id="changed-role")
        with gr.Row():
            set_role = gr.Button("改为这个角色", min_width=140, scale=0)
            disable = gr.Button("停用", min_width=100, scale=0, elem_id="disable-user")
            enable = gr.Button("恢复使用", min_width=100, scale=0)
        org = gr.Textbox("", label=_OF_ORGAN, max_length=60, elem_id="changed-org")
        with gr.Row():
            set_org = gr.Button("改为这个单位", min_width=140, scale=0, elem_id="set-org")
        password = gr.Textbox("", label="新密码", type="password", max_length=72, elem_id="changed-password")
        with gr.Row():
            reset = gr.Button("重设密码并解除锁定", min_width=200, scale=0)
    return {
        "who": who,
        "role": role,
        "password": password,
        "set_role": set_role,
        "org": org,
        "set_org": set_org,
        "disable": disable,
        "enable": enable,
        "reset": reset,
    }


def _wire_first(
    services: Gongkai, name: gr.Textbox, password: gr.Textbox, again: gr.Textbox, create: gr.Button
) -> None:
    @acting(services, needs="administrator")
    def make(user: User, called: str, secret: str, repeated: str) -> None:
        if not services.people.single_user:
            raise UnusableInput("已经有管理员了，请由管理员新建用户")
        if secret != repeated:
            raise UnusableInput("两次输入的密码不一样")
        services.people.create_administrator(called, secret)

    create.click(make, [name, password, again], None).success(None, js=_TO_SIGNIN)


def _wire_users(
    services: Gongkai,
    page: gr.Blocks,
    first: gr.Column,
    rest: gr.Column,
    held: gr.HTML,
    new: dict[str, Any],
    change: dict[str, Any],
) -> None:
    people = services.people

    @acting(services)
    def offered(user: User) -> tuple:
        single = services.people.single_user
        if single or not user.administers:
            return gr.Column(visible=single), gr.Column(visible=False), gr.skip(), gr.skip()
        return gr.Column(visible=False), gr.Column(visible=True), *_shown(services)

    page.load(offered, None, [first, rest, held, change["who"]], show_progress="hidden")

    def wire(button: gr.Button, does: str, run: Any, inputs: list, cleared: gr.Textbox | None = None) -> None:
        @acting(services, needs="administrator")
        def changed(user: User, *given: str) -> tuple:
            run(user, *given)
            gr.Info(f"{does}：{escape(given[0])}", title="已完成")
            return *_shown(services), *([""] if cleared else [])

        button.click(changed, inputs, [held, change["who"], *([cleared] if cleared else [])])

    wire(
        new["make"],
        "新建用户",
        people.create,
        [new["name"], new["password"], new["role"], new["org"]],
        new["password"],
    )
    wire(
        change["set_role"],
        "更改角色",
        lambda by, who, role: people.set_role(by, _named(who), role),
        [change["who"], change["role"]],
    )
    wire(
        change["set_org"],
        "更改所属单位",
        lambda by, who, org: people.set_org(by, _named(who), org),
        [change["who"], change["org"]],
    )
    wire(change["disable"], "停用用户", lambda by, who: people.set_active(by, _named(who), False), [change["who"]])
    wire(change["enable"], "恢复用户", lambda by, who: people.set_active(by, _named(who), True), [change["who"]])
    wire(
        change["reset"],
        "重设密码",
        lambda by, who, secret: people.set_password(by, _named(who), secret),
        [change["who"], change["password"]],
        change["password"],
    )


def _named(who: str | None) -> str:
    if not who:
        raise UnusableInput("请先选择要更改的用户")
    return who


def _shown(services: Gongkai) -> tuple[str, gr.Dropdown]:
    """The table of users, and the choice of one."""
    users = services.people.all()
    rows = "".join(
        f"<tr><td>{escape(user.name)}</td><td>{ROLES[user.role]}</td><td>{escape(user.org)}</td><td>{'● 可以登录' if user.active else '○ 已停用'}</td></tr>"
        for user in users
    )
    table = (
        '<table class="held"><thead><tr><th scope="col">用户</th><th scope="col">角色</th><th scope="col">所属单位</th><th scope="col">状态</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    return table, gr.Dropdown([user.name for user in users])
