"""The folder of a report: the files of one report, or a file that says that they are not all there.

It may hold other files of the office, so it cannot be exchanged as a whole. A new set is made in a
folder inside it and brought to the disk; its rename to ``_READY`` is the moment from which it counts.
Then MARK becomes visible, the earlier files go into ``_READY``, the new ones come out of it
(report.docx first), and MARK goes. Each step is a rename, and whether report.docx is still in
``_READY`` tells how far it came: who is killed leaves the earlier report, or MARK beside files of one
report only, and the next build moves the rest in before it begins its own.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

import durable
from domain import UnusableInput

FILES = ("report.docx", "report.html", "report.md", "figures.json")
PDF = "report.pdf"
MARK = "报告未完成.txt"
_SAYS = "替换文件夹“{}”中的年度报告时，程序被中断，现有的文件不全：请重新生成一次，补齐以后这个文件会自动消失。\n"
_NAMES = (*FILES, PDF)
_FIRST = FILES[0]
_READY, _BEFORE = ".build-ready", "before"
_LEFT = {*_NAMES, f".~lock.{_FIRST}#", _BEFORE, MARK, "made", "gone"}
_WAIT = 120  # seconds for another build into the same folder, LibreOffice included


@contextmanager
def renewed(folder: Path) -> Iterator[Path]:
    """An empty folder to make FILES in, and PDF or not; after the block they replace the earlier report in ``folder``.

    ``folder`` is made when absent. Where the block raises, or a file cannot be replaced (open in Word on
    Windows), the earlier report stays as it was. UnusableInput where the folder cannot be written, or
    another program writes a report into it for too long.
    """
    if folder.exists() and not folder.is_dir():
        raise UnusableInput(f"输出位置 {folder} 是一个文件，请换一个文件夹")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            _mend(folder)
            with _beside(folder) as beside:
                made = beside / "made"
                made.mkdir()
                yield made
                (made / _BEFORE).mkdir()
                durable.rename(made, folder / _READY)
                _move_in(folder, beside)
    except OSError as error:
        raise UnusableInput(_told(folder, error)) from error


def incomplete(file: Path) -> str:
    """What is to be said of a file of a report whose set is not whole; "" where nothing is."""
    if file.name not in _NAMES or not (file.parent / MARK).exists():
        return ""
    return f"{file.name} 所在的文件夹里有“{MARK}”：上次替换报告时程序被中断，各文件不全，请重新生成"


def _move_in(folder: Path, beside: Path) -> None:
    """All files of ``_READY`` into ``folder``; or, with the error, all as it was. What is done with goes to ``beside``."""
    try:
        _forward(folder, beside)
    except (OSError, KeyboardInterrupt):
        _back(folder)
        _close(folder, beside)
        raise
    _close(folder, beside)


def _forward(folder: Path, beside: Path) -> None:
    ready = folder / _READY
    (beside / MARK).write_text(_SAYS.format(folder.resolve()), encoding="utf-8")
    durable.rename(beside / MARK, folder / MARK)
    if (ready / _FIRST).exists():
        for name in _NAMES:
            if (folder / name).is_dir():  # somebody's own
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), name)
        _move(folder, ready / _BEFORE)
        durable.settle(folder)
    _move(ready, folder)


def _back(folder: Path) -> None:
    ready = folder / _READY
    if not (ready / _FIRST).exists():
        _move(folder, ready, reversed(_NAMES))  # report.docx last, for it tells how far it came
    _move(ready / _BEFORE, folder)


def _close(folder: Path, beside: Path) -> None:
    durable.settle(folder)
    (folder / MARK).unlink(missing_ok=True)
    durable.settle(folder)
    os.replace(folder / _READY, beside / "gone")


def _move(source: Path, target: Path, names: Iterable[str] = _NAMES) -> None:
    for name in names:
        if (source / name).exists():
            os.replace(source / name, target / name)


def _mend(folder: Path) -> None:
    """Move in what a killed build was moving in; take away what others left that were killed before their files counted."""
    for left in folder.glob(".build-*"):
        mine = left.name != _READY and left.is_dir() and os.access(left, os.R_OK | os.W_OK)  # not another account's
        if mine and {each.name for each in left.iterdir()} <= _LEFT:
            shutil.rmtree(left, ignore_errors=True)
    if (folder / _READY).exists():
        with _beside(folder) as beside:
            _move_in(folder, beside)


@contextmanager
def _beside(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=folder, prefix=".build-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """One build at a time, from whichever machine or account that shares the folder; the lock's file goes with it."""
    lock = FileLock(folder / ".build-lock", timeout=_WAIT, mode=0o666)
    try:
        lock.acquire()
    except Timeout as error:
        raise UnusableInput(f"另一个程序正在往文件夹 {folder} 写报告，请等它完成后再试") from error
    try:
        yield
    finally:
        if (
            os.name != "nt"
        ):  # FileLock takes it away itself there; here whoever waits sees that it is gone, and makes another
            Path(lock.lock_file).unlink(missing_ok=True)
        lock.release()


def _told(folder: Path, error: OSError) -> str:
    name = Path(str(error.filename)).name
    named = f"（{name}）" if name in _NAMES else ""
    rest = f"；原有的文件没有全部放回，见其中的“{MARK}”" if (folder / MARK).exists() else ""
    return f"不能写入输出文件夹 {folder}：{durable.cause(error)}{named}{rest}"
