"""Rule 15: 同比 and 占比 computed again wherever both numbers are known, and the direction of a change.

The other number stands in the sentence, follows from a difference there (比上年增加12件), or is last
year's or this year's cell of table 3. A stated rate fits when it is the exact one rounded or cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from checks.applications_rules import on_applications, readings, totals
from checks.statements import Sentence, Statement, sentences
from checks.subject import Subject
from domain import Finding

_LAST_YEAR = r"上年度?|上一年度?|去年|同期|20\d\d年度?"
_COMPARED = re.compile(rf"同比|(?:[较比同与])(?:{_LAST_YEAR})")
_UP, _DOWN = r"增长|上升|增加|提高|增幅|提升|增[多至]?|多", r"下降|减少|降低|降幅|回落|减|少"
_DIRECTION = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
# What may stand in a rate's clause without naming another thing than the number before it.
_FILLER = re.compile(
    rf"{_LAST_YEAR}|同比|相比|[较比同与]|{_UP}|{_DOWN}|[申受发]请?[理布]?量|总[数量]|数量|件数|条数|总体|了|约|共|为|达|均|幅度|的|分别|〔|〕|政府信息公开|申请|信息"
)
_NAMED = ((r"新收|收到|受理|接到", "本年新收"), (r"收办", "新收加结转"), (r"办结", "办结总计"))
_ADVICE = "按两年的件数重新计算，改正比例或件数"


def rates_of_change(subject: Subject) -> Iterator[Finding]:
    """同比增长5%, 比上年减少12件: recomputed from this year's and last year's number."""
    for sentence in sentences(subject):
        for statement in sentence.statements:
            if not _is_change(statement):
                continue
            current = _counted_before(statement)
            if current is None:
                yield from _against_this_years_table(statement, subject)
                continue
            before = _last_years(statement, current, subject)
            if before and not any(_fits(statement, current.value, value, current.step) for value in before):
                yield _change_finding(statement, current.value, before[0], current.unit)


def shares(subject: Subject) -> Iterator[Finding]:
    """占比 and 占…的5%: recomputed from the part before it and a whole in the sentence or in table 3."""
    for sentence in sentences(subject):
        for statement in sentence.statements:
            if statement.unit != "%" or not statement.exact or statement.value is None or "占" not in statement.lead:
                continue
            if re.search(r"分别|全[国省市县区州]|率", statement.lead) or re.search(
                r"占[^，。]{0,12}分别", sentence.text
            ):
                continue
            part = _counted_before(statement)
            if part is None or not part.counts or not part.value:
                continue
            wholes = [
                s.value
                for s in sentence.statements
                if s.start < part.start and s.counts and s.unit == part.unit and s.value >= part.value
            ]
            wholes += [
                Decimal(value) for value in totals(subject).values() if on_applications(part) and value >= part.value
            ]
            siblings = {s.value for s in _with_shares(sentence)}
            known = [whole for whole in wholes if whole not in siblings]
            if known and not any(_near(part.value / whole * 100, statement) for whole in wholes):
                right = _rounded(part.value / known[0] * 100, _places(statement))
                yield Finding(
                    "RATE",
                    "warning",
                    f"正文“{statement.words}”不对：{part.value} ÷ {known[0]} = {right}%",
                    sentence.where,
                    "《政府信息公开条例》第五十条",
                    "核对比例的分子和分母",
                    sentence.printed,
                )


def _with_shares(sentence: Sentence) -> list[Statement]:
    """The counts of a sentence that are said to be a share: parts, then, and of what comes after hardly the whole."""
    shares = [s for s in sentence.statements if s.unit == "%" and "占" in s.lead]
    return [part for share in shares if (part := _counted_before(share))]


def _against_this_years_table(statement: Statement, subject: Subject) -> Iterator[Finding]:
    """新收申请比上年的30件增长40%, 比上年增加9件，增长60%: this year's number is the table's."""
    earlier = [s for s in statement.sentence.statements if s.start < statement.start and s.unit not in ("%", "倍")]
    before = next((s for s in reversed(earlier) if _of_last_year(s) or _is_change(s)), None)
    if before is None or not before.exact or not before.value or not on_applications(before):
        return
    named = next((name for words, name in _NAMED if re.search(words, before.before)), "")
    current = totals(subject).get(named)
    if current is None:
        return
    differs = _DIRECTION.search(before.lead.replace("新增", ""))
    then = Decimal(current) - _signed(before) if differs else before.value
    if not _fits(statement, Decimal(current), then):
        yield _change_finding(statement, Decimal(current), then, before.unit)


def _is_change(statement: Statement) -> bool:
    """Whether a number is how much something grew or shrank since last year."""
    if (
        not statement.exact
        or statement.value is None
        or statement.unit == "百分点"
        or "分别" in statement.sentence.text[: statement.end][-24:]
    ):
        return False
    if not _DIRECTION.search(statement.lead) or re.search(r"率|占|比重", statement.lead):
        return False
    text = statement.before
    # 比上年增加12件，增长40%: the comparison stands in the clause before
    clauses = re.split("[，（]", text)
    recent = "，".join(clauses[-2:]) if not _COMPARED.search(clauses[-1]) else clauses[-1]
    named = _FILLER.sub("", statement.lead.lstrip("、，"))
    return bool(_COMPARED.search(recent)) and not named


def _counted_before(statement: Statement) -> Statement | None:
    """The count that a rate speaks of: the nearest before it that is neither a change nor last year's."""
    for other in reversed(statement.sentence.statements):
        if other.start >= statement.start or other.unit in ("%", "倍", "百分点") or other.depth > statement.depth:
            continue
        if _DIRECTION.search(re.sub(r"新增", "", other.lead)) or _of_last_year(other):
            continue
        return other if other.exact and other.value is not None and other.unit else None
    return None


