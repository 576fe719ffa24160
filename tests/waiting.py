"""What a test waits for: always a state, never a number of seconds."""

import time


def until(condition, seconds=300):
    """What ``condition()`` says as soon as that is true; a failure after so many ``seconds``, however busy the machine."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return found
