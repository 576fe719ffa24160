"""Nobody opens a live database by hand: what was acknowledged stays, whatever else is run on the same data folder.

Closing any handle of a file drops all of a process's POSIX locks on it (``office.copying``).
"""

import ast
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from ingest.masking import mask
from office import Office
from tests import watched

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "knowledge" / "examples"
LEDGER = EXAMPLES / "台账示例-2025.xlsx"
REPORT = EXAMPLES / "年度报告示例-2024.md"

# --- the code ---------------------------------------------------------------------------------------

# Who works in the data folder and opens files by hand, and what: a new one has to be thought about, here.
OPENED = {
    "commands.options.own_words": "a text named on the command line",
    "commands.options.read_answers": "a file of answers named on the command line",
    "settings.choose": "settings.toml",
    "settings._read": "gongkai.toml and settings.toml",
    "office.backup.backup": "the finished zip file",
    "office.backup._copy_unchanged": "what is_database says is no database",
    "office.backup._pack": "copies made for the backup",
    "office.backup._digest": "copies made for the backup, or unpacked from one",
    "office.backup._opened": "a backup that was uploaded",
    "office.backup._unpack": "what it unpacks",
    "office.backup._sound": "the office.db it has unpacked",
    "office.backup.stage": "what it has unpacked",
    "office.backup.unused_by_others": "office.db by SQLite, as the office does, before anybody works with it",
    "office.copying._copy": "databases by SQLite, in a program of its own",
    "office.database.Database.__init__": "office.db where there is none yet, and else not",
    "office.handed_in.HandedInFiles.receive": "a file that was handed in, and its copy",
    "office.ledgers.Ledgers._copy": "an uploaded ledger and its copy",
    "office.ledgers.Ledgers._copy_folder": "an uploaded ledger of several files",
    "office.ledgers._name_of_folder": "an uploaded ledger of several files, or a kept one",
    "office.ledgers._named": "a kept ledger, held against its name",
    "office.users_file.read_users": "the list of users beside the program",
    "services.collections.Collecting.write": "the letters and the totals",
    "services.collections._content": "a report that is read, or the figures beside it",
    "services.gathering._together": "a page, and the figures beside it",
    "services.gathering._unpack": "a report that came in an archive",
    "services.jobs.Jobs.files": "a file to be taken in, and its copy",
    "services.known._program": "what ships with the program",
    "services.private": "the words that ship with the program",
    "services.large.digest": "a ledger that is read, and the office's words for it",
    "services.large.content_size": "a ledger that is read",
    "services.ledgers.Bookkeeping._computed": "the sums of a collection",
    "services.ledgers.Bookkeeping.take_sums": "the sums of a collection",
    "services.ledgers.read_figures": "a figures.json",
    "services.opening.forgotten_examples": "the list of examples that were deleted",
    "services.opening.forget_example": "the list of examples that were deleted",
    "services.publishing.Publishing._made": "a file of the report",
    "services.publishing.Publishing.make": "a file of the report that another workbench made",
    "services.reports.Reporting.annotate": "the annotated report",
    "services.reports.Reporting._examine": "a page made for the check",
    "services.reports._bytes_of": "a report that is checked",
    "services.reports._read_again": "a copy made for the annotated report",
    "services.submissions.Submissions.original": "a report that was handed in",
    "services.submissions.Submissions.to_library": "a report that was handed in",
    "services.submissions.Submissions.write_report": "the government's report",
    "services.trial.read_trials": "a file of questions",
    "store.elsewhere._loaded": "what ships with the program",
    "store.asked._loaded": "what ships with the program",
    "store.asking.question_map": "what ships with the program",
    "store.cited._national_laws": "what ships with the program",
    "store.embedding._fingerprint": "weights",
    "store.embedding._in_bytes": "weights",
    "store.embedding._let_go_of_weights": "/proc/self/maps",
    "store.encoder._json": "weights",
    "store.evidence._curves": "what ships with the program",
    "store.kept.KeptSources.put": "a document taken in, as .json",
    "store.kept._read": "a document taken in, as .json",
    "store.lexical._cutter": "the word index's dictionary",
    "store.lexical._intact": "the word index's dictionary",
    "store.columns._maker": "the program itself",
    "store.mapped.Parts.add": "the index",
    "store.mapped.Parts.keep": "the index",
    "store.mapped._sum": "the index",
    "store.mapped.opened": "the index",
    "store.pieces.Pieces.__init__": "weights",
    "store.ready.Ready._write": "the index's note",
    "store.ready.Ready.note": "the index's note",
    "store.turn.Turns._mark": "knowledge.turn",
    "store.turn.Turns.taken": "knowledge.turn",
    "store.validity.load_registry": "the registry that ships with the program",
    "ui.collecting._Collecting._file": "a file to be downloaded",
    "ui.data._folder": "uploaded ledgers",
    "ui.theme": "styles and scripts of the page",
}
# What is called ``open`` and opens no file.
NO_FILES = {"talk", "sessions", "self"}
BY_HAND = {
    "Path": {"read_text", "read_bytes", "write_text", "write_bytes", "touch"},
    "os": {"open"},
    "shutil": {"copy", "copy2", "copyfile", "copytree", "move", "make_archive"},
    "durable": {"write", "rename", "synchronise"},
    "sqlite3": {"connect"},
    "zipfile": {"ZipFile"},
    "np": {"load", "fromfile", "memmap"},
}


