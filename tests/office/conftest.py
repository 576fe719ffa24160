"""An office in a folder of its own, with a clock that tests turn and cheap password hashes.

What an office promises holds on both databases: a test that takes ``office`` is run with each, unless its
file says by a fixture ``url`` of its own that it is about the one.
"""

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


@pytest.fixture(scope="session")
def tables(postgresql):
    """The address of a database whose tables are made."""
    from office.server import ServerDatabase

    url = postgresql.made()
    ServerDatabase(url).close()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    """Where the tables are: "" for a file in ``home``, else the address of a database on a server."""
    if request.param == "sqlite":
        return ""
    return request.getfixturevalue("postgresql").emptied(request.getfixturevalue("tables"))


@pytest.fixture
def opened(home, clock, url):
    """Opens the office: once more, as another program would."""
    offices = []

    def open():
        offices.append(Office(home, mask, clock, rounds=4, url=url))
        return offices[-1]

    yield open
    for each in offices:
        each.close()


@pytest.fixture
def office(opened):
    return opened()


@pytest.fixture
def held(request, home, url):
    """All that the database holds, as bytes."""

    def read():
        if url:
            return request.getfixturevalue("postgresql").held(url)
        return b"".join(path.read_bytes() for path in home.glob("office.db*"))

    return read


@pytest.fixture
def administrator(office):
    return office.users.create_administrator("王主任", PASSWORD)


@pytest.fixture
def clerk(office, administrator):
    return office.users.create(administrator, "小李", PASSWORD)


@pytest.fixture
def reviewer(office, administrator):
    return office.users.create(administrator, "老张", PASSWORD, "reviewer")
