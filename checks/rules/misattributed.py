"""An article is cited under the name of the regulation that it is of."""

from __future__ import annotations

from collections.abc import Iterator

from checks.citations import around, last_day, references
from checks.examples import Law, texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_TITLE, _ARTICLES = "政府信息公开条例", {47: "四十七", 49: "四十九", 50: "五十"}
_REPORT, _BASIS = _WORDS["report"], _WORDS["basis"]
_KNOWN = {
    _TITLE: Law("2019-05-15", articles=56),
    "行政处罚法": Law("2021-07-15", articles=86),
    "行政许可法": Law("2004-07-01", articles=83),
}

ARTICLE_LAW = Rule(
    id="ARTICLE-LAW",
    title="条文写在它所属的法规名下",
    severities=("error",),
    source="《政府信息公开条例》第四十七条、第四十九条、第五十条",
    advice="核对法规名称和条文序号",
    speaks=texts(
        "根据《中华人民共和国行政处罚法》第五十条的规定，编制本年度报告。",
        "依照《行政许可法》第四十九条、第五十条规定，现公布2024年度政府信息公开工作年度报告。",
        "按照《政府信息公开条例》第十五条要求，编制本年度报告。",
        laws=_KNOWN,
    ),
    silent=texts(
        "根据《中华人民共和国政府信息公开条例》第五十条的规定，编制本年度报告。",
        "根据《条例》第四十九条公布年度报告。",
        "根据《政府信息公开条例》第二十条和第五十条规定，编制本年度报告。",
        "依据《行政处罚法》第五十条收集证据，处罚情况见年度报告。",
        "根据《行政许可法》编制服务指南。",
        laws=_KNOWN,
    ),
)


@looks_for(ARTICLE_LAW, order=352)
def misattributed(subject: Subject) -> Iterator[Finding]:
    """The articles said to be what the report is made under, where none of them is; those that are not there are told elsewhere."""
    day = last_day(subject)
    told: dict[tuple[str, str], set[tuple[str, int]]] = {}
    for paragraph, reference in references(subject):
        sentence, before = around(paragraph.text, reference)
        behind = paragraph.text[reference.end : reference.end + len(sentence)]
        if reference.article_no and _BASIS.search(before) and _REPORT.match(behind):
            told.setdefault((paragraph.where, sentence), set()).add((reference.title, reference.article_no))
    for (where, sentence), cited in told.items():
        names = {title for title, _ in cited if title}
        right = any(number in _ARTICLES for _, number in cited) and names <= {_TITLE}
        known = all(subject.article_exists(title, number, day) for title, number in cited if title)
        if right or not known or not names:
            continue
        wanted = next(
            (_ARTICLES[number] for _, number in sorted(cited, key=lambda one: -one[1]) if number in _ARTICLES), "五十"
        )
        named = "、".join(f"《{title}》" for title in sorted(names))
        said = f"编制年度报告的依据写成{named}的条文，应为《{_TITLE}》第{wanted}条"
        yield ARTICLE_LAW.finding(subject, said, where, sentence)
