"""The words by which a row says that it may not count, on words that they must find and others that they must pass."""

import tomllib
from pathlib import Path

import pytest

from statutory import compute, marked
from tests.statutory.books import Book, sound, write

WORDS = tomllib.loads((Path(marked.__file__).parent / "marked.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "pattern"), [("remark", marked.VOID_REMARK), ("title", marked.VOID_TITLE)])
def test_the_words_find_their_examples_and_pass_the_others(name, pattern):
    assert [word for word in WORDS[name]["finds"] if not pattern.search(word)] == []
    assert [word for word in WORDS[name]["passes"] if pattern.search(word)] == []


def computed(tmp_path, change, answers=None, book=None):
    made = book or Book(sound())
    change(made)
    return compute(write(made, tmp_path), answers=answers or {})


def with_states(book):
    book.sheets["信息发布"][0].append("状态")
    for row in book.sheets["信息发布"][1:]:
        row.append("已发布")
    book.sheets["信息发布"][3][-1] = book.sheets["信息发布"][6][-1] = "已撤稿"


def test_a_state_is_asked_about_once_and_the_answer_counts(tmp_path):
    (asked,) = computed(tmp_path, with_states).open_questions
    assert asked.sheet == "信息发布" and asked.rows == (4, 7) and asked.assumed == "aside"
    assert [choice.key for choice in asked.choices] == ["counted", "aside"]
    for answer, number in (("counted", 12), ("aside", 10)):
        result = computed(tmp_path, with_states, {asked.id: answer})
        assert result.final and result.figures.facts["published_total"] == number
        assert [question.answer for question in result.questions] == [answer]


def test_the_answer_holds_where_rows_are_added_above(tmp_path):
    def remarked(book):
        book.sheets["依申请公开"][0].append("备注")
        book.sheets["依申请公开"][5].append("登记有误，作废")

    def moved(book):
        remarked(book)
        book.sheets["依申请公开"].insert(
            1, [0, "2025-000", "2025-01-02", "自然人", "新", "", "事", "2025-01-09", "予以公开"]
        )

    (asked,) = computed(tmp_path, remarked).open_questions
    result = computed(tmp_path, moved, {asked.id: "aside"})
    assert result.final and [question.rows for question in result.questions] == [(7,)]


def test_a_column_of_numbers_counts_as_the_office_says(tmp_path):
    def numbered(book):
        book.sheets["行政执法"][0].append("件数")
        for number, row in enumerate(book.sheets["行政执法"][1:], start=1):
            row.append(number)

    (asked,) = computed(tmp_path, numbered).open_questions
    by_row = computed(tmp_path, numbered, {asked.id: "counted"}).figures.table2
    by_number = computed(tmp_path, numbered, {asked.id: "number"})
    assert (by_row["licensing"], by_row["penalties"]) == (4, 4)
    assert (by_number.figures.table2["licensing"], by_number.figures.table2["penalties"]) == (20, 16)
    assert by_number.provenance["table2.licensing"].rows == (3, 5, 7, 9)
    account = next(sheet for sheet in by_number.account if sheet.sheet == "行政执法")
    assert (account.read, account.counted) == (8, 8)


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("浏览量", 120),
        ("状态", "已发布"),
        ("办理状态", "办理中"),
        ("备注", "平台统计"),
        ("责任股室", "办公室"),
        ("是否作废", "否"),
    ],
)
def test_ordinary_columns_ask_nothing(tmp_path, heading, said):
    def with_column(book):
        for name in ("信息发布", "行政执法", "媒体采用"):
            book.sheets[name][0].append(heading)
            for row in book.sheets[name][1:]:
                row.append(said)

    result = computed(tmp_path, with_column)
    assert not result.questions
    unknown = next(sheet.unknown for sheet in result.account if sheet.sheet == "行政执法")
    assert unknown == (heading,)
