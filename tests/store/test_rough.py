"""The first look over a large library: nearly the products, and the same hits in the same order."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from ingest import load_aliases
from store import open_knowledge, retrieval, rough
from store.products import products
from store.rough import Rough

ROOT = Path(__file__).parents[2]
QUESTIONS = tomllib.loads((ROOT / "bench" / "questions.toml").read_text(encoding="utf-8"))


@pytest.fixture(params=["whole numbers", "fractions"])
def able(request, monkeypatch):
    """Each way, on any processor."""
    monkeypatch.setattr(rough, "_whole_numbers_are_quick", lambda: request.param == "whole numbers")


@pytest.mark.parametrize("count", [1, 2047, 2048, 5000])
def test_products_are_off_by_thousandths(count, able):
    lot = np.random.default_rng(count)
    rows = lot.standard_normal((count, 64)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[0] = 0.0
    questions = rows[-1], lot.standard_normal(64).astype(np.float32) / 8
    for near, exact in zip(Rough.of(rows).products(*questions), products(rows, *questions)):
        assert near.shape == exact.shape and np.abs(near - exact).max() < 0.01 and near[0] == 0.0


@pytest.mark.skipif(not rough._whole_numbers_are_quick(), reason="the processor has no such instruction")
@pytest.mark.parametrize("sign", [1, -1])
def test_the_greatest_sums_of_whole_numbers_do_not_run_over(sign):
    rows = np.full((100, 384), 1.0, dtype=np.float32)
    asked = np.full(384, sign * 0.5, dtype=np.float32)
    (found,) = Rough.of(rows).products(asked)
    assert found == pytest.approx(sign * 192.0, rel=1e-5)


def test_a_row_far_longer_than_the_others_takes_nothing_from_them(able):
    rows = np.eye(3, dtype=np.float32) * np.array([[1e6], [1.0], [1e-6]], dtype=np.float32)
    (found,) = Rough.of(rows).products(np.ones(3, dtype=np.float32))
    assert found == pytest.approx([1e6, 1.0, 1e-6], rel=0.01)


@pytest.fixture(scope="module")
def built_in(built_in_embedder, filled_home):
    return open_knowledge(
        filled_home, built_in_embedder, registry_file=ROOT / "knowledge" / "registry.toml", aliases=load_aliases()
    )


def asked():
    return [each[0] if isinstance(each, list) else each for group in QUESTIONS.values() for each in group]


def test_each_measured_question_finds_the_same(built_in, monkeypatch, able):
    """With a tenth of the passages settled, where a large library settles a thousandth of far more.

    Only those of one score, to some thousandths, may change places: the usual of so few passages is not settled.
    """
    exact = {question: built_in.search(question, k=5) for question in asked()[::6]}
    finder = built_in._found()
    assert len(exact) > 20 and not finder.rough
    monkeypatch.setattr(retrieval, "LARGE", 1)
    monkeypatch.setattr(retrieval, "SETTLED", 5)
    del finder.__dict__["rough"]
    try:
        assert finder.rough
        for question, hits in exact.items():
            found = built_in.search(question, k=5)
            assert [hit.score for hit in found] == pytest.approx([hit.score for hit in hits], abs=5e-3), question
            for at, (one, other) in enumerate(zip(found, hits[:-1])):
                beside = [hits[near].score for near in (at - 1, at + 1) if near >= 0]
                if all(abs(other.score - score) > 0.01 for score in beside):
                    assert (one.title, one.article) == (other.title, other.article), question
    finally:
        del finder.__dict__["rough"]
