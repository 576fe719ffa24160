"""Ledgers in every kind of file, and in the shapes that offices give their sheets."""

from pathlib import Path

import pytest

from domain import UnusableInput
from statutory import compute
from tests.statutory.ledger_samples import (
    HEADINGS,
    application,
    merge,
    minimal,
    posted,
    rewrite,
    row,
    save,
    save_csv,
    save_ods,
    sheet_xml,
)

DATA = Path(__file__).parent / "data"


def filled():
    sheets = minimal()
    sheets["信息发布"] += [posted("2025-03-15", "政策解读"), [], posted("2025年3月16日", "行政许可"), ["合计", 2]]
    sheets["依申请公开"] += [application("2025-01-06", "2025-01-20", "予以公开"), application("2025-12-06")]
    return sheets


def problems_of(path):
    with pytest.raises(UnusableInput) as caught:
        compute(path)
    return caught.value.problems


def test_an_old_xls():
    result = compute(DATA / "台账.xls")
    assert result.figures.facts["published_by_category"] == {"政策解读": 2, "行政许可": 1}
    assert result.figures.table3["granted"]["total"] == result.figures.table3["carried_out"]["total"] == 3
    assert result.provenance["facts.published_total"].rows == (2, 3, 4)


def test_an_old_xls_hides_nothing():
    said = "".join(problems_of(DATA / "台账-出错的值和合并单元格.xls"))
    assert "第5行：“办理结果”是公式出错的值" in said and "第7行：“办理结果”在合并单元格内" in said


def test_a_damaged_xls_ends_in_a_sentence(tmp_path):
    data = bytearray((DATA / "台账.xls").read_bytes())
    data[1024:4000] = bytes(range(256)) * 11 + bytes(160)
    (tmp_path / "台账.xls").write_bytes(data)
    assert problems_of(tmp_path / "台账.xls") == ("“台账.xls”已损坏，无法作为工作簿打开，请用 Excel 或 WPS 修复后另存",)


def test_ods_gives_the_same_as_xlsx(tmp_path):
    ods, xlsx = compute(save_ods(filled(), tmp_path / "台账.ods")), compute(save(filled(), tmp_path / "台账.xlsx"))
    assert ods.figures == xlsx.figures and ods.provenance == xlsx.provenance


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<table:table-cell table:formula="of:=A1"/>', "第2行：“办理结果”是没有计算结果的公式"),
        (
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"/>',
            "“办理结果”是公式出错的值",
        ),
    ],
)
def test_ods_formulas_without_a_value(tmp_path, cell, said):
    sheets = minimal()
    sheets["依申请公开"].append([*application("2025-01-06")[:-1], ("xml", cell)])
    assert said in problems_of(save_ods(sheets, tmp_path / "台账.ods"))[0]


def test_ods_merged_cells(tmp_path):
    sheets = minimal()
    span = (
        "xml",
        '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>日报</text:p></table:table-cell>',
    )
    sheets["媒体采用"] += [["2025-01-01", "甲", span], ["2025-01-02", "乙", ("xml", "<table:covered-table-cell/>")]]
    assert "第3行：“采用单位”在合并单元格内" in problems_of(save_ods(sheets, tmp_path / "台账.ods"))[0]


def test_a_locked_ods(tmp_path):
    path = save_ods(minimal(), tmp_path / "台账.ods")
    rewrite(path, "META-INF/manifest.xml", "/>", "><manifest:encryption-data/></manifest:manifest>")
    assert "设有打开密码" in problems_of(path)[0]


@pytest.mark.parametrize(
    "sheet",
    [
        "1.信息发布",
        "信息发布台账",
        "信息 发布",
        "信息发布(2025年)",
        "一、信息发布登记表",
        "附件1-信息发布",
        "2025年信息发布",
    ],
)
def test_sheet_names_with_something_around_them(tmp_path, sheet):
    sheets = {sheet if name == "信息发布" else name: rows for name, rows in filled().items()}
    result = compute(save(sheets, tmp_path / "台账.xlsx"))
    assert result.figures.facts["published_total"] == 2
    assert any("按“信息发布”处理" in warning for warning in result.warnings) == (sheet != "信息 发布")


