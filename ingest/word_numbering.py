"""The numbers that Word prints by itself: 第一条, 第二章, 一、 of numbered lists, which no text holds.

A paragraph's number follows from its list (``numId``) and level, given by the paragraph or by its
style, and from how many paragraphs of the list stand before it (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from ingest.numerals import to_chinese

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "taiwaneseCounting",
    "ideographDigital",
}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FORMAL = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟萬")
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class _Level:
    form: str
    pattern: str
    start: int
    gap: str


@dataclass
class Numbering:
    """Counts the lists of one document; ``of`` is asked once for each paragraph, in order."""

    document: Any
    _lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        part = next(
            (
                relation.target_part
                for relation in self.document.part.rels.values()
                if not relation.is_external and relation.reltype.endswith("/numbering")
            ),
            None,
        )
        if part is not None:
            self._read(part.element)
        self._styles = {style.style_id: style.element for style in self.document.styles}

    def of(self, paragraph: Any) -> str:
        """What Word prints before the paragraph, with the blank after it; "" where nothing."""
        place = self._place(paragraph.find(f"{_W}pPr"))
        if place is None or place[0] not in self._lists:
            return ""
        group, levels = self._lists[place[0]]
        at = place[1]
        if at not in levels:
            return ""
        counts = self._counts[group]
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for lower in [level for level in counts if level > at]:
            del counts[lower]
        return self._printed(levels, at, counts)

    def _printed(self, levels: dict[int, _Level], at: int, counts: dict[int, int]) -> str:
        level = levels[at]
        if level.form in ("bullet", "none"):
            return ""

        def number(match: re.Match) -> str:
            of = int(match[1]) - 1
            shown = levels.get(of)
            return _written(counts.get(of, shown.start), shown.form) if shown else ""

        text = re.sub(r"%(\d)", number, level.pattern)
        closed = text.endswith(tuple("）)、.．"))  # nobody types a blank after these
        return text + ("" if closed else level.gap) if text else ""

    def _place(self, properties: Any) -> tuple[str, int] | None:
        """(numId, level) by the paragraph itself, else by its style and those it is based on."""
        level: str | None = None
        seen: set[str] = set()
        while properties is not None:
            numbered = properties.find(f"{_W}numPr")
            if numbered is not None:
                level = level or _value(numbered.find(f"{_W}ilvl"))
                if identity := _value(numbered.find(f"{_W}numId")):
                    return None if identity == "0" else (identity, int(level or 0))
            style = _value(properties.find(f"{_W}pStyle"))
            properties = None
            while style and style not in seen and style in self._styles:
                seen.add(style)
                element = self._styles[style]
                properties = element.find(f"{_W}pPr")
                if properties is not None and properties.find(f"{_W}numPr") is not None:
                    break
                style, properties = _value(element.find(f"{_W}basedOn")), None
        return None

    def _read(self, root: Any) -> None:
        abstract = {
            item.get(f"{_W}abstractNumId"): {
                int(level.get(f"{_W}ilvl")): _level(level) for level in item.findall(f"{_W}lvl")
            }
            for item in root.findall(f"{_W}abstractNum")
        }
        for item in root.findall(f"{_W}num"):
            of = _value(item.find(f"{_W}abstractNumId"))
            levels = dict(abstract.get(of, {}))
            group = of
            for override in item.findall(f"{_W}lvlOverride"):
                at = int(override.get(f"{_W}ilvl"))
                if (own := override.find(f"{_W}lvl")) is not None:
                    levels[at] = _level(own)
                if (start := _value(override.find(f"{_W}startOverride"))) and at in levels:
                    levels[at] = _Level(levels[at].form, levels[at].pattern, int(start), levels[at].gap)
                    group = f"{of}:{item.get(f'{_W}numId')}"  # a list of its own, counted anew
            self._lists[item.get(f"{_W}numId")] = (group, levels)


def _level(element: Any) -> _Level:
    suffix = _value(element.find(f"{_W}suff")) or "tab"
    return _Level(
        _value(element.find(f"{_W}numFmt")) or "decimal",
        _value(element.find(f"{_W}lvlText")) or "",
        int(_value(element.find(f"{_W}start")) or 1),
        "" if suffix == "nothing" else " ",
    )


def _value(element: Any) -> str:
    return element.get(f"{_W}val", "") if element is not None else ""


def _written(number: int, form: str) -> str:
    if form in _CHINESE and 0 <= number < 10**8:
        return to_chinese(number)
    if form == "decimalFullWidth":
        return str(number).translate(_FULL_WIDTH)
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ideographTraditional" and 1 <= number <= len(_STEMS):
        return _STEMS[number - 1]
    if form == "ideographZodiac" and 1 <= number <= len(_BRANCHES):
        return _BRANCHES[number - 1]
    if form == "chineseLegalSimplified" and 0 <= number < 10**8:
        return (("壹" if to_chinese(number).startswith("十") else "") + to_chinese(number).translate(_FORMAL)).replace(
            "萬", "万"
        )
    if form == "decimalEnclosedFullstop" and 1 <= number <= 20:
        return chr(0x2488 + number - 1)
    if form == "decimalEnclosedParen" and 1 <= number <= 20:
        return chr(0x2474 + number - 1)
    if form == "ideographEnclosedCircle" and 1 <= number <= 10:
        return chr(0x3280 + number - 1)
    if form in ("upperRoman", "lowerRoman") and 1 <= number < 40:
        roman = "X" * (number // 10) + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]
        return roman if form == "upperRoman" else roman.lower()
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((65 if form == "upperLetter" else 97) + number - 1)
    return str(number)
