"""The settings become a model, or none."""

from __future__ import annotations

from pathlib import Path

from chat.endpoint import EndpointModel
from chat.local import LocalModel
from chat.model import ChatModel


def open_model(llm: str, model: str = "", api_key: str = "", gguf: Path | None = None) -> ChatModel | None:
    """The model that ``llm`` names: ``none``, ``local``, an address, or "" (local if there is a file).

    Nothing is loaded or called yet: a fault shows at the first ``stream``.
    """
    llm = llm.strip()
    if llm == "none" or (not llm and gguf is None):
        return None
    if llm in ("", "local"):
        return LocalModel(gguf)
    return EndpointModel(llm, model, api_key)
