"""Kinds of faults that were found by reading answers whole, each with ten examples."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from answering.law.first import first_sentence
from tests.answering.test_first import official

TABLE = tomllib.loads(Path(__file__).with_name("read_whole.toml").read_text(encoding="utf-8"))
CASES = [(kind, *case) for kind, group in TABLE.items() for case in group.get("cases", ())]


@pytest.mark.parametrize(("kind", "question", "article", "begins", "holds"), CASES)
def test_the_part_that_is_asked_for_stands_first(kind, question, article, begins, holds) -> None:
    first = first_sentence(question, question, [official()[article]])
    assert first is not None
    said = f"{first.lead}：{'……'.join(first.runs)}"
    assert first.lead.startswith(begins) and (begins or not first.lead.startswith(("可以直接", "可以，而且"))), said
    assert all(words in said for words in holds), said


@pytest.mark.parametrize(("article", "statement"), TABLE["follows"]["statements"])
def test_a_number_alone_does_not_bear_out_what_should_follow(article, statement) -> None:
    for tag in ("，对不对？", "，是吗？"):
        question = f"{statement}{tag}"
        first = first_sentence(question, question, [official()[article]])
        assert first is None or not first.lead.startswith(("对", "一般对")), first
