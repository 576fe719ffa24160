"""对话: a question in, a streamed cited answer out, the cited articles beside it."""

from __future__ import annotations

from typing import Any, Iterator

import gradio as gr

from domain import Answer, Delta, Finished, ModelUnavailable, Progress, UnusableInput
from services import Gongkai
from ui import panels
from ui.session import acting

SUGGESTED = (
    "哪些条款管企业环境信息披露？",
    "部门的年度报告最迟什么时候公布？",
    "申请人反复大量提交申请怎么办？",
    "排污单位要公开哪些信息？",
)
PLACEHOLDER = "**问法规，答条款**\n\n回答逐句注明依据；找不到依据时会直说。"
# Earlier turns that a follow-up question is understood by.
REMEMBERED_TURNS = 4

Messages = list[dict[str, Any]]


def chat_tab(services: Gongkai, desk: gr.State, page: gr.Blocks) -> None:
    """Lay out and wire the tab."""
    with gr.Row(equal_height=False):
        with gr.Column(scale=3, min_width=340):
            conversation = gr.Chatbot(
                label="对话", height="56vh", placeholder=PLACEHOLDER, elem_id="conversation",
                buttons=["copy"], feedback_options=None, latex_delimiters=[], allow_tags=False,
            )
            with gr.Row(equal_height=True):
                question = gr.Textbox(
                    label="问题（回车发送）", placeholder="例如：哪些条款管企业环境信息披露？",
                    elem_id="question", max_length=2000, autofocus=True, scale=6,
                )
                send = gr.Button("发送", variant="primary", elem_id="send", scale=1, min_width=72)
                stop = gr.Button("停止", elem_id="stop", scale=1, min_width=72)
                clear = gr.Button("新对话", elem_id="clear", scale=1, min_width=88)
            gr.Examples([[text] for text in SUGGESTED], inputs=question, label="常见问题")
        with gr.Column(scale=2, min_width=300):
            gr.Markdown("### 引用条文")
            cited = gr.HTML(panels.citations(()), elem_id="cited")
    _wire(services, conversation, question, send, stop, clear, cited)


def _wire(services, conversation, question, send, stop, clear, cited) -> None:
    @acting(services, "ask")
    def reply(user, text: str, messages: Messages) -> Iterator[tuple[str, Messages, str]]:
        yield from _reply(services, text, messages)

    outputs = [question, conversation, cited]
    asked = [
        trigger(reply, [question, conversation], outputs, concurrency_limit=4, show_progress="hidden")
        for trigger in (send.click, question.submit)
    ]
    stop.click(None, cancels=asked)
    clear.click(lambda: ("", [], panels.citations(())), outputs=outputs, cancels=asked)


def _reply(services: Gongkai, text: str, messages: Messages) -> Iterator[tuple[str, Messages, str]]:
    if not text.strip():
        raise UnusableInput("问题是空的，请输入要查询的内容")
    history = _turns(messages)
    messages = [*messages, {"role": "user", "content": text}, {"role": "assistant", "content": "正在查找依据…"}]
    yield "", messages, panels.citations(())
    try:
        yield from _answered(services, text, history, messages)
    except (UnusableInput, ModelUnavailable) as error:
        messages[-1] = {"role": "assistant", "content": str(error)}
        yield "", messages, panels.citations(())


def _answered(services: Gongkai, text: str, history, messages: Messages) -> Iterator[tuple[str, Messages, str]]:
    streamed = ""
    for event in services.ask(text, history=history):
        if isinstance(event, Progress) and not streamed:
            messages[-1] = {"role": "assistant", "content": event.message}
        elif isinstance(event, Delta):
            streamed += event.text
            messages[-1] = {"role": "assistant", "content": streamed}
        elif isinstance(event, Finished):
            messages[-1] = {"role": "assistant", "content": _written(event.result)}
            yield "", messages, panels.citations(event.result.citations)
            return
        yield "", messages, panels.citations(())


def _written(answer: Answer) -> str:
    notes = "".join(f"\n\n> 注：{note}" for note in answer.notes)
    return answer.answer + notes


def _turns(messages: Messages) -> tuple[tuple[str, str], ...]:
    """The last turns as (role, text), oldest first."""
    texts = tuple((message["role"], _plain(message["content"])) for message in messages)
    return texts[-2 * REMEMBERED_TURNS :]


def _plain(content: Any) -> str:
    """A message's text; Gradio hands it back as a string or as a list of typed parts."""
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content if isinstance(part, dict))
