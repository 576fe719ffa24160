"""A published annual report read back: its parts, its three tables as data, whose and of which year.

Parts by 国办公开办函〔2021〕30号; the headings are found in the wordings that offices really print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain import Note, PublishedReport, Section, UnusableInput
from forms import Form, form_of
from ingest.blocks import DATE, PICTURE, Block, TableGrid, TextParagraph, clean, read_date
from ingest.numerals import NUMERAL, to_int
from ingest.report_copies import read_copy

_PARTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"^总体情况",
        r"^(?:行政机关)?主动公开(?:政府)?信息(?:的)?情况",
        r"^(?:行政机关)?收到和(?:处理|办理)(?:政府)?信息公开申请(?:的)?情况",
        r"^(?:因)?政府信息公开(?:工作)?(?:被)?(?:申请)?行政复议、?(?:和)?(?:提起)?行政诉讼(?:的)?情况",
        r"^(?:政府信息公开工作)?(?:中)?存在的(?:主要)?问题",
        r"^(?:其他需要报告|需要报告的其他)(?:的)?(?:事项|情况)?",
    )
)
_NUMBERED = re.compile(r"^(?P<no>[一二三四五六七八九十]{1,2})\s*[、.．]\s*(?P<name>.+)$", re.DOTALL)
_SUBHEADING = re.compile(r"^[(（][一二三四五六七八九十]{1,2}[)）]\s*[^。；]{2,30}$")
_RUN_IN = re.compile(r"^([(（][一二三四五六七八九十]{1,2}[)）]\s*[^。；，,：:]{2,20})[。：:]")
_TITLE = re.compile(
    rf"^(?P<before>.*?)(?P<year>[{NUMERAL}]{{4}})\s*年度?(?P<after>.*?)(?:政府信息(?:和政务)?公开|政务公开)(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?报告$"
)
_PERIOD = re.compile(
    rf"([{NUMERAL}]{{4}})\s*年\s*1\s*月\s*1\s*日\s*(?:起)?\s*[至到—\-–~～]+\s*(?:[{NUMERAL}]{{4}}\s*年)?\s*12\s*月\s*31\s*日"
)
_YEAR = re.compile(r"(20\d\d)\s*年度")
_DATE_LINE = re.compile(rf"^(?P<org>.*?)\s*[（(]?(?P<date>{DATE})[）)]?$")
_BELOW = re.compile(
    r"(?:主办|承办|版权所有|备案号|网站标识码|打印本页|关闭窗口|分享到|扫一扫).*$"
)  # printed behind the date by a browser
_ORG = re.compile(
    r"^[\u4e00-\u9fff（）()·]{2,40}(?:局|厅|部|委|委员会|办|办公室|政府|院|会|署|处|所|站|队|中心|公司|学校|大学|厂)$"
)
_ORG_IN_TEXT = re.compile(
    r"[，,。；：:\s]([\u4e00-\u9fff]{3,25}?(?:分局|人民政府|委员会|办公室|局|厅))(?=在|认真|严格|坚持|共|全面|按照|依法|主动)"
)
_OTHER_TITLE = re.compile(r"^[^。，；]{4,50}(?:报告|说明|总结|预算|决算|公开表|条例|办法|规定|通知)(?:[（(].*[)）])?$")
_CLOSING = 12  # paragraphs from the end (start) among which signature (title) are looked for where no part is found
_FURNITURE = 40  # characters; shorter lines below the signature are the page's: 打印, 关闭, 扫一扫
_LEAST_TEXT = 200  # characters; a run of headings with less between them is a list of contents
_LEAST_ANEW = 3  # parts that follow, for a heading of part 一 or 二 to begin another report


@dataclass(frozen=True)
class _Signature:
    org: str
    day: date | None
    at: int  # index of its first paragraph, the number of paragraphs where there is none
    end: int


def parse_report(blocks: Iterable[Block], source: str, digest: str) -> PublishedReport:
    """The report in ``blocks``; UnusableInput where nothing of an annual report is found.

    Whatever is missing, doubled, a picture or cut off is said in ``notes``; the rest is read.
    """
    blocks, notes = first_report([part for block in blocks for part in _headings_out(block)])
    paragraphs = [block for block in blocks if isinstance(block, TextParagraph)]
    title, title_org, title_year, after_title = _title(paragraphs)
    signature = _signature(paragraphs)
    body = paragraphs[after_title : signature.at]
    rest = paragraphs[signature.end :]
    year, year_notes = _year(title_year, body, signature, source)
    copied = read_copy(blocks, _parts_of(blocks), year)
    tables, form, table_notes = copied.tables, copied.form, copied.notes
    body = [paragraph for paragraph in body if id(paragraph) not in {id(blocks[at]) for at in copied.used}]
    if not form and report_evidence(blocks) == 0:
        raise _of_another_kind(blocks, source)
    org = signature.org or title_org or _org_in_text(body)
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
        title=title or (f"{org}{year or ''}年政府信息公开工作年度报告" if org and year else ""),
        source=source,
        digest=digest,
        sections=_sections(body),
        tables=tables,
        form=form,
        signature_date=signature.day,
        notes=tuple(notes),
    )


def report_evidence(blocks: Iterable[Block]) -> int:
    """How many signs of an annual report there are: headings of its parts, and a title.

    0 where all that is found is what reports of other kinds have too (总体情况, 存在的问题).
    """
    paragraphs = [block.text for block in blocks if isinstance(block, TextParagraph)]
    parts = {part for text in paragraphs if (part := part_of(text))}
    titled = any(_TITLE.match(re.sub(r"\s+", "", text)) for text in paragraphs if len(text) < 80)
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
    title = _title([block for block in segments[1] if isinstance(block, TextParagraph)])[0]
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
        if isinstance(blocks[at], TextParagraph) and _title(following[:3])[3]:
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


def _cut_off(paragraphs: list[TextParagraph], signature: _Signature) -> Iterator[Note]:
    """A note where the text ends before its last part and without a signature: a broken download."""
    last = max(((part, paragraph.text) for paragraph in paragraphs if (part := part_of(paragraph.text))), default=None)
    if last and last[0] < 6 and signature.day is None:
        yield Note("cut-off", f"文件到“{last[1]}”为止，没有后面的部分和落款，文件可能不完整")


def part_of(text: str) -> int:
    """Which of the six parts (1–6) a paragraph is the heading of; 0 for none."""
    if len(text) > 60 or text.endswith(("。", "；", "，", "：")):
        return 0
    numbered = _NUMBERED.match(text)
    name = re.sub(r"\s+", "", numbered["name"] if numbered else text)
    for number, pattern in enumerate(_PARTS, start=1):
        match = pattern.match(name)
        if match and (numbered or len(name) <= match.end() + 12):
            return number
    return 0


def _sections(paragraphs: list[TextParagraph]) -> tuple[Section, ...]:
    """The parts in order; text before the first heading has the heading ""."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    known = any(part_of(paragraph.text) for paragraph in paragraphs)
    last = 0
    for paragraph in paragraphs:
        text = paragraph.text
        numbered = _NUMBERED.match(text)
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