def opens(call: ast.Call) -> bool:
    """Whether a call opens files by hand, judged by its name: one too many is looked at, one too few is not."""
    if isinstance(call.func, ast.Name):
        return call.func.id in {"open", "ZipFile", "connect", "copyfile", "copytree", "copy2"}
    if not isinstance(call.func, ast.Attribute):
        return False
    name, of = call.func.attr, ast.unparse(call.func.value).split(".")[-1]
    return name in BY_HAND["Path"] or name in BY_HAND.get(of, ()) or (name == "open" and of not in NO_FILES)


def places(node: ast.AST, within: str):
    """Where files are opened, as module.function."""
    for child in ast.iter_child_nodes(node):
        inner = f"{within}.{child.name}" if isinstance(child, (ast.FunctionDef, ast.ClassDef)) else within
        if isinstance(child, ast.Call) and opens(child):
            yield within
        yield from places(child, inner)


def test_whoever_opens_files_by_hand_is_known():
    sources = [ROOT / "app.py", ROOT / "settings.py"]
    for package in ("commands", "office", "services", "store", "ui"):
        sources += (ROOT / package).rglob("*.py")
    found = set()
    for source in sources:
        module = ".".join(source.relative_to(ROOT).with_suffix("").parts)
        found |= set(places(ast.parse(source.read_text(encoding="utf-8")), module))
    assert found == set(OPENED)


# --- a serving workbench ----------------------------------------------------------------------------


