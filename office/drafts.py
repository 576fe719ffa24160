"""Drafts of the narrative sections of one organ's year, shared by the office, with every version.

Each save is a version whose parent is what it was made from; ``version_id`` points to the one that
counts. Undo and redo move the pointer, so nothing that was ever saved is lost. Typing is saved as
it is made: successive edits of one person within ``_ONE_EDIT`` are one version.

A section may have parts that are sections as well (总体情况 and its topics). What changes together is
saved in one step, and ``whole`` of each of these versions is the id of the whole's: undoing that one
undoes them, unless somebody has changed them since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, get_args

from sqlalchemy import Connection, bindparam, insert, select, update

from domain import SECTION_TITLES, Draft, UnusableInput, User
from office import stored
from office.database import Database, upsert
from office.schema import drafts, of_report, versions

Origin = Literal["model", "composed", "edited", "restored", "answer", "aside"]
_ONE_EDIT = timedelta(minutes=2)
_NOTES = select(drafts.c.section, drafts.c.notes).where(of_report(drafts))
_CURRENT = (
    select(versions, drafts.c.section)
    .join_from(drafts, versions, versions.c.id == drafts.c.version_id)
    .where(of_report(drafts))
)
_VERSIONS = (
    select(versions)
    .join_from(drafts, versions, versions.c.draft_id == drafts.c.id)
    .where(of_report(drafts) & (drafts.c.section == bindparam("section")))
    .order_by(versions.c.id.desc())
)


@dataclass(frozen=True)
class DraftVersion:
    """A saved state of one section; ``whole`` is the version that it was saved with, its own id for that one."""

    id: int
    parent: int | None
    draft: Draft
    by: str
    origin: Origin
    at: datetime
    whole: int | None = None


class MovedOn(Exception):
    """What counts is no longer what the caller has seen: look again, and decide again."""


class Drafts:
    """The drafts of every organ and year; UnusableInput for a section that there is not."""

    def __init__(self, database: Database, clock: Callable[[], datetime], mask: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._mask = mask

    def save(
        self,
        org: str,
        year: int,
        draft: Draft,
        user: User,
        origin: Origin = "edited",
        parts: Sequence[Draft] | None = None,
        seen: Mapping[str, DraftVersion] | None = None,
    ) -> DraftVersion:
        """Keep a section's draft as the one that counts; unchanged text and figures keep the version.

        ``parts`` are the drafts that changed with it of sections that stand in this one; None for a
        section without such. ``seen`` is what counted (``current``) when the caller decided: where
        anything else counts by then, nothing is kept and MovedOn raised.
        """
        if origin not in get_args(Origin):
            raise ValueError(f"no such origin: {origin}")
        with self._database.write() as connection:
            if seen is not None and seen != _current(connection, org, year):
                raise MovedOn
            held = self._draft(connection, org, year, draft.section)
            saved = self._keep(connection, held, draft, user, origin, anew=bool(parts))
            if parts is not None and saved.whole is None:
                connection.execute(update(versions).where(versions.c.id == saved.id).values(whole=saved.id))
                saved = replace(saved, whole=saved.id)
            for part in parts or ():
                self._keep(connection, self._draft(connection, org, year, part.section), part, user, origin, saved.id)
        return saved

    def set_aside(self, org: str, year: int, draft: Draft, user: User, bases: Sequence[str] = ()) -> DraftVersion:
        """Keep a text among the section's versions without making it count.

        It takes the place of one set aside before that is among the texts that it was made from (``bases``).
        """
        with self._database.write() as connection:
            held = self._draft(connection, org, year, draft.section)
            mine = (versions.c.draft_id == held.id) & (versions.c.origin == "aside") & (versions.c.by == user.name)
            row = connection.execute(select(versions).where(mine).order_by(versions.c.id.desc())).first()
            if row and (before := _read(row)).draft.text in bases:
                return self._rewrite(connection, before, draft)
            return self._add(connection, held.id, held.version_id, draft, user, "aside")

    def current(self, org: str, year: int) -> dict[str, DraftVersion]:
        """The version that counts, by section."""
        with self._database.read() as connection:
            return _current(connection, org, year)

    def versions(self, org: str, year: int, section: str) -> list[DraftVersion]:
        """Every version of a section, the latest first, those undone too."""
        _known(section)
        with self._database.read() as connection:
            rows = connection.execute(_VERSIONS, {"org": org, "year": year, "section": section})
            return [_read(row) for row in rows]

    def undo(self, org: str, year: int, section: str) -> DraftVersion | None:
        """Go back to what the current version was made from; None where it is the first."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            latest = _version(connection, held.version_id)
            before = _version(connection, latest.parent) if latest else None
            if latest and before:
                self._point(connection, held.id, before.id)
                for part in self._others(connection, held):
                    self._point(connection, part.id, _before(connection, part.version_id, latest.id))
            return before

    def redo(self, org: str, year: int, section: str) -> DraftVersion | None:
        """Go forward again to what was last made from the current version; None where nothing was."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            after = connection.execute(_children(held.id, held.version_id).order_by(versions.c.id.desc())).first()
            if after is None:
                return None
            self._point(connection, held.id, after.id)
            for part in self._others(connection, held):
                self._point(connection, part.id, _after(connection, part.id, part.version_id, after.id))
            return _read(after)

    def note(self, org: str, year: int, section: str, text: str) -> None:
        """Keep the office's notes on a section: what it wants said."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            connection.execute(update(drafts).where(drafts.c.id == held.id).values(notes=self._mask(text)))

    def notes(self, org: str, year: int) -> dict[str, str]:
        """The office's notes by section, where there are any."""
        with self._database.read() as connection:
            rows = connection.execute(_NOTES, {"org": org, "year": year})
            return {section: notes for section, notes in rows if notes}

    # --- inside ---------------------------------------------------------------------------------

    def _draft(self, connection: Connection, org: str, year: int, section: str) -> Any:
        _known(section)
        key = {"org": org, "year": year, "section": section}
        connection.execute(upsert(connection, drafts, key | {"notes": ""}))
        return connection.execute(select(drafts).filter_by(**key)).one()

    def _others(self, connection: Connection, held: Any) -> Sequence[Any]:
        """The other sections of the same report."""
        same = (drafts.c.org == held.org) & (drafts.c.year == held.year) & (drafts.c.id != held.id)
        return connection.execute(select(drafts).where(same)).all()

    def _keep(
        self,
        connection: Connection,
        held: Any,
        draft: Draft,
        user: User,
        origin: Origin,
        whole: int | None = None,
        anew: bool = False,
    ) -> DraftVersion:
        """The draft as the version that counts: the one that it goes on with, or a new one (``anew`` even of the same text)."""
        latest = _version(connection, held.version_id)
        if latest and latest.draft == draft and not anew:
            return latest
        if latest and origin == "edited" and self._continues(connection, held.id, latest, user, whole):
            return self._rewrite(connection, latest, draft)
        saved = self._add(connection, held.id, held.version_id, draft, user, origin, whole)
        self._point(connection, held.id, saved.id)
        return saved

    def _add(
        self,
        connection: Connection,
        draft_id: int,
        parent: int | None,
        draft: Draft,
        user: User,
        origin: Origin,
        whole: int | None = None,
    ) -> DraftVersion:
        row = {
            "draft_id": draft_id,
            "parent_id": parent,
            "content": stored.written(draft),
            "by": user.name,
            "origin": origin,
            "at": self._clock(),
            "whole": whole,
        }
        return _read(connection.execute(insert(versions).values(row).returning(versions)).one())

    def _rewrite(self, connection: Connection, version: DraftVersion, draft: Draft) -> DraftVersion:
        content = stored.written(draft)
        row = update(versions).where(versions.c.id == version.id).values(content=content).returning(versions)
        return _read(connection.execute(row).one())

    def _continues(
        self, connection: Connection, draft_id: int, latest: DraftVersion, user: User, whole: int | None
    ) -> bool:
        """Whether an edit goes on with the latest one instead of beginning another."""
        mine = (latest.origin, latest.by) == ("edited", user.name) and self._clock() - latest.at < _ONE_EDIT
        same = latest.whole in (whole, latest.id)  # not one that was saved with another sheet's text
        return mine and same and connection.execute(_children(draft_id, latest.id)).first() is None

    def _point(self, connection: Connection, draft_id: int, version_id: int | None) -> None:
        connection.execute(update(drafts).where(drafts.c.id == draft_id).values(version_id=version_id))


