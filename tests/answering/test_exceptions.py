"""No answer drops an exception: every article of the official texts that has one, each asked for in several ways."""

from __future__ import annotations

import re

import pytest

from answering.law.extract import SHORT, quote
from answering.law.question import read
from answering.law.units import limits, units
from domain import Hit
from tests.answering.test_first import official

ASKED = ("{}，怎么规定的？", "{}，可以吗？", "{}要不要？", "{}，有没有时间要求，多久？", "{}，对吗？")
FEWEST = 100
_TOLD = re.compile("例外|限制|情况|一般|符合条件")


def limited() -> list[tuple[Hit, str]]:
    """(article, its first paragraph with an exception) of every article that has one."""
    found = []
    for hit in official().values():
        unit = next((one for one in units(hit.text) if limits(one.text)), None)
        if unit:
            found.append((hit, unit.text))
    return found


@pytest.mark.parametrize("asks", ASKED)
def test_no_answer_drops_an_exception(asks: str) -> None:
    articles = limited()
    assert len(articles) >= FEWEST
    dropped = []
    for hit, rule in articles:
        words = re.split("[，。；：]", rule)[0][:24]
        body = quote(read(asks.format(words)), [hit])
        shown = any(one in body for one in re.split("(?<=。)", rule) if len(one) > 8)
        if rule not in body and (shown or len(hit.text) <= SHORT):
            dropped.append((hit.title, hit.article))
    assert dropped == []


def test_no_verdict_hides_an_exception() -> None:
    """Where the first sentence says 可以 or 要 of a rule with an exception, it says that there is one, or shows it."""
    hidden = []
    for hit, rule in limited():
        for words in re.findall(r"(?:可以|应当|不得)([一-龥]{2,8})", rule):
            first = quote(read(f"{re.split('[，。；]', rule)[0][:20]}，能不能{words}？"), [hit]).split("\n\n")[0]
            lead, _, quoted = first.partition("：《")
            if not quoted or _TOLD.search(lead):
                continue
            sentence = next((one for one in re.split("(?<=。)", rule) if one[:12] and one[:12] in quoted), "")
            if limits(sentence) and not limits(quoted):
                hidden.append((hit.title, hit.article, first))
    assert hidden == []


def test_no_list_is_shown_without_its_lead_or_in_part() -> None:
    for hit in official().values():
        for unit in units(hit.text):
            if len(unit.items) >= 3:
                body = quote(read(f"{unit.items[-1][3:20]}怎么规定？"), [hit])
                if unit.items[-1] in body:
                    assert unit.lead.split("\n")[0] in body and all(item in body for item in unit.items), hit.article
