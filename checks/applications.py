"""What a number on applications for information can mean: the rows of table 3 that its own wording names.

收到 means the new ones, 收办 also those carried in. A wording has several readings, the first in the strict sense.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checks.scope import narrowed, other_year
from checks.statements import Sentence, Statement
from checks.subject import Subject
from checks.words import read_words
from domain import Number

_WORDS = read_words(__file__)
_NEW, _HANDLED, _DONE = (_WORDS[name].pattern for name in ("new", "handled", "done"))
_CLOSED, _NEUTRAL = _WORDS["done"], _WORDS["neutral"]
OTHER_MATTERS, PARTIAL = _WORDS["other_matters"], _WORDS["partial"]
_OBJECT, _OWN, _TOPIC, _ROW_WORDS = _WORDS["object"], _WORDS["own"], _WORDS["topic"], _WORDS["row_words"]
_LEFT, _THE_REST, _BARE = _WORDS["left"], _WORDS["the_rest"], _WORDS["bare"]
_OF_APPLICANTS, _AMONG_APPLICATIONS = _WORDS["of_applicants"], _WORDS["among_applications"]
_MATTERS = re.compile(rf"(?P<other>{OTHER_MATTERS.pattern})|(?P<own>{_OWN.pattern})")
_PLAIN = re.compile(rf"(?:其?中?|{_NEUTRAL.pattern})*(?:{_NEW}|{_HANDLED}|{_DONE})(?:{_NEUTRAL.pattern})*")


@dataclass(frozen=True)
class Measure:
    """A wording, the sums of rows of table 3 that it can mean (the first in the strict sense), its name."""

    wording: str
    readings: tuple[tuple[str, ...], ...]
    name: str
    column: str = "total"
    legal_persons: bool = False


_DENIED, _UNAVAILABLE, _UNPROCESSED = "denied.", "unavailable.", "not_processed."
_PROCESSED = (
    ("total_processed",),
    ("new_received",),
    ("new_received", "carried_in"),
    ("total_processed", "-other."),
    ("total_processed", "-other.other"),
)
_ITEMS = (
    Measure(r"国家秘密", (("denied.state_secret",),), "属于国家秘密"),
    Measure(r"行政法规(?:规定)?禁止公开", (("denied.prohibited_by_law",),), "其他法律行政法规禁止公开"),
    Measure(r"三安全一稳定", (("denied.public_safety",),), "危及“三安全一稳定”"),
    Measure(r"第三方合法权益", (("denied.third_party_rights",),), "保护第三方合法权益"),
    Measure(r"内部事务", (("denied.internal_affairs",),), "属于三类内部事务信息"),
    Measure(r"过程性", (("denied.process_information",),), "属于四类过程性信息"),
    Measure(r"执法案卷", (("denied.enforcement_file",),), "属于行政执法案卷"),
    Measure(r"查询事项", (("denied.administrative_inquiry",),), "属于行政查询事项"),
    Measure(r"不掌握|信息不存在", (("unavailable.not_held",),), "本机关不掌握相关政府信息"),
    Measure(r"没有现成|需要?另行制作", (("unavailable.needs_creation",),), "没有现成信息需要另行制作"),
    Measure(r"内容仍?不明确", (("unavailable.still_unclear",),), "补正后申请内容仍不明确"),
    Measure(r"信访举报投诉类", (("not_processed.petition",),), "信访举报投诉类申请"),
    Measure(r"公开出版物", (("not_processed.publication",),), "要求提供公开出版物"),
    Measure(r"重新出具", (("not_processed.reconfirmation",),), "要求确认或重新出具已获取信息"),
    Measure(r"大量反复申请", (("not_processed.excessive",),), "无正当理由大量反复申请"),
    Measure(r"逾期不补正", (("other.no_correction",),), "申请人无正当理由逾期不补正"),
    Measure(r"缴纳费用|缴费", (("other.fee_unpaid",),), "申请人逾期未缴纳费用"),
    Measure(r"其他处理〔其他情形", (("other.other",),), "其他处理中的其他"),
    Measure(
        r"重复申请", (("not_processed.duplicate",), ("not_processed.duplicate", "not_processed.excessive")), "重复申请"
    ),
)
_OUTCOMES = (
    Measure(r"(?:上一?|20\d\d)年度?(?:结转|转[入至])|结转(?:自)?上", (("carried_in",),), "上年结转"),
    Measure(
        r"结转(?:至|到|入)?(?:下|次|20\d\d|明)|转(?:入|至|下)下?一?年|尚未办结|未办结|正在办理|仍在办理",
        (("carried_out",),),
        "结转下年度继续办理",
    ),
    Measure(r"结转", (("carried_in",), ("carried_out",)), "结转"),
    Measure(
        r"公开(?:和|或|及|、|与|以及)部分公开",
        (("granted", "partially_granted"), ("partially_granted",)),
        "予以公开和部分公开",
    ),
    Measure(r"部分公开|区分处理", (("partially_granted",),), "部分公开"),
    Measure(
        r"不予公开|不同意公开",
        (
            (_DENIED,),
            (_DENIED, _UNPROCESSED),
            (_DENIED, _UNAVAILABLE),
            (_DENIED, _UNAVAILABLE, _UNPROCESSED),
            (_DENIED, _UNAVAILABLE, _UNPROCESSED, "other."),
        ),
        "不予公开",
    ),
    Measure(r"无法提供", ((_UNAVAILABLE,),), "无法提供"),
    Measure(r"不予处理", ((_UNPROCESSED,),), "不予处理"),
    Measure(r"其他处理", (("other.",),), "其他处理"),
    Measure(r"(?:予以|同意|准予|全部)公开", (("granted",), ("granted", "partially_granted")), "予以公开"),
)
_RECEIVED_ROWS = (("new_received",), ("new_received", "carried_in"), ("total_processed",))
_CARRIED_OUT = next(measure for measure in _OUTCOMES if measure.readings == (("carried_out",),))
_APPLICANTS = (
    Measure(r"自然人|公民个人|个人申请", _RECEIVED_ROWS, "自然人", "natural_person"),
    Measure(r"商业企业", _RECEIVED_ROWS, "商业企业", "business_enterprise"),
    Measure(r"科研机构", _RECEIVED_ROWS, "科研机构", "research_institution"),
    Measure(r"社会公益组织", _RECEIVED_ROWS, "社会公益组织", "social_welfare_org"),
    Measure(r"法律服务机构", _RECEIVED_ROWS, "法律服务机构", "legal_service_org"),
    Measure(r"法人(?:(?:[和或及、]|或者|以及)?其他组织)?", _RECEIVED_ROWS, "法人或其他组织", legal_persons=True),
    Measure(r"其他组织", _RECEIVED_ROWS, "其他", "other_org"),
)
_RECEIVED = Measure(_NEW, (("new_received",), ("new_received", "carried_in")), "收到申请")
_HANDLED_ALL = Measure(_HANDLED, (("new_received", "carried_in"), ("new_received",), ("total_processed",)), "办理申请")
_PROCESSED_ALL = Measure(_DONE, _PROCESSED, "办结申请")


def on_applications(statement: Statement) -> bool:
    """Whether a number speaks of applications for information, not of another matter of the office."""
    return spoken_of(statement.before + statement.tail, statement.sentence)


def spoken_of(text: str, sentence: Sentence) -> bool:
    """Whether the last matter named in a part of a sentence is an application for information."""
    last = None
    text = _ROW_WORDS.sub("", text)
    for match in _MATTERS.finditer(text):
        if match["own"] == "申请" and last and last["other"] and match.start() - last.end() <= 2:
            continue  # 行政许可申请
        last = match
    if last:
        return bool(last["own"]) and "被申请" not in text[max(last.start() - 1, 0) : last.end()]
    return bool(_TOPIC.search(sentence.topic + sentence.before))


def totals(subject: Subject) -> dict[str, Number]:
    """The totals of table 3 that a narrative calls the whole, by name; those not known are left out."""
    rows = {
        "本年新收": ("new_received",),
        "新收加结转": ("new_received", "carried_in"),
        "办结总计": ("total_processed",),
    }
    return {name: value for name, keys in rows.items() if (value := _sum(subject, keys, "total")) is not None}


def readings(statement: Statement, tables: Subject, subject: Subject) -> list[Number | None]:
    """The values that ``tables`` (this year's, or last year's) give for what a statement counts."""
    return [value for measure in measures(statement, subject) for _, value in values(measure, tables)]


def measures(statement: Statement, subject: Subject) -> list[Measure]:
    """What a number on applications can mean; none where it is something else, or a part of it."""
    lead, tail = _AMONG_APPLICATIONS.sub("", statement.lead), statement.tail
    if not statement.counts or _partial(lead, tail) or other_year(statement.before, subject):
        return []
    row = _row(lead, tail)
    if row and on_applications(statement):
        return [row]
    around = lead + tail
    applicant = _last(_APPLICANTS, around if _OF_APPLICANTS.search(tail) else lead)
    if not on_applications(statement):
        return []
    if applicant:
        return [applicant] if not _CLOSED.search(around) else []
    if not _OBJECT.search(OTHER_MATTERS.sub("", around)) and not _PLAIN.fullmatch(lead):
        return []
    found = [measure for measure in (_RECEIVED, _HANDLED_ALL, _PROCESSED_ALL) if re.search(measure.wording, lead)]
    bare = not found and _BARE.search(lead)
    return found or ([_RECEIVED, _HANDLED_ALL] if bare and "主动" not in lead else [])


def _partial(lead: str, tail: str) -> bool:
    """Whether the words around a number take a part, or a change, out of the whole, or are another number's."""
    if re.search(r"[和与及]$", lead):  # 42件新收申请和3件…: those words are the other number's
        return True
    if PARTIAL.search(_ROW_WORDS.sub("", lead)) or re.match(r"(?:增|减|上升|下降)", tail):
        return True
    return bool(re.match(r"其?中?(?:包含|包括|含)", lead)) and not re.search("结转|转[入至]", lead)


