"""What the C library keeps of memory that was given back, in a process that serves for months.

glibc gives each of many threads a heap of its own, up to eight a processor; every heap grows to the most that any
thread ever needed at once, and memory that lies between two things in use stays the process's. Under fifty people
that was half of the workbench's memory and went on growing.
"""

from __future__ import annotations

import ctypes
import sys

HEAPS = 2
"""Python's threads take turns, so that more would serve no one sooner."""
LARGE, LEFT = 1 << 20, 16 << 20
"""Bytes: what is as large as this goes back to the system as soon as it is let go; what a heap may keep at its end."""
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # malloc.h


def keep_few_heaps() -> bool:
    """Have glibc make no further heaps from now on; False where the C library is another."""
    adjust = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if adjust is None:
        return False
    chosen = ((_M_ARENA_MAX, HEAPS), (_M_MMAP_THRESHOLD, LARGE), (_M_TRIM_THRESHOLD, LEFT))
    taken = [adjust(name, value) == 1 for name, value in chosen]
    return all(taken)
