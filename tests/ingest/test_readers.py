"""Files as they come: each bad one is one plain Chinese sentence that names it, and none runs or leaks."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from domain import UnusableInput
from ingest import files, read, readers, word_files
from ingest.masking import mask
from tests.ingest import report_samples as sample


def docx_bytes(tmp_path):
    sample.write_docx(tmp_path / "whole.docx")
    return (tmp_path / "whole.docx").read_bytes()


def locked_pdf():
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def scanned_pdf():
    out = BytesIO()
    Image.new("RGB", (60, 60), "white").save(out, "PDF")
    assert len(PdfReader(BytesIO(out.getvalue())).pages) == 1
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BAD = [
    ("空.txt", b"", "是空的"),
    ("空白.md", b"\n \n", "是空的"),
    ("只有标记.html", b"<html><body><script>1</script></body></html>", "没有文字"),
    ("图片.txt", b"\x89PNG\r\n\x1a\n0000", "图片"),
    ("二进制.txt", b"abc\x00\x01\x02", "二进制"),
    ("繁体.txt", "政府資訊公開條例規定機關應主動公開".encode("big5"), "编码无法识别"),
    ("截断.txt", "政府信息公开工作年度报告".encode()[:-1], "编码无法识别"),
    ("台账.xlsx", b"PK\x03\x04", "表格文件"),
    ("程序.exe", b"MZ", "类型无法读入"),
    ("无扩展名", b"abc", "类型无法读入"),
    ("文字.docx", "第一条 甲".encode(), "与扩展名 .docx 不符"),
    ("加密.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    ("旧版.docx", OLE, "旧版 Word"),
    ("坏包.docx", b"PK\x03\x04" + b"\0" * 50, "已损坏"),
    ("文字.pdf", "第一条 甲".encode(), "内容不是 PDF"),
    ("损坏.pdf", b"%PDF-1.7\n1 0 obj\n<<", "已损坏"),
    ("加密.pdf", locked_pdf(), "密码"),
    ("扫描.pdf", scanned_pdf(), "第1页没有文字层"),
    ("文档.html", b"%PDF-1.7", "内容是PDF"),
]


@pytest.mark.parametrize(("name", "data", "sentence"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_one_sentence(tmp_path, name, data, sentence):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnusableInput) as refused:
        read(tmp_path / name)
    message = str(refused.value)
    assert name in message and sentence in message and "\n" not in message


def test_a_cut_off_word_file(tmp_path):
    path = tmp_path / "截断.docx"
    path.write_bytes(docx_bytes(tmp_path)[:5000])
    with pytest.raises(UnusableInput, match="截断.docx 已损坏"):
        read(path)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnusableInput, match="找不到文件"):
        read(tmp_path / "没有.txt")
    with pytest.raises(UnusableInput, match="找不到文件"):
        files([tmp_path / "没有"])


def test_a_file_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(readers, "LARGEST", 2**20)
    (tmp_path / "大.txt").write_bytes(b"a" * (2**20 + 1))
    with pytest.raises(UnusableInput, match="超过1MB的上限"):
        read(tmp_path / "大.txt")


def test_old_word_without_libreoffice(tmp_path, monkeypatch):
    monkeypatch.setattr(word_files, "soffice", lambda: None)
    (tmp_path / "旧.wps").write_bytes(OLE)
    with pytest.raises(UnusableInput, match="旧.wps .*没有 LibreOffice"):
        read(tmp_path / "旧.wps")


def test_folders_are_expanded_in_order(tmp_path):
    for name in ("b.txt", "a.md", ".hidden.txt", "~$a.docx", "Thumbs.db", "sub/c.html", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in files([tmp_path, tmp_path / "b.txt"])]
    assert found == ["a.md", "b.txt", "sub/c.html"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(UnusableInput, match="没有可以读入的文件"):
        files([tmp_path / "empty"])


def test_the_digest_is_of_the_bytes(tmp_path):
    path = tmp_path / "办法.txt"
    path.write_text("办法\n第一条 甲。\n第二条 乙。", encoding="gb18030")
    document = read(path)
    assert document.digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.source == "办法.txt"


def test_no_external_entity_is_resolved(tmp_path):
    (tmp_path / "secret.txt").write_text("机密内容", encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(
        f'<!DOCTYPE html [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><p>第一条 甲&x;</p><p>第二条 乙</p>',
        encoding="utf-8",
    )
    assert "机密" not in str(read(page))


# --- personal data


@pytest.mark.parametrize(
    "text",
    [
        "身份证532331198001012345",
        "532331 19800101 234X",
        "手机13800138000",
        "+86 138-0013-8000",
        "138 0013 8000",
        "１３８００１３８０００",
        "电话：0878-3123456",
        "(0878)3123456",
        "010－66001234转8001",
        "400-810-0001",
        "联系电话：3123456",
        "139\u30001234\u30005678",
        "139\u00a01234\u00a05678",
        "139\u200b12345678",
        "139.1234.5678",
        "139·1234·5678",
        "tel13912345678",
        "(86)13912345678",
        "一三九一二三四五六七八",
        "0878\u30004122333",
        "010 1234 5678",
        "0878-412 2333",
        "联系电话（办公）：4122333",
        "电话：1 3 9 1 2 3 4 5 6 7 8",
        "5323 3119 8001 0112 34",
        "532331-19800101-1234",
        "532331 1980 0101 123Ｘ",
        "ID532331198001011234",
    ],
)
def test_numbers_of_persons_are_masked(text):
    assert "***" in mask(text) and not any(
        len(run) > 3 for run in mask(text).replace("***", " ").split() if run.isdigit()
    )


@pytest.mark.parametrize(
    "text",
    [
        "国务院令第711号",
        "2023年1月1日至12月31日",
        "1808595",
        "59237.2449万元",
        "12345政务服务便民热线",
        "国办公开办函〔2021〕30号",
        "发布信息311条，依申请公开0件",
        "2022823 2652",
        "91532331MA6K123456",
        "| 15 | 3 | 0 | 0 | 2 |",
        "1 5 3 0 0 0 0 0 0 0 0",
        "1 1 0 0 0 0 1 9 8 0 0 1 0 1 1 2 3 4",
        "HJ 1234-2020、HJ 5678-2021",
        "2023 1234 5678",
    ],
)
def test_figures_and_numbers_of_documents_are_not(text):
    assert mask(text) == text


def test_nothing_personal_leaves_a_file(tmp_path):
    path = tmp_path / "报告.txt"
    path.write_text(
        sample.as_web_copy().replace("专栏每月检查一次。", "张某 532331198001012345，电话13800138000。"),
        encoding="utf-8",
    )
    stored = str(read(path))
    assert "张某 ***，电话***。" in stored and "13800138000" not in stored
