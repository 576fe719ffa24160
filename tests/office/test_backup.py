"""Backup of a data folder in use as one file, and its return: checked, complete, and undone by nobody."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock

from domain import UnusableInput
from ingest.masking import mask
from office import Office
from office import backup as backup_module
from office.backup import ASIDE, backup, is_staged, stage, swap

ROOT = Path(__file__).parents[2]
PASSWORD = "滚滚长江东逝水2026"


@pytest.fixture
def url():
    """These tests are about the file."""
    return ""


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix() for path in files} - {"knowledge.lock", "office.lock"}


def titles(home):
    office = Office(home, mask, rounds=4)
    try:
        return [held.title for held in office.conversations.all(office.users.sign_in("王主任", PASSWORD))]
    finally:
        office.close()


@pytest.fixture
def filled(office, administrator, home, tmp_path):
    """An office with work in it, still open, as the running workbench has it."""
    office.conversations.start(administrator, "备份以前")
    ledger = tmp_path / "台账.xlsx"
    ledger.write_bytes(b"workbook")
    office.ledgers.keep(administrator, ledger, "清河县环境保护局", 2025)
    (home / "settings.toml").write_text('llm = "none"\n', encoding="utf-8")
    for made_again in ("temporary", "words"):
        (home / made_again).mkdir()
        (home / made_again / "x").write_text("x", encoding="utf-8")
    (home / ".settings.toml-x.partial").write_bytes(b"of a killed program")
    return home


@pytest.fixture
def file(filled, tmp_path):
    return backup(filled, tmp_path / "备份.zip")


def repacked(file, change):
    """The same backup with its entries changed by ``change(entries, manifest)``."""
    with zipfile.ZipFile(file) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(entries.pop("gongkai-backup.json"))
    change(entries, manifest)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("gongkai-backup.json", json.dumps(manifest))
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def declare(entries, manifest, name, content):
    import hashlib

    entries[name] = content
    manifest["files"][name] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def test_a_backup_of_an_open_office_comes_back_elsewhere(office, file, tmp_path):
    other = tmp_path / "另一台"
    other.mkdir()
    manifest = stage(file, other)
    assert manifest["format"] == 1 and swap(other) and not is_staged(other)
    assert titles(other) == ["备份以前"]
    restored = Office(other, mask).ledgers.all()[0]
    assert restored.path.read_bytes() == b"workbook" and (other / "settings.toml").exists()
    assert not {
        path for path in contents(other) if path.startswith(("temporary", "words")) or path.endswith(".partial")
    }


def test_a_restore_sets_aside_what_came_after(office, administrator, file, filled):
    office.conversations.start(administrator, "备份以后")
    stage(file, filled)
    assert "备份以后" in [held.title for held in office.conversations.all(administrator)], (
        "nothing changes until the swap"
    )
    office.close()
    assert swap(filled)
    assert titles(filled) == ["备份以前"]
    assert set(titles(filled / ASIDE)) == {"备份以前", "备份以后"}
    assert not swap(filled)


def test_a_second_restore_replaces_what_the_first_set_aside(office, file, filled):
    office.close()
    for _ in range(2):
        stage(file, filled)
        swap(filled)
    assert titles(filled) == titles(filled / ASIDE) == ["备份以前"]


def test_nothing_is_replaced_under_a_running_workbench(office, file, filled):
    stage(file, filled)
    with pytest.raises(UnusableInput, match="另一个 gongkai"):
        swap(filled)
    assert is_staged(filled) and not (filled / ASIDE).exists()
    office.close()
    assert swap(filled)


@pytest.mark.parametrize("stop", range(12))
def test_a_swap_that_is_stopped_goes_on_at_the_next_start(office, administrator, file, filled, monkeypatch, stop):
    office.conversations.start(administrator, "备份以后")
    office.close()
    stage(file, filled)
    steps = iter(range(100))

    class Killed(BaseException):
        pass

    def counted(do):
        def step(*arguments, **options):
            if next(steps) == stop:
                raise Killed
            return do(*arguments, **options)

        return step

    with monkeypatch.context() as killing:
        killing.setattr(os, "replace", counted(os.replace))
        killing.setattr(Path, "rename", counted(Path.rename))
        try:
            swap(filled)
        except Killed:
            assert is_staged(filled)
    swap(filled)
    assert titles(filled) == ["备份以前"] and len(titles(filled / ASIDE)) == 2 and not is_staged(filled)


def test_any_command_first_ends_a_restore_that_was_stopped(office, administrator, file, filled, monkeypatch, capsys):
    import app

    office.conversations.start(administrator, "备份以后")
    office.close()
    stage(file, filled)
    with monkeypatch.context() as killing:
        killing.setattr(os, "replace", lambda *names: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            swap(filled)
    monkeypatch.setenv("GONGKAI_HOME", str(filled))
    monkeypatch.setattr("sys.argv", ["gongkai", "template", str(filled.parent / "空白台账.xlsx")])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 0 and "已经完成" in capsys.readouterr().err
    assert titles(filled) == ["备份以前"] and not is_staged(filled)


def test_an_unfinished_swap_is_not_staged_over(file, tmp_path):
    home = tmp_path / "home"
    (home / "restore-moving").mkdir(parents=True)
    with pytest.raises(UnusableInput, match="还没有完成"):
        stage(file, home)


# --- what is no backup ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "../evil",
        "a/../../evil",
        "/etc/evil",
        "C:/evil",
        "a\\..\\evil",
        "before-restore/x",
        "restore-moving/x",
        "x.lock",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(file, tmp_path, name):
    repacked(file, lambda entries, manifest: declare(entries, manifest, name, b"x"))
    home = tmp_path / "deep" / "home"
    home.mkdir(parents=True)
    with pytest.raises(UnusableInput, match="不该有的路径"):
        stage(file, home)
    assert not list(tmp_path.rglob("evil")) and not list(home.iterdir())


def _older_database(entries, manifest):
    declare(entries, manifest, "office.db", b"no database" * 500)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda entries, manifest: manifest.update(revision="9999"), "更新版本"),
        (lambda entries, manifest: manifest.update(format=2), "更新版本"),
        (lambda entries, manifest: manifest.pop("files"), "不是 gongkai 的备份"),
        (lambda entries, manifest: manifest.update(files=[1]), "不是 gongkai 的备份"),
        (lambda entries, manifest: entries.update(extra=b"x"), "与清单不符"),
        (lambda entries, manifest: entries.pop("office.db"), "与清单不符"),
        (lambda entries, manifest: entries.update({"settings.toml": b'llm = "evil"'}), "已损坏|不符"),
        (_older_database, "office.db|不能恢复"),
    ],
)
def test_a_backup_that_does_not_hold_together_is_refused(file, filled, change, reason):
    repacked(file, change)
    before = contents(filled)
    with pytest.raises(UnusableInput, match=reason):
        stage(file, filled)
    assert contents(filled) == before


@pytest.mark.parametrize("damage", ["truncated", "flipped", "text", "absent"])
def test_a_damaged_file_is_refused(file, filled, damage):
    content = bytearray(file.read_bytes())
    if damage == "truncated":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        middle = len(content) // 2
        content[middle : middle + 50] = bytes(50)
        file.write_bytes(content)
    elif damage == "text":
        file.write_text("不是压缩文件", encoding="utf-8")
    else:
        file.unlink()
    with pytest.raises(UnusableInput, match="备份"):
        stage(file, filled)
    assert not is_staged(filled)


def test_an_existing_file_is_not_overwritten(file, filled):
    with pytest.raises(UnusableInput, match="已经存在"):
        backup(filled, file)
    with pytest.raises(UnusableInput, match="不存在"):
        backup(filled, filled / "no such folder" / "b.zip")


@pytest.mark.parametrize("name", ["office.db", "chroma/chroma.sqlite3"])
def test_a_damaged_database_is_told_by_its_name(office, filled, tmp_path, name):
    office.close()
    (filled / "chroma").mkdir()
    (filled / name).write_bytes(b"no database" * 500)
    with pytest.raises(UnusableInput, match=f"{Path(name).name} 没有复制成（文件已损坏"):
        backup(filled, tmp_path / "b.zip")
    assert not list(tmp_path.glob("b.zip")) and not list(tmp_path.glob("tmp*"))


SMALL = """
import sys
from pathlib import Path
from domain import UnusableInput
from office.backup import backup
try:
    backup(Path(sys.argv[1]), Path(sys.argv[2]) / "b.zip")
