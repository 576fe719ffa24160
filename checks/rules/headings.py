"""The six parts stand under their headings, each once and in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.subject import NUMERALS, Subject, part_by_words, part_of
from domain import Finding

HEADING = Rule(
    id="FORMAT-HEADING",
    title="六个部分的标题齐全、用格式的文字、依次排列",
    severities=("error", "warning", "notice"),
    source="{form}",
    advice="按格式补上标题",
    speaks=(
        Example(headings={5: "附"}),
        Example(headings={5: "附"}, source="报告.txt"),
        Example(headings={4: "五、今后打算"}),
        Example(headings={4: "五、存在问题及改进情况"}),
        Example(headings={5: "六、其它需要报告的事项"}),
        Example(headings={5: "六、其他需要报告事项"}),
        Example(headings={5: "六、需要报告的其他事项"}),
        Example(headings={5: "六、其他需报告的事项"}),
        Example(headings={1: "二、主动公开政府信息的情况"}),
        Example(headings={2: "三、收到和办理政府信息公开申请情况"}),
        Example(headings={3: "四、因政府信息公开被申请行政复议、提起行政诉讼情况"}),
        Example(headings={3: "四、政府信息公开行政复议和行政诉讼情况"}),
        Example(headings={4: "五、存在的主要问题和改进措施"}),
        Example(headings={4: "五、主要问题及改进情况"}),
        Example(
            headings={0: "五、存在的主要问题及改进情况", 4: "一、总体情况"},
            parts={0: "信息公开的目录不够细。\n下一步，修订目录。", 4: "依照《政府信息公开条例》编制。主动公开信息。"},
        ),
    ),
    silent=(
        Example(),
        Example(headings={1: "二、 主动公开政府信息情况", 4: "5.存在的主要问题及改进情况"}),
        Example(headings={2: "三．收到和处理政府信息公开申请情况", 3: "四、政府信息公开行政复议 行政诉讼情况"}),
    ),
)


_PLAIN_COPY = re.compile(r"\.(?:txt|md|markdown)$", re.IGNORECASE)
_TABLES = {1: "table2", 2: "table3", 3: "table4"}
_TOLD = 3  # headings that are there, for the others to be missed
_NUMBER = re.compile(r"^\s*[（(]?第?[一二三四五六1-6]\s*(?:部分)?\s*[)）、.．,，:：]*\s*")


def _core(heading: str) -> str:
    """A heading without its number, spaces and punctuation."""
    return re.sub(r"[\s、，,。：:]", "", _NUMBER.sub("", heading))


def _lost_with_more(subject: Subject, place: int) -> bool:
    """Whether a heading may be missing in the copy alone: with its table, with all that follows, or of a plain text."""
    tables = subject.published.tables
    if _PLAIN_COPY.search(subject.published.source):
        return True
    if place in _TABLES:
        return not tables.get(_TABLES[place])
    return any(note.code == "cut-off" for note in subject.published.notes)


@looks_for(HEADING, order=30)
def headings(subject: Subject) -> Iterator[Finding]:
    """Each part's heading, by its words or else by its number, and their order."""
    printed = [section.heading for section in subject.published.sections if section.heading]
    places = [place for place in map(part_of, printed) if place is not None]
    worded = {part_by_words(heading) for heading in printed}
    told = len(set(places)) >= _TOLD  # else the copy has lost its headings, which is no fault of the report
    for place, part in enumerate(subject.form.parts):
        where, official = f"第{NUMERALS[place]}部分", f"{NUMERALS[place]}、{part}"
        if place not in places:
            said = f"没有找到标题“{official}”"
            lost = not told or _lost_with_more(subject, place)
            yield HEADING.finding(subject, said, where, severity="warning" if lost else "error")
            continue
        other = next(heading for heading in printed if part_of(heading) == place)
        if place not in worded:
            said = f"标题写作“{other}”，格式为“{official}”"
            yield HEADING.finding(subject, said, where, other, severity="warning", advice="按格式改标题")
        elif _core(other) != _core(part):
            said = f"标题写作“{other}”；范式为“{official}”"
            yield HEADING.finding(subject, said, where, other, severity="notice", advice="可以按格式改标题")
    firsts = list(dict.fromkeys(places))
    if firsts != sorted(firsts):
        order = "、".join(NUMERALS[place] for place in firsts)
        yield HEADING.finding(subject, f"六个部分的顺序是{order}，与格式不符", "全文", order, advice="按格式的顺序编排")
