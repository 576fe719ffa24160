"""Who may write to a data folder's knowledge base: one program at a time, and each leaves a mark.

The mark changes before anything is touched. With the sizes and times of the database's files it says whether
anybody has written since: a ``Stamp``, the cheapest way to know that what was read is still so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import durable
from domain import UnusableInput

WAIT = 600
"""Seconds that another program's turn is waited for."""
_SETTLED = 0.5
"""Seconds after which a file that is written again has another time, on any file system here."""


@dataclass(frozen=True)
class Stamp:
    """The mark of the last turn, and name, size and time of each file of the database."""

    turn: str
    files: tuple[tuple[str, int, int], ...]

    @property
    def settled(self) -> bool:
        """Whether a later change would show; not right after one, nor where the clock was set back."""
        return max((changed for *_, changed in self.files), default=0) < time.time_ns() - _SETTLED * 1e9


class Turns:
    """The turns of one data folder; without one (``folder`` None), those of this process's threads.

    ``shared`` says that the database is not in the folder: then there is no stamp.
    """

    def __init__(self, folder: Path | None, shared: bool, lock: threading.RLock, others: Callable[[], None]) -> None:
        """``others`` is called, in turn, where another program has written since the last turn of this one."""
        self._folder, self._shared, self._lock, self._others = folder, shared, lock, others
        self._own = ""

    @contextmanager
    def taken(self, wait: float = WAIT) -> Iterator[None]:
        """One program at a time on this machine. Timeout after ``wait`` seconds of another's turn.

        Who finds another's mark connects anew: the embedded database keeps its index of vectors in
        memory, and two programs that write their own copy of it would lose each other's.
        """
        from filelock import FileLock

        if self._folder is None:
            with self._lock:
                yield
            return
        with FileLock(self._folder / "knowledge.lock", timeout=wait):
            if not self._shared and self._mark() != self._own:
                self._others()
            self._own = uuid4().hex
            (self._folder / "knowledge.turn").write_text(self._own, encoding="utf-8")
            yield

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """As ``taken``; UnusableInput where another program does not come to an end, or no file can be written."""
        from filelock import Timeout

        try:
            with self.taken():
                yield
        except Timeout as error:
            raise UnusableInput(f"数据文件夹 {self._folder} 正被另一个程序写入，请稍后再试") from error
        except OSError as error:
            raise UnusableInput(f"数据文件夹 {self._folder} 不能写入：{durable.cause(error)}") from error

    def stamp(self) -> Stamp | None:
        """As it is now; None where there is no folder, or the database is elsewhere, or is just being written."""
        if self._folder is None or self._shared:
            return None
        database = self._folder / "chroma"
        try:
            turn, files = self._mark(), []
            for path in sorted(database.glob("*.sqlite3*")):  # Chroma's graph beside it follows from it, at any time
                told = path.stat()
                files.append((path.name, told.st_size, told.st_mtime_ns))
        except (OSError, ValueError):
            return None
        return Stamp(turn, tuple(files)) if turn and files else None

    def _mark(self) -> str:
        assert self._folder
        mark = self._folder / "knowledge.turn"
        return mark.read_text(encoding="utf-8") if mark.exists() else ""
