"""The words that carry a question, and how far a passage covers them."""

from __future__ import annotations

import logging
import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from gates.support import overlap

# Words with which one asks; they say nothing of what is asked about.
ASKING = frozenset(
    (
        "哪些 哪个 哪几 哪种 哪里 哪儿 哪一条 哪条 条款 法条 规定 依据 法律依据 法规 法律 管 什么 怎么 怎样 怎么办 "
        "怎么样 如何 为什么 多少 多久 多长 多长时间 几时 几月 几号 几日 几天 几年 哪天 哪年 哪一天 何时 什么时候 时候 "
        "时间 是否 能否 可否 能不能 要不要 是不是 有没有 可以 可不可以 应该 应当 需要 必须 要求 请问 请 告诉 知道 我 "
        "我们 你 你们 他 她 它 它们 他们 这 那 这个 那个 这些 那些 这里 那里 那么 的 了 着 过 吗 呢 吧 啊 是 有 在 和 "
        "与 及 或 或者 以及 还是 还 也 都 就 才 又 再 把 被 让 对 对于 关于 由 从 向 给 为 为了 按 按照 根据 依照 "
        "一下 一个 一些 一种 几 个 些 点 里 上 下 中 内 后 前 之前 之后 以后 以前 时 日 月 年 天 号 谁 去 到 来 用 做 "
        "办 要是 如果 假如 万一 的话 想 想要 应 须 得 能 会 要 不 没 没有 不要 属于 包括 哪 何 吗 么 帮 帮我 写 说 讲 "
        "介绍 解释 说明 问题 情况 方面 相关 有关 具体 第 条 款 项 中华人民共和国"
    ).split()
)
_WORD = re.compile(r"[一-龥A-Za-z0-9]+")


@lru_cache(maxsize=512)
def content_terms(text: str) -> tuple[str, ...]:
    """The words of ``text`` that carry meaning, each once, in order."""
    words = (word.strip() for word in _cutter().cut(text))
    kept = [word for word in words if _WORD.fullmatch(word) and word not in ASKING and not word.isdigit()]
    return tuple(dict.fromkeys(kept))


def words(text: str) -> list[str]:
    """The words and other characters of a text, in order and without a gap."""
    return list(_cutter().cut(text))


def weight(term: str) -> float:
    """How much a word tells: the rarer in general Chinese, the more (natural logarithm)."""
    cutter = _cutter()
    return math.log(cutter.total / (cutter.FREQ.get(term, 0) + 1)) if len(term) > 1 else 2.0


def coverage(terms: Iterable[str], text: str) -> float:
    """The weighted share of the terms that ``text`` holds, in [0, 1]; a part of a term counts in part."""
    total = held = 0.0
    for term in terms:
        total += weight(term)
        held += weight(term) * _held(term, text)
    return held / total if total else 0.0


def _held(term: str, text: str) -> float:
    if term in text:
        return 1.0
    return overlap(term, text) * 0.8 if len(term) > 2 else 0.0


@cache
def _cutter() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)  # its progress lines would stand in the user's console
    jieba.initialize()
    return jieba.dt
