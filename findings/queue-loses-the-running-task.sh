#!/usr/bin/env bash
# huey 3.5.4 (SqliteHuey) and persist-queue 1.1.0 (SQLiteAckQueue): a worker is ended with SIGKILL in mid-task.
# Guess: both keep the task until it is done, and give it to the next worker.
# Seen 2026-11-29: huey takes a task out of its file when it hands it out, so the task of an ended worker is run
# by nobody and nothing tells of it; persist-queue gives it again, and its size counts it meanwhile.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'huey==3.5.4' 'persist-queue==1.1.0'
cat >run.py <<'PYTHON'
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


import os
import signal
import subprocess

from huey import SqliteHuey
from persistqueue import SQLiteAckQueue

queue = SqliteHuey("reports", filename="huey.db", fsync=True)


@queue.task()
def work(number):
    if number == 1 and not os.path.exists("killed"):
        open("killed", "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    with open("done", "a") as done:
        done.write(f"{number}\n")


if sys.argv[1:] == ["huey"]:
    queue.execute(queue.dequeue())
    sys.exit()
if sys.argv[1:] == ["persist"]:
    SQLiteAckQueue("persist").get()
    os.kill(os.getpid(), signal.SIGKILL)

work(1)
work(2)
same("huey: waiting before", len(queue), 2)
subprocess.run([sys.executable, "run.py", "huey"])
same("huey: waiting after the worker was ended", len(queue), 1)
subprocess.run([sys.executable, "run.py", "huey"])
with open("done") as done:
    same("huey: tasks done", done.read().split(), ["2"])
same("huey: waiting at the end", len(queue), 0)

first = SQLiteAckQueue("persist")
first.put("第一件")
first.put("第二件")
del first
subprocess.run([sys.executable, "run.py", "persist"])
again = SQLiteAckQueue("persist")
same("persist-queue: size after the worker was ended", again.size, 2)
same("persist-queue: given next", [again.get(), again.get()], ["第一件", "第二件"])
PYTHON
venv/bin/python run.py
echo 'as described'
