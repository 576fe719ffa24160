"""Documents in and out of the knowledge base as both ways in use it: what a damaged copy of a regulation does."""

import zipfile
from pathlib import Path

import pytest

from ingest.law_library import SOURCE
from ingest.numerals import article_label
from services import Gongkai
from settings import Settings
from store import open_knowledge
from tests.ingest.test_law_library import library
from tests.store.conftest import PairEmbedder

TITLE = "云岫县井水管理办法"


def regulation(folder, *numbers, name="井水办法.txt", title=TITLE, year=2023):
    lines = [title, f"（{year}年5月1日云岫县人民政府公布，自{year}年6月1日起施行）"]
    lines += [f"{article_label(n)}　管井人在第{n}个时辰查看井台并记录水位。" for n in numbers]
    path = folder / name
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def services(tmp_path):
    """The services over an empty knowledge base with a small embedder: the weights have no part in this."""
    opened = Gongkai(Settings(home=tmp_path / "home", llm="none"))
    opened.knowledge.hold(open_knowledge(tmp_path / "home", PairEmbedder()))
    return opened


@pytest.fixture
def whole(services, tmp_path):
    """The id of the whole text, twelve articles, held."""
    (outcome,) = services.library.ingest([regulation(tmp_path, *range(1, 13), name="井水办法（全）.txt")])
    assert outcome.status == "added"
    (held,) = services.library.documents()
    return held["id"]


def told(outcomes):
    return [outcome.status for outcome in outcomes]


def test_a_damaged_file_is_rejected_by_name_also_out_of_an_archive(services, whole, tmp_path):
    damaged = regulation(tmp_path, 1, 2, 3, 9)
    packed = tmp_path / "法规.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(damaged, "井水办法.txt")
    for given in (damaged, packed):
        (outcome,) = services.library.ingest([given])
        assert outcome.status == "rejected" and "缺少第四条至第八条、第十条至第十二条，共8条" in outcome.reason
        assert "井水办法.txt" in outcome.reason
    assert [held["id"] for held in services.library.documents()] == [whole]
    assert len(services.library.passages(whole)) == 12


def test_kept_beside_when_a_person_says_so(services, whole, tmp_path):
    damaged = regulation(tmp_path, 1, 2, 3, 9)
    (outcome,) = services.library.ingest([damaged], beside=True)
    assert (outcome.status, outcome.passages) == ("added", 4) and "检索和引用用已有的那一份" in outcome.reason
    first, copy = services.library.documents()
    assert (first["id"], first["origin"], first["beside"]) == (whole, "文件", False)
    assert (copy["origin"], copy["beside"]) == ("文件（并存，有缺条）", True)
    assert any("缺少第四条至第八条、第十条至第十二条，共8条" in note for note in copy["notes"])
    assert told(services.library.ingest([damaged], beside=True)) == ["unchanged"]
    assert told(services.library.ingest([damaged])) == ["rejected"]
    assert len(services.library.passages(copy["id"])) == 4 and services.lookup.article(TITLE, 4).text
    assert [version.id for version in services.lookup.versions(TITLE)] == [whole]
    assert services.status()["documents"] == {"regulation": 1, "report": 0, "beside": 1}


def test_what_has_no_gaps_is_taken_in_as_ever(services, whole, tmp_path):
    better = regulation(tmp_path, *range(1, 14))
    older = regulation(tmp_path, *range(1, 6), name="旧办法.txt", year=2007)
    assert told(services.library.ingest([better, older], beside=True)) == ["replaced", "added"]
    assert [(held["beside"], held["passages"]) for held in services.library.documents()] == [(False, 5), (False, 13)]


def test_a_document_is_not_replaced_by_a_damaged_file(services, whole, tmp_path):
    outcome = services.library.replace(whole, regulation(tmp_path, 1, 2, 3, 9))
    assert outcome.status == "rejected" and "缺少第四条" in outcome.reason
    assert len(services.library.passages(whole)) == 12
    assert services.library.replace(whole, regulation(tmp_path, *range(1, 13))).status == "replaced"
    assert (
        services.library.replace(whole, regulation(tmp_path, *range(1, 4), title="云岫县河水管理办法")).status
        == "added"
    )
    assert [held["title"] for held in services.library.documents()] == ["云岫县河水管理办法"]


