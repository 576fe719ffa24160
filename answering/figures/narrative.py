"""What a published report's narrative says of a figure that no table holds: its own sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from answering.figures.catalogue import Figure
from answering.knowledge import Knowledge
from domain import Hit
from gates import split
from gates.readings import CHINESE, arabic_value, chinese_value

_NUMBER = rf"\d[\d,，]*|[{CHINESE}]+"
_SEARCHED = 12


@dataclass(frozen=True)
class Stated:
    """A sentence of a report that states the figure: ``quote`` is an exact substring of the passage."""

    value: int
    quote: str
    hit: Hit


def stated_in_report(figure: Figure, year: int, org: str, knowledge: Knowledge) -> Stated | None:
    """The one value that the report of that year tells, with its sentence; None where there is none or several."""
    if not figure.told:
        return None
    hits = knowledge.search(f"{org}{year}年政府信息公开工作年度报告{figure.label}", k=_SEARCHED, kind="report")
    found = [
        Stated(value, sentence.strip(), hit)
        for hit in hits
        if f"{year}年" in hit.title and org in hit.title
        for sentence in split(hit.text)
        if (value := _value(sentence, figure)) is not None
    ]
    return found[0] if len({(one.hit.title, one.value) for one in found}) == 1 else None


def _value(sentence: str, figure: Figure) -> int | None:
    """The figure in a sentence: of its first match, since parts (其中…) follow the whole."""
    for pattern in figure.told:
        if match := re.search(pattern.replace("N", _NUMBER), sentence):
            written = re.sub("[,，]", "", match[1])
            number = chinese_value(written)
            if number is None and (read := arabic_value(written)) is not None:
                number = int(read)
            return number
    return 0 if any(re.search(pattern, sentence) for pattern in figure.told_zero) else None
