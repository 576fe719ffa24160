"""A program of its own that is killed while it puts a report in a folder, as often as it is asked: for test_folder.py.

Each line that it reads is a JSON list (step, folder, year, blocked); it answers with the exit code of a child
that is gone before its ``step``-th change of the folder (9) or that made fewer (0). It forks here, where there
is one thread: the tests' own process has those of Chroma and torch, whose locks a child would wait on for ever.
"""

import json
import os
import sys
from pathlib import Path

from report.folder import FILES, renewed

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir"}


def put(folder, year, *names):
    with renewed(folder) as made:
        for name in names:
            (made / name).write_text(year, encoding="utf-8")


def killed(step, folder, year, blocked):
    """The child's exit code. ``blocked``: the file that cannot be moved in. No handler runs to tidy up."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps = iter(range(step))

    def counted(event, arguments):
        opened = event == "open" and isinstance(arguments[0], str) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (opened or event in CHANGES) and next(steps, None) is None:
            os._exit(9)
        source, target = arguments[:2] if event == "os.rename" else ("", "")
        if blocked and Path(target) == folder / blocked and Path(source).parent.name == ".build-ready":
            raise PermissionError(13, "open in Word", blocked)

    try:
        sys.addaudithook(counted)
        put(folder, year, *FILES)
    finally:
        os._exit(0)


if __name__ == "__main__":
    os.fsync = lambda handle: None  # a kill is no power cut: what was written is there without waiting for the disk
    for line in sys.stdin:
        step, folder, year, blocked = json.loads(line)
        print(killed(step, Path(folder), year, blocked), flush=True)
