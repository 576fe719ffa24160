"""The tables of the office's database, SQLite or PostgreSQL. What changes here needs a new file in ``migrations/versions``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    bindparam,
)
from sqlalchemy.dialects.postgresql import CITEXT

REVISION = "0010"
"""The revision that this program works with: the newest file in ``migrations/versions``."""


class Moment(TypeDecorator[datetime]):
    """A moment as ISO text in UTC, which orders as the moments do; an aware ``datetime`` in Python."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        return datetime.fromisoformat(value) if value else None


def _name() -> Any:
    """Names that differ by more than the case of letters."""
    return String(64, collation="NOCASE").with_variant(CITEXT(), "postgresql")


def _id() -> Column[Any]:
    return Column("id", Integer, primary_key=True)


def _of(target: str, name: str, gone: str = "CASCADE", **options: Any) -> Column[Any]:
    return Column(name, Integer, ForeignKey(f"{target}.id", ondelete=gone), **options)


def of_report(table: Table) -> ColumnElement[bool]:
    """The rows of one report (``org``, ``year``), for a statement that is built once: of those that every page asks
    for again and again, the building takes longer than the answer."""
    return (table.c.org == bindparam("org")) & (table.c.year == bindparam("year"))


# An id is never given out twice, so that the audit log's objects stay what they were.
_KEPT: dict[str, Any] = {"sqlite_autoincrement": True}
metadata = MetaData()

users = Table(
    "users",
    metadata,
    _id(),
    Column("name", _name(), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(128)),
    Column("file_hash", String(128)),
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("org", Text, nullable=False, server_default=""),
    **_KEPT,
)
signin_failures = Table(
    "signin_failures",
    metadata,
    Column("name", _name(), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("locked_until", Moment),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    _of("users", "user_id", nullable=False),
    Column("password", String(64), nullable=False),
    Column("until", Moment, nullable=False),
)
conversations = Table(
    "conversations",
    metadata,
    _id(),
    _of("users", "user_id", nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("unticked", Text),
    **_KEPT,
)
attachments = Table(
    "attachments",
    metadata,
    _id(),
    _of("conversations", "conversation_id", nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("told", Text, nullable=False),
    Column("figures", Text),
    Column("document", Text),
    Column("at", Moment, nullable=False),
    **_KEPT,
)
messages = Table(
    "messages",
    metadata,
    _id(),
    _of("conversations", "conversation_id", nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("as_of", Date),
    Column("asked_at", Moment, nullable=False),
    Column("answer_text", Text, nullable=False),
    Column("answer", Text),
    Column("answered_at", Moment),
    **_KEPT,
)
ratings = Table(
    "ratings",
    metadata,
    _id(),
    _of("messages", "message_id", gone="SET NULL", unique=True),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("thumb", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
    **_KEPT,
)
ledgers = Table(
    "ledgers",
    metadata,
    _id(),
    Column("org", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("file", String(80), nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("org", "year", "file"),
    **_KEPT,
)
desks = Table(
    "desks",
    metadata,
    Column("user_id", Integer, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    _of("ledgers", "ledger_id", gone="SET NULL"),
    _of("ledgers", "previous_id", gone="SET NULL"),
)
figures = Table(
    "figures",
    metadata,
    Column("org", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
answers = Table(
    "answers",
    metadata,
    _id(),
    Column("org", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("question", String(32), nullable=False),
    Column("choice", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("org", "year", "question"),
    **_KEPT,
)
drafts = Table(
    "drafts",
    metadata,
    _id(),
    Column("org", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("section", String(32), nullable=False),
    Column("version_id", Integer),
    Column("notes", Text, nullable=False),
    UniqueConstraint("org", "year", "section"),
    **_KEPT,
)
versions = Table(
    "versions",
    metadata,
    _id(),
    _of("drafts", "draft_id", nullable=False, index=True),
    Column("parent_id", Integer),
    Column("content", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("at", Moment, nullable=False),
    Column("whole", Integer),
    **_KEPT,
)
own_figures = Table(
    "own_figures",
    metadata,
    _id(),
    Column("org", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("clause", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("org", "year", "text", "clause"),
    **_KEPT,
)
told = Table(
    "told",
    metadata,
    Column("org", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("key", String(32), primary_key=True),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
steps = Table(
    "steps",
    metadata,
    _id(),
    Column("org", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("number", Integer, nullable=False),
    Column("note", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_steps_report", "org", "year"),
    **_KEPT,
)
comments = Table(
    "comments",
    metadata,
    _id(),
    Column("org", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("section", String(32), nullable=False),
    Column("quote", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("settled", Text, nullable=False),
    **_KEPT,
)
decisions = Table(
    "decisions",
    metadata,
    _id(),
    Column("report", Text, nullable=False, index=True),
    Column("fingerprint", String(64), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    **_KEPT,
)
collected = Table(
    "collected",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("org", Text, primary_key=True),
    Column("source", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("figures", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
collection_answers = Table(
    "collection_answers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("key", String(64), primary_key=True),
    Column("choice", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
jobs = Table(
    "jobs",
    metadata,
    _id(),
    Column("kind", String(32), nullable=False),
    Column("turn", String(64), nullable=False, index=True),
    Column("given", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("what", Text, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("result", Text, nullable=False),
    Column("unwanted", Boolean, nullable=False),
    Column("who", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    **_KEPT,
)
known = Table(
    "known",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("content", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
collections = Table(
    "collections",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("organs", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
collection_files = Table(
    "collection_files",
    metadata,
    _id(),
    Column("year", Integer, nullable=False, index=True),
    Column("org", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("file", String(80), nullable=False),
    Column("aside", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    **_KEPT,
)
collection_versions = Table(
    "collection_versions",
    metadata,
    _id(),
    Column("year", Integer, nullable=False),
    Column("org", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("source", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("verdict", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_collection_versions_year", "year", "org"),
    **_KEPT,
)
audit = Table(
    "audit",
    metadata,
    _id(),
    Column("at", Moment, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("detail", Text, nullable=False),
    **_KEPT,
)
