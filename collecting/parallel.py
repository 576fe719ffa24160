"""Work done in several processes at once: a task that hangs or takes its process down holds nobody else up."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, TimeoutError, wait
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from typing import Any, TypeVar, cast

Task = TypeVar("Task")
Result = TypeVar("Result")
LONGEST = 120
"""Seconds that one task may take: a scan of hundreds of pages, and no file that never ends."""
_MOST, _EACH, _LOOK = 8, 300, 0.5  # processes; tasks of one, so that no leak adds up; seconds between two looks


class Stopped(Exception):
    """Somebody stopped the work."""


def processes() -> int:
    """How many processes work at once: one a core, at most eight."""
    return max(1, min(_MOST, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))


def _context(modules: Sequence[str]) -> Any:
    """Processes that begin with ``modules`` imported where the system can copy one; a program with threads cannot be copied."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload([*modules])
    _start_undisturbed()
    return context


def _start_undisturbed() -> None:
    """Start what processes are copied from, deaf to Ctrl-C: a terminal sends it to all, and this program ends them.

    Only on the main thread, where a signal can be set; elsewhere it starts with the first process. What it starts
    never gets a signal that is blocked here; this program gets it afterwards.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    from multiprocessing import forkserver, resource_tracker  # not on every system

    resource_tracker.ensure_running()  # sees to signals itself, and ends with none blocked
    with _held_back():
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


class _Keeping:
    """A context whose locks live as long as it does.

    pebble lets go of a pool's locks before it ends the processes: one that has just been started would look for them
    in vain and say so on stderr.
    """

    def __init__(self, context: Any) -> None:
        self._context = context
        self._locks: list[Any] = []

    def RLock(self) -> Any:  # noqa: N802 (multiprocessing's name)
        """A lock of the context, kept."""
        self._locks.append(self._context.RLock())
        return self._locks[-1]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)


@contextmanager
def _held_back() -> Iterator[None]:
    """Let Ctrl-C wait until processes that are being started are known, else nobody would end them."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


class Workers:
    """So many processes; ``prepare`` (a function of a module) is called once in each, with ``given``.

    ``modules`` are what the work imports.
    """

    def __init__(
        self,
        prepare: Callable[..., None],
        given: tuple[Any, ...] = (),
        modules: Sequence[str] = (),
        workers: int = 0,
    ) -> None:
        from pebble import ProcessPool

        many, context = workers or processes(), cast(Any, _Keeping(_context(modules)))
        self._pool = ProcessPool(many, _EACH, initializer=prepare, initargs=given, context=context)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.stop()
        self._pool.join()

    def run(
        self,
        work: Callable[[Task], Result],
        tasks: Sequence[Task],
        cancelled: Callable[[], bool] = lambda: False,
        longest: float = LONGEST,
    ) -> Iterator[tuple[int, Result | None, str]]:
        """(place of the task, its result or None, why there is none), each as soon as it is there.

        ``work`` is a function of a module. Stopped where ``cancelled`` says so.
        """
        with _held_back():
            waiting: dict[Future[Result], int] = {
                self._pool.schedule(work, (task,), timeout=longest): at for at, task in enumerate(tasks)
            }
        while waiting:
            done, _ = wait(waiting, _LOOK, FIRST_COMPLETED)
            for future in done:
                yield (waiting.pop(future), *_outcome(future, longest))
            if cancelled():
                raise Stopped


def _outcome(future: Future[Result], longest: float) -> tuple[Result | None, str]:
    from pebble import ProcessExpired

    try:
        return future.result(), ""
    except TimeoutError:
        return None, f"{longest:.0f}秒还没有读完，没有等下去"
    except (ProcessExpired, CancelledError, MemoryError):
        return None, "读的时候程序中断（文件可能损坏或者太大）"
