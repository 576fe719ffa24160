"""Each ledger that cannot be used gives one plain sentence that says where and why."""

import io
import zipfile

import pytest

from domain import UnusableInput
from statutory import compute
from tests.statutory.ledger_samples import application, minimal, posted, rewrite, row, save, save_csv, sheet_xml


def refused(path):
    with pytest.raises(UnusableInput) as caught:
        compute(path)
    assert "Traceback" not in str(caught.value) and "\n" not in str(caught.value)
    return caught.value


def word_file():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as package:
        package.writestr("word/document.xml", "<a/>")
    return content.getvalue()


def damaged(tmp_path):
    return save(minimal(), tmp_path / "good.xlsx").read_bytes()[:3000]


ENCRYPTED = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1200) + "EncryptedPackage".encode("utf-16-le") + bytes(300)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("台账.xlsx", b"", "是空文件"),
        ("台账.xlsx", "发布日期,信息类别\n".encode(), "不是工作簿（可能是改了扩展名的文本"),
        ("台账.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页（HTML）"),
        ("台账.xlsx", b"%PDF-1.7\n...", "PDF"),
        ("台账.xlsx", word_file(), "不是工作簿"),
        ("台账.xlsx", ENCRYPTED, "设有打开密码"),
        ("台账.xls", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "已损坏"),
        ("台账.docx", word_file(), "不是台账工作簿"),
        ("台账.csv", b"\xff\xff\xff\x00\x00\x81", "UTF-8 或 GB18030"),
    ],
)
def test_files_that_are_no_ledger(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    message = str(refused(tmp_path / name))
    assert said in message and f"“{name}”" in message


def test_a_damaged_workbook(tmp_path):
    (tmp_path / "台账.xlsx").write_bytes(damaged(tmp_path))
    assert "已损坏" in str(refused(tmp_path / "台账.xlsx"))


def test_nothing_there(tmp_path):
    assert "找不到台账“没有.xlsx”" in str(refused(tmp_path / "没有.xlsx"))
    assert "没有工作簿" in str(refused(tmp_path))


def test_a_csv_that_is_not_csv_in_a_folder(tmp_path):
    folder = save_csv(minimal(), tmp_path / "台账", "utf-8")
    (folder / "信息发布.csv").write_bytes(b"")
    assert "“信息发布.csv”是空文件" in str(refused(folder))


@pytest.mark.parametrize("sheet", list(minimal()))
def test_a_missing_sheet_is_named(tmp_path, sheet):
    sheets = minimal()
    del sheets[sheet]
    error = refused(save(sheets, tmp_path / "台账.xlsx"))
    assert str(error).startswith(f"台账.xlsx：缺少工作表“{sheet}”")


@pytest.mark.parametrize(
    ("sheet", "column"),
    [
        ("信息发布", "发布日期"),
        ("信息发布", "信息类别"),
        ("依申请公开", "办理结果"),
        ("汇总数据", "数值"),
        ("行政执法", "决定类型"),
    ],
)
def test_a_missing_column_is_named(tmp_path, sheet, column):
    sheets = minimal()
    sheets[sheet][0].remove(column)
    message = str(refused(save(sheets, tmp_path / "台账.xlsx")))
    assert f"工作表“{sheet}”缺少列“{column}”" in message and "台账.xlsx" in message


def test_a_doubled_column_is_not_guessed(tmp_path):
    sheets = minimal()
    sheets["信息发布"][0].append("发布日期")
    assert "列“发布日期”出现了两次" in str(refused(save(sheets, tmp_path / "台账.xlsx")))


def decision(kind, day="2025-05-05"):
    return row("行政执法", 决定类型=kind, 决定日期=day)


@pytest.mark.parametrize(
    ("sheet", "cells", "said"),
    [
        ("信息发布", posted("2025.13.45"), "“发布日期”“2025.13.45”无法识别为日期"),
        ("信息发布", posted(""), "“发布日期”是空白"),
        ("信息发布", posted("2025-01-01", ""), "“信息类别”是空白"),
        ("媒体采用", row("媒体采用", 报送日期="下周", 采用单位="日报"), "“报送日期”“下周”无法识别"),
        ("依申请公开", application("2025-01-01", applicant="外星人"), "“申请人类型”不在可用的值之内"),
        ("依申请公开", application("2025-01-01", applicant=""), "“申请人类型”是空白"),
        ("依申请公开", application("2025-01-01", "2025-01-09", "不予公开"), "“办理结果”不在可用的值之内"),
        (
            "依申请公开",
            application("2025-01-01", "2025-01-09", "不予公开-属于国家秘蜜"),
            "是否应为“不予公开-属于国家秘密”？",
        ),
        ("依申请公开", application("2025-01-09", "2025-01-01", "予以公开"), "“办结日期”早于“收到日期”"),
        ("依申请公开", application("2025-01-09", "", "予以公开"), "却没有“办结日期”"),
        ("依申请公开", application("2025-01-09", "2025-01-20", "办理中"), "不能确定办理结果"),
        ("依申请公开", application("2025-01-09", "不详", "予以公开"), "“办结日期”无法识别为日期"),
        ("依申请公开", row("依申请公开", 申请人="测试甲"), "“收到日期”是空白"),
        (
            "复议诉讼",
            row("复议诉讼", 受理日期="2025-01-01", 案件类型="行政诉讼", 结果="结果维持"),
            "“案件类型”“行政诉讼”不在可用的值之内",
        ),
        ("复议诉讼", row("复议诉讼", 受理日期="2025-01-01", 案件类型="行政复议"), "“结果”是空白"),
        ("制度文件", row("制度文件", 文件类型="通知", 制发日期="2025-01-01"), "“文件类型”“通知”不在可用的值之内"),
        (
            "制度文件",
            row("制度文件", 文件类型="规章", 制发日期="2025-01-01", 废止日期="2024-01-01"),
            "“废止日期”早于“制发日期”",
        ),
        ("行政执法", decision("行政登记"), "“决定类型”“行政登记”不在可用的值之内"),
        ("行政执法", decision("行政许可", "/"), "“决定日期”“/”无法识别"),
        ("汇总数据", ["网站访问量", -5, "次", ""], "“网站访问量”的“数值”是负数"),
        ("汇总数据", ["网站访问量", "很多", "次", ""], "“数值”不是数字"),
        ("汇总数据", ["网站访问量", "", "次", ""], "“数值”是空白"),
        ("汇总数据", ["培训人次", 2.5, "人次", ""], "应为整数"),
        ("汇总数据", ["行政许可", 2.5, "", ""], "不是整数"),
        ("汇总数据", ["信息处理费", 5, "元", ""], "已在第3行填过"),
    ],
)
def test_a_bad_row_is_named(tmp_path, sheet, cells, said):
    sheets = minimal()
    sheets[sheet].append(cells)
    message = str(refused(save(sheets, tmp_path / "台账.xlsx")))
    assert message.startswith(f"台账.xlsx 工作表“{sheet}”第{len(sheets[sheet])}行：") and said in message


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        (0, "", "没有填写“单位名称”"),
        (1, "", "没有填写“报告年度”"),
        (1, "去年", "应为四位年份"),
        (1, 20255, "应为四位年份"),
        (2, "元旦后", "无法识别为日期"),
        (1, 2012, "只能计算2021年度及以后的报告"),
        (1, 2020, "只能计算2021年度及以后的报告"),
    ],
)
def test_basics(tmp_path, key, value, said):
    sheets = minimal()
    sheets["基本信息"][key][1] = value
    assert said in str(refused(save(sheets, tmp_path / "台账.xlsx")))


