"""Which version was in force on a day."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import UnusableInput
from store.validity import Period, Registry, Version, in_succession, load_registry, version_on

OLD = Version(
    "复议法",
    promulgated=date(2017, 9, 1),
    effective_from=date(1999, 10, 1),
    amended_from=date(2018, 1, 1),
    effective_to=date(2024, 1, 1),
    ended="修订",
    replaced_by="复议法",
)
NEW = Version("复议法", number="令第九号", promulgated=date(2023, 9, 1), effective_from=date(2024, 1, 1))
REPEALED = Version(
    "老办法",
    promulgated=date(2010, 1, 1),
    effective_from=date(2010, 3, 1),
    effective_to=date(2022, 2, 8),
    ended="废止",
    replaced_by="新办法",
)


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2017, 12, 31), "尚未施行"),
        (date(2018, 1, 1), "现行有效"),
        (date(2023, 12, 31), "现行有效"),
        (date(2024, 1, 1), "已被修订"),
    ],
)
def test_an_amended_law_counts_from_its_amendment_to_the_next(document, day, status):
    law = document("复议法", promulgated=OLD.promulgated, effective_from=OLD.effective_from)
    assert Registry([OLD, NEW]).period(law).status(day) == status


@pytest.mark.parametrize(("day", "status"), [(date(2022, 2, 7), "现行有效"), (date(2022, 2, 8), "已废止")])
def test_the_first_day_after_repeal_is_no_longer_in_force(document, day, status):
    old = document("老办法", promulgated=REPEALED.promulgated, effective_from=REPEALED.effective_from)
    period = Registry([REPEALED]).period(old)
    assert (period.status(day), period.replaced_by) == (status, "新办法")


def test_the_registry_fills_in_only_what_the_text_does_not_say(document):
    own = document("复议法", promulgated=NEW.promulgated, effective_from=None, number="")
    filled = Registry([OLD, NEW]).complete(own)
    assert (filled.number, filled.effective_from) == ("令第九号", date(2024, 1, 1))
    told = replace(own, number="别的文号")
    assert Registry([OLD, NEW]).complete(told).number == "别的文号"


def test_a_text_of_another_day_is_another_version(document):
    other = document("复议法", promulgated=date(2025, 1, 1), effective_from=date(2025, 3, 1))
    assert Registry([NEW]).of(other) is None
    same_law = document("复议法", promulgated=date(1999, 4, 29), effective_from=OLD.effective_from)
    assert Registry([OLD, NEW]).of(same_law) == OLD


def test_a_text_that_tells_no_day_is_the_only_version_or_none(document):
    undated = document("复议法", promulgated=None, effective_from=None)
    assert Registry([NEW]).of(undated) == NEW
    assert Registry([OLD, NEW]).of(undated) is None


def test_without_a_registry_the_next_version_held_ends_the_one_before():
    first, second = in_succession([Period(date(2010, 1, 1), None), Period(date(2024, 5, 1), None)], "保密法")
    assert (first.status(date(2024, 4, 30)), first.status(date(2024, 5, 1))) == ("现行有效", "已被修订")
    assert first.replaced_by == "保密法" and second.end is None


@pytest.mark.parametrize(
    ("day", "shown"), [(date(2009, 1, 1), 0), (date(2012, 1, 1), 0), (date(2025, 1, 1), 1), (date(2031, 1, 1), 1)]
)
def test_the_version_shown_is_the_one_in_force_else_the_latest_before(day, shown):
    held = in_succession([Period(date(2010, 1, 1), None), Period(date(2024, 5, 1), date(2030, 1, 1))], "法")
    assert version_on(held, day) == shown


@given(st.lists(st.dates(date(1990, 1, 1), date(2030, 1, 1)), min_size=1, max_size=5, unique=True), st.dates())
def test_at_most_one_held_version_is_in_force_on_any_day(starts, day):
    held = in_succession([Period(start, None) for start in starts], "法")
    in_force = [period for period in held if period.status(day) == "现行有效"]
    assert len(in_force) == (1 if day >= min(starts) else 0)
    if in_force:
        assert held[version_on(held, day)] == in_force[0]


def test_a_broken_registry_is_named(tmp_path):
    path = tmp_path / "registry.toml"
    path.write_text('[[version]]\ntitle = "甲法"\nin_force = true\n', encoding="utf-8")
    with pytest.raises(UnusableInput, match="registry.toml 第1个.*in_force"):
        load_registry(path)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ({}, "效力未知"),
        ({"number": "乡政发〔2020〕3号"}, "效力未知"),
        ({"issuer": "乡政府", "level": "规范性文件"}, "效力未知"),
        ({"effective_from": date(2020, 1, 1)}, "现行有效"),
        ({"promulgated": date(2020, 1, 1)}, "现行有效"),
        ({"effective_from": date(2030, 1, 1)}, "尚未施行"),
        ({"effective_to": date(2021, 1, 1)}, "已废止"),
        ({"ended": "修订"}, "已被修订"),
    ],
)
def test_a_text_that_tells_nothing_of_its_days_is_not_in_force_for_that(document, told, status):
    plain = {"promulgated": None, "effective_from": None, "effective_to": None, "issuer": "", "level": "", "number": ""}
    text = replace(document(), **(plain | told))
    assert Registry().period(text).status(date(2024, 6, 1)) == status
    known = Registry([Version(text.title, level="法律")])
    if not told:
        assert known.period(text).status(date(2024, 6, 1)) == "现行有效"
