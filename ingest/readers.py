"""A file → its blocks: told apart by suffix, checked by content, cleaned and masked on the way out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from email import policy
from email.parser import BytesParser
from pathlib import Path

from domain import Note, UnusableInput
from ingest import text_files, web_pages, word_files
from ingest.blocks import Block, Source, TableGrid, without_personal_data
from ingest.characters import fold_characters, radicals

LARGEST = 50 * 1024 * 1024
LARGEST_ARCHIVE = 4 * LARGEST
SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml", ".docx", ".pdf", ".doc", ".wps")
ARCHIVES = (".zip",)
_WORKBOOKS = (".xlsx", ".xls", ".xlsm", ".et", ".csv")
_SKIPPED = {"thumbs.db", "desktop.ini", "__macosx"}
# What a file that claims to be text really is, by its first bytes.
_NOT_TEXT = {
    b"PK\x03\x04": "压缩包或 Office 文档",
    b"%PDF-": "PDF",
    b"\xd0\xcf\x11\xe0": "旧版 Office 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
}


def files(paths: Iterable[Path]) -> list[Path]:
    """The files meant: folders become what they hold (sorted, hidden and ``~$`` files left out)."""
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() and not _hidden(item, path))
            if not inside:
                raise UnusableInput(f"文件夹 {path} 里没有可以读入的文件")
            found.update(dict.fromkeys(inside))
        elif path.is_file():
            found[path] = None
        else:
            raise UnusableInput(f"找不到文件 {path}")
    return list(found)


def _hidden(item: Path, folder: Path) -> bool:
    parts = item.relative_to(folder).parts
    return any(is_furniture(part) for part in parts)


def is_furniture(name: str) -> bool:
    """Whether a file or folder is a system's or an editor's own, not a document."""
    return name.startswith((".", "~$")) or name.lower() in _SKIPPED


def read_source(path: Path) -> Source:
    """The file's blocks with its digest; UnusableInput says in one sentence why it cannot be read."""
    path = Path(path)
    _check_suffix(path)
    data = _bytes(path)
    read, notes = _blocks(path, data)
    blocks = tuple(block for raw in read if isinstance(block := without_personal_data(raw), TableGrid) or block.text)
    if not blocks:
        raise UnusableInput(f"文件 {path.name} 里没有文字")
    return Source(path.name, hashlib.sha256(data).hexdigest(), blocks, tuple(notes))


def _read_as(text: str) -> list[Note]:
    """A note on characters that only look like the ideographs they are read as (see ``characters``)."""
    found = radicals(text)
    some = "、".join(f"{char}（{fold_characters(char)}）" for char in found[:3])
    more = f"等{len(found)}个" if len(found) > 3 else ""
    return [Note("characters-read-as", f"文件里有形似汉字的部首字符{some}{more}，已按汉字读入")] if found else []


def _check_suffix(path: Path) -> None:
    suffix = path.suffix.lower()
    if suffix in _WORKBOOKS:
        raise UnusableInput(f"文件 {path.name} 是表格文件，不能读入知识库；台账请用“gongkai tables”计算")
    if suffix not in SUFFIXES:
        kinds = "、".join(SUFFIXES + ARCHIVES)
        raise UnusableInput(f"文件 {path.name} 的类型无法读入，支持的类型是 {kinds}")


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UnusableInput(f"文件 {path.name} 有{size // 2**20}MB，超过{LARGEST // 2**20}MB的上限，请拆分后读入")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnusableInput(f"找不到文件 {path}") from error
    except OSError as error:
        raise UnusableInput(f"文件 {path.name} 打不开：{error.strerror or error}") from error
    if not data.strip():
        raise UnusableInput(f"文件 {path.name} 是空的")
    return data


def _blocks(path: Path, data: bytes) -> tuple[list[Block], list[Note]]:
    """The blocks of the file, and notes on what of it could not be read."""
    suffix = path.suffix.lower()
    if suffix == ".pdf":
        from ingest import pdf_files

        found, notes, printed = pdf_files.blocks(data, path.name)
        return found, notes + _read_as(printed)
    if suffix == ".docx" or suffix in (".doc", ".wps") and data.startswith(b"PK\x03\x04"):
        return word_files.docx_blocks(data, path.name), []
    if suffix in (".doc", ".wps"):
        return word_files.office_blocks(path, data), []
    for head, really in _NOT_TEXT.items():
        if data.startswith(head):
            raise UnusableInput(f"文件 {path.name} 的内容是{really}，与扩展名 {suffix} 不符")
    if suffix in (".mht", ".mhtml"):
        return web_pages.blocks(_saved_page(data, path.name)), []
    text = text_files.decode(data, path.name)
    try:
        return (web_pages if suffix in (".html", ".htm") else text_files).blocks(text), _read_as(text)
    except RecursionError as error:  # no page that people read is nested hundreds deep
        raise UnusableInput(
            f"文件 {path.name} 的网页嵌套层数不正常，无法读入，请把正文另存为文本或 Word 后重试"
        ) from error


def _saved_page(data: bytes, name: str) -> str:
    """The page in a web archive (.mht), which is laid out like an e-mail."""
    for part in BytesParser(policy=policy.default).parsebytes(data).walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            return text_files.decode(page if isinstance(page, bytes) else b"", name)
    raise UnusableInput(f"文件 {name} 里没有网页，不是浏览器保存的单一文件网页")
