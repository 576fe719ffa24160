"""Drafts of the narrative sections of one organ's year, shared by the office, with every version.

Each save is a version whose parent is what it was made from; ``version_id`` points to the one that
counts. Undo and redo move the pointer, so nothing that was ever saved is lost. Typing is saved as
it is made: successive edits of one person within ``_ONE_EDIT`` are one version.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Callable, Literal, get_args

from pydantic import TypeAdapter
from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain import SECTION_TITLES, Draft, UnusableInput
from office.database import Database
from office.schema import drafts, versions
from office.users import User

Origin = Literal["model", "composed", "edited", "restored", "aside"]
ORIGIN_NAMES = {"model": "模型起草", "composed": "程序撰写", "edited": "手工修改", "restored": "恢复", "aside": "另存"}
_ONE_EDIT = timedelta(minutes=2)
_DRAFT = TypeAdapter(Draft)


@dataclass(frozen=True)
class Version:
    """A saved state of one section."""

    id: int
    parent: int | None
    draft: Draft
    by: str
    origin: Origin
    at: datetime


class EditedMeanwhile(UnusableInput):
    """Someone else saved the section first; ``version`` is where this text was set aside."""

    def __init__(self, message: str, version: Version) -> None:
        super().__init__(message)
        self.version = version


class Drafts:
    """The drafts of every organ and year; UnusableInput for a section that there is not."""

    def __init__(self, database: Database, clock: Callable[[], datetime], mask: Callable[[str], str]) -> None:
        self._database = database
        self._clock = clock
        self._mask = mask

    def save(
        self, org: str, year: int, draft: Draft, user: User, origin: Origin = "edited", base: int | None = None
    ) -> Version:
        """Keep a section's draft as the one that counts; unchanged text and figures keep the version.

        ``base`` is the id of the version that the user edited. Where another user's version counts
        by then, the text is set aside as a version of its own and EditedMeanwhile raised.
        """
        if origin not in get_args(Origin):
            raise ValueError(f"no such origin: {origin}")
        with self._database.write() as connection:
            held = self._draft(connection, org, year, draft.section)
            latest = _version(connection, held.version_id)
            if latest and latest.draft == draft:
                return latest
            clash = base is not None and latest is not None and latest.id != base and latest.by != user.name
            if clash:
                saved = self._add(connection, held.id, base, draft, user, "aside")
            elif latest and origin == "edited" and self._continues(connection, latest, user):
                content = _DRAFT.dump_json(draft).decode()
                connection.execute(update(versions).where(versions.c.id == latest.id).values(content=content))
                return _version(connection, latest.id)
            else:
                saved = self._add(connection, held.id, held.version_id, draft, user, origin)
                self._point(connection, held.id, saved.id)
        if clash:
            title = SECTION_TITLES[draft.section]
            raise EditedMeanwhile(f"“{title}”刚由{latest.by}改过；您的文字已另存为一个版本，请在版本中比较后再决定", saved)
        return saved

    def current(self, org: str, year: int) -> dict[str, Version]:
        """The version that counts, by section."""
        year_of = (drafts.c.org == org) & (drafts.c.year == year)
        query = select(versions, drafts.c.section).join_from(drafts, versions, versions.c.id == drafts.c.version_id)
        with self._database.read() as connection:
            return {row.section: _read(row) for row in connection.execute(query.where(year_of))}

    def versions(self, org: str, year: int, section: str) -> list[Version]:
        """Every version of a section, the latest first, those undone too."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            query = select(versions).where(versions.c.draft_id == held.id).order_by(versions.c.id.desc())
            return [_read(row) for row in connection.execute(query)]

    def undo(self, org: str, year: int, section: str) -> Version | None:
        """Go back to what the current version was made from; None where it is the first."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            latest = _version(connection, held.version_id)
            before = _version(connection, latest.parent) if latest else None
            if before:
                self._point(connection, held.id, before.id)
            return before

    def redo(self, org: str, year: int, section: str) -> Version | None:
        """Go forward again to what was last made from the current version; None where nothing was."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            after = connection.execute(_children(held.version_id).order_by(versions.c.id.desc())).first()
            if after is None:
                return None
            self._point(connection, held.id, after.id)
            return _read(after)

    def restore(self, org: str, year: int, section: str, version_id: int, user: User) -> Version:
        """Make an earlier version count again, as a new version."""
        wanted = next((v for v in self.versions(org, year, section) if v.id == version_id), None)
        if wanted is None:
            raise UnusableInput("没有这个版本")
        return self.save(org, year, wanted.draft, user, "restored")

    def note(self, org: str, year: int, section: str, text: str) -> None:
        """Keep the office's notes on a section: what it wants said."""
        with self._database.write() as connection:
            held = self._draft(connection, org, year, section)
            connection.execute(update(drafts).where(drafts.c.id == held.id).values(notes=self._mask(text)))

    def notes(self, org: str, year: int) -> dict[str, str]:
        """The office's notes by section, where there are any."""
        query = select(drafts.c.section, drafts.c.notes).where((drafts.c.org == org) & (drafts.c.year == year))
        with self._database.read() as connection:
            return {section: notes for section, notes in connection.execute(query) if notes}

    # --- inside ---------------------------------------------------------------------------------

    def _draft(self, connection: Connection, org: str, year: int, section: str) -> Any:
        if section not in SECTION_TITLES:
            raise UnusableInput(f"没有“{section}”这个部分，可选：{'、'.join(SECTION_TITLES)}")
        key = {"org": org, "year": year, "section": section}
        connection.execute(upsert(drafts).values(**key, notes="").on_conflict_do_nothing())
        return connection.execute(select(drafts).filter_by(**key)).one()

    def _add(
        self, connection: Connection, draft_id: int, parent: int | None, draft: Draft, user: User, origin: Origin
    ) -> Version:
        row = {
            "draft_id": draft_id,
            "parent_id": parent,
            "content": _DRAFT.dump_json(draft).decode(),
            "by": user.name,
            "origin": origin,
            "at": self._clock(),
        }
        return _read(connection.execute(insert(versions).values(row).returning(versions)).one())

    def _continues(self, connection: Connection, latest: Version, user: User) -> bool:
        """Whether an edit goes on with the latest one instead of beginning another."""
        mine = (latest.origin, latest.by) == ("edited", user.name) and self._clock() - latest.at < _ONE_EDIT
        return mine and connection.execute(_children(latest.id)).first() is None

    def _point(self, connection: Connection, draft_id: int, version_id: int) -> None:
        connection.execute(update(drafts).where(drafts.c.id == draft_id).values(version_id=version_id))


def _children(version_id: int | None) -> Any:
    return select(versions).where((versions.c.parent_id == version_id) & (versions.c.origin != "aside"))


def _version(connection: Connection, id: int | None) -> Version | None:
    row = connection.execute(select(versions).where(versions.c.id == id)).first() if id else None
    return _read(row) if row else None


def _read(row: Any) -> Version:
    return Version(row.id, row.parent_id, _DRAFT.validate_json(row.content), row.by, row.origin, row.at)
