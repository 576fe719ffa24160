"""A process whose disk refuses it: no file may grow any further, or the permissions of files count for it.

``python -m tests.refusing PREPARED ARGUMENT…`` runs the command line like that.
"""

import ctypes
import os
import sys


def limit(size):
    """No file of this process may grow beyond so many bytes."""
    import resource
    import signal

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(size), int(size)))


def be_bound(_=0):
    """Let the permissions of files count, also for the administrator."""
    if os.geteuid() == 0:
        nothing = (ctypes.c_uint32 * 6)()
        assert ctypes.CDLL(None).capset((ctypes.c_uint32 * 2)(0x20080522, 0), nothing) == 0


if __name__ == "__main__":
    import app

    _, prepared, size, *arguments = sys.argv
    {"limit": limit, "be_bound": be_bound}[prepared](size)
    sys.argv = ["gongkai", *arguments]
    app.main()
