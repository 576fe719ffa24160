"""Users, conversations, ledgers, drafts and review decisions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import CITEXT

revision = "0001"
down_revision = None


def _id() -> sa.Column:
    return sa.Column("id", sa.Integer, primary_key=True)


def _of(target: str, name: str, gone: str = "CASCADE", **options) -> sa.Column:
    return sa.Column(name, sa.Integer, sa.ForeignKey(f"{target}.id", ondelete=gone), **options)


def _text(name: str) -> sa.Column:
    return sa.Column(name, sa.Text, nullable=False)


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(32), nullable=nullable)


def _name() -> sa.types.TypeEngine:
    return sa.String(64, collation="NOCASE").with_variant(CITEXT(), "postgresql")


def _create(name: str, *columns) -> None:
    op.create_table(name, *columns, sqlite_autoincrement=True)


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS citext")
    _users()
    _conversations()
    _ledgers()
    _drafts()


def _users() -> None:
    _create(
        "users",
        _id(),
        sa.Column("name", _name(), nullable=False, unique=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("password_hash", sa.String(128)),
        sa.Column("file_hash", sa.String(128)),
        sa.Column("active", sa.Boolean, nullable=False),
        _moment("created_at"),
    )
    op.create_table(
        "signin_failures",
        sa.Column("name", _name(), primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        _moment("last_at"),
        _moment("locked_until", nullable=True),
    )


def _conversations() -> None:
    _create(
        "conversations",
        _id(),
        _of("users", "user_id", nullable=False, index=True),
        _text("title"),
        _moment("created_at"),
        _moment("changed_at"),
    )
    _create(
        "messages",
        _id(),
        _of("conversations", "conversation_id", nullable=False, index=True),
        _text("question"),
        sa.Column("as_of", sa.Date),
        _moment("asked_at"),
        _text("answer_text"),
        sa.Column("answer", sa.Text),
        _moment("answered_at", nullable=True),
    )


def _ledgers() -> None:
    _create(
        "ledgers",
        _id(),
        _text("org"),
        sa.Column("year", sa.Integer, nullable=False),
        _text("name"),
        sa.Column("file", sa.String(80), nullable=False),
        _text("by"),
        _moment("at"),
        sa.UniqueConstraint("org", "year", "file"),
    )
    op.create_table(
        "desks",
        sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
        _of("ledgers", "ledger_id", gone="SET NULL"),
        _of("ledgers", "previous_id", gone="SET NULL"),
    )
    op.create_table(
        "figures",
        sa.Column("org", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        _text("content"),
        _moment("at"),
    )


def _drafts() -> None:
    _create(
        "drafts",
        _id(),
        _text("org"),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("version_id", sa.Integer),
        _text("notes"),
        sa.UniqueConstraint("org", "year", "section"),
    )
    _create(
        "versions",
        _id(),
        _of("drafts", "draft_id", nullable=False, index=True),
        sa.Column("parent_id", sa.Integer),
        _text("content"),
        _text("by"),
        sa.Column("origin", sa.String(16), nullable=False),
        _moment("at"),
    )
    _create(
        "decisions",
        _id(),
        sa.Column("report", sa.Text, nullable=False, index=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("rule", sa.String(64), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        _text("reason"),
        _text("by"),
        _moment("at"),
    )
