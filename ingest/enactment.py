"""The lines above the first article → title, number, issuer, level and dates of a regulation.

Levels follow 立法法 and 行政法规制定程序条例 第五条 (条例 is a name kept to 行政法规 and 地方性法规).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from domain import Note
from ingest.blocks import DATE, read_date
from ingest.numerals import NUMERAL, to_int

_TITLE = re.compile(
    r"^(?!《)(?!第)[^。；，,：:]{2,60}?(?:法|法典|条例|办法|规定|细则|规则|决定|解释|准则|标准|规范|意见|通则|规程|制度|方案)"
    r"(?:[（(][^）)]{1,20}[）)])?$"
)
_REVISION_IN_TITLE = re.compile(r"[（(](?:[^（）()]*(?:修订|修正|修改|公布|施行)[^（）()]*|\d{4}年?)[）)]$")
_DATE_IN_NAME = re.compile(r"[（(_\-](\d{4})-(\d{1,2})-(\d{1,2})[)）]?")
_ORDER = re.compile(
    rf"(?P<body>主席令|国务院令|[\u4e00-\u9fff、]{{2,24}}?(?:部|局|总局|委员会|办公室|署|厅|政府|行|会|院))?(?P<kind>令|公告)?"
    rf"\s*[（(]?第?\s*(?P<no>[{NUMERAL}]+)\s*号"
)
_DOCUMENT_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[（(【]\d{4}[〕\]）)】]\s*第?\d+号")
_EVENT = re.compile(rf"(?P<date>{DATE})(?P<what>[^\n]*)")
_IN_FORCE = re.compile(rf"自?\s*(?P<date>{DATE})\s*起?\s*(?:施行|实施|生效)")
_EVENT_WORDS = ("通过", "公布", "发布", "修订", "修正", "颁布", "印发", "批准", "令第", "令 第")
# 部令 第24号 alone: whose it is tells the sentence that announces it.
_BARE_ORDER = re.compile(rf"^(?:部|局|总局|署|委员会)?令\s*第\s*[{NUMERAL}]+\s*号$")
_MEETING = re.compile(
    rf"(?:已[于经])?[^，。]{{0,20}}?[由经](?P<maker>[\u4e00-\u9fff]{{2,12}}?(?:部|总局|局|署|委员会))[{NUMERAL}\d]{{4}}年第?[{NUMERAL}\d]+次"
)
_MAKER = re.compile(r"^[\u4e00-\u9fff、]{2,20}(?:院|部|局|厅|署|会|办公室|政府)$")
_CITED = re.compile(r"《[^》]*》|<[^>]*>|〈[^〉]*〉")


@dataclass(frozen=True)
class Enactment:
    """How a version came to be; ``promulgated`` is the latest event that the text or file name gives.

    ``original`` is the day that 自公布之日 means: a partial amendment (修正) does not change it.
    """

    number: str = ""
    issuer: str = ""
    level: str = ""
    promulgated: date | None = None
    effective_from: date | None = None
    notes: tuple[Note, ...] = ()
    original: date | None = None


def title_of(header: list[tuple[str, int]], name: str) -> str:
    """The full title: a marked first-level heading, else the last line that reads like one, else the file name.

    The last, for a web page's navigation (法规标准) and the order that announces a text stand above it.
    """
    lines = [(line, level) for line, level in reversed(header) if not read_date(line)]
    for wanted in (
        lambda line, level: level == 1 and _TITLE.match(line),
        lambda line, level: _TITLE.match(line.replace(" ", "").replace("　", "")),
        lambda line, level: level == 1,
    ):
        for line, level in lines:
            if wanted(line, level):
                return _REVISION_IN_TITLE.sub("", _above(header, line) + re.sub(r"\s+", "", line))
    stem = name.rsplit(".", 1)[0]
    return _DATE_IN_NAME.sub("", stem).strip()


def _above(header: list[tuple[str, int]], line: str) -> str:
    """The maker printed over a title that begins with 关于, which is part of it; else ""."""
    at = next(place for place, (text, _) in reversed(list(enumerate(header))) if text == line)
    above = re.sub(r"\s+", "", header[at - 1][0]) if at else ""
    return above if line.startswith("关于") and _MAKER.match(above) else ""


def read_enactment(header: list[str], full_title: str, name: str) -> Enactment:
    """Number, issuer, level and dates from the header lines, with the file name's date as a check."""
    header = re.sub(r"(令|公告)\n(?=[（(]?第)", r"\1", "\n".join(header)).split("\n")  # printed on two lines
    header = _with_makers(header)
    events = [(day, what) for line in header for day, what in _events(line)]
    latest = max((day for day, _ in events), default=None)
    named = _named_date(name)
    notes: list[Note] = []
    # A file is named after its version; the lines above the text often tell only of the first one.
    newer = bool(latest and named and named > latest)
    if latest and named and latest != named:
        taken = "文件名的日期" if newer else "文中日期"
        said = f"文件名的日期{named.isoformat()}与文中最近的公布日期{latest.isoformat()}不一致，按{taken}"
        notes.append(Note("dates-differ", said))
    made = [day for day, what in events if "修正" not in what and "修改" not in what]
    # the order that made this version stands with the latest event, not with the first
    ordered = [what for _, what in sorted(events, key=lambda event: event[0], reverse=True)] + header
    number, maker = next(((number, maker) for line in ordered for number, maker in [_number(line)] if number), ("", ""))
    issuer = maker or _issuer(ordered, full_title)
    in_force = [match for line in header for match in [_IN_FORCE.search(line)] if match]
    return Enactment(
        number=number,
        issuer=issuer,
        level=_level(number, issuer, full_title),
        promulgated=named if newer else latest or named,
        effective_from=read_date(in_force[-1]["date"]) if in_force else None,
        notes=tuple(notes),
        original=max(made, default=latest or named),
    )


