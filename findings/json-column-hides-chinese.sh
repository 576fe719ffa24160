#!/usr/bin/env bash
# SQLAlchemy 2.1.9: a JSON column and an Enum column with Chinese in SQLite.
# Guess: the JSON is stored as UTF-8, so LIKE finds a word in it, and a Chinese key can be asked for; the
# Enum stores its value.
# Seen 2026-11-29: the JSON is stored with \u escapes: LIKE on the column finds nothing; the Enum stores the member's
# name, not its Chinese value. Given json_serializer with ensure_ascii=False, the word is found.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'sqlalchemy==2.1.9'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import enum
import functools
import json

import sqlalchemy as sa


class Role(enum.Enum):
    CLERK = "经办"


table = sa.Table("entry", sa.MetaData(), sa.Column("said", sa.JSON), sa.Column("role", sa.Enum(Role)))
for name, options, stored, found in (
    ("as it comes", {}, r'{"\u540d\u79f0": "\u73af\u4fdd"}', 0),
    ("ensure_ascii=False", {"json_serializer": functools.partial(json.dumps, ensure_ascii=False)}, '{"名称": "环保"}', 1),
):
    engine = sa.create_engine("sqlite://", **options)
    table.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.execute(table.insert(), {"said": {"名称": "环保"}, "role": Role.CLERK})
        same(f"{name}: stored", connection.exec_driver_sql("SELECT said, role FROM entry").one()._tuple(), (stored, "CLERK"))
        like = sa.select(sa.func.count()).where(sa.cast(table.c.said, sa.Text).like("%环保%"))
        same(f"{name}: rows with 环保", connection.execute(like).scalar(), found)
PYTHON
venv/bin/python run.py
echo 'as described'
