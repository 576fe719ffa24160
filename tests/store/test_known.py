"""What is told of a regulation whose text, or whose version in force, is not held."""

from dataclasses import replace
from datetime import date

import pytest

from domain import Hit
from store.known import only_known
from store.validity import Registry, Version

OLD = Version("甲法", effective_from=date(2010, 1, 1), effective_to=date(2020, 1, 1), ended="修订", replaced_by="甲法")
NEW = Version(
    "甲法", effective_from=date(2020, 1, 1), effective_to=date(2026, 8, 15), ended="废止", replaced_by="乙法典"
)
GONE = Version("丙办法", effective_from=date(2008, 5, 1), ended="废止")
REGISTRY = Registry([OLD, NEW, GONE])


@pytest.mark.parametrize(
    ("title", "day", "status", "words"),
    [
        ("甲法", date(2019, 12, 31), "现行有效", "《甲法》现行有效，2010年1月1日起施行；知识库没有收入它的条文"),
        ("甲法", date(2026, 8, 14), "现行有效", "《甲法》现行有效，2020年1月1日起施行；知识库没有收入它的条文"),
        ("甲法", date(2026, 8, 15), "已废止", "《甲法》自2026年8月15日起已废止，由《乙法典》取代；知识库没有收入"),
        ("甲法", date(2009, 1, 1), "尚未施行", "《甲法》尚未施行，自2010年1月1日起施行；"),
        ("丙办法", date(2020, 1, 1), "已废止", "《丙办法》已废止；"),
    ],
)
def test_a_title_of_which_nothing_is_held(title, day, status, words):
    (hit,) = only_known({title}, REGISTRY, lambda title, day: [], day)
    assert (hit.title, hit.article, hit.status, hit.verbatim) == (title, "", status, False)
    assert words in hit.text


@pytest.mark.parametrize(("status", "told"), [("尚未施行", True), ("现行有效", False)])
def test_a_title_of_which_another_version_is_held(status, told):
    held = Hit("regulation", "甲法", "第一条", 1, "", True, status, date(2020, 1, 1), None, "", "甲法.docx", 1.0)
    found = only_known({"甲法"}, REGISTRY, lambda title, day: [held], date(2019, 12, 31))
    assert [hit.text for hit in found] == (
        ["2019年12月31日有效的是《甲法》自2010年1月1日起的文本，知识库没有收入，只有别的版本"] if told else []
    )


def test_what_has_ended_is_told_by_the_text_that_is_held():
    held = Hit(
        "regulation", "甲法", "第一条", 1, "", True, "已废止", date(2020, 1, 1), None, "乙法典", "甲法.docx", 1.0
    )
    assert only_known({"甲法"}, REGISTRY, lambda title, day: [replace(held)], date(2026, 9, 1)) == []


def test_an_unknown_title_is_not_told_of():
    assert only_known({"丁法"}, REGISTRY, lambda title, day: [], date(2020, 1, 1)) == []
