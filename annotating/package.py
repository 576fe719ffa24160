"""A .docx as a package of parts (ECMA-376 part 2): some are changed or added, all others stay byte for byte."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from typing import Any

import lxml.etree as etree

from domain import UnusableInput

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_TYPE_LIST = "[Content_Types].xml"
_DAMAGED = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, etree.XMLSyntaxError)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_blank_text=False)


class WordPackage:
    """The parts of a .docx by name; UnusableInput where the bytes are none that Word in its usual form wrote."""

    def __init__(self, data: bytes, name: str) -> None:
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                self._entries = archive.infolist()
                self._data = {entry.filename: archive.read(entry) for entry in self._entries}
            self.main = self._target("_rels/.rels", "officeDocument", "")
            self._changed: dict[str, Any] = {}
            root = etree.fromstring(self._data[self.main], _PARSER)
        except (*_DAMAGED, RuntimeError) as error:  # RuntimeError: the archive has a password
            raise UnusableInput(f"文件 {name} 不是完整的 .docx，不能加批注；请在 Word 或 WPS 里另存为 .docx") from error
        if root.tag != f"{W}document":
            raise UnusableInput(f"文件 {name} 是“严格 Open XML”格式，不能加批注；请在 Word 里另存为普通的 .docx")

    @property
    def signed(self) -> bool:
        """Whether the file carries a digital signature, which no change survives."""
        return any(name.startswith("_xmlsignatures/") for name in self._data)

    def xml(self, name: str) -> Any:
        """The root of a part, parsed once; what is changed in it is saved. KeyError where there is no such part."""
        if name not in self._changed:
            self._changed[name] = etree.fromstring(self._data[name], _PARSER)
        return self._changed[name]

    def read(self, name: str) -> Any:
        """The root of a part that is looked at only; None where there is none, or it is broken."""
        try:
            return etree.fromstring(self._data[name], _PARSER)
        except (KeyError, etree.XMLSyntaxError):
            return None

    def related(self, kind: str) -> str:
        """The part that the document's relationship of that kind (``comments``) leads to; "" where there is none."""
        try:
            return self._target(_relations_of(self.main), kind, posixpath.dirname(self.main))
        except KeyError:
            return ""

    def relations(self) -> dict[str, str]:
        """The parts that the document relates to, by relationship id."""
        root, folder = self.read(_relations_of(self.main)), posixpath.dirname(self.main)
        found = root if root is not None else ()
        return {one.get("Id", ""): _resolved(folder, one.get("Target", "")) for one in found}

    def add(self, name: str, root: Any, kind: str, content_type: str) -> None:
        """A new part beside the document, of which the document and the list of types are told."""
        self._data[name] = b""
        self._changed[name] = root
        relations = _relations_of(self.main)
        if relations not in self._data:
            self._data[relations] = b""
            self._changed[relations] = etree.Element(
                f"{RELATIONSHIPS}Relationships", nsmap={None: RELATIONSHIPS.strip("{}")}
            )
        known = self.xml(relations)
        taken = {one.get("Id") for one in known}
        free = next(f"rId{number}" for number in range(1, len(taken) + 2) if f"rId{number}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(self.main) or ".")
        etree.SubElement(known, f"{RELATIONSHIPS}Relationship", Id=free, Type=_OFFICE + kind, Target=target)
        etree.SubElement(self.xml(_TYPE_LIST), f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)

    def free_name(self, name: str) -> str:
        """A name in the document's folder that no part has: comments.xml, else comments2.xml."""
        stem, dot, suffix = posixpath.join(posixpath.dirname(self.main), name).rpartition(".")
        names = (f"{stem}{number or ''}{dot}{suffix}" for number in (0, *range(2, len(self._data) + 3)))
        lower = {one.lower() for one in self._data}
        return next(one for one in names if one.lower() not in lower)

    def saved(self) -> bytes:
        """The whole package: parts in their order, those that nobody asked to change with their own bytes."""
        kept = {entry.filename: entry for entry in self._entries}
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self._data.items():
                if name in self._changed:
                    data = etree.tostring(self._changed[name], xml_declaration=True, encoding="UTF-8", standalone=True)
                entry = zipfile.ZipInfo(name, kept[name].date_time if name in kept else (1980, 1, 1, 0, 0, 0))
                entry.compress_type = kept[name].compress_type if name in kept else zipfile.ZIP_DEFLATED
                entry.external_attr = kept[name].external_attr if name in kept else 0
                archive.writestr(entry, data)
        return buffer.getvalue()

    def _target(self, relations: str, kind: str, folder: str) -> str:
        root = etree.fromstring(self._data[relations], _PARSER)
        for one in root:
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External":
                return _resolved(folder, one.get("Target", ""))
        raise KeyError(kind)


def _relations_of(part: str) -> str:
    return posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")


def _resolved(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
