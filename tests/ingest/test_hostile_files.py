"""Files made to do harm, or to take for ever: told by name in a sentence, or read in bounded time."""

import zipfile

import docx
import pytest

from domain import UnusableInput
from ingest import read

HEAD = "云川示范办法\n（2022年1月1日云川县人民政府令第1号公布）\n"
PAGE = "<html><body><p>云川示范办法</p><p>第一条 甲。</p><p>第二条 本办法自2022年2月1日起施行。</p>{}</body></html>"


def altered(folder, change, name="坏.docx"):
    """A Word file whose parts have gone through ``change(name, bytes)``."""
    document = docx.Document()
    for line in (HEAD + "第一条 甲乙。\n第二条 丙。").split("\n"):
        document.add_paragraph(line)
    document.save(folder / "好.docx")
    with zipfile.ZipFile(folder / "好.docx") as good, zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as bad:
        for part in good.namelist():
            bad.writestr(part, change(part, good.read(part)))
    return folder / name


@pytest.mark.parametrize(
    ("declared", "used"),
    [
        ('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>', "&e;"),
        ('<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY e "&a;&a;&a;">]>', "&e;"),
    ],
)
def test_entities_in_a_word_file_are_refused_for_the_text_around_them_would_be_lost(tmp_path, declared, used):
    def change(part, data):
        if part != "word/document.xml":
            return data
        return data.replace(b"?>", b"?>" + declared.encode(), 1).replace("甲乙".encode(), f"甲{used}乙".encode())

    with pytest.raises(UnusableInput, match="坏.docx 里有实体声明"):
        read(altered(tmp_path, change))


def test_a_word_file_whose_text_unpacks_to_too_much_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr("ingest.word_files._MOST_TEXT", 1 << 20)
    swollen = altered(tmp_path, lambda part, data: data.replace("甲乙".encode(), b"x" * (2 << 20)))
    with pytest.raises(UnusableInput, match="坏.docx 展开后过大"):
        read(swollen)


def test_macros_and_remote_templates_are_left_alone(tmp_path):
    remote = b'<Relationship Id="rX" Type="http://x/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/></Relationships>'
    path = altered(
        tmp_path, lambda part, data: data.replace(b"</Relationships>", remote) if "document.xml.rels" in part else data
    )
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/vbaProject.bin", b"Sub AutoOpen()")
    assert [p.text for p in read(path).passages] == ["甲乙。", "丙。"]


def test_a_page_nested_without_end_is_told(tmp_path):
    (tmp_path / "深.html").write_text(PAGE.format("<div>" * 20_000 + "x"), encoding="utf-8")
    with pytest.raises(UnusableInput, match="深.html 的网页嵌套层数不正常"):
        read(tmp_path / "深.html")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "跨.html",
            PAGE.format("<table>" + "<tr><td>一</td><td rowspan=100 colspan=100>二</td></tr>" * 1500 + "</table>"),
        ),
        ("段.html", PAGE.format("<p>丙</p>" * 8_000)),
        ("条.txt", HEAD + "".join(f"第{number}条 甲。\n" for number in range(1, 15_001))),
        ("杠.txt", HEAD + "第一条 甲。\n第二条 乙。\n| " + "-" * 80 + " 丙 |\n"),
        ("宽.txt", HEAD + "第一条 甲。\n第二条 乙。\n" + ("| 一 " * 2000 + "|\n") * 5),
    ],
)
def test_what_is_long_wide_or_spans_much_is_read_in_time(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert [p.article_no for p in read(tmp_path / name).passages][:2] == [1, 2]
