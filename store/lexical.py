"""Words of a text: what the vectors miss, names and numbers above all (``postings`` counts them).

Terms are jieba's words in search mode together with pairs of neighbouring characters, which still
meet where a word was cut differently (measured in ``bench/retrieval.py``).

The dictionary kept on disk only saves time: it is used where it is what was written, to the byte, and made
anew where it is not. Where it cannot be kept (a full disk, a read-only folder), the search does without.
"""

from __future__ import annotations

import hashlib
import logging
import marshal
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import durable

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
_REMEMBERED = 512
_SAYING = logging.getLogger("gongkai")


class WordCutter:
    """Cuts Chinese text into words, knowing the names of the regulations as words of their own."""

    def __init__(self, cache: Path | None = None, names: Iterable[str] = ()) -> None:
        self._cutter = _cutter(cache)
        self._own: dict[str, int | None] = {}
        self._remembered: dict[str, tuple[str, ...]] = {}
        self.know(names)

    @property
    def names(self) -> Collection[str]:
        """The names that are words of their own."""
        return self._own.keys()

    def know(self, names: Iterable[str]) -> None:
        """Let these names be words, and no longer those of before."""
        wanted = set(names)
        known, cutter = self._cutter.FREQ, self._cutter
        for name in self._own.keys() - wanted:
            cutter.total -= known[name]
            known[name] = self._own.pop(name) or 0
        for name in sorted(wanted - self._own.keys()):
            before = known.get(name)
            cutter.add_word(name)
            self._own[name] = before
        self._remembered.clear()

    def of(self, text: str) -> list[str]:
        """The terms under which a text is found: words, words within words, and character pairs."""
        words = [word for word in self._cutter.cut_for_search(text) if _RUN.fullmatch(word)]
        return [word for word in words if word not in QUESTION_WORDS] + _pairs(text)

    def asked(self, question: str) -> tuple[str, ...]:
        """The words of a question without those that merely ask; each once, in order."""
        if (found := self._remembered.get(question)) is None:
            words = self._cutter.cut_for_search(question)
            kept = (word for word in words if _RUN.fullmatch(word) and word not in QUESTION_WORDS)
            found = tuple(dict.fromkeys(kept))
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[question] = found
        return found

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


def _pairs(text: str) -> list[str]:
    return [run[at : at + 2] for run in _RUN.findall(text) for at in range(len(run) - 1)]
