"""What was verified, remembered beside the weights. Standard library only.

``verified.json`` in the weights folder holds, for each entry, its files with size, time of change
and SHA-256. A start compares sizes and times, which takes no time; where only a time differs, as
after copying the folder to a machine without a network, the files are read and compared once more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import durable

NAME = "verified.json"
CHUNK = 1 << 20


def is_verified(folder: Path, entry: str) -> bool:
    """Whether every file of ``entry`` is as it was when it was verified, by size and time."""
    files = _read(folder).get(entry, {})
    return bool(files) and all(_same(folder / name, known, exactly=True) for name, known in files.items())


def is_whole(folder: Path, entry: str) -> bool:
    """Whether every file of ``entry`` has the size that it was verified with; True too where nothing is remembered.

    A look that takes no time, whenever the weights are used: a folder that was copied has other times.
    """
    return all(_same(folder / name, known, exactly=False) for name, known in _read(folder).get(entry, {}).items())


def check_again(folder: Path, entry: str, advance: Callable[[int], object] = lambda _: None) -> bool:
    """Read the files of ``entry`` again and compare; a match is remembered with the new times.

    ``advance`` is told how many bytes were read.
    """
    files = _read(folder).get(entry, {})
    if not files or not all(_same(folder / name, known, exactly=False) for name, known in files.items()):
        return False
    if any(sha256(folder / name, advance) != known["sha256"] for name, known in files.items()):
        return False
    record(folder, entry, {name: known["sha256"] for name, known in files.items()})
    return True


def record(folder: Path, entry: str, files: dict[str, str]) -> None:
    """Remember ``files`` (path under ``folder`` -> SHA-256) as verified now."""
    known = _read(folder)
    known[entry] = {
        name: {"bytes": (folder / name).stat().st_size, "changed": _changed(folder / name), "sha256": digest}
        for name, digest in files.items()
    }
    draft = folder / (NAME + ".partial")
    draft.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
    durable.rename(draft, folder / NAME)


def digests(folder: Path, place: str) -> dict[str, str]:
    """The SHA-256 of the file at ``place``, or of every file under the folder at ``place``."""
    target = folder / place
    files: Iterable[Path] = [target] if target.is_file() else sorted(p for p in target.rglob("*") if p.is_file())
    return {file.relative_to(folder).as_posix(): sha256(file) for file in files}


def sha256(file: Path, advance: Callable[[int], object] = lambda _: None) -> str:
    """The SHA-256 of a file in hexadecimal."""
    total = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
            advance(len(chunk))
    return total.hexdigest()


def _read(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        content = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # absent or damaged: nothing counts as verified, and everything is checked anew
    return content if isinstance(content, dict) else {}


def _same(file: Path, known: dict[str, Any], *, exactly: bool) -> bool:
    try:
        size, changed = file.stat().st_size, _changed(file)
    except OSError:
        return False
    return size == known.get("bytes") and (not exactly or changed == known.get("changed"))


def _changed(file: Path) -> int:
    return file.stat().st_mtime_ns
