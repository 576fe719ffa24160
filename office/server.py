"""The office's tables on a PostgreSQL server that several workbenches share.

What holds for the file holds here: a reader sees one moment, there is one writer at a time (a lock that
the server lets go of with the connection), and all of a transaction is kept or nothing. A server that
goes away, or is there and says nothing (``silence``), is told in a sentence; when it is back the next call goes on, for connections are tried first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event, exc, make_url, text

from domain import UnusableInput
from office.database import BUSY, Database
from office.moving import move


class NoAnswer(UnusableInput):
    """The server is away: what was asked can be asked again when it is back."""


_LOCK = 0x676F6E67
"""The number of the writers' lock; the letters of our name."""
_SETTING = "GONGKAI_DATABASE_URL"
_CONNECTS_WITHIN = 10  # seconds
_ABANDONED = 60  # seconds after which the server ends a transaction whose program says nothing
_WORDS = {
    "55P03": "别的工作台正在写入，请稍后再试",
    "53100": "服务器的磁盘已满",
    "53300": "连接数已满，请稍后再试",
    "42501": "这个数据库用户没有权限（它应当是数据库的所有者）",
    "25006": "服务器是只读的",
    "58P01": "服务器缺少扩展 citext（Debian 的 postgresql 包自带）",
}


class ServerDatabase(Database):
    """A database of a PostgreSQL server. Safe to share between threads, processes and machines.

    A new one takes over what the file ``before`` holds, where there is one: an office that grows begins with
    its users and its work.

    UnusableInput where the address cannot be used, nobody answers, or a newer program wrote there.
    """

    def __init__(self, url: str, before: Path | None = None) -> None:
        self.url = address(url)
        from office import silence  # needs the driver, which address() has looked for

        self._before = before
        self._engine = create_engine(
            self.url,
            pool_pre_ping=True,
            pool_size=8,
            max_overflow=24,
            connect_args={"connect_timeout": _CONNECTS_WITHIN, "options": _options(), "tcp_user_timeout": 30_000},
        )
        event.listen(self._engine, "do_connect", silence.connect)
        self._bring_up()

    @property
    def name(self) -> str:
        return f"PostgreSQL 数据库 {self.url.host or ''}:{self.url.port or 5432}/{self.url.database}"

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            connection = connection.execution_options(**one_moment)
            with connection.begin():
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.connect() as connection, connection.begin():
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except exc.IntegrityError:
            raise
        except exc.DBAPIError as error:
            raise (NoAnswer if _is_away(error) else UnusableInput)(self._sentence(error)) from error

    def _made(self, connection: Connection) -> None:
        if self._before and self._before.exists():
            move(self._before, connection)

    def check(self) -> None:
        """Nothing: the server looks after its own pages."""

    def _sentence(self, error: exc.DBAPIError) -> str:
        code = getattr(error.orig, "sqlstate", None) or ""
        if words := _WORDS.get(code):
            return f"{self.name} 不能读写：{words}"
        if isinstance(error, exc.DataError):
            return f"{self.name} 不能保存：文字里有不能存的字符，或者太长"
        said = str(error.orig).strip().partition("\n")[0][:200]
        if _is_away(error):
            return (
                f"{self.name} 没有应答（{said}）：请确认它正在运行，或核对 {_SETTING}；恢复以后可以接着做，已保存的都在"
            )
        return f"{self.name} 不能读写（{said}）"


def address(url: str) -> URL:
    """An address of PostgreSQL as the driver wants it; UnusableInput, without the password, where it is none."""
    wrong = f"{_SETTING} 不正确：应如 postgresql://用户:密码@主机:5432/数据库"
    try:
        made = make_url(url)
    except (exc.ArgumentError, ValueError) as error:
        raise UnusableInput(wrong) from error
    if made.drivername not in ("postgresql", "postgres", "postgresql+psycopg") or not made.database:
        raise UnusableInput(wrong)
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise UnusableInput("连接 PostgreSQL 要装 psycopg：请运行 .venv/bin/pip install 'gongkai[county]'") from error
    return made.set(drivername="postgresql+psycopg")


def _is_away(error: exc.DBAPIError) -> bool:
    code = getattr(error.orig, "sqlstate", None) or ""
    return not isinstance(error, exc.DataError) and (
        error.connection_invalidated or not code or code[:2] in ("08", "57")
    )


def _options() -> str:
    said: dict[str, Any] = {
        "lock_timeout": round(BUSY * 1000),
        "idle_in_transaction_session_timeout": _ABANDONED * 1000,
        "application_name": "gongkai",
    }
    return " ".join(f"-c {name}={value}" for name, value in said.items())
