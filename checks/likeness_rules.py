"""Rule 24: how much of each part's prose stands word for word in last year's report.

Circulars criticise reports by name for text copied from the year before (条例第五十条 asks for this
year's facts). Numbers recur rightly, so they count on neither side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.subject import NUMERALS, Subject, paragraphs
from domain import Finding

_RUN = 12  # characters: shorter runs are the words of the trade
_MOST = 0.7  # of a part's prose
_LEAST_PROSE = {0: 150, 4: 60, 5: 200}  # characters of a part, below which a share says nothing
_NO_PROSE = re.compile(r"[\d\s，。、；：！？“”‘’（）()《》【】,.;:·%—-]+")


def copied_parts(subject: Subject) -> Iterator[Finding]:
    """Each narrative part whose prose is for the most part last year's, with the longest common run."""
    if subject.previous_report is None:
        return
    last = list(paragraphs(subject.previous_report))
    for part, least in _LEAST_PROSE.items():
        own = _NO_PROSE.sub("", subject.part(part))
        past = _NO_PROSE.sub("", "".join(paragraph.text for paragraph in last if paragraph.part == part))
        if len(own) < least or not past:
            continue
        share, longest = copied(own, past)
        if share >= _MOST:
            yield Finding(
                "SIMILAR",
                "warning",
                f"这一部分有 {share:.0%} 的文字与上年报告逐字相同，最长的一处 {len(longest)} 个字（“{longest[:20]}…”）",
                f"第{NUMERALS[part]}部分",
                "《政府信息公开条例》第五十条",
                "按本年的实际情况改写",
                longest,
            )


def copied(own: str, past: str) -> tuple[float, str]:
    """(share of ``own`` in runs of _RUN characters or more that ``past`` has too, the longest of them)."""
    known = {past[at : at + _RUN] for at in range(len(past) - _RUN + 1)}
    shared, longest, at = 0, "", 0
    while at < len(own):
        end = at
        while own[end : end + _RUN] in known and end + _RUN <= len(own):
            end += 1
        if end == at:
            at += 1
            continue
        run = own[at : end + _RUN - 1]
        shared, at = shared + len(run), at + len(run)
        longest = max(longest, run, key=len)
    return (shared / len(own) if own else 0.0), longest


RULES = (copied_parts,)
