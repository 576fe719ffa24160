"""The office's tables on a real PostgreSQL server: made once, shared, refused and found again in plain words."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from domain import UnusableInput
from ingest.masking import mask
from office import Office
from office.schema import metadata
from office.server import ServerDatabase, address
from tests import servers
from tests.conftest import absent

PASSWORD = "滚滚长江东逝水2026"
ROOT = Path(__file__).parents[2]


@pytest.fixture
def url(postgresql, tables):
    return postgresql.emptied(tables)


def test_the_revisions_make_the_tables_that_the_program_uses(postgresql):
    database = ServerDatabase(postgresql.made())
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    database.close()


def test_a_database_of_a_newer_program_is_left_alone(postgresql, home, clock):
    url = postgresql.made()
    Office(home, mask, clock, url=url).close()
    with psycopg.connect(url) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(UnusableInput, match="更新版本.*9999"):
        Office(home, mask, clock, url=url)


OPENING = """
import sys
from pathlib import Path
from office import Office
office = Office(Path(sys.argv[1]), lambda text: text, url=sys.argv[2])
user = office.users.local()
conversation = office.conversations.start(user, sys.argv[3])
for number in range(20):
    office.conversations.ask(user, conversation.id, f"问题{number}")
"""


def test_two_programs_make_and_write_one_new_database(postgresql, home, clock):
    url = postgresql.made()
    started = [
        subprocess.Popen([sys.executable, "-c", OPENING, str(home / name), url, name], cwd=ROOT, stderr=subprocess.PIPE)
        for name in ("甲", "乙")
    ]
    for process in started:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    office = Office(home, mask, clock, url=url)
    user = office.users.local()
    assert [len(office.conversations.messages(user, held.id)) for held in office.conversations.all(user)] == [20, 20]
    office.close()


def test_an_office_that_grows_takes_its_work_along(postgresql, home, clock):
    alone = Office(home, mask, clock, rounds=4)
    head = alone.users.create_administrator("王主任", PASSWORD)
    clerk = alone.users.create(head, "小李", PASSWORD)
    conversation = alone.conversations.start(clerk)
    asked = [alone.conversations.ask(clerk, conversation.id, f"问题{number}") for number in range(3)]
    alone.audit.record(clerk, "ask", "对话")
    token = alone.sessions.open(clerk)
    before = alone.audit.entries(head)
    alone.close()
    url = postgresql.made()
    shared = Office(home, mask, clock, rounds=4, url=url)
    assert shared.users.sign_in("小李", PASSWORD) == clerk and shared.sessions.user(token) == clerk
    assert shared.conversations.messages(clerk, conversation.id) == asked and shared.audit.entries(head) == before
    assert shared.conversations.ask(clerk, conversation.id, "还有").id == asked[-1].id + 1
    assert shared.users.create(head, "老张", PASSWORD).id == clerk.id + 1
    shared.close()
    again = Office(home, mask, clock, rounds=4, url=url)  # not a second time
    assert [user.name for user in again.users.all()] == [user.name for user in shared.users.all()]
    again.close()
    shared.close()


def test_a_move_that_fails_moves_nothing_and_can_be_tried_again(postgresql, home, clock, monkeypatch):
    alone = Office(home, mask, clock, rounds=4)
    conversation = alone.conversations.start(alone.users.local(), "标题\0")  # which the server does not take
    alone.close()
    url = postgresql.made()
    with pytest.raises(UnusableInput, match="不能存的字符"):
        Office(home, mask, clock, url=url)
    alone = Office(home, mask, clock)
    alone.conversations.rename(alone.users.local(), conversation.id, "标题")
    alone.close()
    shared = Office(home, mask, clock, url=url)
    assert [held.title for held in shared.conversations.all(shared.users.local())] == ["标题"]
    shared.close()


def test_one_writes_at_a_time(opened, office, administrator):
    """Each save looks first what counts and then points to its own: nobody's is lost between the two."""
    other = opened()

    def failed(number):
        who = (office, other)[number % 2]
        with pytest.raises(UnusableInput):
            who.users.sign_in("王主任", "不对的密码", f"机器{number // 4}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(failed, range(16)))
    rows = psycopg.connect(office._database.url.render_as_string(False).replace("+psycopg", ""))
    assert [row[0] for row in rows.execute("SELECT failures FROM signin_failures ORDER BY name")] == [4, 4, 4, 4]
    rows.close()


def test_the_audit_log_can_only_grow(url, office, administrator):
    office.audit.record(administrator, "upload", "2025年台账.xlsx")
    for statement in ("UPDATE audit SET who = '别人'", "DELETE FROM audit", "TRUNCATE audit"):
        with psycopg.connect(url) as raw, pytest.raises(psycopg.errors.IntegrityError, match="append-only"):
            raw.execute(statement)
    assert len(office.audit.entries(administrator)) == 1


def test_a_writer_that_does_not_end_is_told(url, opened, monkeypatch):
    monkeypatch.setattr("office.server.BUSY", 0.3)
    office = opened()
    with psycopg.connect(url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x676F6E67,))
        with pytest.raises(UnusableInput, match="不能读写：别的工作台正在写入"):
            office.users.local()
    assert office.users.local()


