"""What lies beside a conversation: files that were read for it, and sources that it leaves out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("conversations", sa.Column("unticked", sa.Text))
    op.create_table(
        "attachments",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation_id", sa.Integer, sa.ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("figures", sa.Text),
        sa.Column("document", sa.Text),
        sa.Column("at", sa.String(32), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attachments_conversation_id", "attachments", ["conversation_id"])
