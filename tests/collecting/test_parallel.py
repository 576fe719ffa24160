"""Processes at work: what is ended while it begins ends without a word."""

import signal
import time

import pytest

from collecting.parallel import Stopped, Workers


class _LateToBegin:
    """What a process reads for this long before it reads anything else, and cannot be ended meanwhile."""

    def __init__(self, seconds):
        self._seconds = seconds

    def __reduce__(self):
        return _begin_late, (self._seconds,)


def _begin_late(seconds):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(seconds)


def _nothing(given):
    pass


def test_processes_that_are_ended_while_they_begin_say_nothing(capfd):
    with Workers(_nothing, (_LateToBegin(1.0),), workers=2) as workers, pytest.raises(Stopped):
        list(workers.run(abs, [-1], cancelled=lambda: True))
    assert capfd.readouterr().err == ""
