"""The articles that took over: every one known to the registry, and what is said of it borne out by the statute data."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from answering.law.quantities import quantities
from store.validity import load_registry
from tests.conftest import WEIGHTS
from weights import locate

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
TABLE = tomllib.loads((KNOWLEDGE / "succession.toml").read_text(encoding="utf-8"))
ARTICLES = TABLE["article"]


@pytest.fixture(scope="module")
def statutes() -> dict[str, dict[int, str]]:
    """Each statute's articles by number, without blanks."""
    import ingest

    path = locate.laws(WEIGHTS)
    if path is None:
        pytest.skip("no statute data; gongkai laws fetches it")
    return {
        law.title: {one.article_no: re.sub(r"\s", "", one.text) for one in law.passages}
        for law in ingest.read_library(path)
    }


def test_every_law_that_the_code_repealed_has_its_successors() -> None:
    entries = load_registry(KNOWLEDGE / "registry.toml").entries
    repealed = {one.title for one in entries if one.replaced_by == TABLE["title"]}
    assert {one["of"].partition("#")[0] for one in ARTICLES} == repealed
    assert len({one["of"] for one in ARTICLES}) == len(ARTICLES)


@pytest.mark.parametrize("entry", ARTICLES, ids=lambda one: one["of"])
def test_what_is_said_of_a_successor_is_borne_out(entry, statutes) -> None:
    title, number = entry["of"].split("#")
    assert int(number) in statutes[title]
    code = statutes[TABLE["title"]]
    chief = code[entry["now"][0]]
    assert [words for words in entry["holds"] if re.sub(r"\s", "", words) not in chief] == []
    told = re.sub("第[一二三四五六七八九十百千零]+条", "", entry["says"])
    text = "".join(code[no] for no in entry["now"])
    known = {(one.dimension, one.value) for one in quantities(text)}
    assert [one.words for one in quantities(told) if (one.dimension, one.value) not in known] == []
    named = re.findall("第[一二三四五六七八九十百千零]+条", entry["says"])
    from answering.law.missing import numeral

    assert set(named) <= {f"第{numeral(no)}条" for no in entry["now"][1:]}
