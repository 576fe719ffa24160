"""Whether a question asks for the office's own figures, and for which: year, figure, comparison.

A question of law may well hold 多少 (申请答复期限是多少天); it is told by its words of obligation, by
asking in days or months, and by words that no figure answers to.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Sequence

from answering.catalogue import Figure, Spotted, Word, definitions, figure, spot, units_agree, vocabulary, without
from answering.terms import content_terms
from domain import YearFigures
from gates.readings import chinese_value

_COUNTED = r"[件条次份项起个家场回期篇部宗例元万]"
_QUANTITY = re.compile(
    rf"多少|几{_COUNTED}|哪(?:几|一|些)?个?月|哪一?类|总数|总量|数量|合计|同比|环比|增长|增加|减少|增幅|下降|上升|变化|占比|比例|比重|百分之|分别是"
    r"|(?<=[比较同])(?:上|去|前)"
)
_YES_NO = re.compile(r"有没有|有无|是否|.吗")
_LAW = re.compile(
    r"应当|应该|必须|不得|可以|能不能|能否|怎么|怎样|如何|规定|标准|限额|[上下]限|最[多少高低迟晚]|至[多少]|期限|时限|多久|多长|第[一二三四五六七八九十百\d]+条"
    r"|哪[一些几]?条(?!信息)|条款|依据|罚款|罚多少|为什么|什么是|是什么意思|指什么|(?<!不)需要|(?<![主重需])要(?![求点闻情事])|每[一]?[件页条次份]"
    r"|(?:多少|几)个?(?:天|日|工作日|小时|年(?!度)|周|章|款)|(?<!哪)几个?月|内(?:答复|公开|办结)"
)
_OURS = re.compile(r"我们|我局|本局|我分局|本分局|本单位|我单位|我办|局里|台账|(?:公开|发布|收到|听取|开展|办理|办结|作出|收取|收|办|组织|举办|报送|采用|答复|制发)了")
_EARLIER = r"(?:(上一?年度?|去年|前一年|前年)|(\d{4})年度?)(?:同期)?"
_COMPARE = re.compile(rf"[比较]{_EARLIER}|[和与同]{_EARLIER}(?:相比|比较|比)|同比|环比")
_CHANGE = re.compile(r"多多少|少多少|多了|少了|多出|增长|增加|减少|增幅|下降|上升|增减|升了|降了|相差|差多少|变化")
_SHARE = re.compile(r"占(?!用|地)|比例|比重|百分之几|百分之多少")
_YEAR = re.compile(r"(\d{4}|\d{2}|[〇零一二三四五六七八九]{4})年(?:度)?")
_SPAN = re.compile(r"近([两二三四五六七八九十\d]+)年|历年|近几年|这几年|各年")
_RELATIVE = {"去年": -1, "前年": -2, "今年": 0}
_REPORTED = re.compile(r"本年度?|当年|报告年度")
_BEFORE = re.compile(r"上一?年度?")
_ELLIPSIS = re.compile(r"^(?:那么?|还有|另外)?[，,]?(.*?)(?:的)?(?:呢|怎么样|如何|又?是多少|有多少|多少|有几件|几件)?[？?。]*$")
_FIRST_YEAR = 2008
"""The year in which the 政府信息公开条例 took effect: no figures are older."""
_MARKS = re.compile(r"[？?。；;\n]+|[，,](?=比|较|同比|其中|又|并且|以及|有几|分别)")
_LIST = re.compile(r"[、和及与]|分别|各")
MAIN = ("row", "case", "table2", "facts", "fact", "derived")


@dataclass(frozen=True)
class FigureQuestion:
    """What is asked for. ``years`` empty: the newest held; ``every``: so many of the newest years.

    ``compare``: beside ``base`` (the year before where None). ``alike``: the words may mean any one
    of ``figures``. ``narrower``: words of the question that no figure answers to. ``org``: the
    organ named. ``missing_year``: words for a year that cannot be told.
    """

    figures: tuple[Figure, ...] = ()
    years: tuple[int, ...] = ()
    every: int = 0
    compare: bool = False
    base: int | None = None
    share: bool = False
    alike: bool = False
    narrower: tuple[str, ...] = ()
    org: str = ""


def read_figures(
    text: str, held: Sequence[YearFigures], today: date, before: FigureQuestion | None = None
) -> FigureQuestion | None:
    """The question for our own figures that ``text`` asks, or None where it asks something else.

    ``before`` is the question of figures that it may continue (比上年多多少？ 2022年呢？ 那行政处罚呢？).
    """
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("(", "（").replace(")", "）")
    org = _organ(plain, held)
    named = spot(plain, vocabulary(held))
    spotted = _chosen(named, plain)
    rest = without(named, plain).replace(org, " ") if org else without(named, plain)
    rest, compare, base = _comparison(rest, today, held)
    rest, years, every = _years(rest, today, held)
    asks = _QUANTITY.search(plain) or compare
    ours = bool(years or every or _OURS.search(plain))
    if not asks and ours and spotted and _YES_NO.search(plain):
        asks = True
    own = any(one.word.slot in MAIN for one in spotted)
    continues = before is not None and _continues(plain, spotted, asks, years, compare)
    if _LAW.search(rest) or not (asks or continues):
        return None
    narrower = _unanswered(rest, held)
    if not spotted and not continues or narrower and (not ours or not own and not continues):
        return None
    if narrower and not _in_its_unit(plain, spotted):
        return None
    if not continues and not ours and not compare and not (held and _in_its_unit(plain, spotted)):
        return None
    asked = FigureQuestion((), years, every, compare, base, bool(_SHARE.search(plain)), False, narrower, org)
    return _filled(asked, spotted, before if continues else None, bool(_LIST.search(plain)))


def parts(text: str) -> list[str]:
    """The single questions of a text: 2023年公开了多少条？比上年多多少？"""
    return [part for part in (one.strip() for one in _MARKS.split(text)) if part]


def _filled(
    asked: FigureQuestion, spotted: Sequence[Spotted], before: FigureQuestion | None, listed: bool
) -> FigureQuestion | None:
    """``asked`` with its figures, and what it leaves out taken over from the question before."""
    mains = [one for one in spotted if one.word.slot in MAIN]
    if not mains and before and not any(one.word.slot in ("column", "result") for one in spotted):
        figures, alike = before.figures, before.alike
    else:
        mains = mains or _implied(spotted, before)
        figures = tuple(dict.fromkeys(one for main in mains for one in figure(spotted, main.word)))
        kept = tuple(one for one in figures if before and _table(one) == _table(before.figures[0]))
        alike = len(mains) > 1 and not listed and _same(mains) and not kept
        figures = kept if before and _same(mains) and kept else figures
    if not figures:
        return None
    if before and not (asked.years or asked.every):
        asked = replace(asked, years=before.years, every=before.every, org=asked.org or before.org)
    return replace(asked, figures=figures, alike=alike)


def _implied(spotted: Sequence[Spotted], before: FigureQuestion | None) -> list[Spotted]:
    """A column alone asks for the row spoken of, else new applications; a result alone for each kind of case."""
    if any(one.word.slot == "result" for one in spotted):
        return [Spotted(word, frozenset()) for word in vocabulary(()) if word.slot == "case" and word.key != "litigation"]
    if before and before.figures and before.figures[0].keys[0].startswith("table3."):
        key = before.figures[0].keys[0].split(".", 1)[1].rpartition(".")[0]
        group = key.partition(".")[0]
        return [Spotted(Word("row", group if len(before.figures[0].keys) > 1 else key, ()), frozenset())]
    if any(one.word.slot == "column" for one in spotted):
        return [Spotted(Word("row", "new_received", ()), frozenset())]
    return []


def _table(one: Figure) -> str:
    return one.keys[0].partition(".")[0]


def _same(mains: Sequence[Spotted]) -> bool:
    return len({one.at for one in mains}) == 1


def _chosen(spotted: list[Spotted], text: str) -> list[Spotted]:
    """The words that count: of the weightiest rank, and in the unit that is asked in."""
    unit = re.search(rf"(?:多少|几)({_COUNTED})", text)
    if unit:
        agreeing = [one for one in spotted if one.word.slot not in MAIN or units_agree(unit[1], one.word)]
        spotted = agreeing if any(one.word.slot in MAIN for one in agreeing) else spotted
    elif re.search(r"发布|公开了", text):
        spotted = _without_twins(spotted, "table2")
    elif re.search(r"决定|作出|做出", text):
        spotted = _without_twins(spotted, "fact")
    ranks = [one.word.rank for one in spotted if one.word.slot in MAIN]
    least = max(ranks, default=0)
    if _LIST.search(text):
        least = min(least, 2)
    return [one for one in spotted if one.word.slot not in MAIN or one.word.rank >= least]


def _without_twins(spotted: list[Spotted], slot: str) -> list[Spotted]:
    """Without the words of ``slot`` that stand for the same characters as another's (行政许可: 条 and 件)."""
    return [
        one
        for one in spotted
        if one.word.slot != slot or not any(other.at == one.at and other.word.slot != slot and other.word.slot in MAIN for other in spotted)
    ]