except UnusableInput as error:
    print(error)
print(*Path(sys.argv[2]).iterdir())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="a small disk of one's own")
@pytest.mark.parametrize(
    ("size", "what"), [("100k", ""), ("350k", "office.db"), ("650k", "")], ids=["files", "database", "zip"]
)
def test_a_full_disk_is_called_that(office, filled, tmp_path, size, what):
    office.close()
    (filled / "settings.toml").write_bytes(os.urandom(300_000))
    (small := tmp_path / "small").mkdir()
    mounted = [
        "unshare",
        "-Urm",
        "sh",
        "-c",
        f'mount -t tmpfs -o size={size} tmpfs "$1" && shift && exec "$@"',
        "sh",
        small,
    ]
    if not shutil.which("unshare") or subprocess.run([*mounted, "true"], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    command = [*mounted, sys.executable, "-X", "utf8", "-c", SMALL, filled, small]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=ROOT).stdout
    assert "备份没有写成" in said and "磁盘已满" in said and what in said
    assert len(said.splitlines()) == 2 and not said.splitlines()[1], "nothing half-written is left"


# --- while others work ------------------------------------------------------------------------------


def test_a_backup_during_writing_is_one_moment_of_it(office, administrator, filled, tmp_path):
    conversation = office.conversations.start(administrator, "边写边备份")
    stop = threading.Event()

    def keep_asking():
        while not stop.is_set():
            office.conversations.ask(administrator, conversation.id, "再问")

    thread = threading.Thread(target=keep_asking)
    thread.start()
    try:
        file = backup(filled, tmp_path / "b.zip")
    finally:
        stop.set()
        thread.join()
    stage(file, other := tmp_path / "other")
    swap(other)
    with sqlite3.connect(other / "office.db") as restored:
        assert restored.execute("PRAGMA integrity_check").fetchone() == ("ok",)


