"""What lies ready in the data folder for a search: the columns of what is held, and a note whose they are.

The note binds the columns' name and the list of documents to the database as it stood (``turn.Stamp``). While
that stands nothing of the database need be opened. It only saves time: what does not fit, or is not what was
written, is made anew, and where it cannot be kept (a full disk, a read-only folder) the search does without.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import durable
from store.columns import RecordColumns, kept_columns
from store.mapped import Parts
from store.turn import Stamp

INDEX = "index"
"""The folder's name in the data folder."""
_UNFINISHED = ".unfinished"
_ABANDONED = 3600
"""Seconds after which what another program began, or keeps for another model, is taken for left behind."""
_SAYING = logging.getLogger("gongkai")


@dataclass(frozen=True)
class Binding:
    """What was held when the database stood as ``stamp`` says: the markers by id, and the columns' name."""

    stamp: Stamp
    columns: str
    markers: Mapping[str, Mapping[str, Any]]


class Ready:
    """The columns that one embedding model's searches need; ``folder`` None: they are in memory only."""

    def __init__(self, folder: Path | None, model: str, stamp: Callable[[], Stamp | None]) -> None:
        self._folder, self._model, self._stamp = folder, model, stamp
        self._read: tuple[bytes, Binding] | None = None
        self._damaged: set[Path] = set()
        """Columns that were told to be damaged, once each."""

    # --- the note -------------------------------------------------------------------------------

    def note(self) -> Binding | None:
        """The note as it was written; None where there is none, or it is damaged."""
        if self._folder is None:
            return None
        try:
            content = self._place().read_bytes()
            if self._read and self._read[0] == content[:64]:
                return self._read[1]
            if content[:64].decode() != hashlib.sha256(content[64:]).hexdigest():
                return None
            told = json.loads(content[64:])
            stamp = Stamp(told["stamp"]["turn"], tuple(tuple(file) for file in told["stamp"]["files"]))
            note = Binding(stamp, told["columns"], told["markers"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        self._read = content[:64], note
        return note

    def fitting(self) -> Binding | None:
        """The note where the database stands as it says."""
        note = self.note()
        return note if note and note.stamp == self._stamp() else None

    def doubtful(self) -> bool:
        """Whether the database's files have changed, and nobody had the turn: damage, or a hand from outside."""
        note, stamp = self.note(), self._stamp()
        return bool(note and stamp and note.stamp.turn == stamp.turn and note.stamp != stamp)

    def bind(self, columns: str, markers: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the note, in turn; not where the database is elsewhere."""
        stamp = self._stamp()
        if stamp and self._folder:
            self._write(Binding(stamp, columns, markers))

    @contextmanager
    def opening(self) -> Iterator[None]:
        """Around the opening of the database, which alone changes the times of its files: the note goes on fitting."""
        note = self.fitting()
        yield
        stamp = self._stamp() if note else None
        if note and stamp and stamp.turn == note.stamp.turn != "" and stamp != note.stamp:
            self._write(replace(note, stamp=stamp))

    def _write(self, note: Binding) -> None:
        content = json.dumps(asdict(note), ensure_ascii=False).encode()
        with _keeping():
            self._place().parent.mkdir(exist_ok=True)
            durable.write(self._place(), hashlib.sha256(content).hexdigest().encode() + content)

    def _place(self) -> Path:
        assert self._folder
        return self._folder / f"{self._model}.json"

    # --- the columns ----------------------------------------------------------------------------

    def columns(self, name: str) -> RecordColumns | None:
        """Those of that name; None where they are not there whole."""
        place = self._columns(name)
        if place is None or not place.exists():
            return None
        found = kept_columns(place)
        if found is None and place not in self._damaged:
            self._damaged.add(place)
            _SAYING.warning("检索用的索引已损坏，正在重建")
        return found

    def earlier(self) -> RecordColumns | None:
        """The columns of an earlier state, from which much can be carried over."""
        if self._folder is None:
            return None
        folders = [each for each in self._folder.glob(f"{self._model}-*") if not each.name.endswith(_UNFINISHED)]
        for folder in sorted(folders, key=lambda each: -each.stat().st_mtime_ns):
            if found := kept_columns(folder):
                return found
        return None

    def made(self, name: str, make: Callable[[Parts], None]) -> RecordColumns:
        """RecordColumns as ``make`` writes them: kept under that name, in memory where they cannot be."""
        place = self._columns(name)
        with _keeping():
            if place and (kept := self._kept(place, make)):
                return kept
        parts = Parts(None)
        make(parts)
        return RecordColumns.of(parts.arrays())

    def _kept(self, place: Path, make: Callable[[Parts], None]) -> RecordColumns | None:
        unfinished = place.with_name(f"{place.name}.{uuid4().hex}{_UNFINISHED}")
        parts = Parts(unfinished)
        try:
            make(parts)
            if place.exists():  # damaged, or doubted: what was made now is read and proven
                place.rename(unfinished.with_name(f"{unfinished.name}{_UNFINISHED}"))
            parts.keep(place)
        finally:
            parts.discard()
        self._tidy(place)
        return kept_columns(place)

    def _tidy(self, place: Path) -> None:
        """RecordColumns of earlier states go, and what a killed run left."""
        for each in place.parent.iterdir():
            if each != place and each.is_dir():
                own = each.name.startswith(f"{self._model}-") and not each.name.endswith(_UNFINISHED)
                replaced = each.name.endswith(_UNFINISHED * 2)
                if own or replaced or _left_behind(each):
                    shutil.rmtree(each, ignore_errors=True)

    def _columns(self, name: str) -> Path | None:
        return self._folder / f"{self._model}-{name}" if self._folder else None


def _left_behind(folder: Path) -> bool:
    try:
        return time.time() - folder.stat().st_mtime > _ABANDONED
    except FileNotFoundError:  # finished, and renamed, just now
        return False


@contextmanager
def _keeping() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _SAYING.warning("检索用的索引没有保存（%s），不影响检索，下次打开会慢一些", durable.cause(error))
