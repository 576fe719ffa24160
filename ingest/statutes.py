"""Official text → one version of a regulation: who made it, since when, and every article in its place.

Terms and structure follow 立法法 第六十五条 (编、章、节、条、款、项、目).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from domain import Document, Note, Passage, UnusableInput
from ingest.blocks import DATE, Source, TableGrid, clean, read_date
from ingest.enactment import Enactment, read_enactment, title_of
from ingest.numerals import NUMERAL, article_label, to_int

_ARTICLE = re.compile(
    rf"^第\s*(?P<no>[{NUMERAL}]+)\s*条(?:\s*之\s*(?P<sub>[{NUMERAL}]+))?(?P<gap>[\s　:：]*)(?P<rest>.*)$", re.DOTALL
)
_DIVISION = re.compile(rf"^第\s*(?P<no>[{NUMERAL}]+)\s*(?P<rank>分编|编|章|节)(?P<gap>[\s　]*)(?P<name>.*)$")
_RANKS = ("编", "分编", "章", "节")
_SUPPLEMENT = re.compile(r"^附\s*则$")
_CONTENTS = re.compile(r"^目\s*[录次]$")
_TOPIC = re.compile(r"^[【\[](?P<topic>[^】\]]{1,30})[】\]]")
# 第四十八条的规定…, 第三条第二款: a reference that a line break happened to put first.
_REFERS = re.compile(r"^(?:第[^章节编]|的|规定|所|和|与|及|或|至|到|、|，|,|。|；|;|）|\)|中|之|前|以)")
_AFTERMATH = re.compile(
    r"^附\s*[件表录图]|^相关(?:阅读|链接|文件)|^[【\[]?打印|^分享|^扫一扫|^责任编辑|^来源[:：]|^原文链接|^抄\s*[送报][:：]"
)
# What the table above an official text on a government's page calls its cells.
_PAGE_FACTS = frozenset(
    (
        "名称 标题 文件名称 索引号 分类 主题分类 体裁分类 发布机关 发布机构 发文机关 制定机关 公开主体 发文字号 文号 "
        "发布日期 生成日期 成文日期 公布日期 公开日期 施行日期 生效日期 主题词 关键词 有效性 时效性 效力状态"
    ).split()
)
_LONGEST = 2000  # articles; the longest code has some 1,260
_LAST_LINES = 20  # of the last article among which its day of 施行 is looked for
_SENTENCE_END = "。；：;:！？”）)》"
_IN_FORCE = re.compile(rf"自\s*(?:(?P<date>{DATE})|(?:公布|发布|印发|颁布|通过)之日)\s*起\s*(?:施行|实施|生效|执行)")


@dataclass
class _Article:
    number: int
    sub: int
    heading: str
    lines: list[str] = field(default_factory=list)

    def passage(self) -> Passage:
        text = "\n".join(line for line in self.lines if line)
        topic = _TOPIC.match(text)
        place = [part for part in (self.heading, topic["topic"].strip() if topic else "") if part]
        label = article_label(self.number, self.sub)
        return Passage(text, label, self.number, self.sub, heading="/".join(place))


def parse_statute(source: Source) -> Document:
    """The regulation in ``source`` with its articles; UnusableInput where no article is found."""
    lines = list(_lines(source))
    starts = article_starts(line for line, _ in lines)
    if not starts:
        raise UnusableInput(f"文件 {source.name} 里没有找到“第一条”这样的条文，不能作为法规读入")
    body_at = _body_start([line for line, _ in lines], min(starts))
    header = lines[:body_at]
    full_title = title_of(header, source.name)
    articles, notes = _articles([line for line, _ in lines[body_at:]], _shifted(starts, body_at))
    notes = _numbering_notes(articles) + notes
    enactment = read_enactment([line for line, _ in header], full_title, source.name)
    effective = enactment.effective_from or _effective_from(articles, enactment)
    if effective is None:
        notes.append(Note("no-effective-date", "没有找到施行日期"))
    elif enactment.promulgated and effective < enactment.promulgated:
        first, changed = effective.isoformat(), enactment.promulgated.isoformat()
        notes.append(Note("first-effective-date", f"施行日期{first}是初次施行的日期，本版本于{changed}修改"))
    return Document(
        kind="regulation",
        title=full_title.removeprefix("中华人民共和国"),
        full_title=full_title,
        source=source.name,
        digest=source.digest,
        passages=tuple(article.passage() for article in articles if any(article.lines)),
        number=enactment.number,
        issuer=enactment.issuer,
        level=enactment.level,
        promulgated=enactment.promulgated,
        effective_from=effective,
        notes=source.notes + (*enactment.notes, *notes),
    )


def article_starts(lines: Iterable[str]) -> dict[int, tuple[int, int, str]]:
    """Where articles begin: line index → (number, sub-number, rest of the line).

    A line counts when 第X条 opens it and the number goes on from the one before; a reference that
    stands at a line's start is told by what follows it and by the numbers around it.
    """
    candidates = []
    for at, line in enumerate(lines):
        match = _ARTICLE.match(line)
        if not match or (not match["gap"] and _REFERS.match(match["rest"])):
            continue
        try:
            number, sub = to_int(match["no"]), to_int(match["sub"] or "0")
        except ValueError:
            continue
        candidates.append((at, number, sub, bool(match["gap"]) or not match["rest"], match["rest"]))
    starts: dict[int, tuple[int, int, str]] = {}
    last = (0, 0)
    for place, (at, number, sub, separated, rest) in enumerate(candidates):
        follows = (number, sub) in ((last[0] + 1, 0), (last[0], last[1] + 1))
        if follows or (
            separated
            and (number, sub) > last
            and not _comes_later(islice(candidates, place + 1, place + 1 + _LONGEST), last[0] + 1, number)
        ):
            starts[at] = (number, sub, rest)
            last = (number, sub)
    return starts


def _comes_later(candidates: Iterable[tuple], low: int, high: int) -> bool:
    """Whether the numbers that a leap would leave out stand further on (then it is a reference)."""
    return any(low <= number < high for _, number, *_ in candidates)


def statute_lines(source: Source) -> list[str]:
    """The text of a file line by line; a table's row is one line."""
    return [line for line, _ in _lines(source)]


