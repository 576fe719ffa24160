"""What the narrative says of applications against table 3.

A number is compared with what its own wording can mean. It is an error only where every word of its clause
is understood; with a word that may narrow the count (本级, 某类), or one that is not known, it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from checks.applications import (
    OTHER_MATTERS,
    PARTIAL,
    certain,
    meanings,
    of_received,
    only_new,
    values,
)
from checks.examples import applications, texts
from checks.rule import Rule, looks_for
from checks.scope import narrowed, of_more, other_year
from checks.statements import Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding, Number
from forms import Form
from matters import Matter, matter

_WORDS = read_words(__file__)
_NONE_RECEIVED, _SOME_KIND, _OF_ANY = (_WORDS[name] for name in ("none_received", "some_kind", "of_any"))
_YEAR = applications(
    new_received=42,
    carried_in=3,
    granted=15,
    partially_granted=6,
    denied__state_secret=2,
    denied__process_information=3,
    unavailable__not_held=9,
    not_processed__duplicate=4,
    other__other=2,
)

NARRATIVE = Rule(
    id="NARRATIVE-T3",
    title="正文的申请件数与表三一致",
    severities=("error", "warning", "notice"),
    source="{form}表三",
    advice="对照台账核对，改正正文或表格；口径不同的，在正文写明口径",
    speaks=texts(
        "2024年，我局共收到政府信息公开申请24件。",
        "全年新收政府信息公开申请四十三件。",
        "全年新收政府信息公开申请45件。",
        "2024年，我局共收到政府信息公开申请45件。",
        "办结政府信息公开申请41件，其中予以公开15件、部分公开7件。",
        "办结政府信息公开申请41件，9件结转至2025年办理。",
        "共收到政府信息公开申请42件，其中自然人申请35件。",
        "局机关某股室收到政府信息公开申请50件。",
        cells=_YEAR,
    ),
    silent=texts(
        "2024年，我局共收到政府信息公开申请42件。",
        "全年收办政府信息公开申请四十五件，办结41件，结转下年度继续办理4件。",
        "全年收到政府信息公开申请约40件。",
        "办结政府信息公开申请41件，其中予以公开或部分公开21件，本机关不掌握相关政府信息9件。",
        "2023年收到政府信息公开申请30件，2024年收到政府信息公开申请42件。",
        "通过网站收到政府信息公开申请30件，通过信函收到申请12件。",
        "涉及征地拆迁的政府信息公开申请11件，延期答复6件。",
        "全年受理行政许可申请420件，办结418件；收到网民留言88条。",
        "委托县自然资源局办理自然资源类政府信息公开申请25件。",
        "因本机关不掌握等原因无法提供政府信息公开申请9件。",
        "通过其他方式收到政府信息公开申请2件。",
        "全年收到政府信息公开申请42件（其中信件申请10件，网络申请32件）。",
        "公开（含部分公开）21件，因信息不存在或需加工制作无法提供9件。",
        "全县各乡镇、部门共收到政府信息公开申请412件。",
        cells=_YEAR,
    ),
)
NONE_RECEIVED = Rule(
    id="NO-APPLICATIONS",
    title="说没有收到申请，表三本年新收就是 0",
    severities=("error", "warning"),
    source="{form}表三",
    advice="对照台账核对，改正正文或表格；口径不同的，在正文写明口径",
    speaks=(
        *texts(
            "2024年，我局没有收到依申请公开案件。",
            "本年度未收到公民、法人和其他组织的信息公开申请。",
            "实现全年零申请。",
            "局下属单位未收到政府信息公开申请。",
            cells=_YEAR,
        ),
        *texts("全年收到政府信息公开申请三件。"),
    ),
    silent=(
        *texts(
            "本年度未收到企业法人提出的信息公开申请。",
            "全年未收到行政许可申请。",
            "2023年没有收到政府信息公开申请，2024年收到42件。",
            "没有因依申请公开引发的投诉。",
            "无收费情况，未收取申请人任何费用。",
            cells=_YEAR,
        ),
        *texts("全年没有收到政府信息公开申请。"),
    ),
)


@looks_for(NARRATIVE, NONE_RECEIVED, order=160)
def narrative_against_table3(subject: Subject) -> Iterator[Finding]:
    """Each number on applications is one that table 3 gives for its wording."""
    for sentence in sentences(subject):
        for statement in sentence.statements:
            if found := meanings(statement, subject):
                yield from _compared(statement, found, subject)


@looks_for(NONE_RECEIVED, order=170)
def no_applications(subject: Subject) -> Iterator[Finding]:
    """没有收到申请 means that table 3 shows none received."""
    received = subject.number("table3.new_received.total")
    if not received:
        return
    for sentence in sentences(subject):
        for match in _NONE_RECEIVED.finditer(sentence.text):
            before = sentence.text[: match.start()]
            if not _none_of_all(match) or other_year(before, subject):
                continue
            yield NONE_RECEIVED.finding(
                subject,
                f"正文说“{match.group()}”，表三“本年新收政府信息公开申请数量”总计却是 {received} 件",
                sentence.where,
                sentence.printed,
                severity="warning" if narrowed(before, subject) else "error",
            )


def _none_of_all(match: re.Match[str]) -> bool:
    """Whether 没有收到…申请 speaks of all applications, not of some kind or of another matter."""
    said = match.group()
    if said == "零申请":
        return True
    if any(pattern.search(said) for pattern in (OTHER_MATTERS, PARTIAL, _SOME_KIND)):
        return False
    if "收" in match["rest"] or "费" in said:  # 无依申请公开收费, 未收取申请人费用
        return False
    return bool(match["verb"]) or bool(_OF_ANY.fullmatch(match["what"]))


def _compared(statement: Statement, found: list[Matter], subject: Subject) -> Iterator[Finding]:
    known = [(keys, value) for one in found for keys, value in values(one, subject) if value is not None]
    strict = [value for one in found if (value := values(one, subject)[0][1]) is not None]
    if not known or any(map(statement.fits, strict)) or len(strict) < len(found):
        return
    possible = sorted({value for _, value in known})
    if any(map(statement.fits, possible)):
        if only_new(found) and not statement.step:
            yield _with_those_carried_in(statement, possible, subject)
        return
    sure = certain(statement, subject)
    if of_more(statement.before, subject) and statement.value is not None and statement.value > max(strict):
        return
    part = narrowed(statement.before, subject) and statement.value is not None and statement.value < max(strict)
    if not sure and part:
        return
    rule = NONE_RECEIVED if of_received(found) and not any(strict) else NARRATIVE
    names = "、".join(one.name for one in found)
    yield rule.finding(
        subject,
        f"正文“{statement.words}”与表三不符：{names}按表三是 {strict[0]} 件{_explained(known, subject.form)}",
        statement.sentence.where,
        statement.sentence.printed,
        severity="error" if sure else "warning",
    )


def _with_those_carried_in(statement: Statement, possible: list[Number], subject: Subject) -> Finding:
    new, carried = possible[0], possible[-1] - possible[0]
    return NARRATIVE.finding(
        subject,
        f"正文“{statement.words}”等于本年新收 {new} 件加上年结转 {carried} 件：这是收办数，不是新收数",
        statement.sentence.where,
        statement.sentence.printed,
        severity="warning" if "新" in statement.lead else "notice",
        advice="写成“收办（含上年结转）”，或改用新收数",
    )


def _explained(known: list[tuple[tuple[str, ...], Number]], form: Form) -> str:
    """The values of a few readings, each with its rows, in brackets."""
    if not 1 < len(known) < 4:
        return ""
    named = {keys: "加".join(matter(f"table3.{key.strip('-.')}", form).name for key in keys) for keys, _ in known}
    return f"（{'、'.join(f'{named[keys]} {value} 件' for keys, value in dict(known).items())}）"
