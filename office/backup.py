"""Backup of the data folder as one file, and its return.

**Backup** works while the workbench runs. Databases (the office's and Chroma's) are copied with
SQLite's own online backup, which needs no pause, and never opened here (``copying`` says why); other
files as they are. Chroma keeps vectors beside its database: those who write to the knowledge base
(``knowledge.lock``) wait while it is copied, and the copy is made again where Chroma moved vectors
from one to the other meanwhile.

**Restore** has two steps, because open files cannot be replaced everywhere. ``stage`` checks the
backup and unpacks it inside the data folder; ``swap``, before anything is opened, moves the present
content aside (``before-restore``, kept until the next restore) and the staged content in. Each
move is a rename, and a swap that was killed goes on where it stopped.

What can be made again (word index, temporary files, the token of ``gongkai mcp``) is in no backup. A backup holds the ledgers'
personal data, password hashes and the model's key: it must be kept like the ledgers themselves.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

from filelock import FileLock, Timeout

import durable
from domain import UnusableInput
from office import copying
from office.schema import REVISION

FORMAT = 1
ASIDE = "before-restore"
STAGED, BEGUN, MOVING = "restore-staged", "restore-begun", "restore-moving"
DAMAGED = "chroma-damaged"
"""How a damaged knowledge base that was set aside is called, with the day behind it."""
_MADE_AGAIN = {"temporary", "words", "index", "mcp-token", ASIDE, STAGED, BEGUN, MOVING, STAGED + ".partial"}
_MANIFEST = "gongkai-backup.json"
_LOCK = "knowledge.lock"
_UNFINISHED = ".partial"  # what a killed ``durable.write`` leaves
_WORKING, _IN_USE = ".gongkai-backup-", "in-use"
_WAIT = 60  # seconds for whoever writes to the knowledge base
_TRIES = 5
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def backup(home: Path, out: Path) -> Path:
    """Write everything that ``home`` keeps to the zip file ``out``, which must not exist yet.

    UnusableInput where it exists or cannot be written; nothing half-written is left. What a backup into
    the same folder that was killed has left, the copy of everything, is removed.
    """
    if out.exists():
        raise UnusableInput(f"文件 {out} 已经存在，请换一个文件名")
    with _told(f"备份没有写成（{out}）"), _working_folder(_folder(out)) as folder:
        copy = folder / "home"
        with at_rest(home):
            _copy_unchanged(home, copy)
        partial = folder / "backup.zip"
        _pack(copy, partial)
        partial.chmod(0o600)  # password hashes, applicants, the model's key
        durable.rename(partial, out)
    return out


@contextmanager
def _working_folder(beside: Path) -> Iterator[Path]:
    """A folder for the copy, locked as long as somebody works in it."""
    for left in beside.glob(f"{_WORKING}*/{_IN_USE}"):
        with suppress(Timeout), FileLock(left, timeout=0):
            shutil.rmtree(left.parent, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=_WORKING) as folder, FileLock(Path(folder) / _IN_USE):
        yield Path(folder)


def stage(file: Path, home: Path) -> dict[str, Any]:
    """Check a backup and unpack it inside ``home``; it counts after ``swap``. Returns its manifest.

    UnusableInput where it is no backup, damaged, made by a newer program, or names a place outside.
    """
    partial = home / f"{STAGED}.partial"
    if is_begun(home):
        raise UnusableInput("上一次恢复还没有完成，请重新启动程序后再试")
    with _told(f"备份 {file.name} 不能恢复"), _opened(file) as archive:
        manifest = _manifest(archive, file.name)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        try:
            for name, expected in manifest["files"].items():
                _unpack(archive, name, expected, partial / PurePosixPath(name))
            _sound(partial / "office.db")
            shutil.rmtree(home / STAGED, ignore_errors=True)
            durable.rename(partial, home / STAGED)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    return manifest


def unstage(home: Path) -> None:
    """Give up a staged restore that has not begun."""
    shutil.rmtree(home / STAGED, ignore_errors=True)


def is_staged(home: Path) -> bool:
    """Whether a restore waits for, or was stopped in, its second step."""
    return any((home / name).exists() for name in (STAGED, BEGUN, MOVING))


def is_begun(home: Path) -> bool:
    """Whether a restore was stopped in its second step, or is in it now."""
    return (home / BEGUN).exists() or (home / MOVING).exists()


def swap(home: Path) -> bool:
    """Put a staged backup in the place of what ``home`` holds; False where none is staged.

    Call before anything in ``home`` is opened. UnusableInput where another program has it open.
    """
    aside, staged, begun, moving = (home / name for name in (ASIDE, STAGED, BEGUN, MOVING))
    if not is_staged(home):
        return False
    with _told(f"数据文件夹 {home} 中的内容不能替换"), at_rest(home):
        unused_by_others(home / "office.db")
        if staged.exists():
            if aside.exists():
                shutil.rmtree(aside)
            aside.mkdir()
            staged.rename(begun)
        if begun.exists():
            for entry in _kept(home):
                os.replace(entry, _free_name(aside / entry.name))
            begun.rename(moving)
        for entry in sorted(moving.iterdir()):
            os.replace(entry, home / entry.name)
        moving.rmdir()
    return True


# --- writing a backup -------------------------------------------------------------------------------


def _kept(home: Path) -> list[Path]:
    """What at the top of the data folder belongs in a backup."""
    left = [path for path in sorted(home.iterdir()) if path.name not in _MADE_AGAIN and path.suffix != ".lock"]
    return [path for path in left if not path.name.startswith(DAMAGED)]


def _files(home: Path) -> Iterator[Path]:
    for entry in _kept(home):
        found = sorted(entry.rglob("*")) if entry.is_dir() else [entry]
        for path in found:
            if path.is_file() and not path.is_symlink() and not path.name.endswith((*copying.BESIDE, _UNFINISHED)):
                yield path


def _copy_unchanged(home: Path, copy: Path) -> None:
    for _ in range(_TRIES):
        shutil.rmtree(copy, ignore_errors=True)
        try:
            before = _signature(home)
            databases = []
            for path in _files(home):
                target = copy / path.relative_to(home)
                target.parent.mkdir(parents=True, exist_ok=True)
                if copying.is_database(path):
                    databases.append((path, target))
                else:
                    shutil.copyfile(path, target)
            copying.copy(databases)
            if _signature(home) == before:
                return
        except FileNotFoundError:  # deleted between being listed and being copied
            continue
    raise UnusableInput("知识库正在变动，备份没有完成，请稍后再试")


def _signature(home: Path) -> dict[str, tuple[int, int]]:
    """Size and time of the files beside the databases: Chroma's vectors change with its database."""
    beside = (path for path in _files(home) if not copying.is_database(path))
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in beside}


