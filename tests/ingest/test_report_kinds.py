"""Reports that the format is not for are told as what they are."""

import pytest

from domain import UnusableInput
from ingest import text_files
from ingest.reports import parse_report

PARTS = """一、总体情况
情况良好。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
五、存在的主要问题及改进情况
一是更新不及时，已经按月核对。
六、其他需要报告的事项
无。
"""


def kinds(text):
    return [
        note.code
        for note in parse_report(text_files.blocks(text), "报告.txt", "").notes
        if note.code.startswith("kind-")
    ]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("泾川县水务局2018年政府信息公开工作年度报告", ["kind-before-2019"]),
        ("泾川县环境保护局2015年政府信息公开工作年度报告", ["kind-before-2019"]),
        ("泾川县水务局2019年政府信息公开工作年度报告", []),
        ("泾川县水务局2024年政府信息公开工作年度报告", []),
        ("云麓学院2023—2024学年信息公开工作报告", ["kind-school-year"]),
        ("云麓大学2022-2023学年度信息公开年度报告", ["kind-school-year"]),
        ("云麓大学2022至2023学年信息公开工作年度报告", ["kind-school-year"]),
    ],
)
def test_years_and_school_years(title, found):
    assert kinds(f"{title}\n{PARTS}") == found


@pytest.mark.parametrize(
    "title",
    [
        "《泾川县水务局2024年政府信息公开工作年度报告》文字解读",
        "泾川县水务局2024年政府信息公开工作年度报告解读",
        "一图读懂泾川县水务局2024年政府信息公开工作年度报告",
        "图解：泾川县水务局2024年政府信息公开工作年度报告",
    ],
)
def test_an_explanation_is_no_report(title):
    with pytest.raises(UnusableInput, match="解读"):
        parse_report(text_files.blocks(f"{title}\n{PARTS}"), "解读.txt", "")


@pytest.mark.parametrize(
    "line",
    ["首页 > 政务公开 > 政策解读 > 年度报告", "政策解读 | 年度报告", "丰富解读形式。", "开展2024年报告解读工作情况"],
)
def test_a_page_with_a_menu_is_still_a_report(line):
    report = parse_report(
        text_files.blocks(f"{line}\n泾川县水务局2024年政府信息公开工作年度报告\n{PARTS}"), "报告.txt", ""
    )
    assert report.org == "泾川县水务局"


TRADITIONAL = (
    "為進一步規範政府資訊公開工作，本機關對網站欄目進行調整，從機構設置、業務動態、資訊類別三個方面開展清理，"
    "時間安排與責任單位應當在會議後確定，並將資料報送主管部門，經過審核後發布，質量選擇與運行變更均須報備。"
)


def test_traditional_script_is_told():
    text = f"青河縣環境局2024年政府信息公開工作年度報告\n一、總體情況\n{TRADITIONAL}\n二、主動公開政府信息情況\n{TRADITIONAL}"
    with pytest.raises(UnusableInput, match="繁体"):
        parse_report(text_files.blocks(text), "報告.txt", "")
    mixed = f"青河县环境局2024年政府信息公开工作年度报告\n{PARTS}{TRADITIONAL}"
    assert kinds(mixed) == ["kind-traditional"]
    assert kinds(f"青河县环境局2024年政府信息公开工作年度报告\n{PARTS}與會單位包括臺辦。") == []
