"""How a document is laid out: its sections, its title, headings and body, its tables (for ``checks.layout``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotating.body import WordParagraph, folded, paragraphs
from annotating.formatting import Formatting
from annotating.package import W, WordPackage
from checks.layout import Layout, Lettering, PageSetup
from checks.subject import part_of
from domain import PublishedReport

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MM = 1440 / 25.4  # twips
_LONG = 25  # characters of a paragraph that is surely one of the body
_BEGINNING = 16  # characters that are quoted
_SUBHEADING = re.compile(r"^[（(][一二三四五六七八九十]+[)）]")
_NUMBER = re.compile(r"\bPAGE\b")
_DASH = re.compile(r"[—–―─-]")
_BORDERS = ("top", "bottom", "left", "right", "start", "end", "insideH", "insideV")


def layout(data: bytes, published: PublishedReport) -> Layout:
    """What a .docx, read as ``published``, says of its layout; UnusableInput where it is none."""
    package = WordPackage(data, published.source)
    root = package.read(package.main)
    formatting = Formatting(package)
    sections = [one for one in root.iter(f"{W}sectPr") if next(one.iterancestors(f"{W}pPrChange"), None) is None]
    kinds = _by_kind(root, published)
    found = {kind: _usual(group, formatting, _grid(sections)) for kind, group in kinds.items() if group}
    return Layout(
        tuple(_pages(sections, package, formatting)),
        found.get("title"),
        found.get("body"),
        {level: found[name] for level, name in ((1, "part"), (2, "item")) if name in found},
        tuple(_bare_tables(root, package)),
    )


# --- paragraphs -------------------------------------------------------------------------------------


def _by_kind(root: Any, published: PublishedReport) -> dict[str, list[WordParagraph]]:
    """The paragraphs outside tables by what they are; those that could be either are left out."""
    found: dict[str, list[WordParagraph]] = {"title": [], "part": [], "item": [], "body": []}
    title = folded(published.title)[0]
    for one in paragraphs(root):
        if one.boxed or next(one.element.iterancestors(f"{W}tbl"), None) is not None:
            continue
        text, short = one.text.strip(), len(one.text.strip()) < 40
        if text and short and part_of(text) is not None:
            found["part"].append(one)
        elif text and not found["part"] and title and len(text) > 3 and folded(text)[0] in title:
            found["title"].append(one)
        elif short and _SUBHEADING.match(text) and not text.endswith(("。", "；", "：")):
            found["item"].append(one)
        elif len(text) >= _LONG:
            found["body"].append(one)
    return found


@dataclass(frozen=True)
class _Setting:
    font: str
    size: float
    pitch: float
    centred: bool


def _usual(group: list[WordParagraph], formatting: Formatting, grid: float) -> Lettering:
    """How most of the text of some paragraphs is set, with the beginning of the first that is set so."""
    weight: Counter[_Setting] = Counter()
    first: dict[_Setting, str] = {}
    for one in group:
        for setting, count in _settings(one, formatting, grid):
            weight[setting] += count
            first.setdefault(setting, one.text.strip().splitlines()[0][:_BEGINNING])
    (usual, _), *_ = weight.most_common(1) or [(_Setting("", 0, 0, True), 0)]
    return Lettering(first.get(usual, ""), usual.font, usual.size, usual.pitch, usual.centred)


def _settings(paragraph: WordParagraph, formatting: Formatting, grid: float) -> Iterator[tuple[_Setting, int]]:
    """How each run of a paragraph is set, and how many Chinese characters it has."""
    element = paragraph.element
    centred = formatting.centred(element)
    runs = Counter(
        place.node.getparent() for char, place in paragraph.places if place.node is not None and "一" <= char <= "龥"
    )
    for run, count in runs.items():
        size = formatting.size(element, run)
        pitch = formatting.pitch(element, size, grid)
        yield _Setting(formatting.font(element, run), size, round(pitch, 2), centred), count


# --- sections ---------------------------------------------------------------------------------------


def _grid(sections: list[Any]) -> float:
    """The distance of lines in the last section's grid, in points; 0 where there is none."""
    grid = sections[-1].find(f"{W}docGrid") if sections else None
    if grid is None or grid.get(f"{W}type", "default") not in ("lines", "linesAndChars", "snapToChars"):
        return 0
    pitch = grid.get(f"{W}linePitch", "")
    return int(pitch) / 20 if pitch.isdigit() else 0


