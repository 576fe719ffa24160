"""The page: masthead and tabs, and the server that shows it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import sys
import threading
from collections.abc import Callable, Iterator

import gradio as gr
from starlette.middleware import Middleware

import durable
from domain import UnusableInput, User
from services import Gongkai
from ui import masthead, wordless
from ui.admin import admin_tab
from ui.chat import chat_tab
from ui.collecting import collecting_tab
from ui.data import data_tab
from ui.desk import Desk, temporary_folder
from ui.drafts import drafts_tab
from ui.frames import Frames
from ui.guard import Guard
from ui.library import library_tab
from ui.pagesession import PAGES, keep_no_looks
from ui.policy import hashes
from ui.reports import reports_tab
from ui.search import search_tab
from ui.session import acting
from ui.signatures import keep_signatures
from ui.signin import routes, to_signin, unusable, who
from ui.theme import CSS, HEAD, theme
from ui.uploads import Uploads

Tab = Callable[[Gongkai, gr.State, gr.Blocks], None]
TABS: tuple[tuple[str, str, Tab], ...] = (
    ("对话", "chat", chat_tab),
    ("法规检索", "search", search_tab),
    ("数据", "data", data_tab),
    ("起草", "drafts", drafts_tab),
    ("报告", "reports", reports_tab),
    ("汇集", "collecting", collecting_tab),
    ("资料库", "library", library_tab),
    ("管理", "admin", admin_tab),
)
MAX_UPLOAD = "200mb"  # a backup with the statute library in it
NEVER_SERVED = (
    "chroma",
    "sources",
    "ledgers",
    "jobs",
    "collected",
    "before-restore",
    "restore-staged",
    "office.db",
    "office.db-wal",
    "settings.toml",
)
TURN = 0.001
"""Seconds that one thread may count while others wait: a search takes some twenty turns, and waits for each of them."""
UPLOADS_KEPT = (3600, 24 * 3600)  # looked through every hour, deleted after a day (seconds)


def workbench(services: Gongkai) -> gr.Blocks:
    """The whole page over the given services."""
    _spare_gradio()
    with Frames(title="公开 · 政府信息公开年报助手", analytics_enabled=False, delete_cache=UPLOADS_KEPT) as page:
        top = gr.HTML(masthead.opening(), elem_id="masthead", padding=False)
        desk = gr.State(Desk())
        with gr.Tabs(elem_id="pages"):
            for label, name, tab in TABS:
                with gr.Tab(label, id=name, elem_id=f"page-{name}"):
                    tab(services, desk, page)

        @acting(services)
        def named(user: User) -> Iterator[str]:
            yield masthead.of(services, user, "正在打开模型…")
            yield masthead.of(services, user, masthead.where(services))

        @acting(services)
        def laid_out(user: User) -> Desk:
            return Desk.of(services, user)

        page.load(named, outputs=top, show_progress="hidden")
        page.load(laid_out, outputs=desk, show_progress="hidden")
    page.queue(default_concurrency_limit=4)
    keep_signatures(page.blocks.values())
    return page


def launch(services: Gongkai, host: str, port: int, open_browser: bool) -> None:
    """Serve until stopped; opening the store's heavy parts goes on in the background."""
    _free(host, port)
    wordless.install()
    sys.setswitchinterval(TURN)
    services.jobs.share_out(f"{socket.gethostname()}-{port}")
    try:
        shutil.rmtree(temporary_folder(services))
    except OSError as error:
        raise UnusableInput(f"数据文件夹 {services.choices.settings.home} 不能写入：{durable.cause(error)}") from error
    os.environ["GRADIO_TEMP_DIR"] = str(temporary_folder(services))
    threading.Thread(target=_warm, args=(services,), name="warm", daemon=True).start()
    workbench(services).launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        share=False,
        ssr_mode=False,
        auth_dependency=who(services),
        app_kwargs={
            "routes": routes(services),
            "exception_handlers": {401: to_signin, UnusableInput: unusable},
            "middleware": [Middleware(Guard, host, _names(services), hashes(HEAD)), Middleware(Uploads, who(services))],
        },
        max_file_size=MAX_UPLOAD,
        state_session_capacity=PAGES,
        footer_links=[],
        run_history=False,  # it would keep questions in the browser of a desk that several share
        theme=theme(),
        css=CSS,
        head=HEAD,
        allowed_paths=[],
        blocked_paths=[str(services.choices.settings.home.resolve() / name) for name in NEVER_SERVED],
        enable_monitoring=False,
        quiet=True,
        _frontend=False,  # else a busy computer, on which its own page takes more than 3 seconds, gets no workbench
    )


def _spare_gradio() -> None:
    """What Gradio does around every event, and nobody sees."""
    # A table of the last ten thousand events after each of them, for a page of figures that is not shown.
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    keep_no_looks()
    # Twice a search of all folders for a library to draw with, which is not there: Python's own mark that it is not.
    if importlib.util.find_spec("matplotlib") is None:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]


def _names(services: Gongkai) -> list[str]:
    return [name.strip() for name in services.choices.settings.names.split(",") if name.strip()]


def _warm(services: Gongkai) -> None:
    try:
        for sentence in services.safekeeping.damage():
            print(sentence, file=sys.stderr)
        services.ledgers.learn_names()
        services.library.warm()
    except UnusableInput as error:  # said again, on the page, to whoever asks
        print(error, file=sys.stderr)


def _free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        if os.name != "nt":  # on Windows it would let the probe share a port in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise UnusableInput(
                f"地址 {host}:{port} 无法使用（可能已有一个工作台在运行），请用 --port 换一个端口"
            ) from error
