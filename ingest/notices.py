"""Official documents without articles (通知、函、意见) → a regulation whose passages are their parts.

Legal source: 党政机关公文处理工作条例 (kinds of documents, their number 发文字号 and their layout) and
党政机关公文格式 GB/T 9704 (levels 一、（一）1.).
"""

from __future__ import annotations

import re
from datetime import date

from domain import Document, Note, Passage, UnusableInput
from ingest.blocks import DATE, read_date
from ingest.enactment import read_enactment
from ingest.report_passages import pieces

_TITLE = re.compile(
    r"关于.{2,120}的?(?:通知|函|复函|意见|指导意见|实施意见|批复|决定|公告|通告|答复|方案)(?:[（(][^）)]{1,20}[）)])?$"
)
_YEAR_OF_REPORT = re.compile(r"\d{4}年度?.{0,10}(?:政府信息公开|政务公开).{0,12}报告$")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[（(【]\d{4}[〕\]）)】]\s*第?\d+号")
_ISSUED = re.compile(r"^关于(?:印发|转发|发布|公布)《(?P<title>[^》]+)》")
_PART = re.compile(r"^(?P<label>[一二三四五六七八九十]{1,3})[、.．]\s*(?P<rest>.+)$", re.DOTALL)
_SUBPART = re.compile(r"^[（(](?P<label>[一二三四五六七八九十]{1,3})[）)]\s*(?P<rest>.+)$", re.DOTALL)
_FURNITURE = re.compile(
    r"^(?:扫一扫|分享|打印|关闭|责任编辑|来源[:：]|原文链接|相关(?:阅读|链接|文件)|上一篇|下一篇|版权所有|主办[:：]|ICP)"
    rf"|^[（(]?此件(?:主动|依申请)?公开(?:发布)?[）)]?$|^{_NUMBER.pattern}$"
)
_BEGINNING = 25  # lines among which the title stands, under a web page's own furniture
_LONGEST_HEADING = 40


def notice_title(lines: list[str]) -> tuple[str, int]:
    """(title, index of the line after it) of such a document; ("", 0) where the text is none.

    A title may go over up to four lines. It needs the form of one, and a document number near it.
    """
    beginning = lines[:_BEGINNING]
    if any(_YEAR_OF_REPORT.search(re.sub(r"\s+", "", line)) and len(line) < 60 for line in beginning):
        return "", 0
    for at in range(len(beginning)):
        for count in range(1, 5):
            text = re.sub(r"\s+", "", "".join(lines[at : at + count]))
            if len(text) > 150 or re.search(r"[。；：:>＞]", text):
                break
            if _TITLE.search(text) and any(_NUMBER.search(line) for line in lines[: at + count + 8] + lines[-8:]):
                return _NUMBER.sub("", text), at + count
    return "", 0


def parse_notice(name: str, digest: str, lines: list[str], notes: tuple[Note, ...]) -> Document:
    """The document in ``lines``; UnusableInput where it is none, or says nothing."""
    title, body_at = notice_title(lines)
    if not title:
        raise UnusableInput(
            f"文件 {name} 里没有“第一条”这样的条文，也没有通知、意见等公文的标题和文号，不能作为法规读入"
        )
    body, annexes, signed = _parts([line for line in lines[body_at:] if not _FURNITURE.match(line)])
    passages = (*_passages(body), *_passages(annexes, "附件"))
    if not passages:
        raise UnusableInput(f"文件 {name} 的公文《{title}》没有正文")
    issuer = re.split(r"关于", title, maxsplit=1)[0].removeprefix("中华人民共和国") or _named(lines[:body_at])
    number = next((match.group() for line in lines[: body_at + 8] if (match := _NUMBER.search(line))), "")
    issued = _ISSUED.match(title[len(title.split("关于", 1)[0]) :])
    full_title = issued["title"] if issued else title
    enactment = read_enactment([line for line in lines[:body_at] if len(line) < 60], full_title, name)
    return Document(
        kind="regulation",
        title=full_title.removeprefix("中华人民共和国"),
        full_title=title,
        source=name,
        digest=digest,
        passages=passages,
        number=re.sub(r"\s+", "", number) or enactment.number,
        issuer=issuer,
        level="规范性文件",
        promulgated=signed or enactment.promulgated,
        effective_from=signed or enactment.promulgated,
        notes=(
            *notes,
            Note("no-articles", "没有逐条编号，按一、（一）分段读入"),
            *(() if signed or enactment.promulgated else (Note("no-date", "没有找到成文日期"),)),
        ),
    )


def _named(above: list[str]) -> str:
    """The issuer as the table above a web page's text names it: 发布机关：生态环境部."""
    named = (re.match(r"(?:发[布文]|制定)机[关构][:：]\s*([\u4e00-\u9fff、]{2,30})", line) for line in above)
    return next((match[1] for match in named if match), "")


def _parts(lines: list[str]) -> tuple[list[str], list[str], date | None]:
    """(body, annexes, day): the signature between them, an organ's name over a date, is left out."""
    for at, line in enumerate(lines):
        text = re.sub(r"\s+", "", line)
        if at and re.fullmatch(rf"[\u4e00-\u9fff、]{{0,40}}{DATE}", text) and (day := read_date(text)):
            before = lines[:at]
            if len(before[-1]) < 30 and before[-1][-1] not in "。；：":
                before = before[:-1]
            return before, lines[at + 1 :], day
    return lines, [], None


def _passages(lines: list[str], within: str = "") -> list[Passage]:
    """One passage for each part 一、 and subpart （一）, long ones cut between paragraphs."""
    found: list[tuple[str, str, list[str]]] = [("", "", [])]
    part = ("", "")
    for line in lines:
        if match := _PART.match(line):
            part = (f"{match['label']}、", _name(match["rest"]))
            found.append((part[0], part[0] + part[1], [line]))
        elif match := _SUBPART.match(line):
            label = f"（{match['label']}）"
            heading = "/".join(filter(None, (part[0] + part[1], label + _name(match["rest"]))))
            found.append((part[0] + label, heading, [line]))
        else:
            found[-1][2].append(line)
    return [
        Passage(text, within + label, heading="/".join(filter(None, (within, heading))))
        for label, heading, texts in found
        for text in pieces(tuple(texts))
        if text != heading.rpartition("/")[2]
    ]


def _name(rest: str) -> str:
    """The heading that a numbered line begins with: all of a short line, else its first sentence."""
    first = re.split(r"[。：:；\n]", rest, maxsplit=1)[0].strip()
    return first if len(first) <= _LONGEST_HEADING else ""
