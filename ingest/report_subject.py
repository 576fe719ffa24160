"""Whose report it is, of which year, when it was signed and put up: from title, preface, signature and page.

A portal prints lines of its own around a report (索引号, 发布机构, 正文, 附件, where one is); they are known
as what they are: what they name counts where the report itself does not say it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from domain import Note
from ingest.blocks import DATE, TextParagraph, read_date
from ingest.numerals import NUMERAL, to_int
from ingest.report_headings import part_of
from ingest.report_organs import DISCLOSURE, ORGAN, REPORT, called, in_preface

_ORG = re.compile(
    r"^[\u4e00-\u9fff（）()·]{2,40}(?:局|厅|部|委|委员会|办|办公室|政府|院|会|署|处|所|站|队|中心|公司|学校|大学|中学|小学|厂|街道|镇|乡|馆)$"
)
_YEAR_WORDS = rf"(?P<year>[{NUMERAL}]{{4}})\s*(?:[-—－–至~]\s*[{NUMERAL}]{{4}}\s*学?)?年?度?"
_TITLES = (
    re.compile(rf"^(?P<before>.*?)(?P<year>[{NUMERAL}]{{4}})\s*年度?(?P<after>.*?){DISCLOSURE}{REPORT}$"),
    re.compile(
        rf"^(?P<before>.*?)(?P<year>[{NUMERAL}]{{4}})[-—－–至~](?:[{NUMERAL}]{{4}})学?年度?(?P<after>.*?){DISCLOSURE}{REPORT}$"
    ),
    re.compile(rf"^(?P<before>.*?){DISCLOSURE}(?:工作)?(?P<after>){_YEAR_WORDS}{REPORT}$"),
    re.compile(rf"^(?P<before>.*?)(?P<after>){DISCLOSURE}{REPORT}[（(]{_YEAR_WORDS}[）)]$"),
    re.compile(rf"^(?P<after>)(?P<year>[{NUMERAL}]{{4}})年度?{DISCLOSURE}{REPORT}[（(—-]+(?P<before>{ORGAN})[）)]?$"),
)
_UNDATED = re.compile(rf"^(?P<before>{ORGAN}){DISCLOSURE}{REPORT}$")
_NO_TITLE = re.compile(r"[>＞|｜。，；]|年\d+月")
_LEADING = re.compile(
    r"^(?:正文|标题|名称|题名|文件名称|信息名称|政府信息公开年度?报告|政府信息公开年报|政府信息公开(?=[\u4e00-\u9fff]{2,}20)|信息公开年报|附件?\d*[:：、]|附件\d*|关于印发|关于|《|【[^】]*】)[:：]?"
)
# printed behind a title: the name of the site, or that it is put up for all to read
_BEHIND = re.compile(
    r"(?:[-_—|｜]+[\u4e00-\u9fff（）()·]{2,24}(?:网|网站|门户|政府|局|委|厅|平台))+$|的?(?:公示|公告)$"
)
_PERIOD = re.compile(
    rf"([{NUMERAL}]{{4}})\s*年\s*1\s*月\s*1\s*日\s*(?:起)?\s*[至到—\-–~～]+\s*(?:[{NUMERAL}]{{4}}\s*年)?\s*12\s*月\s*31\s*日"
)
_YEAR = re.compile(r"(20\d\d)\s*年度")
_ANY_YEAR = re.compile(r"(20\d\d)\s*年")
_NUMERIC_DATE = r"20\d\d[-./]\d{1,2}[-./]\d{1,2}"
_DATE_LINE = re.compile(rf"^(?P<org>.*?)\s*[（(]?(?P<date>{DATE}|{_NUMERIC_DATE})[）)]?$")
_BELOW = re.compile(
    r"(?:主办|承办|版权所有|备案号|网站标识码|打印本页|关闭窗口|分享到|扫一扫).*$"
)  # printed behind the date by a browser
_STAMP = re.compile(r"[（(](?:盖章|公章|印章|章)[）)]")

# --- the portal's lines

_LABELS = (
    "索引号|信息索引号|发布机构|发布机关|发布单位|发文机关|发文单位|制发机关|公开主体|信息来源|来源|文章来源|稿件来源|作者|主题分类|体裁分类|信息分类"
    "|公开类别|公开类型|公开方式|公开形式|公开范围|公开时限|公开程序|成文日期|生成日期|发布日期|发布时间|发表日期|发表时间|上传时间|公开日期|发文日期|更新时间|日期|时间|文号|发文字号|有效性|是否有效|效力状态|关键词|主题词"
    "|主题|服务对象|内容概述|标题|名称|信息名称|浏览次数|浏览量|浏览|点击数|点击量|点击率|阅读次数|阅读量|访问量|访问次数|字体|字号|字体大小|责任编辑|编辑|审核|审稿|校对|录入|语音播报"
)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s　|｜\]】）)]))[【\[]?(?P<label>{_LABELS})[】\]]?\s*[:：]\s*(?P<value>.*?)(?=(?:[\s|｜]*[【\[]?(?:{_LABELS})[】\]]?\s*[:：])|$)"
)
_FURNITURE = frozenset(
    (
        "首页 正文 全文 附件 打印 打印本页 关闭 关闭窗口 返回 返回顶部 收藏 分享 下载 附件下载 相关链接 相关附件 相关阅读 无障碍 无障碍浏览 长者模式 适老版 "
        "繁体 简体 登录 注册 搜索 大 中 小 网站地图 政府信息公开 政务公开 信息公开 政府信息公开年报 政府信息公开年度报告 信息公开年报 法定主动公开内容 视力保护 视力保护色"
    ).split()
)
_FURNITURE_BEGINS = ("分享到", "扫一扫", "上一篇", "下一篇", "视力保护色")
_BETWEEN = re.compile(r"[\s　:：|｜\[\]【】]+")
_PATH = re.compile(
    r"^(?:(?:您?(?:现在|当前)?(?:的)?(?:所在)?位置)\s*(?:是|为)?\s*[:：]|首页\s*[>＞/»|-])|[\u4e00-\u9fff]+\s*[>＞»]\s*[\u4e00-\u9fff]+"
)
_PUBLISHERS = (
    "发布机构",
    "发布机关",
    "发布单位",
    "公开主体",
    "发文机关",
    "发文单位",
    "制发机关",
    "来源",
    "信息来源",
    "文章来源",
    "稿件来源",
)
_POSTED = ("发布日期", "发布时间", "发表日期", "发表时间", "上传时间", "公开日期", "更新时间", "日期", "时间")
_WRITTEN = ("成文日期", "生成日期", "发文日期")
_FIRST_LINES = 40

_CLOSING = 12  # paragraphs from the end among which a signature is looked for where no part is found


@dataclass(frozen=True)
class Title:
    """``org`` and ``year`` as the title names them ("" and 0 for none); ``end`` is the paragraph behind it."""

    text: str = ""
    org: str = ""
    year: int = 0
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Signature:
    """``at`` is the index of its first paragraph, the number of paragraphs where there is none."""

    org: str
    day: date | None
    at: int
    end: int


@dataclass(frozen=True)
class Page:
    """What a portal prints around a report: who put it up and when; ``lines`` are the paragraphs that say so."""

    publisher: str = ""
    posted: date | None = None
    written: date | None = None
    lines: frozenset[int] = frozenset()


def is_title(text: str) -> bool:
    """Whether a line is the title of an annual report on disclosure."""
    text = _tight(text)
    return len(text) < 80 and any(pattern.match(text) for pattern in _TITLES)


def find_title(paragraphs: Sequence[TextParagraph]) -> Title:
    """The title above the first part, on one line or over two or three."""
    first = next((at for at, paragraph in enumerate(paragraphs) if part_of(paragraph.text)), len(paragraphs))
    for lines in (1, 2, 3):
        for at in range(first):
            if lines > 1 and any(_is_portal(item.text) for item in paragraphs[at : at + lines]):
                continue
            if found := _as_title("".join(item.text for item in paragraphs[at : at + lines])):
                text, org, year = found
                if not org and at and _ORG.match(_tight(paragraphs[at - 1].text)):
                    org = _tight(paragraphs[at - 1].text)
                    text = org + text
                below = "".join(item.text for item in paragraphs[at + lines : at + lines + 1])
                if not org and _ORG.match(_tight(below)) and not _is_portal(below):
                    org = _tight(below)
                return Title(text, org, year, at, at + lines)
    for at in range(first):
        if (match := _UNDATED.match(_tight(paragraphs[at].text))) and not _NO_TITLE.search(paragraphs[at].text):
            return Title(match.group(), match["before"], 0, at, at + 1)
    return Title()


def _as_title(text: str) -> tuple[str, str, int] | None:
    text = _tight(text)
    while (cut := _LEADING.sub("", text)) != text:
        text = cut
    text = text.rstrip("》】")
    if len(text) > 80 or _NO_TITLE.search(text):
        return None
    plain = _BEHIND.sub("", text)
    for named, pattern in itertools.product(dict.fromkeys((text, plain)), _TITLES):
        if match := pattern.match(named):
            org = match["before"] or re.sub("人民$", "人民政府", match["after"])  # 2023年云溪县人民政府信息公开…
            return named, _plain_organ(org), year_number(match["year"])
    return None


def _plain_organ(org: str) -> str:
    org = re.sub(r"(?:关于|的|公布|发布)+$", "", org.strip("《》 "))
    return re.sub(r"^.*[:：]", "", org)


def _tight(text: str) -> str:
    return re.sub(r"\s+", "", text)


def year_number(text: str) -> int:
    """A year that can be meant, 0 for none."""
    try:
        year = to_int(text)
    except ValueError:
        return 0
    return year if 2004 <= year <= 2100 else 0


def page_of(paragraphs: Sequence[TextParagraph]) -> Page:
    """What the portal's own lines say, above the report and below it."""
    publisher, posted, written, lines = "", None, None, set()
    edge = [*range(min(_FIRST_LINES, len(paragraphs))), *range(max(0, len(paragraphs) - _CLOSING), len(paragraphs))]
    for at in dict.fromkeys(edge):
        text = paragraphs[at].text
        if part_of(text) or not _is_portal(text):
            continue
        lines.add(at)
        for match in _LABEL.finditer(text):
            label, value = match["label"], match["value"].strip(" |｜【】[]　")
            if label in _PUBLISHERS and not publisher and _ORG.match(_tight(value)):
                publisher = _tight(value)
            if label in _POSTED:
                posted = posted or _day(value)
            if label in _WRITTEN:
                written = written or _day(value)
    return Page(publisher, posted, written, frozenset(lines))