def _with_makers(header: list[str]) -> list[str]:
    """生态环境部令第24号 for 部令 第24号, where the header names the one body whose meeting adopted the text."""
    makers = {match["maker"] for line in header for match in _MEETING.finditer(_CITED.sub("", line))}
    if len(makers) != 1:
        return header
    (maker,) = makers
    return [f"{maker}{line[line.index('令') :]}" if _BARE_ORDER.match(line) else line for line in header]


def _events(line: str) -> list[tuple[date, str]]:
    """Each dated act in a line (通过, 公布, 修订 …) with its words; 施行 is no such act."""
    if re.fullmatch(DATE, line) and (day := read_date(line)):  # under the signature of an order
        return [(day, "公布")]
    found = []
    for piece in re.split(rf"(?=(?<!自)(?<![{NUMERAL}]){DATE})", line):
        match = _EVENT.match(piece)
        what = match["what"] if match else ""
        if match and any(word in what for word in _EVENT_WORDS) and (day := read_date(match["date"])):
            found.append((day, re.split(r"自\s*\d", what)[0]))
    return found


def _named_date(name: str) -> date | None:
    match = _DATE_IN_NAME.search(name)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _number(words: str) -> tuple[str, str]:
    """(国务院令第711号, 国务院) out of the words of one act; ("", "") where they give no number."""
    text = re.sub(r"\s+", "", _CITED.sub("", words)).replace("中华人民共和国", "")
    if document := _DOCUMENT_NUMBER.search(text):
        return document.group(), ""
    match = _ORDER.search(text)
    if not match or not (match["kind"] or (match["body"] or "").endswith("令")):
        return "", ""
    body = (match["body"] or "").removesuffix("令")
    body = re.sub(r"^.*?(?:通过|公布|发布|修订|修正)", "", body)
    try:
        number = f"{body}{match['kind'] or '令'}第{to_int(match['no'])}号"
    except ValueError:
        return "", ""
    return number, "" if body == "主席" else body


def _issuer(ordered: list[str], full_title: str) -> str:
    """The body named in the latest act, else what the title implies."""
    for words in ordered:
        text = _CITED.sub("", words)
        for pattern in (
            r"[\u4e00-\u9fff]{2,12}?(?:省|自治区|市|州|县)[\u4e00-\u9fff]{0,12}?人民代表大会(?:常务委员会)?",
            r"全国人民代表大会常务委员会|全国人民代表大会",
            r"中共中央、国务院|中共中央办公厅、国务院办公厅|中共中央|最高人民法院|最高人民检察院|国务院办公厅|国务院",
        ):
            if match := re.search(pattern, text):
                return re.sub(r"^第[\u4e00-\u9fff]+?届", "", match.group())
    for maker in ("最高人民法院", "最高人民检察院", "国务院"):
        if full_title.startswith(maker):
            return maker
    return "国务院" if full_title.startswith("中华人民共和国") and "条例" in full_title else ""


def _level(number: str, issuer: str, full_title: str) -> str:
    """法律, 行政法规, 部门规章 …; "" where the text does not tell: a title that ends in 法 is not enough (管理办法)."""
    if issuer.startswith("全国人民代表大会") or number.startswith("主席令"):
        return "法律"
    if "中共中央" in issuer:
        return "党内法规"
    if issuer.startswith(("最高人民法院", "最高人民检察院")) or number.startswith("法释"):
        return "司法解释"
    if "人民代表大会" in issuer:
        return "地方性法规"
    if issuer == "国务院" and "令" in number or (issuer == "国务院" and full_title.endswith(("条例", "细则"))):
        return "行政法规"
    if "令第" in number:
        return "地方政府规章" if issuer.endswith("政府") else "部门规章"
    if re.search(r"[〔\[（(【]\d{4}", number):
        return "规范性文件"
    if (
        full_title.startswith("中华人民共和国")
        and full_title.endswith(("法", "法典"))
        and not full_title.endswith("办法")
    ):
        return "法律"
    return ""
