"""Chinese numerals: every spelling is read, one is written, and both agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numerals import article_label, to_chinese, to_int


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一十", 10),
        ("一百", 100),
        ("一百零五", 105),
        ("一百一十", 110),
        ("一百四十", 140),
        ("一千零四十二", 1042),
        ("一千二百六十", 1260),
        ("〇", 0),
        ("零", 0),
        ("二〇二一", 2021),
        ("二○二一", 2021),
        ("1", 1),
        ("12", 12),
        ("１２", 12),
        (" 五 ", 5),
        ("两千", 2000),
        ("三万零五", 30005),
    ],
)
def test_reads_every_spelling(text, number):
    assert to_int(text) == number


@pytest.mark.parametrize("text", ["", "条", "百", "一二十", "十百", "1十", "一.五", "-3", "第一"])
def test_refuses_what_is_no_numeral(text):
    with pytest.raises(ValueError):
        to_int(text)


@given(st.integers(0, 10**8 - 1))
def test_round_trip(number):
    assert to_int(to_chinese(number)) == number


def test_labels():
    assert article_label(12) == "第十二条"
    assert article_label(12, 1) == "第十二条之一"
    assert article_label(126) == "第一百二十六条"
    assert to_chinese(110) == "一百一十"