def _in_its_unit(text: str, spotted: Sequence[Spotted]) -> bool:
    """Whether it is asked in the figure's own unit (几件), or with nothing beside the figure's name."""
    unit = re.search(rf"(?:多少|几)({_COUNTED})", text)
    return unit is None or any(one.word.unit and units_agree(unit[1], one.word) for one in spotted if one.word.slot in MAIN)


def _continues(text: str, spotted: Sequence[Spotted], asks: object, years: Sequence[int], compare: bool) -> bool:
    """Whether a question leaves something to the one before: 2022年呢, 比上年多多少, 那行政处罚呢."""
    left_out = not any(one.word.slot in MAIN for one in spotted)
    short = _ELLIPSIS.fullmatch(text)
    return bool((asks or compare) and not years or left_out and (years or compare or spotted) or short and text.rstrip("？?。").endswith("呢") and spotted)


def _unanswered(rest: str, held: Sequence[YearFigures]) -> tuple[str, ...]:
    beside = frozenset(definitions()["beside"].split())
    return tuple(term for term in content_terms(_QUANTITY.sub(" ", rest)) if term not in beside and not term.isascii())


def _organ(text: str, held: Sequence[YearFigures]) -> str:
    """The organ that is named: whole, or by the end of its name (禄丰分局)."""
    found = ""
    for org in {year.org for year in held if year.org}:
        tails = [org[at:] for at in range(len(org) - 3) if org[at:] in text]
        found = max(found, *tails, key=len) if tails else found
    return found