def _row(lead: str, tail: str) -> Measure | None:
    """The outcome, or the row of those carried over, that a number names; 9件结转至下年办理 names it behind."""
    row = _last(_ITEMS, lead) or _last(_OUTCOMES, lead)
    return row or (_CARRIED_OUT if _LEFT.match(tail) and _THE_REST.fullmatch(lead) else None)


def only_new(found: list[Measure]) -> bool:
    """Whether a number is said to be of the applications newly received, and of nothing else."""
    return found == [_RECEIVED]


def of_received(found: list[Measure]) -> bool:
    """Whether a number can be of the applications newly received."""
    return _RECEIVED in found


def values(measure: Measure, subject: Subject) -> list[tuple[tuple[str, ...], Number | None]]:
    """Each reading of a wording with what table 3 gives for it; None where a cell is not known."""
    found = []
    for keys in measure.readings:
        value = _sum(subject, keys, measure.column)
        if measure.legal_persons:
            natural = _sum(subject, keys, "natural_person")
            value = value - natural if value is not None and natural is not None else None
        found.append((keys, value))
    return found


def _sum(subject: Subject, keys: tuple[str, ...], column: str) -> Number | None:
    """The sum of rows of table 3, ``denied.`` for all its items, ``-`` to be taken off; None where one is not known."""
    total: Number = 0
    for key in keys:
        name = key.removeprefix("-")
        cells = [subject.number(f"table3.{row}.{column}") for row in _rows(name, subject)]
        known = [cell for cell in cells if cell is not None]
        if not known or len(known) < len(cells):
            return None
        total += -sum(known) if key.startswith("-") else sum(known)
    return total


def _rows(name: str, subject: Subject) -> list[str]:
    """The row of that key, or all items of a group (``denied.``)."""
    keys = [row.key for row in subject.form.rows]
    return [key for key in keys if key == name or name.endswith(".") and key.startswith(name)]


def certain(statement: Statement, subject: Subject) -> bool:
    """Whether every word of the clause is understood, so that a difference is a contradiction."""
    if narrowed(statement.before, subject):
        return False
    words = _ROW_WORDS.sub("", statement.lead + statement.tail)
    org = subject.published.org
    if org:
        words = words.replace(org, "")
    for measure in (*_ITEMS, *_OUTCOMES, *_APPLICANTS):
        words = re.sub(measure.wording, "", words)
    left = _NEUTRAL.sub("", words)
    return not left or left in org


def _last(measures: tuple[Measure, ...], text: str) -> Measure | None:
    """The measure whose wording stands last in the text; where two end together, the first listed."""
    found = [
        (match.end(), -place, measure)
        for place, measure in enumerate(measures)
        for match in re.finditer(measure.wording, text)
    ]
    return max(found, key=lambda item: item[:2])[2] if found else None