def _lines(source: Source) -> Iterable[tuple[str, int]]:
    """The text line by line with its heading level; a table's row is one line, of a page's facts one for each."""
    for block in source.blocks:
        if isinstance(block, TableGrid):
            for at in range(len(block.rows)):
                cells = _printed(block, at)
                names = [re.sub(r"[\s:：]", "", cell) for cell in cells]
                if names and names[0] in _PAGE_FACTS:
                    yield from _facts(cells, names)
                elif cells:
                    yield " ".join(cells), 0
        else:
            for line in block.text.split("\n"):
                if line := clean(line):
                    yield line, block.level


def _printed(grid: TableGrid, at: int) -> list[str]:
    """The texts of a row, each printed cell once however many places it covers."""
    numbers = grid.printed[at] if grid.printed else range(len(grid.rows[at]))
    return [text for text in dict(zip(numbers, grid.rows[at])).values() if text]


def _facts(cells: list[str], names: list[str]) -> Iterable[tuple[str, int]]:
    """文号：国务院令第711号 of the cells 文　号 and 国务院令第711号, so that no label becomes part of a title or number."""
    label = ""
    for cell, name in zip(cells, names):
        if name in _PAGE_FACTS:
            label = name
        elif label:
            yield f"{label}：{cell}", 0


def _body_start(lines: list[str], first_article: int) -> int:
    """The first line of the body: the table of contents, the first division or the first article."""
    for at, line in enumerate(lines[:first_article]):
        if _CONTENTS.match(line) or _DIVISION.match(line):
            return at
    return first_article


