"""A small, quick embedder in place of the weights, and documents of our own making."""

import re
import zlib
from datetime import date
from functools import cache

import jieba
import numpy as np
import pytest

from domain import Document, Passage
from store import lexical, open_knowledge


class PairEmbedder:
    """Vectors of hashed character pairs: texts that share words are near. Deterministic."""

    name = "pairs"

    def __init__(self, fingerprint="pairs0"):
        self.fingerprint = fingerprint
        self.embedded = 0

    def embed_passages(self, texts, advance=None):
        self.embedded += len(texts)
        if advance:
            advance(len(texts), len(texts))
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text):
        vector = np.full(256, 0.05, dtype=np.float32)
        for run in re.findall(r"[一-龥\w]+", text):
            for at in range(len(run) - 1):
                vector[zlib.crc32(run[at : at + 2].encode()) % 256] += 1
        return vector / np.linalg.norm(vector)


def regulation(title="晒谷场管理办法", texts=("本办法管晒谷场。", "晒谷场由村委会管理。"), verbatim=True, **about):
    """A regulation with one article a text; ``also`` may be given as a list."""
    also = about.pop("also", [""] * len(texts))
    source = about.pop("source", f"{title}.txt")
    numerals = "一二三四五六七八九十"
    passages = tuple(
        Passage(text, f"第{numerals[at]}条", at + 1, 0, about.get("heading", "第一章 总则"), verbatim, words)
        for at, (text, words) in enumerate(zip(texts, also))
    )
    about.pop("heading", None)
    about.setdefault("promulgated", date(2020, 1, 1))
    about.setdefault("effective_from", date(2020, 3, 1))
    return Document("regulation", title, source, "0" * 64, passages, **about)


@cache
def _dictionary():
    return lexical._cutter(None)


class SharedDictionary(jieba.Tokenizer):
    """jieba with the dictionary that this process has read once, and a copy of it to add names to."""

    def initialize(self, dictionary=None):
        self.FREQ, self.total, self.initialized = dict(_dictionary().FREQ), _dictionary().total, True


@pytest.fixture(autouse=True)
def shared_dictionary(request, monkeypatch):
    """Every knowledge base reads the dictionary for itself, which takes most of a second; only test_lexical is about that."""
    if request.module.__name__.rpartition(".")[2] != "test_lexical":
        _dictionary()
        monkeypatch.setattr(lexical, "_tokenizer", SharedDictionary)


@pytest.fixture
def document():
    return regulation


@pytest.fixture
def embedder():
    return PairEmbedder()


@pytest.fixture
def other_embedder():
    return PairEmbedder("pairs1")


@pytest.fixture
def knowledge(tmp_path, embedder):
    return open_knowledge(tmp_path / "home", embedder)
