"""What was entered twice: each choice that a person has gives its figures; what only looks alike asks nothing."""

import pytest

from statutory import compute
from tests.statutory.books import Book, sound, write


def figures(result):
    table = result.figures.table3
    return tuple(
        table[row]["total"]
        for row in ("new_received", "carried_in", "total_processed", "partially_granted", "carried_out")
    )


def of_applications(tmp_path, more, answers=None, sheet="依申请公开"):
    book = Book(sound())
    head = list(book.sheets["依申请公开"][0])
    if sheet == "依申请公开":
        book.sheets[sheet] += more
    else:
        book.sheets[sheet] = [head, *more]
    return compute(write(book, tmp_path), answers=answers or {})


OPEN = [11, "2025-001", "2025-01-06", "商业企业", "申请人1", "", "事项1", "", "办理中"]
OTHER = [11, "2025-001", "2025-01-06", "商业企业", "申请人1", "", "事项1", "2025-01-24", "予以公开"]


@pytest.mark.parametrize(
    ("more", "answer", "expected"),
    [
        (OPEN, "row1", (10, 0, 9, 2, 1)),
        (OPEN, "row2", (10, 0, 8, 1, 2)),
        (OPEN, "counted", (11, 0, 9, 2, 2)),
        (OTHER, "partly", (10, 0, 9, 2, 1)),
        (OTHER, "row2", (10, 0, 9, 1, 1)),
        (OTHER, "counted", (11, 0, 10, 2, 1)),
    ],
)
def test_one_number_in_two_rows(tmp_path, more, answer, expected):
    (asked,) = of_applications(tmp_path, [list(more)]).open_questions
    result = of_applications(tmp_path, [list(more)], {asked.id: answer})
    assert result.final and figures(result) == expected
    account = next(sheet for sheet in result.account if sheet.sheet == "依申请公开")
    assert account.read == account.counted + sum(map(len, account.aside.values())) == 11


@pytest.mark.parametrize("answer", ["row1", "row2"])
def test_an_answer_means_the_same_row_when_the_ledger_is_sorted_otherwise(tmp_path, answer):
    def result(turned, answers=None):
        book = Book(sound())
        head, *rows = book.sheets["依申请公开"]
        rows.append(list(OPEN))
        book.sheets["依申请公开"] = [head, *(reversed(rows) if turned else rows)]
        return compute(write(book, tmp_path), answers=answers or {})

    (asked,), (again,) = result(False).open_questions, result(True).open_questions
    assert asked.id == again.id
    assert figures(result(False, {asked.id: answer})) == figures(result(True, {asked.id: answer}))


def test_two_applications_of_one_day_ask_nothing(tmp_path):
    more = [11, "2025-011", "2025-01-06", "商业企业", "申请人1", "", "另一件事", "2025-01-24", "予以公开"]
    assert not of_applications(tmp_path, [more]).questions


def test_the_same_rows_in_two_sheets_count_once_or_each(tmp_path):
    def result(answers=None):
        book = Book(sound())
        rows = book.sheets["信息发布"]
        book.sheets["信息发布（上半年）"] = [list(row) for row in rows[:7]]
        return compute(write(book, tmp_path), answers=answers or {})

    (asked,) = result().open_questions
    assert result({asked.id: "once"}).figures.facts["published_total"] == 12
    assert result({asked.id: "counted"}).figures.facts["published_total"] == 18


def test_months_that_do_not_overlap_ask_nothing(tmp_path):
    book = Book(sound())
    rows = book.sheets.pop("信息发布")
    book.sheets |= {"信息发布（上半年）": rows[:7], "信息发布（下半年）": [rows[0], *rows[7:]]}
    result = compute(write(book, tmp_path))
    assert not result.questions and result.figures.facts["published_total"] == 12
