"""The office's own figures, what it was asked and said, and the hand-over of a report."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _report() -> list[sa.Column]:
    return [sa.Column("org", sa.Text, nullable=False), sa.Column("year", sa.Integer, nullable=False)]


def _who() -> list[sa.Column]:
    return [sa.Column("by", sa.Text, nullable=False), sa.Column("at", sa.String(32), nullable=False)]


def upgrade() -> None:
    op.create_table(
        "own_figures",
        sa.Column("id", sa.Integer, primary_key=True),
        *_report(),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("clause", sa.Text, nullable=False),
        *_who(),
        sa.UniqueConstraint("org", "year", "text", "clause"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "told",
        sa.Column("org", sa.Text, primary_key=True),
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        *_who(),
    )
    op.create_table(
        "steps",
        sa.Column("id", sa.Integer, primary_key=True),
        *_report(),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        *_who(),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_steps_report", "steps", ["org", "year"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, primary_key=True),
        *_report(),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        *_who(),
        sa.Column("settled", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
