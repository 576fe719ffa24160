"""Documents kept beside the database: whole, recognised when damaged, and enough to make it again."""

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain import Document, Note, Passage, UnusableInput
from store import KnowledgeBase, Registry, open_knowledge
from store.kept import KeptSources
from store.records import as_text, edition, from_text, marker, summary
from tests.store.conftest import PairEmbedder, regulation
from tests.store.memory import MemoryCollections

FIRST = regulation("晒谷场办法", ("晒谷场由村委会管理。", "晒谷场不得占用。"))
SECOND = regulation("水井办法", ("水井由村民共用。",))


def opened(home):
    return open_knowledge(home, PairEmbedder())


def files(home):
    return sorted(path.stem for path in (home / "sources").glob("*.json"))


def editions(knowledge):
    return sorted(item.edition for item in knowledge.documents())


@pytest.fixture
def knowledge(tmp_path):
    made = opened(tmp_path)
    for document in (FIRST, SECOND):
        made.add(document)
    return made


def test_what_is_held_has_a_file(tmp_path, knowledge):
    assert files(tmp_path) == editions(knowledge) and len(files(tmp_path)) == 2
    knowledge.add(replace(FIRST, digest="another"))
    assert files(tmp_path) == editions(knowledge)
    knowledge.remove(knowledge.documents()[0].id)
    assert files(tmp_path) == editions(knowledge) and len(files(tmp_path)) == 1


def test_a_document_comes_back_exactly():
    report = Document(
        "report",
        "年报",
        "年报.docx",
        "d",
        FIRST.passages,
        org="某局",
        year=2025,
        tables={"table2": {"fees_wan_yuan": Decimal("0.3500")}},
        notes=(Note("no-date", "一"), Note("", "二")),
    )
    for document in (FIRST, report, replace(FIRST, beside=True)):
        assert from_text(as_text(document)) == document
        assert edition(from_text(as_text(document))) == edition(document)


def test_codes_of_notes_leave_the_editions_of_earlier_versions_as_they_were():
    """Stored when notes were plain words; a document of the same words is that document."""
    stored = {
        "6dbec412761bcc5f2729-54d3fdedca9f": Document(
            "regulation",
            "云岫县井水管理办法",
            "井水办法.txt",
            "0" * 64,
            (Passage("各村管护本村水井。", "第一条", 1, heading="第一章 总则"),),
            number="云岫县令第3号",
            promulgated=date(2020, 1, 2),
            effective_from=date(2020, 3, 1),
            notes=(Note("articles-missing", "缺少第二条"), Note("no-number", "没有找到文号")),
        ),
        "8959a4acf98a4048e3ed-81c92d327389": Document(
            "report",
            "云岫县水务局2024年报告",
            "报告.docx",
            "1" * 64,
            (Passage("全文", heading="一、总体情况", verbatim=False),),
            org="云岫县水务局",
            year=2024,
            tables={"table2": {"fees_wan_yuan": Decimal("1.50")}},
            notes=(Note("row-missing", "表三缺少“（一）予以公开”一行"),),
        ),
    }
    for named, document in stored.items():
        assert edition(document) == edition(from_text(as_text(document))) == named
        assert summary("id", marker("id", document, 3)).document.notes == document.notes


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c[:40],
        lambda c: b"",
        lambda c: c.replace("晒".encode(), "洒".encode(), 1),
        lambda c: b"[1]",
        lambda c: c[:50] + b"\xff" + c[51:],
    ],
)
def test_a_damaged_file_is_named_and_the_others_come_back(tmp_path, knowledge, damage):
    place = tmp_path / "sources" / f"{edition(FIRST)}.json"
    place.write_bytes(damage(place.read_bytes()))
    found = list(knowledge.kept())
    (fault,) = [one for one in found if isinstance(one, UnusableInput)]
    assert place.name in str(fault) and "已损坏" in str(fault)
    assert [one for one in found if isinstance(one, Document)] == [SECOND]


def test_a_data_folder_of_an_earlier_version_gets_its_files_when_it_is_opened(tmp_path, knowledge):
    shutil.rmtree(tmp_path / "sources")
    again = opened(tmp_path)
    assert files(tmp_path) == editions(again)
    assert sorted(one.title for one in again.kept()) == ["晒谷场办法", "水井办法"]


def test_what_a_killed_run_left_goes_and_what_the_database_lost_stays(tmp_path, knowledge):
    sources = KeptSources(tmp_path / "sources")
    sources.put(replace(FIRST, digest="never acknowledged"))
    sources.put(regulation("道路办法", ("道路不得占用。",)))
    again = opened(tmp_path)
    assert files(tmp_path) == sorted([*editions(again), edition(regulation("道路办法", ("道路不得占用。",)))])


def test_the_database_is_made_again_from_what_was_kept(tmp_path, knowledge):
    before = [(hit.title, hit.article, hit.text, hit.score) for hit in knowledge.search("晒谷场", k=5)]
    kept = list(knowledge.kept())
    shutil.move(tmp_path / "chroma", tmp_path / "damaged")
    again = opened(tmp_path)
    assert again.is_empty() and len(files(tmp_path)) == 2, "nothing is thrown away because the database is new"
    assert list(again.add_all(kept, copying=True)) == ["added", "added"]
    assert [(hit.title, hit.article, hit.text, hit.score) for hit in again.search("晒谷场", k=5)] == before


def test_a_server_s_documents_are_not_kept_here(tmp_path):
    shared = KnowledgeBase(MemoryCollections(), PairEmbedder(), Registry(), tmp_path, shared=True)
    shared.add(FIRST)
    assert list(shared.kept()) == [] and files(tmp_path) == []