LOOK = """
import sys
from contextlib import closing
from pathlib import Path
from ingest.masking import mask
from office import Office
with closing(Office(Path(sys.argv[1]), mask)) as office:
    print(len(office.conversations.all(office.users.named("王主任"))), len(office.ledgers.all()))
"""


def test_what_is_done_after_a_backup_stays_when_another_program_comes_and_goes(
    office, administrator, file, filled, tmp_path
):
    def looked():
        command = [sys.executable, "-c", LOOK, filled]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return done.stdout.split()

    assert looked() == ["1", "1"]
    office.conversations.start(administrator, "备份以后")
    ledger = tmp_path / "又一本.xlsx"
    ledger.write_bytes(b"another workbook")
    office.ledgers.keep(administrator, ledger, "清河县环境保护局", 2024)
    assert looked() == ["2", "2"]


def test_a_backup_waits_for_an_import_and_says_so(filled, tmp_path, monkeypatch):
    from filelock import FileLock

    monkeypatch.setattr(backup_module, "_WAIT", 0.1)
    with FileLock(filled / "knowledge.lock"), pytest.raises(UnusableInput, match="知识库正在写入"):
        backup(filled, tmp_path / "b.zip")


CHROMA = """
import sys, chromadb
client = chromadb.PersistentClient(sys.argv[1], chromadb.Settings(anonymized_telemetry=False))
held = client.get_collection("vectors")
print(held.count(), held.query(query_embeddings=[[17.0, 0, 1]], n_results=1)["ids"][0][0])
"""


def test_an_open_chroma_is_found_whole_in_the_backup(filled, tmp_path):
    import chromadb

    client = chromadb.PersistentClient(str(filled / "chroma"), chromadb.Settings(anonymized_telemetry=False))
    collection = client.create_collection("vectors", embedding_function=None)
    # More than Chroma's 1,000, so that vectors lie in its files and in its SQLite queue.
    rows = [[float(number), 0.0, 1.0] for number in range(1100)]
    collection.add(ids=[f"p{number}" for number in range(1100)], embeddings=rows)
    file = backup(filled, tmp_path / "b.zip")
    collection.delete(ids=["p17"])
    stage(file, other := tmp_path / "other")
    swap(other)
    # In a program of its own: Chroma keeps one client a folder in a process.
    run = subprocess.run([sys.executable, "-c", CHROMA, other / "chroma"], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["1100", "p17"]


def test_what_a_killed_backup_has_left_is_removed_and_what_another_works_in_is_not(filled, tmp_path):
    folders = [tmp_path / f".gongkai-backup-{name}" for name in ("killed", "working")]
    for folder in folders:
        (folder / "home").mkdir(parents=True)
        (folder / "home" / "office.db").write_bytes(b"everything")
        (folder / "in-use").touch()
    theirs = tmp_path / ".gongkai-backup-of-mine"  # no such folder: what a user calls so
    theirs.mkdir()
    with FileLock(folders[1] / "in-use"):
        backup(filled, tmp_path / "备份.zip")
    assert [folder.exists() for folder in (*folders, theirs)] == [False, True, True]
