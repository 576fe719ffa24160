"""Files that are whole under their name or not there, also after a power cut; and why one could not be read or written.

A rename alone is not enough: file systems may keep the new name and lose the content that was not
yet on the disk. What is renamed is therefore synchronised first, and the folder after it.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from pathlib import Path

_CAUSES = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EROFS: "文件夹是只读的",
    errno.EACCES: "没有写入权限",
    errno.EPERM: "没有写入权限",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOENT: "文件夹或文件不存在",
    errno.EEXIST: "已有同名的文件",
    errno.EIO: "磁盘读写出错",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EFBIG: "超过了允许的文件大小",
}
_DATABASE_CAUSES = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_READONLY: "文件或文件夹是只读的，或没有写入权限",
    sqlite3.SQLITE_PERM: "没有读写权限",
    sqlite3.SQLITE_CANTOPEN: "数据库文件打不开，没有读写权限或文件不存在",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_BUSY: "正被另一个程序占用",
    sqlite3.SQLITE_LOCKED: "正被另一个程序占用",
    sqlite3.SQLITE_CORRUPT: "文件已损坏",
    sqlite3.SQLITE_NOTADB: "文件已损坏，或不是数据库",
}


def cause(error: OSError) -> str:
    """Why a file could not be read or written, in Chinese; the system's own words where no other are known."""
    if getattr(error, "winerror", None) in (32, 33):  # which Python calls EACCES as well
        return "文件正被另一个程序打开"
    return _CAUSES.get(error.errno or 0) or error.strerror or str(error)


def database_cause(code: int) -> str:
    """Why SQLite refused, in Chinese, by its code (extended or not); "" where no words are known."""
    return _DATABASE_CAUSES.get(code & 0xFF, "")


def is_damage(code: int) -> bool:
    """Whether SQLite says by its code that the file is not what was written."""
    return code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def synchronise(path: Path) -> None:
    """Bring a file, or a folder with all that is in it, to the disk."""
    for each in sorted(path.rglob("*")) if path.is_dir() else ():
        if each.is_file():
            _synchronise(each)
    _synchronise(path)
    for folder in [each for each in path.rglob("*") if each.is_dir()] if path.is_dir() else ():
        _synchronise(folder)


def settle(folder: Path) -> None:
    """Bring to the disk which names a folder holds, and not what stands behind them."""
    _synchronise(folder)


def _synchronise(path: Path) -> None:
    if path.is_dir() and os.name == "nt":  # Windows has no such thing for a folder
        return
    flags = os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def rename(made: Path, place: Path) -> None:
    """Give a finished file or folder its name, for good; OSError, and nothing changed, where that cannot be done."""
    synchronise(made)
    os.replace(made, place)
    _synchronise(place.parent)


def write(place: Path, content: bytes) -> None:
    """Write a file, or replace it in one step; readable by its owner alone. OSError where that cannot be done."""
    handle, partial = tempfile.mkstemp(prefix=f".{place.name}-", suffix=".partial", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        rename(Path(partial), place)
    finally:
        Path(partial).unlink(missing_ok=True)
