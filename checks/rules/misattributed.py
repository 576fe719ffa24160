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
_TITLE, _BASIS, _TOPICS = "政府信息公开条例", _WORDS["basis"], _WORDS.group("topics")
# What each topic rests on, in that regulation: its name in a finding, the articles, the one to name first.
_ARTICLES = {
    "report": ("编制年度报告", {47: "四十七", 49: "四十九", 50: "五十"}, 50),
    "fee": ("收取信息处理费", {42: "四十二"}, 42),
    "term": ("答复政府信息公开申请的期限", {33: "三十三"}, 33),
    "guide": ("编制公开指南", {12: "十二"}, 12),
}
_KNOWN = {
    _TITLE: Law("2019-05-15", articles=56),
    "行政处罚法": Law("2021-07-15", articles=86),
    "行政许可法": Law("2004-07-01", articles=83),
}

ARTICLE_LAW = Rule(
    id="ARTICLE-LAW",
    title="条文写在它所属的法规名下",
    severities=("error",),
    source="《政府信息公开条例》第十二条、第三十三条、第四十二条、第四十九条、第五十条",
    advice="核对法规名称和条文序号",
    speaks=texts(
        "根据《中华人民共和国行政处罚法》第五十条的规定，编制本年度报告。",
        "依照《行政许可法》第四十九条、第五十条规定，现公布2024年度政府信息公开工作年度报告。",
        "按照《政府信息公开条例》第十五条要求，编制本年度报告。",
        "依照《行政许可法》第四十二条收取信息处理费320元。",
        "按照《行政处罚法》第三十三条规定，在20个工作日内答复政府信息公开申请。",
        laws=_KNOWN,
    ),
    silent=texts(
        "根据《中华人民共和国政府信息公开条例》第五十条的规定，编制本年度报告。",
        "根据《条例》第四十九条公布年度报告。",
        "依照《政府信息公开条例》第四十二条收取信息处理费320元。",
        "依照《行政许可法》第四十二条，在20个工作日内作出许可决定。",
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
    told: dict[tuple[str, str, str], set[tuple[str, int]]] = {}
    for paragraph, reference in references(subject):
        sentence, before = around(paragraph.text, reference)
        behind = paragraph.text[reference.end : reference.end + len(sentence)]
        topic = next((name for name, pattern in _TOPICS.items() if pattern.match(behind)), "")
        if reference.article_no and topic and _BASIS.search(before):
            told.setdefault((topic, paragraph.where, sentence), set()).add((reference.title, reference.article_no))
    for (topic, where, sentence), cited in told.items():
        doing, articles, first = _ARTICLES[topic]
        names = {title for title, _ in cited if title}
        right = any(number in articles for _, number in cited) and names <= {_TITLE}
        known = all(subject.article_exists(title, number, day) for title, number in cited if title)
        if right or not known or not names:
            continue
        wanted = articles[max((number for _, number in cited if number in articles), default=first)]
        named = "、".join(f"《{title}》" for title in sorted(names))
        said = f"{doing}的依据写成{named}的条文，应为《{_TITLE}》第{wanted}条"
        yield ARTICLE_LAW.finding(subject, said, where, sentence)
