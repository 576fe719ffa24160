"""PDF → blocks: text lines put together into paragraphs, tables as grids, in reading order."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from io import BytesIO
from statistics import median

from domain import UnusableInput
from ingest.blocks import Block, Grid, Paragraph, clean

_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-—–－·\s]*$")
# A line that begins so begins a paragraph, wherever the one before ended.
_STARTS = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇]+[编章节条]|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、．])"
)
_DAMAGED = (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, RecursionError,
            EOFError, NotImplementedError, struct.error, zlib.error)  # fmt: skip


def blocks(data: bytes, name: str) -> list[Block]:
    """The blocks of a PDF; a page that is a picture, a password or damage is UnusableInput."""
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    if b"%PDF-" not in data[:1024]:
        raise UnusableInput(f"文件 {name} 的内容不是 PDF，与扩展名 .pdf 不符")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            return _joined([_page(page, name) for page in document.pages])
    except (PdfminerException, MalformedPDFException, PDFException, PSException, *_DAMAGED) as error:
        if "Password" in repr(error) or "Encryption" in repr(error):
            raise UnusableInput(f"文件 {name} 有密码保护，请先取消密码再读入") from error
        raise UnusableInput(f"文件 {name} 已损坏，不是完整的 PDF") from error


def _page(page, name: str) -> list[Block]:
    """The blocks of one page, from top to bottom."""
    if not page.chars:
        if page.images:
            raise UnusableInput(f"文件 {name} 第{page.page_number}页没有文字层（扫描件），请先做文字识别（OCR）再读入")
        return []
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]

    def outside(item) -> bool:
        middle = (item["top"] + item["bottom"]) / 2
        return not any(top <= middle <= bottom and left <= item["x0"] <= right for left, top, right, bottom in boxes)

    lines = page.filter(lambda item: item["object_type"] != "char" or outside(item)).extract_text_lines()
    lines = [line for line in lines if not _is_page_number(line, page)]
    placed: list[tuple[float, Block]] = [(table.bbox[1], _grid(table)) for table in tables]
    placed += _paragraphs(lines, [box[1] for box in boxes])
    page.close()
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _is_page_number(line: dict, page) -> bool:
    at_edge = line["top"] > page.height * 0.9 or line["bottom"] < page.height * 0.08
    return at_edge and bool(_PAGE_NUMBER.match(line["text"]))


def _grid(table) -> Grid:
    return Grid(tuple(tuple(clean(cell or "") for cell in row) for row in table.extract()))


def _paragraphs(lines: list[dict], table_tops: list[float]) -> list[tuple[float, Block]]:
    """Lines joined into paragraphs: a new one starts after a short line, at an indent or a number."""
    if not lines:
        return []
    left, right = min(line["x0"] for line in lines), max(line["x1"] for line in lines)
    found: list[tuple[float, str]] = []
    previous = None
    for line in lines:
        size = median(char["size"] for char in line["chars"])
        joins = (
            previous is not None
            and previous["x1"] > right - 2 * size
            and line["x0"] < left + 0.8 * size
            and not _STARTS.match(line["text"])
            and abs(median(char["size"] for char in previous["chars"]) - size) < 1
            and not any(previous["top"] < top < line["top"] for top in table_tops)
        )
        if joins:
            found[-1] = (found[-1][0], _spliced(found[-1][1], line["text"]))
        else:
            found.append((line["top"], line["text"]))
        previous = line
    return [(top, Paragraph(text)) for top, raw in found if (text := clean(raw))]


def _spliced(before: str, after: str) -> str:
    """Two lines of one paragraph: Chinese runs on, words of Latin letters keep a blank between."""
    gap = " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() else ""
    return before + gap + after


def _joined(pages: list[list[Block]]) -> list[Block]:
    """All pages in a row: a table or a paragraph that goes over a page break is made whole."""
    found: list[Block] = []
    for page in pages:
        if found and page and isinstance(found[-1], Grid) and isinstance(page[0], Grid):
            if len(found[-1].rows[-1]) == len(page[0].rows[0]):
                found[-1] = Grid(found[-1].rows + page[0].rows)
                page = page[1:]
        elif found and page and isinstance(found[-1], Paragraph) and isinstance(page[0], Paragraph):
            before, after = found[-1].text, page[0].text
            if not _STARTS.match(after) and len(before) > 20 and before[-1] not in "。；：！？:;.":
                found[-1] = Paragraph(_spliced(before, after))
                page = page[1:]
        found += page
    return found
