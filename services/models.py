"""The chat model in use: opened at the first question, exchanged when another is chosen."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import ModelUnavailable, UnusableInput
from services.choices import Choices

if TYPE_CHECKING:
    from chat import ChatModel


class Models:
    """The model that the settings choose, or none; ``mask`` goes over whatever it is told."""

    def __init__(self, choices: Choices, mask: Callable[[str], str]) -> None:
        self._choices = choices
        self._mask = mask
        self._opening = threading.RLock()
        self._model: ChatModel | None = None
        self._note = ""
        self._opened = False
        choices.on_choice(self._let_go)

    @property
    def model(self) -> ChatModel | None:
        """The chat model in use, or None; ``note`` says why there is none."""
        with self._opening:
            if not self._opened:
                self._opened = True
                try:
                    self._model = self._open()
                except ModelUnavailable as error:
                    self._note = str(error)
            return self._model

    @property
    def note(self) -> str:
        """Why the configured model cannot be used, or ""."""
        return self._note if self.model is None else ""

    def offered(self, wanted: bool) -> tuple[ChatModel | None, str]:
        """The model where it is wanted, and why there is none although it is."""
        return (self.model, self.note) if wanted else (None, "")

    def try_model(self, llm: str, model: str = "", api_key: str = "") -> tuple[str, float]:
        """Ask a model for one word before it is chosen: its name, and the seconds until it answered.

        Nothing of the office is sent. UnusableInput where there is no model to try, ModelUnavailable
        where it does not answer.
        """
        from chat import open_model

        tried = open_model(llm, model, api_key, self._local_weights())
        if tried is None:
            raise UnusableInput("没有选择模型，不需要测试")
        started = time.monotonic()
        try:
            for _ in tried.stream([("user", "请只回答一个字：好")], max_tokens=512):
                break
            return tried.name, time.monotonic() - started
        finally:
            tried.close()

    def status(self) -> dict[str, Any]:
        """Its name, and whether text leaves the machine; the model is opened for it."""
        model = self.model
        return {
            "mode": "none" if model is None else "model",
            "name": model.name if model else "",
            "leaves_machine": bool(model and model.leaves_machine),
            "note": self.note,
        }

    def close(self) -> None:
        """Stop the local model's server, if one was started."""
        if self._model is not None:
            self._model.close()

    def _open(self) -> ChatModel | None:
        from chat import Masked, open_model

        settings, gguf = self._choices.settings, self._local_weights()
        llm = settings.llm or ("local" if gguf else "none")
        model = open_model(llm, settings.llm_model, settings.llm_api_key, gguf)
        return Masked(model, self._mask) if model else None

    def _local_weights(self) -> Path | None:
        from weights import locate

        settings = self._choices.settings
        return settings.llm_gguf or locate.chat_model(settings.weights)

    def _let_go(self) -> None:
        """Another model may have been chosen: the one in use is closed, and opened anew when it is asked for."""
        with self._opening:
            old, self._model, self._opened, self._note = self._model, None, False, ""
        if old is not None:
            old.close()
