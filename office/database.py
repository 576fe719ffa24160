"""office.db: opened, brought to this program's revision, read and written in transactions.

SQLite in WAL mode: readers never wait, one writer at a time among all threads and processes, and a
transaction that was committed survives the death of the program and a power cut. ``server`` is the
same on PostgreSQL.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, exc, inspect, text
from sqlalchemy.dialects import postgresql, sqlite

import durable
from domain import UnusableInput
from office.schema import REVISION

BUSY = 30
"""Seconds to wait for another writer."""
_MIGRATIONS = Path(__file__).parent / "migrations"


class Database:
    """One SQLite file. Safe to share between threads; other processes may have it open too.

    UnusableInput where the file cannot be opened, is damaged, or was written by a newer program.
    """

    _engine: Engine
    _own = threading.local()  # of each thread, by the database: the connection that it writes through now

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(
            URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY, "isolation_level": None}
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError):  # one that is there is not opened by hand (office.copying says why)
                path.touch(mode=0o600, exist_ok=False)  # it holds password hashes
            # Two programs that turn one new file to WAL would refuse each other, whatever they wait.
            with FileLock(path.with_suffix(".lock"), timeout=BUSY):
                self._bring_up()
        except Timeout as error:
            raise UnusableInput(f"数据文件 {path} 正被另一个程序打开，请稍后再试") from error
        except OSError as error:
            raise UnusableInput(f"数据文件 {path} 不能打开：{durable.cause(error)}") from error

    @property
    def name(self) -> str:
        """How sentences call it."""
        return f"数据文件 {self.path}"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view of the data; within a ``write`` of this thread, with what it has written."""
        if mine := self._own.__dict__.get(str(id(self))):
            yield mine
            return
        with self._told(), self._reading() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """The only writer until the block ends; all of it is kept, or nothing where it raises.

        Another ``write`` of this thread within the block is a part of it.
        """
        if mine := self._own.__dict__.get(str(id(self))):
            yield mine
            return
        with self._told(), self._writing() as connection:
            self._own.__dict__[str(id(self))] = connection
            try:
                yield connection
            finally:
                del self._own.__dict__[str(id(self))]

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            connection = connection.execution_options(gongkai_writes=True)
            with connection.begin():
                yield connection

    def check(self) -> None:
        """UnusableInput where the pages of the file do not hold together, also those that nobody has read yet."""
        with self.read() as connection:
            said = connection.execute(text("PRAGMA quick_check(1)")).scalar()
        if said != "ok":
            raise UnusableInput(f"数据文件 {self.path} 已损坏（{said}）：请用 gongkai restore 恢复最近的备份")

    def close(self) -> None:
        self._engine.dispose()

    def _bring_up(self) -> None:
        with self.read() as connection:
            current = revision(connection)
        if current != REVISION:
            self._upgrade()

    def _upgrade(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self.write() as connection:  # another program starting now waits here, and finds it done
            current = revision(connection)
            if current is not None and current not in known:
                raise UnusableInput(f"{self.name} 是由更新版本的 gongkai 写的（{current}），请升级程序后再打开")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            if current is None:
                self._made(connection)

    def _made(self, connection: Connection) -> None:
        """What is done in the same transaction when the tables are new."""

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except exc.IntegrityError:
            raise
        except exc.DBAPIError as error:
            raise UnusableInput(self._sentence(error)) from error

    def _sentence(self, error: exc.DBAPIError) -> str:
        code = getattr(error.orig, "sqlite_errorcode", 0)
        if durable.is_damage(code):
            return f"数据文件 {self.path} 已损坏（{error.orig}）：请用 gongkai restore 恢复最近的备份"
        return f"数据文件 {self.path} 不能读写：{durable.database_cause(code) or error.orig}"


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upsert(
    connection: Connection, table: Table, key: Mapping[str, Any], values: Mapping[str, Any] | None = None
) -> Any:
    """An insert of a row whose ``values`` take the place of those that a row of that key has.

    Without ``values`` (``key`` is the whole row then) nothing happens where there is one already.
    """
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[connection.dialect.name]
    row = insert(table).values({**key, **(values or {})})
    if values is None:
        return row.on_conflict_do_nothing()
    return row.on_conflict_do_update(index_elements=list(key), set_=dict(values))


def _prepare(raw: Any, record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        raw.execute(f"PRAGMA {pragma}").close()


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later would fail where another wrote in between.
    writes = connection.get_execution_options().get("gongkai_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
