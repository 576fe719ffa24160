"""Word files → blocks: .docx with python-docx, .doc and .wps through LibreOffice where it is installed."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from domain import UnusableInput
from ingest.blocks import PICTURE, Block, TableGrid, TextParagraph, clean
from ingest.word_numbering import Numbering

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_TEXT = 100 * 1024 * 1024  # of all parts in XML, which are read whole
_SECONDS = 120
# What python-docx and zipfile raise over broken parts of a package.
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    KeyError,
    ValueError,
    IndexError,
    AttributeError,
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V = "{urn:schemas-microsoft-com:vml}"
_NOT_READ = (f"{_MC}Fallback", f"{_W}tabs", f"{_W}moveFrom", f"{_W}del", f"{_W}rt")
_MOST_SPAN = 100  # a file can claim any span; real tables have fewer


def docx_blocks(data: bytes, name: str) -> list[Block]:
    """The paragraphs and tables of a .docx in the order of its body."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml.etree import XMLSyntaxError

    _check_package(data, name)
    try:
        document = docx.Document(BytesIO(data))
        return list(_body(document.element.body, document, Numbering(document)))
    except (OpcError, XMLSyntaxError, *_DAMAGED) as error:
        raise UnusableInput(f"文件 {name} 已损坏，不是完整的 Word 文档") from error


