"""What the rest of the product knows of a language model."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol

from chat.line import WaitingLine

Message = tuple[Literal["system", "user", "assistant"], str]
"""Who speaks, and the text."""


class ChatModel(Protocol):
    """A model that streams text.

    ``name`` is shown to users; ``leaves_machine`` is true where the prompt goes to another machine.
    ``words_law``: whether it is able enough to word what an article says; a small one only chooses, and
    its prose is offered only where it measures better.
    """

    @property
    def name(self) -> str: ...

    @property
    def leaves_machine(self) -> bool: ...

    @property
    def words_law(self) -> bool: ...

    @property
    def line(self) -> WaitingLine | None:
        """Who waits for it, where it serves one at a time; see ``line.InLine``."""
        ...

    def stream(
        self,
        messages: Sequence[Message],
        *,
        grammar: str | None = None,
        max_tokens: int = 512,
        temperature: float = 0.2,
        cancelled: Callable[[], bool] | None = None,
    ) -> Iterator[str]:
        """The reply, piece by piece, without a reasoning model's thoughts.

        ``grammar`` (GBNF) binds the decoding where the model supports it and is left out where it
        does not, so the caller still checks what comes. The stream ends quietly soon after
        ``cancelled()`` is true. Raises ``domain.ModelUnavailable``, also in mid-stream.
        """
        ...

    def close(self) -> None:
        """Give back memory and connections; harmless when called twice."""
        ...
