"""Files as they come: what is read of each, and one sentence for each that cannot be used."""

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

import intake
from intake.grids import read_grids
from intake.tables import find_tables
from tests.intake.files import book, text
from tests.statutory.ledger_samples import YEAR

HEAD = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
ROWS = [
    ["a1", "2025-03-03", "公民", "同意公开", "2025-03-10"],
    ["a2", "2025-04-03", "企业", "信息不存在", "2025-04-10"],
]


def proposal(*paths, **more):
    return intake.propose(intake.read_sources(list(paths)), year=YEAR, **more)


def ids(found):
    return [question.id for question in found.questions]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("空.csv", b"", "是空文件"),
        ("图.xls", b"\x89PNG\r\n\x1a\n" + bytes(range(200)), "是图片"),
        ("扫描.csv", b"%PDF-1.4 ....", "是 PDF"),
        ("坏.xlsx", b"PK\x03\x04" + b"0" * 300, "已损坏"),
        ("话.txt", "今天开会。\n讨论了工作。\n".encode(), "没有用逗号"),
        ("乱.csv", bytes(range(128, 256)) * 4, "无法读取"),
        ("页.xls", b"<html><body><p>nothing here</p></body></html>", "没有表格"),
    ],
)
def test_what_cannot_be_read_is_told_by_name(tmp_path, name, content, why):
    (tmp_path / name).write_bytes(content)
    good = text(tmp_path / "好.csv", [HEAD, *ROWS], "utf-8", ",")
    found = proposal(tmp_path / name, good)
    assert len(found.problems) == 1
    assert name in found.problems[0] and why in found.problems[0]
    assert not found.settled


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_in_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    path = text(tmp_path / "登记.csv", [HEAD, *ROWS], encoding, delimiter)
    ((grid,), _) = read_grids(path)
    (table,) = find_tables(grid)
    assert table.headings == HEAD
    assert len(table.records) == len(ROWS)


def test_titles_units_totals_and_signatures_are_no_records(tmp_path):
    body = [["某局登记簿"], ["单位：件"], HEAD, *ROWS, ["合计", "", "2件"], ["填表人：张某", "", "审核：李某"]]
    (grid,), _ = read_grids(book(tmp_path / "a.xlsx", {"S": body}))
    (table,) = find_tables(grid)
    assert [grid.row(record) for record in table.records] == [4, 5]
    assert len(table.totals) == 1 and list(table.aside.values()) == ["签字或说明"]


def test_two_files_with_the_same_rows_count_once_after_confirmation(tmp_path):
    paths = [book(tmp_path / f"{name}.xlsx", {"S": [HEAD, *ROWS]}) for name in ("上报", "留底")]
    asked = proposal(*paths, accept=False)
    answers = {question.id: question.proposal for question in asked.questions}
    again = proposal(*paths, answers=answers)
    (doubled,) = again.questions
    assert "上报.xlsx" in doubled.text and "第2、3行" in doubled.text and doubled.proposal == "只计一次"
    assert len(again.rows["依申请公开"]) == 2 and again.open
    for choice, number in (("只计一次", 2), ("分别计", 4)):
        settled = proposal(*paths, answers=answers | {doubled.id: choice})
        assert len(settled.rows["依申请公开"]) == number and not settled.questions


def test_an_open_application_of_one_half_closed_in_the_other_is_one(tmp_path):
    first = book(
        tmp_path / "上半年.xlsx",
        {"S": [HEAD, ["a1", "2025-06-03", "公民", "办理中", ""], ["a0", "2025-02-03", "公民", "公开", "2025-02-09"]]},
    )
    second = book(
        tmp_path / "下半年.xlsx",
        {
            "S": [
                HEAD,
                ["a1", "2025-06-03", "公民", "予以公开", "2025-07-10"],
                ["b1", "2025-08-03", "公民", "公开", "2025-08-19"],
            ]
        },
    )
    found = proposal(first, second, accept=True)
    assert not found.questions
    assert sorted(str(row.cells["登记号"]) for row in found.rows["依申请公开"]) == ["a0", "a1", "b1"]
    assert all(row.cells["办理结果"] == "予以公开" for row in found.rows["依申请公开"])


