#!/usr/bin/env bash
# A column added by Alembic 1.20.1's batch mode (SQLAlchemy 2.1.9) to a SQLite table.
# Guess: what SQLite reports of a table comes through the copy: AUTOINCREMENT, COLLATE, ON CONFLICT,
# the direction of an index, ON DELETE; or a warning tells what does not.
# Seen 2026-11-29: AUTOINCREMENT, COLLATE NOCASE, ON CONFLICT, DESC, triggers and the ON DELETE CASCADE of a
# reference written beside its column are gone, without a warning (that of a FOREIGN KEY clause stays); warnings
# name only the expression index and the unnamed CHECK. An id once used is given again afterwards.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'alembic==1.20.1' 'sqlalchemy==2.1.9'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import re
import warnings

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

engine = sa.create_engine("sqlite://")
with engine.connect() as connection:
    run = connection.exec_driver_sql
    run("CREATE TABLE unit (id INTEGER PRIMARY KEY)")
    run(
        "CREATE TABLE entry (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT COLLATE NOCASE, n INTEGER CHECK (n >= 0),"
        " beside INTEGER REFERENCES unit(id) ON DELETE CASCADE, apart INTEGER,"
        " UNIQUE (name) ON CONFLICT IGNORE, FOREIGN KEY (apart) REFERENCES unit(id) ON DELETE CASCADE)"
    )
    run("CREATE INDEX newest ON entry (n DESC)")
    run("CREATE INDEX lowered ON entry (lower(name))")
    run("CREATE TRIGGER kept AFTER INSERT ON entry BEGIN SELECT 1; END")
    run("INSERT INTO entry (name, n) VALUES ('a', 1), ('b', 2)")
    run("DELETE FROM entry WHERE id = 2")
    operations = Operations(MigrationContext.configure(connection))
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        with operations.batch_alter_table("entry", recreate="always") as batch:
            batch.add_column(sa.Column("added", sa.Text()))
    ddl = "\n".join(sql for (sql,) in run("SELECT sql FROM sqlite_master WHERE tbl_name = 'entry'") if sql)
    print(ddl)
    for words, times in {
        "AUTOINCREMENT": 0,
        "COLLATE": 0,
        "ON CONFLICT": 0,
        "DESC": 0,
        "TRIGGER": 0,
        "CHECK": 0,
        "ON DELETE CASCADE": 1,
    }.items():
        same(f"times of {words} afterwards", ddl.count(words), times)
    subjects = {re.search(r"expression-based index|Unnamed CHECK", str(warning.message)).group() for warning in told}
    same("warnings", sorted(subjects), ["Unnamed CHECK", "expression-based index"])
    run("INSERT INTO entry (name, n) VALUES ('c', 3)")
    same("id of the next row, 2 having been used", run("SELECT max(id) FROM entry").scalar(), 2)
PYTHON
venv/bin/python run.py
echo 'as described'
