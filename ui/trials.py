"""Of 管理: an office's own questions, put together after a change of model or of texts, and held against what it expects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from domain import User
from services import Gongkai
from services.trial import Tried, as_csv, named, read_trials
from ui import panels
from ui.session import acting

_EXAMPLE = '{"q": "政府部门的年报几月几日前公布？", "gold": ["政府信息公开条例#49"], "must": ["1月31日"]}'
_STANDS = {True: ("对", "pass"), False: ("错", "fail"), None: ("未写", "")}


def trials(services: Gongkai) -> None:
    """Lay out and wire the trial of questions."""
    gr.Markdown(
        "**试问**：换了模型、收入或删除资料以后，用本单位自己的问题试一遍。文件一行一个问题（UTF-8）；"
        "`gold` 写应引的条文，`must` 写答复里应有的字，`refused` 写 true 表示应当答没有找到，都可以不写：\n\n"
        f"`{_EXAMPLE}`"
    )
    given = gr.File(
        label="问题文件（.jsonl）", file_types=[".jsonl", ".json", ".txt"], elem_id="trial-file", height=130
    )
    with gr.Row():
        stop = gr.Button("停止", min_width=140, scale=0, elem_id="trial-stop")
        export = gr.Button("导出 CSV", min_width=140, scale=0, elem_id="trial-export")
    shown = gr.HTML(panels.empty("上传问题文件后，逐题作答，结果列在这里。"), elem_id="trial")
    table, made = gr.State(""), gr.Textbox("", label="导出的试问结果", visible="hidden")

    @acting(services, "ask", on=lambda path: Path(path).name, needs="administrator")
    def tried(user: User, path: str) -> Iterator[Any]:
        questions = read_trials(Path(path))
        done: list[Tried] = []
        for one in services.answers.ask_all(questions.trials):
            done.append(one)
            yield _table(done, len(questions.trials), questions.problems), as_csv(done)

    @acting(services, "export", on=lambda text: "试问结果", needs="administrator")
    def exported(user: User, text: str) -> str:
        return json.dumps(["试问结果.csv", f"\ufeff{text}"])  # Excel takes a file without the mark for GBK

    running = given.upload(tried, given, [shown, table], show_progress="hidden")
    stop.click(None, None, None, cancels=[running])
    export.click(exported, table, made).success(None, made, None, js="(made) => window.saveText(made)")


def _table(done: Sequence[Tried], all_of_them: int, problems: Sequence[str]) -> str:
    counts = [sum(one.right is stand for one in done) for stand in _STANDS]
    told = "，".join(f"{name} {count} 题" for (name, _), count in zip(_STANDS.values(), counts, strict=True) if count)
    unread = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    return (
        f'<p class="count" role="status">已问 {len(done)}/{all_of_them} 题：{told}。“未写”是没有写明应当怎样答的。</p>'
        + (f'<ul class="remarks">{unread}</ul>' if unread else "")
        + '<div class="scroll" tabindex="0" role="region" aria-label="试问结果"><table class="held log"><thead><tr>'
        + "".join(f'<th scope="col">{name}</th>' for name in ("行", "结果", "问题", "所引条文", "说明和答复"))
        + f"</tr></thead><tbody>{''.join(map(_row, done))}</tbody></table></div>"
    )


def _row(one: Tried) -> str:
    name, look = _STANDS[one.right]
    faults = "；".join(one.faults) if one.right is False else ""
    cited = "、".join(map(named, one.cited)) or ("没有找到" if one.answer and one.answer.refused else "—")
    said = (
        f"<details><summary>答复</summary><p>{escape(one.answer.answer)}</p></details>"
        if one.answer is not None
        else ""
    )
    return (
        f'<tr><td>{one.trial.line}</td><td class="{look}">{name}</td><td>{escape(one.trial.question[:200])}</td>'
        f"<td>{escape(cited)}</td><td>{escape(faults)}{said}</td></tr>"
    )
