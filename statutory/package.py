"""What the reader of cells does not tell of an xlsx or ods package: is it whole, is it honest?

The cells themselves are read by calamine, which takes a formula without a result and an error value
for a blank, compares no checksum and reserves memory for every cell between the outermost two. All
of this is looked for here, before calamine opens the file. Links are never followed and macros
never run; both are told.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from domain import UnusableInput
from statutory.marginalia import Marginalia, OdsMarks, xlsx_marks

BINARY = "不是 xlsx 的内容（可能是改了扩展名的 xlsb 二进制工作簿），请用 Excel 或 WPS 另存为 xlsx"
DAMAGED = "已损坏，无法作为工作簿打开，请用 Excel 或 WPS 修复后另存"
LOCKED = "设有打开密码，请先在 Excel 或 WPS 中取消密码再使用"
NO_RESULT, ERROR_VALUE = (
    "没有计算结果的公式，请用 Excel 或 WPS 打开并保存一次",
    "公式出错的值（如 #N/A、#REF!），请改正公式",
)

# A sheet of 150,000 applications unpacks to about 100 MB.
_LARGEST_PACKAGE = 400 * 1024 * 1024
# Cells between the outermost two of a sheet: calamine keeps 32 bytes for each, filled or not.
_LARGEST_SHEET = 20_000_000
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    LookupError,
    ElementTree.ParseError,
)

_FORMULA = re.compile(
    rb"<(?:\w+:)?c ([^>]*)>\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb"<(?:\w+:)?c ([^>]*\bt=[\"']e[\"'][^>]*)>")
_FAR = re.compile(rb"<(?:\w+:)?c (?=[^>]*?\br=[\"'](?:[A-Za-z]+\d{6,}|[A-Za-z]{2,}\d+)[\"'])([^>]*)(?<!/)>")
_FAR_ROW = re.compile(rb"<(?:\w+:)?row [^>]*?\br=[\"'](\d{6,})[\"']")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?![^>]*\br=)[ >]")
_REFERENCE = re.compile(rb"\br=[\"']([A-Za-z]+)(\d+)[\"']")
_TABLE, _OFFICE, _TEXT = (
    "{urn:oasis:names:tc:opendocument:xmlns:" + name + ":1.0}" for name in ("table", "office", "text")
)
_VALUE_TYPE = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"

Cell = tuple[int, int]
"""Row and column of a cell, both from 0."""
Span = tuple[Cell, Cell]
"""A merged range: its first and its last cell."""


@dataclass
class Package:
    """Of each sheet by name: cells that hold no usable value (why), merged ranges and lines in a cell (ods only).

    ``marks`` is what stands beside the values: strokes, comments, hidden rows.
    """

    unusable: dict[str, dict[Cell, str]] = field(default_factory=dict)
    merged: dict[str, list[Span]] = field(default_factory=dict)
    lines: dict[str, dict[Cell, str]] = field(default_factory=dict)
    marks: dict[str, Marginalia] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def inspect(file: str, data: bytes) -> Package:
    """Look through a zip package; UnusableInput where it is damaged, locked or beyond all measure."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(member.file_size for member in package.infolist()) > _LARGEST_PACKAGE:
                raise UnusableInput(f"“{file}”解压后超过{_LARGEST_PACKAGE >> 20}MB，不是正常的台账，没有打开")
            if package.testzip():
                raise UnusableInput(f"“{file}”{DAMAGED}")
            names = set(package.namelist())
            found = Package(warnings=_unrun(file, names))
            if workbook := _workbook(package, names):
                _inspect_xlsx(file, package, workbook, found)
            elif "content.xml" in names:
                _inspect_ods(file, package, found)
            elif any(name.startswith("xl/") for name in names):
                raise UnusableInput(f"“{file}”{BINARY}")
            return found
    except _DAMAGE as error:
        raise UnusableInput(f"“{file}”{DAMAGED}") from error


def _unrun(file: str, names: set[str]) -> list[str]:
    warnings = []
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        warnings.append(f"“{file}”带有宏，程序不运行宏，只读取单元格里保存的值")
    if any(name.startswith("xl/externalLinks/") for name in names):
        warnings.append(f"“{file}”引用了其他文件，程序不打开那些文件，只读取单元格里保存的值，请核对是否为最新")
    return warnings


def _workbook(package: zipfile.ZipFile, names: set[str]) -> str:
    """The member that lists the sheets, wherever the package keeps it; "" where there is none."""
    if "xl/workbook.xml" in names:
        return "xl/workbook.xml"
    if "_rels/.rels" not in names:
        return ""
    links = ElementTree.fromstring(package.read("_rels/.rels"))
    targets = [link.get("Target", "").lstrip("/") for link in links if link.get("Type", "").endswith("/officeDocument")]
    return next((name for name in targets if name in names and name.endswith(".xml") and "word/" not in name), "")


def _inspect_xlsx(file: str, package: zipfile.ZipFile, workbook: str, found: Package) -> None:
    if re.search(rb'\bdate1904="(?:1|true)"', package.read(workbook)):
        found.warnings.append(f"“{file}”使用1904日期系统，没有设成日期格式的日期数字会差四年，请核对日期")
    marks_of = xlsx_marks(package)
    for name, member in sheet_members(package, workbook):
        content = plain_xml(package.read(member))
        _check_extent(file, name, content)
        found.unusable[name] = unusable = {_cell(match[1]): ERROR_VALUE for match in _ERROR.finditer(content)}
        if b"<f" in content or b":f" in content:  # most ledgers have no formula, and looking costs time
            unusable |= {
                _cell(match[1]): NO_RESULT for match in _FORMULA.finditer(content) if b't="str"' not in match[1]
            }
        found.marks[name] = marks_of(member, content)


