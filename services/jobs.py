"""Long work, done here or by whichever workbench is free; one call for both.

Without a shared database a job is done at once, in this process. Where workbenches share one and serve
(``share_out``), a job is a row that all see (``office.jobs``) and an entry in the queue over the same
database (``services.queue``): another workbench goes on with it where the one that had it has died. So a
job may be begun twice, and must come to the same both times.
"""

from __future__ import annotations

import json
import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import durable
from domain import UnusableInput, User
from services.choices import Choices
from services.opening import Once

if TYPE_CHECKING:
    from office import Office
    from services.queue import Queue

Advance = Callable[[str, int, int], None]
"""Told what is being done, how many of how many are done."""
Work = Callable[[Mapping[str, Any], User | None, Advance, Callable[[], bool]], Any]
"""Does a job: what was given (JSON), for whom, ``Advance``, whether to stop. Gives JSON.

``collecting.parallel.Stopped`` where it stopped, UnusableInput where it cannot be done.
"""
_SAYING = logging.getLogger("gongkai")
_LOOK = 0.3  # seconds between two looks at a job that another workbench may be doing
_TELL = 1.0  # seconds between two notes of how far it is
_ATTEMPTS = 5
BACK_WITHIN = 120.0
"""Seconds that whoever waits for a job bears the database being away, while others may go on with it."""
FILES, _FILES_KEPT = "jobs", 24 * 3600  # where jobs' files lie in the data folder; seconds


class LeftToOthers(Exception):
    """This workbench closes; the job goes back into the line."""


class Jobs:
    """The kinds of long work there are. Safe to share between threads."""

    def __init__(self, choices: Choices, office: Once[Office]) -> None:
        self._choices = choices
        self._office = office
        self._works: dict[str, Work] = {}
        self._queue: Queue | None = None
        self._closing = False
        self.name = ""
        """What this workbench is called among several; "" where it is the only one."""

    def can(self, kind: str, work: Work) -> None:
        """Make a kind of work known."""
        self._works[kind] = work

    @property
    def shared(self) -> bool:
        """Whether work is shared out among several workbenches."""
        return self._queue is not None

    def share_out(self, name: str) -> None:
        """From now on put work in the queue and take what stands there, as the workbench of that ``name``.

        Nothing without a shared database.
        """
        if not self._choices.settings.database_url or self._queue:
            return
        from services.queue import Queue

        self.name = name
        self._forget_files()
        self._office()  # the tables are made before the queue's
        self._queue = Queue(self._choices.settings.database_url, self.perform)
        self._queue.start()

    def close(self) -> None:
        """Take no more work; what is being done is left to others."""
        self._closing = True
        if self._queue:
            self._queue.stop()
            self._queue = None

    def do(
        self,
        kind: str,
        given: Mapping[str, Any],
        by: User | None = None,
        advance: Advance = lambda what, done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
        turn: str = "",
    ) -> Any:
        """Have work done and wait for it; what came of it. Jobs of one ``turn`` wait for each other."""
        if self._queue is None:
            return self._works[kind](given, by, advance, cancelled)
        queue = self._queue
        turn = turn or kind
        name = by.name if by else ""
        id = self._office().jobs.add(kind, given, name, turn, lambda raw, id: queue.put(raw, id, turn))
        return self.follow(id, advance, cancelled)

    @contextmanager
    def files(self, paths: Sequence[Path]) -> Iterator[list[str]]:
        """Copies of files for whoever will do a job, in the data folder that all workbenches share."""
        room = self._choices.home.resolve() / FILES / uuid4().hex
        copies = [room / str(number) / path.name for number, path in enumerate(paths)]
        try:
            for path, copy in zip(paths, copies):
                copy.parent.mkdir(parents=True)
                shutil.copyfile(path, copy)
        except OSError as error:
            raise UnusableInput(f"文件不能放到 {room.parent}：{durable.cause(error)}") from error
        yield [str(copy.relative_to(self._choices.home.resolve())) for copy in copies]
        shutil.rmtree(room, ignore_errors=True)  # not where the waiting was cut short: somebody may be at it

    def _forget_files(self) -> None:
        """Delete what dead workbenches left: files may hold personal data."""
        for room in (self._choices.home / FILES).glob("*"):
            if time.time() - room.stat().st_mtime > _FILES_KEPT:
                shutil.rmtree(room, ignore_errors=True)

    def follow(
        self,
        id: int,
        advance: Advance = lambda what, done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Any:
        """Wait for a job, wherever it is done; what came of it. A database that goes and comes back is waited for."""
        from collecting.parallel import Stopped
        from office.server import NoAnswer

        kept, told, heard = self._office().jobs, None, time.monotonic()
        while True:
            try:
                job, heard = kept.get(id), time.monotonic()
                if job.over:
                    break
                if (now := (job.what, job.done, job.total)) != told and job.what:
                    told = now
                    advance(*now)
                if cancelled() and not job.unwanted:
                    kept.want_no_more(id)
            except NoAnswer:
                if time.monotonic() - heard > BACK_WITHIN:
                    raise
                advance("数据库没有应答，正在等它恢复", *(told[1:] if told else (0, 0)))
            time.sleep(_LOOK)
        if job.state == "stopped":
            raise Stopped
        if job.state == "failed":
            raise UnusableInput(job.result)
        return json.loads(job.result)

    def perform(self, id: int) -> None:
        """Do a job that stands in the queue. ``office.server.NoAnswer`` where the database is away: it is begun again."""
        from collecting.parallel import Stopped
        from office.server import NoAnswer

        office = self._office()
        job = office.jobs.begin(id, self.name)
        if job.over:
            return
        if job.attempts > _ATTEMPTS:
            office.jobs.finish(id, "failed", f"开始了{_ATTEMPTS}次都没有做完，工作台每次都中断了；请把文件分开再试")
            return
        try:
            by = office.users.named(job.by) if job.by else None
            result = self._works[job.kind](job.given, by, self._telling(id), self._asking(id))
            office.jobs.finish(id, "done", json.dumps(result, ensure_ascii=False))
        except NoAnswer:
            raise
        except Stopped as stopped:
            if self._closing:
                raise LeftToOthers from stopped
            office.jobs.finish(id, "stopped")
        except UnusableInput as error:
            office.jobs.finish(id, "failed", str(error))
        except Exception:
            _SAYING.exception("第 %d 项工作（%s）出错", id, job.kind)
            office.jobs.finish(id, "failed", "程序出错，没有做完；请把服务器日志交给管理员")

    def _telling(self, id: int) -> Advance:
        """Notes how far a job is, now and then; not while the database is away, for the work itself goes on."""
        last = ("", 0.0)

        def tell(what: str, done: int, total: int) -> None:
            nonlocal last
            if what == last[0] and time.monotonic() - last[1] < _TELL and done != total:
                return
            last = (what, time.monotonic())
            try:
                self._office().jobs.advance(id, what, done, total)
            except UnusableInput as error:
                _SAYING.warning("第 %d 项工作做到哪里没有记下：%s", id, error)

        return tell

    def _asking(self, id: int) -> Callable[[], bool]:
        """Whether somebody wants a job stopped, looked up now and then."""
        last = [False, time.monotonic()]

        def unwanted() -> bool:
            if time.monotonic() - last[1] > _TELL:
                last[1] = time.monotonic()
                try:
                    last[0] = self._office().jobs.get(id).unwanted
                except UnusableInput as error:
                    _SAYING.warning("第 %d 项工作要不要停没有查到：%s", id, error)
            return self._closing or bool(last[0])

        return unwanted
