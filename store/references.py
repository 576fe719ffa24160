"""Exact references in a text: the name of a regulation followed by article numbers.

《政府信息公开条例》第50条, 条例第五十条, 披露办法第十二条、第二十一条, 第三十条至第三十三条, 生态环境部令
第24号第九条. A name that could be two regulations, or that is part of a longer unknown name, refers
to nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ingest.numerals import NUMERAL, to_int


@dataclass(frozen=True)
class ArticleReference:
    """One article of one regulation, by its short title. ``sub`` is 1 for 之一."""

    title: str
    article_no: int
    sub: int = 0


_PLACE = rf"(?:\s*第[{NUMERAL}]+款)?(?:\s*第[（(]?[{NUMERAL}]+[）)]?项)?"
_TO = "至到~—–-"
_NUMBERS = rf"[{NUMERAL}]+(?:\s*[、,和及与{_TO}]\s*第?[{NUMERAL}]+)*\s*条(?:之[一二三四五六七八九十]{{1,3}})?"
_ONE = rf"第\s*{_NUMBERS}{_PLACE}"
_NEXT = rf"\s*[、,和及与{_TO}]+\s*{_ONE}|\s*、\s*{_NUMBERS}{_PLACE}"
_LIST = re.compile(rf"(?P<first>(?:第\s*)?{_NUMBERS}{_PLACE})(?P<more>(?:{_NEXT})*)")
_ARTICLE = re.compile(
    rf"(?P<to>[{_TO}]\s*第?\s*)?(?P<number>[{NUMERAL}]+)\s*(?:条(?:之(?P<sub>[一二三四五六七八九十]{{1,3}}))?)?"
)
_WITHIN = re.compile(rf"第\s*[（(]?\s*[{NUMERAL}]+\s*[）)]?\s*[款项]")
_LONGEST_RANGE = 60
_BETWEEN = re.compile(
    r"(?:[（(][^（）()\n]{1,40}[）)])?(?:的|中的|里的|里头|中|里)?(?:到底|究竟)?(?:有没有|是否有|有)?\s*$"
)  # 《…》（国务院令…）的第五条
_QUOTED = re.compile(r"《([^《》\n]{1,60})》$")
_ALL_QUOTED = re.compile(r"《([^《》\n]{1,60})》")
# What may stand before a name without being part of it.
_BEFORE = re.compile(
    r"(?:^|[^一-龥]|中华人民共和国|[的和与及或按照在见是看到问查]|根据|依据|违反|符合|遵守|执行|落实|适用|引用|查询|查阅|解释|解读|请问|"
    r"询问|关于|对于|以及|还有|说明|一下)$"
)
_GENRES = ("条例", "办法", "规定", "细则", "解释", "格式")
_SHORTEST = 4
_ORDER = re.compile(r"(国务院|部|署|局|委员会)令第(\d+)号$")
_OTHER_WORD = "律规定人院治制庭案理学官务"  # 处罚法规, 许可法定 name no law


class Names:
    """Every name under which the held regulations are known."""

    def __init__(self, names: Iterable[tuple[str, str]], titles: Iterable[str]) -> None:
        """``names`` are pairs (name, title); ``titles`` are those that the knowledge base holds."""
        claims: dict[str, set[str]] = defaultdict(set)
        for name, title in names:
            for form in _forms(name):
                claims[form].add(title)
        self.titles = frozenset(titles)
        for title in self.titles:
            claims[_fold(title)] = {title}
        self._known = {name: next(iter(claimed)) for name, claimed in claims.items() if len(claimed) == 1}
        self._titles = self.titles | {title for claimed in claims.values() for title in claimed}
        self._by_beginning: dict[str, list[str]] = defaultdict(list)
        for name in self._known:
            if len(name) >= _SHORTEST:
                self._by_beginning[name[:_SHORTEST]].append(name)
        self._short = [name for name in self._known if len(name) < _SHORTEST and name.isalpha()]

    def title(self, name: str) -> str | None:
        """The held title that a whole name means: itself, an alias, its number, or a clear abbreviation."""
        meant = self._meant(name)
        return meant if meant in self.titles else None

    def _meant(self, name: str) -> str | None:
        """As ``title``, of every title known: what could mean one that is not held is no clear abbreviation."""
        folded = _fold(name).removeprefix("中华人民共和国")
        folded = folded.removeprefix("新") if folded not in self._known else folded  # 新条例: the day decides
        known = self._known.get(folded)
        if known or folded.endswith("法") and not folded.endswith("办法"):
            return known  # 水法 is not 水污染防治法
        fitting = [title for title in self._titles if _abbreviates(folded, title)]
        return fitting[0] if len(fitting) == 1 else None

    def ending(self, text: str) -> str | None:
        """The held title whose name ends ``text``, where nothing before it can belong to the name."""
        meant = self._ending(text)
        return meant if meant in self.titles else None

    def _ending(self, text: str) -> str | None:
        text = _BETWEEN.sub("", text)
        quoted = _QUOTED.search(text)
        if quoted:
            return self._meant(quoted[1])
        for start in range(max(0, len(text) - 45), len(text) - 1):  # the longest name first
            if _BEFORE.search(text[:start]) and (title := self._meant(text[start:])):
                return title
        return None

    def named(self, text: str) -> set[str]:
        """The titles, held or only known of, that ``text`` names in any way: also by a short name (环保法)

        that stands alone, in 《…》, or before an article's number.
        """
        text = unicodedata.normalize("NFKC", text)
        found = {self._meant(text)} | {self._meant(name) for name in _ALL_QUOTED.findall(text)}
        found |= {self._ending(text[: match.start()]) for match in _LIST.finditer(text)}
        found |= {self._known[name] for name in self._short if name in text and self._stands_alone(name, text)}
        return self.spoken_of(text) | {title for title in found if title}

    def written(self, title: str, text: str) -> str:
        """The longest name of a title that stands in ``text``, as it is written there; "" where it is no known one."""
        text = unicodedata.normalize("NFKC", text)
        quoted = [name for name in _ALL_QUOTED.findall(text) if self._meant(name) == title]
        known = [name for name, meant in self._known.items() if meant == title and name in text]
        return max((*quoted, *known), key=len, default="")

    def _stands_alone(self, short: str, text: str) -> bool:
        """Whether a short name is in ``text`` as a word, and not as the beginning of a longer name or word."""
        longer = [name for name in self._known if name.startswith(short) and name != short]
        return any(
            _BEFORE.search(text[: match.start()])
            and not text[match.end() :].startswith(tuple(_OTHER_WORD))
            and not text[match.start() :].startswith(tuple(longer))
            for match in re.finditer(re.escape(short), text)
        )

    def mentioned(self, text: str) -> set[str]:
        """The held titles of which a name stands in ``text``, or that 《…》 in it means."""
        quoted = {self.title(name) for name in _ALL_QUOTED.findall(text)}
        return (self.spoken_of(text) | {title for title in quoted if title}) & self.titles

    def spoken_of(self, text: str) -> set[str]:
        """The titles, held or only known of, of which a name stands in ``text``.

        Names within longer names do not count, nor those so short that they may be common words.
        """
        folded = _fold(text)
        names = {
            name
            for at in range(len(folded) - _SHORTEST + 1)
            for name in self._by_beginning.get(folded[at : at + _SHORTEST], ())
            if folded.startswith(name, at)
        }
        names -= {short for short in names for name in names if short != name and short in name}
        return {self._known[name] for name in names}


def find_references(text: str, names: Names) -> list[ArticleReference]:
    """The articles that ``text`` names, in order, each once."""
    text = unicodedata.normalize("NFKC", text)
    found: list[ArticleReference] = []
    for match in _LIST.finditer(text):
        title = names.ending(text[: match.start()])
        if title is None:
            continue
        found += _articles(title, _WITHIN.sub("", match["first"] + match["more"]))
    return list(dict.fromkeys(found))


def _articles(title: str, places: str) -> list[ArticleReference]:
    """The articles of 第三十条至第三十三条、第36、37条, ranges written out."""
    found: list[ArticleReference] = []
    for article in _ARTICLE.finditer(places):
        if not _is_number(article["number"]):
            continue
        number = to_int(article["number"])
        if article["to"] and found and 0 < number - found[-1].article_no <= _LONGEST_RANGE:
            found += [ArticleReference(title, between) for between in range(found[-1].article_no + 1, number)]
        found.append(ArticleReference(title, number, to_int(article["sub"]) if article["sub"] else 0))
    return found


def _forms(name: str) -> list[str]:
    """A name, and of 生态环境部令第24号 also 部令第24号, 令第24号, 第24号令, 24号令 and 生态环境部第24号令."""
    folded = _fold(name).removeprefix("中华人民共和国")
    order = _ORDER.search(folded)
    if order is None:
        return [folded]
    issuer, number = order.groups()
    whole = folded[: order.end(1)]
    forms = [
        folded,
        f"{issuer}令第{number}号",
        f"令第{number}号",
        f"第{number}号令",
        f"{number}号令",
        f"{whole}第{number}号令",
    ]
    return [*forms, f"国令第{number}号"] if issuer == "国务院" else forms


def _abbreviates(name: str, title: str) -> bool:
    """Whether ``name`` is ``title`` with words left out: pieces of two characters or more, in order."""
    genre = next((word for word in _GENRES if name.endswith(word)), None)
    if genre is None or len(name) < _SHORTEST or not title.endswith(genre):
        return False
    rest, place = name, 0
    while rest:
        length = next((n for n in range(len(rest), 1, -1) if n != len(rest) - 1 and rest[:n] in title[place:]), 0)
        if not length:
            return False
        place = title.index(rest[:length], place) + length
        rest = rest[length:]
    return place == len(title)


def _fold(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _is_number(text: str) -> bool:
    try:
        return to_int(text) > 0
    except ValueError:
        return False
