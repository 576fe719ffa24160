"""Databases copied whole while others work with them, by a program of its own that ``copy`` starts.

Never within a program that has one open: POSIX drops all of a process's locks on a file as soon as
*any* handle of it is closed, one that only read a few bytes or belongs to another copy of SQLite
(Chroma brings its own) too. The next program to close the database then takes itself for the last
one and deletes the log under the others: what they write from then on is lost without a word. So
databases are known by their names, and nobody looks into them but SQLite.

Run as ``python -I copying.py source target [source target ...]``: standard library only.
"""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, by the end of the name: nobody else's to open or copy."""
_NAMES = (".db", ".sqlite3", ".sqlite")
_WAIT = 60  # seconds for whoever writes
_CAUSES = {
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_IOERR_SHMSIZE: "磁盘已满",
    sqlite3.SQLITE_READONLY: "文件或文件夹是只读的",
    sqlite3.SQLITE_PERM: "没有读写权限",
    sqlite3.SQLITE_CANTOPEN: "文件打不开",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_CORRUPT: "文件已损坏",
    sqlite3.SQLITE_NOTADB: "文件已损坏，或不是数据库",
    sqlite3.SQLITE_BUSY: "正被另一个程序占用",
    sqlite3.SQLITE_LOCKED: "正被另一个程序占用",
}


class NotCopied(Exception):
    """A database could not be copied; the words say which and why."""


def is_database(path: Path) -> bool:
    return path.suffix.lower() in _NAMES


def cause(error: sqlite3.Error) -> str:
    """Why SQLite refused, in Chinese; its own words where no other are known."""
    code = getattr(error, "sqlite_errorcode", 0)
    return _CAUSES.get(code) or _CAUSES.get(code & 0xFF) or str(error)


def copy(pairs: Sequence[tuple[Path, Path]]) -> None:
    """Copy each (source, target) as of one moment of its own, each one file without a log; NotCopied where one cannot be."""
    if not pairs:
        return
    command = [sys.executable, "-I", "-X", "utf8", __file__, *(str(path) for pair in pairs for path in pair)]
    child = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace")
    if child.returncode:
        raise NotCopied(child.stderr.strip().rpartition("\n")[2] or f"复制数据库的程序中断了（{child.returncode}）")


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source, timeout=_WAIT)) as held, closing(sqlite3.connect(target)) as made:
        held.backup(made)
        made.execute("PRAGMA journal_mode=DELETE")


def main(paths: Sequence[str]) -> None:
    for source, target in zip(map(Path, paths[::2]), map(Path, paths[1::2])):
        if not source.is_file():  # SQLite would make an empty one
            raise SystemExit(f"数据库 {source.name} 不见了")
        try:
            _copy(source, target)
        except sqlite3.Error as error:
            raise SystemExit(f"数据库 {source.name} 没有复制成（{cause(error)}）") from error


if __name__ == "__main__":
    main(sys.argv[1:])
