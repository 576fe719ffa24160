"""Every numeral that a text uses as a quantity, and those that no passage supports.

A digit of any script always counts, unless it belongs to an article reference or to a listed name.
A Chinese numeral counts where it is a number of its own (三十八, 十余, 百分之五, 二〇二三年) or stands
before a measure word (两次); ordinals (第一批), list marks (一是, （二）) and fixed expressions do not.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from gates.readings import CHINESE, arabic_value, chinese_value, normal

LEXICON = Path(__file__).parent / "lexicon.toml"


@dataclass(frozen=True)
class Numeral:
    """A quantity as written, with its unit: ``text == whole[start:end]``.

    ``value`` is its normal spelling ("38"; "" where it is not one number), ``unit`` its measure
    word, "%" for a proportion, "日期" for a date (``value`` is then ``2023年12月31日``).
    """

    start: int
    end: int
    text: str
    value: str = ""
    unit: str = ""


@dataclass(frozen=True)
class _Patterns:
    quantity: re.Pattern[str]
    fixed: re.Pattern[str]
    words: re.Pattern[str]


# Legal references and ordinals are the citation gate's; （一） and 一、 are the text's own list marks.
_ORDINAL = rf"第[（(]?(?:[{CHINESE}]+|9+)[）)]?(?:[、和及至到][（(]?(?:[{CHINESE}]+|9+)[）)]?)*[条款项章节编目](?:之[{CHINESE}]+)?"
_CHINESE_ORDINAL = rf"第[（(]?[{CHINESE}]+[）)]?"
# Behind a word, or before a measure word, a number in brackets is a quantity: 申请（三十八）件.
_LIST_MARK = rf"(?<![一-龥9）)□])[（(][{CHINESE}]{{1,3}}[）)](?!件|条|次|份|起|人)|[（(][{CHINESE}]{{1,2}}[）)](?=[项目、和至或])|(?m:^[ 　]*[{CHINESE}]{{1,3}}(?=[、．.]))|(?:其)?[一二三四五六七八九十]{{1,2}}[是则](?=[^自])|[一二三]来(?=[^自])"
# A model that may not write 三十八 writes 三 十 八, sets invisible characters between, or spells it in letters.
_GAP = "[ \u3000\u200b-\u200d\u2060\ufeff]*"
_WORDS = (
    "(?i:(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
    "|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|twice|double)s?(?![a-z]))"
)
_ROMAN = "(?i:(?<![a-z])[ivxlcdm]+(?![a-z]))"
_GOES_ON = "\n\0"
_RANGE = 40  # characters before a number in which the first one of its range stands
_RANK = re.compile(rf"第\s*[（(]?([{CHINESE}]+|\d+)[）)]?(个?[一-龥]?)")
_ARABIC_MARK = r"(?m)^[ 　]*9{1,2}(?=[.．、)）](?!9))"


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads(LEXICON.read_text(encoding="utf-8"))
    units = "|".join(sorted(map(re.escape, data["units"]), key=len, reverse=True))
    words = "|".join(map(re.escape, data["words"]))
    run = f"[{CHINESE}]"
    arabic = r"9+(?:,9{3})*(?:[.．]9+)?"
    number = rf"(?:{arabic}|{run}+)"
    quantity = rf"""
        (?P<date>9{{4}}[-./．]9{{1,2}}[-./．]9{{1,2}}(?!9)
            |(?:9{{2,4}}|[〇○零一二三四五六七八九]{{4}})年(?:度|(?:{number}月(?:份|{number}[日号])?)?)
            |{number}月(?:份|{number}[日号]))
        |(?P<percent>(?:百|千|万|[{CHINESE}]{{1,3}}|9+)分之{number}(?:点{run}+)?|百分百|{arabic}[%％‰])
        |(?P<half>{words}|翻了?[几数]?番|翻{number}番|(?<![上下])半(?=年|个月)|[俩仨])
        |(?P<tenths>{run}成(?!立|为|员|果|效|功|本|绩|就|分|型|熟|长|都|语|品|交|套|人|份|文))
        |(?P<vague>(?:(?<!以)[数几上近逾超过破][十百千万亿]+|[{CHINESE}9]+[余多几来把](?=[万亿]|{units})|[十百千万]+余)[万亿]?(?:{units})?)
        |(?P<zero>为零|零(?=[一-龥])(?!部件))
        |(?P<arabic>{arabic}[十百千万亿]*)(?P<unit1>[余多]?(?:{units}))?
        |(?!万元|亿元|千克|千米|百分点)(?P<chinese>{run}(?:{_GAP}{run})*){_GAP}(?P<unit2>(?:{units}))
        |(?P<bare>{run}(?:{_GAP}{run})+|(?<=[为是共达计数有约仅了加少多于到至]){run}(?=[，。；、！]|$)|(?<=[由从]){run}(?=[增减上下升降提])|[〇○])
        |(?P<letters>{_WORDS}(?:[\s-]*{_WORDS})*|(?:{_ROMAN}|(?<![A-Za-z])[Oo]+)(?=\s*(?:{units}))|(?i:(?<![a-z])(?=x*[iv])[xvi]{{2,}}(?![a-z])))
    """
    return _Patterns(
        re.compile(quantity, re.VERBOSE),
        re.compile("|".join([_ORDINAL, _CHINESE_ORDINAL, _LIST_MARK, *data["fixed"]])),
        re.compile("|".join([_LIST_MARK, *data["fixed"]])),
    )


def find_numerals(text: str, *, list_marks: bool = False) -> list[Numeral]:
    """The quantities of ``text`` in order, without overlap.

    list_marks: an Arabic list mark at the start of a line (``1.``, ``2、``) is sanctioned.
    """
    *others, last = text.split("\n")
    found, at = [], 0
    for line in others:  # what ends a line does not end the text
        found += [_moved(one, at) for one in _in_line(f"{line}{_GOES_ON}", list_marks)]
        at += len(line) + 1
    return [*found, *(_moved(one, at) for one in _in_line(last, list_marks))]


def _moved(numeral: Numeral, by: int) -> Numeral:
    if not by:
        return numeral
    return Numeral(numeral.start + by, numeral.end + by, numeral.text, numeral.value, numeral.unit)


@lru_cache(maxsize=4096)
def _in_line(text: str, list_marks: bool) -> tuple[Numeral, ...]:
    """While somebody types, all lines but one are those of a moment ago."""
    shape = "".join("9" if _is_digit(char) else char for char in text)
    exempt = _exempt_spans(text, shape, list_marks)
    found: list[Numeral] = []
    position = 0
    while match := _patterns().quantity.search(shape, position):
        inside = next((end for start, end in exempt if start <= match.start() < end), None)
        number_end = match.end() - len(match["unit1"] or match["unit2"] or "")
        if inside is not None and (inside >= number_end or not _is_digit(text[match.start()])):
            position = max(inside, match.start() + 1)
            continue
        if numeral := _numeral(text, match):
            found.append(numeral)
        position = match.end()
    return tuple(_with_range_starts(text, found))


def unsupported(sentence: str, passages: Iterable[str]) -> list[Numeral]:
    """The numerals of ``sentence`` that occur in no passage with the same value and unit.

    Arabic, full-width and Chinese spellings are one; a date supports each part of itself.
    Citation markers ``[n]`` are not read as numerals.
    """
    plain = re.sub(r"\[\d{1,3}\]", lambda mark: " " * len(mark.group()), sentence)
    known = {key for passage in passages for numeral in find_numerals(passage) for key in _keys(numeral)}
    return [numeral for numeral in find_numerals(plain) if (numeral.value or numeral.text, numeral.unit) not in known]


def strays(text: str, sources: Iterable[str]) -> list[str]:
    """What else counts or ranks in ``text`` and stands in no source: 三栏目, 五毛, 第七名, 第三十日.

    For a model's words only: a reader's own text may number what it likes. 一 counts before a measure
    word alone (``find_numerals``); fixed expressions (三公, 十四五) are left alone.
    """
    held = "\n".join(sources)
    known = {_ranked(match) for match in _RANK.finditer(held)}
    held = _RANK.sub("", held)
    wrong = [match.group() for match in _RANK.finditer(text) if _ranked(match) not in known]
    words = [match.span() for match in _patterns().words.finditer(text)]
    words += [match.span() for match in _RANK.finditer(text)] + [(one.start, one.end) for one in find_numerals(text)]
    for run in re.finditer(f"[{CHINESE}]+", text):
        after = text[run.start() : run.end() + 1]
        context = (
            after if re.search(r"[一-龥]$", after[len(run.group()) :]) else text[max(0, run.start() - 1) : run.end()]
        )
        inside = any(start < run.end() and run.start() < end for start, end in words)
        if run.group() != "一" and not inside and context not in held:
            wrong.append(context)
    return wrong


def _ranked(match: re.Match[str]) -> tuple[str, str]:
    """An ordinal by its value and the character behind it: 第三方, 第3方."""
    return _value(match[1]), match[2]


def _is_digit(char: str) -> bool:
    return char != "〇" and unicodedata.category(char) in ("Nd", "Nl", "No")


def _exempt_spans(text: str, shape: str, list_marks: bool) -> list[tuple[int, int]]:
    fixed = _patterns().fixed
    spans = [match.span() for source in {text, shape} for match in fixed.finditer(source)]
    if list_marks:
        spans += [match.span() for match in re.finditer(_ARABIC_MARK, shape)]
    return sorted(spans)


def _numeral(text: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    written = text[start:end]
    kind = match.lastgroup if match.lastgroup not in ("unit1", "unit2") else "counted"
    if kind == "date":
        return Numeral(start, end, written, _date_value(written), "日期")
    if kind == "percent":
        return Numeral(start, end, written, *_percent(written))
    if kind == "tenths":
        tenths = chinese_value(written[:-1])
        return Numeral(start, end, written, normal(tenths * 10) if tenths is not None else "", "%")
    if kind in ("half", "vague", "zero", "letters"):
        return Numeral(start, end, written, {"零": "0", "为零": "0"}.get(written, ""), "")
    number = written[: end - start - len(match["unit1"] or match["unit2"] or "")]
    return Numeral(start, end, written, _value(number), _unit(match["unit1"] or match["unit2"] or ""))


def _value(number: str) -> str:
    chinese = chinese_value(number)
    return normal(chinese if chinese is not None else arabic_value(number))


def _unit(unit: str) -> str:
    return {"个工作日": "工作日", "个自然日": "自然日", "个季度": "季度", "个小时": "小时", "个百分点": "百分点"}.get(
        unit, unit
    )


def _percent(written: str) -> tuple[str, str]:
    if written == "百分百":
        return "100", "%"
    if "分之" in written:
        whole, part = written.split("分之")
        unit = {"百": "%", "千": "‰"}.get(whole, f"/{_value(whole)}")
        units, _, fraction = part.partition("点")
        decimal = "".join(normal(chinese_value(char)) for char in fraction)
        return _value(units) + (f".{decimal}" if decimal else ""), unit
    return _value(written[:-1]), "‰" if written.endswith("‰") else "%"


def _date_parts(written: str) -> list[str]:
    iso = re.fullmatch(r"(\d{4})[-./．](\d{1,2})[-./．](\d{1,2})", written)
    if iso:
        return [f"{int(part)}{unit}" for part, unit in zip(iso.groups(), "年月日", strict=True)]
    marks = re.findall(r"([^年月日号度份]+)([年月日号])", written)
    return [(_value(number) or number) + unit.replace("号", "日") for number, unit in marks]


def _date_value(written: str) -> str:
    return "".join(_date_parts(written))


def _keys(numeral: Numeral) -> Iterator[tuple[str, str]]:
    yield numeral.value or numeral.text, numeral.unit
    if numeral.unit == "日期":
        parts = _date_parts(numeral.text)
        for start in range(len(parts)):
            for end in range(start + 1, len(parts) + 1):
                yield "".join(parts[start:end]), "日期"
        if len(parts) == 1:
            yield parts[0][:-1], parts[0][-1]


def _with_range_starts(text: str, found: list[Numeral]) -> list[Numeral]:
    """A range's first number (三至五次, 3—5件) counts too, with the unit that follows the second."""
    result: list[Numeral] = []
    for numeral in found:
        before = re.search(
            rf"(?<![{CHINESE}第])([{CHINESE}])[至到~～—\-]+$", text[max(0, numeral.start - _RANGE) : numeral.start]
        )
        between = text[result[-1].end : numeral.start] if result else ""
        if before and numeral.unit and (not result or result[-1].end <= before.start(1)):
            result.append(Numeral(*before.span(1), before[1], _value(before[1]), numeral.unit))
        elif result and not result[-1].unit and re.fullmatch(r"[至到~～—\-]+", between):
            year = "年" if numeral.unit == "日期" and len(result[-1].value) == 4 else ""
            result[-1] = replace(result[-1], value=result[-1].value + year, unit=numeral.unit)
        result.append(numeral)
    return result
