"""How much of each part's prose stands word for word in last year's report.

Circulars criticise reports by name for text copied from the year before (条例第五十条 asks for this
year's facts). Numbers recur rightly, so they count on neither side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import NUMERALS, Subject, paragraphs
from domain import Finding

_RUN = 12  # characters: shorter runs are the words of the trade
_MOST = 0.7  # of a part's prose
_LEAST_PROSE = {0: 150, 4: 60, 5: 200}  # characters of a part, below which a share says nothing
_NO_PROSE = re.compile(r"[\d\s，。、；：！？“”‘’（）()《》【】,.;:·%—-]+")
_LONG = (
    "围绕大气、水、土壤污染防治，在门户网站设立专栏，按月公开空气质量和饮用水水源水质，逐项说明达标情况。"
    "对群众反映集中的噪声、油烟问题，公开处理进展和结果，回应来信来电。对新建项目，公开环评受理、拟批准和批准信息，"
    "并把公众意见的采纳情况写进批复。执法方面，公开随机抽查事项清单、抽查结果和处罚决定，涉及个人信息的先行处理。"
)
_NEW = (
    "这一年把排污许可证后监管作为重点，对持证单位的执行报告逐份审阅，结果在专栏公布。农村黑臭水体整治完成以后，"
    "请村民代表到现场查看，意见和答复一并公开。核与辐射安全知识进校园、进社区，讲稿和图解同步上网。"
    "机动车检验机构的检查情况每季度通报，存在的问题限期整改，整改报告也能在网上查到，市民可以对照评价。"
)

SIMILAR = Rule(
    id="SIMILAR",
    title="叙述部分不照抄上年报告",
    severities=("warning",),
    source="《政府信息公开条例》第五十条",
    advice="按本年的实际情况改写",
    speaks=(Example(_LONG, last_text=_LONG), Example(_LONG + "全年培训3次。", last_text=_LONG + "全年培训5次。")),
    silent=(Example(_LONG), Example(_NEW, last_text=_LONG), Example("发布信息。", last_text="发布信息。")),
)


@looks_for(SIMILAR, order=320)
def copied_parts(subject: Subject) -> Iterator[Finding]:
    """Rule 24: each narrative part whose prose is for the most part last year's, with the longest common run."""
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
            most = f"最长的一处 {len(longest)} 个字（“{longest[:20]}…”）"
            said = f"这一部分有 {share:.0%} 的文字与上年报告逐字相同，{most}"
            yield SIMILAR.finding(subject, said, f"第{NUMERALS[part]}部分", longest)


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
