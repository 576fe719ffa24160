"""Every spelling of a date that offices write is read; what could mean two days is refused."""

from datetime import date, datetime, time

import pytest

from statutory.dates import read_date, written_date


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 9, 5),
        datetime(2023, 9, 5, 8, 30),
        45174.0,
        45174,
        45174.35,
        "45174",
        20230905.0,
        "20230905",
        "2023-09-05",
        "2023-9-5",
        "2023.9.5",
        "2023.09.05.",
        "2023/09/05 ",
        " 2023/9/5",
        "2023年9月5日",
        "2023年09月05号",
        "2023 年 9 月 5 日",
        "2023年9月5",
        "２０２３年９月５日",
        "２０２３．９．５",
        "２０２３／０９／０５",
        "２０２３－９－５",
        "2023—9—5",
        "2023–09–05",
        "2023、9、5",
        "2023 9 5",
        "2023-09-05 00:00:00",
        "2023-09-05T10:20:30",
        "2023/9/5 8:05",
        "2023年9月5日 10时20分",
        "2023年9月5日上午10:20"[:9],
        "2023年9月5日（星期二）",
        "2023-09-05 周二",
        "二〇二三年九月五日",
        "二○二三年九月五日",
        "二零二三年九月五日",
        "二〇二三年 九月 五日",
        "\u30002023-09-05\u3000",
        "2023.9.5\n",
    ],
)
def test_one_day_in_many_spellings(cell):
    assert read_date(cell) == date(2023, 9, 5)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇二三年十月十日", date(2023, 10, 10)),
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("二〇二四年二月二十九日", date(2024, 2, 29)),
        ("2023年1月27日", date(2023, 1, 27)),
        ("2023.10.25", date(2023, 10, 25)),
        (44956.0, date(2023, 1, 30)),
    ],
)
def test_other_days(cell, day):
    assert read_date(cell) == day


@pytest.mark.parametrize("cell", ["", "  ", "\u3000", None])
def test_blank_is_no_date_and_no_error(cell):
    assert read_date(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2023-13-01",
        "2023.2.30",
        "2023-00-10",
        "9月5日",
        "2023年9月",
        "2023-9",
        "23.9.5",
        "5/9/2023",
        "09-05-2023",
        "2023-09-05至2023-09-07",
        "约2023年9月5日",
        "昨天",
        "/",
        "-",
        "待定",
        "2023095",
        "202309055",
        2023.0,
        311.0,
        99999999.0,
        -5.0,
        True,
        time(0, 0),
        "12:30",
        "二〇二三年十三月一日",
        "二〇二三年九月三十一日",
        "二〇二三年五五月一日",
        1e12,
        float("nan"),
    ],
)
def test_anything_else_is_refused(cell):
    with pytest.raises(ValueError):
        read_date(cell)


def test_written_as_in_reports():
    assert written_date(date(2024, 1, 10)) == "2024年1月10日"
