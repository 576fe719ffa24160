"""A published annual report read back: its parts, its three tables as data, whose and of which year.

Parts by 国办公开办函〔2021〕30号; the headings are found in the wordings that offices really print.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Iterable

from domain import PublishedReport, Section, UnusableInput
from ingest.blocks import DATE, Block, Grid, Paragraph, clean, read_date
from ingest.numerals import NUMERAL, to_int
from ingest.report_tables import read_tables

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
_PERIOD = re.compile(rf"([{NUMERAL}]{{4}})\s*年\s*1\s*月\s*1\s*日\s*(?:起)?\s*[至到—\-–~～]+\s*(?:[{NUMERAL}]{{4}}\s*年)?\s*12\s*月\s*31\s*日")
_YEAR = re.compile(r"(20\d\d)\s*年度")
_DATE_LINE = re.compile(rf"^(?P<org>.*?)\s*[（(]?(?P<date>{DATE})[）)]?$")
_ORG = re.compile(r"^[\u4e00-\u9fff（）()·]{2,40}(?:局|厅|部|委|委员会|办|办公室|政府|院|会|署|处|所|站|队|中心|公司|学校|大学|厂)$")
_ORG_IN_TEXT = re.compile(r"[，,。；：:\s]([\u4e00-\u9fff]{3,25}?(?:分局|人民政府|委员会|办公室|局|厅))(?=在|认真|严格|坚持|共|全面|按照|依法|主动)")
_CLOSING = 12  # paragraphs from the end among which the signature is looked for


@dataclass(frozen=True)
class _Signature:
    org: str
    day: date | None
    at: int  # index of its first paragraph, the number of paragraphs where there is none
    end: int


def parse_report(blocks: Iterable[Block], source: str, digest: str) -> PublishedReport:
    """The report in ``blocks``; UnusableInput where nothing of an annual report is found."""
    blocks = list(blocks)
    tables, form, notes = read_tables(block for block in blocks if isinstance(block, Grid))
    if report_evidence(blocks) == 0 and not form:
        raise UnusableInput(f"文件 {source} 里没有年度报告的标题、六个部分或三张表，不能作为年度报告读入")
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    title, title_org, title_year, after_title = _title(paragraphs)
    signature = _signature(paragraphs)
    body = paragraphs[after_title : signature.at]
    rest = paragraphs[signature.end :]
    year, year_notes = _year(title_year, body, signature, source)
    org = signature.org or title_org or _org_in_text(body)
    notes = [*notes, *year_notes, *_missing(org, year)]
    if rest:
        notes.append(f"落款之后还有{len(rest)}段文字，没有读入")
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
    """How many signs of an annual report there are: headings of its parts, and a title."""
    paragraphs = [block.text for block in blocks if isinstance(block, Paragraph)]
    parts = {part for text in paragraphs if (part := part_of(text))}
    return len(parts) + any(_TITLE.match(text) for text in paragraphs if len(text) < 80)


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


def _sections(paragraphs: list[Paragraph]) -> tuple[Section, ...]:
    """The parts in order; text before the first heading has the heading ""."""
    sections: list[tuple[str, list[str]]] = [("", [])]
    known = any(part_of(paragraph.text) for paragraph in paragraphs)
    last = 0
    for paragraph in paragraphs:
        text = paragraph.text
        numbered = _NUMBERED.match(text)
        number = _small(numbered["no"]) if numbered else 0
        # with the six parts printed, 一、二、 inside one of them are its own items, unless styled as headings
        other = numbered and paragraph.level in (1, 2) and number == last + 1 or (not known and _is_short(text, numbered))
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


def _title(paragraphs: list[Paragraph]) -> tuple[str, str, int, int]:
    """(title, org, year, index of the first paragraph after it); a title may go over two or three lines."""
    for at, paragraph in enumerate(paragraphs):
        if part_of(paragraph.text):
            break
        for lines in (1, 2, 3):
            text = re.sub(r"\s+", "", "".join(item.text for item in paragraphs[at : at + lines]))
            match = _TITLE.match(text)
            if not match or len(text) > 80 or re.search(r"[>＞。，；]", text):
                continue
            org = match["before"] or match["after"]
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


def _signature(paragraphs: list[Paragraph]) -> _Signature:
    """The closing lines: the organ and the date, on two lines or one."""
    for at in range(len(paragraphs) - 1, max(-1, len(paragraphs) - 1 - _CLOSING), -1):
        text = re.sub(r"\s+", "", paragraphs[at].text)
        match = _DATE_LINE.match(text)
        if not match or len(text) > 60 or not (day := read_date(match["date"])):
            continue
        if _ORG.match(match["org"]):
            return _Signature(match["org"], day, at, at + 1)
        before = re.sub(r"\s+", "", paragraphs[at - 1].text) if at else ""
        if not match["org"] and _ORG.match(before):
            return _Signature(before, day, at - 1, at + 1)
        if not match["org"] and at:
            return _Signature("", day, at, at + 1)
    return _Signature("", None, len(paragraphs), len(paragraphs))


def _year(title_year: int, body: list[Paragraph], signature: _Signature, source: str) -> tuple[int, list[str]]:
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
        notes.append(f"标题的年度{title_year}与正文的统计期间{period[0]}年不一致，按标题")
    return year, notes


def _org_in_text(body: list[Paragraph]) -> str:
    found = Counter(name for paragraph in body for name in _ORG_IN_TEXT.findall(" " + paragraph.text))
    return found.most_common(1)[0][0] if found else ""


def _missing(org: str, year: int) -> list[str]:
    return ([] if org else ["没有找到编制机关的名称"]) + ([] if year else ["没有找到报告年度"])
