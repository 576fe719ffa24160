"""The program under watch, as test_open_databases.py starts it: who opens a database of its data folder by hand is written down.

Arguments: the log, the data folder, then the program's own.
"""

import os
import runpy
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIVE = ("office.db", os.path.join("chroma", "chroma.sqlite3"))


def watch(log: str, home: str) -> None:
    live = [os.path.join(os.path.abspath(home), name) for name in LIVE]
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def seen(event: str, arguments: tuple) -> None:
        if event not in ("open", "sqlite3.connect") or isinstance(arguments[0], int):
            return
        place = os.fsdecode(arguments[0])
        if not any(path in os.path.abspath(place) or path in place for path in live):  # the logs beside them too
            return
        if event == "sqlite3.connect" and place == live[0]:  # the office's own connections, all of one SQLite
            return
        if event == "open" and arguments[2] & os.O_EXCL:  # makes a new one, and opens none that is there
            return
        os.write(out, f"{event} {place}\n".encode())

    sys.addaudithook(seen)


if __name__ == "__main__":
    _, log, home, *arguments = sys.argv
    watch(log, home)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs come without it
    sys.argv = ["app.py", *arguments]
    sys.path[0] = str(ROOT)
    runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
