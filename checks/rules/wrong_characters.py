"""Words that are written with a wrong character again and again: 条列 for 条例, 布署 for 部署."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from checks.words import read_words
from domain import Finding, Mend

_WRONG = read_words(__file__).group("wrong")
_AROUND = 8  # characters that are quoted on either side

TYPO = Rule(
    id="TYPO",
    title="没有常见的错别字",
    severities=("warning",),
    source="《党政机关公文处理工作条例》关于公文文字的要求",
    advice="按建议改正",
    speaks=texts(
        "认真学习政府信息公开条列。",
        "按照上级布署开展工作。",
        "深入惯彻落实会议精神。",
        "既使申请内容不明确，也一次性告知补正。",
        "局长亲自坐阵指挥。",
        "完善政务公开工作机制，做到及时准确，防范于未然。",
    ),
    silent=texts(
        "公开的条例和条目列明。",
        "发布署名文章3篇。",
        "一条列入清单，两条列入目录。",
        "既使用网站，又使用公众号。",
        "企业可自行监测，公布结果。",
        "加强宣传，布置展板。",
    ),
)


@looks_for(TYPO, order=372)
def wrong_characters(subject: Subject) -> Iterator[Finding]:
    """Each wrong word once a paragraph, with the right one in its place."""
    for paragraph in subject.paragraphs:
        for right, pattern in _WRONG.items():
            for match in pattern.finditer(paragraph.text):
                start = max(0, match.start() - _AROUND)
                excerpt = paragraph.text[start : match.end() + _AROUND]
                wrong = match.group()
                said = f"“{wrong}”应为“{right}”"
                mend = Mend(wrong, right, match.start() - start)
                yield TYPO.finding(subject, said, paragraph.where, excerpt, mend=mend)
