"""The laws and articles that a report cites."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from checks.subject import Paragraph, Subject
from gates.citations import Reference, find_references

_OWN = ("条例", "《条例》")


def references(subject: Subject) -> Iterator[tuple[Paragraph, Reference]]:
    """Every law or article cited; a bare 条例 is the one on government information."""
    for paragraph in subject.paragraphs:
        for reference in find_references(paragraph.text):
            title = "政府信息公开条例" if reference.title in _OWN else _known(reference.title, subject)
            if title:
                yield paragraph, Reference(reference.start, reference.end, title, reference.article_no, reference.sub)


def _known(title: str, subject: Subject) -> str:
    """The title; without a character or two before it that are not of it, where what is left is known (有刑事诉讼法)."""
    shorter = (title[at:] for at in (1, 2) if title[at:] in subject.titles and len(title) > at + 2)
    return title if title in subject.titles else next(shorter, title)


def around(text: str, reference: Reference) -> tuple[str, str]:
    """(the sentence of a reference, its words before the reference)."""
    start = max(text.rfind(mark, 0, reference.start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, reference.end)) >= 0]
    return text[start : min(ends, default=len(text))], text[start : reference.start]


def last_day(subject: Subject) -> date:
    """The day by which a report's citations are judged: that of its signature, else the last of its year."""
    year, signed = subject.published.year, subject.published.signature_date
    return signed or date(year or date.today().year, 12, 31)
