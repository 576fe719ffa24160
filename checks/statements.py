"""The narrative read into statements: every number of a sentence with the words that say what it counts.

A sentence is read whole, not up to its first number. The words before a number reach back to the
number or the clause before it; brackets in between are stepped over (申请（含上年结转2件）5件).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from checks.subject import Subject
from checks.words import read_words
from gates import Numeral, find_numerals

_WORDS = read_words(__file__)
COUNTED = frozenset(_WORDS.listed("counted"))
_CONTEXT = _WORDS.listed("context")
_CONTINUED, _OF_A_TEXT, _ABOUT, _OR_SO = (_WORDS[name] for name in ("continued", "of_a_text", "about", "or_so"))
_BREAKS, _TAIL_ENDS = "，。；：（", re.compile("[，。；：、（）]")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*")
_ROUNDED = re.compile(r"\d(?:\.(\d+))?\s*([万亿])")
_WIDTH = str.maketrans("０１２３４５６７８９％", "0123456789%")
_PUNCTUATION = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）"}
# A title's and a document number's own numerals count nothing.
_NAMES = re.compile(r"《[^》]*》|[〔（\[【]20\d\d[〕）\]】]\d+号")
# A run-in heading (（二）依申请公开情况。 / 二是规范依申请公开。 / 依申请公开：) says what follows speaks of.
_HEADING = re.compile(
    r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．是][^。：]{2,30}[。：]?|[^。：，]{2,16}[：。]|[^。：，；]{2,16})$"
)
_RUN_IN = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）)、.．])?([^。：，；]{2,16})：")


@dataclass(frozen=True)
class Sentence:
    """``printed`` as in the report; ``text`` the same with one punctuation, no spaces, names left out.

    ``topic`` is the heading that it stands under ("" for none), ``before`` the sentence before it in
    its paragraph, ``year`` that of the report (0 where it is not known).
    """

    part: int
    where: str
    printed: str
    text: str
    topic: str = ""
    before: str = ""
    year: int = 0

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Its numbers in order, dates left out (they are context, not counts)."""
        numerals = [n for n in find_numerals(self.text) if n.unit not in _CONTEXT]
        return tuple(_statement(self, numeral, numerals) for numeral in numerals)


@dataclass(frozen=True)
class Statement:
    """One number: ``sentence.text[start:end]``; ``value`` None where it is not one (数十条).

    ``lead``: the words before it in its clause; ``tail``: those after its unit. ``exact`` is false for
    约300条. ``depth``: how many brackets it stands in.
    """

    sentence: Sentence
    start: int
    end: int
    value: Decimal | None
    unit: str
    exact: bool
    depth: int
    lead: str
    tail: str

    @property
    def counts(self) -> bool:
        """Whether it is an exact count of things (a bare number counts where its clause ends with it)."""
        counted = self.unit in COUNTED and not _OF_A_TEXT.match(self.tail)
        return self.exact and self.value is not None and (counted or not self.unit and not self.tail)

    @property
    def number(self) -> Decimal:
        """``value`` of a statement that is known to have one; ValueError for 数十条."""
        if self.value is None:
            raise ValueError(f"{self.words} is no number")
        return self.value

    @property
    def step(self) -> Decimal:
        """What the last digit written is worth, of a number in 万 or 亿 (100 of 1.32万); 0 of others, which are exact."""
        written = _ROUNDED.search(self.sentence.text[self.start : self.end])
        worth = {"万": 10_000, "亿": 100_000_000}
        return Decimal(worth[written[2]]).scaleb(-len(written[1] or "")) if written else Decimal(0)

    def fits(self, number: int | Decimal | None) -> bool:
        """Whether it is that number, as exactly as it is written, rounded or cut off: 1.32万 is 13,208 as well."""
        if number is None or self.value is None:
            return False
        return number == self.value or abs(number - self.value) < self.step

    @property
    def words(self) -> str:
        """Lead, number and tail, to be quoted in a message."""
        return f"{self.lead}{self.sentence.text[self.start : self.end]}{self.tail}"

    @property
    def before(self) -> str:
        return self.sentence.text[: self.start]


def sentences(subject: Subject, parts: tuple[int, ...] = (0, 2, 3, 5)) -> Iterator[Sentence]:
    """The sentences of the parts that state facts; part 五 (4) speaks of problems and is read by its own rule."""
    topic, part = "", -1
    for paragraph in subject.paragraphs:
        if paragraph.part not in parts:
            continue
        topic, part, before = ("" if paragraph.part != part else topic), paragraph.part, ""
        for printed in _split(paragraph.text):
            text = plain(printed)
            if run_in := _RUN_IN.match(text):
                topic = run_in.group(1)
            elif _HEADING.match(text) and not re.search(r"\d", text[3:]):
                topic = text
            yield Sentence(part, paragraph.where, printed.strip(), text, topic, before, subject.published.year)
            before = text


def plain(text: str) -> str:
    """``text`` with one spelling of digits and punctuation, without spaces and the names of documents."""
    text = re.sub(r"(?<=\d)\s+(?=\d)", "\0", text.translate(_WIDTH))
    text = re.sub(r"\s+", "", text).replace("\0", " ")
    text = re.sub(
        r"[,;:()]", lambda mark: _PUNCTUATION[mark.group()] if not _within_number(text, mark) else mark.group(), text
    )
    text = _NAMES.sub("《》", text)
    return re.sub(r"（([^（）\d]*)）", r"〔\1〕", text)


def _within_number(text: str, mark: re.Match[str]) -> bool:
    return mark.group() == "," and bool(re.match(r"\d,\d{3}(?!\d)", text[max(mark.start() - 1, 0) :]))


def _split(text: str) -> list[str]:
    """Sentences; one that goes on with the parts of the one before (其中…) belongs to it."""
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        if found and _CONTINUED.match(match.group().strip()):
            found[-1] += match.group()
        elif match.group().strip():
            found.append(match.group())
    return found


def _statement(sentence: Sentence, numeral: Numeral, numerals: list[Numeral]) -> Statement:
    text = sentence.text
    ends = {other.end for other in numerals}
    following = min((other.start for other in numerals if other.start >= numeral.end), default=len(text))
    lead = _lead(text, numeral.start, ends)
    tail = _TAIL_ENDS.split(text[numeral.end : following], 1)[0]
    value = Decimal(numeral.value) if re.fullmatch(r"\d+(\.\d+)?", numeral.value) else None
    exact = not _ABOUT.search(lead) and not _OR_SO.match(tail)
    depth = text.count("（", 0, numeral.start) - text.count("）", 0, numeral.start)
    return Statement(sentence, numeral.start, numeral.end, value, numeral.unit, exact, depth, lead, tail)


def _lead(text: str, start: int, ends: set[int]) -> str:
    """The words before a number, back to the clause's or the last number's end, brackets stepped over."""
    at, kept = start, []
    if start and text[start - 1] == "、" and re.search(r"\d[^，。；：（）、]*、$", text[:start]):
        return ""  # 37件已办结、5件在办: the words before belong to the other number
    while at > 0 and text[at - 1] not in _BREAKS and at not in ends:
        if text[at - 1] == "）" and (opening := text.rfind("（", 0, at)) >= 0:
            at = opening
            if at in ends:  # 自然人3件（…）：the bracket explains that number
                break
            continue
        at -= 1
        kept.append(text[at])
    return "".join(reversed(kept)).lstrip("、")
