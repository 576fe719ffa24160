"""A report made of given sentences and given table cells, for the rules on the narrative."""

from datetime import date

from checks.subject import Subject
from domain import PublishedReport, Section
from forms import load_form

FORM = load_form("2021")
PARTS = tuple(f"{number}、{part}" for number, part in zip("一二三四五六", FORM.parts))


def tables(cells=None):
    """The three tables of zeros, with ``cells`` ("table3.granted.total": 3) put in; totals are not filled in."""
    found = {
        "table2": {
            "regulations": dict.fromkeys(("issued", "repealed", "in_force"), 0),
            "normative_documents": dict.fromkeys(("issued", "repealed", "in_force"), 0),
            "licensing": 0,
            "penalties": 0,
            "coercion": 0,
            "fees_wan_yuan": 0,
        },
        "table3": {row.key: dict.fromkeys((c.key for c in FORM.columns), 0) for row in FORM.rows},
        "table4": {case.key: dict.fromkeys((r.key for r in FORM.results), 0) for case in FORM.cases},
    }
    for key, value in (cells or {}).items():
        table, _, rest = key.partition(".")
        row, _, column = rest.rpartition(".")
        if row:
            found[table][row][column] = value
        else:
            found[table][column] = value
    return found


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
        tables(cells),
        "2021",
        date(year + 1, 1, 10),
    )
    return Subject(published, FORM, previous=tables(previous) | {"year": year - 1} if previous is not None else None)


def told(rule, *given, **named):
    """{(rule, severity)} of what a rule finds."""
    return {(finding.rule, finding.severity) for finding in rule(subject(*given, **named))}
