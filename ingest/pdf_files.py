"""PDF → blocks: text lines put together into paragraphs, tables as grids, in reading order."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from statistics import median

from domain import Note, UnusableInput
from ingest.blocks import PICTURE, Block, TableGrid, TextParagraph, clean
from ingest.characters import fold_characters

_PAGE_NUMBER = re.compile(r"^[-—–－·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*/\s*\d{1,4})?[-—–－·\s]*$")
# What a browser prints at the edges of a page: its address and number, when it was printed.
_ADDRESS = re.compile(r"^(?:file|https?)://\S+(?:\s+\d+/\d+)?$")
_STAMP = re.compile(r"^\d{1,4}[/年.-]\d{1,2}[/月.-]\d{1,4}日?[,，]?\s+\d{1,2}:\d{2}")
# A line that begins so begins a paragraph, wherever the one before ended.
_STARTS = re.compile(
    r"^(?:第[一二三四五六七八九十百千零〇]+[编章节条](?![第的规、和与及或至所，中])|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、．])"
)
# Radicals, compatibility ideographs, private characters, and codes without any: what a font, not its text, tells.
_DOUBTFUL = re.compile("[\u2e80-\u2fdf\u31c0-\u31ef\uf900-\ufaff\ue000-\uf8ff\ufffd]|\\(cid:")
_IDEOGRAPH = re.compile("[\u3400-\u4dbf\u4e00-\u9fff0-9A-Za-z，。；：、（）《》“”％/.-]")
# Of the font's size: gaps narrower than this are the setter's between hanzi and digits, not blanks.
_SPACING = {"x_tolerance_ratio": 0.5}
_FIGURES = re.compile(r"(?:(?:^|\s)(?:[\d,.]+|[/／—-])(?=\s|$)){2,}\s*$")
_CELLS, _CELL = 4, 6  # so many words of at most so many characters on the average: a row of a table without lines
_MOST_OUTSIDE = 0.2  # of a table's figures: the edge of the page may cut a cell
_EDGE = 2  # points by which a cell's edges are thick
_APART = 0.08  # of the font's size: digits that are farther apart are of two cells
_SHADOW = 0.15  # of the font's size: no two letters stand so near, however narrow
_DAMAGED = (
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    RecursionError,
    EOFError,
    NotImplementedError,
    struct.error,
    zlib.error,
)


def blocks(data: bytes, name: str) -> tuple[list[Block], list[Note], str]:
    """The blocks of a PDF, a note that names the pages that are only pictures, and the doubtful characters in it.

    A PDF of pictures alone, a password or damage is UnusableInput.
    """
    import pdfplumber
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

    if b"%PDF-" not in data[:1024]:
        raise UnusableInput(f"文件 {name} 的内容不是 PDF，与扩展名 .pdf 不符")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(BytesIO(data)) as document:
            pages, scanned, printed = [], [], ""
            for page in document.pages:
                _on_its_line(page)
                page = _once(page)
                printed += _as_meant(page, data)
                if not page.chars and page.images:
                    scanned.append(page.page_number)
                pages.append(_page(page))
    except (PdfminerException, MalformedPDFException, PDFException, PSException, *_DAMAGED) as error:
        if "Password" in repr(error) or "Encryption" in repr(error):
            raise UnusableInput(f"文件 {name} 有密码保护，请先取消密码再读入") from error
        raise UnusableInput(f"文件 {name} 已损坏，不是完整的 PDF") from error
    margins = _margins(pages)
    found = _joined([_in_order(page, *margins) for page in pages])
    if scanned and not found:
        raise UnusableInput(f"文件 {name} {_listed(scanned)}没有文字层（扫描件），请先做文字识别（OCR）再读入")
    said = f"{_listed(scanned)}没有文字层（扫描件），这些页没有读入"
    return found, [Note("pages-scanned", said)] if scanned else [], printed


def _on_its_line(page) -> None:
    """Give each character the height above its baseline that most hanzi of the page have.

    Else digits that are set in another font stand on a line of their own.
    """
    placed = [char for char in page.chars if char.get("upright") and char.get("matrix") and char["size"]]
    depths = [(char["matrix"][5] - char["y0"]) / char["size"] for char in placed if "一" <= char["text"] <= "龥"]
    usual = median(depths) if depths else 0.0
    for char in placed if depths else ():
        rise = char["matrix"][5] - usual * char["size"] - char["y0"]
        if abs(rise) < char["size"]:
            for edge, way in (("y0", 1), ("y1", 1), ("top", -1), ("bottom", -1), ("doctop", -1)):
                char[edge] += way * rise


def _once(page):
    """The page with each character once: a shadow, an outline or an embossed letter is drawn as a second one."""
    seen: dict[tuple[str, str], list[dict]] = {}
    again = set()
    for char in page.chars:
        drawn = seen.setdefault((char["text"], char["fontname"]), [])
        near = _SHADOW * char["size"]
        if any(abs(char["x0"] - one["x0"]) < near and abs(char["top"] - one["top"]) < near for one in drawn):
            again.add(id(char))
        else:
            drawn.append(char)
    return page.filter(lambda item: id(item) not in again) if again else page


def _as_meant(page, data: bytes) -> str:
    """Put in what pdfium reads where pdfminer gives no ideograph: it knows a page's marked content (ActualText).

    The characters that stood there are returned.
    """
    doubtful = [char for char in page.chars if _DOUBTFUL.match(char["text"])]
    printed = "".join(dict.fromkeys(char["text"] for char in doubtful))
    if not doubtful:
        return printed
    import pypdfium2
    from pypdfium2 import raw

    document = pypdfium2.PdfDocument(data)
    try:
        own = document[page.page_number - 1]
        text, height = own.get_textpage(), own.get_height()
        for char in doubtful:
            across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
            at = raw.FPDFText_GetCharIndexAtPos(text.raw, across, height - down, 1, 1)
            meant = chr(raw.FPDFText_GetUnicode(text.raw, at)) if at >= 0 else ""
            char["text"] = meant if _IDEOGRAPH.match(meant) else fold_characters(char["text"])
    finally:
        document.close()
    return printed


def _listed(pages: list[int]) -> str:
    """第1、3页; of many, the first ten and how many there are."""
    shown = "、".join(str(page) for page in pages[:10])
    return f"第{shown}页" if len(pages) <= 10 else f"第{shown}等{len(pages)}页"


@dataclass(frozen=True)
class _Page:
    """The text lines outside tables, and the tables, each with its box (left, top, right, bottom)."""

    lines: list[dict]
    tables: list[tuple[tuple[float, float, float, float], TableGrid]]
    width: float
    pictures: tuple[float, ...] = ()  # their upper edges


def _page(page) -> _Page:
    if not page.chars:
        return _Page([], [], page.width)
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.rows[0].cells) > 1]
    tables = [table for table in tables if _holds_all(table, page.chars)]
    boxes = [table.bbox for table in tables]

    def outside(item) -> bool:
        middle = (item["top"] + item["bottom"]) / 2
        return not any(top <= middle <= bottom and left <= item["x0"] <= right for left, top, right, bottom in boxes)

    text = page.filter(lambda item: item["object_type"] != "char" or outside(item))
    lines = [line for line in text.extract_text_lines(**_SPACING) if not _is_page_number(line, page)]
    for line in lines:
        line["text"] = _as_set(line)
    pictures = tuple(image["top"] for image in page.images if image["x1"] - image["x0"] > page.width / 2)
    read = _Page(lines, [(table.bbox, _grid(table)) for table in tables], page.width, pictures)
    page.close()
    return read


def _holds_all(table, chars: list[dict]) -> bool:
    """Whether nearly all figures within a table stand in its cells; stripes behind every other row are no table."""
    left, top, right, bottom = table.bbox
    within = without = 0
    for char in chars:
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if left <= across <= right and top <= down <= bottom and char["text"].isdigit():
            near = _EDGE
            own = any(
                x0 - near <= across <= x1 + near and y0 - near <= down <= y1 + near for x0, y0, x1, y1 in table.cells
            )
            within, without = within + own, without + (not own)
    return without <= _MOST_OUTSIDE * (within + without)


def _in_order(page: _Page, left: float, right: float) -> list[Block]:
    """The blocks of one page, from top to bottom."""
    placed: list[tuple[float, Block]] = [(box[1], grid) for box, grid in page.tables]
    placed += [(top, PICTURE) for top in page.pictures]
    placed += _paragraphs(page.lines, left, right, [box[1] for box, _ in page.tables])
    return [block for _, block in sorted(placed, key=lambda item: item[0])]


def _margins(pages: list[_Page]) -> tuple[float, float]:
    """Where lines begin and end in the whole document; a line that ends early ends its paragraph."""
    left = min((line["x0"] for page in pages for line in page.lines), default=0.0)
    ends = [line["x1"] for page in pages for line in page.lines] + [box[2] for page in pages for box, _ in page.tables]
    widest = max(ends, default=0.0)
    narrow = widest < 0.7 * max(
        (page.width for page in pages), default=0.0
    )  # no line reaches the margin: none is wrapped
    return left, float("inf") if narrow else widest


def _is_page_number(line: dict, page) -> bool:
    at_edge = line["top"] > page.height * 0.9 or line["bottom"] < page.height * 0.08
    again = page.page_number > 1 and _STAMP.match(line["text"])  # on the first page the title stands behind it
    return at_edge and bool(_PAGE_NUMBER.match(line["text"]) or _ADDRESS.match(line["text"]) or again)


def _grid(table) -> TableGrid:
    """The table with each merged cell's text at every place that it covers."""
    lefts = sorted({cell[0] for cell in table.cells})
    tops = sorted({cell[1] for cell in table.cells})
    texts = [["" for _ in lefts] for _ in tops]
    printed = [[-at - 1 for at in range(len(lefts))] for _ in tops]
    number = 0
    for row, words in zip(table.rows, table.extract(**_SPACING)):
        for cell, text in zip(row.cells, words):
            if cell is None:
                continue
            number += 1
            for down in (at for at, top in enumerate(tops) if cell[1] <= top < cell[3]):
                for right in (at for at, left in enumerate(lefts) if cell[0] <= left < cell[2]):
                    texts[down][right], printed[down][right] = clean(text or ""), number
    return TableGrid(tuple(map(tuple, texts)), tuple(map(tuple, printed)))


