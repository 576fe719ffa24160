"""全部办结 leaves nothing to be carried out."""

from __future__ import annotations

from collections.abc import Iterator

from checks.applications import spoken_of
from checks.examples import applications, texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed
from checks.statements import Sentence, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_CARRIED = _WORDS["carried_out"]
_CLAIM, _BUT, _CLOSED = _WORDS["claim"], _WORDS["but"], _WORDS["closed"]
_LEFT = applications(new_received=42, carried_in=3, granted=41)

ALL_CLOSED = Rule(
    id="ALL-CLOSED",
    title="说申请全部办结，表三结转下年度就是 0",
    severities=("error", "warning"),
    source="{form}表三",
    advice="写明年末尚有几件在办，或核对表三",
    speaks=texts(
        "收到政府信息公开申请42件，已全部办结。",
        "收到政府信息公开申请42件，均按期答复。",
        "政府信息公开申请办结率100%。",
        "新收申请42件，上年结转3件，办结41件，结转下年度继续办理4件，已全部按期答复。",
        "新收申请42件，上年结转3件，已全部办结。",
        cells=_LEFT,
    ),
    silent=(
        *texts(
            "收到政府信息公开申请42件，除结转4件外均已办结。",
            "新收申请42件，办结41件，均按期答复，结转下年度4件。",
            "已到期申请41件，均在法定期限内答复。",
            "办理建议提案20件，全部办结。",
            "答复政府信息公开申请41件（含上年转结3件，另有4件转结下年度办理），均按规定予以答复。",
            "收到申请45件，其中4件正在办理，其余均已办结。",
            "政府信息公开申请按期答复率100%。",
            cells=_LEFT,
        ),
        *texts("政府信息公开申请已全部办结。"),
    ),
)


def _of_closed(before: str, sentence: Sentence) -> bool:
    """Whether the claim is of those that were closed: 办结41件，均按期答复."""
    said = [one for one in sentence.statements if one.end <= len(before)]
    behind = before[said[-1].end :] if said else ""
    return bool(said) and bool(_CLOSED.search(said[-1].lead)) and not behind.strip("，、申请其中")


@looks_for(ALL_CLOSED, order=180)
def all_closed(subject: Subject) -> Iterator[Finding]:
    """全部办结 against what is carried out; 全部按期答复 asks for a look at it."""
    left = subject.number("table3.carried_out.total")
    if not left:
        return
    for sentence in sentences(subject):
        claim = _CLAIM.search(sentence.text)
        before = sentence.text[: claim.start()] if claim else ""
        if not claim or not spoken_of(before, sentence) or _BUT.search(sentence.text) or _of_closed(before, sentence):
            continue
        sure = (
            not _CARRIED.search(sentence.text)
            and "办结" in claim.group()
            and not narrowed(before, subject)
            and "率" not in claim.group()
        )
        yield ALL_CLOSED.finding(
            subject,
            f"正文说申请“{claim.group()}”，表三“结转下年度继续办理”总计却有 {left} 件",
            sentence.where,
            sentence.printed,
            severity="error" if sure else "warning",
        )
