"""Reports as they should not be: said plainly, and what can be read is read."""

import random
import re

import pytest

from domain import UnusableInput
from forms import load_form
from ingest import read, read_report
from ingest.reports import parse_report
from ingest.web_pages import blocks
from report.layout import table_grids
from tests.ingest import report_samples as sample
from tests.ingest.report_pages import _plain, with_column

FORM = load_form("2021")


class Plainly(random.Random):
    """Chooses the first way of writing always: as printed."""

    def choice(self, ways):
        return ways[0]

    def randint(self, low, high):
        return low


def web(change=lambda html: html):
    return parse_report(blocks(change(sample.as_html())), "报告.html", "")


def table_of(grid):
    return _plain(grid, Plainly())


# --- tables that are not as the form has them


def test_a_subtotal_column_that_the_form_does_not_have():
    grid = table_grids(sample.TABLES, FORM)["table3"]
    texts = {2: "法人小计"} | dict.fromkeys(range(3, grid.height), "99")
    for at in (9, 10):
        report = parse_report(blocks(table_of(with_column(grid, at, texts)) + "<p>政府信息公开</p>"), "r.html", "")
        assert report.tables["table3"] == sample.TABLE3
        assert "表三有格式以外的一列“法人小计”，没有读入" in map(str, report.notes)


def test_a_missing_row_is_named_and_the_rest_read():
    report = web(lambda html: re.sub(r"<tr><td[^>]*><p>7\.属于行政执法案卷.*?</tr>", "", html))
    expected = {key: value for key, value in sample.TABLE3.items() if key != "denied.enforcement_file"}
    assert report.tables["table3"] == expected
    assert tuple(map(str, report.notes)) == ("表三缺少“7.属于行政执法案卷”一行",)
    assert [(note.code, note.about) for note in report.notes] == [("row-missing", "7.属于行政执法案卷")]


def test_rows_in_another_order_and_with_slips_of_the_pen():
    def change(html):
        return html.replace("信访举报投诉类申请", "信访投诉举报类申请").replace(
            "四、结转下年度继续办理", "四、结转至下年度继续办理"
        )

    report = web(change)
    assert report.tables == sample.TABLES
    assert tuple(map(str, report.notes)) == (
        "表三“1.信访投诉举报类申请”一行按“1.信访举报投诉类申请”读入",
        "表三“四、结转至下年度继续办理”一行按“四、结转下年度继续办理”读入",
    )


def test_one_number_over_several_columns_is_not_guessed():
    cells = "".join(f"<td rowspan='1' colspan='1'><p>{n}</p></td>" for n in sample.TABLE3["granted"].values())
    report = web(lambda html: html.replace(cells, "<td colspan=7>5</td>"))
    assert "granted" not in report.tables["table3"]
    assert "表三“（一）予以公开”一行的单元格数目与表头不符，没有读入" in map(str, report.notes)


def test_a_number_merged_over_two_rows_is_not_read_twice():
    html = sample.as_html()
    first = [f"<td rowspan='1' colspan='1'><p>{n}</p></td>" for n in sample.TABLE3["granted"].values()]
    second = [f"<td rowspan='1' colspan='1'><p>{n}</p></td>" for n in sample.TABLE3["partially_granted"].values()]
    html = html.replace("".join(first), "".join(first).replace("rowspan='1'", "rowspan='2'", 1))
    html = html.replace("".join(second), "".join(second[1:]))
    report = parse_report(blocks(html), "r.html", "")
    assert report.tables["table3"]["granted"] == sample.TABLE3["granted"]
    assert "partially_granted" not in report.tables["table3"] and any(
        "合并单元格" in str(note) for note in report.notes
    )


def test_fees_in_yuan_are_told():
    report = web(lambda html: html.replace("单位：万元", "单位：元"))
    assert report.tables == sample.TABLES
    assert tuple(map(str, report.notes)) == ("表二“本年收费金额（单位：元）”的单位不是万元，数值按原样读入",)


def test_table_four_cut_into_its_two_halves():
    review, rest = (
        sample.TABLE4["review"],
        [n for key, case in sample.TABLE4.items() if key != "review" for n in case.values()],
    )
    names = "".join(f"<td>{result.label}</td>" for result in FORM.results)
    one = f"<table><tr><td colspan=5>行政复议</td></tr><tr>{names}</tr><tr>{''.join(f'<td>{n}</td>' for n in review.values())}</tr></table>"
    two = (
        "<table><tr><td colspan=10>行政诉讼</td></tr><tr><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>"
        f"<tr>{names * 2}</tr><tr>{''.join(f'<td>{n}</td>' for n in rest)}</tr></table>"
    )
    report = parse_report(blocks("<p>四、政府信息公开行政复议、行政诉讼情况</p>" + one + two), "r.html", "")
    assert report.tables["table4"] == sample.TABLE4


