"""Decisions posted (条) or made (件) in the narrative beside those of table 2."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed, other_year
from checks.statements import Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding
from forms import Form, Row
from matters import matter

_WORDS = read_words(__file__)
_BEHIND, _BEFORE = _WORDS["behind"].pattern, _WORDS["before"].pattern
_POWERS, _ANOTHER_COUNT, _POSTED = _WORDS["powers"], _WORDS["another_count"], _WORDS["posted"]
_EXPLAINED, _IN_A_LIST, _POSTED_UNITS = _WORDS["explained"], _WORDS["in_a_list"], _WORDS.listed("posted_units")

POSTED = Rule(
    id="POSTED",
    title="公开、作出的许可、处罚、强制决定与表二相同，或说明为什么不同",
    severities=("warning", "notice"),
    source="《政府信息公开条例》第二十条",
    advice="核对决定件数，改正文或表二",
    speaks=texts(
        "公开行政许可信息15条、行政处罚13条。",
        "作出行政处罚决定十二件。",
        "全年下达行政处罚决定书12份。",
        "发布信息331条，其中行政许可39条、政策解读3条、其他信息289条。",
        "发布信息331条，其中行政许可9条、行政处罚4条、政策解读3条、其他信息315条。",
        "公开行政许可信息15条，行政处罚信息的发布条数少于决定件数。",
        cells={"table2.licensing": 38, "table2.penalties": 10},
    ),
    silent=texts(
        "公开行政许可信息38条，行政处罚十条。",
        "作出10件行政处罚决定。",
        "下达行政处罚决定书10份。",
        "2023年公开行政许可15条。",
        "公开行政许可和行政处罚信息48条。",
        "公开行政许可信息15条，行政许可信息的发布条数少于决定件数。",
        "行政许可事项同比增加5件。",
        cells={"table2.licensing": 38, "table2.penalties": 10},
    ),
)


@looks_for(POSTED, order=240)
def decisions_in_the_narrative(subject: Subject) -> Iterator[Finding]:
    """A difference is a question, no error."""
    for sentence in sentences(subject, (0,)):
        for statement in sentence.statements:
            row = _decision(statement, subject.form)
            decided = subject.number(f"table2.{row.key}") if row else None
            if row is None or decided is None or not _held_against(statement, subject) or statement.fits(decided):
                continue
            label, unit = row.label, statement.unit
            # of what one site posted, by its columns: fewer than were decided is no wonder
            listed = unit in _POSTED_UNITS and _IN_A_LIST.search(statement.before) and statement.number < decided
            posted = unit in _POSTED_UNITS or _POSTED.search(statement.lead)
            if posted and _difference_explained(label, subject):
                continue
            said = f"正文{'公开' if posted else '写有'}{label} {statement.value} {unit}"
            yield POSTED.finding(
                subject,
                f"{said}，表二“{label}”本年处理决定 {decided} 件，两者不同",
                sentence.where,
                sentence.printed,
                severity="notice" if listed else "warning",
                advice="核对是否有决定未公开或一件多条，必要时说明" if posted else None,
            )


def _decision(statement: Statement, form: Form) -> Row | None:
    """The row of table 2 whose decisions a number counts, None for none; the words behind it count last."""
    rows = _decisions(form)
    before = (row for row in rows if re.search(f"{row.label}{_BEHIND}", statement.lead))
    behind = (row for row in rows if re.match(f"(?:的)?{row.label}{_BEFORE}", statement.tail))
    return next(chain(before, behind), None)


def _decisions(form: Form) -> list[Row]:
    """The rows of table 2 that are one number of decisions, and that a draft has words for."""
    rows = [row for block in form.table2 for row in block.rows if not row.decimal]
    return [row for row in rows if form.leaf(f"table2.{row.key}") and matter(f"table2.{row.key}", form).phrase]


def _held_against(statement: Statement, subject: Subject) -> bool:
    """Whether a number is one of all decisions of this year."""
    if not statement.counts or other_year(statement.before, subject) or narrowed(statement.before, subject):
        return False
    return not (statement.unit == "项" and _POWERS.search(statement.lead)) and not _ANOTHER_COUNT.search(statement.lead)


def _difference_explained(label: str, subject: Subject) -> bool:
    """Whether the report itself says that what was posted is not what was decided."""
    labels = [row.label for row in _decisions(subject.form)]
    for said in re.split("[。；\n]", subject.text):
        for match in _EXPLAINED.finditer(said):
            named = {one: said.rfind(one, 0, match.end()) for one in labels}
            if named.get(label, -1) >= 0 and named[label] == max(named.values()):
                return True  # the kind that is named last before it
    return False
