"""Of 资料库, for administrators: the statute library, and the index of another embedding model."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import gradio as gr

from domain import Outcome, User
from services import Gongkai
from ui import panels, shelf
from ui.session import acting

ONE_AT_A_TIME = {"concurrency_id": "library", "concurrency_limit": 1}
_OFTEN = 0.5  # seconds between two lines of progress


def indexing(services: Gongkai, page: gr.Blocks, filters: list, held: gr.HTML) -> None:
    """Lay out and wire what only administrators see."""
    stopping = threading.Event()  # the office's one job of this kind, whoever started it
    with gr.Accordion("法律条文库和向量模型", open=False, visible=False, elem_id="indexing") as box:
        with gr.Row(equal_height=False):
            with gr.Column(min_width=300):
                gr.Markdown(
                    "**法律条文库**：378 部现行法律的全文。第一次要下载约 30 MB，收入约需十几分钟；可以随时停止，下次接着做。"
                )
                with gr.Row():
                    laws = gr.Button("收入法律条文库", elem_id="laws", min_width=180, scale=0)
            with gr.Column(min_width=300):
                model = gr.Textbox(
                    "", label="向量模型（sentence-transformers 的名称或文件夹；留空为内置）", elem_id="embedding"
                )
                with gr.Row():
                    rebuild = gr.Button("为这个模型重建索引", elem_id="rebuild", min_width=200, scale=0)
        stop = gr.Button("停止", visible=False, elem_id="stop-indexing")
        progress = gr.HTML(elem_id="indexing-progress")

    @acting(services)
    def offered(user: User) -> tuple:
        said = services.choices.fixed().get("embedding")
        box_of = gr.Textbox(
            value=services.choices.settings.embedding,
            interactive=not said,
            info=f"已由{said} 设定" if said else _serving(services),
        )
        return gr.Accordion(visible=user.administers), box_of, gr.Button(interactive=not said)

    page.load(offered, None, [box, model, rebuild], show_progress="hidden")
    outputs = [progress, stop, held]
    for button, run, inputs in (
        (laws, _adding_laws(services, stopping), filters),
        (rebuild, _rebuilding(services, stopping), [model, *filters]),
    ):
        button.click(run, inputs, outputs, show_progress="hidden", **ONE_AT_A_TIME).then(
            offered, None, [box, model, rebuild], show_progress="hidden"
        )

    @acting(services, needs="administrator")
    def halt(user: User) -> str:
        stopping.set()
        return panels.empty("正在停止，等手上的一批做完…")

    stop.click(halt, None, progress, show_progress="hidden")


def _serving(services: Gongkai) -> str:
    return f"正在使用：{services.library.embedding}"


def _adding_laws(services: Gongkai, stopping: threading.Event) -> Any:
    @acting(services, "upload", on=lambda *wanted: "法律条文库", needs="administrator")
    def run(user: User, *wanted: str) -> Iterator[tuple]:
        stopping.clear()
        lines: list[str] = []
        outcomes: list[Outcome] = []
        told = 0.0
        yield panels.empty("正在准备法律条文库…"), gr.Button(visible=True), gr.skip()
        for outcome in services.library.add_laws(lines.append, stopping.is_set):
            outcomes.append(outcome)
            if time.monotonic() - told > _OFTEN:
                told = time.monotonic()
                yield panels.empty(lines[-1]), gr.skip(), gr.skip()
        said = "已停止" if stopping.is_set() else "已完成"
        rejected = [outcome for outcome in outcomes if outcome.status == "rejected"]
        added = sum(outcome.status in ("added", "replaced") for outcome in outcomes)
        doubts = sum(bool(outcome.reason) for outcome in outcomes) - len(rejected)
        line = f"{said}：收入 {added} 部，原有 {len(outcomes) - added - len(rejected)} 部；其中 {doubts} 部的日期或条序有待核对（打开可看说明）。"
        yield (
            panels.empty(line) + panels.outcomes(rejected),
            gr.Button(visible=False),
            shelf.held(services.library.documents(), *wanted),
        )

    return run


def _rebuilding(services: Gongkai, stopping: threading.Event) -> Any:
    @acting(services, "settings", on=lambda model, *wanted: f"向量模型 {model or '内置'}", needs="administrator")
    def run(user: User, model: str, *wanted: str) -> Iterator[tuple]:
        stopping.clear()
        yield panels.empty("正在载入向量模型…"), gr.Button(visible=True), gr.skip()
        job = _Job(lambda told: services.library.rebuild(model, told, stopping.is_set))
        while not job.ended(_OFTEN):
            done, total = job.progress
            yield panels.empty(f"已重建 {done} / {total} 段；在完成以前，检索仍用原来的索引。"), gr.skip(), gr.skip()
        try:
            finished = job.result()
        except Exception:
            yield panels.empty("没有重建，仍使用原来的索引。"), gr.Button(visible=False), gr.skip()
            raise
        said = "索引已重建，从现在起使用。" if finished else "已停止，仍使用原来的索引；再次重建会接着做。"
        yield panels.empty(said), gr.Button(visible=False), shelf.held(services.library.documents(), *wanted)

    return run


class _Job:
    """Work on a thread of its own, so that its progress can be told while it runs."""

    def __init__(self, work: Any) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self.progress = (0, 0)
        executor = ThreadPoolExecutor(1, "rebuild")
        self._future = executor.submit(work, self._tell)
        executor.shutdown(wait=False)

    def _tell(self, done: int, total: int) -> None:
        self.progress = (done, total)

    def ended(self, seconds: float) -> bool:
        """Whether it has ended, within that many seconds."""
        from concurrent.futures import wait

        return bool(wait([self._future], timeout=seconds).done)

    def result(self) -> Any:
        return self._future.result()
