"""A full disk and a read-only folder: one sentence, exit code 2, nothing half-written, what was there is whole."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from services import EXAMPLES

ROOT = Path(__file__).parent.parent
LEDGER = EXAMPLES / "台账示例-2025.xlsx"
TEXT = "# 晒谷场管理办法\n\n（2024年3月1日云岫县人民政府公布）\n\n" + "\n\n".join(
    f"第{number}条　晒谷场由村民委员会管理，第{number}户按先后使用。" for number in "一二三四五六七八九"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits and permissions as Linux has them"),
]


def contents(folder):
    """Each file under a folder by its digest; what a database keeps beside itself while it is open is no content."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock", ".turn"))
    }


@pytest.fixture
def home(filled_home, tmp_path):
    return shutil.copytree(filled_home, tmp_path / "data")


@pytest.fixture
def refused(home, tmp_path):
    """Run a command line whose disk refuses it; gives the exit code and the last line of what was said."""

    def run(prepared, size, *arguments):
        settings = {"GONGKAI_HOME": str(home), "GONGKAI_LLM": "none", "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.refusing", prepared, str(size), *map(str, arguments)],
            cwd=ROOT, env=os.environ | settings, capture_output=True, encoding="utf-8", timeout=300,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]

    return run


@pytest.fixture
def read_only():
    """Take the right to write from a folder, and give it back for the tests' own clearing up."""
    changed = []

    def take(folder):
        for path in [folder, *folder.rglob("*")]:
            changed.append((path, path.stat().st_mode))
            path.chmod(path.stat().st_mode & ~0o222)

    yield take
    for path, mode in changed:
        if path.exists():
            path.chmod(mode)


def test_taking_in_on_a_full_disk(refused, home, tmp_path):
    (tmp_path / "晒谷场管理办法.md").write_text(TEXT, encoding="utf-8")
    sources = contents(home / "sources")
    code, said = refused("limit", 20_000, "ingest", tmp_path / "晒谷场管理办法.md")
    assert code == 2 and ("超过了允许的文件大小" in said or "不能读写" in said), said
    assert contents(home / "sources") == sources
    code, said = refused("be_bound", 0, "ingest", tmp_path / "晒谷场管理办法.md")
    assert code == 0, said  # afterwards it can be taken in


def test_taking_in_into_a_read_only_folder(refused, home, tmp_path, read_only):
    (tmp_path / "晒谷场管理办法.md").write_text(TEXT, encoding="utf-8")
    read_only(home)
    before = contents(home)
    code, said = refused("be_bound", 0, "ingest", tmp_path / "晒谷场管理办法.md")
    assert code == 2 and ("没有写入权限" in said or "只读" in said) and str(home) in said, said
    assert contents(home) == before


def test_a_report_on_a_full_disk(refused, tmp_path):
    out = tmp_path / "成稿"
    code, said = refused("limit", 6_000, "build", LEDGER, "--out", out, "--no-pdf")
    assert code == 2 and ("不能写入" in said or "不能读写" in said) and str(tmp_path) in said, said
    assert not out.exists() or not list(out.iterdir())


def test_a_report_over_an_earlier_one_on_a_full_disk(refused, tmp_path):
    out = tmp_path / "成稿"
    assert refused("be_bound", 0, "build", LEDGER, "--out", out, "--no-pdf")[0] == 0
    before = contents(out)
    code, said = refused("limit", 6_000, "build", EXAMPLES / "台账示例-2024.xlsx", "--out", out, "--no-pdf")
    assert code == 2 and "不能写入" in said, said
    assert contents(out) == before


def test_a_report_into_a_read_only_folder(refused, tmp_path, read_only):
    (out := tmp_path / "成稿").mkdir()
    read_only(out)
    code, said = refused("be_bound", 0, "build", LEDGER, "--out", out, "--no-pdf")
    assert code == 2 and "没有写入权限" in said and str(out) in said, said
    assert not list(out.iterdir())


@pytest.mark.parametrize(
    ("prepared", "size", "why"), [("limit", 1_000_000, "备份没有写成"), ("be_bound", 0, "没有写入权限")]
)
def test_a_backup_that_cannot_be_written(refused, home, tmp_path, read_only, prepared, size, why):
    (place := tmp_path / "备份").mkdir()
    if prepared == "be_bound":
        read_only(place)
    before = contents(home)
    code, said = refused(prepared, size, "backup", place / "b.zip")
    assert code == 2 and "备份" in said and why in said, said
    assert not list(place.iterdir()) and contents(home) == before
