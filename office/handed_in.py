"""A year's collection as it is kept: the list of organs, every file handed in, and what was said of each version.

Files stand in ``collected/`` of the data folder under a name made from their content. Nothing is deleted: a file that
another takes the place of is set aside, with the reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, get_args

from sqlalchemy import delete, insert, select, update

import durable
from domain import UnusableInput, User
from office.database import Database
from office.schema import collection_files, collection_versions, collections

OrganVerdict = Literal["退回", "通过", "撤回"]
"""What a person says of an organ's report; 撤回 takes an earlier word back, so that the findings decide again."""


@dataclass(frozen=True)
class HandedInFile:
    """A file as it came: ``org`` is whose clerk brought it ("" for the 主管部门), ``aside`` why it no longer counts."""

    id: int
    year: int
    org: str
    name: str
    path: Path
    aside: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ReportVersion:
    """A version of an organ's report that counted, and its state then; ``verdict`` and ``note`` are a person's."""

    org: str
    digest: str
    source: str
    status: str
    verdict: str
    note: str
    by: str
    at: datetime


class HandedInFiles:
    """``folder`` holds the files of all years."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock

    # --- the list ---------------------------------------------------------------------------------

    def years(self) -> list[int]:
        """The years of which there is a list or a file, the latest first."""
        with self._database.read() as connection:
            found = set(connection.execute(select(collections.c.year)).scalars())
            found |= set(connection.execute(select(collection_files.c.year)).scalars())
        return sorted(found, reverse=True)

    def organs(self, year: int) -> str:
        """The list of organs as it was typed, "" where there is none."""
        with self._database.read() as connection:
            return connection.execute(select(collections.c.organs).where(collections.c.year == year)).scalar() or ""

    def list_organs(self, year: int, organs: str, by: User) -> None:
        """Keep a list in the place of the year's former one."""
        row = {"year": year, "organs": organs, "by": by.name, "at": self._clock()}
        with self._database.write() as connection:
            connection.execute(delete(collections).where(collections.c.year == year))
            connection.execute(insert(collections).values(row))

    # --- files ------------------------------------------------------------------------------------

    def receive(self, year: int, path: Path, name: str, by: User) -> HandedInFile:
        """Keep a file. One of that name from the same organ gives way to it; the same content again is no new file."""
        try:
            content = path.read_bytes()
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = f"{hashlib.sha256(content).hexdigest()[:40]}{path.suffix.lower()}"
            durable.write(self._folder / file, content)
        except OSError as error:
            raise UnusableInput(f"文件 {name} 不能保存：{durable.cause(error)}") from error
        files, now = collection_files.c, self._clock()
        same = (files.year == year) & (files.org == by.org) & (files.name == name) & (files.aside == "")
        with self._database.write() as connection:
            held = connection.execute(select(collection_files).where(same)).all()
            if one := next((row for row in held if row.file == file), None):
                return self._file(one)
            told = f"换成了{now.astimezone():%m月%d日 %H:%M}交的同名文件"
            connection.execute(update(collection_files).where(same).values(aside=told))
            row = {"year": year, "org": by.org, "name": name, "file": file, "aside": "", "by": by.name, "at": now}
            made = connection.execute(insert(collection_files).values(row).returning(collection_files)).one()
        return self._file(made)

    def files(self, year: int) -> list[HandedInFile]:
        """Every file of a year in the order in which they came, those set aside too."""
        with self._database.read() as connection:
            query = select(collection_files).where(collection_files.c.year == year).order_by(collection_files.c.id)
            return [self._file(row) for row in connection.execute(query)]

    def set_aside(self, year: int, id: int, why: str) -> None:
        """Leave a file out, or with "" let it count again; UnusableInput where there is no such file in the year."""
        one = (collection_files.c.id == id) & (collection_files.c.year == year)
        with self._database.write() as connection:
            if not connection.execute(update(collection_files).where(one).values(aside=why)).rowcount:
                raise UnusableInput("没有这份文件，请刷新页面")

    # --- versions ---------------------------------------------------------------------------------

    def note(self, year: int, org: str, digest: str, source: str, status: str, by: User) -> None:
        """Keep that a version counts, and in which state; nothing new where that was the last word on the organ."""
        last = next(iter(self.versions(year, org)), None)
        if last is None or (last.digest, last.status) != (digest, status):
            self._add(year, org, digest, source, status, last.verdict if last and last.digest == digest else "", "", by)

    def judge(
        self, year: int, org: str, digest: str, source: str, status: str, verdict: OrganVerdict, note: str, by: User
    ) -> None:
        """Keep what a person says of the version that counts."""
        if verdict not in get_args(OrganVerdict):
            raise ValueError(f"no such verdict: {verdict}")
        self._add(year, org, digest, source, status, "" if verdict == "撤回" else verdict, note.strip(), by)

    def versions(self, year: int, org: str = "") -> list[ReportVersion]:
        """What was kept of an organ's versions (of all organs'), the latest first."""
        rows = collection_versions.c
        query = select(collection_versions).where(rows.year == year).order_by(rows.id.desc())
        with self._database.read() as connection:
            found = connection.execute(query.where(rows.org == org) if org else query)
            return [_version(row) for row in found]

    def _add(
        self, year: int, org: str, digest: str, source: str, status: str, verdict: str, note: str, by: User
    ) -> None:
        row = {"year": year, "org": org, "digest": digest, "source": source, "status": status, "verdict": verdict}
        with self._database.write() as connection:
            connection.execute(
                insert(collection_versions).values(row | {"note": note, "by": by.name, "at": self._clock()})
            )

    def _file(self, row: Any) -> HandedInFile:
        return HandedInFile(row.id, row.year, row.org, row.name, self._folder / row.file, row.aside, row.by, row.at)


def _version(row: Any) -> ReportVersion:
    return ReportVersion(row.org, row.digest, row.source, row.status, row.verdict, row.note, row.by, row.at)
