"""The page of GB/T 9704—2012 (party and government documents) as Word styles and settings.

A4; margins 37/28/35/26 mm (top/left/bottom/right); 22 lines of 28 characters; title 2号 小标宋,
headings 黑体, 楷体 and 仿宋, body 3号 仿宋; page numbers — 1 — in 4号 宋体 on the outer side.
"""

from __future__ import annotations

from datetime import UTC, datetime

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

# 3号 is 16 pt; the type area of 156 × 225 mm holds 28 characters a line and 22 lines a page.
BODY_SIZE = Pt(16)
LINE = Pt(28.95)
TWIPS_PER_LINE = 579
# 28 characters of 16 pt are wider than 156 mm, so each gives up a quarter of a point (in twips).
# A character grid (linesAndChars) would say the same, but WPS and LibreOffice then give a
# character that is wider than its cell two cells.
CONDENSED = -5

TITLE, BODY, HEADING, SUBHEADING, SMALL = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
# What stands in where an office's computer lacks a font of the standard: (other name, its family).
FALLBACK = {
    TITLE: ("华文中宋", "roman"),
    BODY: ("仿宋", "modern"),
    HEADING: ("SimHei", "modern"),
    SUBHEADING: ("楷体", "modern"),
    SMALL: ("SimSun", "roman"),
}
CELL, SIGNATURE, MARK = "表格文字", "落款", "草稿标识"


def lay_out(document, title: str, organ: str) -> None:
    """Page, styles, page numbers, fonts and metadata of a new document."""
    _page(document)
    _styles(document)
    _page_numbers(document)
    _fonts(document)
    _metadata(document, title, organ)


def _page(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    # The number's line stands 7 mm below the type area.
    section.footer_distance = Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(TWIPS_PER_LINE))


def _styles(document) -> None:
    """Real Word styles, so that the navigation pane and WPS's style check see the structure."""
    styles = document.styles
    centre = WD_ALIGN_PARAGRAPH.CENTER
    _style(styles["Normal"], BODY)
    _style(styles["Title"], TITLE, size=Pt(22), alignment=centre, line=Pt(33))
    _style(styles["Body Text"], BODY, indent=True)
    for name, font in (("Heading 1", HEADING), ("Heading 2", SUBHEADING), ("Heading 3", BODY)):
        _style(styles[name], font, indent=True)
    for name, font, size, line in ((CELL, SMALL, Pt(9), Pt(12)), (MARK, HEADING, BODY_SIZE, LINE)):
        _style(styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), font, size=size, alignment=centre, line=line)
    _style(styles.add_style(SIGNATURE, WD_STYLE_TYPE.PARAGRAPH), BODY, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    # The title's bottom rule of Word's default template is no part of an official document.
    properties = styles["Title"].element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _style(style, font: str, size=BODY_SIZE, alignment=WD_ALIGN_PARAGRAPH.JUSTIFY, indent=False, line=LINE) -> None:
    old = style.element.find(qn("w:rPr"))
    if old is not None:
        style.element.remove(old)
    # One character narrower by CONDENSED keeps 28 of them on a line; smaller text needs no help.
    spacing = f'<w:spacing w:val="{CONDENSED}"/>' if size == BODY_SIZE else ""
    name, half_points = f'"{font}"', int(size.pt * 2)
    style.element.append(
        parse_xml(
            f'<w:rPr {nsdecls("w")}><w:rFonts w:ascii={name} w:hAnsi={name} w:eastAsia={name} w:cs={name}/><w:b w:val="0"/>'
            f'<w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/>{spacing}<w:kern w:val="0"/>'
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
        )
    )
    shape = style.paragraph_format
    shape.alignment = alignment
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = line
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = True
    shape.first_line_indent = Pt(0)
    properties = style.element.pPr
    if line != LINE:
        snap = OxmlElement("w:snapToGrid")
        snap.set(qn("w:val"), "0")
        properties.find(qn("w:spacing")).addprevious(snap)
    if indent:
        # Two characters whatever the font's true width: Word and WPS read firstLineChars first.
        shape.first_line_indent = size * 2
        properties.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def _page_numbers(document) -> None:
    """Odd pages at the right, even pages at the left, one character in from the edge."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment, indent in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right"),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left"),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = alignment
        setattr(paragraph.paragraph_format, f"{indent}_indent", Pt(14))
        paragraph._p.pPr.find(qn("w:ind")).set(qn(f"w:{indent}Chars"), "100")
        for content in ("— ", None, " —"):
            run = paragraph.add_run(content or "")
            run.font.name, run.font.size = SMALL, Pt(14)
            run._r.rPr.rFonts.set(qn("w:eastAsia"), SMALL)
            if content is None:
                _page_field(run)


def _page_field(run) -> None:
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        if text:
            element = OxmlElement("w:instrText")
            element.text = text
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)


def _fonts(document) -> None:
    """Name in the font table what may stand in for each font of the standard."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    for font in list(table):
        if font.get(qn("w:name")) in FALLBACK:
            table.remove(font)
    for name, (other, family) in FALLBACK.items():
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
                f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
            )
        )
    part._blob = serialize_part_xml(table)


def _metadata(document, title: str, organ: str) -> None:
    """Title and organ only: no name of the person at the keyboard, no picture of a template."""
    properties = document.core_properties
    properties.title, properties.author = title, organ
    properties.last_modified_by = properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    for key, relation in list(document.part.package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del document.part.package.rels[key]
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    # The library's template is Japanese; lines break by the rules of the document's language.
    for language in document.settings.element.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")
