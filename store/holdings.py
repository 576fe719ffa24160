"""What is held: its list, kept in step with the database, and each document whole."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import durable
from domain import Document, UnusableInput
from store.chroma import Collections
from store.columns import RecordColumns
from store.embedding import Embedder
from store.kept import KeptSources
from store.ready import INDEX, Ready
from store.records import (
    Damaged,
    DocumentSummary,
    Listing,
    edition,
    identity,
    marker,
    passages_of,
    strays,
    summaries,
)
from store.shelf import periods
from store.turn import Turns
from store.validity import Period, Registry

FRESH = 2.0
"""Seconds for which the list of documents is trusted, where nothing tells whether another process has added some."""
_ABANDONED = 3600
"""Seconds after which records without a marker on a shared server count as left by a killed run."""
_MANY = 20
"""Documents that take more than a moment to be kept anew."""
_SAYING = logging.getLogger("gongkai")


class Holdings:
    """The documents of a knowledge base. Safe to share between threads of one process.

    ``folder`` keeps what can be made again (index, dictionary); ``shared`` says that other machines may
    write to the same collections; ``aliases`` are further names of regulations (name → title).
    """

    def __init__(
        self,
        collections: Collections,
        embedder: Embedder,
        registry: Registry,
        folder: Path | None = None,
        shared: bool = False,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.embedder = embedder
        self.registry = registry
        self._collections = collections
        self._folder = folder
        self._shared = shared
        self._sources = KeptSources(folder / "sources") if folder and not shared else None
        self._aliases = dict(aliases or {})
        self._lock = threading.RLock()
        self._turns = Turns(folder, shared, self._lock, collections.close)
        self._ready = Ready(folder / INDEX if folder else None, embedder.fingerprint, self._turns.stamp)
        collections.around_opening = self._ready.opening
        self._listed: Listing | None = None
        self._columns: RecordColumns | None = None
        self._doubted = False

    def documents(self) -> list[DocumentSummary]:
        """Every document, regulations first, by title and day."""
        listed = self._summaries().values()
        return sorted(
            listed,
            key=lambda d: (d.kind, d.title, d.document.beside, d.document.promulgated or date.min, d.document.year),
        )

    def document(self, id: str) -> Document | None:
        """A document with its passages, by the id of its summary; None where there is none."""
        held = self._summaries().get(id)
        while held is not None:
            try:
                return self._whole(held)
            except Damaged as error:
                present = self._summaries(fresh=True).get(id)
                if present and present.edition == held.edition:
                    raise self._collections.damaged(error) from error
                held = present  # another process has replaced it, or taken it out
        return None

    def periods(self) -> list[tuple[DocumentSummary, Period]]:
        """Every document with the period in which it applied, other held versions considered."""
        listed = self.documents()
        complete = [self.registry.complete(item.document) for item in listed]
        return list(zip(listed, periods(complete, self.registry)))

    def reports(self) -> list[Document]:
        """The published reports held, by organ and year, with their tables and without their text."""
        held = [item.document for item in self._summaries().values() if item.kind == "report"]
        return sorted(held, key=lambda document: (document.org, document.year))

    def counts(self) -> dict[str, int]:
        """``documents``, ``regulations``, ``reports`` and ``passages`` held."""
        listed = self._summaries().values()
        reports = sum(item.kind == "report" for item in listed)
        return {
            "documents": len(listed),
            "regulations": len(listed) - reports,
            "reports": reports,
            "passages": sum(item.passages for item in listed),
        }

    def is_empty(self) -> bool:
        """Whether nothing is held."""
        return not self._summaries()

    def clean(self) -> int:
        """Delete what a killed run left; return how many records went. Nothing while another writes.

        Where nobody has written since all was in order, the database is not even opened.
        """
        from filelock import Timeout

        if (note := self._ready.fitting()) and self._sources_fit(note.markers):
            return 0
        self._doubted = self._ready.doubtful()
        try:
            with self._turns.taken(wait=0):
                return self._clean()
        except Timeout:
            return 0

    def kept(self) -> Iterator[Document | UnusableInput]:
        """Every document as it was taken in (``store.kept``), an error in the place of a damaged one."""
        yield from self._sources.read() if self._sources else ()

    def lost(self) -> int:
        """How many documents were kept and are not held: their taking in was stopped, or the database has lost them."""
        there = self._sources.editions() if self._sources else ()
        held = {item.edition.rpartition("-")[0] for item in self._summaries().values()}
        return len({name.rpartition("-")[0] for name in there} - held)

    # --- inside ---------------------------------------------------------------------------------

    def _whole(self, held: DocumentSummary) -> Document:
        if columns := self._columns:
            found = columns.passages_of(held.edition)
            if found is not None:
                return replace(held.document, passages=found)
        return replace(held.document, passages=passages_of(held, self._collections.passages(held.edition)))

    def _dated(self, document: Document) -> Document:
        return self.registry.complete(document)

    def _key(self, document: Document) -> str:
        return identity(self._dated(document))

    def _summaries(self, fresh: bool = False) -> Mapping[str, DocumentSummary]:
        return self._listing(fresh).documents

    def _listing(self, fresh: bool = False) -> Listing:
        with self._lock:
            listed = self._listed
            if not fresh and listed and time.monotonic() - listed.read <= FRESH:
                return listed
            stamp = self._turns.stamp()
            if not fresh and listed and stamp and stamp == listed.stamp:
                self._listed = replace(listed, read=time.monotonic())
            elif not fresh and not listed and (note := self._ready.fitting()):
                self._listed = Listing(time.monotonic(), summaries(note.markers.items(), {}), note.stamp)
            else:
                known = listed.documents if listed else {}
                with self._damage_told():
                    found = summaries(self._collections.markers(), known)
                self._listed = Listing(time.monotonic(), found, stamp if stamp and stamp.settled else None)
            return self._listed

    def _list(self, changed: Mapping[str, DocumentSummary | None]) -> None:
        """Note what this process has just changed; reading the whole list again would cost an import dear."""
        with self._lock:
            listed = {**self._summaries(), **changed}
            self._listed = Listing(time.monotonic(), {key: item for key, item in listed.items() if item})

    def _clean(self) -> int:
        held = self._summaries(fresh=True).values()
        self._complete_sources(held)
        if self._collections.count() == sum(item.records for item in held):
            return 0
        before = int(time.time()) - _ABANDONED if self._shared else None
        left = strays(self._collections.ids(before), (item.edition for item in held))
        self._collections.delete(left)
        return len(left)

    def _keep_sources(self, documents: Iterable[Document]) -> None:
        if self._sources is None:
            return
        for document in documents:
            try:
                self._sources.put(document)
            except OSError as error:
                raise UnusableInput(
                    f"《{document.title}》不能写入数据文件夹 {self._folder}：{durable.cause(error)}"
                ) from error

    def _drop_sources(self, editions: Iterable[str]) -> None:
        if self._sources is not None:
            for name in editions:
                self._sources.drop(name)

    def _complete_sources(self, held: Iterable[DocumentSummary]) -> None:
        """What is held gets a file where it has none yet (a data folder of an earlier version); others of it go."""
        if self._sources is None:
            return
        there = self._sources.editions()
        wanted = [item for item in held if not (item.sealed and item.edition in there)]
        if len(wanted) > _MANY:
            _SAYING.warning("正在为已收入的 %d 份资料各存一份原文，只做这一次…", len(wanted))
        try:
            whole = {item.id: document for item in wanted if (document := self._proven(item))}
            self._keep_sources(whole.values())
            unsealed = [item for item in wanted if item.id in whole and not item.sealed]
            self._collections.seal({item.id: marker(item.id, whole[item.id], item.records) for item in unsealed})
            if unsealed:
                self._listed = None
        except UnusableInput as error:  # searching goes on without
            _SAYING.warning("已收入的资料还没有另存：%s", error)
        written = {item.edition for item in held} & self._sources.editions()
        self._drop_sources(self._sources.superseded(written))

    def _sources_fit(self, held: Mapping[str, Mapping[str, object]]) -> bool:
        """Whether what is held has its files, and no others of it are there."""
        if self._sources is None:
            return True
        written = {str(mark["edition"]) for mark in held.values()}
        return written <= self._sources.editions() and not self._sources.superseded(written)

    def _proven(self, item: DocumentSummary) -> Document | None:
        """The document where it is what was taken in, by this version's count; who asks for another is told."""
        try:
            document = self._whole(item)
        except Damaged:
            return None
        return document if edition(document) == item.edition else None  # an earlier version had fewer particulars

    @contextmanager
    def _damage_told(self) -> Iterator[None]:
        try:
            yield
        except Damaged as error:
            raise self._collections.damaged(error) from error
