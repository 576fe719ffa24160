"""A ledger so large that reading it would hold everybody up is read in a process of its own, and once.

Half a second of reading is no matter; a sheet with a million stray rows takes half a minute and a
gigabyte, in which a program of many threads would answer nobody. Such a process has a time and a
memory limit, and steps back for the others.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zipfile
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from domain import LedgerResult, UnusableInput

LARGE = 16 << 20
"""Bytes of a ledger's content from which it is read apart: some twenty thousand applications."""
LONGEST, OF_A_CORE = 600, 120
"""Seconds that reading one may take, and seconds of a core, where the system can limit them."""
MEMORY = 3 << 30
"""Bytes that reading one may take, where the system can limit them."""
_KEPT = 4
_TOO_LARGE = "请删除表格下方多余的行后另存，或者把不同年度、不同的登记表分成几个文件"


def content_size(path: Path) -> int:
    """How many bytes there are to read in a ledger, a workbook unpacked; 0 for what cannot be opened."""
    try:
        if path.is_dir():
            return sum(content_size(each) for each in path.iterdir() if each.is_file())
        with path.open("rb") as file:
            packed = file.read(2) == b"PK"
        if not packed:
            return path.stat().st_size
        with zipfile.ZipFile(path) as package:
            return sum(member.file_size for member in package.infolist())
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return 0  # whoever reads it tells what is wrong


class Large:
    """``compute`` is ``statutory.compute``; the last few results are kept, for a desk asks for one again and again."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Any, ...], LedgerResult] = OrderedDict()

    def compute(self, path: Path, aliases: Path, answers: Mapping[str, str], beside: bool) -> LedgerResult:
        """The result of a ledger; UnusableInput where it holds no figures, or is beyond the limits."""
        key = (path.name, digest(path), digest(aliases), tuple(sorted(answers.items())), beside)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        result = apart(_computed, path, aliases, dict(answers), beside)
        with self._lock:
            self._kept[key] = result
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return result


def apart(work: Callable[..., Any], path: Path, *given: Any) -> Any:
    """What ``work`` (a function of a module) makes of a ledger, in a process of its own; UnusableInput as it raises it."""
    from collecting.parallel import Workers

    with Workers(_within_limits, modules=("services.large", "statutory"), workers=1) as workers:
        ((_, made, why),) = workers.run(_told, [(work, path, *given)], longest=LONGEST)
    if made is None:
        raise UnusableInput(f"“{path.name}”太大：{why}。{_TOO_LARGE}")
    result, refused = made
    if refused:
        raise UnusableInput(*refused)
    return result


def _within_limits() -> None:
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        import resource
    except ImportError:  # a system without such limits
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, OF_A_CORE)):
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard < 0 else min(most, hard), hard))


def _told(task: tuple[Any, ...]) -> tuple[Any, tuple[str, tuple[str, ...]] | None]:
    """What the work yields, or why not: an error does not pass between processes with all its sentences."""
    work, *given = task
    try:
        return work(*given), None
    except UnusableInput as error:
        return None, (str(error), error.problems)


def _computed(path: Path, aliases: Path, answers: dict[str, str], beside: bool) -> LedgerResult:
    import statutory

    return statutory.compute(path, aliases, answers, beside=beside)


def digest(path: Path) -> str:
    """A ledger's content, told apart; that of nothing where there is no such file."""
    total = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            total.update(f"{file.relative_to(path)}".encode())
            with file.open("rb") as content:
                total.update(hashlib.file_digest(content, "sha256").digest())
    return total.hexdigest()
