"""What a single machine's office.db holds, moved to a new database on a server, whole."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from office.database import Database
from office.schema import metadata

_SAYING = logging.getLogger("gongkai")


def move(file: Path, connection: Connection) -> None:
    """Copy every row of ``file`` into tables that were just made, in the transaction of ``connection``; the file stays.

    Ids stay what they were, and new ones go on behind them.
    """
    source = Database(file)
    try:
        with source.read() as held:
            for table in metadata.sorted_tables:
                rows = [dict(row) for row in held.execute(select(table)).mappings()]
                if not rows:
                    continue
                connection.execute(insert(table), rows)
                if table.dialect_options["sqlite"]["autoincrement"]:
                    last = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
                    connection.execute(text(last))
    finally:
        source.close()
    _SAYING.warning("%s 的内容已搬到 PostgreSQL 数据库，以后用那里的；这个文件不再使用", file)