def _title(paragraphs: list[TextParagraph]) -> tuple[str, str, int, int]:
    """(title, org, year, index of the first paragraph after it); a title may go over two or three lines."""
    for at, paragraph in enumerate(paragraphs):
        if part_of(paragraph.text):
            break
        for lines in (1, 2, 3):
            text = re.sub(r"\s+", "", "".join(item.text for item in paragraphs[at : at + lines]))
            match = _TITLE.match(text)
            if not match or len(text) > 80 or re.search(r"[>＞|｜。，；]|年\d+月", text):
                continue
            org = match["before"] or re.sub("人民$", "人民政府", match["after"])  # 2023年云溪县人民政府信息公开…
            if not org and at and _ORG.match(paragraphs[at - 1].text):
                org = paragraphs[at - 1].text
                text = org + text
            return text, org.strip("关于的《 "), _year_number(match["year"]), at + lines
    return "", "", 0, 0


def _year_number(text: str) -> int:
    try:
        year = to_int(text)
    except ValueError:
        return 0
    return year if 2008 <= year <= 2100 else 0


def _signature(paragraphs: list[TextParagraph]) -> _Signature:
    """The closing lines, the organ and the date on two lines or one: the first after the last part's heading."""
    headings = [at for at, paragraph in enumerate(paragraphs) if part_of(paragraph.text)]
    start = headings[-1] + 1 if headings else max(0, len(paragraphs) - _CLOSING)
    bare: list[_Signature] = []
    for at in range(start, len(paragraphs)):
        text = _BELOW.sub("", re.sub(r"\s+", "", paragraphs[at].text))
        match = _DATE_LINE.match(text)
        if not match or len(text) > 60 or not (day := read_date(match["date"])):
            continue
        if _ORG.match(match["org"]):
            return _Signature(match["org"], day, at, at + 1)
        before = re.sub(r"\s+", "", paragraphs[at - 1].text) if at else ""
        if not match["org"] and _ORG.match(before):
            return _Signature(before, day, at - 1, at + 1)
        if not match["org"] and at:
            bare.append(_Signature("", day, at, at + 1))
    return bare[-1] if bare else _Signature("", None, len(paragraphs), len(paragraphs))


def _year(title_year: int, body: list[TextParagraph], signature: _Signature, source: str) -> tuple[int, list[Note]]:
    """The report year by the surest sign there is, and a note where two signs differ."""
    text = "\n".join(paragraph.text for paragraph in body)
    period = [year for match in _PERIOD.finditer(text) if (year := _year_number(match.group(1)))]
    named = Counter(year for match in _YEAR.finditer(text) if (year := _year_number(match.group(1))))
    in_name = [year for found in re.findall(r"20\d\d", source) if (year := _year_number(found))]
    signs = [
        title_year,
        period[0] if period else 0,
        named.most_common(1)[0][0] if named else 0,
        signature.day.year - 1 if signature.day else 0,
        in_name[0] if in_name else 0,
    ]
    year = next((sign for sign in signs if sign), 0)
    notes = []
    if title_year and period and period[0] != title_year:
        said = f"标题的年度{title_year}与正文的统计期间{period[0]}年不一致，按标题"
        notes.append(Note("years-differ", said))
    return year, notes


def _org_in_text(body: list[TextParagraph]) -> str:
    found = Counter(name for paragraph in body for name in _ORG_IN_TEXT.findall(" " + paragraph.text))
    return found.most_common(1)[0][0] if found else ""


def _missing(org: str, year: int) -> list[Note]:
    unnamed = [] if org else [Note("no-org", "没有找到编制机关的名称")]
    return unnamed + ([] if year else [Note("no-year", "没有找到报告年度")])