def _pages(sections: list[Any], package: WordPackage, formatting: Formatting) -> Iterator[PageSetup]:
    """The pages of each section; one without footers of its own has those of the section before."""
    relations, number = package.relations(), (0.0, False)
    for section in sections:
        size, margins = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        references = section.findall(f"{W}footerReference")
        footers = [package.read(relations.get(one.get(f"{_R}id", ""), "")) for one in references]
        if footers:
            found = [told for one in footers if one is not None and (told := _page_number(one, formatting))[0]]
            number = found[0] if found else (0.0, False)
        if size is None or margins is None:
            continue
        top, bottom, left, right = (_length(margins, side) for side in ("top", "bottom", "left", "right"))
        yield PageSetup(_length(size, "w"), _length(size, "h"), top, bottom, left, right, *number)


def _page_number(footer: Any, formatting: Formatting) -> tuple[float, bool]:
    """(size of the page number, whether dashes stand beside it); (0, False) where there is none."""
    fields = list(footer.iter(f"{W}instrText", f"{W}fldSimple"))
    for one in fields:
        if _NUMBER.search((one.text if one.tag == f"{W}instrText" else one.get(f"{W}instr")) or ""):
            paragraph = next(one.iterancestors(f"{W}p"))
            run = _printed(one)
            text = "".join(node.text or "" for node in paragraph.iter(f"{W}t"))
            return formatting.size(paragraph, run), bool(_DASH.search(text))
    return 0, False


def _printed(field: Any) -> Any:
    """The run that a field's result is set as: that of its result, where one is kept, else of its instruction."""
    if field.tag == f"{W}fldSimple":
        return field.find(f"{W}r")
    own = field.getparent()
    for run in own.itersiblings(f"{W}r"):
        if any(one.get(f"{W}fldCharType") == "end" for one in run.findall(f"{W}fldChar")):
            break
        if run.find(f"{W}t") is not None:
            return run
    return own


def _length(element: Any, name: str) -> float:
    value = element.get(f"{W}{name}", "0").lstrip("-")
    return int(float(value)) / _MM if value.replace(".", "").isdigit() else 0


# --- tables -----------------------------------------------------------------------------------------


def _bare_tables(root: Any, package: WordPackage) -> Iterator[str]:
    """What stands in the first cell of each table of numbers that has no line anywhere, by itself or by its style."""
    styles = package.read(package.related("styles"))
    found = styles.findall(f"{W}style") if styles is not None else []
    by_id = {one.get(f"{W}styleId"): one for one in found}
    for table in root.iter(f"{W}tbl"):
        if next(table.iterdescendants(f"{W}tbl"), None) is not None or len(table.findall(f"{W}tr")) < 3:
            continue
        style = table.find(f"{W}tblPr/{W}tblStyle")
        chain = list(_styles(by_id, style.get(f"{W}val", "") if style is not None else ""))
        if not any(_lined(one) for one in (table, *chain)):
            cell = next(table.iter(f"{W}tc"), None)
            texts = [one.text.strip() for one in paragraphs(cell)] if cell is not None else []
            yield "".join(texts)


def _styles(by_id: dict[str, Any], name: str) -> Iterator[Any]:
    seen: set[str] = set()
    while name in by_id and name not in seen:
        seen.add(name)
        yield by_id[name]
        base = by_id[name].find(f"{W}basedOn")
        name = base.get(f"{W}val", "") if base is not None else ""


def _lined(element: Any) -> bool:
    for borders in element.iter(f"{W}tblBorders", f"{W}tcBorders"):
        for side in _BORDERS:
            line = borders.find(f"{W}{side}")
            if line is not None and line.get(f"{W}val", "nil") not in ("nil", "none"):
                return True
    return False
