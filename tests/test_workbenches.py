"""Two workbenches over one PostgreSQL and one Chroma server: they share all state, and one may die."""

import os
import random
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from domain import UnusableInput
from services import Gongkai
from services.queue import Queue
from settings import load_settings
from tests import servers
from tests.collecting.county import finished, hand_in, random_tables
from tests.store.test_knowledge import chroma_server
from tests.waiting import until

pytestmark = pytest.mark.thorough
ROOT = Path(__file__).parent.parent
PASSWORD = "滚滚长江东逝水2026"
PLACE = "青石县"
ORGANS = [
    f"{PLACE}{name}局"
    for name in "教育 财政 民政 水务 农业 司法 交通 审计 统计 林业 商务 文旅 卫健 应急 税务 气象".split()
]
YEAR = 2025
REGULATION = """青石县政府信息公开工作细则

（2024年5月1日青石县人民政府公布 自2024年6月1日起施行）

第一条 为了做好政府信息公开工作，制定本细则。

第二条 飞絮治理的政府信息由林业部门主动公开。
"""


class Workbench:
    """One of several, a process of its own."""

    def __init__(self, environment, folder):
        self.port = servers.free_port()
        self.name = f"{socket.gethostname()}-{self.port}"
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{self.port}.log"
        command = [sys.executable, "app.py", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def open(self):
        deadline = time.monotonic() + 180
        while True:
            try:
                return httpx.get(f"{self.address}/signin", timeout=10).raise_for_status()
            except httpx.HTTPError:
                assert self.process.poll() is None and time.monotonic() < deadline, self.log.read_text(encoding="utf-8")
                time.sleep(0.2)

    def page(self, cookies):
        """How the front page answers the bearer of these cookies: 200, or 303 to the form."""
        return httpx.get(self.address, cookies=cookies, timeout=60).status_code


@pytest.fixture
def county(tmp_path, monkeypatch, embedding_folder, postgresql):
    """The settings of both, which this process has too."""
    with chroma_server(tmp_path / "chroma-server") as chroma:
        monkeypatch.setenv("GONGKAI_DATABASE_URL", postgresql.made())
        monkeypatch.setenv("GONGKAI_CHROMA_URL", chroma)
        monkeypatch.setenv("GONGKAI_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("GONGKAI_LLM", "none")
        started = []

        def workbench():
            started.append(Workbench(dict(os.environ), tmp_path))
            return started[-1]

        yield workbench
        for each in started:
            if each.process.poll() is None:
                each.process.kill()
            each.process.wait(timeout=20)


def asking():
    """The services as a third program sees them: it puts work in the line and does none."""
    services = Gongkai(load_settings())
    services.jobs._queue = Queue(services.choices.settings.database_url, lambda id: None)
    return services


def test_one_of_two_workbenches_dies_in_a_collection_and_nothing_is_lost(county, tmp_path, postgresql):
    services = Gongkai(load_settings())
    office = services.office()
    head = office.users.create_administrator("王主任", PASSWORD)
    first, second = county(), county()
    chance = random.Random(21)
    folder = tmp_path / "handed in"
    suffixes = (".docx", ".html", ".md")
    reports = [finished(org, YEAR, random_tables(chance)) for org in ORGANS]
    paths = [hand_in(folder, report, suffixes[number % 3]) for number, report in enumerate(reports)]
    first.open()
    second.open()
    services = asking()

    # What one knows the other knows: a session, a text taken in.
    form = {"name": "王主任", "password": PASSWORD}
    signed_in = httpx.post(f"{first.address}/signin", data=form, headers={"Origin": first.address}, timeout=60)
    assert signed_in.status_code == 303 and second.page({}) == 303 and second.page(dict(signed_in.cookies)) == 200
    (tmp_path / "细则.txt").write_text(REGULATION, encoding="utf-8")
    (outcome,) = services.library.ingest([tmp_path / "细则.txt"], kind="regulation")
    assert (outcome.status, outcome.passages) == ("added", 2)
    assert "林业部门" in services.lookup.search("飞絮治理由哪个部门公开", k=1)[0].text
    conversation = office.conversations.start(head)
    asked = office.conversations.ask(head, conversation.id, "能不能延期？")

    # A collection, and the death of whoever is at it.
    services.submissions.list_organs(YEAR, "\n".join(ORGANS), head)
    services.submissions.receive(YEAR, [(path, path.name) for path in paths], head)
    made, told = [], []
    checking = threading.Thread(
        target=lambda: made.append(services.submissions.check(YEAR, head, lambda *now: told.append(now)))
    )
    checking.start()
    number = until(lambda: _running(office))
    dying = until(lambda: _begun(office, number))
    victim, other = (first, second) if dying.who == first.name else (second, first)
    victim.process.kill()
    victim.process.wait(timeout=20)
    assert not office.jobs.get(number).over and office.collected.digests(YEAR) == {}
    checking.join(120)
    assert made, other.log.read_text(encoding="utf-8")

    done = office.jobs.get(number)
    assert (done.state, done.who, done.attempts) == ("done", other.name, 2)
    collection = made[0].collection
    assert [one.org for one in collection.organs if one.report] == ORGANS and not collection.unmatched
    wanted = sum(report.figures.table3["new_received"]["total"] for report in reports)
    assert collection.totals.figures["table3.new_received.total"] == wanted
    assert set(office.collected.digests(YEAR)) == set(ORGANS)
    assert [entry.action for entry in office.audit.entries(head, action="upload")] == ["upload"] * len(ORGANS)
    assert len(office.audit.entries(head, action="collect")) == 2  # the list, and what was collected, once
    assert office.conversations.messages(head, conversation.id) == [asked]
    assert other.page(dict(signed_in.cookies)) == 200
    assert not list((tmp_path / "data" / "jobs").glob("*"))

    # Another takes the place of the dead one, and shows what was found without looking again.
    third = Gongkai(load_settings())
    third.jobs._queue = services.jobs._queue
    assert third.submissions.collection(YEAR, head).as_json() == collection.as_json()

    # The database goes, and comes back: a sentence in between, and then work goes on.
    postgresql.stop()
    away = httpx.get(other.address, cookies=dict(signed_in.cookies), timeout=60)
    assert away.status_code == 503 and "没有应答" in away.text and "gongkai@" not in away.text
    with pytest.raises(UnusableInput, match="没有应答"):
        office.conversations.messages(head, conversation.id)
    postgresql.start(*servers.CARELESS)
    assert other.page(dict(signed_in.cookies)) == 200
    (outcome,) = services.library.ingest([tmp_path / "细则.txt"], kind="regulation")
    assert outcome.status == "unchanged"
    assert office.conversations.messages(head, conversation.id) == [asked]


def _running(office):
    with office._database.read() as connection:
        return connection.exec_driver_sql("SELECT id FROM jobs WHERE kind = 'collect' AND state = 'running'").scalar()


def _begun(office, number):
    job = office.jobs.get(number)
    assert not job.over, job
    return job if job.done >= 2 else None
