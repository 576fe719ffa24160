"""Damaged, full and read-only: what is shown is right, or one sentence says what is the matter and the way back."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from store import open_knowledge
from tests.store.conftest import PairEmbedder, regulation

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("made") / "home"
    knowledge = open_knowledge(place, PairEmbedder())
    for number in range(4):
        knowledge.add(
            regulation(f"第{number}号办法", ("晒谷场由村委会管理。", f"水井由第{number}村村民共用。", "道路不得占用。"))
        )
    knowledge.search("水井")
    return place


@pytest.fixture
def home(made, tmp_path):
    return shutil.copytree(made, tmp_path / "home")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each damage is looked at in a child process")
@pytest.mark.thorough
def test_a_flipped_bit_is_told_or_does_no_harm(home):
    command = [sys.executable, "-m", "tests.store.damaging", str(home), "7", "16"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    (_, code, right), *damaged = json.loads(run.stdout)
    assert code == 0 and json.loads(right)[0]
    told = set()
    for what, code, said in damaged:
        last = said.rpartition("\n")[2]  # Chroma itself may print a line of its own before
        if code == 0:
            assert json.loads(last) == json.loads(right), what
        else:
            assert code == 2 and "Traceback" not in said, f"{what}: {said}"
            assert "知识库" in last and "gongkai repair" in last, f"{what}: {last}"
            told.add(what.partition(" ")[0])
    assert told >= {"header", "article", "marker"}


def test_a_knowledge_base_made_again_gives_what_the_damaged_one_gave(home):
    before = [
        (hit.title, hit.article, hit.text, hit.score)
        for hit in open_knowledge(home, PairEmbedder()).search("水井", k=4)
    ]
    with (home / "chroma" / "chroma.sqlite3").open("r+b") as file:
        file.truncate(5000)
    shutil.move(home / "chroma", home / "damaged")
    again = open_knowledge(home, PairEmbedder())
    assert again.lost() == 4
    assert list(again.add_all(list(again.kept()), copying=True)) == ["added"] * 4 and again.lost() == 0
    assert [(hit.title, hit.article, hit.text, hit.score) for hit in again.search("水井", k=4)] == before


# --- where nothing can be written -------------------------------------------------------------------------

FILLING = """
import sys
from pathlib import Path
from domain import UnusableInput
from store import open_knowledge
from tests import refusing
from tests.store.conftest import PairEmbedder, regulation
try:
    getattr(refusing, sys.argv[2])(*map(int, sys.argv[3:]))
    knowledge = open_knowledge(Path(sys.argv[1]), PairEmbedder())
    for number in range(200):
        knowledge.add(regulation(f"再收{number}办法", tuple("字" * 400 for _ in range(9))))
except UnusableInput as error:
    print(error)
"""


def filling(home, *prepared):
    command = [sys.executable, "-c", FILLING, str(home), *map(str, prepared)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0 and "Traceback" not in run.stderr, run.stderr
    return run.stdout.strip()


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit")
def test_a_file_that_may_grow_no_more_is_called_that_and_nothing_is_lost(home):
    said = filling(home, "limit", (home / "chroma" / "chroma.sqlite3").stat().st_size + 50_000)
    assert "不能读写" in said and "损坏" not in said
    found = open_knowledge(home, PairEmbedder()).search("水井", k=4)
    assert {hit.title for hit in found} >= {f"第{number}号办法" for number in range(4)}


@pytest.mark.skipif(sys.platform != "linux", reason="the administrator may write everywhere")
@pytest.mark.parametrize("what", ["chroma", "chroma/chroma.sqlite3", "sources"])
def test_what_may_not_be_written_is_called_that(home, what):
    place = home / what
    place.chmod(0o555 if place.is_dir() else 0o444)
    said = filling(home, "be_bound")
    place.chmod(0o755 if place.is_dir() else 0o644)
    assert ("只读" in said or "没有写入权限" in said) and "损坏" not in said and str(home) in said
