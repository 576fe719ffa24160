"""Hundreds of questions over all organs, each with the answer reckoned apart from the program (``truth``)."""

from __future__ import annotations

import re
from datetime import date

import pytest

from collecting.asking import answer_over_organs
from tests.collecting import asked_filtered, asked_numbers, asked_ranked, asked_talk
from tests.collecting.truth import ALL, GOV, held, num

HELD = held()
EVERY = [*asked_ranked.Q, *asked_filtered.Q, *asked_numbers.Q, *asked_talk.Q]
_BESIDE = ("按：", "来源", "没有计入", "（其余")


def named(text):
    """The organs named in a text."""
    found = set()
    for org in sorted([*ALL, GOV], key=len, reverse=True):
        if org in text:
            found.add(org)
            text = text.replace(org, "#")
    return found


def written(number):
    return number if isinstance(number, str) else num(number)


@pytest.mark.parametrize("asked", EVERY, ids=[f"{at}-{one['q']}" for at, one in enumerate(EVERY)])
def test_an_answer_is_right_or_not_given(asked):
    answer = answer_over_organs(asked["q"], HELD, (), asked.get("after", ()), date(2026, 11, 30))
    if asked.get("none"):
        assert answer is None
        return
    if asked.get("refuse"):
        assert answer is None or answer.refused
        return
    assert answer is not None and not answer.refused, answer and answer.answer
    body = "\n".join(line for line in answer.answer.split("\n") if not line.startswith(_BESIDE))
    if asked["orgs"] is not None:
        sentence = "\n".join(line for line in body.split("\n") if not line.startswith("|"))
        told = named(body if len(asked["orgs"]) > 20 else sentence)
        assert told in (set(asked["orgs"]), set(asked.get("alt", asked["orgs"])))
    numbers = set(re.findall(r"\d+(?:\.\d+)?%?", body))
    assert {written(one) for one in asked["nums"] or ()} <= numbers | {one.rstrip("%") for one in numbers}
