"""管理: users, model, trial of questions, audit log, ratings, backup and restore, and how the office's installation stands.

Clerks do not see the page; whoever calls its handlers all the same is refused by the server.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from domain import User
from services import Gongkai
from ui import masthead, panels
from ui.accounts import accounts
from ui.desk import temporary_folder
from ui.logbook import logbook, ratings
from ui.models import models
from ui.session import acting
from ui.trials import trials


def admin_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    refused = gr.HTML(panels.empty("这一页由审核人员和管理员使用。"), visible=False)
    with gr.Tabs(visible=False, elem_id="administration") as inside:
        with gr.Tab("用户", visible=False) as first:
            accounts(services, page)
        with gr.Tab("模型", visible=False) as second:
            models(services, page)
        with gr.Tab("试问", visible=False) as tries:
            trials(services)
        with gr.Tab("日志", visible=False) as third:
            logbook(services, third)
        with gr.Tab("评价") as rated:
            ratings(services, rated)
        with gr.Tab("备份", visible=False) as fourth:
            _backup(services)
        with gr.Tab("状况", visible=False) as fifth:
            _status(services, fifth)

    @acting(services)
    def offered(user: User) -> list:
        only = [gr.Tab(visible=user.administers) for _ in range(6)]
        return [gr.HTML(visible=not user.reviews), gr.Tabs(visible=user.reviews), *only]

    page.load(offered, None, [refused, inside, first, second, tries, third, fourth, fifth], show_progress="hidden")


def _backup(services: Gongkai) -> None:
    with gr.Row(equal_height=False):
        with gr.Column(min_width=300):
            gr.Markdown(
                "**备份**：用户、对话、台账、草稿、体检结论、操作日志、资料库和设置，合为一个文件。"
                "其中有申请人信息和密钥，请像台账一样保管。"
            )
            with gr.Row():
                make = gr.Button("制作备份", variant="primary", elem_id="make-backup", min_width=140, scale=0)
            made = gr.File(label="备份文件（点文件大小下载）", interactive=False, visible=False, elem_id="backup")
        with gr.Column(min_width=300):
            gr.Markdown(
                "**恢复**：上传备份后先核对是否完整，**下次启动程序时**才替换现有的全部内容；现有内容移到数据文件夹的 before-restore 中。"
            )
            given = gr.File(label="备份文件（.zip）", file_types=[".zip"], elem_id="restore", height=130)
            said = gr.HTML(elem_id="restore-said")

    @acting(services, "backup", needs="administrator")
    def pack(user: User) -> Any:
        folder = Path(tempfile.mkdtemp(dir=temporary_folder(services)))
        return gr.File(
            str(services.safekeeping.backup(folder / f"gongkai-备份-{datetime.now():%Y%m%d-%H%M}.zip")), visible=True
        )

    @acting(services, "restore", on=lambda path: Path(path).name, needs="administrator")
    def stage(user: User, path: str) -> str:
        manifest = services.safekeeping.stage_restore(Path(path))
        return (
            f'<p class="pass" role="status">备份完整（{escape(str(manifest["made_at"]))} 制作，{len(manifest["files"])} 个文件）。'
            "请停下并重新启动程序：启动时用它替换现有内容，从现在到那时所做的事不会留在新内容里。</p>"
        )

    make.click(pack, None, made)
    given.upload(stage, given, said)


def _status(services: Gongkai, tab: gr.Tab) -> None:
    shown = gr.HTML(panels.empty("正在查看…"), elem_id="status")

    @acting(services, needs="administrator")
    def look(user: User) -> str:
        return _standing(services)

    tab.select(look, None, shown, show_progress="hidden")


def _standing(services: Gongkai) -> str:
    state = services.status()
    home = Path(state["home"])
    used = sum(path.stat().st_size for path in home.rglob("*") if path.is_file())
    free = shutil.disk_usage(home).free
    model = state["model"]
    rows = [
        (
            "资料",
            f"法规 {state['documents']['regulation']} 部，报告 {state['documents']['report']} 份，共 {state['passages']} 段",
        ),
        ("向量模型", state["embedding"]),
        ("对话模型", f"{model['name'] or '不使用'} {model['note']}".strip()),
        ("文字去向", masthead.where(services)),
        ("数据库", "内嵌" if state["store"] == "embedded" else state["store"]),
        ("数据文件夹", f"{home}：已用 {used / 2**20:,.0f} MB，磁盘还有 {free / 2**30:,.1f} GB"),
        ("用户", f"{len(services.people.all())} 人" if not services.people.single_user else "未设登录"),
        (
            "版本",
            "，".join(
                f"{name} {version}" for name, version in {"gongkai": state["version"], **state["versions"]}.items()
            ),
        ),
    ]
    lines = "".join(f"<dt>{name}</dt><dd>{value if name == '文字去向' else escape(value)}</dd>" for name, value in rows)
    return f'<dl class="facts">{lines}</dl>'
