"""A capable model behind a real server: most of what it says rightly and whole is shown, nothing of what is turned, cut or half of a rule is not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from answering import answer
from chat.endpoint import EndpointModel
from domain import Finished
from tests.answering.test_first import official
from tests.fakes import MemoryKnowledge
from tests.openai_server import Script, serve, words

SENTENCES = tomllib.loads(Path(__file__).with_name("endpoint_sentences.toml").read_text(encoding="utf-8"))
FEWEST = 40
ACCEPTED = 0.6


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[Script, EndpointModel]]:
    """What it says next, and its client, connected once."""
    with serve(words("好")) as script:
        yield script, EndpointModel(script.address, "m")


def shown(server: tuple[Script, EndpointModel], article: str, question: str, sentence: str) -> tuple[bool, str]:
    """Whether the model's own words stand in the answer, and the answer with what was rejected."""
    hit = official()[article]
    script, model = server
    script.replies[:] = [words(*re.findall(".{1,7}", f"{sentence}[1]"))]
    asked = f"《{hit.title}》{hit.article}：{question}"
    *_, last = answer(asked, MemoryKnowledge([hit]), model)
    assert isinstance(last, Finished)
    result = last.result
    plain = re.sub(r"（《[^》]*》[^）]*）|\[\d+\]", "", result.answer)
    taken_out = any(one.text.rstrip("。") == sentence.rstrip("。") for one in result.rejected)
    own = result.mode == "model" and sentence.rstrip("。") in plain and not taken_out
    return own, f"{result.answer[:80]} {[(one.text, one.reason) for one in result.rejected]}"


def test_enough_sentences_of_both_kinds() -> None:
    assert min(len(SENTENCES["right"]), len(SENTENCES["wrong"])) >= FEWEST


def test_most_right_sentences_are_shown(server: tuple[Script, EndpointModel]) -> None:
    """One that strays from the wording is shown in the article's own words instead: cheaper than a wrong one shown."""
    taken = [one for one in SENTENCES["right"] if shown(server, *one)[0]]
    assert len(taken) >= ACCEPTED * len(SENTENCES["right"])


@pytest.mark.parametrize(("article", "question", "sentence"), SENTENCES["wrong"])
def test_a_wrong_sentence_is_not_shown(
    server: tuple[Script, EndpointModel], article: str, question: str, sentence: str
) -> None:
    told, why = shown(server, article, question, sentence)
    assert not told, why
