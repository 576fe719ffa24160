"""An office in a folder of its own, with a clock that tests turn and cheap password hashes."""

from datetime import UTC, datetime, timedelta

import pytest

from ingest.masking import mask
from office import Office

PASSWORD = "滚滚长江东逝水2026"


class Clock:
    def __init__(self):
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(milliseconds=1)
        return self.now

    def passes(self, **how_long):
        self.now += timedelta(**how_long)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def home(tmp_path):
    return tmp_path / "资料 夹%1"


@pytest.fixture
def office(home, clock):
    opened = Office(home, mask, clock, rounds=4)
    yield opened
    opened.close()


@pytest.fixture
def administrator(office):
    return office.users.create_administrator("王主任", PASSWORD)


@pytest.fixture
def clerk(office, administrator):
    return office.users.create(administrator, "小李", PASSWORD)


@pytest.fixture
def reviewer(office, administrator):
    return office.users.create(administrator, "老张", PASSWORD, "reviewer")
