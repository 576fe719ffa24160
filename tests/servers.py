"""Servers that tests start on this machine and end again: PostgreSQL as the system's package brings it."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg

# What makes a database that is thrown away quick.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def postgresql_programs():
    """The folder of the server's programs, which Debian keeps off the PATH; None where it is not installed."""
    places = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    if found := shutil.which("initdb"):
        places.append(Path(found).resolve().parent)
    return places[-1] if places else None


class PostgreSQL:
    """One server: ``start``, ``stop`` and ``start`` again on the same port; ``made`` gives databases of its own."""

    def __init__(self, programs, folder):
        self.programs, self.folder, self.port, self.process, self.number = programs, folder, free_port(), None, 0
        self.as_user = ()
        if os.geteuid() == 0:  # the server refuses to be run by root
            shutil.chown(folder, "postgres", "postgres")
            self.as_user = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
        options = ("-A", "trust", "-U", "gongkai", "--locale=C.UTF-8", "-E", "UTF8", "--no-sync")
        command = [*self.as_user, programs / "initdb", "-D", folder / "data", *options]
        subprocess.run(command, check=True, capture_output=True, cwd=folder)

    def url(self, database="postgres"):
        return f"postgresql://gongkai@127.0.0.1:{self.port}/{database}"

    def start(self, *options):
        options = (
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            f"unix_socket_directories={self.folder}",
            *options,
        )
        command = [*self.as_user, self.programs / "postgres", "-D", self.folder / "data"]
        command += [word for option in options for word in ("-c", option)]
        log = (self.folder / "log").open("ab")
        self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise AssertionError((self.folder / "log").read_text(encoding="utf-8")) from None
                time.sleep(0.05)

    def stop(self, how=signal.SIGINT):
        """As an administrator restarts it: connections are cut, what was committed stays."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=60)

    @contextmanager
    def stopped(self):
        """Its processes are there, keep their connections, and say nothing."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        every = [self.process.pid, *map(int, children)]
        for pid in every:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in reversed(every):
                os.kill(pid, signal.SIGCONT)

    def run(self, statement, database="postgres"):
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            return connection.execute(statement)

    def made(self):
        """The address of a new database."""
        self.number += 1
        name = f"office{self.number}"
        self.run(f"CREATE DATABASE {name}")
        return self.url(name)

    def emptied(self, url):
        """The same database without a row, ids beginning anew: quicker than another one."""
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
        with psycopg.connect(url) as connection:
            names = ", ".join(f'"{name}"' for (name,) in connection.execute(tables).fetchall())
            connection.execute("SET session_replication_role = replica")  # nobody else may empty the audit log
            connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
        return url

    def held(self, url):
        """Every row of a database as the server would write it out, bytes."""
        tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        with psycopg.connect(url) as connection:
            parts = []
            for (table,) in connection.execute(tables).fetchall():
                with connection.cursor().copy(f'COPY "{table}" TO STDOUT') as copy:
                    parts += [bytes(part) for part in copy]
        return b"".join(parts)


@contextmanager
def postgresql(programs, *options):
    """A server in a folder of its own, running."""
    folder = Path(tempfile.mkdtemp(prefix="gongkai-postgresql-"))  # not pytest's: only its owner may look in there
    server = None
    try:
        server = PostgreSQL(programs, folder)
        server.start(*options)
        yield server
    finally:
        if server:
            server.stop(signal.SIGQUIT)
        shutil.rmtree(folder, ignore_errors=True)
