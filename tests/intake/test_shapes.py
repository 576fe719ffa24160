"""Shapes of an office's tables that are no plain rows under headings: what is made of each, and what is left alone."""

from datetime import date

import pytest

import intake
from intake.days import date_of
from intake.derived import marked
from intake.grids import CellGrid, read_grids
from intake.slips import gather_slips
from tests.intake.files import book
from tests.statutory.ledger_samples import YEAR

HEAD = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
ROWS = [
    ["a1", "2025-03-03", "公民", "同意公开", "2025-03-10"],
    ["a2", "2025-04-03", "企业", "信息不存在", "2025-04-10"],
    ["a3", "2025-05-06", "公民", "部分公开", "2025-05-20"],
]


def settled(path, **more):
    found = intake.propose(intake.read_sources([path]), accept=True, year=YEAR, **more)
    assert not found.questions, [question.id for question in found.questions]
    return found


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2025.3.5收", date(2025, 3, 5)),
        ("2025年3月5日答复", date(2025, 3, 5)),
        ("收到 2025-3-5", date(2025, 3, 5)),
        ("[2025-03-05]", date(2025, 3, 5)),
        ("（2025年3月5日）", date(2025, 3, 5)),
        ("20250305收件", date(2025, 3, 5)),
        ("2025/3/5（邮寄送达）", date(2025, 3, 5)),
        ("2025年3月5日前答复", None),  # a limit is no day of an answer
        ("2025.3.5-2025.3.9", None),
        ("预计2025.3.5答复", None),
        ("延期至2025年3月5日", None),
        ("2025.3.5未答复", None),
        ("第2025-03号", None),
    ],
)
def test_a_day_with_a_word_beside_is_that_day_only_where_nothing_else_is_said(said, day):
    assert date_of(said) == day


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("☑公民 □法人", "公民"),
        ("□公民　☑企业　□科研机构", "企业"),
        ("公民√ 法人□", "公民"),
        ("公民（√） 法人或其他组织（ ）", "公民"),
        ("■公民□企业", "公民"),
        ("公民[ ] 企业[√]", "企业"),
        ("□公民 □法人", ""),
        ("☑公民 ☑企业", "公民、企业"),
        ("公民", None),
        ("不予公开（过程性信息）", None),
        ("企业（国有）", None),
    ],
)
def test_what_is_marked_among_printed_boxes(cell, said):
    assert marked(cell) == said


def test_a_register_is_no_form():
    grid = CellGrid("a.xlsx", "登记", [["申请登记"], HEAD, *ROWS])
    assert gather_slips([grid]) == [grid]
    counts = CellGrid("b.xlsx", "", [["月份", "1月", "2月"], ["申请", 1, 2], ["答复", 3, 4], ["受理", 1, 1]])
    assert gather_slips([counts]) == [counts]


def test_forms_name_the_sheet_that_a_question_is_about(tmp_path):
    forms = {
        row[0]: [
            ["登记编号", row[0]],
            ["收件日期", row[1]],
            ["申请人类型", row[2]],
            ["办理结果", row[3]],
            ["答复日期", row[4]],
        ]
        for row in ROWS
    }
    forms["a2"][1][1] = "三月初"
    found = intake.propose(intake.read_sources([book(tmp_path / "单.xlsx", forms)]), accept=True, year=YEAR)
    (question,) = found.questions
    assert "工作表“a2”" in question.text
    assert [row.source for row in found.rows["依申请公开"]] == ["单.xlsx工作表“a1”", "单.xlsx工作表“a3”"]


def test_a_blank_form_counts_nowhere(tmp_path):
    blank = [["登记编号", ""], ["收件日期", ""], ["申请人类型", ""], ["办理结果", ""], ["答复日期", ""]]
    grids, _ = read_grids(book(tmp_path / "空表.xlsx", {"S": blank}))
    assert gather_slips(grids) == grids


def test_answers_without_an_application_are_asked_about(tmp_path):
    received = [HEAD[:3], *(row[:3] for row in ROWS[:2])]
    answered = [["登记编号", "答复类型", "答复日期"], *([row[0], *row[3:]] for row in ROWS)]
    path = book(tmp_path / "a.xlsx", {"收文": received, "答复": answered[:3]})
    assert len(settled(path).rows["依申请公开"]) == 2
    more = [[f"b{n}", "2025-06-01", "公民"] for n in range(3)]
    path = book(
        tmp_path / "b.xlsx",
        {
            "收文": received + more,
            "答复": [*answered, ["b0", "同意公开", "2025-06-10"], ["b1", "同意公开", "2025-06-10"]],
        },
    )
    found = intake.propose(intake.read_sources([path]), accept=True, year=YEAR)
    (question,) = found.questions
    assert "答复" in question.text and "第4行" in question.text
    assert not found.rows.get("依申请公开")


