"""What a number on applications for information can mean: the rows of table 3 that its own wording names.

收到 means the new ones, 收办 also those carried in. A wording has several readings, the first in the strict sense.
"""

from __future__ import annotations

import re

from checks.scope import narrowed, other_year
from checks.statements import Sentence, Statement
from checks.subject import Subject
from checks.words import read_words
from domain import Number
from forms import Form
from matters import Matter, matter, matters, stated_last, together

_WORDS = read_words(__file__)
_PLAIN, _NEUTRAL = _WORDS["plain"], _WORDS["neutral"]
OTHER_MATTERS, PARTIAL = _WORDS["other_matters"], _WORDS["partial"]
_OBJECT, _OWN, _TOPIC, _ROW_WORDS = _WORDS["object"], _WORDS["own"], _WORDS["topic"], _WORDS["row_words"]
_LEFT, _THE_REST, _BARE = _WORDS["left"], _WORDS["the_rest"], _WORDS["bare"]
_OF_APPLICANTS, _AMONG_APPLICATIONS = _WORDS["of_applicants"], _WORDS["among_applications"]
_AND_OTHER_REASONS = _WORDS["and_other_reasons"]
_NEXT_NUMBER, _CHANGE_BEHIND = _WORDS["next_number"], _WORDS["change_behind"]
_CONTAINING, _CARRIED_OVER = _WORDS["containing"], _WORDS["carried_over"]
_BOTH_GRANTED = re.compile(r"公开〔(?:含|包括|包含)部分公开〕")
_MATTERS = re.compile(rf"(?P<other>{OTHER_MATTERS.pattern})|(?P<own>{_OWN.pattern})")


_RECEIVED, _HANDLED, _PROCESSED = (together()[name] for name in ("received", "handled", "processed"))
_CLOSED = re.compile(_PROCESSED.stated)
# The rows that a number of one kind of applicant may be of.
_OF_ANY_ROW = (("new_received",), ("new_received", "carried_in"), ("total_processed",))


def _items(form: Form) -> list[Matter]:
    """The rows that are one of a group: 属于国家秘密."""
    return [one for one in matters(form).values() if one.table == "table3" and "." in one.path]


def _outcomes(form: Form) -> list[Matter]:
    """The groups, the rows that belong to none, those carried over, and the words for several of them."""
    apart = {form.row("received").key, form.row("processed").key}
    rows = [one for one in matters(form).values() if one.table == "table3" and "." not in one.path]
    others = [one for one in together().values() if one not in (_RECEIVED, _HANDLED, _PROCESSED)]
    return [*(one for one in rows if one.path not in apart), *others]


def _applicants(form: Form) -> list[Matter]:
    return [one for one in matters(form).values() if one.table == "applicants"]


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
    return [value for one in meanings(statement, subject) for _, value in values(one, tables)]


def meanings(statement: Statement, subject: Subject) -> list[Matter]:
    """What a number on applications can mean; none where it is something else, or a part of it."""
    lead, tail = _AMONG_APPLICATIONS.sub("", statement.lead), statement.tail
    if not statement.counts or _partial(lead, tail) or other_year(statement.before, subject):
        return []
    row = _row(lead, tail, subject.form)
    if row and on_applications(statement):
        return [row]
    around = lead + tail
    applicant = stated_last(_applicants(subject.form), around if _OF_APPLICANTS.search(tail) else lead)
    if not on_applications(statement):
        return []
    if applicant:
        return [applicant] if not _CLOSED.search(around) else []
    if not _OBJECT.search(OTHER_MATTERS.sub("", around)) and not _PLAIN.fullmatch(lead):
        return []
    found = [one for one in (_RECEIVED, _HANDLED, _PROCESSED) if re.search(one.stated, lead)]
    bare = not found and _BARE.search(lead)
    return found or ([_RECEIVED, _HANDLED] if bare and "主动" not in lead else [])


def _partial(lead: str, tail: str) -> bool:
    """Whether the words around a number take a part, or a change, out of the whole, or are another number's."""
    if _NEXT_NUMBER.search(lead) or _CHANGE_BEHIND.match(tail):
        return True
    if PARTIAL.search(_ROW_WORDS.sub("", lead)):
        return True
    return bool(_CONTAINING.match(lead)) and not _CARRIED_OVER.search(lead)


def _row(lead: str, tail: str, form: Form) -> Matter | None:
    """The outcome, or the row of those carried over, that a number names; 9件结转至下年办理 names it behind."""
    lead = _BOTH_GRANTED.sub("公开或部分公开", lead)
    if _AND_OTHER_REASONS.search(lead) and (group := stated_last(_outcomes(form), lead)):
        return group  # 因本机关不掌握等原因无法提供: the reason is an example
    if row := stated_last(_items(form), lead) or stated_last(_outcomes(form), lead):
        return row
    carried_out = _LEFT.match(tail) and _THE_REST.fullmatch(lead)
    return matter(f"table3.{form.row('carried_out').key}", form) if carried_out else None


def only_new(found: list[Matter]) -> bool:
    """Whether a number is said to be of the applications newly received, and of nothing else."""
    return found == [_RECEIVED]


def of_received(found: list[Matter]) -> bool:
    """Whether a number can be of the applications newly received."""
    return _RECEIVED in found


def values(one: Matter, subject: Subject) -> list[tuple[tuple[str, ...], Number | None]]:
    """Each meaning of a wording with what table 3 gives for it; None where a cell is not known."""
    if one.table == "applicants":
        return [(keys, _of_applicants(one, keys, subject)) for keys in _OF_ANY_ROW]
    return [(keys, _sum(subject, keys, "total")) for keys in one.meaning]


def _of_applicants(one: Matter, keys: tuple[str, ...], subject: Subject) -> Number | None:
    """The applications of a kind of applicant; those of all organisations are what natural persons leave of the total."""
    columns = [column.key for column in subject.form.applicants if not column.organisation]
    if one.path != "organisations":
        return _sum(subject, keys, one.path)
    whole, natural = _sum(subject, keys, "total"), [_sum(subject, keys, column) for column in columns]
    known = [value for value in natural if value is not None]
    return None if whole is None or len(known) < len(natural) else whole - sum(known)


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
    for one in (*_items(subject.form), *_outcomes(subject.form), *_applicants(subject.form)):
        words = re.sub(one.stated, "", words)
    left = _NEUTRAL.sub("", words)
    return not left or left in org
