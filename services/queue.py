"""The line of jobs that several workbenches share: procrastinate over the office's own PostgreSQL.

A workbench that dies leaves its job as being done. Every worker says now and then that it lives, and a
task that comes round puts the jobs of those that no longer do back into the line
(findings/procrastinate-leaves-it-doing.sh shows that nobody else does). The worker runs on a thread of
its own and is begun again when the database was away.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate.retry import RetryStrategy
from procrastinate.schema import SchemaManager

from domain import UnusableInput

LIVES = 3.0
"""Seconds between two signs of life of a worker."""
GONE = 15.0
"""Seconds without one after which a worker counts as dead, and another does its job."""
_EVERY = "* * * * * */5"  # every five seconds somebody looks for jobs of dead workers
_AGAIN = 2.0  # seconds until a worker that failed is begun again
_NOTICES = {"connect_timeout": "10", "keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3",
            "tcp_user_timeout": "30000"}  # fmt: skip  # a machine that is gone without a word: of seconds, but the last
_AT_ONCE = 2
_LOOK = 1.0  # seconds: nobody is told that a job waits no longer for another of its turn
_SAYING = logging.getLogger("gongkai")
_TASK, _RESCUE = "gongkai.job", "gongkai.rescue"


class Queue:
    """``perform`` does the job of an id. UnusableInput where the tables of the queue cannot be made."""

    def __init__(self, url: str, perform: Callable[[int], None]) -> None:
        from office.server import address

        plain = address(url).set(drivername="postgresql").update_query_dict(_NOTICES)
        self._conninfo = plain.render_as_string(hide_password=False)
        self._perform = perform
        self._putting = procrastinate.App(connector=procrastinate.SyncPsycopgConnector(conninfo=self._conninfo))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="queue", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._make_tables()
        self._thread.start()

    def stop(self) -> None:
        """Take no more jobs."""
        self._ended.set()
        if self._loop and self._worker:
            self._loop.call_soon_threadsafe(self._worker.cancel)

    def put(self, raw: Any, id: int, turn: str) -> None:
        """Put a job in the line, in the transaction of ``raw`` (a connection of psycopg)."""
        self._putting.configure_task(_TASK, lock=turn, connection=raw).defer(id=id)

    def _make_tables(self) -> None:
        try:
            with psycopg.connect(self._conninfo) as connection:
                connection.execute("SELECT pg_advisory_xact_lock(%s)", (0x71756575,))  # one workbench makes them
                there = connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone()
                if there is None or there[0] is None:
                    connection.execute(SchemaManager.get_schema())
        except psycopg.Error as error:
            raise UnusableInput(f"工作队列的表没有建成：{str(error).strip().partition(chr(10))[0][:200]}") from error

    def _app(self) -> procrastinate.App:
        pool = {"conninfo": self._conninfo, "min_size": 1, "max_size": 6}
        app = procrastinate.App(connector=procrastinate.PsycopgConnector(**pool))

        @app.task(name=_TASK, retry=RetryStrategy(max_attempts=5, wait=5))
        def job(id: int) -> None:
            self._perform(id)

        @app.periodic(cron=_EVERY)
        @app.task(name=_RESCUE, queueing_lock=_RESCUE)
        async def rescue(timestamp: int) -> None:
            for one in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=GONE):
                _SAYING.warning("一台工作台中断了，它没有做完的工作（%s）重新排队", one.task_kwargs.get("id", "—"))
                await app.job_manager.retry_job(one)

        return app

    def _work(self) -> None:
        with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
            self._loop = runner.get_loop()
            while not self._ended.is_set():
                try:
                    runner.run(self._worked())
                except asyncio.CancelledError:
                    return
                except (exceptions.ProcrastinateException, psycopg.Error, OSError) as error:
                    _SAYING.warning("工作队列中断（%s），%.0f 秒后再连", type(error).__name__, _AGAIN)
                except Exception:  # whatever it was: a workbench without a worker would do no work and say nothing
                    _SAYING.exception("工作队列出错，%.0f 秒后再连", _AGAIN)
                self._ended.wait(_AGAIN)

    async def _worked(self) -> None:
        app = self._app()
        async with app.open_async():
            self._worker = asyncio.ensure_future(
                app.run_worker_async(
                    concurrency=_AT_ONCE,
                    install_signal_handlers=False,
                    fetch_job_polling_interval=_LOOK,
                    update_heartbeat_interval=LIVES,
                    stalled_worker_timeout=GONE,
                    delete_jobs="always",  # what became of each stands in the office's own row
                )
            )
            await self._worker
