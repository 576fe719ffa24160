"""Whether a question asks for the office's own figures, and for which: year, figure, comparison.

A question of law may well hold 多少 (申请答复期限是多少天); it is told by its words of obligation, by
asking in days or months, and by words that no figure answers to.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answering.figures.catalogue import Figure, definitions, figure, units_agree, vocabulary
from answering.figures.organ import elsewhere, organ
from answering.figures.years import comparison, newest_year, years_named
from answering.terms import content_terms
from domain import YearFigures
from forms import Form, form_of
from matters import Spotted, Word, spot, without

_COUNTED = r"[件条次份项起个家场回期篇部宗例元万钱人天]"
_QUANTITY = re.compile(
    rf"多少{_COUNTED}?|几{_COUNTED}|几成|哪几?天|(?:公开|发布|申请|采用|报送)量|哪(?:几|一|些)?个?月|哪一?类|哪(?:一?年|个|一?项|一?类).{{0,8}}[多少高低](?=$|[，。？?])|占?多大|[多高]还是[少低]|总[数量]|数[量字]|[件条次份]数|申请数|决定数|案件数|(?<![多少半大])数(?=$|[？?。，、])|最多的?类|合计|同比|环比|增长|增加|减少|增幅"
    r"|下降|上升|变化|占比|比例|比重|百分之|分别是|(?<=[比较同])(?:上|去|前)|用时|采用率"
)
_YES_NO = re.compile(r"有没有|有无|是否|.吗|没有?[？?。]?$|是不是|对不对|(?:情况|收入)[？?。]*$")
_ANY = re.compile(r"有没有|有无|[过了]没有?[？?。]?$|[过了]吗")
_UNIT = re.compile(rf"(?:多少|几)(万元|{_COUNTED})|([件条次份项])数")
_SAID = re.compile(rf"\d({_COUNTED})(?:吗|么|是不是|对不对|对吗)|(?:是不是|是否|有没有).*\d({_COUNTED})")
_WHY = re.compile(r"(?:都?是)?(?:因为|为)(?:了?什么|啥)|(?:什么|哪些)(?:原因|理由)")
_TOGETHER = re.compile(r"一共|总共|合计|共计|合起来|加起来|之和|总[数计量]|共多少|共有")
_LAW = re.compile(
    r"应当|应该|必须|不得|可以|能不能|能否|怎么|怎样|如何|规定|标准|限额|[上下]限|最[多少高低迟晚]|至[多少]|期限|时限|多久|多长|第[一二三四五六七八九十百\d]+条"
    r"|哪[一些几]?条(?!信息)|条款|依据|为什么|什么是|是什么意思|指什么|(?<!不)需要|(?<![主重需])要(?![求点闻情事])|每[一]?[件页条次份]"
    r"|(?:多少|几)个?(?:天|日|工作日|小时|年(?!度)|周|章|款)|(?<!哪)几个?月|内(?:答复|公开|办结)"
)
_FINES = re.compile(r"罚款|(?<!处)罚多少|罚[^了]{0,3}钱")
_DONE = re.compile(r"了(?:多少|几)")
_OURS = re.compile(
    r"我们|我局|本局|我分局|本分局|本单位|我单位|我办|局里|台账|(?:公开|发布|收到|听取|开展|办理|办结|作出|收取|收|办|组织|举办|报送|采用|答复|制发)了"
)
_SHARE = re.compile(r"占(?!用|地)|比例|比重|百分之几|百分之多少|几成")
_ELLIPSIS = re.compile(
    r"^(?:那么?|还有|另外)?[，,]?(.*?)(?:的)?(?:呢|怎么样|如何|又?是多少|有多少|多少|有几件|几件)?[？?。]*$"
)
_MARKS = re.compile(r"[？?。；;\n]+|[，,](?=比|较|同比|其中|又|并且|以及|有几|分别)")
_COMMA = re.compile(r"([，,、])")
_PERIOD = re.compile(
    r"(?<!\d)\d{1,2}月份?(?:\d{1,2}[日号])?|[一二三四五六七八九十]{1,2}月份?(?![前内])|[上下]半年|[第头前][一二三四两]个?季度|每个?[月季]度?|[上本这]个?[月周季]|[昨今前]天"
)
_ASKING = re.compile(r"什么|啥|怎|多少|几|哪|如何|吗|占比|比例|多久|谁|是否|有没有")
_LIST = re.compile(r"[、和及与]|分别|各")
MAIN = ("row", "case", "table2", "facts", "fact", "derived")


@dataclass(frozen=True)
class FigureQuestion:
    """What is asked for. ``years`` empty: the newest held; ``every``: so many of the newest years.

    ``compare``: beside ``base`` (the year before where None). ``alike``: the words may mean any one
    of ``figures``. ``narrower``: words of the question that no figure answers to. ``org``: the
    organ named; ``elsewhere``: words that name one that is not held. ``together``: the sum is asked for.
    ``unit``: one that is asked in, and in which none of the figures is counted.
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
    elsewhere: tuple[str, ...] = ()
    together: bool = False
    unit: str = ""


