#!/usr/bin/env bash
# pebble 5.2.3, ProcessPool with the start methods forkserver and spawn (Linux): a pool is stopped while its processes
# are still being started (Ctrl-C just after the beginning).
# Guess: stop() and join() end the processes without a word, however far each of them has come.
# Seen 2026-11-30: the pool first lets go of its channel's locks, which removes their names from the system, and only
# then ends the processes. One that has got its work but not yet read it looks for the lock by name, finds none and
# prints a traceback to the program's stderr; the program itself sees no error, and the same pool with fork is silent.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet 'pebble==5.2.3'
cat >late.py <<'PYTHON'
import pathlib
import signal
import time


class Late:
    """Read for a second by the process that is given it, as large arguments are; a process goes on reading meanwhile."""

    def __reduce__(self):
        return wait, ()


def wait():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    pathlib.Path("begun").touch()
    time.sleep(1)


def nothing(given):
    pass
PYTHON
cat >stop.py <<'PYTHON'
import multiprocessing
import pathlib
import sys
import time

from late import Late, nothing
from pebble import ProcessPool

if __name__ == "__main__":
    pool = ProcessPool(2, initializer=nothing, initargs=(Late(),), context=multiprocessing.get_context(sys.argv[1]))
    pool.schedule(abs, (-1,))
    while sys.argv[1] != "fork" and not pathlib.Path("begun").exists():  # fork copies, nothing is read
        time.sleep(0.01)
    pool.stop()
    pool.join()
    print("ended")
PYTHON
cat >run.py <<'PYTHON'
import pathlib
import subprocess
import sys


def same(what, got, expected):
    """Print what was seen; end with an error where it is no longer that."""
    print(f"{what}: {got!r}")
    if got != expected:
        sys.exit(f"changed: {what} was {expected!r}")


for method, complaint in (("fork", False), ("forkserver", True), ("spawn", True)):
    pathlib.Path("begun").unlink(missing_ok=True)
    ran = subprocess.run([sys.executable, "stop.py", method], capture_output=True, text=True)
    same(f"{method}: exit code and output", (ran.returncode, ran.stdout), (0, "ended\n"))
    same(f"{method}: FileNotFoundError on stderr", "FileNotFoundError" in ran.stderr, complaint)
PYTHON
venv/bin/python run.py
echo 'as described'
