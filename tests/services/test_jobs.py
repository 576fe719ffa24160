"""Long work: here, or in a line that workbenches share over a real PostgreSQL."""

import threading
import time

import pytest

from collecting.parallel import Stopped
from domain import UnusableInput
from services import Gongkai
from services.queue import Queue
from settings import load_settings
from tests import servers
from tests.conftest import absent


def doing(services):
    """A kind of work for tests: counts, fails or waits as it is told; the runs it has had."""
    runs = []

    def work(given, by, advance, cancelled):
        runs.append((given, by.name if by else ""))
        for number in range(given.get("steps", 0)):
            advance("数数", number + 1, given["steps"])
            time.sleep(0.05)
            if cancelled():
                raise Stopped
        if said := given.get("refuses"):
            raise UnusableInput(said)
        if given.get("breaks"):
            raise ZeroDivisionError
        return {"counted": given.get("steps", 0)}

    services.jobs.can("count", work)
    return runs


@pytest.fixture(params=["here", "shared"])
def services(request, monkeypatch):
    if request.param == "shared":
        monkeypatch.setenv("GONGKAI_DATABASE_URL", request.getfixturevalue("postgresql").made())
    opened = Gongkai(load_settings())
    opened.jobs.share_out("甲")
    assert opened.jobs.shared == (request.param == "shared")
    yield opened
    opened.close()
    opened.office().close()


def test_what_came_of_it_comes_back(services):
    runs, told, user = doing(services), [], services.office().users.local()
    done = services.jobs.do("count", {"steps": 30}, user, lambda *now: told.append(now))
    assert done == {"counted": 30} and runs == [({"steps": 30}, "本机")]
    assert told and {now[0] for now in told} == {"数数"} and told == sorted(told)


def test_why_it_cannot_be_done_comes_back(services):
    doing(services)
    with pytest.raises(UnusableInput, match="^第3行看不懂$"):
        services.jobs.do("count", {"refuses": "第3行看不懂"})


def test_it_stops_when_asked(services):
    doing(services)
    asked = time.monotonic()
    with pytest.raises(Stopped):
        services.jobs.do("count", {"steps": 600}, cancelled=lambda: time.monotonic() - asked > 0.5)


@pytest.mark.slow
def test_a_database_that_goes_and_comes_back_is_waited_for(monkeypatch):
    """22.4: while a county's reports are collected, say: whoever waits is told, and gets what came of it."""
    programs = servers.postgresql_programs() or absent("no PostgreSQL server; ./test --all installs one")
    with servers.postgresql(programs) as server:
        monkeypatch.setenv("GONGKAI_DATABASE_URL", server.made())
        services = Gongkai(load_settings())
        services.jobs.share_out("甲")
        doing(services)
        told, came = [], []
        job = threading.Thread(
            target=lambda: came.append(services.jobs.do("count", {"steps": 80}, advance=lambda *now: told.append(now)))
        )
        job.start()
        while not told:
            time.sleep(0.05)
        server.stop()
        while not any("没有应答" in now[0] for now in told):
            assert job.is_alive()
            time.sleep(0.05)
        server.start()
        job.join(120)
        assert came == [{"counted": 80}] and told[-1][0] == "数数"
        monkeypatch.setattr("services.jobs.BACK_WITHIN", 0.5)
        server.stop()
        with pytest.raises(UnusableInput, match="没有应答"):
            services.jobs.follow(1)
        services.close()
        services.office().close()


@pytest.mark.parametrize("services", ["shared"], indirect=True)
def test_a_fault_of_the_program_is_told_and_holds_up_nobody(services):
    doing(services)
    with pytest.raises(UnusableInput, match="程序出错"):
        services.jobs.do("count", {"breaks": True})
    assert services.jobs.do("count", {"steps": 1}) == {"counted": 1}


@pytest.mark.parametrize("services", ["shared"], indirect=True)
def test_work_of_one_turn_waits_for_each_other(services):
    doing(services)
    held, most = [], []

    def one_at_a_time(given, by, advance, cancelled):
        held.append(given["number"])
        most.append(len(held))
        time.sleep(0.3)
        held.remove(given["number"])

    services.jobs.can("alone", one_at_a_time)
    started = [
        threading.Thread(target=services.jobs.do, args=("alone", {"number": number}), kwargs={"turn": "2025"})
        for number in range(4)
    ]
    for thread in started:
        thread.start()
    for thread in started:
        thread.join(60)
    assert most == [1, 1, 1, 1]


@pytest.mark.parametrize("services", ["shared"], indirect=True)
def test_what_was_put_down_with_the_row_goes_with_the_row(services, postgresql):
    """Row and entry are one transaction: a job is in both or in neither."""
    doing(services)
    queue = services.jobs._queue

    def put(raw, id):
        queue.put(raw, id, "count")
        raise UnusableInput("没有放进去")

    with pytest.raises(UnusableInput, match="没有放进去"):
        services.office().jobs.add("count", {}, "", "count", put)
    with services.office()._database.read() as connection:
        for table in ("jobs", "procrastinate_jobs"):
            rows = connection.exec_driver_sql(
                f"SELECT count(*) FROM {table} WHERE NOT (to_jsonb({table})->>'task_name' IS NOT DISTINCT FROM 'gongkai.rescue')"
            )
            assert rows.scalar() == 0, table


@pytest.mark.parametrize("services", ["shared"], indirect=True)
def test_work_that_takes_its_workbench_down_again_and_again_is_given_up(services):
    runs = doing(services)
    jobs = services.office().jobs
    id = jobs.add("count", {"steps": 1}, "")
    for _ in range(5):
        jobs.begin(id, "乙")  # and nothing more was heard of it
    services.jobs.perform(id)
    assert runs == [] and (jobs.get(id).state, jobs.get(id).result[:5]) == ("failed", "开始了5次")


def test_a_server_without_a_queue_is_told(monkeypatch):
    with pytest.raises(UnusableInput, match="工作队列的表没有建成"):
        Queue("postgresql://gongkai@127.0.0.1:1/office", lambda id: None).start()