def test_a_column_of_numbers_of_records_is_asked_about(tmp_path):
    rows = [[*HEAD, "件数"], *([*row, 1 + 2 * (row[0] == "a2")] for row in ROWS)]
    path = book(tmp_path / "a.xlsx", {"登记": rows})
    first = intake.propose(intake.read_sources([path]), year=YEAR)
    answers = {part.id: part.proposal for question in first.questions for part in question.parts or (question,)}
    second = intake.propose(intake.read_sources([path]), answers, year=YEAR)
    (question,) = second.questions
    assert "第3行3" in question.text and not any(row.record == 2 for row in second.rows["依申请公开"])
    for choice, number in (("按这一列计", 5), ("每行计一件", 3)):
        done = intake.propose(intake.read_sources([path]), answers | {question.id: choice}, year=YEAR)
        assert len(done.rows["依申请公开"]) == number and not done.questions


@pytest.mark.parametrize(
    ("body", "total"),
    [
        ([["月份", "本月发布数", "累计发布数"], *([f"{m}月", 2, 2 * m] for m in range(1, 13))], 24),
        ([["栏目", "一季度", "二季度", "半年累计", "三季度", "四季度", "全年累计"], ["通知", 1, 2, 3, 4, 5, 12]], 12),
        (
            [
                ["月份", "门户网站", "", "新媒体", "", "合计"],
                ["", "通知", "动态", "微信", "微博", ""],
                ["1月", 1, 2, 3, 4, 10],
            ],
            10,
        ),
        ([["月份", "发布数"], *([f"{m}月", 2] for m in range(1, 13)), ["合计", 24]], 24),
    ],
)
def test_sums_beside_their_parts_count_once(tmp_path, body, total):
    found = settled(book(tmp_path / "信息发布统计.xlsx", {"统计": body}))
    assert sum(line.value for line in found.lines) == total


def test_a_lone_running_total_is_asked_about(tmp_path):
    body = [["月份", "累计发布数"], *([f"{m}月", 2 * m] for m in range(1, 13))]
    found = intake.propose(
        intake.read_sources([book(tmp_path / "信息发布统计.xlsx", {"统计": body})]), accept=True, year=YEAR
    )
    (question,) = found.questions
    assert "累计数" in question.text and not found.lines


def test_none_typed_beside_counts_that_fill_no_cell_is_asked_about(tmp_path):
    body = [["月份", "收到申请数", "予以公开"], *([f"{m}月", 1, 1] for m in range(1, 13))]
    path = book(tmp_path / "申请统计.xlsx", {"S": body})
    found = intake.propose(intake.read_sources([path]), accept=True, typed={"依申请公开": "没有"}, year=YEAR)
    (question,) = found.questions
    assert question.id == "并存/依申请公开" and "共24" in question.text
    assert "依申请公开" in {area.name for area in found.missing}


def test_a_typed_figure_stands_beside_a_row_of_key_figures(tmp_path):
    path = book(tmp_path / "执法统计.xlsx", {"S": [["类别", "数量（件）"], ["行政许可", 12], ["行政处罚", 7]]})
    found = intake.propose(intake.read_sources([path]), accept=True, typed={"行政处罚": "9"}, year=YEAR)
    (question,) = found.questions
    assert question.id == "并存/行政处罚" and "7" in question.text and "9" in question.text


def test_two_digit_years_dittos_and_column_numbers(tmp_path):
    rows = [
        HEAD,
        ["（1）", "（2）", "（3）", "（4）", "（5）"],
        *([r[0], r[1][2:], r[2], r[3], r[4][2:]] for r in ROWS),
    ]
    rows[3][2] = "同上"
    rows = [[str(cell).replace("-", ".") for cell in row] for row in rows]
    path = book(tmp_path / "a.xlsx", {"登记": rows})
    asked = intake.propose(intake.read_sources([path]), year=YEAR)
    assert any(question.id.startswith("年份/") and "25.03.03" in question.text for question in asked.questions)
    found = settled(path)
    assert [row.cells["申请人类型"] for row in found.rows["依申请公开"]] == ["自然人", "自然人", "自然人"]
    assert found.rows["依申请公开"][0].cells["收到日期"] == date(2025, 3, 3)


