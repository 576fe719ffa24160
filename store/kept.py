"""What was taken in, kept beside the database as one file a document, so that it can be made again from it.

A file is called after the edition that it holds (``records.edition``, a hash of its content), so that
a damaged one is recognised. It is written before the database says that the document is held, and
goes before it says that it is not: what is held has a file, but for a moment in which nothing was
acknowledged yet. Personal data was masked when the document was read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import durable
from domain import Document, UnusableInput
from store.records import as_text, edition, from_text

SOURCES = "sources"
"""The folder's name in the data folder."""
_ENDING = ".json"


class KeptSources:
    """The files in ``folder``; OSError where one cannot be written or deleted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, document: Document) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        durable.write(self._place(edition(document)), as_text(document).encode())

    def drop(self, name: str) -> None:
        """Delete the file of an edition; it may be absent."""
        self._place(name).unlink(missing_ok=True)

    def editions(self) -> set[str]:
        """The editions that have a file, whole or not."""
        return {path.name.removesuffix(_ENDING) for path in self._folder.glob(f"*{_ENDING}")}

    def superseded(self, held: Collection[str]) -> list[str]:
        """Other editions of the documents that are held: what a killed run left."""
        documents = {name.rpartition("-")[0] for name in held}
        return [name for name in self.editions() - set(held) if name.rpartition("-")[0] in documents]

    def read(self) -> Iterator[Document | UnusableInput]:
        """Every document, of several editions the latest written; an error for one that is damaged."""
        files = sorted(self._folder.glob(f"*{_ENDING}"), key=lambda path: path.stat().st_mtime_ns)
        latest = {path.name.rpartition("-")[0]: path for path in files}
        for path in latest.values():
            yield _read(path)

    def _place(self, name: str) -> Path:
        return self._folder / f"{name}{_ENDING}"


def _read(path: Path) -> Document | UnusableInput:
    damaged = UnusableInput(f"保存的资料 {path} 已损坏，请重新收入原来的文件")
    try:
        document = from_text(path.read_text(encoding="utf-8"))
    except OSError as error:
        return UnusableInput(f"保存的资料 {path} 不能读取（{durable.cause(error)}）")
    except (ValueError, TypeError, KeyError, AttributeError):  # whatever other bytes may spell
        return damaged
    return document if edition(document) == path.name.removesuffix(_ENDING) else damaged
