"""What lies ready for a search: used while it fits, made anew where it does not, the same whichever way it was made."""

import json
import logging
import shutil

import pytest

from domain import UnusableInput
from store import chroma, open_knowledge
from store.mapped import CONTENTS, opened
from tests.store.conftest import PairEmbedder, regulation

QUESTIONS = ("水井由谁管理", "晒谷场", "依照水井办法第一条")


def well(number=0, also=""):
    texts = (f"第{number}口水井由村民共用。", "依照晒谷场办法管理。", "有下列情形的：\n（一）渴；\n（二）旱。")
    return regulation(f"水井{number or ''}办法", texts, also=(also, "", ""))


@pytest.fixture
def home(tmp_path):
    knowledge = open_knowledge(tmp_path / "home", PairEmbedder())
    for document in (well(), regulation("道路办法", ("道路不得占用。",)), well(7, "谁来修井")):
        knowledge.add(document)
    found(knowledge)
    return tmp_path / "home"


def found(knowledge):
    return [
        [(hit.title, hit.article, hit.text, hit.score, hit.passage_id) for hit in knowledge.search(question, k=9)]
        for question in QUESTIONS
    ]


def again(home):
    return open_knowledge(home, PairEmbedder())


def index(home):
    (folder,) = [each for each in (home / "index").iterdir() if each.is_dir()]
    return folder


def never(*_):
    raise AssertionError("the database was opened")


@pytest.fixture
def closed(monkeypatch):
    """From now on nobody may open the database."""
    return lambda: monkeypatch.setattr(chroma, "embedded", never)


def test_the_database_is_not_opened_while_nobody_has_written(home, closed):
    right, held = found(again(home)), [item.id for item in again(home).documents()]
    closed()
    knowledge = again(home)
    assert found(knowledge) == right and [item.id for item in knowledge.documents()] == held
    assert knowledge.document(held[0]).passages and knowledge.add(well()) == "unchanged"


def test_opening_the_database_does_not_spoil_what_lies_ready(home, closed):
    knowledge = again(home)
    knowledge.document(knowledge.documents()[0].id)  # without a search: read from the database
    closed()
    found(again(home))


def changed_by_another(home):
    again(home).add(regulation("晒谷场办法", ("晒谷场由村委会管理。",)))


def replaced_by_another(home):
    again(home).add(regulation("道路办法", ("道路要修。", "道路不得占用。")))


def removed_by_another(home):
    knowledge = again(home)
    knowledge.remove(next(item.id for item in knowledge.documents() if item.title == "水井办法"))


@pytest.mark.parametrize("change", [changed_by_another, replaced_by_another, removed_by_another])
def test_brought_up_to_date_is_as_made_at_once(home, tmp_path, change):
    change(home)
    afresh = shutil.copytree(home, tmp_path / "afresh")
    shutil.rmtree(afresh / "index")
    assert found(again(home)) == found(again(afresh))
    carried, whole = opened(index(home)), opened(index(afresh))
    assert carried.keys() == whole.keys()
    assert all(carried[name].tobytes() == whole[name].tobytes() for name in whole), "to the byte"


def damaged(path, damage):
    content = bytearray(path.read_bytes())
    if damage == "gone":
        path.unlink()
        return
    content[len(content) // 2] ^= 0x10
    path.write_bytes(content if damage == "flipped" else content[: len(content) // 2])


DAMAGES = ["cut", "flipped", "gone"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damage_of_any_file_is_noticed(home, tmp_path, damage):
    for path in index(home).iterdir():
        if damage == "gone" or path.stat().st_size:
            copy = shutil.copytree(index(home), tmp_path / path.name)
            assert opened(copy) is not None
            damaged(copy / path.name, damage)
            assert opened(copy) is None, path.name


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew(home, damage, caplog):
    caplog.set_level(logging.WARNING, logger="gongkai")
    right = found(again(home))
    largest = max(index(home).iterdir(), key=lambda path: path.stat().st_size)
    for path in (largest, index(home) / CONTENTS):
        damaged(path, damage)
        assert found(again(home)) == right, path.name
        assert [record.getMessage() for record in caplog.records] == ["检索用的索引已损坏，正在重建"], path.name
        caplog.clear()
        assert opened(index(home)) is not None


@pytest.mark.parametrize(
    "damage", [lambda content: content[:90], lambda content: b"", lambda content: content[:-1] + b" "]
)
def test_a_damaged_note_is_not_believed(home, damage):
    right = found(again(home))
    (note,) = (home / "index").glob("*.json")
    note.write_bytes(damage(note.read_bytes()))
    assert found(again(home)) == right


def test_a_database_changed_behind_our_back_is_read_and_proven_again(home):
    database = home / "chroma" / "chroma.sqlite3"
    content = database.read_bytes()
    words = "第7口水井".encode()
    assert words in content
    database.write_bytes(content.replace(words, "第8口水井".encode()))
    with pytest.raises(UnusableInput, match="gongkai repair"):
        again(home).search("水井")


def test_what_a_killed_run_left_unfinished_is_passed_over(home):
    right = found(again(home))
    left = index(home).with_name(f"{index(home).name}.x.unfinished")
    shutil.copytree(index(home), left)
    (left / CONTENTS).write_text(json.dumps({}), encoding="utf-8")
    (home / "knowledge.turn").write_text("another", encoding="utf-8")
    assert found(again(home)) == right


def test_where_nothing_can_be_kept_the_search_goes_on(home, caplog):
    caplog.set_level(logging.WARNING, logger="gongkai")
    right = found(again(home))
    shutil.rmtree(home / "index")
    (home / "index").write_text("a file in its place", encoding="utf-8")
    assert found(again(home)) == right
    assert caplog.records and all("不影响检索" in record.getMessage() for record in caplog.records)