def _check_package(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnusableInput(f"文件 {name} 有密码保护，请先取消密码再读入")
        raise UnusableInput(f"文件 {name} 的内容是旧版 Word 格式，与扩展名 .docx 不符，请改为 .doc 或另存为 .docx")
    if not data.startswith(b"PK"):
        raise UnusableInput(f"文件 {name} 的内容不是 Word 文档，与扩展名 .docx 不符")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
    except zipfile.BadZipFile as error:
        raise UnusableInput(f"文件 {name} 已损坏，不是完整的 Word 文档") from error
    if not any(entry.filename.startswith("word/") for entry in entries):
        raise UnusableInput(f"文件 {name} 的内容不是 Word 文档，与扩展名 .docx 不符")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnusableInput(f"文件 {name} 有密码保护，请先取消密码再读入")
    text = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    if (
        sum(entry.file_size for entry in entries) > _MOST_UNPACKED
        or sum(entry.file_size for entry in text) > _MOST_TEXT
    ):
        raise UnusableInput(f"文件 {name} 展开后过大，请确认它是正常的 Word 文档")
    _check_entities(data, name)


def _check_entities(data: bytes, name: str) -> None:
    """Word writes no entities; they are not resolved, so that text around one would be lost without a word."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            document = package.read("word/document.xml")
    except _DAMAGED as error:
        raise UnusableInput(f"文件 {name} 已损坏，不是完整的 Word 文档") from error
    if b"<!DOCTYPE" in document[:4096]:
        raise UnusableInput(f"文件 {name} 里有实体声明（DTD），正常的 Word 文档没有，可能有害，没有读入")


def _body(element, document, numbering: Numbering) -> Iterator[Block]:
    for child in element.iterchildren():
        if child.tag == f"{_W}p":
            level = _heading_level(child, document)
            number, text = numbering.of(child), clean(_text(child))
            for line in (number + text if text else "").split("\n"):
                if line := clean(line):
                    yield TextParagraph(line, level)
            if next(child.iterdescendants(f"{_A}blip", f"{_V}imagedata"), None) is not None:
                yield PICTURE
        elif child.tag == f"{_W}tbl":
            yield from _table(child, document, numbering)
        elif child.tag == f"{_W}sdt":  # a content control wraps ordinary paragraphs
            content = child.find(f"{_W}sdtContent")
            if content is not None:
                yield from _body(content, document, numbering)


def _table(table, document, numbering: Numbering) -> Iterator[Block]:
    rows = [row for row in table.iterdescendants(f"{_W}tr") if _own(row, f"{_W}tbl") is table and not _deleted(row)]
    cells = [[cell for cell in row.iterdescendants(f"{_W}tc") if _own(cell, f"{_W}tr") is row] for row in rows]
    lays_out = next(table.iterdescendants(f"{_W}tbl"), None) is not None or all(len(row) < 2 for row in cells)
    if lays_out:
        for cell in (cell for row in cells for cell in row):
            yield from _body(cell, document, numbering)
    elif cells:
        yield _expanded(rows, cells)


def _deleted(row) -> bool:
    """Deleted under a tracked revision: its text may stand there as any other's."""
    return row.find(f"{_W}trPr/{_W}del") is not None


def _own(node, tag: str):
    return next(node.iterancestors(tag), None)


def _expanded(rows: list, cells: list[list]) -> TableGrid:
    """The grid with each merged cell's text at every place that it covers."""
    texts: list[list[str]] = []
    printed: list[list[int]] = []
    number = 0
    for row, line in zip(rows, cells):
        before = _count(row, f"{_W}trPr/{_W}gridBefore", 0)
        texts.append([""] * before)
        printed.append([-place - 1 for place in range(before)])
        for cell in line:
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            at = len(texts[-1])
            goes_on = merge is not None and merge.get(f"{_W}val", "continue") == "continue"
            above = goes_on and len(texts) > 1 and at < len(texts[-2])
            number += 1
            text = texts[-2][at] if above else _cell_text(cell)
            across = min(_count(cell, f"{_W}tcPr/{_W}gridSpan", 1), _MOST_SPAN)
            texts[-1] += [text] * across
            printed[-1] += [printed[-2][at] if above else number] * across
    return TableGrid(tuple(map(tuple, texts)), tuple(map(tuple, printed)))


def _count(node, path: str, default: int) -> int:
    found = node.find(path)
    value = found.get(f"{_W}val", "") if found is not None else ""
    return int(value) if value.isdigit() else default


def _cell_text(cell) -> str:
    return clean("\n".join(_text(paragraph) for paragraph in cell.iter(f"{_W}p")))


def _text(paragraph) -> str:
    """The text of a paragraph with tracked insertions; what was deleted or moved away, the reading printed above
    a word (ruby), and drawn copies are left out."""
    parts = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr", f"{_W}noBreakHyphen"):
        if next(node.iterancestors(*_NOT_READ), None) is not None:
            continue
        own = next(node.iterancestors(f"{_W}p"), None) is paragraph
        if own:
            parts.append({f"{_W}t": node.text or "", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}.get(node.tag, "\n"))
    return "".join(parts)


def _heading_level(paragraph, document) -> int:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is None:
        return 0
    identity = style.get(f"{_W}val", "")
    name = next((item.name or "" for item in document.styles if item.style_id == identity), "")
    match = re.fullmatch(r"(?:heading|标题) ?(\d)", name, re.IGNORECASE)
    return int(match.group(1)) if match else int(name.lower() == "title")


def office_blocks(path: Path, data: bytes) -> list[Block]:
    """The blocks of a .doc or .wps, converted to .docx by LibreOffice in a throw-away profile."""
    program = soffice()
    if program is None:
        raise UnusableInput(f"文件 {path.name} 是旧版 Word/WPS 格式，本机没有 LibreOffice，请另存为 .docx 后重试")
    with tempfile.TemporaryDirectory(prefix="gongkai-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        original = work / f"original{path.suffix.lower()}"
        original.write_bytes(data)
        command = [
            program,
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--nodefault",
            f"-env:UserInstallation={(work / 'profile').as_uri()}",
            "--convert-to",
            "docx",
            "--outdir",
            str(work),
            str(original),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired as error:
            raise UnusableInput(f"文件 {path.name} 转换超时，可能有密码保护或已损坏，请另存为 .docx 后重试") from error
        converted = work / "original.docx"
        if not converted.is_file():
            raise UnusableInput(f"文件 {path.name} 无法转换，可能有密码保护或已损坏，请另存为 .docx 后重试")
        return docx_blocks(converted.read_bytes(), path.name)


def soffice() -> str | None:
    """The LibreOffice program, found on the path or where its installers put it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    places = [
        Path(os.environ.get(name, "")) / "LibreOffice/program/soffice.exe"
        for name in ("ProgramFiles", "ProgramFiles(x86)")
        if os.environ.get(name)
    ]
    places.append(Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"))
    return found or next((str(place) for place in places if place.is_file()), None)