@pytest.mark.parametrize("sheet", ["信息发布 (2)", "信息发布备份", "Sheet1"])
def test_a_copy_is_not_counted_and_told(tmp_path, sheet):
    sheets = filled() | {sheet: filled()["信息发布"]}
    result = compute(save(sheets, tmp_path / "台账.xlsx"))
    assert result.figures.facts["published_total"] == 2
    assert any(f"工作表“{sheet}”：表头与“信息发布”相同" in question.text for question in result.open_questions)


def test_half_years_on_two_sheets(tmp_path):
    sheets = filled()
    sheets["信息发布（上半年）"] = sheets.pop("信息发布")
    sheets["信息发布（下半年）"] = [HEADINGS["信息发布"], posted("2025-08-08")]
    assert compute(save(sheets, tmp_path / "台账.xlsx")).figures.facts["published_total"] == 3


def test_csv_files_recognised_by_their_headings(tmp_path):
    sheets = filled()
    sheets["data1"], sheets["导出"] = sheets.pop("信息发布"), sheets.pop("基本信息")
    result = compute(save_csv(sheets, tmp_path / "台账", "gb18030"))
    assert result.figures.facts["published_total"] == 2 and result.figures.org == "示例局"
    assert any("按表头认定" in warning and "“data1”" in warning for warning in result.warnings)


@pytest.mark.parametrize("names", [("甲", "乙"), ("门户网站", "微信公众号"), ("网站", "政务微博")])
def test_two_sheets_that_look_alike_are_asked_about(tmp_path, names):
    sheets = filled()
    whole = sheets.pop("信息发布")
    sheets[names[0]], sheets[names[1]] = whole[:2], [whole[0], *whole[2:]]
    path = save(sheets, tmp_path / "台账.xlsx")
    asked = compute(path).open_questions
    assert [question.sheet for question in asked] == list(names)
    both = compute(path, answers={question.id: "信息发布" for question in asked})
    assert both.figures.facts["published_total"] == 2 and not both.open_questions
    one = compute(path, answers={asked[0].id: "信息发布", asked[1].id: "aside"})
    assert one.figures.facts["published_total"] == 1


def test_one_csv_alone_says_what_is_missing(tmp_path):
    folder = save_csv(filled(), tmp_path / "台账", "utf-8")
    said = problems_of(folder / "信息发布.csv")[0]
    assert "缺少工作表“基本信息”、“媒体采用”" in said and "放在同一文件夹" in said


def test_what_else_lies_in_the_folder_is_told(tmp_path):
    folder = save_csv(filled(), tmp_path / "台账", "utf-8")
    (folder / "旧").mkdir()
    save(filled(), folder / "旧" / "台账.xlsx")
    (folder / "说明.docx").write_bytes(b"x")
    warnings = "".join(compute(folder).warnings)
    assert "子文件夹“旧”里的文件没有读取" in warnings and "“说明.docx”不是工作簿或 CSV，没有读取" in warnings


def test_problems_in_a_folder_name_the_file(tmp_path):
    sheets = filled()
    sheets["信息发布"].append(posted("某日"))
    folder = save_csv(sheets, tmp_path / "台账", "utf-8")
    assert problems_of(folder)[0].startswith("信息发布.csv 工作表“信息发布”第6行：")
    (folder / "坏.xlsx").write_bytes(b"PK")
    (folder / "空.csv").write_bytes(b"")
    assert len(problems_of(folder)) == 2


