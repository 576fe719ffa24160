"""figures.json inside the report's .docx, and held against its tables later: what was edited since is told cell by cell.

It is a custom XML part, which Word and WPS keep when the document is edited and saved; its SHA-256 shows whether
somebody changed the figures themselves. Beside an HTML page lies figures.json, whose SHA-256 the page names.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import lxml.etree as etree

from forms import Form, value_at

NAMESPACE = "urn:gongkai:figures"
_NAME, _FIGURES = "gongkai-figures", "figures.json"
_MOST = 20 << 20  # bytes of an annex that is looked at
_META = re.compile(rf'<meta name="{_NAME}" content="sha256:([0-9a-f]{{64}})"')


@dataclass(frozen=True)
class FiguresAnnex:
    """The figures that a report carries; ``intact`` where they are as they were written."""

    figures: Mapping[str, Any]
    intact: bool


@dataclass(frozen=True)
class EditedCell:
    """A cell whose printed content is not the figure that the report carries."""

    key: str
    where: str
    carried: Any
    printed: Any


def attach(document, figures: str) -> None:
    """Put figures.json (its text) into a document of python-docx."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    taken = {str(part.partname) for part in document.part.package.iter_parts()}
    name = next(path for number in range(1, 99) if (path := f"/customXml/item{number}.xml") not in taken)
    root = etree.Element(f"{{{NAMESPACE}}}figures", nsmap={None: NAMESPACE})
    root.set("sha256", _hash(figures))
    root.text = figures
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    document.part.relate_to(
        Part(PackURI(name), "application/xml", blob, document.part.package), RELATIONSHIP_TYPE.CUSTOM_XML
    )


def named(page: str, figures: str) -> str:
    """An HTML page that names the SHA-256 of the figures.json beside it."""
    return page.replace("</head>", f'<meta name="{_NAME}" content="sha256:{_hash(figures)}">\n</head>', 1)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def carried(path: Path) -> FiguresAnnex | None:
    """The figures that a .docx or .html carries; None for another file, and for one that carries none."""
    try:
        if path.suffix.lower() == ".docx":
            return _in_document(path)
        if path.suffix.lower() in (".html", ".htm"):
            return _beside_page(path)
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, RecursionError):
        return None  # the reader of the report says what is wrong with the file
    return None


def annex_digest(page: Path) -> str:
    """The SHA-256 of the figures.json that an HTML page names, "" where it names none."""
    try:
        told = _META.search(page.read_bytes()[:65536].decode("utf-8", "replace"))
    except OSError:
        return ""
    return told[1] if told else ""


def text_digest(annex: Path) -> str:
    """The SHA-256 of a figures.json as a page names it."""
    return hashlib.sha256(annex.read_bytes()).hexdigest()


def _in_document(path: Path) -> FiguresAnnex | None:
    with zipfile.ZipFile(path) as package:
        for item in package.infolist():
            if not re.fullmatch(r"customXml/item\d+\.xml", item.filename) or item.file_size > _MOST:
                continue
            content = package.read(item)
            if NAMESPACE.encode() not in content:
                continue
            root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
            if root.tag == f"{{{NAMESPACE}}}figures":
                return _annex(root.text or "", root.get("sha256", ""))
    return None


def _beside_page(path: Path) -> FiguresAnnex | None:
    told, beside = annex_digest(path), path.with_name(_FIGURES)
    if not told or not beside.is_file() or beside.stat().st_size > _MOST:
        return None
    return _annex(beside.read_text(encoding="utf-8"), told)


def _annex(text: str, digest: str) -> FiguresAnnex | None:
    """The figures, if they are the figures of three tables; whoever changed them may have written anything there."""
    figures = json.loads(text)
    if not isinstance(figures, dict):
        return None
    tables = {name: _plain_table(figures.get(name)) for name in ("table2", "table3", "table4")}
    return FiguresAnnex(
        figures | tables, _hash(text) == digest and tables == {name: figures.get(name) for name in tables}
    )


def _plain_table(table: Any) -> dict[str, Any]:
    """A table of which each row is a figure or an object of figures; what is anything else is left out."""
    rows = table.items() if isinstance(table, dict) else ()
    return {key: row for key, row in rows if isinstance(row, dict) or _is_figure(row)}


def _is_figure(value: Any) -> bool:
    return value is None or isinstance(value, (int, float)) and not isinstance(value, bool)


def edited(annex: FiguresAnnex, tables: Mapping[str, Any], form: Form) -> list[EditedCell]:
    """The cells of ``tables``, as they were read from the file, that are not what it carries."""
    found = []
    for key in form.figures():
        held, printed = value_at(annex.figures, key, None), value_at(tables, key, None)
        if _is_figure(held) and held is not None and not _same(held, printed):
            found.append(EditedCell(key, form.where(key), held, printed))
    return found


def _same(held: int | float, printed: Any) -> bool:
    return isinstance(printed, (int, float, Decimal)) and Decimal(str(held)) == Decimal(str(printed))