def _paragraphs(lines: list[dict], left: float, right: float, table_tops: list[float]) -> list[tuple[float, Block]]:
    """Lines joined into paragraphs: a new one starts after a short line, at an indent or a number."""
    found: list[tuple[float, str]] = []
    previous = None
    for line in lines:
        size = median(char["size"] for char in line["chars"])
        joins = (
            previous is not None
            and previous["x1"] > right - 2 * size
            and line["x0"] < left + 0.8 * size
            and not _STARTS.match(line["text"])
            and not _is_tabular(previous["text"])
            and not _is_tabular(line["text"])
            and abs(median(char["size"] for char in previous["chars"]) - size) < 1
            and not any(previous["top"] < top < line["top"] for top in table_tops)
        )
        if joins:
            found[-1] = (found[-1][0], _spliced(found[-1][1], line["text"]))
        else:
            found.append((line["top"], line["text"]))
        previous = line
    return [(top, TextParagraph(text)) for top, raw in found if (text := clean(raw))]


def _is_tabular(text: str) -> bool:
    """Whether a line is a row of a table that is drawn without lines."""
    words = text.split()
    short = len(words) >= _CELLS and sum(map(len, words)) <= _CELL * len(words)
    return short and not text.isascii() or bool(_FIGURES.search(text))


