"""Plain text and Markdown → blocks: strict decoding, headings, and tables drawn with | or tabs."""

from __future__ import annotations

import re

from domain import UnusableInput
from ingest.blocks import Block, TableGrid, TextParagraph, clean

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HTML_TABLE = re.compile(r"(<table\b.*?</table>)", re.DOTALL | re.IGNORECASE)
_HEADING = re.compile(r"^(#{1,6})\s*(.+?)\s*#*$")
# Rules, fenced containers and table separators are furniture of Markdown, not text.
_FURNITURE = re.compile(r"^(?:[-*_]{3,}|:{3,}.*)$")
_SEPARATOR = re.compile(r"^\|?(?:\s*+:?-{2,}+:?\s*+\|?)+$")  # possessive: a row of dashes and words is refused at once
_THIN_SEPARATOR = re.compile(r"^\|(?:\s*:?-:?\s*\|)+$")  # as a later row it is data: cells that print -
_PART = re.compile(r"^[一二三四五六七八九十]+、")
_LONGEST_ROW = 40
_CELL_AND_BAR = re.compile(r"([^|]+?)\s*\|")
_BLANK_CELL = "||"  # a paragraph of its own, as blanks are no text; a bar alone may only part two cells
_MANY = 12  # lines with a single bar; fewer are cells that a break stands in
_ITEM_OF_ARTICLE_20 = re.compile(r"^第二十条第\s*[(（].{1,2}[)）]\s*项$")


def decode(data: bytes, name: str) -> str:
    """``data`` as text: UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, never a guess.

    GB18030 accepts nearly any bytes, so what it yields must also look like Chinese.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            raise UnusableInput(f"文件 {name} 不是文本文件（含有二进制内容），请核对文件类型")
        if "\ufffd" in text or (encoding == "gb18030" and not _looks_chinese(text)):
            break
        return text
    raise UnusableInput(f"文件 {name} 的文字编码无法识别（支持 UTF-8 和 GB18030），请另存为 UTF-8 后重试")


def _looks_chinese(text: str) -> bool:
    """Most characters outside ASCII are common hanzi (GB2312 level 1) or Chinese punctuation."""
    wide = [char for char in text if ord(char) > 127]
    return not wide or sum(map(_is_common, wide)) >= 0.85 * len(wide)


def _is_common(char: str) -> bool:
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return char in "—–·〔〕㎡"
    return 0xA1 <= lead <= 0xA3 or 0xB0 <= lead <= 0xD7


def blocks(text: str) -> list[Block]:
    """The blocks of a text: one paragraph a line, tables as grids, HTML tables of Markdown too."""
    from ingest import web_pages

    found: list[Block] = []
    for piece in _HTML_TABLE.split(_COMMENT.sub("", text)):
        if _HTML_TABLE.fullmatch(piece):
            found += web_pages.blocks(piece)
        else:
            found += _line_blocks(piece.splitlines())
    return found


def _line_blocks(lines: list[str]) -> list[Block]:
    found: list[Block] = []
    rows: list[tuple[str, ...]] = []

    def close_grid() -> None:
        if rows:
            found.append(TableGrid(tuple(rows)))
            rows.clear()

    lines = _without_single_bars(lines)
    closed = _closes_rows(lines)
    at = 0
    while at < len(lines):
        line = clean(lines[at].strip(" \u3000"))
        if not line:
            at += 1
        elif line == _BLANK_CELL:
            close_grid()
            found.append(TextParagraph(line))
            at += 1
        elif line.startswith("|") and (end := _row_end(lines, at, closed)):
            joined = " ".join(clean(part) for part in lines[at:end])
            if not _SEPARATOR.match(joined) and not (len(rows) == 1 and _THIN_SEPARATOR.match(joined)):
                rows.append(_cells(joined))
            at = end
        elif "\t" in line:
            rows.append(tuple(clean(cell) for cell in lines[at].strip(" \r\n").split("\t")))
            at += 1
        elif rows and _ITEM_OF_ARTICLE_20.match(line):
            rows.append((line,))
            at += 1
        else:
            close_grid()
            if not _FURNITURE.match(line):
                found.append(_paragraph(line))
            at += 1
    close_grid()
    return found


def _without_single_bars(lines: list[str]) -> list[str]:
    """The lines of a copy that prints a cell on each line, with a bar behind it or on a line of its own, without bars.

    Behind cells, a bar alone is a blank cell, and two end a row; between cells, bars tell nothing of blanks.
    """
    bare = [clean(line) for line in lines]
    behind = sum(bool(_CELL_AND_BAR.fullmatch(line)) for line in bare)
    alone = sum(line == "|" for line in bare)
    if behind < _MANY and alone < _MANY:
        return lines
    found = []
    for line in bare:
        if behind >= _MANY and (cell := _CELL_AND_BAR.fullmatch(line)):
            found.append(cell[1])
        elif re.fullmatch(r"\|+", line):
            found += [_BLANK_CELL] if behind >= _MANY and line == "|" else []
        else:
            found.append(line)
    return found


def _closes_rows(lines: list[str]) -> bool:
    """Whether rows end with a bar, so that one without goes on: the closing bar is optional in Markdown."""
    opened = [line for raw in lines if (line := clean(raw)).startswith("|") and line.count("|") > 1]
    return sum(line.endswith("|") for line in opened) * 2 > len(opened)


def _row_end(lines: list[str], start: int, closed: bool) -> int:
    """The line after the table row that starts at ``start`` (a row may go over several), 0 if it is no row.

    ``closed`` tells that rows end with a bar in this text.
    """
    whole_line = clean(lines[start]).count("|") > 1
    for at in range(start, min(start + _LONGEST_ROW, len(lines))):
        line = clean(lines[at])
        follower = clean(lines[at + 1]) if at + 1 < len(lines) else ""
        if _PART.match(line):
            break
        if line.endswith("|"):
            # cells each on a line of their own, between lone bars: the row ends where no cell follows
            lone = line == "|" and follower and (at == start or not follower.startswith("|"))
            if not lone:
                return at + 1
        elif at == start and whole_line and not closed:
            following = next((text for raw in lines[at + 1 :] if (text := clean(raw))), "|")
            if following.startswith("|"):
                return at + 1
    return start + 1 if whole_line else 0


def _cells(row: str) -> tuple[str, ...]:
    inner = row.strip().removeprefix("|").removesuffix("|").replace("\\|", "\0")
    cells = (re.sub(r"<br\s*/?>", "\n", cell, flags=re.IGNORECASE) for cell in inner.split("|"))
    return tuple(clean(_unmarked(cell.replace("\0", "|"))) for cell in cells)


def _paragraph(line: str) -> TextParagraph:
    heading = _HEADING.match(line)
    if heading:
        return TextParagraph(_unmarked(heading.group(2)), len(heading.group(1)))
    return TextParagraph(_unmarked(line))


def _unmarked(text: str) -> str:
    """Without Markdown's bold marks."""
    return text.replace("**", "") if text.count("**") % 2 == 0 else text
