"""The time to answer as the law counts it, from the columns that offices keep."""

from datetime import date

import pytest

from statutory import compute
from statutory.clock import due_date, read_clock, taken
from tests.statutory.books import Book, sound, write


def clock(**cells):
    from statutory.clock import ROLES

    return read_clock((heading, ROLES.get(heading, ""), cell) for heading, cell in cells.items())


@pytest.mark.parametrize(
    ("received", "closed", "cells", "days", "limit"),
    [
        ("2025-03-05", "2025-04-25", {"是否延期": "是", "延期后答复期限": "2025-04-30"}, 36, 40),
        ("2025-03-05", "2025-04-25", {"是否延期": "否"}, 36, 20),
        ("2025-03-05", "2025-04-25", {"延期天数": "20个工作日"}, 36, 40),
        ("2025-03-05", "2025-04-25", {"延期告知日期": "2025-03-28"}, 36, 40),
        ("2025-04-07", "2025-06-10", {"补正告知日期": "2025-04-11", "补正收到日期": "2025-05-15"}, 17, 20),
        ("2025-05-08", "2025-07-10", {"征求意见发出": "2025-05-15", "征求意见收回": "2025-06-20"}, 19, 20),
        ("2025-05-08", "2025-07-10", {"转办日期": "2025-05-15", "转回日期": "2025-06-20"}, 19, 20),
        ("2025-05-08", "2025-07-10", {"收到转办日期": "2025-06-20"}, 14, 20),
        ("2025-05-08", "2025-07-10", {"是否征求第三方意见": "否", "补正情况": "无"}, 44, 20),
        # pauses that overlap are taken out once
        (
            "2025-05-08",
            "2025-07-10",
            {
                "征求意见发出": "2025-05-15",
                "征求意见收回": "2025-06-20",
                "转办日期": "2025-05-20",
                "转回日期": "2025-06-10",
            },
            19,
            20,
        ),
    ],
)
def test_what_is_taken_out_of_the_working_days(received, closed, cells, days, limit):
    set_by = clock(**cells)
    assert not set_by.unknown
    assert taken(date.fromisoformat(received), date.fromisoformat(closed), set_by) == days
    assert set_by.limit == limit


@pytest.mark.parametrize(
    "cells",
    [
        {"是否延期": "待定"},
        {"补正收到日期": "五月中旬"},
        {"是否补正": "是"},
        {"征求意见收回": "2025-06-20"},
        {"听证情况": "已听证"},
        {"征求意见发出": "2025-06-20", "征求意见收回": "2025-05-15"},
    ],
)
def test_what_is_not_understood_calls_nobody_late(cells):
    assert clock(**cells).unknown


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        ({}, date(2025, 4, 2)),
        ({"是否延期": "是"}, date(2025, 4, 30)),
        ({"延期后答复期限": "2025-04-30"}, date(2025, 4, 30)),
        ({"征求意见发出": "2025-03-10", "征求意见收回": "2025-03-14"}, date(2025, 4, 9)),
        ({"征求意见发出": "2025-03-10"}, None),
        ({"补正告知日期": "2025-03-10"}, None),
    ],
)
def test_the_last_day_to_answer(cells, due):
    found, why = due_date(date(2025, 3, 5), clock(**cells))
    assert found == due and bool(why) == (due is None)


def test_no_holidays_are_foretold():
    assert due_date(date(2026, 12, 28), clock())[0] is None


def late(tmp_path, heading, said):
    book = Book(sound())
    rows = book.sheets["依申请公开"]
    rows[0].append(heading)
    rows[3][7] = "2025-05-20"
    rows[3].append(said)
    return compute(write(book, tmp_path))


def test_an_extension_and_an_unknown_word_in_a_ledger(tmp_path):
    facts = {fact.key: fact.value for fact in late(tmp_path, "经办人", "王").derived}
    assert facts["derived.answered_beyond_20_days"] == 1
    extended = late(tmp_path, "是否延期", "是")
    assert {fact.key: fact.value for fact in extended.derived}[
        "derived.answered_beyond_20_days"
    ] == 1  # over 40 as well
    by_date = late(tmp_path, "延期后答复期限", "2025-05-30")
    assert not any("late" in signal.key for signal in by_date.signals)
    told = {fact.key: fact.value for fact in by_date.derived}
    assert told["derived.answered_extended"] == 1 and told["derived.answered_beyond_20_days"] == 0
    unread = late(tmp_path, "中止情况", "略")
    assert not any("days" in fact.key for fact in unread.derived)
    assert any("“中止情况”" in warning and "第4行" in warning for warning in unread.warnings)
    assert [(one.row, one.due) for one in unread.due] == [(11, date(2026, 1, 16))]