def read_figures(
    text: str, held: Sequence[YearFigures], today: date, before: FigureQuestion | None = None
) -> FigureQuestion | None:
    """The question for our own figures that ``text`` asks, or None where it asks something else.

    ``before`` is the question of figures that it may continue (比上年多多少？ 2022年呢？ 那行政处罚呢？).
    """
    plain = _written(text)
    org, by_name = organ(plain, held)
    plain = plain.replace(by_name, " ") if by_name else plain
    form = _form(plain, held, today)
    named = spot(plain, vocabulary(form, held))
    spotted = _chosen(named, plain)
    rest = without(named, plain)
    rest = _WHY.sub(" ", rest) if _UNIT.search(plain) else rest
    rest, compare, base = comparison(rest, today, held)
    rest, years, every = years_named(rest, today, held)
    periods = _PERIOD.findall(rest)  # a part of the year is counted by nobody
    own = any(one.word.slot in (*MAIN, "result") for one in spotted)
    asks = _QUANTITY.search(plain) or compare or own and _SAID.search(plain)
    ours = bool(years or every or org or _OURS.search(plain) or spotted and _DONE.search(plain))
    if not asks and spotted and (ours and _YES_NO.search(plain) or held and _ANY.search(plain)):
        asks = True
    continues = before is not None and _continues(plain, spotted, asks, years, compare)
    if _LAW.search(rest) or not (asks or continues) or not ours and _FINES.search(plain):
        return None
    others = elsewhere(rest, plain, org)
    narrower = (*periods, *(term for term in _unanswered(_PERIOD.sub(" ", rest)) if term not in others))
    ours = ours or bool(others) or bool(periods and _UNIT.search(plain))
    if not spotted and not continues or narrower and (not ours or not own and not continues):
        return None
    in_its_unit = _in_its_unit(plain, spotted)
    if narrower and not in_its_unit and not (ours and own):
        return None
    if not continues and not ours and not compare and not (in_its_unit and (held or _UNIT.search(plain))):
        return None
    asked = FigureQuestion((), years, every, compare, base, bool(_SHARE.search(plain)), False, narrower, org, others)
    unit = "" if in_its_unit or not any(one.word.slot in MAIN for one in spotted) else _units(plain)[0]
    asked = replace(asked, together=bool(_TOGETHER.search(plain)), unit=unit)
    return _filled(asked, spotted, form, before if continues else None, bool(_LIST.search(plain)))


def _form(text: str, held: Sequence[YearFigures], today: date) -> Form:
    """The form of the latest year that is asked about, else of the newest held."""
    _, years, _ = years_named(text, today, held)
    return form_of("", max(years, default=newest_year(held)))


