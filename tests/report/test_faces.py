"""Fonts that are not here: what stands in for them, said once, and no two kinds in one face."""

import zipfile
from pathlib import Path

import pytest

from report.faces import STAND_INS, in_faces, stand_ins, told
from report.page_format import BODY, HEADING, SMALL, SUBHEADING, TITLE

LINUX = frozenset({"Noto Sans CJK SC", "Noto Serif CJK SC"})


@pytest.mark.parametrize(
    ("here", "expected"),
    [
        (frozenset(), {}),  # nothing is known of this computer
        (frozenset(STAND_INS), {}),
        (frozenset({"华文中宋", "仿宋", "SimHei", "楷体", "SimSun"}), {}),
        (
            LINUX,
            dict.fromkeys((TITLE, BODY, SUBHEADING, SMALL), "Noto Serif CJK SC") | {HEADING: "Noto Sans CJK SC"},
        ),
        (LINUX | {"AR PL UKai CN"}, {SUBHEADING: "AR PL UKai CN"}),
        (
            frozenset({"Kaiti SC", "Songti SC", "Heiti SC"}),
            {SUBHEADING: "Kaiti SC", HEADING: "Heiti SC", BODY: "Songti SC"},
        ),
        (frozenset({"DejaVu Sans"}), {}),  # nothing Chinese to stand in
    ],
)
def test_what_stands_in(here, expected):
    found = stand_ins(here)
    assert expected.items() <= found.items() and (bool(expected) or not found)


def test_it_is_said_once_with_the_names():
    said = told(stand_ins(LINUX))
    assert said.count("没有公文用的字体") == 1 and all(name in said for name in STAND_INS)
    assert "Noto Serif CJK SC" in said and told({}) == ""


def test_the_copy_for_print_names_faces_that_are_here(tmp_path):
    from docx import Document

    from report.page_format import lay_out

    document = Document()
    lay_out(document, "标题", "某局")
    document.add_paragraph("一、总体情况", style="Heading 1")
    document.save(str(tmp_path / "report.docx"))
    before = (tmp_path / "report.docx").read_bytes()
    in_faces(tmp_path / "report.docx", tmp_path / "printed.docx", stand_ins(LINUX))
    with zipfile.ZipFile(tmp_path / "printed.docx") as copy:
        styles = copy.read("word/styles.xml").decode("utf-8")
    assert not any(name in styles for name in STAND_INS) and all(face in styles for face in LINUX)
    Document(str(tmp_path / "printed.docx"))  # still a Word file
    assert Path(tmp_path / "report.docx").read_bytes() == before