def test_the_register_of_another_organ_is_asked_about(tmp_path):
    path = book(tmp_path / "a.xlsx", {"S": [["宾河县生态环境局政府信息公开申请登记表"], HEAD, *ROWS]})
    found = proposal(path, accept=True, typed={"单位名称": "云岫县生态环境局"})
    (question,) = found.questions
    assert question.id.startswith("单位/") and "宾河县生态环境局" in question.text
    assert not found.rows.get("依申请公开")


def test_an_empty_register_asks_for_its_zero(tmp_path):
    found = proposal(book(tmp_path / "a.xlsx", {"申请登记": [HEAD]}), accept=True)
    assert "依申请公开" in {area.name for area in found.missing}


def test_rows_merged_into_one_application_are_asked_about(tmp_path):
    rows = [
        HEAD,
        ["a1", "2025-03-03", "公民", "予以公开", "2025-03-10"],
        ["", "", "", "不予公开（个人隐私）", ""],
        ROWS[1],
    ]
    path = book(tmp_path / "a.xlsx", {"S": rows}, ["A2:A3", "B2:B3", "C2:C3", "E2:E3"])
    found = proposal(path, accept=True)
    (question,) = found.questions
    assert "第2、3行" in question.text
    assert [str(row.cells["登记号"]) for row in found.rows["依申请公开"]] == ["a2"]
    one = proposal(path, accept=True, answers={question.id: "一件申请"})
    assert [row.cells["办理结果"] for row in one.rows["依申请公开"]] == [
        "部分公开",
        "无法提供-本机关不掌握相关政府信息",
    ]


def test_days_without_a_year_take_it_from_the_title_once_confirmed(tmp_path):
    rows = [HEAD, ["a", "3月1日", "公民", "予以公开", "3月10日"], ["b", "12月20日", "公民", "予以公开", "1月5日"]]
    path = book(tmp_path / "a.xlsx", {"2025年": rows})
    asked = proposal(path)
    assert [id for id in ids(asked) if id.startswith("年份/")] and not any(id.startswith("行/") for id in ids(asked))
    found = proposal(path, accept=True)
    assert [(row.cells["收到日期"], row.cells["办结日期"]) for row in found.rows["依申请公开"]] == [
        (date(2025, 3, 1), date(2025, 3, 10)),
        (date(2025, 12, 20), date(2026, 1, 5)),
    ]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["a", "", "公民", "予以公开", "2025-03-10"], "“收件日期”是空白"),
        (["a", "三月初", "公民", "予以公开", "2025-03-10"], "“收件日期”无法识别为日期"),
        (["a", "2025-03-01", "公民", "予以公开", ""], "没有办结日期"),
        (["a", "2025-03-01", "公民", "予以公开", "2025-02-10"], "早于"),
        (["a", "2025-03-01", "", "予以公开", "2025-03-10"], "（空白）"),
    ],
)
def test_a_row_that_cannot_be_settled_counts_nowhere_and_is_named(tmp_path, row, why):
    path = book(tmp_path / "a.xlsx", {"S": [HEAD, row, ROWS[0]]})
    found = proposal(path, accept=True)
    assert len(found.questions) == 1
    assert len(found.rows["依申请公开"]) == 1
    assert any(why in one.said and "第2行" in one.said for one in found.open)


@pytest.mark.parametrize(("mark", "proposed"), [("hidden", "计入"), ("struck", "不计入")])
def test_hidden_and_struck_rows_are_asked_about(tmp_path, mark, proposed):
    from openpyxl.styles import Font

    workbook = Workbook()
    sheet = workbook.active
    for line in (HEAD, *ROWS):
        sheet.append(line)
    if mark == "hidden":
        sheet.row_dimensions[2].hidden = True
    else:
        for cell in sheet[2]:
            cell.font = Font(strike=True)
    workbook.save(tmp_path / "a.xlsx")
    asked = {question.id.split("/")[0]: question for question in proposal(tmp_path / "a.xlsx").questions}
    question = asked["隐藏" if mark == "hidden" else "划掉"]
    assert question.proposal == proposed and "第2行" in question.text


def test_totals_that_do_not_add_up_stop_the_counts(tmp_path):
    rows = [["栏目", "1月", "2月", "合计"], ["环境质量", 1, 2, 4], ["政策解读", 0, 1, 1], ["合计", 1, 3, 5]]
    path = book(tmp_path / "a.xlsx", {"发布统计": rows})
    found = proposal(path, accept=True)
    (question,) = found.questions
    assert "第2行“合计”写4，各项相加是3" in question.text and not found.lines
    told = proposal(path, accept=True, answers={question.id: "以各项相加为准"})
    assert sum(line.value for line in told.lines) == 4