def _as_set(line: dict) -> str:
    """The text of a line; figures of two cells stay apart, however near they are set."""
    text, at = "", 0
    for before, char in zip([None, *line["chars"]], line["chars"]):
        if before is not None and before["text"].isdigit() and char["text"].isdigit():
            if char["x0"] - before["x1"] > _APART * char["size"] and not text.endswith(" "):
                text += " "
        elif at < len(line["text"]) and line["text"][at] == " " and char["text"] != " ":
            text += " "
        while at < len(line["text"]) and line["text"][at] == " ":
            at += 1
        text += char["text"]
        at += len(char["text"])
    return text if text.replace(" ", "") == line["text"].replace(" ", "") else line["text"]


def _spliced(before: str, after: str) -> str:
    """Two lines of one paragraph: Chinese runs on, words of Latin letters keep a blank between."""
    gap = " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() else ""
    return before + gap + after


def _joined(pages: list[list[Block]]) -> list[Block]:
    """All pages in a row: a table or a paragraph that goes over a page break is made whole."""
    found: list[Block] = []
    for page in pages:
        whole = _continued(found[-1], page[0]) if found and page else None
        if whole is not None:
            found[-1] = whole
            page = page[1:]
        found += page
    return found


def _continued(before: Block, after: Block) -> Block | None:
    """The two as one where the second goes on with the first, else None."""
    if isinstance(before, TableGrid) and isinstance(after, TableGrid) and before.rows and after.rows:
        return _one_grid(before, after) if len(before.rows[-1]) == len(after.rows[0]) else None
    if isinstance(before, TextParagraph) and isinstance(after, TextParagraph):
        goes_on = len(before.text) > 20 and before.text[-1] not in "。；：！？:;." and not _STARTS.match(after.text)
        return TextParagraph(_spliced(before.text, after.text)) if goes_on else None
    return None


def _one_grid(before: TableGrid, after: TableGrid) -> TableGrid:
    """Both grids' rows; a row that was cut within its label is put together again."""
    last, first = before.rows[-1], after.rows[0]
    highest = max(number for row in before.printed for number in row)
    printed = before.printed + tuple(
        tuple(number + highest if number > 0 else number for number in row) for row in after.printed
    )
    words = {cell for cell in first if cell}
    cut = (
        0 < len(words) <= 2
        and not any(char.isdigit() for cell in words for char in cell)
        and not any(_STARTS.match(cell) for cell in words)
        and any(cell.strip().isdigit() for cell in last)
    )
    if not cut:
        return TableGrid(before.rows + after.rows, printed)
    joined = tuple(above + below for above, below in zip(last, first))
    return TableGrid(
        before.rows[:-1] + (joined,) + after.rows[1:], printed[: len(before.rows)] + printed[len(before.rows) + 1 :]
    )