def _of_last_year(statement: Statement) -> bool:
    """Whether a count is last year's by its own words (上年30件, 2023年为30件) or those before its bracket."""
    bracketed = (
        re.search(rf"((?:[较比同与])(?:{_LAST_YEAR})[^，。；（）]{{0,6}})（$", statement.before)
        if not statement.lead
        else None
    )
    words = bracketed[1] if bracketed else statement.lead
    named = rf"上年|上一年|去年|同期|[较比同与]20\d\d年|{statement.sentence.year - 1}年"
    return bool(re.search(named, words)) and not re.search(rf"结转|[本今]年|(?<!\d){statement.sentence.year}年", words)


def _last_years(statement: Statement, current: Statement, subject: Subject) -> list[Decimal]:
    """Last year's number by every way that is open: said in the sentence, by the difference said, by the tables."""
    same = [
        s
        for s in statement.sentence.statements
        if s is not statement and s.unit == current.unit and s.value is not None and s.exact
    ]
    said = [
        s.value
        for s in same
        if _of_last_year(s) and not _DIRECTION.search(s.lead) and abs(s.start - current.start) < 60
    ]
    if said:
        return said
    if statement.unit in ("%", "倍"):
        for other in same:
            if current.start < other.start < statement.start and _is_change(other):
                return [current.value - _signed(other)]
    if not subject.previous:
        return []
    last_year = replace(subject, published=replace(subject.published, tables=subject.previous))
    now, then = readings(current, subject, subject), readings(current, last_year, subject)
    return [Decimal(value) for value, known in zip(then, now) if value is not None and known == current.value]


def _signed(statement: Statement) -> Decimal:
    direction = [match.lastgroup for match in _DIRECTION.finditer(statement.lead)][-1]
    return statement.value if direction == "up" else -statement.value


def _fits(statement: Statement, current: Decimal, before: Decimal, step: Decimal = Decimal(0)) -> bool:
    """Whether a stated change is that of the two numbers, both known to within ``step`` (0: exactly)."""
    if statement.unit not in ("%", "倍"):
        return abs(current - before - _signed(statement)) <= 2 * step
    if not before:
        return False
    if statement.unit == "倍":
        return any(
            _near(value, statement, slack=2 * step / before)
            for value in ((current - before) / before, current / before)
        )
    return _near((current - before) / before * 100, statement, _signed(statement), 200 * step / before)


def _near(exact: Decimal, statement: Statement, stated: Decimal | None = None, slack: Decimal = Decimal(0)) -> bool:
    """Rounded half up, or cut off, to the places that are written."""
    return abs(exact - (statement.value if stated is None else stated)) < Decimal(1).scaleb(-_places(statement)) + slack


def _places(statement: Statement) -> int:
    """The decimals that are written: one of 7.0%."""
    written = re.search(r"\.(\d+)", statement.sentence.text[statement.start : statement.end])
    return len(written[1]) if written else 0


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _change_finding(statement: Statement, current: Decimal, before: Decimal, unit: str) -> Finding:
    difference = current - before
    if statement.unit in ("%", "倍") and before:
        exact = f"{_rounded(difference / before * 100, max(_places(statement), 2))}%"
    else:
        exact = f"{difference} {unit}"
    opposite = difference * _signed(statement) < 0
    reason = "增减方向相反" if opposite else "与两年的数字不符"
    return Finding(
        "RATE",
        "warning",
        f"正文“{statement.words}”{reason}：本年 {current} {unit}，上年 {before} {unit}，变化为 {exact}",
        statement.sentence.where,
        "《政府信息公开条例》第五十条",
        _ADVICE,
        statement.sentence.printed,
    )
