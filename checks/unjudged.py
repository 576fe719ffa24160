"""What a report cites and nobody could judge: said, so that silence is never taken for a proof."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checks.citations import last_day, references
from checks.naming import is_regulation, likeness, plain, printed_name
from checks.subject import ArticleExists, Subject, Validity
from domain import PublishedReport
from forms import form_of


@dataclass(frozen=True)
class Unjudged:
    """A citation as printed, where it stands, and why nothing can be said of it (in Chinese)."""

    text: str
    where: str
    reason: str

    def as_json(self) -> dict[str, str]:
        return {"text": self.text, "where": self.where, "reason": self.reason}


def unjudged(
    published: PublishedReport, validity: Validity, article_exists: ArticleExists, titles: Mapping[str, str]
) -> tuple[Unjudged, ...]:
    """The regulations that are not known, and the articles of known ones whose number of articles is not; each once.

    ``validity``, ``article_exists`` and ``titles``: see ``Subject``. Of a law that is not in force yet nothing
    is listed: that is a finding of its own.
    """
    form = form_of(published.form, published.year)
    subject = Subject(published, form, validity=validity, article_exists=article_exists, titles=titles)
    return tuple({one.text: one for one in reversed([*_all(subject)])}.values())[::-1]


def _all(subject: Subject) -> Iterator[Unjudged]:
    day = last_day(subject)
    for paragraph, reference in references(subject):
        name = printed_name(paragraph.text[reference.start : reference.end])
        if likeness(name, subject.titles) or not (is_regulation(reference.title) or reference.article_no):
            continue
        if plain(reference.title) not in subject.titles:
            if is_regulation(reference.title):
                said = "没有这部法规的资料，名称、效力和条文都没有核对"
                yield Unjudged(f"《{reference.title}》", paragraph.where, said)
        elif (subject.validity(reference.title, day) or ("",))[0] == "尚未施行":
            continue
        elif reference.article_no and subject.article_exists(reference.title, reference.article_no, day) is None:
            text = f"《{reference.title}》第{reference.article_no}条"
            yield Unjudged(text, paragraph.where, "不知道这一版本有多少条，条文是否存在没有核对")