def test_tables_as_pictures():
    report = web(lambda html: re.sub(r"<table>.*?</table>", "<p><img src='b.png' width='600'></p>", html, flags=re.S))
    assert report.form == "" and not any(report.tables.values())
    assert [str(note) for note in report.notes if note.code == "table-is-picture"] == [
        f"“{part}”的表格是图片，读不出数字，请换成文字表格" for part in FORM.parts[1:4]
    ]
    assert [section.heading for section in report.sections] == list(sample.PARTS)


def test_one_table_is_missing():
    report = web(lambda html: re.sub(r"<table><tr><td[^>]*><p>行政复议.*?</table>", "", html))
    assert report.tables["table3"] == sample.TABLE3 and not report.tables["table4"]
    assert tuple(map(str, report.notes)) == ("“政府信息公开行政复议、行政诉讼情况”的表格没有找到",)


# --- files that hold something else, or too much, or not all


def test_two_reports_in_one_file():
    other = sample.as_html().replace(sample.ORG, "云川县水利局").replace(">0<", ">5<")
    report = parse_report(blocks(sample.as_html() + other), "r.html", "")
    assert (report.tables, report.org) == (sample.TABLES, sample.ORG)
    assert tuple(map(str, report.notes)) == (
        "文件里有2份报告，只读入第一份，后面的“云川县水利局2024年政府信息公开工作年度报告”没有读入",
    )


def test_a_list_of_contents_is_no_report_of_its_own():
    contents = "".join(f"<p>{heading}</p>" for heading in sample.PARTS)
    report = web(lambda html: html.replace("<p>一、总体情况</p>", f"<p>目录</p>{contents}<p>一、总体情况</p>"))
    assert report.tables == sample.TABLES and report.notes == ()
    assert [section.heading for section in report.sections if section.heading] == list(sample.PARTS)


def test_a_download_that_broke_off():
    html = sample.as_html()
    report = parse_report(blocks(html[: html.index("4.无正当理由大量反复申请")]), "r.html", "")
    assert report.tables["table2"] == sample.TABLE2
    assert report.tables["table3"]["not_processed.publication"] == sample.TABLE3["not_processed.publication"]
    assert "文件到“三、收到和处理政府信息公开申请情况”为止，没有后面的部分和落款，文件可能不完整" in map(
        str, report.notes
    )
    assert "表三缺少“（七）总计”一行" in map(str, report.notes)


@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [
        ("云川县财政局2024年部门预算公开说明", ["一、总体情况", "收入预算三百万元。", "二、收支情况", "略。"]),
        (
            "云川县2024年法治政府建设工作报告",
            ["一、总体情况", "推进政府信息公开。", "二、存在的主要问题", "人少。", "三、其他需要报告的事项", "无。"],
        ),
    ],
)
def test_a_report_of_another_kind(tmp_path, title, paragraphs):
    path = tmp_path / "别的.txt"
    path.write_text("\n".join([title, *paragraphs]), encoding="utf-8")
    with pytest.raises(UnusableInput, match=f"别的.txt 里没有政府信息公开年度报告.*“{title}”.*不能作为年度报告读入"):
        read_report(path)
    with pytest.raises(UnusableInput):
        read(path)


# --- what a document of the knowledge base keeps


def test_the_tables_are_kept_as_plain_data(tmp_path):
    path = tmp_path / "report.html"
    path.write_text(sample.as_html().replace(">47<", ">/<"), encoding="utf-8")
    tables = read(path, "report").tables
    assert list(tables) == ["form", "table2", "table3", "table4"] and tables["form"] == "2021"
    assert tables["table2"]["fees_wan_yuan"] == 592.2449 and tables["table2"]["penalties"] == "/"
    assert tables["table3"] == sample.TABLE3


def test_a_page_of_gb18030_with_its_own_charset_mark(tmp_path):
    path = tmp_path / "report.htm"
    html = sample.as_html().replace("charset='utf-8'", "http-equiv='Content-Type' content='text/html; charset=gb2312'")
    path.write_bytes(html.encode("gb18030"))
    assert read_report(path).tables == sample.TABLES


def test_the_title_above_the_article():
    meta = "<meta name='ArticleTitle' content='云川县林业和草原局2024年政府信息公开工作年度报告'>"
    report = web(lambda html: html.replace(f"<h1>{sample.TITLE}</h1>", "").replace("<head>", f"<head>{meta}"))
    assert (report.title, report.year, report.org) == (sample.TITLE, 2024, sample.ORG)
