"""The server's log tells the kind of a fault and where in the program it arose, and no words of anybody.

Messages of exceptions and warnings quote what was typed (pydantic's ``input_value``, Gradio's ``Received
inputs``): questions, notes, names of applicants. What a user has to know stands on the page anyway.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
import warnings
from typing import Any


def places(error: BaseException) -> str:
    """An exception and those that led to it, the first cause first: each one's kind and frames, no message."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    lines = []
    for each in reversed(chain):
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(each.__traceback__)
        ]
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
    return "\n".join(lines)


def install() -> None:
    """Let Python, its logging and the libraries that print faults themselves say no more than ``places``."""
    traceback.print_exc = _print
    warnings.showwarning = _warn
    threading.excepthook = _of_thread
    logging.Formatter.formatException = _formatted  # type: ignore[method-assign]


def _say(error: BaseException | None) -> None:
    if error is not None and sys.stderr is not None:
        print(places(error), file=sys.stderr)


def _print(*arguments: Any, **options: Any) -> None:
    _say(sys.exc_info()[1])


def _of_thread(told: threading.ExceptHookArgs) -> None:
    _say(told.exc_value)


def _warn(message: Warning | str, category: type[Warning], filename: str, lineno: int, *rest: Any) -> None:
    if sys.stderr is not None:
        print(f"{category.__name__} {filename}:{lineno}", file=sys.stderr)


def _formatted(self: logging.Formatter, told: Any) -> str:
    return places(told[1])
