"""资料库: documents in, with their outcome; what is held, opened, replaced, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from domain import Outcome, UnusableInput, User
from services import Gongkai
from ui import panels, shelf
from ui.indexing import indexing
from ui.picking import pickable, picked
from ui.session import acting

KINDS = [("全部类别", ""), ("法规", "regulation"), ("报告", "report")]
STATES = [("全部效力", ""), *((state, state) for state in ("现行有效", "已被修订", "已废止", "尚未施行", "效力未知"))]
TO_OPENED = "() => { document.querySelector('#opened article')?.focus({ preventScroll: innerWidth > 640 }); }"
ONE_AT_A_TIME = {"concurrency_id": "library", "concurrency_limit": 1}
"""Whatever writes to the knowledge base waits for its turn."""


def library_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    chosen = gr.State("")
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=340):
            upload, beside, stop, done = _layout_upload()
            with gr.Row():
                words = gr.Textbox(
                    "", label="筛选", placeholder="名称、文号、机关或来源", elem_id="held-words", scale=3, min_width=260
                )
                kind = gr.Dropdown(KINDS, value="", label="类别", elem_id="held-kind", scale=1, min_width=110)
                state = gr.Dropdown(STATES, value="", label="效力", elem_id="held-state", scale=1, min_width=110)
            held = pickable(panels.empty("正在读取资料库…"), elem_id="held")
        with gr.Column(scale=2, min_width=320):
            opened = gr.HTML(panels.empty("点资料的名称，在这里看全文。"), elem_id="opened")
            change = _layout_change()
    filters = [words, kind, state]
    _wire_list(services, page, filters, held)
    _wire_upload(services, upload, beside, stop, done, filters, held)
    _wire_opened(services, held, chosen, opened, change)
    _wire_change(services, chosen, opened, change, filters, held)
    indexing(services, page, filters, held)


def _layout_upload() -> tuple[gr.File, gr.Checkbox, gr.Button, gr.HTML]:
    upload = gr.File(
        label="上传法规原文或往年报告（可多份，可用 zip）", file_count="multiple", elem_id="documents", height=150
    )
    beside = gr.Checkbox(
        False, label="条文有缺的文本也收入，与已有的并存，不替换", elem_id="documents-beside", container=False
    )
    stop = gr.Button("停止收入", size="sm", visible=False, elem_id="stop-documents")
    return upload, beside, stop, gr.HTML(elem_id="outcomes")


def _layout_change() -> dict[str, Any]:
    with gr.Column(visible=False) as box:
        with gr.Row():
            replace = gr.UploadButton("用新文件替换", min_width=140, scale=0, elem_id="replace-document")
            delete = gr.Button("删除…", min_width=100, scale=0, elem_id="delete-document")
        with gr.Row(visible=False) as sure:
            gr.Markdown("删除后不再检索和引用它。程序自带的要点在下次启动时会恢复，示例不会。确定删除吗？")
            yes = gr.Button("确定删除", variant="stop", min_width=120, scale=0, elem_id="delete-sure")
            no = gr.Button("不删除", min_width=100, scale=0)
    return {"box": box, "replace": replace, "delete": delete, "sure": sure, "yes": yes, "no": no}


# --- the list ---------------------------------------------------------------------------------------


def _wire_list(services: Gongkai, page: gr.Blocks, filters: list, held: gr.HTML) -> None:
    @acting(services)
    def listed(user: User, *wanted: str) -> str:
        return shelf.held(services.library.documents(), *wanted)

    for trigger in [page.load, *(part.change for part in filters)]:
        trigger(listed, filters, held, show_progress="hidden", trigger_mode="always_last")


def _wire_upload(
    services: Gongkai,
    upload: gr.File,
    beside: gr.Checkbox,
    stop: gr.Button,
    done: gr.HTML,
    filters: list,
    held: gr.HTML,
) -> None:
    @acting(services, "upload", on=lambda paths, *wanted: _names(paths))
    def take(user: User, paths: list[str] | None, with_gaps: bool, *wanted: str) -> Iterator[tuple]:
        outcomes: list[Outcome] = []
        total = len(paths or ())
        yield gr.skip(), gr.skip(), gr.Button(visible=True), None  # room for the next documents
        for number, path in enumerate(paths or (), start=1):
            yield (
                _progress(outcomes, f"正在收入第 {number} 份，共 {total} 份：{Path(path).name}"),
                gr.skip(),
                gr.skip(),
                gr.skip(),
            )
            outcomes += services.library.ingest([Path(path)], beside=with_gaps)
        yield (
            _progress(outcomes),
            shelf.held(services.library.documents(), *wanted),
            gr.Button(visible=False),
            gr.skip(),
        )

    taken = upload.upload(
        take, [upload, beside, *filters], [done, held, stop, upload], show_progress="hidden", **ONE_AT_A_TIME
    )

    @acting(services)
    def stopped(user: User, *wanted: str) -> tuple:
        return (
            shelf.held(services.library.documents(), *wanted),
            gr.Button(visible=False),
            panels.empty("已停止；已经收入的留在资料库。"),
        )

    stop.click(stopped, filters, [held, stop, done], cancels=[taken])


def _progress(outcomes: list[Outcome], going_on: str = "") -> str:
    return panels.outcomes(outcomes) + (panels.empty(going_on) if going_on else "")


def _names(paths: list[str] | None) -> str:
    return "、".join(Path(path).name for path in paths or ())[:200]


# --- one document -----------------------------------------------------------------------------------


def _wire_opened(services: Gongkai, held: gr.HTML, chosen: gr.State, opened: gr.HTML, change: dict[str, Any]) -> None:
    @acting(services)
    def show(user: User, event: gr.EventData) -> tuple:
        id = picked(event)
        return id, _opened(services, id), gr.Column(visible=user.reviews), gr.Row(visible=False)

    held.click(show, None, [chosen, opened, change["box"], change["sure"]]).success(None, js=TO_OPENED)


def _opened(services: Gongkai, id: str) -> str:
    found = next((document for document in services.library.documents() if document["id"] == id), None)
    if found is None:
        raise UnusableInput("没有这份资料，可能已经删除")
    return shelf.opened(found, services.library.passages(id))


def _wire_change(
    services: Gongkai, chosen: gr.State, opened: gr.HTML, change: dict[str, Any], filters: list, held: gr.HTML
) -> None:
    outputs = [opened, held, change["box"], change["sure"]]

    def title(id: str) -> str:
        return next((document["title"] for document in services.library.documents() if document["id"] == id), "")

    @acting(services, needs="reviewer")
    def remove(user: User, id: str, *wanted: str) -> tuple:
        named = title(id)
        if not services.library.remove(id):
            raise UnusableInput("没有这份资料，可能已经删除")
        services.journal.record(user, "delete", named)
        return _after(services, f"已删除《{named}》。", wanted)

    @acting(services, "upload", on=lambda path, *rest: Path(path).name, needs="reviewer")
    def replace(user: User, path: str, id: str, *wanted: str) -> tuple:
        outcome = services.library.replace(id, Path(path))
        if outcome.status == "rejected":
            raise UnusableInput(outcome.reason)
        return _after(services, f"已换成《{outcome.title}》（{outcome.passages} 段）。", wanted)

    change["delete"].click(lambda: gr.Row(visible=True), None, change["sure"])
    change["no"].click(lambda: gr.Row(visible=False), None, change["sure"])
    change["yes"].click(remove, [chosen, *filters], outputs, **ONE_AT_A_TIME)
    change["replace"].upload(replace, [change["replace"], chosen, *filters], outputs, **ONE_AT_A_TIME)


def _after(services: Gongkai, said: str, wanted: tuple[str, ...]) -> tuple:
    return (
        panels.empty(said),
        shelf.held(services.library.documents(), *wanted),
        gr.Column(visible=False),
        gr.Row(visible=False),
    )
