"""The articles cited are there in the version of the year."""

from __future__ import annotations

from collections.abc import Iterator

from checks.citations import around, last_day, references
from checks.examples import Law, texts
from checks.rule import Rule, looks_for
from checks.subject import Subject
from domain import Finding

_KNOWN = {
    "政府信息公开条例": Law("2019-05-15", articles=56),
    "行政处罚法": Law("2021-07-15", articles=86),
}

ARTICLE = Rule(
    id="ARTICLE",
    title="引用的条文存在",
    severities=("error",),
    source="所引用的法规",
    advice="核对条文序号",
    speaks=texts(
        "根据《政府信息公开条例》第五十九条编制。",
        "依照《条例》第六十条公开信息。",
        "依据行政处罚法第九十九条作出处罚。",
        laws=_KNOWN,
    ),
    silent=texts(
        "根据《政府信息公开条例》第五十条编制。",
        "依照《条例》第二十条公开信息。",
        "根据《云溪县政务公开办法》第九十条公开信息。",
        laws=_KNOWN,
    ),
)


@looks_for(ARTICLE, order=350)
def articles(subject: Subject) -> Iterator[Finding]:
    """An article that is not there; where the text of the law is not at hand, none is judged."""
    day = last_day(subject)
    for paragraph, reference in references(subject):
        if reference.article_no and subject.article_exists(reference.title, reference.article_no, day) is False:
            sentence, _ = around(paragraph.text, reference)
            law = f"《{reference.title}》"
            said = f"{law}没有第{reference.article_no}条"
            yield ARTICLE.finding(subject, said, paragraph.where, sentence, source=law)