def _written(text: str) -> str:
    """The question without spaces, in full-width brackets and in written Chinese (官司: 行政诉讼)."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("(", "（").replace(")", "）")
    for spoken, written in definitions()["spoken"]:
        plain = re.sub(spoken, written, plain)
    return plain


def parts(text: str) -> list[str]:
    """The single questions of a text: 2023年公开了多少条？比上年多多少？

    A comma parts them where a quantity is asked for before it and something after it.
    """
    found: list[str] = []
    for sentence in _MARKS.split(text):
        first, *others = _COMMA.split(sentence)
        for mark, clause in zip(others[::2], others[1::2], strict=True):
            if _QUANTITY.search(first) and _ASKING.search(clause):
                found.append(first)
                first = clause
            else:
                first += mark + clause
        found.append(first)
    return [part for part in map(str.strip, found) if part]


def _filled(
    asked: FigureQuestion, spotted: Sequence[Spotted], form: Form, before: FigureQuestion | None, listed: bool
) -> FigureQuestion | None:
    """``asked`` with its figures, and what it leaves out taken over from the question before."""
    mains = [one for one in spotted if one.word.slot in MAIN]
    if not mains and before and not any(one.word.slot in ("column", "result") for one in spotted):
        figures, alike = before.figures, before.alike
    else:
        mains = mains or _implied(spotted, form, before)
        figures = tuple(dict.fromkeys(one for main in mains for one in figure(spotted, main.word, form)))
        kept = tuple(one for one in figures if before and _table(one) == _table(before.figures[0]))
        alike = len(mains) > 1 and not listed and _same(mains) and not kept
        figures = kept if before and _same(mains) and kept else figures
    if not figures:
        return None
    if before and not (asked.years or asked.every):
        asked = replace(asked, years=before.years, every=before.every, org=asked.org or before.org)
    return replace(asked, figures=figures, alike=alike)


def _implied(spotted: Sequence[Spotted], form: Form, before: FigureQuestion | None) -> list[Spotted]:
    """A column alone asks for the row spoken of, else new applications; a result alone for each kind of case."""
    if any(one.word.slot == "result" for one in spotted):
        return [
            Spotted(word, frozenset()) for word in vocabulary(form) if word.slot == "case" and word.key != "litigation"
        ]
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
    units = _units(text)
    agreeing = [
        one for one in spotted if one.word.slot not in MAIN or any(units_agree(unit, one.word) for unit in units)
    ]
    if any(one.word.slot in MAIN for one in agreeing):
        spotted = agreeing
    elif units:
        pass
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
        if one.word.slot != slot
        or not any(other.at == one.at and other.word.slot != slot and other.word.slot in MAIN for other in spotted)
    ]


def _in_its_unit(text: str, spotted: Sequence[Spotted]) -> bool:
    """Whether it is asked in the figure's own unit (几件), or with nothing beside the figure's name."""
    units = _units(text)
    return not units or any(
        one.word.unit and units_agree(unit, one.word)
        for unit in units
        for one in spotted
        if one.word.slot in (*MAIN, "result", "column")
    )


def _units(text: str) -> list[str]:
    """The units asked in: 几件, 条数; or said, where only yes or no is asked (13条吗)."""
    asked = [match[1] or match[2] for match in _UNIT.finditer(text)]
    return asked or [match[1] or match[2] for match in _SAID.finditer(text)]


def _continues(text: str, spotted: Sequence[Spotted], asks: object, years: Sequence[int], compare: bool) -> bool:
    """Whether a question leaves something to the one before: 2022年呢, 比上年多多少, 那行政处罚呢."""
    left_out = not any(one.word.slot in MAIN for one in spotted)
    short = _ELLIPSIS.fullmatch(text)
    return bool(
        (asks or compare)
        and not years
        or left_out
        and (years or compare or spotted)
        or short
        and text.rstrip("？?。").endswith("呢")
        and spotted
    )


def _unanswered(rest: str) -> tuple[str, ...]:
    beside = frozenset(definitions()["beside"].split())
    return tuple(
        term
        for term in content_terms(_TOGETHER.sub(" ", _QUANTITY.sub(" ", rest)))
        if term not in beside and not term.isascii()
    )


def conversation(
    text: str, earlier: Sequence[str], held: Sequence[YearFigures], today: date
) -> tuple[list[FigureQuestion], list[str], bool]:
    """The questions for figures in ``text``, what else it asks, and whether it continues ``earlier``.

    ``earlier`` are the questions before it, oldest first.
    """
    before = last = None
    for turn in earlier:
        for part in parts(turn):
            before = read_figures(part, held, today, before)
            last = before or last
    if vague := _vague(text, held, today):
        before = before or (last if vague.years else None)  # 2024年呢 asks for a figure, whatever was spoken of since
        if before is None and (vague.years or not earlier):
            return [vague], [], False
    found, others, first = [], [], before
    for part in parts(text):
        asked = read_figures(part, held, today, before)
        if asked is None:
            others.append(part)
        else:
            if found and replace(asked, compare=False, base=None, share=found[-1].share) == found[-1]:
                found.pop()  # the comparison or the share tells the figure itself as well
            found.append(asked)
            before = asked
    alone = read_figures(parts(text)[0], held, today) if found and not others else found[0] if found else None
    return found, others, bool(first and found and alone != found[0])


def weakly_read(text: str, questions: Sequence[FigureQuestion]) -> bool:
    """Whether a text asks for no quantity and has words that no figure answers to: it may well ask something else."""
    return not _QUANTITY.search(_written(text)) and any(one.narrower for one in questions)


def _vague(text: str, held: Sequence[YearFigures], today: date) -> FigureQuestion | None:
    """A question for a figure that says neither which nor anything else (比上年多多少？), where none was asked before it."""
    plain = _written(text).rstrip("？?。")
    rest, compare, _ = comparison(plain, today, held)
    rest, years, every = years_named(rest, today, held)
    says = spot(plain, vocabulary(_form(plain, held, today), held)) or _LAW.search(rest) or _unanswered(rest)
    if says or not (compare or _QUANTITY.search(rest) or (years or every) and plain.endswith("呢")):
        return None
    return FigureQuestion((), years, every, compare)


def as_matters(history: Sequence[tuple[str, str]], held: Sequence[YearFigures], today: date) -> list[tuple[str, str]]:
    """The turns as a question of law may continue them: a question for figures stands for its matter.

    不予公开的有几件 is 不予公开, so that 依据是什么 after it asks for the grounds; the numbers are left out.
    """
    kept: list[tuple[str, str]] = []
    before, dropped = None, False
    for role, content in history:
        if role == "user":
            asked = parts(content)
            found = []
            for part in asked:
                found.append(read_figures(part, held, today, found[-1] if found and found[-1] else before))
            before = next((one for one in reversed(found) if one), None)
            others = [part for part, one in zip(asked, found, strict=True) if one is None]
            dropped = before is not None and not others
            if before and not others:  # a question of its own, that continues nothing
                content = f"哪些规定关于{matter(before)}？"
            elif before:
                content = naming(others[-1], [before])
        if role == "user" or not dropped:
            kept.append((role, content))
    return kept


def matter(question: FigureQuestion) -> str:
    """What a question for figures is about, without the counting: 不予公开, 行政许可."""
    label = question.figures[-1].label
    quoted = re.search(r"“(.+)”", label)
    return quoted[1] if quoted else label


def naming(text: str, questions: Sequence[FigureQuestion]) -> str:
    """What a question asks beside its figures, with the matter that it leaves out: 依据是什么 → 不予公开，依据是什么."""
    if len(content_terms(text)) > 1 or not questions[-1].figures:
        return text
    return f"{matter(questions[-1])}，{text}"


def worded(question: FigureQuestion) -> str:
    """The question as it was understood, standing alone."""
    years = "、".join(f"{year}年" for year in question.years) or (
        f"近{question.every}年" if 0 < question.every < 99 else "历年" if question.every else ""
    )
    labels = "、".join(one.label for one in question.figures)
    base = f"{question.base}年" if question.base else "上年"
    return f"{years}{labels}是多少" + (f"，比{base}变化多少" if question.compare else "") + "？"
