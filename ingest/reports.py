"""A published annual report read back: its parts, its three tables as data, whose and of which year.

Parts by 国办公开办函〔2021〕30号; the headings are found in the wordings that offices really print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from domain import Note, PublishedReport, Section, UnusableInput
from forms import Form, form_of
from ingest.blocks import PICTURE, Block, TableGrid, TextParagraph, clean
from ingest.numerals import to_int
from ingest.report_copies import read_copy
from ingest.report_headings import NUMBERED, part_of
from ingest.report_subject import Signature, find_signature, find_title, is_title, organ, page_of, report_year

_SUBHEADING = re.compile(r"^[(（][一二三四五六七八九十]{1,2}[)）]\s*[^。；]{2,30}$")
_RUN_IN = re.compile(r"^([(（][一二三四五六七八九十]{1,2}[)）]\s*[^。；，,：:]{2,20})[。：:]")
_OTHER_TITLE = re.compile(r"^[^。，；]{4,50}(?:报告|说明|总结|预算|决算|公开表|条例|办法|规定|通知)(?:[（(].*[)）])?$")
_CLOSING = 12  # paragraphs from the start among which the title of another document is looked for
_FURNITURE = 40  # characters; shorter lines below the signature are the page's: 打印, 关闭, 扫一扫
_LEAST_TEXT = 200  # characters; a run of headings with less between them is a list of contents
_LEAST_ANEW = 3  # parts that follow, for a heading of part 一 or 二 to begin another report


def parse_report(blocks: Iterable[Block], source: str, digest: str) -> PublishedReport:
    """The report in ``blocks``; UnusableInput where nothing of an annual report is found.

    Whatever is missing, doubled, a picture or cut off is said in ``notes``; the rest is read.
    """
    blocks, notes = first_report([part for block in blocks for part in _headings_out(block)])
    paragraphs = [block for block in blocks if isinstance(block, TextParagraph)]
    title, page = find_title(paragraphs), page_of(paragraphs)
    signature = find_signature(paragraphs, page.lines)
    body = [
        paragraph for at, paragraph in enumerate(paragraphs[: signature.at]) if at not in page.lines and at >= title.end
    ]
    rest = paragraphs[signature.end :]
    year, year_notes = report_year(title, signature, page, body, source)
    copied = read_copy(blocks, _parts_of(blocks), year)
    tables, form, table_notes = copied.tables, copied.form, copied.notes
    body = [paragraph for paragraph in body if id(paragraph) not in {id(blocks[at]) for at in copied.used}]
    if not form and report_evidence(blocks) == 0:
        raise _of_another_kind(blocks, source)
    org = organ(title, signature, page, body, source)
    notes += [
        *table_notes,
        *_missing_tables(blocks, tables, form_of(form, year), copied.open),
        *_cut_off(paragraphs, signature),
    ]
    notes += [*year_notes, *_missing(org, year)]
    if any(len(paragraph.text) >= _FURNITURE for paragraph in rest):
        notes.append(Note("after-signature", f"落款之后还有{len(rest)}段文字，没有读入"))
    return PublishedReport(
        org=org,
        year=year,
        title=title.text or (f"{org}{year or ''}年政府信息公开工作年度报告" if org and year else ""),
        source=source,
        digest=digest,
        sections=_sections(body),
        tables=tables,
        form=form,
        signature_date=signature.day or page.written,
        posted=page.posted,
        notes=tuple(notes),
    )


def report_evidence(blocks: Iterable[Block]) -> int:
    """How many signs of an annual report there are: headings of its parts, and a title.

    0 where all that is found is what reports of other kinds have too (总体情况, 存在的问题).
    """
    paragraphs = [block.text for block in blocks if isinstance(block, TextParagraph)]
    parts = {part for text in paragraphs if (part := part_of(text))}
    titled = any(map(is_title, paragraphs))
    if titled or parts & {2, 3, 4}:
        return len(parts) + titled
    return len(parts) if 6 in parts and len(parts) > 1 and not _other_title(paragraphs) else 0


def _other_title(texts: Iterable[str]) -> str:
    """The title of a document of another kind, "" where none of the first lines looks like one."""
    lines = (re.sub(r"\s+", "", text) for text in texts)
    first = [line for line in lines if line][:_CLOSING]
    return next((line for line in first if _OTHER_TITLE.match(line) and "信息公开" not in line), "")


def _of_another_kind(blocks: list[Block], source: str) -> UnusableInput:
    title = _other_title(block.text for block in blocks if isinstance(block, TextParagraph))
    seems = f"（看起来是“{title}”）" if title else ""
    pictures = "；文件中有图片，如果正文是图片，请先做文字识别（OCR）" if PICTURE in blocks else ""
    return UnusableInput(
        f"文件 {source} 里没有政府信息公开年度报告的标题、六个部分或三张表{seems}，不能作为年度报告读入{pictures}"
    )


def _headings_out(block: Block) -> Iterator[Block]:
    """A grid in which parts' headings are rows of their own, as headings, paragraphs and grids.

    In the parts without a statutory table, each row of a single text is a paragraph.
    """
    if not isinstance(block, TableGrid):
        yield block
        return
    rows = block.rows
    alone = [texts.pop() if len(texts := {cell for cell in row if cell}) == 1 else "" for row in rows]
    first = next(filter(None, map(part_of, alone)), 0)
    if not first:
        yield block
        return
    start, part = 0, first - 1  # what stands above the first heading belongs to the part before
    for at, text in enumerate(alone):
        heading = part_of(text)
        if heading or text and part not in (2, 3, 4):
            if at > start:
                yield TableGrid(rows[start:at], block.printed[start:at])
            yield TextParagraph(text)
            start, part = at + 1, heading or part
    if start < len(rows):
        yield TableGrid(rows[start:], block.printed[start:])


def first_report(blocks: list[Block]) -> tuple[list[Block], list[Note]]:
    """The blocks of the first report in a file, without its list of contents; a note where there are more."""
    starts = _part_one(blocks)
    segments = [blocks[left:right] for left, right in zip([0, *starts[1:]], [*starts[1:], len(blocks)])]
    if len(segments) > 1 and _is_contents(segments[0]):
        kept = [block for block in segments[0] if isinstance(block, TableGrid) or not part_of(block.text)]
        segments[:2] = [kept + segments[1]]
    if len(segments) < 2:
        return segments[0], []
    title = find_title([block for block in segments[1] if isinstance(block, TextParagraph)]).text
    named = f"“{title}”" if title else ""
    said = f"文件里有{len(segments)}份报告，只读入第一份，后面的{named}没有读入"
    return segments[0], [Note("more-reports", said)]


def _part_one(blocks: list[Block]) -> list[int]:
    """Where each report begins: at the title before its first part, once the parts begin anew."""
    parts = [
        (at, part)
        for at, block in enumerate(blocks)
        if isinstance(block, TextParagraph) and (part := part_of(block.text))
    ]
    starts: list[int] = []
    highest = 0
    for place, (at, part) in enumerate(parts):
        anew = part <= 2 and highest >= 5 and len({number for _, number in parts[place : place + 6]}) >= _LEAST_ANEW
        if anew or not starts:
            before = parts[place - 1][0] if place else -1
            starts.append(_title_before(blocks, before + 1, at) if starts else 0)
            highest = 0
        highest = max(highest, part)
    return starts or [0]


def _title_before(blocks: list[Block], left: int, right: int) -> int:
    """The place of the title between two headings of parts, else that of the second heading."""
    for at in reversed(range(left, right)):  # the nearest: the lines above may be the first report's signature
        following = [block for block in blocks[at:right] if isinstance(block, TextParagraph)]
        if isinstance(blocks[at], TextParagraph) and find_title(following[:3]).end:
            return at
    return right


def _is_contents(blocks: list[Block]) -> bool:
    words = sum(len(block.text) for block in blocks if isinstance(block, TextParagraph) and not part_of(block.text))
    return words < _LEAST_TEXT and not any(isinstance(block, TableGrid) and block.rows for block in blocks)


def _missing_tables(
    blocks: list[Block], tables: Mapping[str, Any], form: Form, open_tables: set[str]
) -> Iterator[Note]:
    """A note on each table that is not there, and whether a picture stands in its place."""
    part, pictures = 0, set()
    for block in blocks:
        part = (isinstance(block, TextParagraph) and part_of(block.text)) or part
        if block == PICTURE:
            pictures.add(part)
    for number, table in enumerate(("table2", "table3", "table4"), start=2):
        if not tables[table] and table not in open_tables:
            name, picture = form.parts[number - 1], number in pictures
            why = "是图片，读不出数字，请换成文字表格" if picture else "没有找到"
            yield Note("table-is-picture" if picture else "table-missing", f"“{name}”的表格{why}", name)


def _parts_of(blocks: list[Block]) -> list[int]:
    """The part (1 to 6, 0 before the first) that each block stands in; a heading is of its own part."""
    part, parts = 0, []
    for block in blocks:
        part = (isinstance(block, TextParagraph) and part_of(block.text)) or part
        parts.append(part)
    return parts


def _cut_off(paragraphs: list[TextParagraph], signature: Signature) -> Iterator[Note]:
    """A note where the text ends before its last part and without a signature: a broken download."""
    last = max(((part, paragraph.text) for paragraph in paragraphs if (part := part_of(paragraph.text))), default=None)
    if last and last[0] < 6 and signature.day is None:
        yield Note("cut-off", f"文件到“{last[1]}”为止，没有后面的部分和落款，文件可能不完整")


def _sections(paragraphs: list[TextParagraph]) -> tuple[Section, ...]:
    """The parts in order; text before the first heading has the heading ""."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    known = any(part_of(paragraph.text) for paragraph in paragraphs)
    last = 0
    for paragraph in paragraphs:
        text = paragraph.text
        numbered = NUMBERED.match(text)
        number = _small(numbered["no"]) if numbered else 0
        # with the six parts printed, 一、二、 inside one of them are its own items, unless styled as headings
        other = (
            numbered and paragraph.level in (1, 2) and number == last + 1 or (not known and _is_short(text, numbered))
        )
        head, run_in = _run_in_part(text)
        if part_of(text) or other:
            sections.append((text, []))
            last = number or last + 1
        elif head:
            sections.append((head, [run_in]))
            last = number or last + 1
        else:
            sections[-1][1].append(text)
    return tuple(Section(heading, tuple(texts)) for heading, texts in sections if heading or texts)


