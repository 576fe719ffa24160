"""How many heaps the C library makes for the threads of a process that serves."""

import subprocess
import sys

import pytest

# What each of many threads takes is just below what goes back to the system by itself.
PROGRAM = """
import ctypes, os, sys, tempfile, threading
from commands.memory import keep_few_heaps
kept = keep_few_heaps() if sys.argv[1] == "few" else True
together, there = threading.Barrier(24), ctypes.CDLL(None)
there.malloc.restype = ctypes.c_void_p
there.free.argtypes = [ctypes.c_void_p]
def works():
    together.wait()
    taken = [there.malloc(100_000) for _ in range(20)]
    together.wait()
    for one in taken:
        there.free(one)
threads = [threading.Thread(target=works) for _ in range(24)]
[one.start() for one in threads]
[one.join() for one in threads]
there.fopen.restype = ctypes.c_void_p
path = os.path.join(tempfile.mkdtemp(), "heaps.xml").encode()
file = there.fopen(path, b"w")
there.malloc_info(0, ctypes.c_void_p(file))
there.fclose(ctypes.c_void_p(file))
print(kept, open(path).read().count("<heap nr="))
"""


def heaps(which: str) -> tuple[bool, int]:
    said = subprocess.run([sys.executable, "-c", PROGRAM, which], capture_output=True, text=True, check=True).stdout
    kept, count = said.split()
    return kept == "True", int(count)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's own")
def test_many_threads_share_two_heaps():
    assert heaps("few") == (True, 2)
    assert heaps("as ever")[1] > 2, "else the test sees nothing"


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_elsewhere_nothing_is_done(monkeypatch, platform):
    from commands import memory

    monkeypatch.setattr(memory.sys, "platform", platform)
    assert memory.keep_few_heaps() is False
