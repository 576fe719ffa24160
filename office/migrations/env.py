"""Alembic's entry: runs the revisions in the transaction of the connection it is handed."""

from alembic import context

connection = context.config.attributes["connection"]
# SQLite can undo a change of tables: a program killed half-way leaves the old revision, whole.
context.configure(connection=connection, render_as_batch=True, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
