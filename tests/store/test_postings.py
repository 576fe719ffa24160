"""BM25 over postings: as the formula says, and the same whether counted at once or brought up to date."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.postings import K1, B, Counting, Postings

TEXTS = (["晒谷场", "由", "村委会", "管理"], ["水井", "由", "村民", "共用", "水井"], ["道路", "不得", "占用"])


def counted(texts, first=0):
    counting = Counting()
    for number, terms in enumerate(texts):
        counting.count(first + number, terms)
    return counting.entries(), np.array([len(terms) for terms in texts], dtype=np.int32)


def postings(texts):
    return Postings.of(*counted(texts))


def by_formula(texts, asked):
    mean = sum(map(len, texts)) / len(texts)
    scores = [0.0] * len(texts)
    for term in asked:
        holding = sum(term in terms for terms in texts)
        rare = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
        for number, terms in enumerate(texts):
            count = Counter(terms)[term]
            scores[number] += rare * count / (K1 * (1 - B + B * len(terms) / mean) + count)
    return scores


some_texts = st.lists(st.lists(st.sampled_from("甲乙丙丁戊己"), min_size=1, max_size=8), min_size=1, max_size=8)


@given(some_texts, st.lists(st.sampled_from("甲乙丙庚"), max_size=4))
def test_scores_are_those_of_the_formula(texts, asked):
    assert postings(texts).scores(asked).tolist() == pytest.approx(by_formula(texts, asked), abs=1e-5)


@given(some_texts, some_texts, st.data())
def test_brought_up_to_date_is_as_counted_at_once(before, more, data):
    gone = data.draw(st.sets(st.integers(0, len(before) - 1)))
    stay = [number for number in range(len(before)) if number not in gone]
    now = np.full(len(before), -1, dtype=np.int32)
    now[stay] = np.arange(len(stay))
    texts = [*(before[number] for number in stay), *more]
    entries, _ = counted(more, len(stay))
    lengths = np.array([len(terms) for terms in texts], dtype=np.int32)
    found, whole = Postings.of([postings(before).entries(now), *entries], lengths), postings(texts)
    for name in ("terms", "starts", "lengths"):
        assert np.array_equal(getattr(found, name), getattr(whole, name))
    for term in "甲乙丙丁戊己":
        assert np.array_equal(found.scores([term]), whole.scores([term]))


def test_words_that_stand_nowhere_find_nothing_and_not_the_last_passages():
    index = postings(TEXTS)
    assert not index.scores(["飞机场"]).any() and not index.scores([]).any()
    found = index.scores(["飞机场", "水井"])
    assert found.argmax() == 1 and (found > 0).sum() == 1


def test_the_passages_that_hold_every_word():
    index = postings(TEXTS)
    assert index.holding(("水井",)).nonzero()[0].tolist() == [1]
    assert index.holding(("由",)).nonzero()[0].tolist() == [0, 1]
    assert not index.holding(("水井", "飞机场")).any()
    assert not index.holding(()).any()