def plain_xml(content: bytes) -> bytes:
    """The XML as UTF-8, which the patterns here are written for."""
    return content.decode("utf-16").encode() if content[:2] in (b"\xff\xfe", b"\xfe\xff") else content


def sheet_members(package: zipfile.ZipFile, workbook: str) -> Iterator[tuple[str, str]]:
    """Sheet name and its XML inside an xlsx package, in the ordinary namespaces and those of Strict Open XML.

    ValueError where a worksheet is listed whose XML cannot be found: what is not looked through is not read.
    """
    names = {name.lower(): name for name in package.namelist()}
    folder, _, base = workbook.rpartition("/")
    links = ElementTree.fromstring(package.read(names[f"{folder}/_rels/{base}.rels".lower().lstrip("/")]))
    targets = {link.get("Id"): link for link in links}
    for sheet in ElementTree.fromstring(package.read(workbook)).iter():
        if sheet.tag.rpartition("}")[2] != "sheet":
            continue
        id = next((value for key, value in sheet.attrib.items() if key.endswith("relationships}id")), "")
        if (link := targets.get(id)) is None or not link.get("Type", "").endswith("/worksheet"):
            continue
        target = link.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if path.lower() not in names:
            raise ValueError(path)
        yield sheet.get("name", ""), names[path.lower()]


def _check_extent(file: str, sheet: str, content: bytes) -> None:
    """Refuse a stray cell so far out that the sheet between would not fit into memory."""
    far = [_cell(match[1]) for match in _FAR.finditer(content)]
    if _UNPLACED.search(content):  # such cells stand where their row says
        far += [(int(match[1]) - 1, 25) for match in _FAR_ROW.finditer(content)]
    if not far:
        return
    near = {letter[0] - 64 for letter in re.findall(rb"\br=[\"']([A-Z])\d", content)}
    rows, columns = max(row for row, _ in far) + 1, max(near | {column + 1 for _, column in far})
    if rows * columns > _LARGEST_SHEET:
        row, column = max(far)
        raise UnusableInput(
            f"“{file}”工作表“{sheet}”第{row + 1}行第{column + 1}列还有内容，远在表格之外，请删除台账下方和右侧多余的行列后另存"
        )


def _cell(attributes: bytes) -> Cell:
    match = _REFERENCE.search(attributes)
    if not match:
        return (-1, -1)
    column = 0
    for letter in match[1].upper():
        column = column * 26 + letter - 64
    return int(match[2]) - 1, column - 1


def _inspect_ods(file: str, package: zipfile.ZipFile, found: Package) -> None:
    if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnusableInput(f"“{file}”{LOCKED}")
    sheet, row, width = "", 0, 0
    marks = OdsMarks()
    with package.open("content.xml") as content:
        for event, element in ElementTree.iterparse(content, ("start", "end")):
            if event == "start" and element.tag == f"{_TABLE}table":
                sheet, row, width = element.get(f"{_TABLE}name", ""), 0, 0
                found.unusable[sheet], found.merged[sheet], found.lines[sheet] = {}, [], {}
            elif event == "end" and element.tag == f"{_TABLE}table-row":
                repeated = int(element.get(f"{_TABLE}number-rows-repeated", 1))
                filled = _inspect_ods_row(element, row, sheet, found)
                marks.row(element, row + 1, found.marks.setdefault(sheet, Marginalia()))
                row, width = row + repeated, max(width, filled)
                if filled and row * width > _LARGEST_SHEET:
                    raise UnusableInput(
                        f"“{file}”工作表“{sheet}”第{row}行还有内容，远在表格之外，请删除多余的行列后另存"
                    )
                element.clear()
            elif event == "end":
                marks.style(element)


def _inspect_ods_row(element: ElementTree.Element, row: int, sheet: str, found: Package) -> int:
    """Note one row's unusable cells, lines and merged ranges; the number of columns up to its last content."""
    column = filled = 0
    unusable, merged = found.unusable[sheet], found.merged[sheet]
    for cell in element:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        high, wide = (
            int(cell.get(f"{_TABLE}number-rows-spanned", 1)),
            int(cell.get(f"{_TABLE}number-columns-spanned", 1)),
        )
        if high > 1 or wide > 1:
            merged.append(((row, column), (row + high - 1, column + wide - 1)))
        kind, formula = cell.get(f"{_OFFICE}value-type"), cell.get(f"{_TABLE}formula")
        if cell.get(_VALUE_TYPE) == "error":
            unusable[row, column] = ERROR_VALUE
        elif formula and not kind:
            unusable[row, column] = NO_RESULT
        elif kind == "string" and (said := _ods_lines(cell)):
            found.lines[sheet][row, column] = said
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        if kind or formula or len(cell):
            filled = column
    return filled


def _ods_lines(cell: ElementTree.Element) -> str:
    """The text of a cell that has several lines, which its reader runs together; "" for one line."""
    paragraphs = cell.findall(f"{_TEXT}p")
    if len(paragraphs) < 2 and not any(p.find(f".//{_TEXT}line-break") is not None for p in paragraphs):
        return ""
    for paragraph in paragraphs:
        for broken in paragraph.iter(f"{_TEXT}line-break"):
            broken.text = "\n"
    return "\n".join("".join(paragraph.itertext()) for paragraph in paragraphs)