def test_the_fee_line_is_needed(tmp_path):
    sheets = minimal()
    del sheets["汇总数据"][1]
    assert "缺少指标“行政事业性收费”" in str(refused(save(sheets, tmp_path / "台账.xlsx")))


def test_all_problems_come_at_once(tmp_path):
    sheets = minimal()
    sheets["信息发布"] += [posted("某日"), posted("2025-01-01"), posted("2025-02-30")]
    sheets["依申请公开"].append(application("2025-01-01", applicant="外星人"))
    sheets["行政执法"][0].remove("决定日期")
    error = refused(save(sheets, tmp_path / "台账.xlsx"))
    assert len(error.problems) == 4
    assert str(error).endswith("；另有3处问题")


def test_messages_about_applications_repeat_no_cell(tmp_path):
    sheets = minimal()
    sheets["依申请公开"].append(application("张三丰", "000-12345678", "李四光", "王五魁"))
    error = refused(save(sheets, tmp_path / "台账.xlsx"))
    assert len(error.problems) == 4
    assert not any(word in "".join(error.problems) for word in ("张三丰", "12345678", "李四光", "王五魁"))


def test_a_formula_never_calculated_is_told(tmp_path):
    sheets = minimal()
    sheets["信息发布"] += [posted("2025-01-01"), ["合计", "=COUNTA(A2:A2)"]]
    result = compute(save(sheets, tmp_path / "台账.xlsx"))
    assert any("“信息发布”有1个公式没有结果或出错（如第3行第2列）" in warning for warning in result.warnings)
    assert [check.status for check in result.checks if check.rule == "LEDGER-TOTAL"] == ["uncertain"]


