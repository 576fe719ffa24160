"""How people ask for articles: what is written is what is kept, leads to articles that exist, and to that version alone."""

import tomllib
from datetime import date

import numpy as np
import pytest

import ingest
from bench.asked import WRITTEN, written
from domain import Document, Passage
from store.asked import MADE, Sought, Way, Ways, _loaded
from store.lexical import WordCutter
from store.postings import term_number

FILES = sorted(WRITTEN.glob("*.toml"))
DAY = date(2020, 1, 1)


def test_the_vectors_are_of_the_ways_that_are_written():
    """After a change of knowledge/asked or of a card: python bench/asked.py."""
    ways, vectors, *_ = _loaded(MADE)
    assert list(ways) == written()
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=0.02)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_file_is_named_after_its_regulation_and_asks_in_few_words(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    earlier = f"（{data['promulgated'].year}）"  # of an earlier version
    assert path.stem.removesuffix(earlier) == data["title"] and isinstance(data["promulgated"], date)
    for ways in data["articles"].values():
        for way in ways.split("；"):
            assert 2 <= len(way.strip()) <= 40, way


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_each_way_leads_to_an_article_of_the_official_text(path, shared):
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    texts = list((shared / "regulations").glob(f"{data['title']}({data['promulgated']})*"))
    if not texts:
        pytest.skip("the official text is not there")
    held = {passage.article_no or passage.article for passage in ingest.read(texts[0], "regulation").passages}
    assert {int(one) if one.isdigit() else one for one in data["articles"]} <= held


def ways_of(*ways: Way, vectors: np.ndarray) -> Ways:
    """With the words of each way as ``bench/asked.py`` counts them."""
    cutter = WordCutter()
    numbers = [[term_number(term) for term in cutter.query(way.text)] for way in ways]
    terms, term_of = np.unique(np.array([one for found in numbers for one in found], np.uint64), return_inverse=True)
    return Ways(ways, vectors, terms, term_of.astype(np.int32), np.cumsum([0, *map(len, numbers)]).astype(np.int32))


def test_a_way_leads_to_its_article_in_its_version_alone():
    ways = ways_of(Way("甲法", DAY, 3, "要不要报"), Way("甲法", DAY, 4, "报给谁"), vectors=np.eye(2, dtype=np.float32))
    third, fourth = Passage("应当报告", "第三条", 3), Passage("报县局", "第四条", 4)
    old = Document("regulation", "甲法", "甲", "1", (third, fourth), promulgated=date(2010, 1, 1))
    now = Document("regulation", "甲法", "乙", "2", (third, fourth), promulgated=DAY)
    undated = Document("regulation", "甲法", "丙", "3", (third,))
    other = Document("regulation", "乙法", "丁", "4", (third,), promulgated=DAY)
    passages = [(0, old, third), (1, now, third), (2, now, fourth), (3, undated, third), (4, other, third)]
    sought = Sought.on(ways, passages, 5)
    near, mean, _ = sought.nearness(np.array([0.6, 0.8], dtype=np.float32))
    assert near.tolist() == pytest.approx([-1, 0.6, 0.8, -1, -1])
    assert mean == pytest.approx(0.7)
    assert sought.words == {1: "要不要报", 2: "报给谁"}
    assert sought.known == pytest.approx(2 / 5)


def test_with_another_model_the_words_serve_without_the_vectors():
    ways = ways_of(Way("甲法", DAY, 3, "要不要报告"), vectors=np.zeros((0, 2), dtype=np.float32))
    document = Document("regulation", "甲法", "甲", "1", (), promulgated=DAY)
    sought = Sought.on(ways, [(0, document, Passage("应当报告", "第三条", 3))], 1)
    near, _, spread = sought.nearness(np.array([1.0, 0.0], dtype=np.float32))
    assert near.tolist() == [-1.0] and spread == 1.0 and sought.words == {0: "要不要报告"}


def test_the_words_of_all_ways_of_an_article_are_matched_together():
    ways = ways_of(
        Way("甲法", DAY, 3, "台账要留几年"),
        Way("甲法", DAY, 3, "记录存多久"),
        Way("甲法", DAY, 4, "许可证丢了怎么补"),
        vectors=np.zeros((0, 2), dtype=np.float32),
    )
    keep, lost = Passage("保存", "第三条", 3), Passage("补领", "第四条", 4)
    document = Document("regulation", "甲法", "甲", "1", (keep, lost), promulgated=DAY)
    sought = Sought.on(ways, [(1, document, keep), (4, document, lost)], 6)
    cutter = WordCutter()
    for question, place in [("台账记录留多久", 1), ("许可证怎么补办", 4), ("丢了怎么补", 4), ("存几年", 1)]:
        matched = sought.matched(cutter.query(question))
        assert matched.argmax() == place and matched[[0, 2, 3, 5]].tolist() == [0, 0, 0, 0], question
    assert not sought.matched(cutter.query("天气预报")).any()
