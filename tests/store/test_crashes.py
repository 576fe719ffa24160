"""Programs that are killed while they write, or that write at once: never half a document, nothing lost."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store import open_knowledge
from tests.store.conftest import PairEmbedder
from tests.store.writing import ARTICLES

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = 12


def started(home, first=0, last=DOCUMENTS, edition="甲"):
    command = [sys.executable, "-m", "tests.store.writing", str(home), str(first), str(last), edition]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)


def whole(home):
    """The editions of the documents held, after a look at each of them: complete, and of one edition."""
    knowledge = open_knowledge(home, PairEmbedder())
    editions = {}
    for held in knowledge.documents():
        texts = [hit.text for hit in knowledge.articles(held.title)]
        assert len(texts) == ARTICLES == held.passages, held.title
        assert len({text[0] for text in texts}) == 1, held.title
        editions[held.title] = texts[0][0]
    found = knowledge.search("内容", k=100)
    assert {hit.title for hit in found} <= set(editions)
    assert knowledge._collections.count() == sum(item.records for item in knowledge.documents())  # nothing is left over
    return editions


@pytest.mark.parametrize("editions", ["甲乙", pytest.param("甲甲甲乙乙", marks=pytest.mark.thorough)])
def test_killed_at_any_moment_and_completed_by_the_next_run(tmp_path, editions):
    chance = random.Random(4)
    held = 0
    for edition in editions:  # 乙 replaces what is there
        writer = started(tmp_path, edition=edition)
        assert writer.stdout.readline().strip() == b"ready"
        time.sleep(chance.uniform(0.02, 0.6))
        writer.kill()
        writer.wait()
        found = whole(tmp_path)
        assert len(found) >= held  # what was kept stays
        held = len(found)
    assert started(tmp_path, edition="乙").wait() == 0
    assert whole(tmp_path) == {f"第{number}号办法": "乙" for number in range(DOCUMENTS)}


@pytest.mark.slow
def test_two_programs_at_once_lose_nothing(tmp_path):
    open_knowledge(tmp_path, PairEmbedder())
    writers = [started(tmp_path, 0, 8), started(tmp_path, 4, DOCUMENTS)]
    reader = open_knowledge(tmp_path, PairEmbedder())
    while any(writer.poll() is None for writer in writers):
        for hit in reader.search("内容", k=50):  # a reader meanwhile sees whole documents only
            assert len(reader.articles(hit.title)) == ARTICLES
        time.sleep(0.2)
    assert [writer.returncode for writer in writers] == [0, 0]
    assert len(whole(tmp_path)) == DOCUMENTS