def _shifted(starts: dict[int, tuple], by: int) -> dict[int, tuple]:
    return {at - by: start for at, start in starts.items()}


def _articles(lines: list[str], starts: dict[int, tuple[int, int, str]]) -> tuple[list[_Article], list[Note]]:
    """Every article with the path of its division; notes name what was left out or looks doubled."""
    found: list[_Article] = []
    path: dict[str, str] = {}
    notes: list[Note] = []
    untitled = ""  # a division whose name stands on the next line
    over = False
    after: list[str] = []
    last = max(starts)
    for at, line in enumerate(lines):
        if at in starts:
            number, sub, rest = starts[at]
            found.append(_Article(number, sub, "/".join(path[rank] for rank in _RANKS if rank in path), [clean(rest)]))
            untitled, over = "", False
        elif division := _division(line):
            rank, label, name = division
            path = {higher: path[higher] for higher in _RANKS[: _RANKS.index(rank)] if higher in path}
            path[rank] = f"{label} {name}".strip()
            untitled = "" if name else rank
        elif untitled:
            path[untitled] += f" {_closed(line)}"
            untitled = ""
        elif found:
            over = over or (at > last and _is_aftermath(line, found[-1]))
            if over:
                after.append(line)
                continue
            if repeated := _ARTICLE.match(line):
                if repeated["gap"] and not _REFERS.match(repeated["rest"]):
                    kept_in = article_label(found[-1].number, found[-1].sub)
                    said = f"“第{repeated['no']}条”重复出现或次序颠倒，作为{kept_in}的正文保留"
                    notes.append(Note("article-repeated", said))
            found[-1].lines.append(line)
    if after:
        lines_after = f"等{len(after)}行" if len(after) > 1 else ""
        notes.append(Note("after-articles", f"文末“{after[0][:20]}”{lines_after}不属于条文，没有读入"))
    return found, notes


def _division(line: str) -> tuple[str, str, str] | None:
    """(rank, 第一章, 总则) of a heading of 编, 章 or 节; None for a sentence that only begins like one."""
    if _SUPPLEMENT.match(line):
        return "章", "附则", ""
    match = _DIVISION.match(line)
    if not match or len(line) > 60 or line[-1] in "。；：，":
        return None
    name = _closed(re.sub(r"[.…·\s]*\d*$", "", match["name"]))
    if not match["gap"] and _REFERS.match(name):
        return None
    return match["rank"], f"第{match['no']}{match['rank']}", name


def _closed(name: str) -> str:
    """总　　则 as 总则: headings are spaced out in print."""
    return re.sub(r"\s+", "", name)


def _is_aftermath(line: str, last: _Article) -> bool:
    """Whether a line after the last article is no longer its text: an annex, or the page's furniture."""
    if _AFTERMATH.match(line):
        return True
    if line[-1] in _SENTENCE_END:
        return False
    return any(_IN_FORCE.search(text) for text in last.lines[:_LAST_LINES])


def _numbering_notes(articles: list[_Article]) -> list[Note]:
    notes = []
    expected = 1
    for article in articles:
        if article.number > expected:
            missing = article_label(expected)
            if article.number > expected + 1:
                missing += f"至{article_label(article.number - 1)}"
            notes.append(Note("articles-missing", f"缺少{missing}"))
        expected = article.number + 1
        if not any(article.lines):
            said = f"{article_label(article.number, article.sub)}没有正文，没有读入"
            notes.append(Note("article-empty", said))
    return notes


def _effective_from(articles: list[_Article], enactment: Enactment) -> date | None:
    """The day that 附则 names, looked for from the last article backwards."""
    for article in reversed(articles[-5:]):
        for line in article.lines:
            if match := _IN_FORCE.search(line):
                return read_date(match["date"]) if match["date"] else enactment.original
    return None