def test_control_characters_are_left_out_of_every_text(tmp_path):
    sheets = minimal()
    sheets["基本信息"][3][1] = "门户\x0b网站\x07"
    sheets["信息发布"].append(posted("2025-01-01", "部门\x1f动态"))
    figures = compute(save_csv(sheets, tmp_path / "台账", "utf-8")).figures
    assert figures.platform == "门户网站"
    assert figures.facts["published_by_category"] == {"部门动态": 1}


def test_a_path_that_the_system_refuses(tmp_path):
    assert "无法读取，请确认文件名不过长" in str(refused(tmp_path / f"{'长' * 200}.xlsx"))


def test_the_same_problem_in_many_rows_is_one_sentence(tmp_path):
    sheets = minimal()
    sheets["信息发布"] += [posted("2月30日") for _ in range(200)]
    problems = refused(save(sheets, tmp_path / "台账.xlsx")).problems
    assert len(problems) == 1 and "第2、3、4、5、6、7、8、9等200行：“发布日期”“2月30日”无法识别" in problems[0]


def test_problems_are_found_also_where_the_year_is_not_known(tmp_path):
    sheets = minimal()
    sheets["基本信息"][1][1] = ""
    sheets["信息发布"].append(posted("某日"))
    del sheets["汇总数据"][1]
    said = "".join(refused(save(sheets, tmp_path / "台账.xlsx")).problems)
    assert "报告年度" in said and "某日" in said and "行政事业性收费" in said


def bomb(path, size):
    with zipfile.ZipFile(save(minimal(), path), "a", zipfile.ZIP_DEFLATED) as package:
        with package.open("xl/media/image1.png", "w", force_zip64=True) as member:
            for _ in range(size >> 20):
                member.write(bytes(1 << 20))
    return path


def test_a_zip_bomb_is_not_opened(tmp_path):
    path = bomb(tmp_path / "台账.xlsx", 401 << 20)
    assert path.stat().st_size < 1 << 20
    assert "解压后超过400MB" in str(refused(path))


def test_a_bomb_with_a_false_label_is_damaged(tmp_path):
    """A size in the directory that is smaller than what comes out."""
    path = save(minimal(), tmp_path / "台账.xlsx")
    with zipfile.ZipFile(path) as package:
        size = package.getinfo("xl/styles.xml").file_size
    path.write_bytes(path.read_bytes().replace(size.to_bytes(4, "little"), (9).to_bytes(4, "little")))
    assert "已损坏" in str(refused(path))


def test_a_stray_cell_at_the_end_of_the_world(tmp_path):
    path = save(minimal(), tmp_path / "台账.xlsx")
    rewrite(
        path, sheet_xml("信息发布"), "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    assert "“信息发布”第1048576行第16384列还有内容" in str(refused(path))


@pytest.mark.slow
def test_a_million_empty_rows(tmp_path):
    sheets = minimal()
    sheets["信息发布"].append(posted("2025-01-01"))
    path = save(sheets, tmp_path / "台账.xlsx")
    empty = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 1_000_003))
    rewrite(
        path,
        sheet_xml("信息发布"),
        "</sheetData>",
        f'{empty}<row r="1048576"><c r="B1048576" t="str"><v> </v></c></row></sheetData>',
    )
    assert compute(path).figures.facts["published_total"] == 1


def test_macros_and_links_are_told_and_left_alone(tmp_path):
    path = save(minimal(), tmp_path / "台账.xlsm")
    rewrite(path, "xl/vbaProject.bin", "", "x")
    rewrite(path, "xl/externalLinks/externalLink1.xml", "", "<externalLink/>")
    said = "".join(compute(path).warnings)
    assert "带有宏，程序不运行宏" in said and "引用了其他文件，程序不打开那些文件" in said


def test_entities_are_not_expanded(tmp_path):
    path = save(minimal(), tmp_path / "台账.xlsx")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "哈" * 100}">' for n in range(10))
    rewrite(path, "xl/workbook.xml", "<workbook ", f'<!DOCTYPE workbook [{laughs}]><workbook title="&l9;" ')
    refused(path)
