"""A reply that never ends is not read for ever, and not at all once nobody waits for it.

Client libraries read on until a line is complete; a server that sends rubbish may never complete one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx

from chat.faults import TooLong

MOST = 16 << 20
"""Bytes of a reply that are read, a model's thoughts and all."""
_reading = threading.local()


def until(enough: threading.Event) -> None:
    """From now on replies that this thread reads end, with httpx.ReadError, once ``enough`` is set."""
    _reading.enough = enough


def bounded(response: httpx.Response) -> None:
    """httpx's hook for responses: TooLong is raised where one is longer than MOST."""
    assert isinstance(response.stream, httpx.SyncByteStream)
    response.stream = _Bounded(response.stream)


class _Bounded(httpx.SyncByteStream):
    def __init__(self, sent: httpx.SyncByteStream) -> None:
        self._sent = sent

    def __iter__(self) -> Iterator[bytes]:
        length, enough = 0, getattr(_reading, "enough", None)
        for part in self._sent:
            length += len(part)
            if length > MOST:
                raise TooLong
            if enough is not None and enough.is_set():
                raise httpx.ReadError("nobody waits for it")
            yield part

    def close(self) -> None:
        self._sent.close()