def _is_portal(text: str) -> bool:
    if len(text) > 300 or text.endswith("。"):
        return False
    first = _LABEL.search(text.strip())
    words = [word for word in _BETWEEN.split(text) if word]
    furniture = all(word in _FURNITURE or word.startswith(_FURNITURE_BEGINS) for word in words)
    return bool(first and first.start() <= 2 or words and furniture or len(text) < 120 and _PATH.search(text))


def _day(text: str) -> date | None:
    if day := read_date(text):
        return day
    match = re.search(r"(20\d\d)[-./](\d{1,2})[-./](\d{1,2})", text)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def find_signature(paragraphs: Sequence[TextParagraph], skipped: frozenset[int]) -> Signature:
    """The closing lines, the organ and the date on two lines or one: the first after the last part's heading."""
    headings = [at for at, paragraph in enumerate(paragraphs) if part_of(paragraph.text)]
    start = headings[-1] + 1 if headings else max(0, len(paragraphs) - _CLOSING)
    bare: list[Signature] = []
    for at in range(start, len(paragraphs)):
        if at in skipped:
            continue
        text = _STAMP.sub("", _BELOW.sub("", _tight(paragraphs[at].text)))
        match = _DATE_LINE.match(text)
        if not match or len(text) > 60 or not (day := _day(match["date"])):
            continue
        if _ORG.match(match["org"]):
            return Signature(match["org"], day, at, at + 1)
        before = _STAMP.sub("", _tight(paragraphs[at - 1].text)) if at > start else ""
        if not match["org"] and _ORG.match(before):
            return Signature(before, day, at - 1, at + 1)
        following = _STAMP.sub("", _tight(paragraphs[at + 1].text)) if at + 1 < len(paragraphs) else ""
        if not match["org"] and _ORG.match(following):  # the day above the organ
            return Signature(following, day, at, at + 2)
        if not match["org"] and at:
            bare.append(Signature("", day, at, at + 1))
    if bare:
        return bare[-1]
    last = next((at for at in reversed(range(start, len(paragraphs))) if at not in skipped), -1)
    if last >= start and _ORG.match(_tight(paragraphs[last].text)):  # an organ and no day
        return Signature(_tight(paragraphs[last].text), None, last, last + 1)
    return Signature("", None, len(paragraphs), len(paragraphs))


