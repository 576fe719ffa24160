"""Which parts of a report were saved together: 总体情况 and the topics that stand in it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("versions", sa.Column("whole", sa.Integer))