def test_a_character_that_cannot_be_kept_is_told(office):
    user = office.users.local()
    with pytest.raises(UnusableInput, match="不能存的字符"):
        office.conversations.start(user, "标题\0")
    assert office.conversations.all(user) == []


@pytest.mark.parametrize(
    "wrong",
    ["x", "mysql://a:geheim@h/d", "postgresql://a:geheim@h", "postgresql://a:geheim@h:port/d", "sqlite:///x.db"],
)
def test_an_address_that_is_none_is_told_without_its_password(wrong):
    with pytest.raises(UnusableInput, match="GONGKAI_DATABASE_URL 不正确") as told:
        address(wrong)
    assert "geheim" not in str(told.value)


def test_nobody_answers(home, clock):
    url = f"postgresql://gongkai:geheim@127.0.0.1:{servers.free_port()}/office"
    with pytest.raises(UnusableInput, match="没有应答.*GONGKAI_DATABASE_URL") as told:
        Office(home, mask, clock, url=url)
    assert "geheim" not in str(told.value) and "\n" not in str(told.value)


def test_a_server_that_goes_and_comes_back(home, clock):
    """22.4: a sentence in between, then it works again and everything is there."""
    programs = servers.postgresql_programs() or absent("no PostgreSQL server; ./test --all installs one")
    with servers.postgresql(programs) as server:
        office = Office(home, mask, clock, rounds=4, url=server.made())
        user = office.users.local()
        conversation = office.conversations.start(user)
        kept = [office.conversations.ask(user, conversation.id, f"问题{number}") for number in range(5)]
        with pytest.raises(UnusableInput, match="没有应答.*已保存的都在"), office._database.write() as connection:
            connection.exec_driver_sql("UPDATE messages SET question = '改了'")
            server.stop()
            connection.exec_driver_sql("UPDATE messages SET question = '又改了'")
        for _ in range(2):
            with pytest.raises(UnusableInput, match="没有应答"):
                office.conversations.messages(user, conversation.id)
        server.start()
        assert office.conversations.messages(user, conversation.id) == kept
        assert office.conversations.ask(user, conversation.id, "又来了").id == kept[-1].id + 1
        office.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="its processes are looked up as Linux lists them")
def test_a_server_that_says_nothing_is_not_waited_for_without_end(home, clock, monkeypatch):
    """22.4: stopped, not ended: it keeps its connections, so that the driver itself would wait for ever."""
    monkeypatch.setattr("office.silence.ANSWERS_WITHIN", 1.0)
    monkeypatch.setattr("office.silence.PINGS_WITHIN", 0.5)
    monkeypatch.setattr("office.server._CONNECTS_WITHIN", 2)
    programs = servers.postgresql_programs() or absent("no PostgreSQL server; ./test --all installs one")
    with servers.postgresql(programs) as server:
        office = Office(home, mask, clock, rounds=4, url=server.made())
        user = office.users.local()
        conversation = office.conversations.start(user)
        kept = [office.conversations.ask(user, conversation.id, f"问题{number}") for number in range(3)]
        uses = {
            "read": lambda: office.conversations.messages(user, conversation.id),
            "write": lambda: office.conversations.ask(user, conversation.id, "停着"),
            "another workbench": lambda: Office(home, mask, clock, url=server.url("office1")),
        }
        with server.stopped():
            for use in uses.values():
                with pytest.raises(UnusableInput, match="没有应答.*GONGKAI_DATABASE_URL"):
                    use()
        assert office.conversations.messages(user, conversation.id) == kept
        with pytest.raises(UnusableInput, match="1 秒没有回应.*已保存的都在"), office._database.write() as connection:
            connection.exec_driver_sql("UPDATE messages SET question = '改了'")
            with server.stopped():
                connection.exec_driver_sql("UPDATE messages SET question = '又改了'")
        with pytest.raises(UnusableInput, match="1 秒没有回应"), office._database.read() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(9)")  # busy, with nothing to say
        assert office.conversations.messages(user, conversation.id) == kept
        assert office.conversations.ask(user, conversation.id, "又来了").id == kept[-1].id + 1
        office.close()
