"""Part one is there and speaks of each of its topics, under headings that are not empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.examples import OVERVIEW as COMPLETE
from checks.examples import Example
from checks.rule import Rule, looks_for
from checks.statements import plain
from checks.subject import Paragraph, Subject
from checks.words import read_words
from domain import Finding

_TOPICS = read_words(__file__).group("topics")
_HEADING = re.compile(r"\s*[（(][一二三四五六七八九十]+[)）][^。；，,：:]{2,24}$")
_UNDER_HEADINGS = (
    "依照《政府信息公开条例》编制。\n（一）主动公开\n发布信息。\n（二）依申请公开\n没有收到。\n"
    "（三）政府信息管理\n规范。\n（四）平台建设\n维护网站。\n（五）监督保障\n定期检查。"
)

OVERVIEW = Rule(
    id="OVERVIEW",
    title="总体情况写到五个方面，标题下都有内容",
    severities=("error", "warning"),
    source="{form}",
    advice="补写总体情况，五个方面都要写到",
    speaks=(
        Example(parts={0: ""}),
        Example(parts={0: COMPLETE.replace("政府信息管理", "文件归档")}),
        Example(parts={0: COMPLETE.replace("监督保障：定期检查。", "")}),
        Example(parts={0: _UNDER_HEADINGS.replace("\n维护网站。", "")}),
    ),
    silent=(
        Example(),
        Example(parts={0: _UNDER_HEADINGS}),
        Example(parts={0: COMPLETE.replace("监督保障：定期检查", "开展社会评议，结果良好")}),
    ),
)


@looks_for(OVERVIEW, order=130)
def overview_topics(subject: Subject) -> Iterator[Finding]:
    """Rule 21: the part, its topics by their words, and a heading that another heading follows."""
    overview, where = plain(subject.part(0)), "第一部分"
    if not overview:
        yield OVERVIEW.finding(subject, "没有总体情况的内容", where)
        return
    for topic in subject.form.overview_topics:
        if not _TOPICS[topic].search(overview):
            said = f"总体情况没有写到“{topic}”"
            yield OVERVIEW.finding(subject, said, where, severity="warning", advice=f"补写{topic}的情况")
    inside = [paragraph for paragraph in subject.paragraphs if paragraph.part == 0]
    for paragraph, following in zip(inside, [*inside[1:], None]):
        if _is_heading(paragraph) and (following is None or _is_heading(following)):
            heading = paragraph.text.strip()
            yield OVERVIEW.finding(
                subject,
                f"“{heading}”标题下没有内容",
                paragraph.where,
                heading,
                severity="warning",
                advice="补写这一方面的情况，没有的写明没有",
            )


def _is_heading(paragraph: Paragraph) -> bool:
    return bool(_HEADING.match(paragraph.text.strip()))