def _pack(folder: Path, target: Path) -> None:
    files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    if "office.db" not in files:
        raise UnusableInput("数据文件夹里还没有可以备份的内容")
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": REVISION,
        "files": {name: {"bytes": path.stat().st_size, "sha256": _digest(path)} for name, path in files.items()},
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        for name, path in files.items():
            archive.write(path, name)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- reading a backup -------------------------------------------------------------------------------


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise UnusableInput(f"备份 {file.name} 不是完整的备份文件（可能没有下载完）") from error


def _manifest(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    if any(entry.flag_bits & 1 or entry.compress_type not in _PACKED for entry in archive.infolist()):
        raise UnusableInput(f"文件 {name} 不是 gongkai 的备份")
    try:
        manifest = json.loads(archive.read(_MANIFEST))
        form, revision, files = manifest["format"], str(manifest["revision"]), manifest["files"]
        declared = sum(int(entry["bytes"]) for entry in files.values())
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnusableInput(f"文件 {name} 不是 gongkai 的备份") from error
    if form != FORMAT or revision > REVISION:
        raise UnusableInput(f"备份 {name} 是由更新版本的 gongkai 做的，请升级程序后再恢复")
    held = {entry.filename: entry.file_size for entry in archive.infolist() if entry.filename != _MANIFEST}
    if held != {path: entry["bytes"] for path, entry in files.items()} or "office.db" not in held:
        raise UnusableInput(f"备份 {name} 的内容与清单不符，不能恢复")
    for path in held:
        _inside(path, name)
    if declared > shutil.disk_usage(_folder(Path(archive.filename or name))).free:
        raise UnusableInput(f"磁盘空间不够恢复备份 {name}：需要 {declared // 2**20 + 1} MB")
    return manifest


def _inside(path: str, name: str) -> None:
    parts = PurePosixPath(path).parts
    strange = any(sign in path for sign in "\\:\0") or path.startswith("/") or {"..", "."} & set(path.split("/"))
    if strange or not parts or parts[0] in _MADE_AGAIN or parts[0].endswith(".lock"):
        raise UnusableInput(f"备份 {name} 里有不该有的路径“{path}”，不能恢复")


def _unpack(archive: zipfile.ZipFile, name: str, expected: dict[str, Any], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    target.chmod(0o600)
    if _digest(target) != expected.get("sha256"):
        raise UnusableInput(f"备份中的 {name} 已损坏，不能恢复")


def _sound(path: Path) -> None:
    """UnusableInput where the unpacked ``office.db`` is damaged. It is nobody else's yet: here it may be opened."""
    with closing(sqlite3.connect(path)) as held:
        result = held.execute("PRAGMA quick_check").fetchone()
    if result != ("ok",):
        raise UnusableInput("备份中的 office.db 已损坏，不能恢复")


# --- the swap ---------------------------------------------------------------------------------------


def _free_name(path: Path) -> Path:
    """``path``, or a name beside it: what was set aside is never overwritten."""
    while path.exists():
        path = path.with_name(f"{path.name}.again")
    return path


def unused_by_others(path: Path) -> None:
    """UnusableInput where another program has the database open: SQLite leaves its write-ahead mode only for the last one."""
    if path.exists():
        with closing(sqlite3.connect(path, timeout=1)) as held:
            try:
                alone = held.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)
            except sqlite3.OperationalError:
                alone = False
        if not alone:
            raise UnusableInput("数据文件夹正被另一个 gongkai 使用，请先把它停下再试")


# --- surroundings -----------------------------------------------------------------------------------


@contextmanager
def at_rest(home: Path) -> Iterator[None]:
    home.mkdir(parents=True, exist_ok=True)
    lock = FileLock(home / _LOCK, timeout=_WAIT)
    try:
        lock.acquire()
    except Timeout as error:
        raise UnusableInput("知识库正在写入（导入或重建索引），请等它完成后再试") from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        named = f"（{Path(str(error.filename)).name}）" if error.filename else ""
        raise UnusableInput(f"{what}：{durable.cause(error)}{named}") from error
    except sqlite3.DatabaseError as error:
        raise UnusableInput(f"{what}：数据库{copying.cause(error)}") from error
    except copying.NotCopied as error:
        raise UnusableInput(f"{what}：{error}") from error


def _folder(path: Path) -> Path:
    folder = path.absolute().parent
    if not folder.is_dir():
        raise UnusableInput(f"文件夹 {folder} 不存在")
    return folder
