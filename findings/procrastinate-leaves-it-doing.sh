#!/usr/bin/env bash
# procrastinate 3.10.0 on PostgreSQL (15): a worker is ended with SIGKILL in mid-task.
# Guess: the task goes back to "todo" by itself and the next worker does it.
# Seen 2026-11-29: the next workers do the other tasks, the interrupted one stays "doing" and nobody does it, although its
# worker is gone; get_stalled_jobs() with its standard 30 seconds names it only later, with a shorter time at once.
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -1)
[ -n "$bin" ] || { echo 'not run: the PostgreSQL server is not installed'; exit 3; }
work=$(mktemp -d)
as() { bash -c "$1"; }
if [ "$(id -u)" = 0 ]; then
  as() { su postgres -s /bin/bash -c "$1"; }
  chmod 755 "$work"
fi
mkdir "$work/db"
[ "$(id -u)" != 0 ] || chown postgres "$work/db"
trap 'as "$bin/pg_ctl -D $work/db/data -m fast stop" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
cd "$work"
as "$bin/initdb -D $work/db/data -A trust -U clerk" >/dev/null
as "$bin/pg_ctl -D $work/db/data -o '-c listen_addresses= -k $work/db' -l $work/db/log -w start" >/dev/null
python3 -m venv venv
venv/bin/pip install --quiet 'procrastinate==3.10.0' 'psycopg[binary]==3.3.9'
cat >tasks.py <<'PYTHON'
import os
import signal

import procrastinate

connector = procrastinate.PsycopgConnector(conninfo=f"host={os.getcwd()}/db user=clerk dbname=postgres")
app = procrastinate.App(connector=connector)


@app.task(name="work")
async def work(number):
    if number == 1 and not os.path.exists("killed"):
        open("killed", "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
PYTHON
cat >run.py <<'PYTHON'
import asyncio
import subprocess
import sys

from tasks import app, work


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


async def worker():
    async with app.open_async():
        await app.run_worker_async(wait=False, concurrency=1)


async def states():
    return [job.status for job in await app.job_manager.list_jobs_async()]


async def main():
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await work.defer_async(number=1)
        await work.defer_async(number=2)
        for expected in (["doing", "todo"], ["doing", "succeeded"], ["doing", "succeeded"]):
            await asyncio.to_thread(subprocess.run, [sys.executable, "run.py", "worker"], capture_output=True)
            same("tasks after a worker", await states(), expected)
        await asyncio.sleep(2)
        stalled = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=1)
        same("stalled by a limit of 1 second", [job.id for job in stalled], [1])


asyncio.run(worker() if sys.argv[1:] else main())
PYTHON
venv/bin/python run.py
echo 'as described'
