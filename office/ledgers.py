"""The office's ledgers: the uploaded files, whose figures they gave, and what lies on whose desk.

A ledger names applicants and their telephones. That stays in the file, under a name made from its
content; the database holds only where it is, and figures, which are counts (个人信息保护法 第六条:
no more than the purpose needs).
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection, delete, select

import durable
from domain import LedgerResult, UnusableInput, User, YearFigures
from office.database import Database, upsert
from office.schema import answers, desks, figures, ledgers

_FIGURES = TypeAdapter(YearFigures)
_ABANDONED = 3600  # seconds


@dataclass(frozen=True)
class KeptLedger:
    """An uploaded workbook, or folder of files, of one organ and year; ``name`` is what it was called, ``path`` where it is."""

    id: int
    org: str
    year: int
    name: str
    path: Path
    by: str
    at: datetime


@dataclass(frozen=True)
class OnDesk:
    """What a user works on: a ledger, and the one of the year before to compare with."""

    ledger: KeptLedger | None = None
    previous: KeptLedger | None = None


class Ledgers:
    """``folder`` holds the files."""

    def __init__(self, database: Database, folder: Path, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock

    def keep(self, user: User, path: Path, org: str, year: int, name: str = "") -> KeptLedger:
        """Keep a copy of an uploaded workbook or folder; the same content again is the same ledger, now the latest."""
        file = self._copy(path)
        values = {"name": name or path.name, "by": user.name, "at": self._clock()}
        with self._database.write() as connection:
            row = upsert(connection, ledgers, {"org": org, "year": year, "file": file}, values)
            return self._kept(connection.execute(row.returning(ledgers)).one())

    def all(self) -> list[KeptLedger]:
        """Every ledger kept, the latest year and upload first."""
        with self._database.read() as connection:
            query = select(ledgers).order_by(ledgers.c.year.desc(), ledgers.c.at.desc())
            return [self._kept(row) for row in connection.execute(query)]

    def of_year(self, org: str, year: int) -> KeptLedger | None:
        """The latest ledger of an organ's year."""
        return next((kept for kept in self.all() if (kept.org, kept.year) == (org, year)), None)

    def delete(self, id: int) -> None:
        """Delete a ledger, and its file unless another year uses the same; its figures are forgotten."""
        with self._database.write() as connection:
            row = _wanted(connection, id)
            connection.execute(delete(ledgers).where(ledgers.c.id == id))
            year = (ledgers.c.org == row.org) & (ledgers.c.year == row.year)
            if not connection.execute(select(ledgers.c.id).where(year)).first():
                connection.execute(delete(figures).where((figures.c.org == row.org) & (figures.c.year == row.year)))
            if not connection.execute(select(ledgers.c.id).where(ledgers.c.file == row.file)).first():
                _remove(self._folder / row.file)

    # --- the desk -------------------------------------------------------------------------------

    def put_on_desk(self, user: User, ledger: KeptLedger, previous: KeptLedger | None = None) -> None:
        """What the user works on from now on, also after a restart."""
        values = {"ledger_id": ledger.id, "previous_id": previous.id if previous else None}
        with self._database.write() as connection:
            connection.execute(upsert(connection, desks, {"user_id": user.id}, values))

    def on_desk(self, user: User) -> OnDesk:
        """What the user works on; the latest ledger of the year before where none was chosen.

        Who has never chosen one (a reviewer, a second clerk) sees the office's latest, and of another organ that
        organ's; the sums of what organs handed in lie on no desk but that of who asked for them.
        """
        with self._database.read() as connection:
            desk = connection.execute(select(desks).where(desks.c.user_id == user.id)).first()
            if desk is None:
                newest = select(ledgers).order_by(ledgers.c.year.desc(), ledgers.c.at.desc(), ledgers.c.id.desc())
                newest = newest.where(ledgers.c.file.not_like("%.json"))
                newest = newest.where(ledgers.c.org == user.org) if user.org else newest
                row, chosen = connection.execute(newest).first(), None
            else:
                row = _wanted(connection, desk.ledger_id) if desk.ledger_id else None
                chosen = self._kept(_wanted(connection, desk.previous_id)) if desk.previous_id else None
            if row is None:
                return OnDesk()
            ledger = self._kept(row)
        return OnDesk(ledger, chosen or self.of_year(ledger.org, ledger.year - 1))

    # --- answers --------------------------------------------------------------------------------

    def answer(self, org: str, year: int, question: str, choice: str, user: User) -> None:
        """Keep an answer to a question about an organ's year; "" takes it back."""
        one = (answers.c.org == org) & (answers.c.year == year) & (answers.c.question == question)
        values = {"choice": choice, "by": user.name, "at": self._clock()}
        with self._database.write() as connection:
            if choice:
                key = {"org": org, "year": year, "question": question}
                connection.execute(upsert(connection, answers, key, values))
            else:
                connection.execute(delete(answers).where(one))

    def answers(self, org: str, year: int) -> dict[str, str]:
        """The answers given for an organ's year, question id → choice key."""
        of_year = (answers.c.org == org) & (answers.c.year == year)
        with self._database.read() as connection:
            rows = connection.execute(select(answers.c.question, answers.c.choice).where(of_year))
            return {row.question: row.choice for row in rows}

    # --- figures --------------------------------------------------------------------------------

    def remember_figures(self, result: LedgerResult, source: str = "") -> YearFigures:
        """Keep a year's figures, so that they can be asked about after a restart; the latest count.

        ``source`` is the ledger's name as users know it.
        """
        held = result.figures
        known = YearFigures(
            org=held.org,
            year=held.year,
            source=source or Path(result.source).name,
            computed=True,
            figures=held.flat(),
            provenance=result.provenance,
            derived=result.derived,
        )
        values = {"content": _FIGURES.dump_json(known).decode(), "at": self._clock()}
        with self._database.write() as connection:
            connection.execute(upsert(connection, figures, {"org": known.org, "year": known.year}, values))
        return known

    def year_figures(self) -> list[YearFigures]:
        """The figures of every organ and year remembered, the latest year first."""
        with self._database.read() as connection:
            rows = connection.execute(select(figures.c.content).order_by(figures.c.year.desc(), figures.c.org))
            return list(map(_year_figures, rows.scalars()))

    def damaged(self) -> list[KeptLedger]:
        """The ledgers whose file is gone or no longer what was uploaded: its name tells what it has to hold."""
        return [kept for kept in self.all() if _named(kept.path) != kept.path.name]

    # --- inside ---------------------------------------------------------------------------------

    def _copy(self, path: Path) -> str:
        """Copy under the name of the content, in one step: a file of that name is always whole."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._forget_unfinished()
            if path.is_dir():
                return self._copy_folder(path)
            content = path.read_bytes()
            file = _name(content, path.suffix)
            durable.write(self._folder / file, content)
        except OSError as error:
            raise UnusableInput(f"台账 {path.name} 无法保存到 {self._folder}：{durable.cause(error)}") from error
        return file

    def _copy_folder(self, path: Path) -> str:
        """A ledger of several files: a folder, in one step as well."""
        place = self._folder / _name_of_folder(path)
        if not place.exists():
            made = Path(tempfile.mkdtemp(prefix="partial-", dir=self._folder))
            shutil.copytree(path, made, dirs_exist_ok=True)
            durable.rename(made, place)
        return place.name

    def _forget_unfinished(self) -> None:
        """Delete what a killed run left half copied, for it names applicants; not what is being copied now."""
        left = [*self._folder.glob(".*.partial"), *self._folder.glob("partial-*")]
        for path in left:
            if time.time() - path.stat().st_mtime > _ABANDONED:
                _remove(path)

    def _kept(self, row: Any) -> KeptLedger:
        return KeptLedger(row.id, row.org, row.year, row.name, self._folder / row.file, row.by, row.at)


@lru_cache(maxsize=512)
def _year_figures(content: str) -> YearFigures:
    """The same record for the same content: every question asks for all of them."""
    return _FIGURES.validate_json(content)


def _remove(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)


def _name(content: bytes, suffix: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:40]}{suffix.lower()}"


def _name_of_folder(path: Path) -> str:
    digest = hashlib.sha256()
    for each in sorted(each for each in path.rglob("*") if each.is_file()):
        digest.update(f"{each.relative_to(path).as_posix()}\0".encode())
        digest.update(hashlib.sha256(each.read_bytes()).digest())
    return digest.hexdigest()[:40]


def _named(path: Path) -> str:
    """The name that a kept ledger should have by its content; "" where it cannot be read."""
    try:
        if path.is_dir():
            return _name_of_folder(path)
        return _name(path.read_bytes(), path.suffix)
    except OSError:
        return ""


def _wanted(connection: Connection, id: int) -> Any:
    row = connection.execute(select(ledgers).where(ledgers.c.id == id)).first()
    if row is None:
        raise UnusableInput("没有这本台账，可能已经删除")
    return row
