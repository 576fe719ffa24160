"""A report made of given sentences and given table cells, for the rules on the narrative."""

from datetime import date

from checks.examples import tables
from checks.subject import Subject
from domain import PublishedReport, Section
from forms import load_form

FORM = load_form("2021")
PARTS = tuple(f"{number}、{part}" for number, part in zip("一二三四五六", FORM.parts))


def subject(text="", cells=None, *, part=0, org="云溪县生态环境局", year=2024, previous=None, parts=None):
    """A subject whose part ``part`` (0 is 一) holds ``text``, a paragraph a line; ``parts`` gives all of them."""
    texts = parts or {part: text}
    sections = tuple(Section(heading, tuple(texts.get(place, "").splitlines())) for place, heading in enumerate(PARTS))
    published = PublishedReport(
        org,
        year,
        f"{org}{year}年政府信息公开工作年度报告",
        "报告.docx",
        "",
        sections,
        tables(FORM, cells or {}),
        "2021",
        date(year + 1, 1, 10),
    )
    return Subject(
        published, FORM, previous=tables(FORM, previous) | {"year": year - 1} if previous is not None else None
    )


def told(rule, *given, **named):
    """{(rule, severity)} of what a rule finds."""
    return {(finding.rule, finding.severity) for finding in rule(subject(*given, **named))}
