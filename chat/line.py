"""Who waits for a model that serves one at a time: in order, told how many are before them, free to leave."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

from domain import Progress

LOOK_SECONDS = 0.25
"""How often somebody who waits looks whether they have been told to stop."""


class WaitingLine:
    """First come, first served. Safe to share between threads."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._places: list[object] = []

    def enter(self) -> object:
        """A place at the end."""
        place = object()
        with self._changed:
            self._places.append(place)
        return place

    def leave(self, place: object) -> None:
        """Give up a place, served or not; harmless when called twice."""
        with self._changed:
            self._places = [each for each in self._places if each is not place]
            self._changed.notify_all()

    def ahead(self, place: object, before: int = -1) -> int:
        """How many are before a place; where it is still ``before``, only after a moment's wait for a change."""
        with self._changed:
            now = self._places.index(place)
            if now == before:
                self._changed.wait(LOOK_SECONDS)
                now = self._places.index(place)
            return now


class InLine:
    """``with InLine(model) as place: yield from place.waits(cancelled)``: the model serves nobody else until the block ends.

    A model that serves many at once has no line (``ChatModel.line``), and the turn comes at once.
    """

    def __init__(self, model: Any) -> None:
        self._line: WaitingLine | None = getattr(model, "line", None)
        self._name = model.name

    def __enter__(self) -> InLine:
        self._place = self._line.enter() if self._line else None
        return self

    def __exit__(self, *error: object) -> None:
        if self._line:
            self._line.leave(self._place)

    def waits(self, cancelled: Callable[[], bool] | None = None) -> Iterator[Progress]:
        """How many are before, whenever that has changed; ends when it is one's turn, or soon after ``cancelled()``."""
        before = -1
        while self._line and not (cancelled and cancelled()):
            now = self._line.ahead(self._place, before)
            if not now:
                return
            if now != before:
                yield Progress(f"{self._name}一次只写一份，前面还有{now}份，轮到时自动开始；不等了可以停止")
            before = now
