"""Files beside a conversation: a ledger's figures or a report's text, as read; only its owner sees them.

A ledger names applicants. Of it only counts are kept, of a report what remains once personal data is
masked: the files themselves are not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select

from domain import Document, User, YearFigures
from office.conversations import owned
from office.database import Database
from office.schema import attachments

_FIGURES, _DOCUMENT = TypeAdapter(YearFigures), TypeAdapter(Document)


@dataclass(frozen=True)
class Attachment:
    """A file's ``name``, what it was ``told`` to be, and what was read: a ledger's figures or a report."""

    id: int
    name: str
    told: str
    figures: YearFigures | None = None
    document: Document | None = None


class Attachments:
    """Every method takes the user and sees only that user's conversations; UnusableInput for any other."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def of(self, user: User, conversation: int) -> tuple[Attachment, ...]:
        """Those of a conversation, in the order in which they were given."""
        with self._database.read() as connection:
            owned(connection, user, conversation)
            wanted = attachments.c.conversation_id == conversation
            rows = connection.execute(select(attachments).where(wanted).order_by(attachments.c.id))
            return tuple(map(_attachment, rows))

    def add(
        self, user: User, conversation: int, name: str, told: str, read: YearFigures | Document
    ) -> tuple[Attachment, ...]:
        """Keep what was read of a file, in the place of an earlier one of that name; all that there are now."""
        if isinstance(read, Document):
            values = {"document": _DOCUMENT.dump_json(read).decode()}
        else:
            values = {"figures": _FIGURES.dump_json(read).decode()}
        row = {"conversation_id": conversation, "name": name, "told": told, "at": self._clock(), **values}
        with self._database.write() as connection:
            owned(connection, user, conversation)
            same = (attachments.c.conversation_id == conversation) & (attachments.c.name == name)
            connection.execute(delete(attachments).where(same))
            connection.execute(insert(attachments).values(row))
        return self.of(user, conversation)

    def remove(self, user: User, conversation: int, id: int) -> None:
        """Take one away; nothing where it is gone already."""
        with self._database.write() as connection:
            owned(connection, user, conversation)
            one = (attachments.c.conversation_id == conversation) & (attachments.c.id == id)
            connection.execute(delete(attachments).where(one))


def _attachment(row: Any) -> Attachment:
    figures = _FIGURES.validate_json(row.figures) if row.figures else None
    document = _DOCUMENT.validate_json(row.document) if row.document else None
    return Attachment(row.id, row.name, row.told, figures, document)
