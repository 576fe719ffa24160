"""Which of two paragraphs is offered: the model's, unless the gates have something against it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from domain import Phrase
from drafting.past import PastReport
from drafting.similarity import MOST_COPIED, SHORTEST, copied, plain
from gates.citations import find_references
from gates.sentences import split
from gates.support import bigrams, overlap

CLAIMS = Path(__file__).parent / "claims.toml"
SHORTEST_SHARE, LONGEST_SHARE = 0.6, 1.7  # of the composer's length
LEAST_KEPT = 0.35  # of the character pairs of a sentence without a figure: as many must be the composer's too
GAIN = 0.1  # by so much less of last year's words must a small model's paragraph have, to be worth a look
DOUBLED = 10  # as many characters twice in a paragraph, though not in the composer's, are said twice
_CLAUSE = re.compile("[，。；：！？、（）\n]")
_FEW, _FROM_ELSEWHERE = 4, 2  # character pairs before a figure; those of them that are another clause's


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


def objections(
    written: str, composed: str, figures: Sequence[Phrase], measure: Measure, small: bool = False
) -> Iterator[str]:
    """What speaks against a model's paragraph beside the composer's of the same facts, in Chinese.

    figures: the phrases of the composer's paragraph; each must stand in the model's too. small: of a model
    whose prose is no better by itself, so that it must have less of last year's words to be offered.
    """
    lost = [phrase.text for phrase in figures if phrase.text not in written]
    if lost:
        yield f"漏掉了{'、'.join(lost)}"
    doubled = [phrase.text for phrase in figures if written.count(phrase.text) > composed.count(phrase.text)]
    if twice := doubled or _said_twice(written, composed):
        yield f"重复了{'、'.join(twice)}"
    if empty := [word for word in _empty() if word in written and word not in composed]:
        yield f"有套话“{empty[0]}”"
    if beyond := _beyond(written, composed, [phrase.text for phrase in figures]):
        yield f"写了资料以外的话“{beyond[0]}”"
    cited = {(r.title, r.article_no) for r in find_references(composed)}
    if cited - {(r.title, r.article_no) for r in find_references(written)}:
        yield "漏掉了引用的条文"
    if not SHORTEST_SHARE <= len(written) / max(1, len(composed)) <= LONGEST_SHARE:
        yield "写的篇幅与资料不相称"
    if any(not sentence.strip().endswith(("。", "；", "！", "？")) for sentence in split(written) if sentence.strip()):
        yield "有句子不完整"
    share = measure.share(written)
    if share > max(MOST_COPIED, measure.share(composed)):
        yield f"写的与上年报告相同的文字占{share:.0%}"
    if clumsy := _clumsy(written, composed, [phrase.text for phrase in figures]):
        yield f"写的“{clumsy}”不通顺"
    if small and share > measure.share(composed) - GAIN:
        yield "写的不比按台账写成的更好（与上年报告相同的文字没有减少）"


def _clumsy(written: str, composed: str, figures: Sequence[str]) -> str:
    """The first clause whose words before a figure are two clauses of the composer's run into one.

    A clause of the report has one subject and one verb: 全年新收政府信息的工作发生行政复议3件 has the
    beginning of one clause, and the end of another. Its words before the figure must be those of one
    clause of the composer's, or hold few of theirs.
    """
    clauses = [part for part in _CLAUSE.split(composed) if part]
    for part in filter(None, _CLAUSE.split(written)):
        figure = next((one for one in figures if one in part), "")
        before = bigrams(part.partition(figure)[0]) if figure else frozenset()
        held = [before & bigrams(clause) for clause in clauses]
        most = max(map(len, held), default=0)
        if len(before) >= _FEW and len(frozenset().union(*held)) - most >= _FROM_ELSEWHERE:
            return part
    return ""


def _said_twice(written: str, composed: str) -> list[str]:
    """The first run of DOUBLED characters that stands again in ``written``, though not in ``composed``."""
    runs = (written[at : at + DOUBLED] for at in range(len(written) - DOUBLED + 1))
    again = (run for run in runs if written.count(run) > max(1, composed.count(run)) and re.fullmatch("[一-龥]+", run))
    return [run for run in [next(again, "")] if run]


def _beyond(written: str, composed: str, figures: Sequence[str]) -> list[str]:
    """Sentences without a figure that share little with the composer's paragraph."""
    bare = (re.sub("^(?:[一二三四五六七八九十]是|改进措施：)", "", sentence.strip()) for sentence in split(written))
    return [
        sentence
        for sentence in bare
        if sentence and not any(figure in sentence for figure in figures) and overlap(sentence, composed) < LEAST_KEPT
    ]


@cache
def _empty() -> list[str]:
    return tomllib.loads(CLAIMS.read_text(encoding="utf-8"))["empty"]