def test_a_zip_and_a_folder_hold_the_same(tmp_path):
    folder = tmp_path / "材料"
    (folder / "登记").mkdir(parents=True)
    path = book(folder / "登记" / "a.xlsx", {"S": [HEAD, *ROWS]})
    with zipfile.ZipFile(tmp_path / "材料.zip", "w") as package:
        package.write(path, "登记/a.xlsx")
    for given in (folder, tmp_path / "材料.zip"):
        assert len(proposal(given, accept=True).rows["依申请公开"]) == 2


def test_the_january_folder(shared, tmp_path):
    """A register, a website's export with three withdrawn items and last year's report (cases/ledgers/RIGHT.md)."""
    from statutory import compute

    folder = shared / "cases" / "ledgers" / "30-january-folder"
    sources = intake.read_sources([folder])
    assert len(intake.propose(sources).questions) <= 12
    found = intake.propose(sources, accept=True)
    assert any("结转核对" in note and "第4行" in note for note in found.notes)
    intake.write_ledger(found, tmp_path / "台账.xlsx")
    result = compute(tmp_path / "台账.xlsx")
    table3 = {row: cells["total"] for row, cells in result.figures.table3.items()}
    assert [table3[row] for row in ("new_received", "carried_in", "total_processed", "carried_out")] == [11, 1, 11, 1]
    assert result.figures.facts["published_total"] == 117
    # What no file holds is not 0, and last year's report carried more into the year than the register tells.
    assert {check.rule for check in result.failed} == {"LEDGER-OPEN", "X-CARRY"}


def test_nothing_of_an_applicant_is_asked_or_kept(tmp_path):
    rows = [
        ["申请编号", "收到日期", "申请人", "联系电话", "答复结果", "答复日期"],
        ["1", "2025-03-01", "诸葛小明", "13900001111", "公开", "2025-03-10"],
    ]
    found = proposal(book(tmp_path / "a.xlsx", {"S": rows}), accept=True)
    intake.save_profile(found.profile, tmp_path / "profile.toml")
    told = str(proposal(Path(tmp_path / "a.xlsx")).as_json()) + (tmp_path / "profile.toml").read_text(encoding="utf-8")
    assert "诸葛" not in told and "1390000" not in told


def test_what_the_law_takes_out_of_the_time_comes_through(tmp_path):
    """补正, 征求意见, 延期 and 缴费 under an office's headings set the clock of the ledger that is written."""
    from statutory import compute

    head = [
        *HEAD,
        "告知补正日期",
        "收到补正材料日期",
        "发出征求意见日期",
        "收到第三方意见日期",
        "是否延期",
        "收费通知时间",
        "缴费时间",
    ]
    rows = [
        ["补", "2025-03-03", "公民", "予以公开", "2025-05-20", "2025-03-06", "2025-05-06", "", "", "", "", ""],
        ["征", "2025-03-03", "公民", "予以公开", "2025-05-12", "", "", "2025-03-10", "2025-04-25", "否", "", ""],
        ["延", "2025-03-03", "公民", "予以公开", "2025-04-20", "", "", "", "", "是", "", ""],
        ["费", "2025-03-03", "公民", "予以公开", "2025-05-20", "", "", "", "", "", "2025-03-20", "2025-05-08"],
        ["晚", "2025-03-03", "公民", "予以公开", "2025-05-20", "", "", "", "", "", "", ""],
    ]
    found = proposal(book(tmp_path / "a.xlsx", {"S": [head, *rows]}), accept=True, typed={"单位名称": "示例局"})
    assert not found.questions
    intake.write_ledger(found, tmp_path / "台账.xlsx")
    late = {fact.key: fact for fact in compute(tmp_path / "台账.xlsx").derived if "beyond" in fact.key}
    numbers = {key: (fact.value, fact.provenance.rows) for key, fact in late.items()}
    assert any(rows == (6,) for _, rows in numbers.values()), numbers
    assert all(set(rows) <= {6} or not value for value, rows in numbers.values()), numbers
