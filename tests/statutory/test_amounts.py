"""Numbers are exact; blank, negative and non-numeric cells are never a number."""

from decimal import Decimal

import pytest

from statutory.amounts import read_amount, read_count


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (0.0, "0"),
        (38.0, "38"),
        ("３８", "38"),
        (" 38 ", "38"),
        ("1,808,595", "1808595"),
        ("１，２３４．５", "1234.5"),
        (59237.2449, "59237.2449"),
        ("59237.2449", "59237.2449"),
        (0.1 + 0.2, "0.3"),
        ("0.00", "0"),
        ("12.50", "12.5"),
        (3.6125, "3.6125"),
    ],
)
def test_numbers(cell, number):
    assert str(read_amount(cell)) == number
    assert isinstance(read_amount(cell), Decimal)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "空白"),
        (None, "空白"),
        ("-5", "负数"),
        ("－５", "负数"),
        (-1.0, "负数"),
        ("约38", "不是数字"),
        ("38件", "不是数字"),
        ("/", "不是数字"),
        ("12,34", "不是数字"),
        ("1e3", "不是数字"),
        ("三十八", "不是数字"),
        (True, "不是数字"),
        (float("nan"), "不是数字"),
        (1e300, "大得不合理"),
    ],
)
def test_refused(cell, reason):
    with pytest.raises(ValueError, match=reason):
        read_amount(cell)


def test_a_count_is_whole():
    assert read_count(38.0) == 38
    with pytest.raises(ValueError, match="不是整数"):
        read_count(3.5)
