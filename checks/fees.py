"""What a report says of 信息处理费, and the tariff.

Legal source: 政府信息公开信息处理费管理办法 (国办函〔2020〕109号), for reports of 2021 and later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from checks.subject import Paragraph, Subject
from checks.words import read_words
from gates import find_numerals

LAW = "国办函〔2020〕109号"
FIRST_YEAR = 2021
_WORDS = read_words(__file__)
_FEE, _BOTH_NONE, _RECEIVED = _WORDS["fee"], _WORDS["both_none"], _WORDS["received"]
_NONE_SENT, _NONE_CHARGED = _WORDS["none_sent"], _WORDS["none_charged"]
_NOTICE_UNITS, _NOTICE_BEHIND = _WORDS.listed("notice_units"), _WORDS["notice_behind"]


@dataclass(frozen=True)
class FeeStatement:
    """What a report says of 信息处理费: notices sent, 元 due and 元 received; None where it does not say."""

    paragraph: Paragraph
    notices: int | None
    due: Decimal | None
    received: Decimal | None


def read_statement(subject: Subject) -> FeeStatement | None:
    """The statement, in part 六 or wherever it stands; None where the report does not speak of it."""
    named = [paragraph for paragraph in subject.paragraphs if _FEE.search(paragraph.text)]
    spoken = [one for one in named if one.part == 5] or [one for one in named if "信息处理费" in one.text]
    if not spoken:
        return None
    # the statement may go over several paragraphs of the part: （一）…；（二）…
    text = re.sub("零(?=[件份次元])", "0", "\n".join(paragraph.text for paragraph in spoken))
    notices, due, received = _amounts(text)
    if _BOTH_NONE.search(text):
        notices, due = notices or 0, due if due is not None else Decimal(0)
    if _NONE_SENT.search(text) and notices is None:
        notices, due = 0, due or Decimal(0)
    if _NONE_CHARGED.search(text) and received is None:
        received = Decimal(0)
    return FeeStatement(spoken[0], notices, due, received)


def _amounts(text: str) -> tuple[int | None, Decimal | None, Decimal | None]:
    """(notices, due, received) by the words before each number of a clause that speaks of fees."""
    notices = due = received = None
    end = 0
    for numeral in find_numerals(text):
        lead, end = text[end : numeral.start], numeral.end
        if not re.fullmatch(r"\d+(?:\.\d+)?", numeral.value):
            continue
        value = Decimal(numeral.value)
        if numeral.unit == "元":
            if _RECEIVED.search(lead):
                received = received if received is not None else value
            else:
                due = due if due is not None else value
        elif notices is None and numeral.unit in _NOTICE_UNITS:
            if "通知" in lead[-24:] or _NOTICE_BEHIND.match(text[end:]):
                notices = int(value)
    return notices, due, received
