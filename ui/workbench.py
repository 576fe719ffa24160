"""The page: masthead and tabs, and the server that shows it."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
from html import escape

import gradio as gr

from domain import UnusableInput
from services import Gongkai
from ui.chat import chat_tab
from ui.data import data_tab
from ui.desk import Desk, temporary_folder
from ui.drafts import drafts_tab
from ui.library import library_tab
from ui.reports import reports_tab
from ui.signin import signin
from ui.theme import CSS, theme

MAX_UPLOAD = "50mb"
NEVER_SERVED = ("chroma", "ledgers", "before-restore", "restore-staged", "office.db", "office.db-wal", "settings.toml")
UPLOADS_KEPT = (3600, 24 * 3600)  # looked through every hour, deleted after a day (seconds)


def workbench(services: Gongkai) -> gr.Blocks:
    """The whole page over the given services."""
    with gr.Blocks(title="公开 · 政府信息公开年报助手", analytics_enabled=False, delete_cache=UPLOADS_KEPT) as page:
        masthead = gr.HTML(_masthead(""), elem_id="masthead")
        desk = gr.State(Desk())
        with gr.Tabs():
            with gr.Tab("对话"):
                chat_tab(services)
            with gr.Tab("数据"):
                data_tab(services, desk)
            with gr.Tab("起草"):
                drafts_tab(services, desk)
            with gr.Tab("报告"):
                reports_tab(services, desk)
            with gr.Tab("资料库"):
                library_tab(services)
        page.load(lambda: _masthead(_where(services)), outputs=masthead)
    page.queue(default_concurrency_limit=4)
    return page


def launch(services: Gongkai, host: str, port: int, open_browser: bool) -> None:
    """Serve until stopped; opening the store's heavy parts goes on in the background."""
    _free(host, port)
    shutil.rmtree(temporary_folder(services))
    os.environ["GRADIO_TEMP_DIR"] = str(temporary_folder(services))
    threading.Thread(target=_warm, args=(services,), name="warm", daemon=True).start()
    check = signin(services)
    workbench(services).launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        share=False,
        ssr_mode=False,
        auth=check,
        auth_message="请用管理员分配的用户名和密码登录" if check else None,
        max_file_size=MAX_UPLOAD,
        footer_links=[],
        theme=theme(),
        css=CSS,
        allowed_paths=[],
        blocked_paths=[str(services.settings.home.resolve() / name) for name in NEVER_SERVED],
        enable_monitoring=False,
        quiet=True,
    )


def _warm(services: Gongkai) -> None:
    try:
        services.warm()
    except UnusableInput as error:  # said again, on the page, to whoever asks
        print(error, file=sys.stderr)


def _free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":  # on Windows it would let the probe share a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UnusableInput(f"地址 {host}:{port} 无法使用（可能已有一个工作台在运行），请用 --port 换一个端口") from error


def _where(services: Gongkai) -> str:
    """Where text goes: said plainly, always visible."""
    model = services.model
    if model is None:
        return f"不使用模型，按条文摘录作答。{services.model_note}"
    if model.leaves_machine:
        return f"<span class='leaves'>注意：问题和资料片段会发送到本机之外的模型 {escape(model.name)}</span>"
    return f"{escape(model.name)}，文字不离开这台电脑"


def _masthead(where: str) -> str:
    return f'<h1>公开 · 政府信息公开年报助手</h1><span class="where">{where}</span>'
