"""A .zip file → the files in it, unpacked one by one into a folder that goes away again.

Whatever an archive claims about itself is not believed: names are reduced to a file name of ours,
sizes are counted while unpacking, and nothing outside the temporary folder is ever written.
"""

from __future__ import annotations

import re
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from domain import UnusableInput
from ingest.readers import LARGEST, LARGEST_ARCHIVE, is_furniture

_MOST_FILES = 2000
_MOST_UNPACKED = 1 << 30
_MOST_RATIO = 200  # text is packed to a tenth, drawings to a hundredth; a bomb to a thousandth
_UTF8_FLAG = 0x800
_CHUNK = 1 << 20
_LONGEST_NAME = 100
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')  # in a file name on Windows


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name there, and where it was unpacked, or why it was not."""

    name: str
    path: Path | None
    fault: str = ""


@contextmanager
def unpacked(archive: Path) -> Iterator[Iterator[Member]]:
    """The members of an archive, each unpacked when it is asked for, gone when the next one is.

    UnusableInput where the archive itself cannot be used; a fault of one member is told in it.
    """
    if archive.stat().st_size > LARGEST_ARCHIVE:
        raise UnusableInput(f"压缩包 {archive.name} 超过{LARGEST_ARCHIVE // 2**20}MB的上限，请解开后分批读入")
    try:
        with zipfile.ZipFile(archive) as package, tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            if len(entries) > _MOST_FILES:
                raise UnusableInput(f"压缩包 {archive.name} 里有{len(entries)}个文件，超过{_MOST_FILES}个的上限")
            yield _members(package, entries, Path(folder))
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise UnusableInput(f"压缩包 {archive.name} 已损坏，或不是 zip 格式") from error


def _members(package: zipfile.ZipFile, entries: list[zipfile.ZipInfo], folder: Path) -> Iterator[Member]:
    left = _MOST_UNPACKED
    for number, entry in enumerate(entries):
        name = _name(entry)
        parts = PurePosixPath(name.replace("\\", "/")).parts
        if not parts or any(is_furniture(part) for part in parts if part != ".."):
            continue
        fault = _fault(entry, parts, left)
        place = folder / str(number) / _FORBIDDEN.sub("_", parts[-1])[-_LONGEST_NAME:]
        if not fault:
            size, fault = _unpack(package, entry, place, min(LARGEST, left))
            left -= size
        yield Member(name, None if fault else place, f"压缩包中的 {name} {fault}" if fault else "")
        if place.exists():
            place.unlink()


def _name(entry: zipfile.ZipInfo) -> str:
    """The member's name: UTF-8 where it is marked or proves so, else as Windows in Chinese wrote it."""
    if entry.flag_bits & _UTF8_FLAG:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _fault(entry: zipfile.ZipInfo, parts: tuple[str, ...], left: int) -> str:
    if ".." in parts or parts[0] == "/" or ":" in parts[0] or any("\0" in part for part in parts):
        return "的路径指向压缩包之外，没有解开"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "是链接而不是文件，没有解开"
    if entry.flag_bits & 1:
        return "有密码保护，请先取消密码再读入"
    if parts[-1].lower().endswith(".zip"):
        return "是压缩包里的压缩包，请解开后再读入"
    if entry.file_size > LARGEST:
        return f"超过{LARGEST // 2**20}MB的上限，没有解开"
    if left <= 0:
        return f"没有解开：压缩包展开后超过{_MOST_UNPACKED // 2**20}MB的上限"
    return ""


def _unpack(package: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Path, most: int) -> tuple[int, str]:
    """(bytes written, fault): what does not fit its own statement of size is given up."""
    most = min(most, _MOST_RATIO * entry.compress_size + _CHUNK)
    size = 0
    place.parent.mkdir()
    try:
        with package.open(entry) as member, place.open("wb") as out:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    return size, "展开后大得不正常，没有读入"
                out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return size, "已损坏，或压缩方法不受支持"
    except OSError as error:
        return size, f"无法解开：{error.strerror or error}"
    return size, ""
