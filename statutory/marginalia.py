"""What stands in a sheet beside its values: cells struck through, comments, hidden rows.

An office strikes out a row that does not count, or says so in a comment; a value alone does not show
it. Only the rows are told here, by their workbook numbers; what they mean is asked (``marked``).
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree import ElementTree

_HIDDEN = re.compile(rb"<(?:\w+:)?row (?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*?\br=[\"'](\d+)[\"']")
_FILTERED = re.compile(rb"<(?:\w+:)?filterColumn\b")
_STYLED = re.compile(rb"<(?:\w+:)?c (?=[^>]*\bs=[\"'](\d+)[\"'])(?=[^>]*\br=[\"'][A-Za-z]+(\d+)[\"'])[^>]*(?<!/)>")
_SHARED = re.compile(
    rb"<(?:\w+:)?c (?=[^>]*\bt=[\"']s[\"'])(?=[^>]*\br=[\"'][A-Za-z]+(\d+)[\"'])[^>]*>\s*<(?:\w+:)?v>(\d+)<"
)
_TABLE, _OFFICE, _STYLE, _TEXT = (
    "{urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0}" for name in ("table", "office", "style", "text")
)


@dataclass
class Marginalia:
    """Rows of a sheet with struck cells, hidden rows (not by a filter), and comments by row.

    ``concealed``: the whole sheet is hidden.
    """

    struck: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    comments: dict[int, str] = field(default_factory=dict)
    concealed: bool = False


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def xlsx_marks(package: zipfile.ZipFile) -> Callable[[str, bytes], Marginalia]:
    """A reader of one sheet's marks, given its member and its XML."""
    names = set(package.namelist())
    styles = _struck_styles(package.read("xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
    shared = package.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else b""
    strings = _struck_strings(shared) if b"strike" in shared else frozenset()

    def marks(member: str, content: bytes) -> Marginalia:
        struck: set[int] = set()
        if styles:
            struck |= {int(match[2]) for match in _STYLED.finditer(content) if int(match[1]) in styles}
        if strings:
            struck |= {int(match[1]) for match in _SHARED.finditer(content) if int(match[2]) in strings}
        hidden: set[int] = set()
        if b"hidden=" in content and not _FILTERED.search(content):
            hidden = {int(match[1]) for match in _HIDDEN.finditer(content)}
        return Marginalia(struck, hidden, _comments(package, member, names))

    return marks


def _struck_styles(content: bytes) -> frozenset[int]:
    """The numbers of cell formats whose font is struck through."""
    if b"strike" not in content:
        return frozenset()
    root = ElementTree.fromstring(content)
    fonts = next((one for one in root if _local(one) == "fonts"), ())
    struck = {
        str(number)
        for number, font in enumerate(fonts)
        if any(_local(part) == "strike" and part.get("val", "1") not in ("0", "false") for part in font)
    }
    formats = next((one for one in root if _local(one) == "cellXfs"), ())
    return frozenset(number for number, one in enumerate(formats) if one.get("fontId") in struck)


def _struck_strings(content: bytes) -> frozenset[int]:
    """The numbers of shared texts of which a part is struck through."""
    return frozenset(
        number
        for number, text in enumerate(ElementTree.fromstring(content))
        if any(_local(part) == "strike" and part.get("val", "1") not in ("0", "false") for part in text.iter())
    )


def _comments(package: zipfile.ZipFile, member: str, names: set[str]) -> dict[int, str]:
    folder, _, base = member.rpartition("/")
    links = f"{folder}/_rels/{base}.rels"
    if links not in names:
        return {}
    found: dict[int, str] = {}
    for link in ElementTree.fromstring(package.read(links)):
        path = posixpath.normpath(posixpath.join(f"/{folder}", link.get("Target", ""))).lstrip("/")
        if not link.get("Type", "").endswith("/comments") or path not in names:
            continue
        for comment in ElementTree.fromstring(package.read(path)).iter():
            row = re.sub(r"\D", "", comment.get("ref", "")) if _local(comment) == "comment" else ""
            if row:
                said = "".join(part.text or "" for part in comment.iter() if _local(part) == "t")
                found[int(row)] = f"{found.get(int(row), '')} {said}".strip()
    return found


class OdsMarks:
    """Reads the marks of an OpenDocument content.xml, element by element as they come."""

    def __init__(self) -> None:
        self._struck: set[str] = set()

    def style(self, element: ElementTree.Element) -> None:
        if element.tag == f"{_STYLE}style":
            for properties in element.iter(f"{_STYLE}text-properties"):
                if properties.get(f"{_STYLE}text-line-through-style", "none") != "none":
                    self._struck.add(element.get(f"{_STYLE}name", ""))

    def row(self, element: ElementTree.Element, number: int, marks: Marginalia) -> None:
        """Add what one row (by its workbook number) bears."""
        for cell in element:
            if len(cell) and self._struck:
                styles = {part.get(f"{_TEXT}style-name", "") for part in cell.iter(f"{_TEXT}span")}
                if self._struck & (styles | {cell.get(f"{_TABLE}style-name", "")}):
                    marks.struck.add(number)
            if said := " ".join("".join(note.itertext()) for note in cell.iter(f"{_OFFICE}annotation")):
                marks.comments[number] = f"{marks.comments.get(number, '')} {said}".strip()
        if element.get(f"{_TABLE}visibility") == "collapse" and any(len(cell) for cell in element):
            marks.hidden.add(number)
