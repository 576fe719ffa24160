"""Published reports: the same tables, parts, organ and year from every format they come in."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from domain import UnusableInput, plain_numbers
from forms import comparable_figures, load_form
from ingest import read, read_report
from ingest.blocks import TableGrid, TextParagraph
from ingest.report_tables import read_cell, read_tables
from ingest.report_tokens import pieces
from tests.ingest import report_samples as sample

DATA = Path(__file__).parent / "data"  # report_samples.write_docx, converted by LibreOffice


def written(tmp_path, suffix):
    path = tmp_path / f"report{suffix}"
    if suffix == ".docx":
        sample.write_docx(path)
    elif suffix in (".pdf", ".doc"):
        return DATA / f"report{suffix}"
    else:
        text = {".txt": sample.as_web_copy, ".md": sample.as_markdown, ".html": sample.as_html}[suffix]()
        path.write_text(text, encoding="utf-8")
    return path


# --- a real report


def test_the_published_report_of_a_county_office(shared):
    report = read_report(shared / "reports" / "lufeng-2023.txt")
    expected = json.loads((shared / "ledgers" / "lufeng-2023.expected.json").read_text(encoding="utf-8"))
    for table in ("table2", "table3", "table4"):
        assert plain_numbers(report.tables[table]) == expected[table]
    assert (report.org, report.year) == (expected["org"], 2023)
    assert (report.form, report.signature_date, report.notes) == ("2021", date(2024, 1, 10), ())
    assert [section.heading[:2] for section in report.sections] == ["", "二、", "三、", "四、", "五、", "六、"]
    assert report.sections[0].paragraphs[2] == "(一)政府信息公开"
    assert report.sections[-1].paragraphs[-1].endswith("未收取政府信息公开信息处理费。")


def test_its_passages(shared):
    document = read(shared / "reports" / "lufeng-2023.txt")
    assert (document.kind, document.year, document.org) == ("report", 2023, "楚雄州生态环境局禄丰分局")
    headings = [passage.heading for passage in document.passages]
    assert "(三)平台建设" in headings and "五、存在的主要问题及改进措施" in headings
    assert all(passage.text and len(passage.text) <= 520 and not passage.article for passage in document.passages)
    tables = [passage for passage in document.passages if "表格数据" in passage.heading]
    assert len(tables) == 3 and not any(passage.verbatim for passage in tables)
    assert "行政许可：本年处理决定数量38" in tables[0].text
    assert not any("|" in passage.text for passage in document.passages)


# --- one report in every format


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf", ".doc"])
def test_every_format_reads_the_same(tmp_path, suffix, request):
    if suffix == ".doc":  # converted by it
        request.getfixturevalue("libreoffice")
    report = read_report(written(tmp_path, suffix))
    assert report.tables == sample.TABLES
    assert [(s.heading, list(s.paragraphs)) for s in report.sections] == list(sample.PARTS.items())
    assert (report.org, report.year, report.title) == (sample.ORG, sample.YEAR, sample.TITLE)
    assert (report.signature_date, report.form, report.notes) == (date(2025, 1, 16), "2021", ())


def test_what_a_page_prints_around_the_report_is_not_its_own(tmp_path):
    path = tmp_path / "report.html"
    text = sample.as_html().replace("<body>", "<body><div>网站首页 | 政务公开 | 无障碍</div>", 1)
    printed = text.replace("2025年1月16日", "2025年1月16日主办：某单位 备案号：ICP备00000001号")
    assert text != sample.as_html() and printed != text
    path.write_text(printed, encoding="utf-8")
    report = read_report(path)
    assert (report.title, report.org, report.signature_date) == (sample.TITLE, sample.ORG, date(2025, 1, 16))


def test_a_title_that_begins_with_the_year_names_the_government(tmp_path):
    path = tmp_path / "report.txt"
    body = sample.as_web_copy()
    path.write_text(
        body.replace(sample.TITLE, "2024年云溪县人民政府信息公开工作年度报告").replace(
            sample.ORG, "云溪县人民政府办公室"
        ),
        encoding="utf-8",
    )
    report = read_report(path)
    assert (report.year, report.org) == (2024, "云溪县人民政府办公室")
    assert report.title == "2024年云溪县人民政府信息公开工作年度报告"


def test_gb18030_and_utf8_with_bom_read_the_same(tmp_path):
    for encoding in ("gb18030", "utf-8-sig", "utf-16"):
        path = tmp_path / "report.txt"
        path.write_text(sample.as_web_copy(), encoding=encoding)
        assert read_report(path).tables == sample.TABLES


def test_a_row_over_several_lines(tmp_path):
    text = sample.as_web_copy()
    for whole, broken in (
        ("| 规章 | 0 | 1 | 2 |", "| 规章\n | 0 | 1\n\n | 2 |"),
        ("| 行政规范性文件 | 13 | 4 | 25 |", "| 行政规范性文件 | 13\n| 4 | 25 |"),
        ("| 行政处罚 | 47 |", "|\n行政处罚\n|\n47\n|"),
    ):
        assert whole in text
        text = text.replace(whole, broken)
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    assert read_report(path).tables == sample.TABLES


def test_tab_separated_copy(tmp_path):
    lines = [line.strip(" |").replace(" | ", "\t") for line in sample.as_web_copy().split("\n")]
    path = tmp_path / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    assert read_report(path).tables == sample.TABLES


def test_figures_of_a_table_in_part_one_are_not_the_statutory_ones(tmp_path):
    html = sample.as_html().replace(
        "<p>（一）主动公开</p>",
        "<p>（一）主动公开</p><table><tr><td>行政许可</td><td>15</td></tr><tr><td>其他</td><td>9</td></tr></table>",
    )
    path = tmp_path / "report.html"
    path.write_text(html, encoding="utf-8")
    assert read_report(path).tables == sample.TABLES


def test_a_page_laid_out_by_tables(tmp_path):
    body = sample.as_html().split("<div class='content'>")[1].split("</div>")[0]
    path = tmp_path / "report.html"
    path.write_text(f"<html><body><table><tr><td>栏目</td><td>{body}</td></tr></table></body></html>", encoding="utf-8")
    report = read_report(path)
    assert report.tables == sample.TABLES and report.org == sample.ORG


# --- cells and rows


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("0", 0),
        ("12", 12),
        ("１２", 12),
        ("1,808,595", 1808595),
        ("1 808 595", 1808595),
        ("180859\n5", 1808595),
        ("-3", -3),
        ("592.2449", Decimal("592.2449")),
        ("0.00", Decimal("0.00")),
        ("", None),
        (" 　", None),
        ("/", "/"),
        ("-", "-"),
        ("—", "—"),
        ("无", "无"),
        ("38件", 38),
        ("0 0", "0 0"),
        ("22（其中修订16件）", 22),
        ("55（含自然失效29件）", 55),
        ("3(较上年增加1件)", 3),
        ("1,204 件", 1204),
        ("523.15万元", Decimal("523.15")),
        ("22（一）", "22（一）"),
        ("第3项", "第3项"),
        ("约30件", "约30件"),
        ("38件，其中2件", "38件，其中2件"),
        ("00", "00"),
        ("80 件", 80),
        ("80　件", 80),
        ("1，204", 1204),
        ("2.40 万元", Decimal("2.40")),
        ("0（零）", 0),
        ("0件（无）", 0),
        ("12（十二）", 12),
        ("12（十三）", "12（十三）"),
        ("共80件", 80),
        ("12件/次", 12),
        ("80余件", "80余件"),
        ("暂无", "暂无"),
    ],
)
def test_the_four_states_of_a_cell(printed, read):
    assert read_cell(printed) == read and type(read_cell(printed)) is type(read)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("规范性文件\t12件\t5件\t80 件", [12, 5, 80]),
        ("规范性文件\t12\t5\t80　件", [12, 5, 80]),
        ("规范性文件  12 件  5 件  80 件", [12, 5, 80]),
        ("规范性文件 12 件 5 件 80 件", [12, 5, 80]),
        ("规范性文件　12　件　5　件　80　件", [12, 5, 80]),
        ("| 规范性文件 | 12 件 | 5 | 80 份 |", [12, 5, 80]),
        ("规范性文件\t12\t5\t约80件", [12, 5, "约80件"]),
        ("规范性文件 12 约5件 80", [12, "约5件", 80]),
        ("规范性文件\t1，204\t0（零）\t1，300 件", [1204, 0, 1300]),
        ("规范性文件\t12\t暂无\t80余件", [12, "暂无", "80余件"]),
    ],
)
def test_units_and_notes_stay_in_the_cell_that_they_belong_to(row, cells):
    printed = [piece for piece in pieces([(0, TextParagraph(row))]) if piece.text]
    assert [piece.text for piece in printed if not piece.figure] == ["规范性文件"]
    assert [read_cell(piece.text) for piece in printed if piece.figure] == cells


def test_blank_and_slash_stay_apart_in_tables(tmp_path):
    text = sample.as_web_copy().replace("| 规章 | 0 | 1 | 2 |", "| 规章 | / |  | - |")
    text = text.replace("| 1 | 2 | 3 | 4 | 5 | 6 |", "|  | 2 | - | 4 | / | 6 |")
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    tables = read_report(path).tables
    assert tables["table2"]["regulations"] == {"issued": "/", "repealed": None, "in_force": "-"}
    assert tables["table4"]["review"] == {"upheld": None, "corrected": 2, "other": "-", "pending": 4, "total": "/"}


def test_missing_extra_and_short_rows_are_noted(tmp_path):
    lines = sample.as_web_copy().split("\n")
    at = next(i for i, line in enumerate(lines) if "2.重复申请" in line)
    lines[at] = "| 9.格式以外的事项 | 1 | 1 | 1 | 1 | 1 | 1 | 1 |"
    at = next(i for i, line in enumerate(lines) if "8.属于行政查询事项" in line)
    lines[at] = "| 8.属于行政查询事项 | 1 | 1 | 1 |"
    path = tmp_path / "report.txt"
    path.write_text("\n".join(lines), encoding="utf-8")
    report = read_report(path)
    assert "not_processed.duplicate" not in report.tables["table3"]
    assert "denied.administrative_inquiry" not in report.tables["table3"]
    notes = "；".join(map(str, report.notes))
    assert "缺少“2.重复申请”" in notes and "格式以外的事项" in notes and "单元格数目与表头不符" in notes


def test_the_trial_format_is_told_and_its_counts_are_not_mixed_up():
    grid = TableGrid(
        (
            ("第二十条第（一）项",),
            ("信息内容", "本年新制作数量", "本年新公开数量", "对外公开总数量"),
            ("规章", "1", "1", "9"),
            ("规范性文件", "2", "2", "8"),
            ("第二十条第（五）项",),
            ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
            ("行政许可", "7", "-1", "33"),
            ("第二十条第（八）项",),
            ("信息内容", "上一年项目数量", "本年增/减"),
            ("行政事业性收费", "3", "0"),
        )
    )
    tables, form, notes = read_tables([grid])
    assert form == "2019" and tuple(map(str, notes)) == (
        "表二缺少“其他对外管理服务事项”一行",
        "表二缺少“行政处罚”一行",
        "表二缺少“行政强制”一行",
        "表二缺少“政府集中采购”一行",
    )
    assert tables["table2"] == {
        "regulations": {"newly_made": 1, "newly_disclosed": 1, "disclosed_total": 9},
        "normative_documents": {"newly_made": 2, "newly_disclosed": 2, "disclosed_total": 8},
        "licensing_previous_items": 7,
        "licensing_change": -1,
        "licensing": 33,
        "charges_previous_items": 3,
        "charges_change": 0,
    }
    comparable = comparable_figures(tables, load_form("2019"), load_form("2021"))
    assert comparable == {"table2.licensing": 33}


# --- whose, of which year


def lines(tmp_path, *paragraphs):
    path = tmp_path / "report.txt"
    path.write_text("\n".join(paragraphs), encoding="utf-8")
    return read_report(path)


@pytest.mark.parametrize(
    ("paragraphs", "org", "year"),
    [
        (["云川县教育局", "2022年政府信息公开工作年度报告", "一、总体情况", "情况良好。"], "云川县教育局", 2022),
        (["云川县教育局二〇二三年度政府信息公开工作年度报告", "一、总体情况", "情况良好。"], "云川县教育局", 2023),
        (["2024年云川县教育局政府信息公开年度报告", "一、总体情况", "情况良好。"], "云川县教育局", 2024),
        (
            [
                "一、总体情况",
                "自2021年1月1日起至12月31日，情况良好。",
                "六、其他需要报告的事项",
                "无。",
                "云川县教育局　2022年1月9日",
            ],
            "云川县教育局",
            2021,
        ),
        (
            ["一、总体情况", "情况良好。", "六、其他需要报告的事项", "无。", "云川县人民政府办公室", "2022年1月9日"],
            "云川县人民政府办公室",
            2021,
        ),
    ],
)
def test_organ_and_year(tmp_path, paragraphs, org, year):
    report = lines(tmp_path, *paragraphs)
    assert (report.org, report.year) == (org, year)


def test_items_inside_a_part_are_no_parts(tmp_path):
    report = lines(
        tmp_path,
        "一、总体情况",
        "好。",
        "五、存在的主要问题及改进情况",
        "一、更新不及时",
        "已改。",
        "六、其他需要报告的事项",
        "无。",
    )
    assert [s.heading for s in report.sections] == [
        "一、总体情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_long_sections_are_cut_between_paragraphs(tmp_path):
    path = tmp_path / "report.txt"
    paragraphs = [f"第{i}段。" + "工作扎实推进，" * 30 for i in range(6)]
    path.write_text(
        "\n".join(["一、总体情况", "（一）主动公开", *paragraphs, "六、其他需要报告的事项", "无。"]), encoding="utf-8"
    )
    document = read(path)
    first = [p for p in document.passages if p.heading == "一、总体情况/（一）主动公开"]
    assert len(first) == 3 and "\n".join(p.text for p in first) == "\n".join(paragraphs)


def test_a_regulation_is_no_report(shared):
    with pytest.raises(UnusableInput, match="不能作为年度报告"):
        read_report(shared / "regulations" / "档案法(2020-06-20).md")
