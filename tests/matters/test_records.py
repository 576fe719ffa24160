"""The records: each is of something that a form or the ledger has, and its words lead to it and to nothing else."""

import re
import tomllib

import pytest

from forms import all_forms, form_for
from matters import facts, main_figure, matter, matters, plain, spot, stated_last, together, work
from matters.records import FILES, FOLDER, Matter
from matters.words import Word

FORM = form_for(2024)
ALL = matters(FORM)
RECORDED = {
    f"{table}.{path}"
    for name in FILES
    for table, records in tomllib.loads((FOLDER / name).read_text(encoding="utf-8")).items()
    for path in records
}


def test_every_record_is_of_something_that_a_form_or_a_ledger_has():
    known = {key for form in all_forms() for key in matters(form)}
    assert known >= RECORDED


def test_every_row_and_column_of_every_form_is_a_matter_with_words():
    for form in all_forms():
        for row in form.rows:
            one = matter(f"table3.{row.key}", form)
            assert one.label and one.name and one.stated and one.meaning and one.unit == "件"
            assert form.leaf(main_figure(one, form))
        assert all(matter(f"table4.{case.key}", form).asked for case in form.cases)


@pytest.mark.parametrize("one", ALL.values(), ids=lambda one: one.key)
def test_its_words_are_usable(one: Matter):
    for pattern in (one.stated, *one.told, *one.told_zero):
        assert not re.compile(pattern.replace("N", r"\d+")).fullmatch("") or not pattern
    assert all(name == name.strip() and "  " not in name for name in one.asked)
    if one.phrase:
        assert one.phrase.name and (one.phrase.words.count("{}") <= 1)


@pytest.mark.parametrize("key", [key for key, one in ALL.items() if one.table == "table3" and "." in one.path])
def test_a_row_is_stated_by_its_own_label_and_no_other(key):
    items = [one for one in ALL.values() if one.table == "table3" and "." in one.path]
    one = ALL[key]
    label = "其他处理〔其他情形〕" if one.ledger == "其他" else one.ledger
    assert stated_last(items, label) is one


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("上年结转", "上年结转"),
        ("结转", "结转"),
        ("结转至下年度", "结转下年度继续办理"),
        ("予以公开和部分公开", "予以公开和部分公开"),
        ("予以公开", "予以公开"),
        ("不同意公开", "不予公开"),
        ("作出不予公开决定，其中部分公开", "部分公开"),
    ],
)
def test_words_within_longer_ones_do_not_count(text, name):
    rows = [one for one in ALL.values() if one.table in ("table3", "together") and "." not in one.path]
    found = stated_last(rows, text)
    assert found and found.name == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政许可多少件", {"table2.licensing"}),
        ("规章和规范性文件", {"table2.regulations", "table2.normative_documents"}),
    ],
)
def test_a_name_within_a_longer_one_is_not_spotted(text, expected):
    words = [Word(one.table, one.key, one.asked) for one in ALL.values() if one.table == "table2"]
    assert {one.word.key for one in spot(text, words)} == expected


def test_what_the_ledger_counts():
    assert list(work()) == ["听取汇报", "业务培训"]
    assert facts()["info_processing_fee_yuan"].ledger == "信息处理费"
    assert set(together()) >= {"received", "handled", "processed", "carried"}


def test_a_label_in_words():
    assert plain("3.危及“三安全一稳定”") == "危及三安全一稳定"
    assert plain("（二）部分公开（区分处理的，只计这一情形，不计其他情形）") == "部分公开"
