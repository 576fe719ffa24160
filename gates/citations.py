"""References to regulations and their articles, as exact spans of a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gates.readings import CHINESE, arabic_value, chinese_value


@dataclass(frozen=True)
class Reference:
    """One article (or a whole regulation: ``article_no`` 0) that a text refers to.

    ``text[start:end]`` is the span; of several articles after one name, the first has the name's
    span too. ``title`` is as written, without 《》 and 中华人民共和国: it may be a short form
    (条例, 本办法) or "" for a bare 第…条. ``sub`` is 1 for 之一.
    """

    start: int
    end: int
    title: str
    article_no: int
    sub: int = 0


_NUMBER = rf"(?:[{CHINESE}]+|\d+)"
_ARTICLE = rf"第\s*{_NUMBER}\s*条(?:之[{CHINESE}]+)?|第\s*{_NUMBER}(?:[、和及至]\s*{_NUMBER})+\s*条"
_PLACE = rf"(?:第[{CHINESE}\d]+款)?(?:第[（(]?[{CHINESE}\d]+[）)]?项(?:[、和至]第[（(]?[{CHINESE}\d]+[）)]?项)*)?"
_JOIN = r"(?:\s*(?:、|，|,|和|及|以及|与|至|到)\s*)"
_REFERENCE = re.compile(
    rf"""(?:《(?P<quoted>[^《》\n]{{1,60}})》(?:[（(][^（）()\n]{{1,40}}[）)])?
          |(?P<named>[一-龥]{{0,30}}?(?:法|条例|办法|规定|细则|解释)))?
         \s*(?P<articles>(?:{_ARTICLE}){_PLACE}(?:{_JOIN}(?:{_ARTICLE}){_PLACE})*)
        |《(?P<alone>[^《》\n]{{1,60}})》""",
    re.VERBOSE,
)
_LEADING = re.compile(
    r"^.*?(?:根据|按照|依据|依照|违反|适用|符合|落实|执行|遵守|参照|参见|详见|以及|分别是|[，、的和与及对在按由见是]|依(?!法))(?=[一-龥]{2})"
)


# Words in 法 that name no law, and what leads to 条例 alone: 依据条例.
_COMMON = re.compile(
    r"[依违非合方执司立无做说用看守办普手想魔语书枪技疗算乘加减除讲设]法|[本该此据照按反合行实用和与的及或依](?:条例|细则|办法)"
)
_LAW = re.compile(r"[一-龥](?:法(?:典|(?!律|规(?!定)|定|人|院|治|制|官|庭|学|医))|条例|细则|办法)|司法解释")
_OWN = re.compile(r"(?:本|该|此)(?:法|条例|办法|规定|细则|解释)$")


def find_references(text: str) -> list[Reference]:
    """Each article that ``text`` refers to, in order: 《…》第九条、第十二条, 条例第二十六条, 第12条之一."""
    found: list[Reference] = []
    for match in _REFERENCE.finditer(text):
        if match["alone"]:
            found.append(Reference(*match.span(), _title(match["alone"]), 0))
            continue
        title = _title(match["quoted"] or _bare_name(match["named"] or ""))
        start = match.start() if match["quoted"] else match.start("articles") - len(_bare_name(match["named"] or ""))
        offset = match.start("articles")
        for article in re.finditer(rf"(?:{_ARTICLE}){_PLACE}", match["articles"]):
            for number, sub in _numbers(article.group()):
                found.append(Reference(start, offset + article.end(), title, number, sub))
            start = offset + article.end()
            comma = re.compile(_JOIN).match(text, start)
            start = comma.end() if comma else start  # the next article begins after it
    return found


def loose_names(text: str) -> list[str]:
    """The ends of regulation names outside 《》 and beside no article: 护法 of 环境保护法规定, 施细则; not 依法, 本条例."""
    return [match.group() for match in _LAW.finditer(text) if not _COMMON.fullmatch(match.group())]


def _bare_name(name: str) -> str:
    """A name without 《》: what follows the last leading verb or comma; 本办法 is whole."""
    if own := _OWN.search(name):
        return own.group()
    while shorter := _LEADING.match(name):
        name = name[shorter.end() :]
    return name


def _title(name: str) -> str:
    return name.strip().removeprefix("中华人民共和国")


def _numbers(article: str) -> list[tuple[int, int]]:
    body, _, rest = article.partition("条")
    sub_match = re.match(rf"之([{CHINESE}]+)", rest)
    sub = chinese_value(sub_match[1]) or 0 if sub_match else 0
    numbers = re.findall(_NUMBER, body)
    return [(_number(number), sub) for number in numbers]


def _number(text: str) -> int:
    chinese = chinese_value(text)
    return chinese if chinese is not None else int(arabic_value(text) or 0)