@pytest.mark.parametrize(
    ("head", "row", "left"),
    [
        (["栏目", "本年数", "上年数", "同比"], ["通知", 7, 9, "-22%"], "上年数"),
        (["栏目", "2024年", "2025年", "增减"], ["通知", 9, 7, -2], "2024年"),
        (["栏目", "条数", "占比"], ["通知", 7, 0.5], "占比"),
        (["栏目", "去年同期", "条数"], ["通知", 9, 7], "去年同期"),
        (["栏目", "条数", "考核得分"], ["通知", 7, 5], "考核得分"),
    ],
)
def test_columns_of_another_year_and_shares_do_not_count_and_are_named(tmp_path, head, row, left):
    path = book(tmp_path / "信息发布统计.xlsx", {"统计": [head, row, ["公告", *row[1:]]]})
    asked = intake.propose(intake.read_sources([path]), year=YEAR).questions[0]
    assert f"不计的列：{left}" in asked.text and "共14" in asked.text
    assert sum(line.value for line in settled(path).lines) == 14


@pytest.mark.parametrize("heading", ["撤稿日期", "撤下时间", "下线日期", "删除原因", "是否撤稿"])
def test_items_that_a_column_says_were_taken_down_are_asked_about(tmp_path, heading):
    said = "是" if heading.startswith("是否") else "2025-05-09"
    none = "否" if heading.startswith("是否") else ""
    rows = [["标题", "栏目", "发布日期", heading], ["a", "通知", "2025-05-05", none], ["b", "通知", "2025-05-06", said]]
    path = book(tmp_path / "信息清单.xlsx", {"S": rows})
    open_ = intake.propose(intake.read_sources([path]), {"表/信息清单.xlsx/S": "信息发布"}, year=YEAR)
    assert any(question.id.startswith("撤下/") and "第3行" in question.text for question in open_.questions)
    assert len(open_.rows["信息发布"]) == 1
    assert len(settled(path).rows["信息发布"]) == 1


def test_a_summary_beside_the_register_is_a_table_of_its_own(tmp_path):
    rows = [
        [*HEAD, "", "统计", "件数"],
        *([*row, "", *more] for row, more in zip(ROWS, [["合计", 3], ["", ""], ["", ""]])),
    ]
    found = intake.propose(intake.read_sources([book(tmp_path / "a.xlsx", {"登记": rows})]), year=YEAR)
    assert found.sheets[0].table.headings[: len(HEAD)] == HEAD and "件数" not in found.sheets[0].table.headings


def test_the_kind_of_an_organisation_in_a_column_of_its_own(tmp_path):
    rows = [[*HEAD[:3], "法人类别", *HEAD[3:]], *([*row[:3], "", *row[3:]] for row in ROWS)]
    rows[2][2:4] = ["法人或其他组织", "科研机构"]
    found = settled(book(tmp_path / "a.xlsx", {"登记": rows}))
    assert [row.cells["申请人类型"] for row in found.rows["依申请公开"]] == ["自然人", "科研机构", "自然人"]


def test_a_year_at_the_end_does_not_tell_the_month(tmp_path):
    turned = lambda day: "/".join([str(int(part)) for part in day.split("-")[1:]] + [day[:4]])  # noqa: E731
    rows = [HEAD, *([row[0], turned(row[1]), row[2], row[3], turned(row[4])] for row in ROWS)]
    path = book(tmp_path / "a.xlsx", {"登记": rows})
    found = intake.propose(intake.read_sources([path]), accept=True, year=YEAR)
    (question,) = found.questions
    assert "3/3/2025" in question.text and not found.rows.get("依申请公开")
    done = settled(path, answers={question.id: "第一个是月"})
    assert [row.cells["收到日期"] for row in done.rows["依申请公开"]] == [
        date(2025, 3, 3),
        date(2025, 4, 3),
        date(2025, 5, 6),
    ]


def test_applications_of_other_years_are_told(tmp_path):
    others = [["o1", "2023-03-03", "公民", "同意公开", "2023-03-10"], ["o2", "2026-01-05", "公民", "办理中", ""]]
    found = settled(book(tmp_path / "a.xlsx", {"登记": [HEAD, *ROWS, *others]}))
    assert any("“依申请公开”有2行不是2025年的" in note and "第5行" in note for note in found.notes)
    assert not any("不是2025年的" in note for note in settled(book(tmp_path / "b.xlsx", {"登记": [HEAD, *ROWS]})).notes)
