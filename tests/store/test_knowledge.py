"""What a knowledge base keeps: one contract, whether Chroma is embedded, a server, or a fake in memory."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain import Document, Note, Passage, UnusableInput
from ingest.law_library import SOURCE
from store import KnowledgeBase, Registry, chroma, open_knowledge
from tests.store.memory import MemoryCollections


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Chroma server for the tests of this file."""
    with chroma_server(tmp_path_factory.mktemp("server")) as url:
        yield url


class Address(str):
    """A server's address, and its process."""

    def __new__(cls, url, process):
        made = super().__new__(cls, url)
        made.process = process
        return made


@contextmanager
def chroma_server(folder):
    """A Chroma server on a free port of this machine, ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = "import sys; from chromadb.cli.cli import app; sys.argv[0] = 'chroma'; app()"
    arguments = ["run", "--path", str(folder), "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"ANONYMIZED_TELEMETRY": "False"},
    )
    try:
        for _ in range(150):
            with socket.socket() as attempt:
                if attempt.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield Address(f"http://127.0.0.1:{port}", process)
    finally:
        process.send_signal(getattr(signal, "SIGCONT", signal.SIGTERM))
        process.terminate()
        process.wait(10)


@pytest.fixture(params=["embedded", pytest.param("server", marks=pytest.mark.thorough), "memory"])
def kept(request, tmp_path, embedder):
    """An empty knowledge base, and a function that opens it anew as another program would."""
    url = request.getfixturevalue("server") if request.param == "server" else ""
    embedder.fingerprint = f"t{abs(hash(str(tmp_path))) % 10**8}"  # a collection of its own on the shared server

    memory = MemoryCollections()

    def opened():
        if request.param == "memory":
            return KnowledgeBase(memory, embedder, Registry())
        return open_knowledge(tmp_path / "home", embedder, url)

    return opened


def report(year=2023, org="清溪县农业农村局", text="本年无申请。"):
    passages = (Passage(text, heading="三、收到和处理申请情况"),)
    return Document("report", f"{org}{year}年度报告", "report.txt", "1" * 64, passages, org=org, year=year)


def test_added_once_then_unchanged_then_replaced(kept, document, embedder):
    knowledge = kept()
    assert knowledge.is_empty()
    assert knowledge.add(document()) == "added"
    work = embedder.embedded
    assert knowledge.add(document()) == "unchanged"
    assert embedder.embedded == work  # nothing is computed again
    assert knowledge.add(document(texts=("本办法管晒谷场。", "晒谷场不收费。", "自公布起施行。"))) == "replaced"
    assert knowledge.counts() == {"documents": 1, "regulations": 1, "reports": 0, "passages": 3}
    assert [hit.text for hit in kept().articles("晒谷场管理办法")] == [
        "本办法管晒谷场。",
        "晒谷场不收费。",
        "自公布起施行。",
    ]


def test_what_is_kept_is_read_back_whole(kept, document):
    about = {
        "number": "乡令第1号",
        "issuer": "清溪乡",
        "level": "规范性文件",
        "effective_to": date(2030, 1, 1),
        "replaced_by": "新办法",
    }
    original = document(also=("谁管", "收费"), notes=(Note("no-number", "没有找到文号"),), **about)
    kept().add(original)
    (held,) = kept().documents()
    assert replace(held.document, passages=original.passages) == original
    assert held.passages == 2 and held.verbatim


def test_the_official_text_replaces_the_cards_and_never_the_other_way(kept, document):
    cards, official = document(verbatim=False, source="要点"), document(texts=("原文一。", "原文二。"))
    knowledge = kept()
    assert knowledge.add(cards) == "added"
    assert not knowledge.article("晒谷场管理办法", 1).verbatim
    assert knowledge.add(official) == "replaced"
    assert knowledge.add(cards) == "unchanged"
    assert [hit.verbatim for hit in knowledge.articles("晒谷场管理办法")] == [True, True]


def test_reports_are_one_an_organ_and_year(kept):
    knowledge = kept()
    assert knowledge.add(report()) == "added"
    assert knowledge.add(report(text="本年收到申请1件。")) == "replaced"
    assert knowledge.add(report(2024)) == "added"
    assert knowledge.counts()["reports"] == 2


def test_a_removed_document_is_no_longer_found(kept, document):
    knowledge = kept()
    knowledge.add(document())
    knowledge.add(document("水井管理办法", ("水井由村民共用。",)))
    (well,) = [item for item in knowledge.documents() if item.title == "水井管理办法"]
    assert knowledge.remove(well.id) and not knowledge.remove(well.id)
    assert {hit.title for hit in knowledge.search("水井由谁用")} == {"晒谷场管理办法"}
    assert kept().counts()["documents"] == 1


def test_a_killed_import_leaves_the_edition_before_it_and_is_cleaned(kept, document, monkeypatch):
    knowledge = kept()
    knowledge.add(document())

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(type(knowledge._collections), "mark", killed)  # all records written, the marker not
        with pytest.raises(KeyboardInterrupt):
            knowledge.add(document(texts=("写了一半。", "后一半。")))
        with pytest.raises(KeyboardInterrupt):
            knowledge.add(document("水井管理办法", ("也写了一半。",)))
    again = kept()
    assert [hit.text for hit in again.articles("晒谷场管理办法")] == ["本办法管晒谷场。", "晒谷场由村委会管理。"]
    assert not any("一半" in hit.text for hit in again.search("写了一半"))
    assert again.add(document("水井管理办法", ("写完了。",))) == "added"
    assert again.counts()["passages"] == 3


def test_leftovers_of_an_embedded_database_go_when_it_is_opened(tmp_path, embedder, document, monkeypatch):
    knowledge = open_knowledge(tmp_path, embedder)
    with monkeypatch.context() as during:
        during.setattr(chroma.Collections, "mark", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            knowledge.add(document())
    assert knowledge._collections.count() > 0
    assert open_knowledge(tmp_path, embedder)._collections.count() == 0


def test_the_database_never_makes_vectors_of_its_own(tmp_path, embedder, document):
    """Left to itself it fetches a model from the network at the first passage."""
    knowledge = open_knowledge(tmp_path, embedder)
    knowledge.add(document())
    for collection in knowledge._collections._client.list_collections():
        again = knowledge._collections._client.get_collection(collection.name, embedding_function=None)
        with pytest.raises(ValueError, match="embedding function"):
            again.query(query_texts=["水费"], n_results=1)


def test_another_program_sees_what_was_added(kept, document, monkeypatch):
    monkeypatch.setattr("store.holdings.FRESH", 0.0)
    one, other = kept(), kept()
    one.add(document())
    assert other.search("晒谷场")[0].title == "晒谷场管理办法"
    one.add(document("水井管理办法", ("水井由村民共用。",)))
    assert other.search("水井")[0].title == "水井管理办法"


def test_vectors_of_two_models_never_mix(tmp_path, embedder, other_embedder, document):
    open_knowledge(tmp_path, embedder).add(document())
    assert open_knowledge(tmp_path, other_embedder).is_empty()
    assert not open_knowledge(tmp_path, embedder).is_empty()


def test_a_document_without_passages_is_refused(knowledge, document):
    with pytest.raises(UnusableInput, match="没有可以收入"):
        knowledge.add(document(texts=()))


@pytest.mark.parametrize(
    ("url", "said"), [("http://127.0.0.1:9", "http://127.0.0.1:9 没有应答"), ("localhost:8000", "不正确")]
)
def test_a_server_that_cannot_be_reached_is_named(tmp_path, embedder, url, said):
    with pytest.raises(UnusableInput, match=said):
        open_knowledge(tmp_path, embedder, url)


def test_a_server_lost_after_opening_is_named(tmp_path, embedder, document):
    with chroma_server(tmp_path / "served") as url:
        knowledge = open_knowledge(tmp_path / "home", embedder, url)
    knowledge._listed = None  # else the list just read would still be trusted
    for use in (knowledge.documents, lambda: knowledge.add(document()), lambda: knowledge.search("晒谷场")):
        with pytest.raises(UnusableInput, match=f"{url} 没有应答"):
            use()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no way to stop a process here")
def test_a_server_that_is_stopped_is_named_and_works_when_it_goes_on(tmp_path, embedder, document, monkeypatch):
    monkeypatch.setattr("store.chroma.ANSWERS_WITHIN", 1.0)
    monkeypatch.setattr("store.chroma.WORKS_WITHIN", 1.0)
    with chroma_server(tmp_path / "served") as url:
        while True:
            try:
                knowledge = open_knowledge(tmp_path / "home", embedder, url)
                break
            except UnusableInput:  # it listens before it answers
                time.sleep(0.1)
        url.process.send_signal(signal.SIGSTOP)
        knowledge._listed = None
        uses = [
            knowledge.documents,
            lambda: knowledge.add(document()),
            lambda: open_knowledge(tmp_path / "other", embedder, url),
        ]
        for use in uses:
            with pytest.raises(UnusableInput, match=f"{url} 没有应答"):
                use()
        url.process.send_signal(signal.SIGCONT)
        assert knowledge.add(document()) == "added"


def test_a_database_damaged_after_opening_is_named(tmp_path, embedder, document):
    knowledge = open_knowledge(tmp_path, embedder)
    knowledge.add(document())
    damage(tmp_path / "chroma")
    with pytest.raises(UnusableInput, match="知识库文件夹.*已损坏.*gongkai repair") as caught:
        knowledge.search("晒谷场")
    assert str(tmp_path / "chroma") in str(caught.value)


def test_a_mistake_in_the_program_is_not_told_as_a_fault_of_the_database(knowledge, embedder):
    with pytest.raises(Exception) as caught:
        knowledge._collections.mark(["x"], ["题"], [{"wrong": object()}], embedder.embed_query("题")[None, :])
    assert not isinstance(caught.value, UnusableInput)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [("home is a file", "GONGKAI_HOME"), ("database is a file", "GONGKAI_HOME"), ("damaged", "已损坏.*restore")],
)
def test_a_data_folder_that_cannot_be_used_is_named(tmp_path, embedder, spoil, said):
    home = tmp_path / "home"
    if spoil == "home is a file":
        home.write_text("x", encoding="utf-8")
    elif spoil == "database is a file":
        home.mkdir()
        (home / "chroma").write_text("x", encoding="utf-8")
    else:
        (home / "chroma").mkdir(parents=True)
        damage(home / "chroma")
    with pytest.raises(UnusableInput, match=said) as caught:
        open_knowledge(home, embedder)
    assert str(home) in str(caught.value)


def damage(folder):
    (folder / "chroma.sqlite3").write_bytes(b"not a database" * 20_000)


def test_a_reports_tables_are_kept_exactly(kept):
    cells = {"issued": 3, "fees_wan_yuan": Decimal("12.3400"), "repealed": None, "in_force": "/"}
    original = replace(report(), tables={"table2": {"regulations": cells}, "table4": {}})
    kept().add(original)
    (held,) = kept().reports()
    assert held.tables == original.tables and (held.org, held.year) == (original.org, 2023)
    assert type(held.tables["table2"]["regulations"]["fees_wan_yuan"]) is Decimal


def test_the_statute_library_gives_way_to_an_official_file_and_replaces_cards(kept, document):
    cards = document(verbatim=False, source="要点")
    library = document(texts=("库一。", "库二。"), source=SOURCE)
    official = document(texts=("原文一。", "原文二。"))
    knowledge = kept()
    assert [knowledge.add(text) for text in (cards, library, cards, official, library)] == [
        "added",
        "replaced",
        "unchanged",
        "replaced",
        "unchanged",
    ]
    assert knowledge.article("晒谷场管理办法", 1).text == "原文一。"


def test_many_are_taken_in_together_and_a_stopped_import_goes_on(kept, document, embedder, monkeypatch):
    monkeypatch.setattr("store.keeping.PORTION", 5)
    laws = [document(f"第{number}号办法", tuple("字" * n for n in range(1, 6))) for number in range(6)]
    knowledge, told = kept(), []
    for outcome in knowledge.add_all(laws, cancelled=lambda: len(told) >= 3):
        told.append(outcome)
    assert told == ["added"] * 3 and kept().counts()["documents"] == 3
    work = embedder.embedded
    assert list(kept().add_all(laws)) == ["unchanged"] * 3 + ["added"] * 3
    assert embedder.embedded - work == 3 * 6  # each passage, and the chapter's name


def test_two_homes_share_one_server(server, tmp_path, embedder, document):
    embedder.fingerprint = "sharing"
    here, there = (open_knowledge(tmp_path / name, embedder, server) for name in ("here", "there"))
    here.add(document())
    there.add(document("水井管理办法", ("水井由村民共用。",)))
    assert {hit.title for hit in open_knowledge(tmp_path / "here", embedder, server).search("管理", k=9)} == {
        "晒谷场管理办法",
        "水井管理办法",
    }
