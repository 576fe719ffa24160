"""The regulations named in a report exist under that name."""

from __future__ import annotations

from collections.abc import Iterator

from checks.citations import around, references
from checks.examples import Law, texts
from checks.naming import Likeness, likeness, printed_name, unknown_law
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding, Mend

_QUOTES_DRAFT = read_words(__file__)["draft"]
_KNOWN = {
    "政府信息公开条例": Law("2019-05-15", articles=56),
    "行政处罚法": Law("2021-07-15", articles=86),
    "固体废物污染环境防治法": Law("2020-09-01", articles=126),
    "企业环境信息依法披露管理办法": Law("2022-02-08", articles=33),
}

LAW_NAME = Rule(
    id="LAW-NAME",
    title="引用的法规确有其名",
    severities=("error", "warning"),
    source="所引用的法规",
    advice="核对法规名称，按公布时的全称写",
    speaks=texts(
        "根据《国务院政府信息公开条例》编制本报告。",
        "依照《政府信息公开法》公开信息。",
        "落实《中华人民共和国政务信息公开条例》要求。",
        "依据《固体废物污染防治法》作出处罚。",
        "根据《国家行政处罚法》第五条公示处罚决定。",
        "落实《企业环境信息披露管理办法》，督促企业披露信息。",
        "根据《中华人民共和国信息公开法》编制本报告。",
        "依据《信息公开法》编制本报告。",
        "按照《中华人民共和国政务公开条例》要求编制本报告。",
        "按照《政务公开条例》编制本报告。",
        "根据《中华人民共和国信息公开条例》编制本报告。",
        "根据《中华人民共和国政府公开条例》编制。",
        "根据《政务信息公开法》编制。",
        "根据《中华人民共和国行政公开法》编制。",
        "根据《国家信息公开条例》编制。",
        "根据《中华人民共和国政府信息公开管理条例》编制。",
        "依据《中华人民共和国排污许可法》公开信息。",
        "依据《行政审批事项法》公示结果。",
        "依据《环境保护信息公开条例》公开信息。",
        laws=_KNOWN,
    ),
    silent=texts(
        "根据《中华人民共和国政府信息公开条例》编制本报告。",
        "落实《企业环境信息依法披露管理办法》。",
        "执行《江苏省政府信息公开条例》。",
        "制定《云溪县政府信息公开办法》。",
        "印发《政府信息公开指南》，《条例》第二十条规定的内容均已公开。",
        "在《行政处罚法释义》基础上组织培训。",
        "对《政府信息公开法（草案）》提出意见。",
        "依据《信息公开条例》公开信息。",
        "培训中比较了日本《信息公开法》的做法。",
        "执行《广东省政务公开条例》。",
        "依据《企业信息公示暂行条例》公示。",
        "依据《固废污染防治法》《固体废物法》作出处罚。",
        "学习《基层治理四步工作法》，推广《统计方法》。",
        "《中华人民共和国排污许可法（草案）》公开征求意见。",
        laws=_KNOWN,
    ),
)


@looks_for(LAW_NAME, order=345)
def existing_laws(subject: Subject) -> Iterator[Finding]:
    """An error where no regulation can have the name, a question where a known one has nearly that name or no list holds the law."""
    for paragraph, reference in references(subject):
        printed = printed_name(paragraph.text[reference.start : reference.end])
        found = likeness(printed, subject.titles) if subject.titles else None
        sentence, _ = around(paragraph.text, reference)
        if _QUOTES_DRAFT.search(sentence):
            continue
        if found is None:
            if subject.titles and unknown_law(printed, subject.titles):
                said = f"没有查到《{printed}》这部法律，请核对名称"
                yield LAW_NAME.finding(subject, said, paragraph.where, sentence, severity="warning")
            continue
        at = sentence.find(f"《{printed}》")
        mend = Mend(printed, found.full, at + 1) if found.certain and at >= 0 else None
        severity, source = "error" if found.certain else "warning", f"《{found.full}》"
        said = _told(printed, found)
        yield LAW_NAME.finding(subject, said, paragraph.where, sentence, severity=severity, source=source, mend=mend)


def _told(printed: str, found: Likeness) -> str:
    if found.certain:
        return f"没有《{printed}》这部法规，应为《{found.full}》"
    return f"没有查到《{printed}》，是否应为《{found.full}》"
