"""What every file is turned into first: paragraphs and grids in reading order."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from domain import Note
from ingest.characters import fold_characters
from ingest.masking import mask
from ingest.numerals import NUMERAL, to_int

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ENUMERATOR = re.compile(r"^(?:[(（][0-9一二三四五六七八九十]+[)）]|[0-9]+[.、．]|[一二三四五六七八九十]+[、.．])\s*")
_NOT_LETTERS = re.compile(r"[\W_]+")
DATE = rf"[{NUMERAL}]{{4}}\s*年\s*[{NUMERAL}]{{1,3}}\s*月\s*[{NUMERAL}]{{1,3}}\s*日"
"""A full date in Arabic or Chinese numerals, for use inside a regular expression."""


@dataclass(frozen=True)
class TextParagraph:
    """One paragraph; ``level`` is that of a marked heading (1 = highest), 0 for plain text."""

    text: str
    level: int = 0


@dataclass(frozen=True)
class TableGrid:
    """A table: rows of cell texts. Spans are expanded where the file tells them, else rows are ragged.

    ``printed`` has the shape of ``rows`` and numbers the printed cells, so that a cell which covers
    several places is told from several cells with the same text; empty where nothing spans. A grid
    without rows stands for a picture: what it shows cannot be read.
    """

    rows: tuple[tuple[str, ...], ...]
    printed: tuple[tuple[int, ...], ...] = ()


PICTURE = TableGrid(())


Block = TextParagraph | TableGrid


@dataclass(frozen=True)
class Source:
    """A file as read: ``name`` is the file's name, ``digest`` the SHA-256 of its bytes."""

    name: str
    digest: str
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()


def clean(text: str) -> str:
    """``text`` in the characters that are meant (``characters``), without outer blanks."""
    text = _CONTROL.sub("", fold_characters(text.replace("\r\n", "\n").replace("\r", "\n")))
    return text.replace("\u00a0", " ").strip()


def without_personal_data(block: Block) -> Block:
    """The block cleaned, and with identity and phone numbers masked: they never leave the reader."""
    if isinstance(block, TableGrid):
        return replace(block, rows=tuple(tuple(mask(clean(cell)) for cell in row) for row in block.rows))
    return replace(block, text=mask(clean(block.text)))


def fold(label: str) -> str:
    """A label for comparison: half-width, without its number (一、（二）3.), blanks and punctuation.

    商业 企业 and 商业企业, （三）不予公开 and (三)不予公开 fold to the same.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", label))
    return _NOT_LETTERS.sub("", _ENUMERATOR.sub("", text))


def read_date(text: str) -> date | None:
    """The first date in ``text`` (2019年4月3日, 二〇一九年四月三日), None where there is no real one."""
    for match in re.finditer(DATE, text):
        year, month, day = (to_int(part) for part in re.findall(rf"[{NUMERAL}]+", match.group()))
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None
