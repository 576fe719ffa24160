"""What was made of the same things before, so that it is not made again: bounded, by identity, safe between threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Remembered:
    """Results by what they were made of, those used last; together they weigh at most ``most``.

    The things that they are made of are records that nobody changes: they are told apart by identity, which costs
    nothing and holds as long as they are kept here. Two who ask at once may both make it; an error is not kept.
    """

    def __init__(self, most: int) -> None:
        self._most, self._weight = most, 0
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[tuple[Any, ...], Any, int]] = OrderedDict()

    def of(
        self,
        things: tuple[Any, ...],
        values: Hashable,
        make: Callable[[], Made],
        weight: Callable[[Made], int] = lambda made: 1,
    ) -> Made:
        """What ``make`` yields for these ``things`` (the same objects) and ``values`` (equal ones), and what that weighs."""
        key = (*map(id, things), values)
        with self._lock:
            if (held := self._kept.get(key)) is not None:
                self._kept.move_to_end(key)
                return held[1]
        made = make()
        with self._lock:
            self._weight += (heavy := weight(made)) - (self._kept.pop(key)[2] if key in self._kept else 0)
            self._kept[key] = (things, made, heavy)
            while self._weight > self._most:
                self._weight -= self._kept.popitem(last=False)[1][2]
        return made

    def __len__(self) -> int:
        return len(self._kept)
