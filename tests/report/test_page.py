"""report.docx against GB/T 9704—2012, part by part in its XML, and report.html as a portal's editor takes it."""

import html
import os
import re
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from lxml import etree

import app
import statutory
from domain import UnusableInput
from report import docx, pdf
from report import html as web
from report.write import write
from tests.report.finished import finished
from tests.report.test_trace import EXAMPLES
from tests.statutory.ledger_samples import minimal, row, save

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM, PT = 1440 / 25.4, 20  # in twentieths of a point


@pytest.fixture(scope="module")
def report():
    return finished(statutory.compute(EXAMPLES / "台账示例-2025.xlsx"))


@pytest.fixture(scope="module")
def parts(report, tmp_path_factory):
    """Part name -> its XML."""
    path = tmp_path_factory.mktemp("page") / "report.docx"
    docx.render(report, path)
    with zipfile.ZipFile(path) as package:
        return {name: etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")}


def find(element, path):
    return element.find("/".join(W + step for step in path.split("/")))


def value(element, path, name="val"):
    found = find(element, path)
    return None if found is None else found.get(W + name)


@pytest.fixture(scope="module")
def styles(parts):
    return {value(style, "name"): style for style in parts["word/styles.xml"].iter(W + "style")}


def test_a4_with_the_margins_of_the_standard(parts):
    section = find(parts["word/document.xml"], "body/sectPr")
    assert (value(section, "pgSz", "w"), value(section, "pgSz", "h"), value(section, "pgSz", "orient")) == (
        "11906",
        "16838",
        None,
    )
    for side, millimetres in (("top", 37), ("left", 28), ("bottom", 35), ("right", 26)):
        assert abs(int(value(section, "pgMar", side)) - millimetres * MM) < 2


@pytest.mark.parametrize(
    ("name", "font", "half_points", "alignment", "level"),
    [
        ("Title", "方正小标宋简体", "44", "center", None),
        ("Body Text", "仿宋_GB2312", "32", "both", None),
        ("heading 1", "黑体", "32", "both", "0"),
        ("heading 2", "楷体_GB2312", "32", "both", "1"),
        ("heading 3", "仿宋_GB2312", "32", "both", "2"),
        ("落款", "仿宋_GB2312", "32", "right", None),
    ],
)
def test_fonts_sizes_and_levels(styles, name, font, half_points, alignment, level):
    style = styles[name]
    fonts = find(style, "rPr/rFonts")
    assert {fonts.get(W + script) for script in ("ascii", "hAnsi", "eastAsia", "cs")} == {font}
    assert (value(style, "rPr/sz"), value(style, "pPr/jc"), value(style, "pPr/outlineLvl")) == (
        half_points,
        alignment,
        level,
    )
    assert value(style, "rPr/b") == "0"


def test_22_lines_of_28_characters_and_an_indent_of_two(parts, styles):
    body = styles["Body Text"]
    line, size = int(value(body, "pPr/spacing", "line")), int(value(body, "rPr/sz")) / 2
    height, width = (297 - 37 - 35) * MM, (210 - 28 - 26) * MM
    assert value(body, "pPr/spacing", "lineRule") == "exact" and int(height // line) == 22
    assert int(width // (size * PT + int(value(body, "rPr/spacing")))) == 28
    assert value(find(parts["word/document.xml"], "body/sectPr"), "docGrid", "linePitch") == str(line)
    for name in ("Body Text", "heading 1", "heading 2", "heading 3"):
        assert value(styles[name], "pPr/ind", "firstLineChars") == "200"


def test_page_numbers_stand_on_the_outer_side(parts):
    assert find(parts["word/settings.xml"], "evenAndOddHeaders") is not None
    sides = set()
    for name, footer in parts.items():
        if "footer" not in name:
            continue
        assert "".join(footer.itertext()) == "— PAGE —"
        runs = list(footer.iter(W + "rPr"))
        assert {(value(run, "rFonts", "eastAsia"), value(run, "sz")) for run in runs} == {("宋体", "28")}
        paragraph = find(footer, "p/pPr")
        side = value(paragraph, "jc")
        assert value(paragraph, "ind", f"{side}Chars") == "100"
        sides.add(side)
    assert sides == {"left", "right"}
    kinds = {reference.get(W + "type") for reference in parts["word/document.xml"].iter(W + "footerReference")}
    assert kinds == {"default", "even"}


def test_each_font_names_another_in_its_place(parts):
    named = {font.get(W + "name"): value(font, "altName") for font in parts["word/fontTable.xml"]}
    assert {name: named[name] for name in ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312")} == {
        "方正小标宋简体": "华文中宋",
        "仿宋_GB2312": "仿宋",
        "楷体_GB2312": "楷体",
    }
    assert named["黑体"] and named["宋体"]


def test_tables_are_merged_as_the_form_and_their_headings_repeat(parts):
    tables = list(parts["word/document.xml"].iter(W + "tbl"))
    assert len(tables) == 3
    table3 = tables[1]
    cells = {"".join(cell.itertext()): cell for cell in table3.iter(W + "tc")}
    assert value(cells["法人或其他组织"], "tcPr/gridSpan") == "5"
    note = cells["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"]
    assert (value(note, "tcPr/gridSpan"), value(note, "tcPr/vMerge")) == ("3", "restart")
    rows = table3.findall(W + "tr")
    assert [find(line, "trPr/tblHeader") is not None for line in rows] == [True] * 3 + [False] * (len(rows) - 3)
    assert all(find(line, "trPr/cantSplit") is not None for table in tables for line in table.findall(W + "tr"))
    for table in tables:
        total = sum(int(column.get(W + "w")) for column in table.iter(W + "gridCol"))
        assert total <= 156 * MM + 10  # a rounding of half a twip a column
        for line in table.findall(W + "tr"):
            assert sum(int(value(cell, "tcPr/gridSpan") or 1) for cell in line.findall(W + "tc")) == len(
                list(table.iter(W + "gridCol"))
            )


def test_headings_keep_to_what_follows_and_the_signature_to_the_text(parts, styles):
    assert all(find(styles[name], "pPr/keepNext") is not None for name in ("heading 1", "heading 2", "heading 3"))
    paragraphs = parts["word/document.xml"].findall(f"{W}body/{W}p")
    *_, last, empty, organ, day = paragraphs
    assert ("".join(organ.itertext()), "".join(day.itertext())) == ("云岫县生态环境局", "2026年1月16日")
    assert value(day, "pPr/ind", "right") == str(4 * 16 * PT)
    assert all(find(paragraph, "pPr/keepNext") is not None for paragraph in (last, empty, organ))


def test_metadata_name_nobody(parts):
    core = {etree.QName(item).localname: item.text or "" for item in parts["docProps/core.xml"]}
    assert core["creator"] == "云岫县生态环境局" and core["lastModifiedBy"] == core["description"] == ""
    text = etree.tostring(parts["docProps/app.xml"], encoding="unicode")
    assert "<Company/>" in text and "<Manager/>" in text


def test_html_keeps_its_shape_without_a_style_sheet(report):
    page = web.render(report)
    etree.fromstring(re.sub(r"<!DOCTYPE html>|<meta[^>]*>", "", page))  # well-formed
    soup = BeautifulSoup(page, "lxml")
    assert soup.find("meta", attrs={"name": "viewport"}) and not soup.find_all(["script", "link", "iframe", "img"])
    assert not [tag for tag in soup.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
    for table in soup.find_all("table"):
        assert "overflow-x:auto" in table.parent["style"] and "border-collapse" in table["style"]
        assert all("border:1px" in cell["style"] for cell in table.find_all(["td", "th"]))
        assert all(cell["scope"] in ("row", "col") for cell in table.find_all("th"))
    assert all("text-indent:2em" in tag["style"] or "text-align" in tag["style"] for tag in soup.find_all("p"))
    assert len(soup.find_all("h1")) == 1 and len(soup.find_all("h2")) == 6
    assert html.unescape(soup.find_all("mark")[0].get_text()).startswith("【请补充")


@pytest.fixture
def failing(tmp_path):
    """A ledger whose 汇总数据 says another number of permits than its rows."""
    sheets = minimal()
    sheets["行政执法"].append(row("行政执法", 决定类型="行政许可", 决定日期="2025-03-01", 文号="一"))
    sheets["汇总数据"].append(["行政许可", 5, "件", ""])
    return save(sheets, tmp_path / "对不上.xlsx")


def test_a_ledger_that_fails_gives_a_marked_draft_in_every_file_and_exit_code_1(failing, tmp_path, monkeypatch, capsys):
    own = [part for name in ("overview", "problems", "other") for part in ("--section", f"{name}=没有需要说明的情况。")]
    monkeypatch.setattr(
        "sys.argv", ["gongkai", "build", str(failing), "--out", str(tmp_path / "成稿"), "--no-pdf", *own]
    )
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 1 and "草稿（数据未通过校验）" in capsys.readouterr().err
    folder = tmp_path / "成稿"
    assert sorted(path.name for path in folder.iterdir()) == ["figures.json", "report.docx", "report.html", "report.md"]
    for name in ("figures.json", "report.html", "report.md"):
        assert "草稿（数据未通过校验）" in (folder / name).read_text(encoding="utf-8")
    with zipfile.ZipFile(folder / "report.docx") as package:
        text = "".join(etree.fromstring(package.read("word/document.xml")).itertext())
    assert text.index("草稿（数据未通过校验）") < text.index("一、总体情况")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("", "没有找到 LibreOffice"),
        ("import time; time.sleep(9)", "没有完成"),
        ("raise SystemExit(1)", "运行出错"),
        ("pass", "没有写出文件"),
    ],
)
def test_without_a_pdf_the_other_files_are_there_and_a_note_says_why(program, said, report, tmp_path, monkeypatch):
    office = tmp_path / "soffice"
    office.write_text(f"#!/usr/bin/env python3\n{program}\n", encoding="utf-8")
    office.chmod(0o755)
    monkeypatch.setattr(pdf, "find_office", lambda: str(office) if program else "")
    monkeypatch.setattr(pdf, "SECONDS", 1 if "sleep" in program else 60)
    folder = tmp_path / "成稿"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(b"of an earlier report")
    files, notes = write(report, statutory.compute(EXAMPLES / "台账示例-2025.xlsx"), folder)
    assert (
        said in str(notes[0])
        and "1 处【请补充…】" in str(notes[1])
        and {path.name for path in files} == {path.name for path in Path(folder).iterdir()}
    )
    assert "report.pdf" not in {path.name for path in files}


def test_a_file_that_cannot_be_replaced_leaves_all_the_earlier_ones(report, tmp_path, monkeypatch):
    ledger = statutory.compute(EXAMPLES / "台账示例-2025.xlsx")
    write(report, ledger, tmp_path, with_pdf=False)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    replace = os.replace

    def held_open(source, target):
        if Path(source) == tmp_path / "report.md":
            raise PermissionError(13, "report.md 正被另一个程序使用")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held_open)
    with pytest.raises(UnusableInput, match="不能写入"):
        write(report, ledger, tmp_path, with_pdf=False)
    monkeypatch.undo()
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
