"""行政规范性文件 made, repealed and in force in the narrative beside those of table 2."""

from __future__ import annotations

from collections.abc import Iterator

from checks.examples import texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed, other_year
from checks.statements import Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_COLUMNS = {"issued": _WORDS["issued"], "repealed": _WORDS["repealed"], "in_force": _WORDS["in_force"]}
_OTHERS = _WORDS["others"]
_UNITS = frozenset(_WORDS.listed("units"))
_ROW = "table2.normative_documents"

DOCUMENTS = Rule(
    id="DOCUMENTS",
    title="正文的行政规范性文件件数与表二一致",
    severities=("warning",),
    source="《政府信息公开条例》第二十条",
    advice="核对后改正文或表二；口径不同的写明口径",
    speaks=texts(
        "全年制发行政规范性文件7件。",
        "制定规范性文件3件，均已公开。",
        "出台行政规范性文件6件。",
        "废止行政规范性文件5件。",
        "现行有效行政规范性文件30件。",
        "制发行政规范性文件七件。",
        cells={f"{_ROW}.issued": 4, f"{_ROW}.repealed": 2, f"{_ROW}.in_force": 28},
    ),
    silent=texts(
        "全年制发行政规范性文件4件。",
        "废止行政规范性文件2件，现行有效行政规范性文件28件。",
        "清理规范性文件20件，保留18件。",
        "解读规范性文件7件。",
        "2023年制发行政规范性文件9件。",
        "代县政府起草并制发规范性文件9件。",
        "参与制定规范性文件9件。",
        "公开规范性文件40条。",
        "制定规范性文件公开制度3项。",
        "制发行政规范性文件10余件。",
        cells={f"{_ROW}.issued": 4, f"{_ROW}.repealed": 2, f"{_ROW}.in_force": 28},
    ),
)


@looks_for(DOCUMENTS, order=245)
def documents_in_the_narrative(subject: Subject) -> Iterator[Finding]:
    """A difference is a question: documents may have been counted that are no 行政规范性文件 in the strict sense."""
    for sentence in sentences(subject, (0,)):
        if _OTHERS.search(sentence.text):
            continue
        for statement in sentence.statements:
            key = next((f"{_ROW}.{name}" for name, words in _COLUMNS.items() if words.search(statement.lead)), "")
            printed = subject.number(key) if key and subject.form.leaf(key) else None
            if printed is None or not _held_against(statement, subject) or statement.fits(printed):
                continue
            said = f"正文“{statement.words}”与表二不符：{subject.form.where(key).removeprefix('表二')}是 {printed} 件"
            yield DOCUMENTS.finding(subject, said, sentence.where, sentence.printed)


def _held_against(statement: Statement, subject: Subject) -> bool:
    """Whether a number is one of all documents of this year."""
    elsewhere = other_year(statement.before, subject) or narrowed(statement.before, subject)
    return statement.counts and statement.unit in _UNITS and not elsewhere and not statement.tail
