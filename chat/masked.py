"""The last boundary before a model: what it is told has passed through a mask, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from chat.line import WaitingLine
from chat.model import ChatModel, Message


class Masked:
    """``model``, told only what ``mask`` has gone over (identity and phone numbers taken out)."""

    def __init__(self, model: ChatModel, mask: Callable[[str], str]) -> None:
        self._model = model
        self._mask = mask

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def leaves_machine(self) -> bool:
        return self._model.leaves_machine

    @property
    def words_law(self) -> bool:
        return self._model.words_law

    @property
    def line(self) -> WaitingLine | None:
        return self._model.line

    def stream(self, messages: Sequence[Message], **options: Any) -> Iterator[str]:
        """See ``ChatModel.stream``."""
        return self._model.stream([(role, self._mask(text)) for role, text in messages], **options)

    def close(self) -> None:
        self._model.close()
