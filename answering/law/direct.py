"""What is answered without a search: the standing of a regulation, a fee, a last day. It needs no model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from answering.knowledge import Knowledge
from answering.law.cite import MarkerNumbering
from answering.law.computed import Computed
from answering.law.deadlines import deadline
from answering.law.extract import named_once
from answering.law.fees import fee, tariff
from answering.law.standing import standing
from domain import Answer, Note

FROM_THE_REGISTRY = Note("by-program", "效力和日期出自随程序附带的法规版本登记，没有经过语言模型")
COMPUTED = Note("by-program", "由程序按条文计算，没有经过语言模型")


def direct(question: str, knowledge: Knowledge, as_of: date | None = None, of: Sequence[str] = ()) -> Answer | None:
    """The answer that registry or arithmetic gives; None where the question asks for something else.

    ``of`` are the regulations that the turn before was answered from.
    """
    asked = " ".join(question.split())
    if not asked:
        return None
    if told := standing(asked, knowledge, as_of):
        return Answer("；\n".join(told) + "。", "extractive", False, notes=(FROM_THE_REGISTRY,))
    found = fee(asked, knowledge, as_of) or deadline(asked, knowledge, as_of) or tariff(asked, knowledge, as_of, of)
    return _computed(found) if found else None


def _computed(found: Computed) -> Answer:
    """The steps, then what they rest on, by name and in the articles' own words."""
    numbering = MarkerNumbering(found.hits)
    text = numbering.renumber(f"{found.text}\n\n{named_once(found.hits)}")
    return Answer(text, "extractive", False, numbering.citations, (COMPUTED,))
