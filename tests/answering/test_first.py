"""The first sentence of an answer, over the official texts: what a good clerk would say."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from answering.law.asked import asked_for
from answering.law.first import first_sentence
from answering.law.units import bound, limits, units
from domain import Hit
from tests.conftest import shared_folder

TABLE = tomllib.loads(Path(__file__).with_name("first_sentences.toml").read_text(encoding="utf-8"))
CASES = [(kind, *case) for kind, group in TABLE.items() for case in group["cases"]]


@cache
def official() -> dict[str, Hit]:
    """Every article of the official texts, the latest version of each title, by title#number."""
    import ingest

    texts = shared_folder() / "regulations"
    documents = sorted(
        (ingest.read(path) for path in sorted(texts.iterdir())), key=lambda one: one.effective_from or date.min
    )
    return {
        f"{document.title}#{one.article_no}": Hit(
            "regulation",
            document.title,
            one.article,
            one.article_no,
            one.text,
            True,
            "现行有效",
            document.effective_from,
            None,
            "",
            document.source,
            1.0,
            heading=one.heading,
        )
        for document in documents
        for one in document.passages
    }


@pytest.mark.parametrize(("kind", "question", "article", "begins", "holds"), CASES)
def test_the_question_is_answered_first(kind, question, article, begins, holds) -> None:
    hit = official()[article]
    first = first_sentence(question, question, [hit])
    assert first is not None
    said = f"{first.lead}：{'……'.join(first.runs)}"
    assert first.lead.startswith(begins), said
    assert all(words in said for words in holds), said
    assert all(run in hit.text for run in first.runs)


@pytest.mark.parametrize(
    "entry",
    tomllib.loads((Path(__file__).parents[2] / "answering/law/asked.toml").read_text(encoding="utf-8"))["kind"],
    ids=lambda one: one["name"],
)
def test_kinds_of_questions(entry) -> None:
    assert [asked_for(one).kind for one in entry["finds"]] == [entry["name"]] * len(entry["finds"])
    assert entry["name"] not in [asked_for(one).kind for one in entry["passes"]]


def test_no_rule_is_shown_without_its_exception() -> None:
    """Of every article with an exception: the rule that decides, shown whole, holds each limit of its paragraph."""
    limited = [(hit, unit) for hit in official().values() for unit in units(hit.text) if limits(unit.text)]
    assert len(limited) > 100
    for hit, unit in limited:
        family = bound([unit], units(hit.text))
        assert unit.text in [one.text for one in family]
        assert all(one.text in hit.text for one in family)