def _known(section: str) -> None:
    if section not in SECTION_TITLES:
        raise UnusableInput(f"没有“{section}”这个部分，可选：{'、'.join(SECTION_TITLES)}")


def _current(connection: Connection, org: str, year: int) -> dict[str, DraftVersion]:
    rows = connection.execute(_CURRENT, {"org": org, "year": year})
    return {row.section: _read(row) for row in rows}


def _children(draft_id: int, version_id: int | None) -> Any:
    made = (versions.c.draft_id == draft_id) & (versions.c.origin != "aside")
    return select(versions).where(made & versions.c.parent_id.is_not_distinct_from(version_id))


def _before(connection: Connection, id: int | None, whole: int) -> int | None:
    """The version before all those that were saved with ``whole``."""
    while (version := _version(connection, id)) and version.whole == whole:
        id = version.parent
    return id


def _after(connection: Connection, draft_id: int, id: int | None, whole: int) -> int | None:
    """The last of the versions that were saved with ``whole`` and made from ``id``."""
    while row := connection.execute(
        _children(draft_id, id).where(versions.c.whole == whole).order_by(versions.c.id.desc())
    ).first():
        id = row.id
    return id


def _version(connection: Connection, id: int | None) -> DraftVersion | None:
    row = connection.execute(select(versions).where(versions.c.id == id)).first() if id else None
    return _read(row) if row else None


def _read(row: Any) -> DraftVersion:
    return DraftVersion(row.id, row.parent_id, _draft(row.content), row.by, row.origin, row.at, row.whole)


@lru_cache(maxsize=128)
def _draft(content: str) -> Draft:
    """Every pause in typing reads all that counts of a report several times."""
    return stored.read(Draft, content)
