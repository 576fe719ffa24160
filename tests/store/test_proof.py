"""What the database gives is held against what was written, and why it gives nothing is said."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace

import numpy as np
import pytest

from domain import UnusableInput
from store import chroma, open_knowledge
from tests.store.conftest import PairEmbedder, regulation

FIRST = regulation("晒谷场办法", ("晒谷场由村委会管理。", "晒谷场不得占用。"), also=("晒谷", ""))
SECOND = regulation("水井办法", ("水井由村民共用。",))


def opened(home):
    return open_knowledge(home, PairEmbedder())


@pytest.fixture
def home(tmp_path):
    """Two documents, in a database that nobody has open."""
    made = opened(tmp_path / "made")
    for document in (FIRST, SECOND):
        made.add(document)
    return shutil.copytree(tmp_path / "made", tmp_path / "home")


def change(home, statement):
    """Alter what is on the disk as damage would, without leaving a trace that SQLite could see."""
    with closing(sqlite3.connect(home / "chroma" / "chroma.sqlite3")) as database:
        assert database.execute(statement).rowcount > 0
        database.commit()


def forget_seals(home):
    change(home, "DELETE FROM embedding_metadata WHERE key = 'seal'")


RECORDS = {
    "an article's text": "UPDATE embedding_metadata SET string_value = '水井由村长专用。' WHERE string_value = '水井由村民共用。'",
    "an article's number": "UPDATE embedding_metadata SET int_value = 7 WHERE key = 'article_no' AND int_value = 2",
    "an article's heading": "UPDATE embedding_metadata SET string_value = '第一竰 总则' WHERE key = 'heading'",
    "digest card or official text": "UPDATE embedding_metadata SET bool_value = 0 WHERE key = 'verbatim'",
    "a record's role": "UPDATE embedding_metadata SET string_value = 'vords' WHERE string_value = 'words'",
    "a record's place": "UPDATE embedding_metadata SET int_value = 3 WHERE key = 'place' AND int_value = 1",
    "a record's edition": "UPDATE embedding_metadata SET key = 'editjon' WHERE key = 'edition'",
    "a record's name": "UPDATE embeddings SET embedding_id = replace(embedding_id, ':', ';')",
}
MARKERS = {
    "a title": "UPDATE embedding_metadata SET string_value = replace(string_value, '水井办法', '水并办法') WHERE key = 'document'",
    "a day": "UPDATE embedding_metadata SET string_value = replace(string_value, '20-03-01', '28-03-01') WHERE key = 'document'",
    "no JSON": "UPDATE embedding_metadata SET string_value = replace(string_value, '{', '[') WHERE key = 'document'",
    "a count": "UPDATE embedding_metadata SET int_value = 5 WHERE key = 'passages'",
    "a rank": "UPDATE embedding_metadata SET int_value = 0 WHERE key = 'rank'",
    "a field": "DELETE FROM embedding_metadata WHERE key = 'records'",
}


@pytest.mark.parametrize("damaged", RECORDS)
def test_an_altered_record_is_told_instead_of_shown(home, damaged):
    change(home, RECORDS[damaged])
    with pytest.raises(UnusableInput, match="知识库文件夹.*gongkai repair"):
        opened(home).search("水井", k=3)


def test_an_altered_article_is_told_to_whoever_opens_its_document(home):
    change(home, RECORDS["an article's text"])
    knowledge = opened(home)
    whole = {}
    for held in knowledge.documents():
        try:
            whole[held.title] = knowledge.document(held.id)
        except UnusableInput as error:
            assert held.title == "水井办法" and "《水井办法》的内容与收入时不同" in str(error)
    assert whole == {"晒谷场办法": FIRST}


def swapped(vector):
    at = [vector.argmin(), vector.argmax()]
    vector[at] = vector[at[::-1]]


def mirrored(vector):
    vector[0] = -vector[0]


@pytest.mark.parametrize("turn", [swapped, mirrored])
def test_a_vector_turned_without_becoming_longer_is_told(home, turn):
    with closing(sqlite3.connect(home / "chroma" / "chroma.sqlite3")) as database:
        at, kept = database.execute("SELECT seq_id, vector FROM embeddings_queue WHERE vector IS NOT NULL").fetchone()
        vector = np.frombuffer(kept, dtype=np.float32).copy()
        turn(vector)
        database.execute("UPDATE embeddings_queue SET vector = ? WHERE seq_id = ?", (vector.tobytes(), at))
        database.commit()
    with pytest.raises(UnusableInput, match="向量与收入时不同.*gongkai repair"):
        opened(home).search("水井", k=3)


def test_records_of_an_earlier_version_have_no_check_and_are_read(home):
    before = [(hit.text, hit.score) for hit in opened(home).search("水井", k=3)]
    change(home, "DELETE FROM embedding_metadata WHERE key = 'check'")
    assert [(hit.text, hit.score) for hit in opened(home).search("水井", k=3)] == before


@pytest.mark.parametrize("damaged", MARKERS)
def test_an_altered_marker_is_told_at_once(home, damaged):
    change(home, MARKERS[damaged])
    with pytest.raises(UnusableInput, match="已损坏.*gongkai repair"):
        opened(home).documents()


@pytest.mark.parametrize("what", ["passages", "documents"])
def test_a_collection_that_is_gone_is_not_made_anew_and_empty(home, what):
    change(home, f"UPDATE collections SET name = replace(name, 'gongkai-{what}', 'gongkaj-{what}')")
    for _ in range(2):
        with pytest.raises(UnusableInput, match="已损坏.*缺少一个集合"):
            opened(home)


def test_markers_of_an_earlier_version_are_sealed_when_the_folder_is_opened(home):
    before = [(hit.text, hit.score) for hit in opened(home).search("水井", k=3)]
    forget_seals(home)
    shutil.rmtree(home / "sources")
    assert [(hit.text, hit.score) for hit in opened(home).search("水井", k=3)] == before
    assert all(held.sealed for held in opened(home).documents())
    change(home, MARKERS["a title"])
    with pytest.raises(UnusableInput, match="已损坏"):
        opened(home)


def test_what_is_damaged_already_gets_neither_seal_nor_file(home):
    forget_seals(home)
    shutil.rmtree(home / "sources")
    change(home, RECORDS["an article's text"])
    knowledge = opened(home)
    assert [held.title for held in knowledge.documents() if held.sealed] == ["晒谷场办法"]
    assert list(knowledge.kept()) == [FIRST]


def test_the_only_good_copy_does_not_go_because_a_marker_names_another_edition(home):
    forget_seals(home)
    change(home, "UPDATE embedding_metadata SET string_value = string_value || 'x' WHERE key = 'edition'")
    knowledge = opened(home)
    assert sorted(document.title for document in knowledge.kept()) == ["晒谷场办法", "水井办法"]
    with pytest.raises(UnusableInput, match="已损坏"):
        knowledge.search("水井")


def test_without_a_kept_copy_only_the_backup_is_named(home):
    change(home, RECORDS["an article's text"])
    knowledge = opened(home)
    shutil.rmtree(home / "sources")
    with pytest.raises(UnusableInput, match="gongkai restore") as caught:
        knowledge.search("水井")
    assert "repair" not in str(caught.value)


def test_a_document_replaced_by_another_program_a_moment_ago_is_no_damage(home):
    reader, writer = opened(home), opened(home)
    held = {each.title: each.id for each in reader.documents()}
    writer.add(replace(SECOND, digest="1" * 64))
    assert reader.document(held["水井办法"]).digest == "1" * 64
    reader.documents()
    writer.remove(held["晒谷场办法"])
    assert reader.document(held["晒谷场办法"]) is None


def test_documents_that_the_database_has_lost_are_counted(home):
    assert opened(home).lost() == 0
    shutil.rmtree(home / "chroma")
    assert opened(home).lost() == 2


def test_words_that_chroma_gives_become_a_cause(tmp_path):
    place = tmp_path / "home" / "chroma"
    place.mkdir(parents=True)

    def said(words):
        with pytest.raises(UnusableInput) as caught, chroma._told(place):
            raise ValueError(words)
        return str(caught.value)

    for words, cause in {
        "error returned from database: (code: 13) database or disk is full": "磁盘已满",
        "error returned from database: (code: 1544) attempt to write a readonly database": "只读",
        "error returned from database: (code: 14) unable to open database file": "打不开",
        "error returned from database: (code: 778) disk I/O error": "磁盘读写出错",
        "IO error: Permission denied (os error 13)": "没有写入权限",
    }.items():
        assert cause in said(words) and "损坏" not in said(words)
    assert "已损坏" in said("error returned from database: (code: 11) database disk image is malformed")
    assert "再试仍然这样" in said("something else") and "损坏" not in said("something else")