def _comparison(rest: str, today: date, held: Sequence[YearFigures]) -> tuple[str, bool, int | None]:
    """The text without the words of comparison, whether there are any, and the year they name."""
    match = _COMPARE.search(rest)
    if match is None:
        return rest, bool(_CHANGE.search(rest)), None
    word, year = match[1] or match[3], match[2] or match[4]
    base = int(year) if year else today.year + _RELATIVE[word] if word in _RELATIVE else None
    if word == "去年" and base == _newest(held):
        base = None  # 比去年 of a report on last year means the year before it
    return rest[: match.start()] + " " + rest[match.end() :], True, base


def _years(rest: str, today: date, held: Sequence[YearFigures]) -> tuple[str, tuple[int, ...], int]:
    """The text without its years, the years, and how many of the newest years (近三年)."""
    if span := _SPAN.search(rest):
        number = chinese_value(span[1]) or int(span[1]) if span[1] else 99
        return _SPAN.sub(" ", rest), (), number
    years = [_year(match[1]) for match in _YEAR.finditer(rest)]
    rest = _YEAR.sub(" ", rest)
    for word, offset in _RELATIVE.items():
        if word in rest:
            years.append(today.year + offset)
            rest = rest.replace(word, " ")
    newest = _newest(held)
    if newest and _REPORTED.search(rest):
        years.append(newest)
        rest = _REPORTED.sub(" ", rest)
    if newest and _BEFORE.search(rest):
        years.append(newest - 1)
        rest = _BEFORE.sub(" ", rest)
    return rest, tuple(dict.fromkeys(year for year in years if year >= _FIRST_YEAR)), 0


def _year(written: str) -> int:
    number = int(written) if written.isdigit() else chinese_value(written) or 0
    return number + 2000 if number < 100 else number


def _newest(held: Sequence[YearFigures]) -> int:
    computed = [year.year for year in held if year.computed]
    return max(computed or [year.year for year in held], default=0)


def conversation(
    text: str, earlier: Sequence[str], held: Sequence[YearFigures], today: date
) -> tuple[list[FigureQuestion], list[str], bool]:
    """The questions for figures in ``text``, what else it asks, and whether it continues ``earlier``.

    ``earlier`` are the questions before it, oldest first.
    """
    before = None
    for turn in earlier:
        for part in parts(turn):
            before = read_figures(part, held, today, before)
    found, others, first = [], [], before
    for part in parts(text):
        asked = read_figures(part, held, today, before)
        if asked is None:
            others.append(part)
        else:
            if found and asked.compare and replace(asked, compare=False, base=None) == found[-1]:
                found.pop()  # the comparison tells the figure itself as well
            found.append(asked)
            before = asked
    alone = read_figures(parts(text)[0], held, today) if found and not others else found[0] if found else None
    return found, others, bool(first and found and alone != found[0])


def without_figures(history: Sequence[tuple[str, str]], held: Sequence[YearFigures], today: date) -> list[tuple[str, str]]:
    """The turns that were not about figures: what a question of law may continue."""
    kept: list[tuple[str, str]] = []
    before, dropped = None, False
    for role, content in history:
        if role == "user":
            found = [read_figures(part, held, today, before) for part in parts(content)]
            before = found[-1] if found else None
            dropped = any(found)
        if not dropped:
            kept.append((role, content))
    return kept


def worded(question: FigureQuestion) -> str:
    """The question as it was understood, standing alone."""
    years = "、".join(f"{year}年" for year in question.years) or (f"近{question.every}年" if 0 < question.every < 99 else "历年" if question.every else "")
    labels = "、".join(one.label or "没有发布信息的月份" for one in question.figures)
    base = f"{question.base}年" if question.base else "上年"
    return f"{years}{labels}是多少" + (f"，比{base}变化多少" if question.compare else "") + "？"
