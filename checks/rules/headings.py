"""The six parts stand under their headings, each once and in order."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import NUMERALS, Subject, part_by_words, part_of
from domain import Finding

HEADING = Rule(
    id="FORMAT-HEADING",
    title="六个部分的标题齐全、用格式的文字、依次排列",
    severities=("error", "warning"),
    source="{form}",
    advice="按格式补上标题",
    speaks=(
        Example(headings={5: "附"}),
        Example(headings={4: "五、今后打算"}),
        Example(
            headings={0: "五、存在的主要问题及改进情况", 4: "一、总体情况"},
            parts={0: "信息公开的目录不够细。\n下一步，修订目录。", 4: "依照《政府信息公开条例》编制。主动公开信息。"},
        ),
    ),
    silent=(
        Example(),
        Example(headings={1: "二、主动公开政府信息的情况", 4: "五、存在问题和改进措施"}),
        Example(headings={3: "四、因政府信息公开被申请行政复议、提起行政诉讼情况"}),
    ),
)


@looks_for(HEADING, order=30)
def headings(subject: Subject) -> Iterator[Finding]:
    """Rule 8: each part's heading, by its words or else by its number, and their order."""
    printed = [section.heading for section in subject.published.sections if section.heading]
    places = [place for place in map(part_of, printed) if place is not None]
    worded = {part_by_words(heading) for heading in printed}
    for place, part in enumerate(subject.form.parts):
        where, official = f"第{NUMERALS[place]}部分", f"{NUMERALS[place]}、{part}"
        if place not in places:
            yield HEADING.finding(subject, f"没有找到标题“{official}”", where)
        elif place not in worded:
            other = next(heading for heading in printed if part_of(heading) == place)
            said = f"标题写作“{other}”，格式为“{official}”"
            yield HEADING.finding(subject, said, where, other, severity="warning", advice="按格式改标题")
    firsts = list(dict.fromkeys(places))
    if firsts != sorted(firsts):
        order = "、".join(NUMERALS[place] for place in firsts)
        yield HEADING.finding(subject, f"六个部分的顺序是{order}，与格式不符", "全文", order, advice="按格式的顺序编排")
