"""What a person answers is taken as it is meant, or refused in a sentence; what a file holds can always be written."""

import pytest
from openpyxl import load_workbook

import intake
from domain import UnusableInput
from tests.intake.files import book
from tests.statutory.ledger_samples import YEAR

HEAD = ["登记编号", "收件日期", "申请人性质", "答复类型", "答复日期"]
DECISIONS = {
    "行政处罚": [["决定文号", "决定日期", "案件名称"], ["12号", "2025-03-01", "甲"], ["13号", "2025-03-02", "乙"]]
}
OTHERS = "".join(f"第{number}条信息,通知公告,2025-03-02\n" for number in range(9))
NAMED = {"单位名称": "某县生态环境局"}


@pytest.mark.parametrize("said", ["2023", "2023年", "2023年度", "２０２３", "二〇二三年"])
@pytest.mark.parametrize("how", ["answers", "typed"])
def test_a_year_in_any_spelling_is_the_year(tmp_path, said, how):
    sources = intake.read_sources([book(tmp_path / "处罚.xlsx", DECISIONS)])
    given = {"typed": NAMED | {"报告年度": said}} if how == "typed" else {"answers": {"报告年度": said}, "typed": NAMED}
    assert intake.propose(sources, accept=True, **given).basics["报告年度"] == 2023


@pytest.mark.parametrize("said", ["去年", "23", "20250"])
def test_an_answer_that_is_no_year_is_refused(tmp_path, said):
    sources = intake.read_sources([book(tmp_path / "处罚.xlsx", DECISIONS)])
    with pytest.raises(UnusableInput, match="不是年度"):
        intake.propose(sources, {"报告年度": said}, accept=True, typed=NAMED)


@pytest.mark.parametrize("said", ["2025-3-99", "三月", " "])
def test_an_answer_that_is_no_day_is_refused(tmp_path, said):
    rows = [
        HEAD,
        ["a1", "三月初", "公民", "予以公开", "2025-03-10"],
        ["a2", "2025-03-03", "公民", "予以公开", "2025-03-10"],
    ]
    sources = intake.read_sources([book(tmp_path / "a.xlsx", {"S": rows})])
    (question,) = intake.propose(sources, accept=True, year=YEAR).questions
    with pytest.raises(UnusableInput, match="不是日期"):
        intake.propose(sources, {question.id: said}, accept=True, year=YEAR)


def test_the_29th_of_february_of_no_leap_year_is_asked_about(tmp_path):
    rows = [
        HEAD,
        ["a1", "2024-03-01", "公民", "予以公开", "2月29日"],
        ["a2", "2024-03-01", "公民", "予以公开", "3月5日"],
    ]
    found = intake.propose(intake.read_sources([book(tmp_path / "a.xlsx", {"S": rows})]), accept=True, year=2024)
    assert [question.id for question in found.questions] == ["行/a.xlsx/S/2/办结日期"]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("=== 公告 ===", "=== 公告 ==="),
        ("=1+1", "=1+1"),
        ("上\x0b下", "上下"),
        ("+号开头", "+号开头"),
        ("照常", "照常"),
    ],
)
def test_any_text_of_a_file_is_written_as_text(tmp_path, title, written):
    path = tmp_path / "网站导出.csv"
    path.write_text(f"标题,栏目,发布日期\n{title},通知公告,2025-03-01\n{OTHERS}", encoding="utf-8")
    found = intake.propose(intake.read_sources([path]), accept=True, typed=NAMED | {"报告年度": "2025"})
    intake.write_ledger(found, tmp_path / "台账.xlsx")
    sheet = load_workbook(tmp_path / "台账.xlsx")["信息发布"]
    cells = {cell.value: cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert cells.get(written) == "s"
