"""Numbers of reviews and lawsuits in the narrative against table 4.

Narratives often count concluded cases (总计 − 尚未审结); where such a count fits, it is no contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.cases import KINDS, kinds_named, of_disclosure, total
from checks.examples import cases, texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed, other_year
from checks.statements import Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_OTHER, _NONE, _ANOTHER_CLAIM = _WORDS["other"], _WORDS["none"], _WORDS["another_claim"]
_CASES_BEHIND, _CONCLUDED, _DECISION = _WORDS["cases_behind"], _WORDS["concluded"], _WORDS["decision"]
_RESULTS = {
    "upheld": r"维持",
    "corrected": r"纠正|纠错|撤销|败诉",
    "pending": r"(?:尚?未|没有|正在)审[结理]|在审|未结|未办结|未审理完",
    "other": r"其他结果",
}
_UNITS = frozenset(["件", "起", "宗", "例", "次", "个", "项", "条"])
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
    """Rule 12: a number of reviews or lawsuits is a total of table 4, or that of the concluded ones."""
    for sentence in sentences(subject):
        if not of_disclosure(sentence) or _OTHER.search(sentence.text):
            continue
        kinds: tuple[str, ...] = ()
        for statement in sentence.statements:
            named = kinds_named(statement.lead + (statement.tail if _CASES_BEHIND.match(statement.tail) else ""))
            kinds = named or kinds
            told = named or _CONCLUDED.search(statement.lead) or _result(statement)
            if kinds and told and _counts(statement) and not other_year(statement.before, subject):
                yield from _compared(statement, kinds, subject)


@looks_for(NARRATIVE, order=200)
def no_cases(subject: Subject) -> Iterator[Finding]:
    """Rule 12: 没有发生行政复议、行政诉讼 against the totals of table 4."""
    for sentence in sentences(subject):
        for match in _NONE.finditer(sentence.text):
            if _ANOTHER_CLAIM.search(match.group()) or not of_disclosure(sentence):
                continue
            named = [kind for kind, word in (("review", "复议"), ("suit", "诉讼")) if word in match["what"]]
            found = total(tuple(case for kind in named for case in KINDS[kind]), "total", subject)
            if found and not other_year(sentence.text[: match.start()], subject):
                said = f"正文说“{match.group()}”，表四相应的总计却是 {found} 件"
                yield NARRATIVE.finding(subject, said, sentence.where, sentence.printed)


def _counts(statement: Statement) -> bool:
    """Whether a number is one of cases; 第一类 and the like open a list of other things."""
    listed = statement.sentence.statements[0].lead.startswith("第")
    return statement.counts and statement.unit in _UNITS and not listed


def _result(statement: Statement) -> str:
    """The result that a number is said to have, "" for none."""
    if _DECISION.search(statement.tail):
        return ""
    words = statement.lead + statement.tail
    return next((key for key, pattern in _RESULTS.items() if re.search(pattern, words)), "")


def _compared(statement: Statement, kinds: tuple[str, ...], subject: Subject) -> Iterator[Finding]:
    if result := _result(statement):
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


def _of_result(statement: Statement, kinds: tuple[str, ...], result: str, subject: Subject) -> Iterator[Finding]:
    """A result can be one of the kinds named last, or of all of them together."""
    wider = [kinds, *((kind,) for kind in kinds), tuple(KINDS["review"] + KINDS["suit"])]
    choices = {some: total(some, result, subject) for some in wider}
    known = choices.values()
    if None in known or statement.value in known or narrowed(statement.before, subject):
        return
    label = {"upheld": "结果维持", "corrected": "结果纠正", "pending": "尚未审结", "other": "其他结果"}[result]
    said = f"正文“{statement.words}”与表四不符：“{label}”是 {choices[kinds]} 件"
    yield NARRATIVE.finding(subject, said, statement.sentence.where, statement.sentence.printed)
