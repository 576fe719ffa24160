"""A zip comes in file by file; whatever is hostile in it is told by name and harms nothing."""

import stat
import zipfile

import pytest

from domain import UnusableInput
from ingest import archives, unpacked

TEXT = "示范办法\n第一条 甲。\n第二条 乙。"


def packed(folder, members, name="包.zip"):
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as package:
        for member, content in members:
            package.writestr(member, content)
    return folder / name


def told(archive):
    """name → text, or the fault."""
    with unpacked(archive) as members:
        return {item.name: item.fault or item.path.read_text(encoding="utf-8") for item in members}


def test_every_file_in_folders_is_unpacked_under_its_own_name(tmp_path):
    archive = packed(
        tmp_path, [("法规/办法.txt", TEXT), ("a.md", "x"), ("__MACOSX/._a.md", ""), (".DS_Store", ""), ("空/", "")]
    )
    with unpacked(archive) as members:
        assert [(item.name, item.path.name) for item in members] == [("法规/办法.txt", "办法.txt"), ("a.md", "a.md")]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_chinese_names_without_the_mark_of_utf_8(tmp_path, encoding):
    raw = "企业环境信息.txt".encode(encoding)
    info = zipfile.ZipInfo("x" * len(raw))
    archive = packed(tmp_path, [(info, TEXT)])
    archive.write_bytes(archive.read_bytes().replace(b"x" * len(raw), raw))
    assert told(archive) == {"企业环境信息.txt": TEXT}


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"])
def test_paths_that_lead_out_are_told_and_not_followed(tmp_path, name):
    (tmp_path / "in").mkdir()
    found = told(packed(tmp_path / "in", [(name, "x"), ("好.txt", TEXT)]))
    assert found.pop("好.txt") == TEXT
    assert "指向压缩包之外" in next(iter(found.values()))
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "包.zip"]


def test_a_bomb_a_link_a_nested_archive_and_a_huge_file_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST", 8 << 20)
    link = zipfile.ZipInfo("链接.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    members = [
        ("弹.txt", b"0" * (7 << 20)),
        (link, "/etc/passwd"),
        ("内.zip", b"PK"),
        ("大.txt", b"0" * (9 << 20)),
        ("好.txt", TEXT),
    ]
    found = told(packed(tmp_path, members))
    for name, said in (
        ("弹.txt", "大得不正常"),
        ("链接.txt", "是链接"),
        ("内.zip", "压缩包里的压缩包"),
        ("大.txt", "超过8MB"),
    ):
        assert said in found[name] and name in found[name]
    assert found["好.txt"] == TEXT


def test_a_false_statement_of_size_does_not_help_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST", 8 << 20)
    archive = packed(tmp_path, [("弹.txt", b"0" * (9 << 20))])
    data = archive.read_bytes()
    archive.write_bytes(data.replace((9 << 20).to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert "弹.txt" in told(archive)["弹.txt"] and len(told(archive)["弹.txt"]) < 100


def test_the_whole_is_limited_too(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_MOST_UNPACKED", 20)
    found = told(packed(tmp_path, [("一.txt", "0123456789"), ("二.txt", "01234567890123456789"), ("三.txt", "0")]))
    assert found["一.txt"] == "0123456789" and "大得不正常" in found["二.txt"]
    monkeypatch.setattr(archives, "_MOST_FILES", 2)
    with pytest.raises(UnusableInput, match="3个文件"):
        told(tmp_path / "包.zip")


def test_what_is_no_archive_is_told(tmp_path):
    (tmp_path / "坏.zip").write_bytes(b"PK\x03\x04" + b"\0" * 40)
    with pytest.raises(UnusableInput, match="坏.zip 已损坏"):
        told(tmp_path / "坏.zip")


def test_nothing_stays_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    told(packed(tmp_path, [("好.txt", TEXT), ("弹.txt", b"0" * (7 << 20))]))
    assert not list((tmp_path / "temp").iterdir())
