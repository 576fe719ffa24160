"""Arrays and texts in a folder, used where they lie: memory-mapped, checked against what was written, whole or not there.

Nothing is read before it is needed, and what was read the system may take back. A folder is written
aside, part by part as its content comes, and gets its name when all of it is on the disk (``durable``).
"""

from __future__ import annotations

import hashlib
import json
import mmap
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, overload

import durable

if TYPE_CHECKING:
    import numpy as np

CONTENTS = "contents.json"
_BLOCK = 1 << 20


class Texts(Sequence[str]):
    """Many texts in one piece of memory, each made a string when it is asked for."""

    def __init__(self, content: np.ndarray, ends: np.ndarray) -> None:
        """``content``: UTF-8, all texts behind each other (uint8); ``ends``: where each ends (int64)."""
        self.content, self.ends = content, ends

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        at %= len(self)
        start = int(self.ends[at - 1]) if at else 0
        return self.content[start : int(self.ends[at])].tobytes().decode("utf-8", "surrogatepass")

    def holding(self, words: str) -> set[int]:
        """The numbers of the texts in which the words stand."""
        import numpy as np

        sought, found = words.encode("utf-8", "surrogatepass"), []
        content = _mapping(self.content) or self.content.tobytes()
        at = content.find(sought)
        while at >= 0:
            found.append(at)
            at = content.find(sought, at + 1)
        starts = np.array(found, dtype=np.int64)
        first = np.searchsorted(self.ends, starts, side="right")
        return set(first[starts + len(sought) <= self.ends[first]].tolist()) if found else set()


class Parts:
    """Arrays that are written part by part, by name: into a folder, or into memory where there is none.

    OSError where the folder cannot be written.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._files: dict[str, IO[bytes]] = {}
        self._sums: dict[str, Any] = {}
        self._shapes: dict[str, tuple[str, tuple[int, ...], int]] = {}
        self._held: dict[str, list[np.ndarray]] = {}
        if folder:
            folder.mkdir(parents=True)

    def add(self, name: str, rows: np.ndarray) -> None:
        """More rows of an array; all of one kind and, but for their number, of one shape."""
        import numpy as np

        rows = np.ascontiguousarray(rows)
        _, _, count = self._shapes.get(name, ("", (), 0))
        self._shapes[name] = (rows.dtype.str, rows.shape[1:], count + len(rows))
        if self._folder is None:
            self._held.setdefault(name, []).append(rows)
            return
        if name not in self._files:
            self._files[name] = (self._folder / name).open("wb")
            self._sums[name] = hashlib.sha256()
        if rows.size:
            content = rows.data.cast("B")
            self._files[name].write(content)
            self._sums[name].update(content)

    def add_texts(self, name: str, texts: Sequence[str]) -> None:
        """More texts; read back as ``Texts``."""
        import numpy as np

        each = [text.encode("utf-8", "surrogatepass") for text in texts]
        before = self._shapes.get(name, ("", (), 0))[2]
        self.add(name, np.frombuffer(b"".join(each), dtype=np.uint8))
        self.add(f"{name}-ends", before + np.cumsum([len(one) for one in each], dtype=np.int64))

    def carry_texts(self, name: str, texts: Texts, first: int, last: int) -> None:
        """As ``add_texts``, of a run of texts that lie ready."""
        start = int(texts.ends[first - 1]) if first else 0
        end = int(texts.ends[last - 1]) if last else 0
        before = self._shapes.get(name, ("", (), 0))[2]
        self.add(name, texts.content[start:end])
        self.add(f"{name}-ends", texts.ends[first:last] - start + before)

    def keep(self, place: Path) -> None:
        """Give the folder its name, with all that is in it, for good."""
        if self._folder is None:
            return
        for file in self._files.values():
            file.close()
        told = {
            name: {"kind": kind, "shape": [count, *shape], "sha256": self._sums[name].hexdigest()}
            for name, (kind, shape, count) in self._shapes.items()
        }
        (self._folder / CONTENTS).write_text(json.dumps(told), encoding="utf-8")
        durable.rename(self._folder, place)

    def arrays(self) -> dict[str, np.ndarray]:
        """What was written, where it was written into memory."""
        import numpy as np

        return {name: np.concatenate(parts) for name, parts in self._held.items()}

    def discard(self) -> None:
        """Close what is open; what has no name yet goes."""
        for file in self._files.values():
            file.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)


def opened(folder: Path) -> dict[str, np.ndarray] | None:
    """The arrays of a folder, memory-mapped; None where it is not there, or not to the byte what was written."""
    import numpy as np

    try:
        contents = json.loads((folder / CONTENTS).read_bytes())
        found = {}
        for name, told in contents.items():
            if _sum(folder / name) != told["sha256"]:
                return None
            kind, shape = np.dtype(told["kind"]), tuple(told["shape"])
            if 0 in shape:
                found[name] = np.zeros(shape, dtype=kind)
                continue
            with (folder / name).open("rb") as file:
                lies = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)  # torch takes no array that is read-only
            found[name] = np.frombuffer(lies, dtype=kind).reshape(shape)
        return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def let_go(array: np.ndarray) -> None:
    """Give back the memory of what was read of a mapped array; it is read again where it is needed."""
    if (mapping := _mapping(array)) and hasattr(mmap, "MADV_DONTNEED"):
        mapping.madvise(mmap.MADV_DONTNEED)


def _mapping(array: np.ndarray) -> mmap.mmap | None:
    owner: Any = array
    while owner is not None and not isinstance(owner, mmap.mmap):
        owner = owner.obj if isinstance(owner, memoryview) else getattr(owner, "base", None)
    return owner


def texts_of(arrays: Mapping[str, np.ndarray], name: str) -> Texts:
    """The texts written under a name."""
    return Texts(arrays[name], arrays[f"{name}-ends"])


def _sum(file: Path) -> str:
    """Read past the mapping: pages that are only checked need not stay."""
    digest = hashlib.sha256()
    block = bytearray(_BLOCK)
    with file.open("rb", buffering=0) as content:
        while count := content.readinto(block):
            digest.update(memoryview(block)[:count])
    return digest.hexdigest()