class Workbench:
    """``gongkai serve`` over a data folder, watched, and used as the page uses it."""

    def __init__(self, home, folder):
        self.home = home
        self.log = folder / "opened.log"
        self.environment = os.environ | {"GONGKAI_HOME": str(home), "GONGKAI_LLM": "none"}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        command = [sys.executable, watched.__file__, self.log, home, "serve", "--port", port]
        with (folder / "server.log").open("w", encoding="utf-8") as said:
            self.process = subprocess.Popen(
                list(map(str, command)), cwd=ROOT, env=self.environment, stdout=said, stderr=subprocess.STDOUT
            )
        self.client = self._client(folder / "server.log")

    def _client(self, log):
        import httpx
        from gradio_client import Client

        for _ in range(400):
            assert self.process.poll() is None, log.read_text(encoding="utf-8")
            try:
                return Client(self.address, verbose=False, download_files=False, analytics_enabled=False)
            except httpx.ConnectError:
                time.sleep(0.3)
        raise AssertionError(log.read_text(encoding="utf-8"))

    def does(self, what, *inputs, event="click"):
        """Do to a control (by its id or label) what a user would; returns when the server has answered."""
        return self.client.predict(*inputs, fn_index=self.handler(what, event))

    def handler(self, what, event):
        config = self.client.config
        called = {
            each["id"]: [each["props"].get(name) for name in ("elem_id", "label", "value")]
            for each in config["components"]
        }
        meant = [id for id, names in called.items() if what in names]
        return next(
            each["id"] for each in config["dependencies"] if any([id, event] in each["targets"] for id in meant)
        )

    def makes(self, what):
        """Have a file of the report made, as its button does after it has said that it is at it."""
        said = self.handler(what, "click")
        made = next(each["id"] for each in self.client.config["dependencies"] if each["trigger_after"] == said)
        return self.client.predict("", fn_index=made)

    def command(self, *arguments):
        """Another gongkai on the same data folder."""
        command = [sys.executable, ROOT / "app.py", *arguments]
        done = subprocess.run(list(map(str, command)), cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def has_kept_its_locks(self):
        """It holds its locks on the office's database, and has opened no database by hand since it was started.

        Chroma's database has no lock that lasts: Chroma takes one for each transaction only.
        """
        if sys.platform == "linux":
            locks = [line.split() for line in Path("/proc/locks").read_text(encoding="utf-8").splitlines()]
            held = {
                int(line[5].split(":")[-1]) for line in locks if line[1] == "POSIX" and int(line[4]) == self.process.pid
            }
            assert {(self.home / name).stat().st_ino for name in ("office.db", "office.db-shm")} <= held
        assert not self.log.read_text(encoding="utf-8")

    def end(self, how):
        self.process.send_signal(signal.Signals[how])
        self.process.wait(timeout=60)


@pytest.fixture
def workbench(filled_home, tmp_path):
    shutil.copytree(filled_home, tmp_path / "data")
    started = Workbench(tmp_path / "data", tmp_path)
    yield started
    if started.process.poll() is None:
        started.end("SIGKILL")
    print((tmp_path / "server.log").read_text(encoding="utf-8"))  # pytest shows it where the test has failed


@pytest.mark.thorough
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_what_is_done_after_a_backup_and_other_commands_is_there_at_the_next_start(workbench, tmp_path, how):
    from gradio_client import handle_file

    home = workbench.home
    workbench.does("send", "依申请公开多久答复？", "今天")
    workbench.does("make-backup")
    workbench.has_kept_its_locks()
    workbench.command("backup", tmp_path / "x.zip")
    workbench.command("ask", "主动公开的期限？")
    workbench.command("check", REPORT)
    workbench.command("tables", LEDGER)
    workbench.command("status")
    workbench.does("send", "收费吗？", "今天")
    workbench.does("ledger", [handle_file(LEDGER)], event="upload")
    workbench.makes("下载 Word")
    workbench.has_kept_its_locks()
    workbench.end(how)

    office = Office(home, mask)
    user = office.users.local()
    asked = [
        message for each in office.conversations.all(user) for message in office.conversations.messages(user, each.id)
    ]
    assert [message.question for message in asked] == ["依申请公开多久答复？", "收费吗？"]
    assert all(message.answer for message in asked)
    ledger = office.ledgers.on_desk(user).ledger
    assert ledger.path.read_bytes() == LEDGER.read_bytes()
    drafts = office.drafts.current(ledger.org, ledger.year)
    assert {"overview", "problems"} <= set(drafts) and all(each.draft.text for each in drafts.values())
    assert {"ask", "backup", "upload", "export"} == {each.action for each in office.audit.entries(user)}
    office.close()
    with closing(sqlite3.connect(home / "chroma" / "chroma.sqlite3")) as chroma:
        assert chroma.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.thorough
def test_a_serving_workbench_opens_no_database_by_hand(workbench, tmp_path):
    import httpx
    from gradio_client import handle_file

    def done(what, *inputs, event="click"):
        given = workbench.does(what, *inputs, event=event)
        workbench.has_kept_its_locks()
        return given

    done("send", "依申请公开多久答复？", "今天")
    made = done("make-backup")["value"]["path"]
    done("状况", event="select")
    done("restore", handle_file(made), event="upload")
    done("export-md")
    done("ledger", [handle_file(LEDGER)], event="upload")
    workbench.makes("下载 Word")
    workbench.has_kept_its_locks()
    # Nor can anybody make it open one: it gives out no file of the data folder and takes none for an upload.
    for name in ("office.db", "office.db-shm", "chroma/chroma.sqlite3"):
        path = str(workbench.home / name)
        assert httpx.get(f"{workbench.address}/gradio_api/file={path}").status_code == 403
        sent = {"path": path, "meta": {"_type": "gradio.FileData"}}
        asked = {"data": [sent], "fn_index": workbench.handler("restore", "upload"), "session_hash": "another"}
        assert httpx.post(f"{workbench.address}/gradio_api/queue/join", json=asked).status_code == 200
        assert (
            '"success":false'
            in httpx.get(f"{workbench.address}/gradio_api/queue/data?session_hash=another", timeout=60).text
        )
    workbench.has_kept_its_locks()
