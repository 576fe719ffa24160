"""The neighbouring matters: each named once, asked in few words, and never what a held regulation answers."""

import tomllib
from collections import Counter
from pathlib import Path

import numpy as np

from bench.asked import WRITTEN
from store.elsewhere import FAR, MADE, Elsewhere, MatterElsewhere, Nearest, _loaded


def _read(path: Path) -> dict:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _split(ways: str) -> list[str]:
    return [way.strip() for way in ways.split("；")]


MATTERS = _read(WRITTEN.parent / "elsewhere.toml")["matter"]
HELD = {path.stem for path in WRITTEN.glob("*.toml")}
GOVERNED = {title: matter["name"] for matter in MATTERS for title in matter["governed"]}


def test_a_matter_is_asked_in_several_short_ways():
    for matter in MATTERS:
        assert set(matter) == {"name", "governed", "ways"}, matter
        ways = _split(matter["ways"])
        assert 6 <= len(ways) <= 12, matter["name"]
        assert [way for way in ways if not 4 <= len(way) <= 30] == [], matter["name"]


def test_no_matter_stands_twice():
    names = Counter(matter["name"] for matter in MATTERS)
    assert len(names) >= 150 and [name for name, times in names.items() if times > 1] == []


def test_no_way_leads_to_two_matters_or_to_an_article():
    ways = Counter(way for matter in MATTERS for way in _split(matter["ways"]))
    assert [way for way, times in ways.items() if times > 1] == []
    for path in WRITTEN.glob("*.toml"):
        for asked in _read(path)["articles"].values():
            assert ways.keys() & set(_split(asked)) == set(), path.stem


def test_a_matter_names_at_most_two_regulations_by_their_titles_and_none_that_is_held():
    assert HELD and [matter["name"] for matter in MATTERS if len(matter["governed"]) > 2] == []
    for title in GOVERNED:
        assert title not in HELD and not title.startswith("中华人民共和国") and "《" not in title, title


def test_no_matter_names_a_regulation_that_was_repealed():
    laws = _read(WRITTEN.parent / "national_laws.toml")
    versions = _read(WRITTEN.parent / "registry.toml")["version"]
    now = {version["title"] for version in versions if "effective_to" not in version}
    ended = {version["title"] for version in versions} | set(laws["former"]) | set(laws["repealed"])
    assert GOVERNED.keys() & (ended - now) == set()


def test_a_law_that_a_matter_names_is_a_known_one():
    laws = _read(WRITTEN.parent / "national_laws.toml")
    versions = _read(WRITTEN.parent / "registry.toml")["version"]
    in_force = laws["laws"].keys() | {version["title"] for version in versions if "effective_to" not in version}
    named = [title for title in GOVERNED if title.endswith("法") and not title.endswith("办法")]
    assert len(named) > 50 and [title for title in named if title not in in_force] == []


def test_the_vectors_are_of_the_ways_that_are_written():
    """After a change of knowledge/elsewhere.toml: python bench/asked.py."""
    made, _ = _loaded(MADE)
    assert [(one.name, list(one.governed)) for one in made.matters] == [
        (one["name"], one["governed"]) for one in MATTERS
    ]
    counts = np.bincount(made.matter_of, minlength=len(MATTERS)).tolist()
    assert counts == [len(_split(matter["ways"])) for matter in MATTERS]


def test_a_matter_counts_while_nothing_that_governs_it_is_held():
    matters = (MatterElsewhere("工伤认定", ("工伤保险条例",)), MatterElsewhere("天气"))
    elsewhere = Elsewhere(matters, np.array([0, 1], np.int32), np.eye(2, dtype=np.float32))
    question = np.array([0.96, 0.28], np.float32)
    assert elsewhere.nearest(question, {"档案法"}).matter == matters[0]
    assert elsewhere.nearest(question, {"工伤保险条例"}).matter == matters[1]
    assert elsewhere.nearest(question, {"工伤保险条例"}).like == FAR
    nothing = Elsewhere((), np.zeros(0, np.int32), np.zeros((0, 2), np.float32))
    assert nothing.nearest(question, set()) == Nearest()
