"""The neighbouring matters: each named once, asked in few words, and never what a held regulation answers."""

import tomllib
from collections import Counter

import pytest

from bench.asked import WRITTEN

MATTERS = tomllib.loads((WRITTEN.parent / "elsewhere.toml").read_text(encoding="utf-8"))["matter"]


def _split(ways: str) -> list[str]:
    return [way.strip() for way in ways.split("；")]


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter["name"])
def test_a_matter_is_asked_in_several_short_ways(matter):
    assert set(matter) == {"name", "governed", "ways"}
    ways = _split(matter["ways"])
    assert 7 <= len(ways) <= 12
    assert [way for way in ways if not 4 <= len(way) <= 30] == []


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter["name"])
def test_a_matter_names_few_regulations_and_none_that_is_held(matter):
    held = {path.stem for path in WRITTEN.glob("*.toml")}
    assert held and len(matter["governed"]) <= 2
    for title in matter["governed"]:
        assert title not in held and not title.startswith("中华人民共和国") and "《" not in title


def test_no_matter_stands_twice():
    names = Counter(matter["name"] for matter in MATTERS)
    assert len(names) >= 150 and [name for name, times in names.items() if times > 1] == []


def test_no_way_leads_to_two_matters_or_to_an_article():
    ways = Counter(way for matter in MATTERS for way in _split(matter["ways"]))
    assert [way for way, times in ways.items() if times > 1] == []
    for path in WRITTEN.glob("*.toml"):
        for asked in tomllib.loads(path.read_text(encoding="utf-8"))["articles"].values():
            assert ways.keys() & set(_split(asked)) == set(), path.stem


@pytest.mark.parametrize("matter", MATTERS, ids=lambda matter: matter["name"])
def test_what_a_matter_names_is_no_regulation_that_was_repealed(matter):
    laws = tomllib.loads((WRITTEN.parent / "national_laws.toml").read_text(encoding="utf-8"))
    versions = tomllib.loads((WRITTEN.parent / "registry.toml").read_text(encoding="utf-8"))["version"]
    now = {version["title"] for version in versions if "effective_to" not in version}
    ended = {version["title"] for version in versions} - now | set(laws["former"]) | set(laws["repealed"])
    assert set(matter["governed"]) & (ended - now) == set()
