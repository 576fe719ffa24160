"""Which of two paragraphs is offered: the model's, unless the gates have something against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain import Phrase
from drafting.past import PastReport
from drafting.similarity import MOST_COPIED, SHORTEST, copied, plain
from gates.citations import find_references
from gates.sentences import split

SHORTEST_SHARE, LONGEST_SHARE = 0.6, 1.7  # of the composer's length


@dataclass(frozen=True)
class Measure:
    """How a paragraph is measured against last year's report; ``names`` are masked in both."""

    past: PastReport | None
    names: tuple[str, ...] = ()

    def share(self, text: str) -> float:
        """The share of ``text`` that last year's report has too; 0 where there is none to compare."""
        if self.past is None:
            return 0.0
        prose = plain(text, self.names)
        if len(prose.replace("□", "")) < SHORTEST:
            return 0.0
        return copied(prose, plain(self.past.text, self.names))[0]


def objections(written: str, composed: str, figures: Sequence[Phrase], measure: Measure) -> Iterator[str]:
    """What speaks against a model's paragraph beside the composer's of the same facts, in Chinese.

    figures: the phrases of the composer's paragraph; each must stand in the model's too.
    """
    lost = [phrase.text for phrase in figures if phrase.text not in written]
    if lost:
        yield f"漏掉了{'、'.join(lost)}"
    cited = {(r.title, r.article_no) for r in find_references(composed)}
    if cited - {(r.title, r.article_no) for r in find_references(written)}:
        yield "漏掉了引用的条文"
    if not SHORTEST_SHARE <= len(written) / max(1, len(composed)) <= LONGEST_SHARE:
        yield "篇幅与资料不相称"
    if any(not sentence.strip().endswith(("。", "；", "！", "？")) for sentence in split(written) if sentence.strip()):
        yield "有句子不完整"
    share = measure.share(written)
    if share > max(MOST_COPIED, measure.share(composed)):
        yield f"与上年报告相同的文字占{share:.0%}"
