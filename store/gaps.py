"""Articles that a text lacks and the held one of its version has: such a text takes nobody's place.

Only numbers are compared. A file that was cut off, or a heading that was misread so that one article
swallowed the next, leaves no trace in the words that are there; it leaves one in the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from domain import Document, Passage, UnusableInput
from ingest import law_library
from ingest.numerals import article_label

Number = tuple[int, int]
"""An article's number and sub-number: (12, 1) is 第十二条之一."""


@dataclass(frozen=True)
class Gaps:
    """The articles missing, in runs without a break, of ``held`` articles; the text itself has ``own``."""

    runs: tuple[tuple[Number, ...], ...]
    own: int
    held: int

    @property
    def count(self) -> int:
        return sum(len(run) for run in self.runs)

    def __str__(self) -> str:
        """缺少第五条、第八条至第十二条，共6条."""
        return f"缺少{'、'.join(_in_words(run) for run in self.runs)}，共{self.count}条"


def gaps(document: Document, held: Iterable[Passage]) -> Gaps:
    """What ``document`` lacks of the articles that are held."""
    own, there = _articles(document.passages), sorted(_articles(held))
    runs: list[list[Number]] = []
    before: Number = (0, 0)
    for number in there:
        if number not in own:
            goes_on = bool(runs) and runs[-1][-1] == before and number[0] <= before[0] + 1
            runs[-1].append(number) if goes_on else runs.append([number])
        before = number
    return Gaps(tuple(tuple(run) for run in runs), len(own), len(there))


def refusal(document: Document, found: Gaps) -> UnusableInput:
    """Why the text was not taken in, and what to do about it."""
    undated = "" if document.promulgated or document.effective_from else "没有写明日期，只能当作同一版本；"
    said = (
        f"{document.source}：《{document.title}》{undated}有{found.own}条，已收入的文本有{found.held}条，"
        f"{found}；没有收入，已收入的没有改动"
    )
    if document.source != law_library.SOURCE:
        said += "。请换完整的文件；已收入的不对，就先移除它；只想留着备查，收入时加 --beside（在资料库勾选“条文有缺的文本也收入”），与它并存"
    return UnusableInput(said)


def _articles(passages: Iterable[Passage]) -> set[Number]:
    return {(passage.article_no, passage.article_sub) for passage in passages if passage.article_no}


def _in_words(run: tuple[Number, ...]) -> str:
    first, last = article_label(*run[0]), article_label(*run[-1])
    return first if len(run) == 1 else f"{first}{'至' if len(run) > 2 else '、'}{last}"
