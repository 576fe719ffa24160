"""Which blanks of a ragged row only fill it up, and which are cells that were left blank."""

import pytest

from ingest import text_files
from ingest.report_columns import adds_up, fillings
from ingest.reports import parse_report


@pytest.mark.parametrize(
    ("row", "width", "ways"),
    [
        ("3 0 0 0 0 0 3", 7, ["3 0 0 0 0 0 3"]),
        ("3 0 0 0 0 0 3 _ _", 7, ["3 0 0 0 0 0 3"]),
        ("_ _ 3 0 0 0 0 0 3", 7, ["3 0 0 0 0 0 3"]),
        ("_ 1 _ _ 2 _ 3 _ _", 7, ["_ 1 _ _ 2 _ 3"]),
        ("_ _ _ 1 _ _ 2 _ 3", 7, ["_ 1 _ _ 2 _ 3"]),
        ("_ _ _ _ _ _ 0 _ _", 7, ["_ _ _ _ _ _ 0"]),
        ("_ _ _ _ _ _ _ _ _", 7, ["_ _ _ _ _ _ _"]),
        ("_ 1 _ _ 2 _ 4 _ _", 7, ["_ 1 _ _ 2 _ 4", "1 _ _ 2 _ 4 _"]),
        ("1 0 0 2 3 _ _", 5, ["1 0 0 2 3"]),
        ("38 _ _", 1, ["38"]),
        ("_ 38 _", 1, ["38"]),
        ("1 0", 7, []),
    ],
)
def test_fillings(row, width, ways):
    def cells(text):
        return tuple("" if cell == "_" else cell for cell in text.split())

    assert fillings(cells(row), width) == [cells(way) for way in ways]


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        (("3", "", "", "", "", "", "3"), True),
        (("3", "", "", "", "", "", "4"), False),
        (("3", "/", "", "", "", "", "3"), False),
        (("1", "0", "0", "2", "3") * 3, True),
        (("1", "0", "0", "2", "3") * 2 + ("1", "0", "0", "2", "4"), False),
        (("1", "2", "3"), False),
    ],
)
def test_sums_of_a_row(cells, holds):
    assert adds_up(cells) is holds


HEAD = """云溪县水利局2024年政府信息公开工作年度报告
三、收到和处理政府信息公开申请情况
| (本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 | ||||||||
| 自然人 | 法人或其他组织 | 总计 | |||||||
| 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
"""


@pytest.mark.parametrize(
    ("line", "row", "cells"),
    [
        (
            "| 一、本年新收政府信息公开申请数量 |  | 1 |  |  | 2 |  | 3 | ||",
            "new_received",
            [None, 1, None, None, 2, None, 3],
        ),
        ("| 2.重复申请 |  |  | 4 |  |  |  | 4 | ||", "duplicate", [None, None, 4, None, None, None, 4]),
        ("| | 3.要求提供公开出版物 |  |  |  |  |  |  |  |", "publication", [None] * 7),
    ],
)
def test_blank_cells_of_packed_rows_keep_their_places(line, row, cells):
    table = parse_report(text_files.blocks(f"{HEAD}{line}\n"), "报告.txt", "").tables["table3"]
    found = next((list(one.values()) for key, one in table.items() if key.endswith(row)), None)
    assert found == cells