def test_a_copy_beside_that_is_replaced_by_a_file_with_gaps_stays_and_so_does_the_whole_text(services, whole, tmp_path):
    list(services.library.ingest([regulation(tmp_path, 1, 2)], beside=True))
    copy = services.library.documents()[1]["id"]
    assert services.library.replace(copy, regulation(tmp_path, 1, 2, 3)).status == "rejected"
    assert {held["id"] for held in services.library.documents()} == {whole, copy}


def test_a_law_with_gaps_does_not_end_the_run(services, tmp_path, monkeypatch):
    laws = [{"law_id": f"{n}", "law_name": f"中华人民共和国第{n}号示范法"} for n in range(3)]
    numbers = {0: (1, 2, 3), 1: (1, 2, 3), 2: (1, 2)}

    def articles():
        return [{"law_id": f"{n}", "article_no": article_label(no)} for n, each in numbers.items() for no in each]

    monkeypatch.setattr(services.library, "_law_library", lambda: library(tmp_path, laws, articles()))
    assert told(services.library.add_laws()) == ["added"] * 3
    (tmp_path / "laws.db").unlink()
    numbers |= {1: (1, 3), 2: (1, 2, 3)}
    unchanged, refused, replaced = services.library.add_laws()
    assert (unchanged.status, refused.status, replaced.status) == ("unchanged", "rejected", "replaced")
    assert (refused.path, refused.title) == (SOURCE, "第1号示范法") and "缺少第二条，共1条" in refused.reason
    assert [held["passages"] for held in services.library.documents()] == [3, 3, 3]


def test_a_real_official_text_without_a_page_is_rejected_beside_its_cards_and_its_whole_text(
    services, shared, tmp_path
):
    import ingest

    official = next((shared / "regulations").glob("政府信息公开条例*.md"))
    lines = official.read_text(encoding="utf-8").splitlines()
    starts = [at for at, line in enumerate(lines) if "条　" in line[:12] or "条 " in line[:12]]
    damaged = tmp_path / official.name
    damaged.write_text("\n".join(lines[: starts[19]] + lines[starts[31] :]), encoding="utf-8")
    for card in ingest.load_cards():
        services.knowledge().add(card)
    for held in ("要点", "文件"):
        (outcome,) = services.library.ingest([damaged])
        assert (
            outcome.status == "rejected"
            and "已收入的文本有56条，缺少第" in outcome.reason
            and "共12条" in outcome.reason
        )
        shown = {each["title"]: each for each in services.library.documents()}["政府信息公开条例"]
        assert (shown["origin"], shown["passages"]) == (held, 56)
        assert told(services.library.ingest([official])) == (["replaced"] if held == "要点" else ["unchanged"])
    assert Path(outcome.path).name == official.name


def test_what_is_wrong_in_the_statute_library_is_counted_by_its_kind(services, tmp_path, monkeypatch):
    laws = [
        {"law_id": "0", "law_name": "甲法", "status": "历史版本"},
        {"law_id": "1", "law_name": "乙法"},
        {"law_id": "2", "law_name": "丙法"},
    ]
    rows = [
        {"law_id": "0", "article_no": "第二条"},
        {"law_id": "1", "article_no": "第一条", "article_text": "内容如下："},
        {"law_id": "1", "article_no": "第三条"},
        {"law_id": "2", "article_no": "第一条"},
    ]
    monkeypatch.setattr(services.library, "_law_library", lambda: library(tmp_path, laws, rows))
    outcomes = list(services.library.add_laws())
    assert [outcome.codes for outcome in outcomes] == [
        ("changed-later", "articles-missing"),
        ("articles-missing", "text-cut-short"),
        (),
    ]
    assert services.library.faults(outcomes) == {"其后的修改没有写进": 1, "缺条": 2, "文字不全": 1}
