"""office.db: upgraded with its data, shared by threads and processes, whole after a kill; the audit log."""

import csv
import io
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, event, text

from domain import UnusableInput
from ingest.masking import mask
from office import Office
from office.database import Database
from office.schema import REVISION, metadata

ROOT = Path(__file__).parents[2]


@pytest.fixture
def url():
    """These tests are about the file."""
    return ""


def scripts():
    config = Config()
    config.set_main_option("script_location", str(ROOT / "office" / "migrations"))
    return config


# --- migrations -------------------------------------------------------------------------------------


def test_the_first_revision_is_upgraded_with_its_data(home, clock):
    home.mkdir()
    engine = create_engine(f"sqlite:///{home / 'office.db'}")
    with engine.begin() as connection:
        config = scripts()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(
            text("INSERT INTO users VALUES (7, '本机', 'administrator', NULL, NULL, 1, '2025-01-02T00:00:00+00:00')")
        )
        connection.execute(
            text(
                "INSERT INTO conversations VALUES (3, 7, '旧对话', '2025-01-02T00:00:00+00:00', '2025-01-03T00:00:00+00:00')"
            )
        )
    engine.dispose()
    office = Office(home, mask, clock)
    (conversation,) = office.conversations.all(office.users.local())
    assert (conversation.id, conversation.title, conversation.changed_at.day) == (3, "旧对话", 3)
    office.audit.record("本机", "ask")


