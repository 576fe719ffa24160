"""Words of a text, and BM25 over them: what the vectors miss, names and numbers above all.

Terms are jieba's words in search mode together with pairs of neighbouring characters, which still
meet where a word was cut differently (measured in ``bench/retrieval.py``).

What is kept on disk only saves time: it is used where it is what was written, to the byte, and made
anew where it is not. Where it cannot be kept (a full disk, a read-only folder), the search does without.
"""

from __future__ import annotations

import hashlib
import json
import logging
import marshal
import math
import re
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import durable

if TYPE_CHECKING:
    import numpy as np

# Words with which one asks; they say nothing of what is asked about.
QUESTION_WORDS = frozenset(
    (
        "哪些 哪个 哪几 哪种 哪里 哪儿 哪一条 哪条 条款 法条 规定 依据 法律依据 法规 管 什么 怎么 怎样 怎么办 怎么样 "
        "如何 为什么 多少 多久 多长 多长时间 几时 何时 什么时候 时候 是否 能否 可否 能不能 要不要 是不是 有没有 可以 "
        "可不可以 应该 应当 需要 必须 要求 请问 请 告诉 知道 我 我们 你 你们 他 她 它 它们 他们 这 那 这个 那个 这些 "
        "那些 的 了 着 过 吗 呢 吧 啊 是 有 在 和 与 及 或 或者 以及 还是 还 也 都 就 才 又 再 把 被 让 对 对于 关于 "
        "由 从 向 给 为 为了 按 按照 根据 依照 一下 一个 一些 一种 几 个 些 点 谁 去 到 来 用 想 想要 须 得 能 会 要 "
        "不 没 没有 不要 属于 哪 何 么 帮 帮我 说 讲 介绍 解释 说明 问题 情况 方面 有关 具体 第 条 款 项 "
        "中华人民共和国"
    ).split()
)
FEW_WORDS = 4
"""Who looks for words types no more of them."""
_RUN = re.compile(r"[一-龥A-Za-z0-9]+")
_UNFINISHED = ".unfinished"
_ABANDONED = 3600  # seconds after which an unfinished index is taken for a killed run's
_FORMAT = "2"  # of the index on disk; raised when terms are made differently
_CONTENTS = "contents.json"
_SAYING = logging.getLogger("gongkai")


class WordCutter:
    """Cuts Chinese text into words, knowing the names of the regulations as words of their own."""

    def __init__(self, cache: Path | None = None, names: Iterable[str] = ()) -> None:
        self._cutter = _cutter(cache)
        for name in names:
            self._cutter.add_word(name)
        self.asked = lru_cache(maxsize=512)(self._asked)

    def of(self, text: str) -> list[str]:
        """The terms under which a text is found: words, words within words, and character pairs."""
        words = [word for word in self._cutter.cut_for_search(text) if _RUN.fullmatch(word)]
        return [word for word in words if word not in QUESTION_WORDS] + _pairs(text)

    def _asked(self, question: str) -> tuple[str, ...]:
        """The words of a question without those that merely ask; each once, in order."""
        words = self._cutter.cut_for_search(question)
        kept = (word for word in words if _RUN.fullmatch(word) and word not in QUESTION_WORDS)
        return tuple(dict.fromkeys(kept))

    def looked_for(self, text: str) -> tuple[str, ...]:
        """The words of a search for words (备案; 信息 登记), each once; none where anything is asked or told."""
        words = [word for word in self._cutter.cut(text) if _RUN.fullmatch(word)]
        asking = len(words) > FEW_WORDS or any(word in QUESTION_WORDS for word in words)
        return () if asking else tuple(dict.fromkeys(words))

    def query(self, question: str) -> list[str]:
        """The terms to look a question up by: its words, and the pairs where no asking word stands."""
        parts = ("\0" if word in QUESTION_WORDS else word for word in self._cutter.cut(question))
        return [*self.asked(question), *_pairs("".join(parts))]


def _tokenizer() -> Any:
    import jieba

    return jieba.Tokenizer()


def lend_words(cache: Path | None) -> None:
    """Give jieba's common cutter the dictionary kept in ``cache``: what it reads itself lies in a folder common to all."""
    global _lent
    import jieba

    if not jieba.dt.initialized:
        cutter, kept = _cutter(cache), _kept(cache)
        jieba.dt.FREQ, jieba.dt.total, jieba.dt.initialized = cutter.FREQ, cutter.total, True
        _lent = (kept, _changed(kept)) if kept else None


_lent: tuple[Path, int] | None = None
"""Which file's words jieba's common cutter uses, and when that was written."""


def _cutter(cache: Path | None) -> Any:
    """jieba with its dictionary, read from what an earlier run kept in ``cache`` in a fraction of the time."""
    import jieba

    jieba.setLogLevel(
        logging.CRITICAL
    )  # its progress lines, and traces of what it survives, would stand in the user's console
    cutter, kept = _tokenizer(), _kept(cache)
    if kept and (found := _words_in(kept)):
        cutter.FREQ, cutter.total = found
        cutter.initialized = True
        return cutter
    with tempfile.TemporaryDirectory() as folder:  # jieba trusts what it finds
        cutter.tmp_dir = folder
        own = Path(folder, "jieba.cache")
        cutter.initialize()
        if kept and own.exists():
            content = own.read_bytes()
            with _keeping("词典"):
                kept.parent.mkdir(parents=True, exist_ok=True)
                durable.write(kept, _digest(content) + content)
                (kept.parent / own.name).unlink(missing_ok=True)  # of an earlier version
    return cutter


def _kept(cache: Path | None) -> Path | None:
    import jieba

    return cache / f"jieba-{jieba.__version__}.cache" if cache else None


