"""Rows that share a merged date: one application with several results, or several applications."""

from datetime import date

import pytest
from openpyxl import load_workbook

from statutory import compute
from tests.statutory.ledger_samples import YEAR, application, minimal, save

RECEIVED, CLOSED = date(YEAR, 3, 3), date(YEAR, 3, 20)


def merged(path, results, spans):
    """A ledger of which the applications have these results, with cells of the sheet merged."""
    sheets = minimal()
    first, *others = results
    sheets["依申请公开"].append(application(RECEIVED, CLOSED, first))
    sheets["依申请公开"] += [application("", "", other, "") for other in others]
    sheets["依申请公开"].append(application(date(YEAR, 5, 6), date(YEAR, 5, 9), "予以公开"))
    save(sheets, path)
    book = load_workbook(path)
    head = [cell.value for cell in book["依申请公开"][1]]
    for name in spans:
        letter = "ABCDEFGHIJKLMN"[head.index(name)]
        book["依申请公开"].merge_cells(f"{letter}2:{letter}{1 + len(results)}")
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("results", "answer", "counts"),
    [
        (("予以公开", "不予公开-属于国家秘密"), "partly", {"granted": 1, "partially_granted": 1}),
        (("予以公开", "不予公开-属于国家秘密"), "aside", {"granted": 2}),
        (("予以公开", "部分公开"), "several", {"granted": 2, "partially_granted": 1}),
        (("予以公开", "予以公开"), "partly", {"granted": 2}),
        (("予以公开", "部分公开", "不予处理-重复申请"), "partly", {"granted": 1, "partially_granted": 1}),
    ],
)
def test_what_a_person_says_of_them_counts(tmp_path, results, answer, counts):
    path = merged(tmp_path / "台账.xlsx", results, ("收到日期", "办结日期", "申请人类型"))
    asked = compute(path).open_questions
    assert [question.rows for question in asked] == [(3 + n,) for n in range(len(results) - 1)]
    table = compute(path, answers={question.id: answer for question in asked}).figures.table3
    assert {key: table[key]["total"] for key in counts} == counts
    assert table["total_processed"]["total"] == table["new_received"]["total"] == sum(counts.values())


def test_until_it_is_answered_the_tables_are_a_draft(tmp_path):
    result = compute(merged(tmp_path / "台账.xlsx", ("予以公开", "部分公开"), ("收到日期", "办结日期", "申请人类型")))
    assert not result.final and "部分公开" in result.open_questions[0].text + str(result.open_questions[0].choices)
    (account,) = [sheet for sheet in result.account if sheet.sheet == "依申请公开"]
    assert account.read == 3 and account.counted == 2