def test_the_revisions_make_the_tables_that_the_program_uses(home):
    database = Database(home / "office.db")
    assert ScriptDirectory.from_config(scripts()).get_heads() == [REVISION]
    with database.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_keep_what_a_copy_forgets(home):
    """Ids are never given twice, names differ by more than case, and what hangs on a row goes with it: also after upgrades."""
    database = Database(home / "office.db")
    with database.read() as connection:
        made = dict(connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")).all())
        for table in metadata.sorted_tables:
            kept = table.dialect_options["sqlite"]["autoincrement"]
            assert ("AUTOINCREMENT" in made[table.name]) == bool(kept), table.name
            collated = [column for column in table.columns if getattr(column.type, "collation", None)]
            assert made[table.name].count("NOCASE") == len(collated), table.name
            gone = connection.execute(text(f"PRAGMA foreign_key_list({table.name})")).mappings()
            meant = {key.parent.name: key.ondelete or "NO ACTION" for key in table.foreign_keys}
            assert {row["from"]: row["on_delete"] for row in gone} == meant, table.name


def test_a_file_of_a_newer_program_is_left_alone(office, home, clock):
    office.close()
    with sqlite3.connect(home / "office.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    newer.close()
    before = (home / "office.db").read_bytes()
    with pytest.raises(UnusableInput, match="更新版本.*9999"):
        Office(home, mask, clock)
    assert (home / "office.db").read_bytes() == before


def test_a_file_that_is_no_database_is_named(home, clock):
    home.mkdir()
    (home / "office.db").write_text("这不是数据库" * 100, encoding="utf-8")
    with pytest.raises(UnusableInput, match="office.db 已损坏.*restore"):
        Office(home, mask, clock)


@pytest.fixture
def filled(office, home):
    """A closed office with work in it."""
    user = office.users.local()
    conversation = office.conversations.start(user)
    for number in range(200):
        office.conversations.ask(user, conversation.id, f"问题{number}" * 50)
    office.close()
    return home


def test_a_damaged_file_is_called_that_and_the_way_back_named(filled, clock):
    with (filled / "office.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xaa" * (filled / "office.db").stat().st_size)
    with pytest.raises(UnusableInput, match="已损坏.*gongkai restore") as caught:
        Office(filled, mask, clock)
    assert "磁盘已满" not in str(caught.value)


def test_a_full_disk_is_called_that_and_nothing_is_lost(office, home, clock):
    database = office._database
    event.listen(database._engine, "connect", lambda raw, record: raw.execute("PRAGMA max_page_count = 60").close())
    database._engine.dispose()
    user = office.users.local()
    conversation = office.conversations.start(user)
    asked = 0
    with pytest.raises(UnusableInput, match="office.db 不能读写：磁盘已满$"):
        while True:
            office.conversations.ask(user, conversation.id, "问" * 2000)
            asked += 1
    office.close()
    again = Office(home, mask, clock)
    assert len(again.conversations.messages(again.users.local(), conversation.id)) == asked > 0
    again.close()


def test_a_busy_file_is_called_that(filled, clock, monkeypatch):
    monkeypatch.setattr("office.database.BUSY", 0.2)
    office = Office(filled, mask, clock)
    other = sqlite3.connect(filled / "office.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnusableInput, match="不能读写：正被另一个程序占用$"):
        office.conversations.start(office.users.local())
    other.close()
    office.close()


def test_why_no_file_can_be_made_is_said(tmp_path, clock):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(UnusableInput, match="office.db 不能打开：已有同名的文件"):
        Office(tmp_path / "file", mask, clock)
    with pytest.raises(UnusableInput, match="office.db 不能打开：路径中有一段不是文件夹"):
        Office(tmp_path / "file" / "home", mask, clock)


# --- threads, processes, a kill -----------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from office import Office
office = Office(Path(sys.argv[1]), lambda text: text)
user = office.users.local()
conversation = office.conversations.start(user, sys.argv[2])
for number in range(int(sys.argv[3])):
    office.conversations.ask(user, conversation.id, f"问题{number}")
    print(number, flush=True)
"""


def writer(home, name, count):
    arguments = [sys.executable, "-c", WRITER, str(home), name, str(count)]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_processes_open_make_and_write_one_file(home, clock):
    processes = [writer(home, name, 25) for name in ("甲", "乙")]
    for process in processes:
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0, errors
    office = Office(home, mask, clock)
    user = office.users.local()
    assert [len(office.conversations.messages(user, held.id)) for held in office.conversations.all(user)] == [25, 25]


def test_threads_share_an_office(office):
    user = office.users.local()
    conversation = office.conversations.start(user)

    def ask(number):
        office.conversations.ask(user, conversation.id, f"问题{number}")
        return len(office.conversations.messages(user, conversation.id))

    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(ask, range(40)))
    assert max(counts) == 40 and len(office.conversations.messages(user, conversation.id)) == 40


def test_a_killed_program_keeps_what_it_had_committed(home, clock):
    process = writer(home, "甲", 100_000)
    said = [process.stdout.readline() for _ in range(30)]
    process.kill()
    said += process.stdout.read().splitlines()
    process.communicate()
    office = Office(home, mask, clock)
    user = office.users.local()
    (conversation,) = office.conversations.all(user)
    asked = [message.question for message in office.conversations.messages(user, conversation.id)]
    assert asked == [f"问题{number}" for number in range(len(asked))]
    assert len(asked) >= len([line for line in said if line.strip()]) >= 30


def test_a_change_that_fails_leaves_nothing(office):
    user = office.users.local()
    with pytest.raises(ZeroDivisionError), office._database.write() as connection:
        connection.execute(text("UPDATE users SET name = '改了'"))
        1 / 0
    assert office.users.local() == user


# --- the audit log ----------------------------------------------------------------------------------


def test_the_audit_log_can_only_grow(office, home, administrator):
    office.audit.record(administrator, "upload", "2025年台账.xlsx")
    raw = sqlite3.connect(home / "office.db")
    for statement in ("UPDATE audit SET who = '别人'", "DELETE FROM audit"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            raw.execute(statement)
    raw.close()
    assert [entry.who for entry in office.audit.entries(administrator)] == ["王主任"]


def test_the_audit_log_holds_no_personal_data(office, home, administrator):
    office.audit.record("13800138000", "sign_in_refused", "申请人身份证110101199003071233", "电话 13900139000")
    (entry,) = office.audit.entries(administrator)
    assert (entry.who, entry.object, entry.detail) == ("***", "申请人身份证***", "电话 ***")


def test_the_audit_log_is_filtered_and_exported(office, clock, administrator, clerk):
    office.audit.record(clerk, "ask", "对话 1")
    clock.passes(days=1)
    middle = clock()
    office.audit.record(administrator, "export", "=cmd|' /C calc'!A0")
    assert [entry.action for entry in office.audit.entries(administrator)] == ["export", "ask"]
    assert [entry.action for entry in office.audit.entries(administrator, since=middle)] == ["export"]
    assert [entry.action for entry in office.audit.entries(administrator, until=middle)] == ["ask"]
    assert [entry.who for entry in office.audit.entries(administrator, who="小李", action="ask")] == ["小李"]
    rows = list(csv.reader(io.StringIO(office.audit.as_csv(administrator))))
    assert rows[0] == ["时间", "用户", "动作", "对象", "说明"] and rows[1][1:4] == ["小李", "提问", "对话 1"]
    assert rows[2][3].startswith("'=")
    for reading in (office.audit.entries, office.audit.as_csv):
        with pytest.raises(UnusableInput, match="只有管理员"):
            reading(clerk)
    with pytest.raises(ValueError):
        office.audit.record(clerk, "something")


def test_opening_is_quick(office, home, clock):
    start = time.perf_counter()
    Office(home, mask, clock).close()
    assert time.perf_counter() - start < 0.5


# --- an act and its line in the log -----------------------------------------------------------------


def test_what_is_done_together_is_kept_as_one_or_not_at_all(office, administrator, reviewer):
    org, year = "云岫县生态环境局", 2025
    with office.together():
        office.handover.take(org, year, "submitted", reviewer)
        assert office.handover.steps(org, year)[-1].state == "submitted"  # seen within
        assert ThreadPoolExecutor(1).submit(office.handover.steps, org, year).result() == ()  # and nowhere else yet
        office.audit.record(reviewer, "hand_over", "报告", "提交审核")
    before = len(office.audit.entries(administrator))
    with pytest.raises(ValueError, match="no such action"), office.together():
        office.handover.take(org, year, "approved", reviewer)
        office.audit.record(reviewer, "no such thing")
    assert [step.state for step in office.handover.steps(org, year)] == ["submitted"]
    assert len(office.audit.entries(administrator)) == before
    office.handover.take(org, year, "returned", reviewer, "写具体些")  # and the next is on its own again
    assert office.handover.steps(org, year)[-1].state == "returned"
