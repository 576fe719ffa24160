"""The blocks of a report as a row of printed pieces: labels, figures, and cells that are left blank.

Copies of a report lose the lines of its tables in many ways: bars at the ends of lines, a cell on each
line, runs of blanks. What is left in all of them is the order in which labels and figures are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block, TextParagraph
from ingest.report_cells import UNIT, is_figure
from ingest.report_columns import fillings

_BARS = re.compile(r"\s*[|｜│┃¦]\s*")
_BEFORE_UNIT = re.compile(rf"(?<=\d)[ 　]+(?={UNIT}(?:\s|[（(|｜│┃¦]|$))")  # 80 件: one cell
_TABS = re.compile(r"\t|\s{2,}|　+")
_PAGE_NUMBER = re.compile(r"[-—–－·]\s*\d{1,3}\s*[-—–－·]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?")
_GLUED = re.compile(
    r"([\u4e00-\u9fff”）)])(\d[\d,.]*(?:\s+[\d,.]+){2,}\s*)$"
)  # 信息5 8 4 0: a label that reaches its figures
_RULE = re.compile(r"[|:\s]*-{3,}[-|:\s]*")  # of a Markdown table
_CELL_AND_BAR = re.compile(r"[^|]+\|")
_MANY = 12  # bars alone on a line
_LONGEST_CELL = 80  # characters; more is a sentence and no cell


@dataclass(frozen=True)
class Piece:
    """A label, a figure or a blank cell (""); ``block`` and ``line`` are where it is printed."""

    text: str
    figure: bool
    block: int
    line: int


@dataclass(frozen=True)
class Run:
    """Figures that stand one behind another, and the labels between them and the runs around.

    ``before`` and ``after`` are the texts of those labels, in order; ``first`` is the place of the
    first figure among the pieces.
    """

    figures: tuple[Piece, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    first: int

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(piece.text for piece in self.figures)

    def fitted(self, width: int) -> tuple[str, ...]:
        """The ``width`` figures without the blanks that only fill a row up; all of them where these cannot be told."""
        ways = fillings(self.texts, width)
        return ways[0] if len(ways) == 1 else self.texts


def pieces(blocks: Sequence[tuple[int, Block]]) -> list[Piece]:
    """What is printed in ``blocks`` (each with its number), in order."""
    found: list[Piece] = []
    line = 0
    lines = [block.text.strip() for _, block in blocks if isinstance(block, TextParagraph)]
    # between cells on lines of their own a bar parts them; behind cells it stands for a blank one
    parting = sum(text == "|" for text in lines) >= _MANY and not any(_CELL_AND_BAR.fullmatch(text) for text in lines)
    for number, block in blocks:
        if parting and isinstance(block, TextParagraph) and block.text.strip() == "|":
            continue
        for cells in _rows(block):
            if len(cells) > 1 and not any(cells):
                continue  # a spacer
            line += 1
            found += [Piece(text, figure, number, line) for cell in cells for text, figure in _split(cell)]
    return found


def runs(printed: Sequence[Piece]) -> list[Run]:
    """The runs of figures in ``printed``; blanks alone are none."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(printed):
        end = at
        while end < len(printed) and printed[end].figure:
            end += 1
        if any(piece.text for piece in printed[at:end]) or end - at >= _BLANK_ROW and _is_row(printed, at, end):
            spans.append((at, end))
        at = max(end, at + 1)
    edges = [0, *(end for _, end in spans)], [*(start for start, _ in spans), len(printed)]
    between = [tuple(piece.text for piece in printed[left:right] if not piece.figure) for left, right in zip(*edges)]
    return [
        Run(tuple(printed[start:end]), between[place], between[place + 1], start)
        for place, (start, end) in enumerate(spans)
    ]


_BLANK_ROW = 5  # blank cells behind a label; fewer only fill a row of headings up


def _is_row(printed: Sequence[Piece], start: int, end: int) -> bool:
    """Whether blank cells all belong to the row of the label before them."""
    return start > 0 and {piece.line for piece in printed[start:end]} == {printed[start - 1].line}


def _rows(block: Block) -> Iterator[list[str]]:
    """The cells of each line or row, each printed cell once."""
    if isinstance(block, TextParagraph):
        for line in block.text.split("\n"):
            if not _PAGE_NUMBER.fullmatch(line.strip()) and not _RULE.fullmatch(line.strip()):
                yield _cells(line)
        return
    seen: set[int] = set()
    for at, row in enumerate(block.rows):
        cells = list(row)
        if block.printed:  # below 0 nothing is printed, not even a blank cell
            numbered = zip(row, block.printed[at])
            cells = [cell for cell, number in numbered if number >= 0 and not (number in seen or seen.add(number))]
        yield [" ".join(cell.split()) for cell in cells]


def _cells(line: str) -> list[str]:
    """The cells of a line of text, by bars, else by tabs and wide gaps."""
    line = _BEFORE_UNIT.sub("", line)
    if _BARS.search(line):
        cells = _BARS.split(line.strip())
        return cells[not cells[0] : len(cells) - (not cells[-1])] or [""]
    return _TABS.split(line.strip())


def _split(cell: str) -> Iterable[tuple[str, bool]]:
    """(text, whether it is a figure) of a cell; a cell in which labels and figures stand together is taken apart."""
    cell = cell.strip()
    if not cell or is_figure(cell):
        return [(cell, True)]
    if len(cell) > _LONGEST_CELL and not re.search(r"(?:\s[\d./／—-]+){3}", cell):
        return [(cell, False)]
    found: list[tuple[str, bool]] = []
    for word in _GLUED.sub(r"\1 \2", cell).split():
        figure = is_figure(word)
        if (
            found
            and not figure
            and not found[-1][1]
            and not re.match(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]", word)
        ):
            found[-1] = (f"{found[-1][0]} {word}", False)
        else:
            found.append((word, figure))
    return found
