"""Changes and shares in the narrative, computed again wherever both numbers are known.

The other number stands in the sentence, follows from a difference there (比上年增加12件), or is last
year's or this year's cell of table 3. A stated rate fits when it is the exact one rounded or cut off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from checks.applications import on_applications, readings, totals
from checks.examples import Example, applications, texts
from checks.rule import Rule, looks_for
from checks.statements import Sentence, Statement, sentences
from checks.subject import Subject
from checks.words import read_words
from domain import Finding

_WORDS = read_words(__file__)
_COMPARED, _DIRECTION, _FILLER = _WORDS["compared"], _WORDS["direction"], _WORDS["filler"]
_BRACKETED, _OF_LAST_YEAR, _OF_THIS_YEAR = _WORDS["bracketed"], _WORDS["of_last_year"], _WORDS["of_this_year"]
_PROPORTION, _SHARED_OUT, _DIVIDED = _WORDS["proportion"], _WORDS["shared_out"], _WORDS["divided"]
_NAMED = _WORDS.group("named")

RATE = Rule(
    id="RATE",
    title="增减和占比算得出来，方向不反",
    severities=("warning",),
    source="《政府信息公开条例》第五十条",
    advice="按两年的件数重新计算，改正比例或件数",
    speaks=(
        *texts(
            "发布信息42条，比上年的30条增长45%。",
            "发布信息42条，较去年30条同比下降40%。",
            "发布信息42条，比2023年（35条）增长40%。",
            "发布信息42条，比上年增加12条，增长28.6%。",
            "发布信息40条，其中政策解读30条，占比70%。",
            "政策解读30条，占发布总数40条的70%。",
        ),
        Example(
            "全年收到政府信息公开申请50件，同比下降25%。",
            cells=applications(new_received=50, granted=50),
            last_cells=applications(new_received=40, granted=40),
        ),
    ),
    silent=(
        *texts(
            "发布信息42条，比上年的30条增长40%。",
            "政策解读30条，占发布总数40条的75%。",
            "发布信息40条，其中动态30条、占75%，通知10条、占25%；较上年增加8条，增长25%。",
            "发布信息30条，较去年四十二条同比下降28.57%。",
            "发布信息600条，上年200条，同比增长2倍。",
            "发布信息42条，同比增长40%。",
            "发布信息42条，上年30条，网站访问量同比增长5%。",
            "发布信息40条，其中政策解读30条（占总数的75.0%）、通知10条（占总数的25%）。",
            "发布信息40条，政策解读30条，占全市的5%。",
        ),
        Example(
            "全年收到政府信息公开申请50件，同比增长25%。",
            cells=applications(new_received=50, granted=50),
            last_cells=applications(new_received=40, granted=40),
        ),
    ),
)


_OF_PARTS = re.compile("其中|包括|分别")
_OF_ITS_OWN = re.compile(r"其中|[、，：；]|所|件|比例|比重|分别|各|均|合计|共计|以上|两项|三项|四项|上述")


@looks_for(RATE, order=220)
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
            if before and not any(_fits(statement, current.number, value, current.step) for value in before):
                if _of_the_whole(statement, current, subject):
                    continue
                yield _change_finding(statement, current.number, before[0], current.unit, subject)


def _of_the_whole(statement: Statement, current: Statement, subject: Subject) -> bool:
    """Whether a change is that of the first count of the sentence, of which the nearest is a part (收到40件，其中…；增长25%)."""
    first = next((one for one in statement.sentence.statements if one.counts and one.unit == current.unit), current)
    if first is current or not _OF_PARTS.search(current.before[first.end :]):
        return False
    before = _last_years(statement, first, subject)
    return not before or any(_fits(statement, first.number, value, first.step) for value in before)


@looks_for(RATE, order=230)
def shares(subject: Subject) -> Iterator[Finding]:
    """占比 and 占…的5%: recomputed from the part before it and a whole in the sentence or in table 3."""
    for sentence in sentences(subject):
        for statement in sentence.statements:
            if not _is_share(statement):
                continue
            part = _counted_before(_of_a_whole(statement) or statement)
            if part is None or part.value is None or not part.counts or not part.value or _names_a_part(statement):
                continue
            named = _of_a_whole(statement)
            wholes = [named.number] if named else _wholes(part, subject)
            siblings = {one.value for one in _with_shares(sentence)}
            known = [whole for whole in wholes if whole not in siblings]
            if known and not any(_near(part.value / whole * 100, statement) for whole in wholes):
                right = _rounded(part.value / known[0] * 100, _places(statement))
                yield RATE.finding(
                    subject,
                    f"正文“{statement.words}”不对：{part.value} ÷ {known[0]} = {right}%",
                    sentence.where,
                    sentence.printed,
                    advice="核对比例的分子和分母",
                )


def _is_share(statement: Statement) -> bool:
    """Whether a number is a share (占5%) of what the report itself counts."""
    if statement.unit != "%" or not statement.exact or statement.value is None:
        return False
    if "占" not in statement.lead and not _of_a_whole(statement):
        return False
    return not _SHARED_OUT.search(statement.lead) and not _DIVIDED.search(statement.sentence.text)


def _of_a_whole(share: Statement) -> Statement | None:
    """The whole that stands between 占 and the share: 60件，占办结总数100件的65%."""
    before = [one for one in share.sentence.statements if one.end <= share.start]
    whole = before[-1] if before else None
    named = whole is not None and "占" in whole.lead and whole.counts
    return whole if named and re.fullmatch("的(?:比例|比重)?(?:为|是)?", share.lead) else None


def _names_a_part(share: Statement) -> bool:
    """Whether a share has a name of its own: 予以公开占60% is none of the count before it."""
    named = share.lead.split("占")[0]
    return bool(_OF_ITS_OWN.sub("", _FILLER.sub("", named)))


def _wholes(part: Statement, subject: Subject) -> list[Decimal]:
    """What a count may be a share of: the counts before it, of applications also the totals of table 3."""
    counts = [s for s in part.sentence.statements if s.start < part.start and s.counts and s.unit == part.unit]
    wholes = [s.value for s in counts if s.value is not None]
    wholes += [Decimal(value) for value in totals(subject).values()] if on_applications(part) else []
    return [whole for whole in wholes if part.value is not None and whole >= part.value]


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
    named = next((name for name, words in _NAMED.items() if words.search(before.before)), "")
    current = totals(subject).get(named)
    if current is None:
        return
    differs = _DIRECTION.search(before.lead.replace("新增", ""))
    then = Decimal(current) - _signed(before) if differs else before.value
    if not _fits(statement, Decimal(current), then):
        yield _change_finding(statement, Decimal(current), then, before.unit, subject)


def _is_change(statement: Statement) -> bool:
    """Whether a number is how much something grew or shrank since last year."""
    if (
        not statement.exact
        or statement.value is None
        or statement.unit == "百分点"
        or "分别" in statement.sentence.text[: statement.end][-24:]
    ):
        return False
    if not _DIRECTION.search(statement.lead) or _PROPORTION.search(statement.lead):
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
    bracketed = _BRACKETED.search(statement.before) if not statement.lead else None
    words, year = bracketed["words"] if bracketed else statement.lead, statement.sentence.year
    named = _OF_LAST_YEAR.search(words) or f"{year - 1}年" in words
    return bool(named) and not _OF_THIS_YEAR.search(words) and not re.search(rf"(?<!\d){year}年", words)


def _last_years(statement: Statement, current: Statement, subject: Subject) -> list[Decimal]:
    """Last year's number by every way that is open: said in the sentence, by the difference said, by the tables."""
    same = [
        s
        for s in statement.sentence.statements
        if s is not statement and s.unit == current.unit and s.value is not None and s.exact
    ]
    said = [
        s.number
        for s in same
        if _of_last_year(s) and not _DIRECTION.search(s.lead) and abs(s.start - current.start) < 60
    ]
    if said:
        return said
    if statement.unit in ("%", "倍"):
        for other in same:
            if current.start < other.start < statement.start and _is_change(other):
                return [current.number - _signed(other)]
    if not subject.previous:
        return []
    last_year = replace(subject, published=replace(subject.published, tables=subject.previous))
    now, then = readings(current, subject, subject), readings(current, last_year, subject)
    return [Decimal(value) for value, known in zip(then, now) if value is not None and known == current.value]


def _signed(statement: Statement) -> Decimal:
    direction = [match.lastgroup for match in _DIRECTION.finditer(statement.lead)][-1]
    return statement.number if direction == "up" else -statement.number


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
    return (
        abs(exact - (statement.number if stated is None else stated)) < Decimal(1).scaleb(-_places(statement)) + slack
    )


def _places(statement: Statement) -> int:
    """The decimals that are written: one of 7.0%."""
    written = re.search(r"\.(\d+)", statement.sentence.text[statement.start : statement.end])
    return len(written[1]) if written else 0


def _rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _change_finding(statement: Statement, current: Decimal, before: Decimal, unit: str, subject: Subject) -> Finding:
    difference = current - before
    if statement.unit in ("%", "倍") and before:
        exact = f"{_rounded(difference / before * 100, max(_places(statement), 2))}%"
    else:
        exact = f"{difference} {unit}"
    reason = "增减方向相反" if difference * _signed(statement) < 0 else "与两年的数字不符"
    said = f"正文“{statement.words}”{reason}：本年 {current} {unit}，上年 {before} {unit}，变化为 {exact}"
    return RATE.finding(subject, said, statement.sentence.where, statement.sentence.printed)
