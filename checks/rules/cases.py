"""Numbers of reviews and lawsuits in the narrative against table 4.

Narratives often count concluded cases (总计 − 尚未审结); where such a count fits, it is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.cases import kinds_named, of_disclosure, reviews, suits, total
from checks.examples import cases, texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed, other_year
from checks.statements import Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding
from forms import Form
from matters import Matter, matters

_WORDS = read_words(__file__)
_OTHER, _NONE, _ANOTHER_CLAIM = _WORDS["other"], _WORDS["none"], _WORDS["another_claim"]
_CASES_BEHIND, _CONCLUDED, _DECISION = _WORDS["cases_behind"], _WORDS["concluded"], _WORDS["decision"]
_UNITS = _WORDS.listed("units")
_YEAR = (
    cases("review", upheld=5, corrected=1, pending=3)
    | cases("litigation_direct", upheld=2)
    | cases("litigation_after_review", upheld=3, pending=1)
)

NARRATIVE = Rule(
    id="NARRATIVE-T4",
    title="正文的复议、诉讼件数与表四一致",
    severities=("warning", "notice"),
    source="{form}表四",
    advice="核对后改正文或表四",
    speaks=texts(
        "因政府信息公开被申请行政复议8件，被提起行政诉讼6件。",
        "因政府信息公开发生行政复议、行政诉讼共十六件。",
        "因政府信息公开引发行政复议6件、行政诉讼5件。",
        "因政府信息公开被申请行政复议9件，其中维持6件、纠正1件。",
        "全年没有发生因政府信息公开引发的行政复议和行政诉讼。",
        cells=_YEAR,
    ),
    silent=texts(
        "因政府信息公开被申请行政复议9件，被提起行政诉讼6件。",
        "因政府信息公开被申请行政复议九件，其中维持5件、纠正1件、尚未审结3件。",
        "因政府信息公开提起行政诉讼6件，其中未经复议直接起诉2件，复议后起诉4件，维持5件，尚未审结1件。",
        "全年审结信息公开行政复议6件、行政诉讼5件。",
        "全局办理行政复议案件500件，均与信息公开申请无关。",
        "2023年信息公开行政复议20件。",
        "信息公开行政复议未发生逾期答复。",
        "全年组织行政复议培训3次。",
        cells=_YEAR,
    ),
)


@looks_for(NARRATIVE, order=190)
def narrative_against_table4(subject: Subject) -> Iterator[Finding]:
    """A number of reviews or lawsuits is a total of table 4, or that of the concluded ones."""
    for sentence in sentences(subject):
        if not of_disclosure(sentence) or _OTHER.search(sentence.text):
            continue
        kinds: tuple[str, ...] = ()
        for statement in sentence.statements:
            words = statement.lead + (statement.tail if _CASES_BEHIND.match(statement.tail) else "")
            named = kinds_named(words, subject.form)
            kinds = named or kinds
            told = named or _CONCLUDED.search(statement.lead) or _result(statement, subject.form)
            if kinds and told and _counts(statement) and not other_year(statement.before, subject):
                yield from _compared(statement, kinds, subject)


@looks_for(NARRATIVE, order=200)
def no_cases(subject: Subject) -> Iterator[Finding]:
    """没有发生行政复议、行政诉讼 against the totals of table 4."""
    for sentence in sentences(subject):
        for match in _NONE.finditer(sentence.text):
            if _ANOTHER_CLAIM.search(match.group()) or not of_disclosure(sentence):
                continue
            named = [rows for rows, word in ((reviews, "复议"), (suits, "诉讼")) if word in match["what"]]
            found = total(tuple(row for rows in named for row in rows(subject.form)), "total", subject)
            if found and not other_year(sentence.text[: match.start()], subject):
                said = f"正文说“{match.group()}”，表四相应的总计却是 {found} 件"
                yield NARRATIVE.finding(subject, said, sentence.where, sentence.printed)


def _counts(statement: Statement) -> bool:
    """Whether a number is one of cases; 第一类 and the like open a list of other things."""
    listed = statement.sentence.statements[0].lead.startswith("第")
    return statement.counts and statement.unit in _UNITS and not listed


def _result(statement: Statement, form: Form) -> Matter | None:
    """The result that a number is said to have, None for none."""
    if _DECISION.search(statement.tail):
        return None
    results = [one for one in matters(form).values() if one.table == "results"]
    return next((one for one in results if re.search(one.stated, statement.lead + statement.tail)), None)


def _compared(statement: Statement, kinds: tuple[str, ...], subject: Subject) -> Iterator[Finding]:
    if result := _result(statement, subject.form):
        yield from _of_result(statement, kinds, result, subject)
        return
    whole, pending = total(kinds, "total", subject), total(kinds, "pending", subject)
    singles = [total((kind,), "total", subject) for kind in kinds]
    if whole is None or pending is None or statement.value is None or statement.value in (whole, *singles):
        return
    where, excerpt = statement.sentence.where, statement.sentence.printed
    if statement.value == whole - pending:
        if "审结" not in statement.sentence.text:
            difference = f"表四总计 {whole} 件减去尚未审结 {pending} 件等于 {statement.value} 件"
            said = f"正文“{statement.words}”是审结数：{difference}"
            yield NARRATIVE.finding(subject, said, where, excerpt, severity="notice", advice="写明是审结数，或改用总计")
    elif not (narrowed(statement.before, subject) and statement.value < whole):
        said = f"正文“{statement.words}”与表四不符：总计 {whole} 件，审结（总计减尚未审结）{whole - pending} 件"
        yield NARRATIVE.finding(subject, said, where, excerpt, advice="核对后改正文或表四；口径不同的写明口径")


def _of_result(statement: Statement, kinds: tuple[str, ...], result: Matter, subject: Subject) -> Iterator[Finding]:
    """A result can be one of the kinds named last, or of all of them together."""
    every = suits(subject.form)
    own = [every] if set(kinds) <= set(every) else []
    wider = [kinds, *((kind,) for kind in kinds), *own, reviews(subject.form) + every]
    choices = {some: total(some, result.path, subject) for some in wider}
    known = choices.values()
    if None in known or statement.value in known or narrowed(statement.before, subject):
        return
    said = f"正文“{statement.words}”与表四不符：“{result.name}”是 {choices[kinds]} 件"
    yield NARRATIVE.finding(subject, said, statement.sentence.where, statement.sentence.printed)
