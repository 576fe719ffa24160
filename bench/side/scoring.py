"""How well and how fast something was found, as rows of one table."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

import numpy as np

Found = Sequence[Sequence[set[str]]]
"""For each question what was found, best first, as the names of the articles that each hit stands for."""
Gold = Sequence[Sequence[set[str]]]
"""For each question what has to be found: entries, each a set of alternatives."""
USUAL, DEEP = 10, 100


@dataclass(frozen=True)
class Searched:
    """What one way to search found, the milliseconds of each search, and the processor's seconds of all."""

    name: str
    found: Found
    ms: Sequence[float]
    processor: float | None

    def row(self, gold: Gold, deep: bool) -> str:
        """A line of the table; ``deep``: with the first hundred."""
        figures = [f"{first(self.found, gold, 1):.3f}", f"{first(self.found, gold, 3):.3f}"]
        figures += [f"{recall(self.found, gold, k):.3f}" for k in ((USUAL, DEEP) if deep else (USUAL,))]
        return f"| {self.name} | {' | '.join([*figures, *self.times()])} |"

    def times(self) -> list[str]:
        """Milliseconds of a search, p50 and p95, and of the processor."""
        busy = "—" if self.processor is None else f"{1000 * self.processor / len(self.ms):.1f}"
        return [*(f"{np.percentile(self.ms, at):.1f}" for at in (50, 95)), busy]


def head(count: int, deep: bool) -> str:
    """The head of the table."""
    names = [f"{count} 个问题", "第一条", "前三条", "recall@10", *(["recall@100"] if deep else [])]
    names += ["毫秒 p50", "p95", "处理器毫秒"]
    return f"| {' | '.join(names)} |\n|{'---|' * len(names)}"


def first(found: Found, gold: Gold, k: int) -> float:
    """The share of questions with a right article among the first ``k`` hits."""
    return mean(any(hit & set().union(*wanted) for hit in hits[:k]) for hits, wanted in zip(found, gold))


def recall(found: Found, gold: Gold, k: int) -> float:
    """The mean share of a question's entries of which an alternative is among the first ``k`` hits."""
    return mean(mean(any(hit & entry for hit in hits[:k]) for entry in wanted) for hits, wanted in zip(found, gold))


def timed(name: str, questions: Sequence[str], ask: Callable[[str, int], list[set[str]]], deep: bool) -> Searched:
    """Each question put to ``ask`` for the first ten, which is timed, and where wanted for the first hundred."""
    ask(questions[0], USUAL)  # what is remembered is made now
    found, ms, processor = [], [], 0.0
    for question in questions:
        clock, busy = time.perf_counter(), time.process_time()
        hits = ask(question, USUAL)
        ms.append(1000 * (time.perf_counter() - clock))
        processor += time.process_time() - busy
        found.append(ask(question, DEEP) if deep else hits)
    return Searched(name, found, ms, processor)
