"""Of 管理: the chat model, and a test of its connection before it is chosen."""

from __future__ import annotations

from typing import Any

import gradio as gr

from domain import UnusableInput, User
from services import Gongkai
from ui.session import acting

MODES = [
    ("自动（有本机权重就用，没有就不用模型）", ""),
    ("不用模型，按条文摘录作答", "none"),
    ("本机模型", "local"),
    ("兼容 OpenAI 接口的地址", "address"),
]
WARNING = (
    "地址不在本机时，问题和资料片段会发送到那台机器，每一页的顶部会一直写明。台账中的申请人和联系电话从不发送。"
    "向量模型在“资料库”页更换，因为要同时重建索引。"
)


def models(services: Gongkai, page: gr.Blocks) -> None:
    """Lay out and wire the settings of the chat model."""
    gr.Markdown(WARNING)
    mode = gr.Radio(MODES, value="", label="对话模型", elem_id="llm-mode")
    with gr.Column(visible=False) as remote, gr.Row():
        address = gr.Textbox(
            "", label="地址", placeholder="http://10.0.0.8:8000/v1", elem_id="llm-address", min_width=240
        )
        name = gr.Textbox("", label="模型名称（不填时用列出的第一个）", elem_id="llm-model", min_width=200)
        key = gr.Textbox("", label="密钥", type="password", elem_id="llm-key", min_width=200)
    with gr.Row():
        test = gr.Button("测试连接", elem_id="llm-test", min_width=140, scale=0)
        save = gr.Button("保存并使用", variant="primary", elem_id="llm-save", min_width=140, scale=0)
    said = gr.HTML(elem_id="llm-said")
    inputs = [mode, address, name, key]
    mode.change(lambda chosen: gr.Column(visible=chosen == "address"), mode, remote, show_progress="hidden")
    _wire_shown(services, page, [mode, address, name, key, save])
    _wire_tried(services, test, save, inputs, said)


def _wire_shown(services: Gongkai, page: gr.Blocks, fields: list) -> None:
    @acting(services)
    def shown(user: User) -> list:
        if not user.administers:
            return [gr.skip()] * len(fields)
        held, locked = services.choices.settings, services.choices.fixed()
        remote = held.llm not in ("", "none", "local")
        info = {field: f"已由{said} 设定，不能在这里更改" for field, said in locked.items()}
        kept = info.get("llm_api_key") or ("已保存，不显示；留空表示不变" if held.llm_api_key else None)
        return [
            gr.Radio(value="address" if remote else held.llm, interactive="llm" not in locked, info=info.get("llm")),
            gr.Textbox(value=held.llm if remote else "", interactive="llm" not in locked, info=info.get("llm")),
            gr.Textbox(value=held.llm_model, interactive="llm_model" not in locked, info=info.get("llm_model")),
            gr.Textbox(value="", interactive="llm_api_key" not in locked, info=kept),
            gr.Button(interactive=not {"llm", "llm_model", "llm_api_key"} <= set(locked)),
        ]

    page.load(shown, None, fields, show_progress="hidden")


def _wire_tried(services: Gongkai, test: gr.Button, save: gr.Button, inputs: list, said: gr.HTML) -> None:
    @acting(services, needs="administrator")
    def tried(user: User, *given: str) -> Any:
        yield '<p role="status">正在等模型回答…</p>'
        values = _values(services, *given)
        _name, seconds = services.models.try_model(values["llm"], values["llm_model"], values["llm_api_key"])
        yield f'<p class="pass" role="status">✓ 连接正常，{seconds:.1f} 秒后开始回答。</p>'

    @acting(
        services,
        "settings",
        on=lambda mode, address, *rest: f"对话模型 {address if mode == 'address' else mode or '自动'}",
        needs="administrator",
    )
    def saved(user: User, *given: str) -> str:
        locked = services.choices.fixed()
        services.choices.choose(
            {name: value for name, value in _values(services, *given).items() if name not in locked}
        )
        return '<p class="pass" role="status">✓ 已保存，从下一个问题起使用。</p>'

    test.click(tried, inputs, said, show_progress="hidden").failure(lambda: "", None, said)
    save.click(saved, inputs, said).success(None, js="() => { setTimeout(() => location.reload(), 800); }")


def _values(services: Gongkai, mode: str, address: str, model: str, key: str) -> dict[str, str]:
    """The settings that the form stands for.

    A key that was kept goes on to the address that it was given for, and to no other.
    """
    held = services.choices.settings
    llm = address.strip() if mode == "address" else mode or ""
    if mode == "address" and not llm.startswith(("http://", "https://")):
        raise UnusableInput("请填写以 http:// 或 https:// 开头的地址，例如 http://10.0.0.8:8000/v1")
    if mode != "address":
        return {"llm": llm, "llm_model": "", "llm_api_key": ""}
    kept = held.llm_api_key if llm == held.llm else ""
    return {"llm": llm, "llm_model": model.strip(), "llm_api_key": key.strip() or kept}
