"""Another embedding model: the old index serves until the new one holds the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain import Document, Note, Passage
from store import open_knowledge, rebuild


@pytest.fixture
def filled(knowledge, document):
    knowledge.add(document(also=("晒谷 晾晒", ""), number="某令第1号", notes=(Note("no-date", "日期有待核对"),)))
    knowledge.add(document(title="水井管理办法", texts=("本办法管水井。",) * 9))
    tables = {"table2": {"licensing": 3, "fees_wan_yuan": Decimal("12.3400")}}
    passages = (Passage("全年公开信息三条。", heading="一、总体情况"),)
    knowledge.add(
        Document("report", "某局2024年报告", "某局.docx", "0" * 64, passages, org="某局", year=2024, tables=tables)
    )
    return knowledge


@pytest.fixture
def other(tmp_path, filled, other_embedder):
    return open_knowledge(tmp_path / "home", other_embedder)


def never():
    return False


def test_a_document_comes_back_whole(filled):
    for held in filled.documents():
        whole = filled.document(held.id)
        assert replace(whole, passages=()) == held.document
        assert len(whole.passages) == held.passages
        assert filled.add(whole) == "unchanged"
    assert filled.document("nothing") is None


def test_another_model_gets_the_same_documents_while_the_old_index_serves(filled, other):
    assert other.is_empty()
    seen = []

    def look(done, total):
        seen.append((done, total))
        assert filled.search("晒谷场", k=1)[0].title == "晒谷场管理办法"

    assert rebuild(filled, other, look, never)
    assert [held.edition for held in other.documents()] == [held.edition for held in filled.documents()]
    assert other.counts() == filled.counts()
    assert seen[-1] == (12, 12)
    assert other.search("水井", k=1)[0].title == "水井管理办法"
    # Both go on to be written to.
    assert filled.remove(filled.documents()[0].id)
    assert other.counts()["documents"] == 3


def test_what_changed_since_is_caught_up_with_and_nothing_else(filled, other, document):
    rebuild(filled, other, lambda done, total: None, never)
    embedded = other.embedder.embedded
    assert rebuild(filled, other, lambda done, total: None, never)
    assert other.embedder.embedded == embedded
    filled.remove(filled.documents()[0].id)
    filled.add(document(title="果园管理办法", promulgated=date(2021, 5, 1)))
    assert rebuild(filled, other, lambda done, total: None, never)
    assert {held.title for held in other.documents()} == {held.title for held in filled.documents()}


def test_a_stopped_rebuild_goes_on_later(filled, other):
    assert not rebuild(filled, other, lambda done, total: None, lambda: True)
    assert other.counts()["documents"] < 3
    assert rebuild(filled, other, lambda done, total: None, never)
    assert other.counts() == filled.counts()
