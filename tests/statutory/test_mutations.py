"""One cell of a sound ledger is broken: the right finding comes, and never another figure in silence."""

import random
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from domain import UnusableInput
from statutory import compute
from statutory.layout import LAYOUTS
from tests.conftest import examples
from tests.statutory.ledger_samples import save
from tests.statutory.organs import HEADING_AT, ledger, organs

# (sheet, column, what is written there, what the problem says); each in any record of the sheet.
BROKEN_CELLS = [
    *(
        (sheet, LAYOUTS[sheet].dated_by, said, "无法识别为日期")
        for sheet in ("信息发布", "媒体采用", "依申请公开", "复议诉讼", "制度文件", "行政执法", "工作记录")
        for said in ("2025年2月30日", "2025-13-01", "某日", 2025, "/")
    ),
    *((sheet, LAYOUTS[sheet].dated_by, "", "是空白") for sheet in ("信息发布", "依申请公开", "行政执法")),
    ("依申请公开", "申请人类型", "外星人", "不在可用的值之内"),
    ("依申请公开", "申请人类型", "", "是空白"),
    ("依申请公开", "办理结果", "不予公开", "不在可用的值之内"),
    ("依申请公开", "办结日期", "2001-01-01", "早于“收到日期”"),
    ("依申请公开", "办结日期", "2025-02-30", "无法识别为日期"),
    ("复议诉讼", "案件类型", "行政诉讼", "不在可用的值之内"),
    ("复议诉讼", "结果", "", "是空白"),
    ("制度文件", "废止日期", "2001-01-01", "早于“制发日期”"),
    ("行政执法", "决定类型", "行政登记", "不在可用的值之内"),
    ("信息发布", "信息类别", "\u3000", "是空白"),
    ("汇总数据", "数值", -1, "是负数"),
    ("汇总数据", "数值", "三十八", "不是数字"),
    ("汇总数据", "数值", "", "是空白"),
]


def records(sheets, sheet):
    """Indexes of the records of a messy sheet: below the headings, longer than what else stands there."""
    return [at for at, cells in enumerate(sheets[sheet]) if at > HEADING_AT and len(cells) > 3]


def column_of(sheets, sheet, name):
    return ["".join(str(word).split()) for word in sheets[sheet][HEADING_AT]].index(name)


def breaking(organ, sheet, column, said, pick):
    """The problems of the ledger with that cell broken in the picked record, and the record's row."""
    with tempfile.TemporaryDirectory() as folder:
        path, sheets = ledger(organ, Path(folder) / "台账.xlsx")
        at = records(sheets, sheet)
        at = at[pick % len(at)]
        sheets[sheet][at] = list(sheets[sheet][at])
        sheets[sheet][at][column_of(sheets, sheet, column)] = said
        with pytest.raises(UnusableInput) as caught:
            compute(save(sheets, path))
    return caught.value.problems, at + 1


def check_broken_cell(organ, broken, pick):
    sheet, column, said, finding = broken
    problems, row = breaking(organ, sheet, column, said, pick)
    assert any(f"工作表“{sheet}”第{row}行：" in problem and finding in problem for problem in problems), problems


@settings(max_examples=examples(80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs(), st.sampled_from(BROKEN_CELLS), st.integers(0, 50))
def test_a_broken_cell_is_named(organ, broken, pick):
    assume(broken[0] != "制度文件" or organ["documents"])
    check_broken_cell(organ, broken, pick)


@pytest.mark.nightly
@pytest.mark.timeout(3600)
@settings(max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs(), st.sampled_from(BROKEN_CELLS), st.integers(0, 50))
def test_thousands_of_broken_cells_are_named(organ, broken, pick):
    assume(broken[0] != "制度文件" or organ["documents"])
    check_broken_cell(organ, broken, pick)


def totals_of(sheets, sheet):
    return [
        at
        for at, cells in enumerate(sheets[sheet])
        if at > HEADING_AT and any("合计" in str(c).replace(" ", "") or str(c) == "总 计" for c in cells)
    ]


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs(), st.sampled_from(["信息发布", "媒体采用", "行政执法", "复议诉讼"]), st.integers(1, 9))
def test_a_wrong_total_fails_and_changes_nothing(organ, sheet, off):
    with tempfile.TemporaryDirectory() as folder:
        path, sheets = ledger(organ, Path(folder) / "台账.xlsx")
        sound = compute(path)
        assume(at := totals_of(sheets, sheet))
        counted = {
            "信息发布": sum(organ["posted"].values()),
            "媒体采用": sum(organ["media"].values()),
            "行政执法": sum(organ["decided"].values()),
            "复议诉讼": len(organ["cases"]),
        }[sheet]
        sheets[sheet][at[0]] = [f"合计：{counted + off}"]
        result = compute(save(sheets, path))
    assert result.figures == sound.figures
    failed = [check for check in result.checks if check.status == "fail"]
    assert [check.rule for check in failed] == ["LEDGER-TOTAL"]
    assert (
        failed[0].where == f"工作表“{sheet}”第{at[0] + 1}行"
        and f"合计行{counted + off} ≠ 逐行计数{counted}" in failed[0].message
    )


@settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(organs(), st.sampled_from(["信息发布", "依申请公开", "行政执法", "复议诉讼"]), st.integers(0, 50))
def test_a_row_entered_twice_is_told_with_both_rows(organ, sheet, pick):
    with tempfile.TemporaryDirectory() as folder:
        path, sheets = ledger(organ, Path(folder) / "台账.xlsx")
        at = records(sheets, sheet)
        at = at[pick % len(at)]
        sheets[sheet].insert(HEADING_AT + 1, list(sheets[sheet][at]))
        result = compute(save(sheets, path))
    rows = [HEADING_AT + 2, at + 2]
    told = [
        warning
        for warning in result.warnings
        if "内容完全相同" in warning and f"工作表“{sheet}”第{rows[0]}、" in warning
    ]
    assert told and str(rows[1]) in told[0]


@pytest.mark.parametrize("seed", range(5))
def test_several_broken_cells_come_at_once(tmp_path, seed):
    chance = random.Random(seed)
    organ = {
        "applications": [("natural_person", "granted", False)],
        "posted": {"政策解读": 2},
        "media": {"日报": 1},
        "decided": {"licensing": 1, "penalties": 1, "coercion": 0},
        "documents": [(False, "old")],
        "cases": [("review", "upheld")],
        "work": {"业务培训": 1},
        "fee": 1,
        "day": date(2025, 5, 5),
        "seed": seed,
    }
    path, sheets = ledger(organ, tmp_path / "台账.xlsx")
    chosen = {broken[0]: broken for broken in chance.sample(BROKEN_CELLS, len(BROKEN_CELLS))}
    rows = {}
    for sheet, (_, column, said, _) in chosen.items():
        at = chance.choice(records(sheets, sheet))
        sheets[sheet][at][column_of(sheets, sheet, column)] = said
        rows[sheet] = at + 1
    with pytest.raises(UnusableInput) as caught:
        compute(save(sheets, path))
    for sheet, row in rows.items():
        assert any(f"工作表“{sheet}”第{row}行：" in problem for problem in caught.value.problems), sheet
