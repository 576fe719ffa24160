"""Answers in the making: each on a thread of its own, so that a closed page or a lost line ends none.

The page looks on (``follow``) and may look on again after it was loaded anew. An answer is kept by
the office as soon as it is finished, or stopped half-way; a server that dies leaves the question,
which was kept before.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from domain import Answer, Delta, Event, Finished, LedgerResult, ModelUnavailable, Progress, UnusableInput, User
from services import Gongkai

if TYPE_CHECKING:
    from services.conversations import Message
    from services.sources import Attachment

_AT_ONCE = threading.BoundedSemaphore(max(2, os.cpu_count() or 2))
"""Answers without a model only count: more of them at once would end none sooner, and hold up whoever searches or types."""
_FAULTS = 256
"""Questions that came to no answer of which the reason is still told; of earlier ones only that they did."""
_PACE = 0.08
"""Seconds between two looks at the text: faster than anyone reads, slow enough for the browser."""


class Making:
    """One answer: ``text`` so far, ``doing`` (what happens now), ``fault``; ``done`` at the end."""

    def __init__(self) -> None:
        self.text = ""
        self.doing = "正在查找依据…"
        self.fault = ""
        self.answer: Answer | None = None
        self._stopped = threading.Event()
        self._done = threading.Event()

    @property
    def done(self) -> bool:
        return self._done.is_set()

    @property
    def stopped(self) -> bool:
        return self._stopped.is_set()

    def stop(self) -> None:
        """Ask for the end; what is written by then is kept."""
        self._stopped.set()

    def follow(self) -> Iterator[None]:
        """Yields whenever there is something new to show, and at the end."""
        shown = None
        while not self._done.wait(_PACE):
            state = (self.text, self.doing, self.stopped)
            if state != shown:
                shown = state
                yield
        yield

    def run(
        self,
        services: Gongkai,
        user: User,
        message: Message,
        history: tuple,
        ledger: LedgerResult | None,
        attached: Sequence[Attachment],
        unticked: frozenset[str],
    ) -> None:
        """Make the answer and keep it; whatever happens, the page learns that it is over."""
        try:
            with nullcontext() if services.models.model else _AT_ONCE:
                for event in services.answers.ask(
                    message.question,
                    as_of=message.as_of,
                    history=history,
                    cancelled=self._stopped.is_set,
                    ledger=ledger,
                    attached=attached,
                    unticked=unticked,
                    by=user,
                ):
                    self._take(event)
            if self.answer:
                services.conversations.answered(user, message.id, self.answer)
        except (UnusableInput, ModelUnavailable) as error:
            self.fault = str(error)
        finally:  # of a fault in the program the thread's own report goes to the server's log
            if not self.answer and not self.fault:
                self.fault = "回答时程序出错，请重新回答；仍然出错请告诉管理员"
            self._done.set()

    def _take(self, event: Event[Answer]) -> None:
        if isinstance(event, Progress):
            self.doing = event.message
        elif isinstance(event, Delta):
            self.text += event.text
        elif isinstance(event, Finished):
            self.answer = event.result


class Answers:
    """What is being answered now, by the id of its question."""

    def __init__(self, services: Gongkai) -> None:
        self._services = services
        self._lock = threading.Lock()
        self._making: dict[int, Making] = {}

    def start(
        self,
        user: User,
        message: Message,
        history: tuple,
        ledger: LedgerResult | None,
        attached: Sequence[Attachment] = (),
        unticked: frozenset[str] = frozenset(),
    ) -> Making:
        making = Making()
        with self._lock:
            over = [id for id, held in self._making.items() if held.done]
            failed = [id for id in over if self._making[id].fault]
            for id in set(over) - set(failed[-_FAULTS:]):
                del self._making[id]
            self._making[message.id] = making
        arguments = (self._services, user, message, history, ledger, attached, unticked)
        threading.Thread(target=making.run, args=arguments, name=f"answer-{message.id}", daemon=True).start()
        return making

    def of(self, message_id: int) -> Making | None:
        """The answer in the making (or its fault) of a question; None for all others."""
        return self._making.get(message_id)

    def stop(self, message_ids: Iterable[int], wait: float = 0) -> None:
        """Stop these; with ``wait`` look for their end for that many seconds."""
        asked = [making for id in message_ids if (making := self.of(id)) and not making.done]
        for making in asked:
            making.stop()
        until = time.monotonic() + wait
        while time.monotonic() < until and not all(making.done for making in asked):
            time.sleep(_PACE)