def test_headings_in_two_lines(tmp_path):
    sheets = filled()
    sheets["依申请公开"] = [
        ["依申请公开台账"],
        [],
        ["序号", "收到日期", "申请人信息", "", "", "办理情况", ""],
        ["", "", "申请人", "申请人类型", "联系电话", "办结日期", "办理结果"],
        [1, "2025-01-06", "甲", "自然人", "", "2025-01-20", "予以公开"],
        ["序号", "收到日期", "申请人信息", "", "", "办理情况", ""],
        ["", "", "申请人", "申请人类型", "联系电话", "办结日期", "办理结果"],
        [2, "2025-12-06", "乙", "商业企业", "", "", ""],
    ]
    path = merge(save(sheets, tmp_path / "台账.xlsx"), "依申请公开", "A1:G1", "A3:A4", "B3:B4", "C3:E3", "F3:G3")
    result = compute(path)
    assert result.provenance["table3.new_received.total"].rows == (5, 8)
    assert result.figures.table3["carried_out"]["business_enterprise"] == 1


@pytest.mark.parametrize(("span", "row_number"), [("H2:H3", 3), ("G2:H2", 2), ("G2:H3", 2)])
def test_cells_merged_inside_the_data(tmp_path, span, row_number):
    sheets = minimal()
    sheets["依申请公开"] += [application("2025-01-06", "2025-01-20", "予以公开"), application("2025-02-06")]
    said = problems_of(merge(save(sheets, tmp_path / "台账.xlsx"), "依申请公开", span))
    assert any(f"第{row_number}" in problem and "在合并单元格内，请取消合并" in problem for problem in said)


def test_a_record_merged_over_two_rows_is_one_record(tmp_path):
    sheets = minimal()
    sheets["媒体采用"] += [
        row("媒体采用", 报送日期="2025-01-06", 采用单位="日报"),
        [],
        row("媒体采用", 报送日期="2025-01-07"),
    ]
    path = merge(save(sheets, tmp_path / "台账.xlsx"), "媒体采用", "A2:A3", "B2:B3", "C2:C3")
    assert compute(path).figures.facts["media_submitted"] == 2


def test_a_formula_that_says_nothing_is_blank(tmp_path):
    """=IF(A2="","",…) has a result, and it is blank."""
    path = save(filled(), tmp_path / "台账.xlsx")
    rewrite(
        path,
        sheet_xml("依申请公开"),
        "</row></sheetData>",
        '<c r="H3" t="str"><f>IF(A1="","","")</f><v></v></c></row></sheetData>',
    )
    assert compute(path).figures.table3["carried_out"]["total"] == 1


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="H3"><f>B1</f><v/></c>', "没有计算结果的公式"),
        ('<c r="H3"><f t="shared" si="0"/></c>', "没有计算结果的公式"),
        ('<c r="H3" t="e"><f>B1</f><v>#N/A</v></c>', "公式出错的值"),
    ],
)
def test_a_formula_without_a_value_is_not_blank(tmp_path, cell, said):
    path = save(filled(), tmp_path / "台账.xlsx")
    rewrite(path, sheet_xml("依申请公开"), "</row></sheetData>", f"{cell}</row></sheetData>")
    assert f"工作表“依申请公开”第3行：“办理结果”是{said}" in problems_of(path)[0]


def test_a_signature_line_is_set_aside_and_told_but_no_record_is(tmp_path):
    sheets = filled()
    sheets["信息发布"] += [["审核人：", "张某", "日期：", ""], ["本页合计", 2]]
    assert any(
        "第6、7行像是签字、说明或小计" in warning for warning in compute(save(sheets, tmp_path / "台账.xlsx")).warnings
    )


def test_a_record_that_looks_like_a_note_is_not_dropped(tmp_path):
    sheets = minimal()
    sheets["信息发布"] = [["信息标题", "发布日期", "信息类别"], ["说明：调整公告", "2025-13-01", "政策解读"]]
    assert "第2行：“发布日期”" in problems_of(save(sheets, tmp_path / "台账.xlsx"))[0]
