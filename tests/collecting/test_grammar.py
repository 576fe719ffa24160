"""Each way of asking with its own examples, what people say for the written word, and numbers as they are written."""

from __future__ import annotations

import pytest

from collecting.asking.grammar import count, grammar, patterns, spoken

NO_PATTERNS = ("fragments", "kinds", "words", "spoken")


@pytest.mark.parametrize(("group", "name"), [(g, n) for g in grammar() if g not in NO_PATTERNS for n in grammar()[g]])
def test_each_way_of_asking_finds_what_it_should(group, name):
    pattern, one = patterns(group)[name], grammar()[group][name]
    for text in one["finds"]:
        assert pattern.search(text), text
    for text in one["passes"]:
        assert not pattern.search(text), text


@pytest.mark.parametrize(
    ("written", "number"), [("5", 5), ("十", 10), ("十二", 12), ("两", 2), ("一百二十", 120), ("2.5", 2.5)]
)
def test_numbers_as_they_are_written(written, number):
    assert count(written) == number


def written(said):
    for pattern, put in spoken():
        said = pattern.sub(put, said)
    return said


@pytest.mark.parametrize(
    ("said", "meant"), [(rule[2], rule[3]) for group in grammar()["spoken"].values() for rule in group]
)
def test_what_people_say_is_read_as_it_is_written(said, meant):
    assert written(said) == meant


@pytest.mark.parametrize(
    "text",
    [
        "哪些部门的行政处罚最多",
        "行政处罚第二多",
        "那么多件申请",
        "不予公开的处理决定",
        "其中一件",
        "超过20%",
        "申请增长最快",
        "成本",
        "那年",
        "三个成员单位",
    ],
)
def test_what_is_written_stays_as_it_is(text):
    assert written(text) == text
