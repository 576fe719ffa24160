"""The settings become a model, or none."""

from __future__ import annotations

from pathlib import Path

from chat.endpoint import EndpointModel
from chat.local import LocalModel
from chat.model import ChatModel
from domain import ModelUnavailable


def open_model(llm: str, model: str = "", api_key: str = "", gguf: Path | None = None) -> ChatModel | None:
    """The model that ``llm`` names: ``none``, ``local``, an address, or "" (local if there is a file).

    ModelUnavailable where the local weights file is missing. Nothing is loaded or called yet: any
    other fault shows at the first ``stream``.
    """
    llm = llm.strip()
    if llm == "none" or (not llm and gguf is None):
        return None
    if llm in ("", "local"):
        return LocalModel(_weights(gguf))
    return EndpointModel(llm, model, api_key)


def _weights(gguf: Path | None) -> Path:
    """The weights file, which must be there: a mode must not be promised that cannot be had."""
    if gguf is not None and gguf.is_file():
        return gguf
    missing = f"本机模型权重文件 {gguf} 不存在或不是文件" if gguf else "缺少本机模型的权重文件（.gguf）"
    raise ModelUnavailable(
        f"{missing}：请再运行一次 ./run，或把 GONGKAI_LLM_GGUF 设为已有的文件，不用模型则设置 GONGKAI_LLM=none"
    )