def organ(title: Title, signature: Signature, page: Page, body: Sequence[TextParagraph], source: str) -> str:
    """The organ by the surest sign there is: signature, title, preface, file name, the portal, the text."""
    named = _as_title(re.sub(r"[（(]\d+[）)]$", "", source.rsplit(".", 1)[0]))
    text = [paragraph.text for paragraph in body]
    signs = (
        signature.org,
        title.org,
        in_preface(text),
        named[1] if named and _ORG.match(named[1]) else "",
        page.publisher,
        called(text),
    )
    return next((sign for sign in signs if sign), "")


def report_year(
    title: Title, signature: Signature, page: Page, body: Sequence[TextParagraph], source: str
) -> tuple[int, list[Note]]:
    """The report year by the surest sign there is, and a note where two signs differ."""
    text = "\n".join(paragraph.text for paragraph in body)
    period = [year for match in _PERIOD.finditer(text) if (year := year_number(match.group(1)))]
    named = Counter(year for match in _YEAR.finditer(text) if (year := year_number(match.group(1))))
    spoken = Counter(year for match in _ANY_YEAR.finditer(text) if (year := year_number(match.group(1))))
    in_name = [year for found in re.findall(r"20\d\d", source) if (year := year_number(found))]
    signs = [
        title.year,
        period[0] if period else 0,
        named.most_common(1)[0][0] if named else 0,
        in_name[0] if in_name else 0,
        spoken.most_common(1)[0][0] if spoken else 0,
        signature.day.year - 1 if signature.day else 0,
        page.posted.year - 1 if page.posted else 0,
    ]
    year = next((sign for sign in signs if sign), 0)
    notes = []
    if title.year and period and period[0] != title.year:
        said = f"标题的年度{title.year}与正文的统计期间{period[0]}年不一致，按标题"
        notes.append(Note("years-differ", said))
    return year, notes
