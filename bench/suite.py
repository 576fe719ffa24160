"""How long each test takes; writes tests/long.toml, which ./test without a selection leaves out.

    python bench/suite.py

Runs all tests that need neither browser nor model, on two processes. On a busy machine a test waits for others: it
counts as its processor time, or as its duration divided by how much longer all took than their processor time,
whichever is more. What is over ``LONG`` is listed: functions of tests by their longest case, and fixtures of more than
one test by what it takes to make them.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "long.toml"
LONG = 0.5  # s of a core
COMMON = {"tests::filled_home", "tests::built_in_embedder", "tests::postgresql"}
"""What so many tests need that leaving it out would leave them all out."""
ALWAYS = ("tests/test_imports.py", "tests/test_docstrings.py")
"""What almost any change may break."""
HEAD = """# What ./test without a selection leaves out and ./test --all runs: written by python bench/suite.py
# Tests of more than half a second of a core, and fixtures that take as long to make: all tests that need one of these.
"""
Took = tuple[str, float, float]
"""A fixture, or "" for the test itself and what is made for it alone; its seconds of processor and on the clock."""


def processor_time() -> float:
    """Seconds of this process and of those it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


@contextmanager
def _measured(item: pytest.Item, what: str) -> Iterator[None]:
    begun, at = processor_time(), time.perf_counter()
    yield
    item.user_properties.append(("took", (what, processor_time() - begun, time.perf_counter() - at)))


# --- the plugin that it is in the processes of the tests ----------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: Any, request: Any) -> Any:
    own = request.scope == "function"
    with _measured(request._pyfuncitem, "" if own else f"{fixturedef.baseid}::{fixturedef.argname}"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Any:
    with _measured(item, ""):
        return (yield)


# --- in the process that adds up ------------------------------------------------------------------------


class Sums:
    """Of every report what it took."""

    def __init__(self) -> None:
        self.took: dict[str, list[tuple[float, float]]] = defaultdict(list)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when != "call":
            return
        own = [0.0, 0.0]
        for what, processor, clock in (cast(Took, value) for name, value in report.user_properties if name == "took"):
            if what:
                self.took[what].append((processor, clock))
            else:
                own = [own[0] + processor, own[1] + clock]
        self.took[report.nodeid.partition("[")[0]].append((own[0], own[1]))

    def seconds(self) -> dict[str, float]:
        """The longest case of each, as on an idle machine."""
        every = [one for each in self.took.values() for one in each]
        slower = max(1.0, sum(clock for _, clock in every) / sum(processor for processor, _ in every))
        return {what: max(max(p, clock / slower) for p, clock in each) for what, each in self.took.items()}


def main() -> int:
    sums = Sums()
    os.environ["GONGKAI_TEST_ALL"] = "1"
    chosen = ["-m", "not browser and not model and not nightly", "-n", "2", "--dist", "worksteal", "-q"]
    sys.path.insert(0, str(ROOT))  # the processes of the tests find this file by its name
    code = pytest.main(["-p", "bench.suite", "--rootdir", str(ROOT), *chosen, *sys.argv[1:]], plugins=[sums])
    seconds = sums.seconds()
    long = sorted(
        what for what, took in seconds.items() if took > LONG and what not in COMMON and not what.startswith(ALWAYS)
    )
    LIST.write_text(HEAD + "names = [\n" + "".join(f'    "{what}",\n' for what in long) + "]\n", encoding="utf-8")
    for what in sorted(long, key=lambda one: -seconds[one]):
        print(f"{seconds[what]:7.2f} {what}")
    return code


if __name__ == "__main__":
    sys.exit(main())
