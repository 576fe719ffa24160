"""All kinds of outcome listed one by one make up what was closed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks.applications import meanings
from checks.examples import applications, texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed
from checks.statements import Sentence, sentences
from checks.subject import Subject
from domain import Finding

_REFUSED = frozenset({"denied", "unavailable", "not_processed", "other"})  # who lists fewer leaves some out
_KINDS = _REFUSED | {"granted", "partially_granted", "granted_in_full_or_part"}
_YEAR = applications(
    new_received=42,
    granted=15,
    partially_granted=6,
    denied__state_secret=5,
    unavailable__not_held=9,
    not_processed__duplicate=4,
    other__other=3,
)

OUTCOMES = Rule(
    id="OUTCOMES",
    title="逐类列出的办理结果相加等于办结总计",
    severities=("warning",),
    source="{form}表三",
    advice="对照表三逐类核对，补写漏列的或改正件数",
    speaks=texts(
        "对政府信息公开申请，予以公开及部分公开21件，不予公开5件，无法提供7件，不予处理4件，其他处理3件。",
        "办结申请42件，其中予以公开15件，部分公开6件，不予公开5件，无法提供9件，不予处理3件，其他处理3件。",
        cells=_YEAR,
        beside=("NARRATIVE-T3", "PARTS"),
    ),
    silent=texts(
        "对政府信息公开申请，予以公开及部分公开21件，不予公开5件，无法提供9件，不予处理4件，其他处理3件。",
        "对政府信息公开申请，予以公开15件，部分公开6件，不予公开5件，无法提供9件，不予处理4件，其他处理3件。",
        "对政府信息公开申请，予以公开15件，不予公开5件，无法提供9件。",
        "市本级办理申请，予以公开及部分公开11件，不予公开5件，无法提供7件，不予处理4件，其他处理3件。",
        cells=_YEAR,
    ),
)


@looks_for(OUTCOMES, order=165)
def outcomes_listed(subject: Subject) -> Iterator[Finding]:
    """The outcomes of one sentence, all kinds of them, added up."""
    closed = subject.number("table3.total_processed.total")
    if closed is None:
        return
    for sentence in sentences(subject):
        found = _listed(sentence, subject)
        total = sum(found.values(), Decimal(0))
        if found and total != closed and not narrowed(sentence.text, subject):
            listed = " + ".join(str(value) for value in found.values())
            yield OUTCOMES.finding(
                subject,
                f"正文列出的办理结果相加为 {total} 件（{listed}），表三办结总计是 {closed} 件，"
                f"{'少' if total < closed else '多出'} {abs(closed - total)} 件",
                sentence.where,
                sentence.printed,
            )


def _listed(sentence: Sentence, subject: Subject) -> dict[str, Decimal]:
    """{kind of outcome: its number} where every kind is named once; empty where one is named twice."""
    found: dict[str, Decimal] = {}
    for statement in sentence.statements:
        for one in meanings(statement, subject):
            if one.path not in _KINDS:
                continue
            if one.path in found or statement.value is None:
                return {}
            found[one.path] = statement.value
    both = "granted_in_full_or_part" in found
    either = {"granted", "partially_granted"} & found.keys()
    disclosed = both and not either or not both and len(either) == 2
    return found if disclosed and found.keys() >= _REFUSED else {}