def _words_in(kept: Path) -> tuple[dict[str, int], int] | None:
    """jieba's words and beginnings of words with their counts, and the sum of these; None where it is something else.

    From memory: as jieba reads it from the file, piece by piece, it takes three times as long.
    """
    import jieba

    if _lent == (kept, _changed(kept)):
        return dict(jieba.dt.FREQ), jieba.dt.total
    try:
        words, total = marshal.loads(_intact(kept))
    except (ValueError, EOFError, TypeError):  # nothing, or of another version of Python
        return None
    return words, total


def _changed(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def _intact(kept: Path) -> memoryview:
    """What was kept behind its digest, not copied; empty where there is nothing, or not all of it."""
    try:
        content = memoryview(kept.read_bytes())
    except OSError:
        return memoryview(b"")
    digest, content = content[:32], content[32:]
    return content if digest == _digest(content) else content[:0]


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.sha256(content).digest()


@contextmanager
def _keeping(what: str) -> Iterator[None]:
    """What only saves time is not kept where it cannot be; that is said, and the search goes on."""
    try:
        yield
    except OSError as error:
        _SAYING.warning("检索用的%s没有保存（%s），不影响检索，下次打开会慢一些", what, durable.cause(error))


class LexicalIndex:
    """BM25 over the passages, in their order."""

    def __init__(self, index: Any, size: int) -> None:
        self._index = index
        self._size = size

    def scores(self, terms: Sequence[str]) -> np.ndarray:
        """float32, one score a passage; zeros where no term is known."""
        import numpy as np

        known = [term for term in terms if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)

    def holding(self, words: Sequence[str]) -> np.ndarray:
        """1.0 for each passage in which every word stands, else 0.0; zeros where there are no words."""
        import numpy as np

        starts, passages = self._index.scores["indptr"], self._index.scores["indices"]
        found = np.full(self._size, bool(words))
        for word in words:
            at, here = self._index.vocab_dict.get(word), np.zeros(self._size, dtype=bool)
            if at is not None:
                here[passages[starts[at] : starts[at + 1]]] = True
            found &= here
        return found.astype(np.float32)

    def weights(self, words: Sequence[str]) -> dict[str, float]:
        """How much each word tells: the logarithm of how few passages hold it."""
        starts = self._index.scores["indptr"]
        tokens = {word: self._index.vocab_dict.get(word) for word in words}
        holding = {word: 0 if at is None else int(starts[at + 1] - starts[at]) for word, at in tokens.items()}
        return {word: math.log(1 + (self._size + 0.5) / (count + 0.5)) for word, count in holding.items()}


def lexical_index(texts: Sequence[str], words: WordCutter, folder: Path | None, key: str) -> LexicalIndex:
    """The index of the texts; kept in ``folder`` under ``key``, which names their content."""
    import bm25s

    place = folder / f"{key}-{_FORMAT}" if folder else None
    if place and _whole(place, len(texts)):
        return LexicalIndex(bm25s.BM25.load(place), len(texts))
    if place and place.exists():
        _SAYING.warning("检索用的词语索引已损坏，正在重建")
    index = bm25s.BM25(method="lucene")
    index.index(_numbered(words, texts), show_progress=False)
    if place:
        with _keeping("词语索引"):
            _keep(index, place, len(texts))
    return LexicalIndex(index, len(texts))


def _whole(place: Path, size: int) -> bool:
    """Whether the index kept there is of so many texts, and every file of it as it was written."""
    try:
        contents = json.loads((place / _CONTENTS).read_bytes())
        files = {name: (place / name).read_bytes() for name in contents["files"]}
        return contents == {"texts": size, "files": {name: _digest(content).hex() for name, content in files.items()}}
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _numbered(words: WordCutter, texts: Sequence[str]) -> tuple[list[list[int]], dict[str, int]]:
    """Each text's terms as numbers, and the terms' numbers: millions of equal strings would fill the memory."""
    numbers: dict[str, int] = {}
    return [[numbers.setdefault(word, len(numbers)) for word in words.of(text) or [""]] for text in texts], numbers


def _keep(index: Any, place: Path, size: int) -> None:
    """On disk under its final name only when whole; indexes of earlier contents, and damaged ones, go.

    Another process may be keeping the same index: each writes in a place of its own, one comes first.
    """
    unfinished = place.with_name(f"{place.name}.{uuid4().hex}{_UNFINISHED}")
    try:
        index.save(unfinished, show_progress=False)
        files = {path.name: _digest(path.read_bytes()).hex() for path in unfinished.iterdir()}
        (unfinished / _CONTENTS).write_text(json.dumps({"texts": size, "files": files}), encoding="utf-8")
        if place.exists() and not _whole(place, size):
            place.rename(place.with_name(f"{place.name}.{uuid4().hex}{_UNFINISHED}.damaged"))
        durable.rename(unfinished, place)
    except OSError:
        if not _whole(place, size):
            raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    for earlier in place.parent.iterdir():
        if earlier != place and earlier.is_dir() and not _being_written(earlier):
            shutil.rmtree(earlier, ignore_errors=True)


def _being_written(folder: Path) -> bool:
    """Whether another process may still be writing it; what a killed one left is older."""
    if not folder.name.endswith(_UNFINISHED):
        return False
    try:
        return time.time() - folder.stat().st_mtime < _ABANDONED
    except FileNotFoundError:  # finished, and renamed, just now
        return True


def coverage(weights: Mapping[str, float], text: str) -> float:
    """The share of the weighted words that stand in ``text``, in [0, 1]."""
    whole = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in text) / whole if whole else 0.0


def _pairs(text: str) -> list[str]:
    return [run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1)]