def _small(numeral: str) -> int:
    try:
        return to_int(numeral)
    except ValueError:
        return 0


def _is_short(text: str, numbered: re.Match | None) -> bool:
    return bool(numbered) and len(text) <= 25 and text[-1] not in "。；，："


def _run_in_part(text: str) -> tuple[str, str]:
    """(heading, rest) of a paragraph that prints a part's heading and goes on in the same line."""
    match = re.match(r"^([一二三四五六]\s*[、.．]\s*[^。：:；，\s]{4,30})[。：:\s]\s*(.+)$", text, re.DOTALL)
    if match and len(text) > 60 and part_of(match.group(1)):
        return match.group(1), clean(match.group(2))
    return "", ""


def subsections(section: Section) -> list[tuple[str, tuple[str, ...]]]:
    """The （一）（二） parts of a section as (sub-heading, paragraphs); "" before the first.

    A sub-heading that runs into its paragraph names the part and stays in the text.
    """
    found: list[tuple[str, list[str]]] = [("", [])]
    for text in section.paragraphs:
        if _SUBHEADING.match(text) and not text.endswith(("：", ":")):
            found.append((text, []))
        elif run_in := _RUN_IN.match(text):
            found.append((run_in.group(1), [text]))
        else:
            found[-1][1].append(text)
    return [(heading, tuple(texts)) for heading, texts in found if heading or texts]


def _missing(org: str, year: int) -> list[Note]:
    unnamed = [] if org else [Note("no-org", "没有找到编制机关的名称")]
    return unnamed + ([] if year else [Note("no-year", "没有找到报告年度")])
