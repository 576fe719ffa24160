"""均获维持 and 无纠错 against the cases corrected, of other result, or pending."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.cases import at_least, kinds_named, suits
from checks.examples import cases, texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed
from checks.statements import Sentence, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding
from forms import Form

_WORDS = read_words(__file__)
_UPHELD, _UNCORRECTED, _BUT = _WORDS["upheld"], _WORDS["uncorrected"], _WORDS["but"]
_CONCLUDED, _OF_COURTS = _WORDS["concluded"], _WORDS["of_courts"]
_YEAR = cases("review", upheld=5, corrected=1, pending=3) | cases("litigation_after_review", upheld=3, pending=1)

ALL_UPHELD = Rule(
    id="ALL-UPHELD",
    title="说全部维持、没有纠错，表四就没有别的结果",
    severities=("error", "warning"),
    source="{form}表四",
    advice="核对后改正文或表四",
    speaks=texts(
        "信息公开行政复议9件，均获维持。",
        "信息公开行政复议无纠错案件。",
        "信息公开行政诉讼4件，均予以维持。",
        cells=_YEAR,
    ),
    silent=texts(
        "信息公开行政诉讼已审结的全部维持。",
        "信息公开行政诉讼零败诉。",
        "信息公开行政复议9件，其中1件被纠正，其余均获维持。",
        "市容环境均获维持。",
        cells=_YEAR,
    ),
)


@looks_for(ALL_UPHELD, order=210)
def all_upheld(subject: Subject) -> Iterator[Finding]:
    """An error where a case was corrected, a question where one had another result or none yet."""
    for sentence in sentences(subject):
        text, upheld = sentence.text, _UPHELD.search(sentence.text)
        claimed = upheld or _UNCORRECTED.search(text)
        kinds = _spoken_of(sentence, claimed, subject.form) if claimed else ()
        if not claimed or not kinds or _BUT.search(text[: claimed.start()]):
            continue
        corrected, pending, other = (at_least(kinds, key, subject) for key in ("corrected", "pending", "other"))
        said = f"正文说“{claimed.group()}”，表四"
        if corrected:
            severity = "warning" if narrowed(text, subject) else "error"
            said = f"{said}“结果纠正”却有 {corrected} 件"
            yield ALL_UPHELD.finding(subject, said, sentence.where, sentence.printed, severity=severity)
        elif upheld and (other or pending and not _CONCLUDED.search(text)):
            yield ALL_UPHELD.finding(
                subject,
                f"{said}另有其他结果 {other} 件、尚未审结 {pending} 件",
                sentence.where,
                sentence.printed,
                severity="warning",
                advice="写明“已审结的均获维持”，并写明其他结果和尚未审结的件数",
            )


def _spoken_of(sentence: Sentence, claim: re.Match[str], form: Form) -> tuple[str, ...]:
    """The cases that a claim speaks of: courts decide suits; else those named in its own clauses, or before them."""
    if _OF_COURTS.search(claim.group()):
        return suits(form)
    own = re.split("[；。]", sentence.text[: claim.end()])[-1]
    named = (kinds_named(text, form) for text in (own, sentence.text, sentence.topic + sentence.before))
    return next((kinds for kinds in named if kinds), ())
