"""A 万 too many: 173769万条, of which 75656条 and 98113条."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.statements import Sentence, Statement, sentences
from checks.subject import Subject
from domain import Finding

_WAN = Decimal(10_000)
_MOST_PARTS = 8

UNITS = Rule(
    id="UNIT",
    title="数字的单位没有多写“万”",
    severities=("warning",),
    source="《政府信息公开条例》第五十条",
    advice="核对数字的单位",
    speaks=texts(
        "全年主动公开政府信息173769万条。局机关公开75656条，下属单位公开98113条。",
        "全年主动公开政府信息3200万条，其中网站公开1200条、微信公众号公开2000条。",
        "全年发布信息560万条，其中政策类160条、动态类300条、公示类100条。",
    ),
    silent=texts(
        "全年主动公开政府信息17.3万条。局机关公开7.5万条，下属单位公开9.8万条。",
        "全年主动公开政府信息173769条。局机关公开75656条，下属单位公开98113条。",
        "全年点击量560万次，发布信息560条。",
    ),
)


@looks_for(UNITS, order=152)
def ten_thousand_too_many(subject: Subject) -> Iterator[Finding]:
    """A whole in 万 whose parts, without, make up its digits."""
    known = list(sentences(subject))
    for at, sentence in enumerate(known):
        for whole in sentence.statements:
            if not whole.step or whole.value is None or not whole.unit:
                continue
            written, parts = whole.value / _WAN, _following(whole, known[at : at + 2])
            for count in range(2, min(len(parts), _MOST_PARTS) + 1):
                listed = parts[:count]
                if sum((part.number for part in listed), Decimal(0)) == written:
                    added = " + ".join(str(part.number) for part in listed)
                    yield UNITS.finding(
                        subject,
                        f"正文“{whole.words}”疑多写了“万”：{added} = {written} {whole.unit}",
                        sentence.where,
                        sentence.printed,
                    )
                    break


def _following(whole: Statement, near: list[Sentence]) -> list[Statement]:
    """The exact numbers of the same unit behind a whole, in its sentence and the next of its paragraph."""
    own = [one for one in whole.sentence.statements if one.start > whole.start]
    rest = [one for sentence in near[1:] if sentence.where == whole.sentence.where for one in sentence.statements]
    return [one for one in (*own, *rest) if one.unit == whole.unit and one.value is not None and not one.step]
