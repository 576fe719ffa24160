"""One sentence of a model's on its way to the reader: what must not stand in it, and why."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from domain import Filled, Phrase, Rejection
from gates.citations import find_references, loose_names
from gates.numbers import find_numerals, strays
from gates.placeholders import expand
from gates.support import bigrams, overlap, prompt_talk, unheld

CLAIMS = Path(__file__).parent / "claims.toml"
_PLACEHOLDER = re.compile(r"[{｛][^{}｛｝\n]*[}｝]")
_MARKS = re.compile(
    r"^\s*(?:[#>*•-]+\s+|[一二三四五六七八九十]是|（[一二三四五六七八九十]）|[一二三四五六七八九十]、)|\*\*|`"
)
_ENDS = re.compile(r"([。；！？])[。；！？]+$")
_MORE = re.compile(
    r"[}｝]\s*(?:倍|成(?!立)|番|折|[%％‰]|以上|以下|左右|上下|余(?!下)|多(?!次)|之多|不到|开外|[一-龥]?分之)"
)
_CHINESE = re.compile(r"[一-龥]")
LOOP = 4  # as many characters twice in one sentence are a slip, unless the facts repeat them too
TOO_SIMILAR = 0.8
# The share of a sentence's character pairs that its facts must hold: rewording keeps far more, made-up work does not.
LEAST_SUPPORT = 0.2
LEAST_OF_CLAUSE = 0.1  # a clause of its own shares at least a word with them
_NEGATED = re.compile(r"(?:未(?!来)|没有|无(?!障碍)|并非|从不)[一-龥]{1,2}")
_QUOTED = re.compile(r"[“‘「『\"＂]([^“”‘’「」『』\"＂\n]*)[”’」』\"＂]")


@dataclass(frozen=True)
class Screened:
    """The sentence as it may be shown (without text where it may not), and what is against it."""

    sentence: Filled = field(default_factory=Filled)
    rejections: tuple[Rejection, ...] = ()


@dataclass
class Screen:
    """The gates of one section; remembers what was shown, to catch repetition.

    material: what the model was given; an activity (召开、印发…) may be claimed only if it is there.
    articles: the (title, article number) pairs it may cite. leads: for a placeholder's name, the two
    characters that may stand before it, besides punctuation and the listed lead words.
    """

    phrases: Mapping[str, Phrase]
    material: str
    articles: Collection[tuple[str, int]] = ()
    leads: Mapping[str, Collection[str]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)

    def judge(self, sentence: str, facts: str = "", plan: bool = False) -> Screened:
        """The verdict on one sentence written from ``facts``.

        plan: it says what will be done, which claims nothing about the year.
        """
        sentence = _ENDS.sub(r"\1", _MARKS.sub("", sentence).strip())
        if not sentence:
            return Screened()
        faults = [
            *self._numerals(sentence, facts),
            *self._references(sentence),
            *self._wording(sentence, facts),
            *self._junctions(sentence),
            *self._names(sentence, facts),
            *self._support(sentence, facts),
            *self._added(sentence, facts),
            *([] if plan else self._claims(sentence)),
        ]
        if faults:
            return Screened(rejections=tuple(faults))
        filled, rejections = expand(sentence, self.phrases)
        if rejections or not filled.text.strip():
            return Screened(rejections=rejections)
        if self._repeats(filled.text):
            return Screened(rejections=(Rejection(sentence, "与前文重复", sentence),))
        self.shown.append(filled.text)
        return Screened(filled)

    def _numerals(self, sentence: str, facts: str) -> list[Rejection]:
        bare = _PLACEHOLDER.sub(lambda match: "□" * len(match.group()), sentence)
        bare = _without_references(bare)
        found = [numeral.text for numeral in find_numerals(bare)] + strays(bare, [facts, self.material])
        return [Rejection(words, "模型自己写的数字，不是台账算出的", sentence) for words in found]

    def _references(self, sentence: str) -> list[Rejection]:
        titles = {title for title, _ in self.articles}
        return [
            Rejection(sentence[r.start : r.end], "引用的条文不在依据中", sentence)
            for r in find_references(sentence)
            if (r.title, r.article_no) not in self.articles and not (r.article_no == 0 and r.title in titles)
        ] + [Rejection(mark, "书名号不完整", sentence) for mark in set("《》〈〉") & set(_without_references(sentence))]

    def _wording(self, sentence: str, facts: str) -> list[Rejection]:
        if not _CHINESE.search(sentence) or not re.search(r"[。；！？：]$", sentence) or "…" in sentence:
            return [Rejection(sentence, "句子不完整", sentence)]
        names = [match.group() for match in _PLACEHOLDER.finditer(sentence)]
        twice = next((name for name in names if names.count(name) > 1), "")
        if loop := twice or _loop(_PLACEHOLDER.sub("\n", sentence), facts):
            return [Rejection(loop, "同一句内重复", sentence)]
        words = [word for word in _lexicon()["task"] if word in sentence and word not in self.material]
        foreign = re.findall(r"[A-Za-zＡ-Ｚａ-ｚ]+", _PLACEHOLDER.sub("", sentence))
        return [Rejection(word, "与正文无关的内容", sentence) for word in (words + foreign)[:1]]

    def _junctions(self, sentence: str) -> list[Rejection]:
        """A phrase cannot follow just any word: 收到 before 新收政府信息公开申请 is no Chinese; nor be made more: {…}倍."""
        if more := _MORE.search(sentence):
            return [Rejection(more.group(), "占位符后多出单位或名词", sentence)]
        for match in _PLACEHOLDER.finditer(sentence):
            name, before = match.group()[1:-1].strip(), sentence[: match.start()]
            before = before.removesuffix(name)
            allowed = (*_lexicon()["leads"], *self.leads.get(name, ()))
            if name in self.phrases and _CHINESE.search(before[-1:]) and not before.endswith(allowed):
                return [Rejection(before[-4:] + match.group(), "占位符与前面的词语不通", sentence)]
        return []

    def _names(self, sentence: str, facts: str) -> list[Rejection]:
        """A placeholder's name, or a piece of it, written as plain words stands for a figure that is not there."""
        plain, given = _PLACEHOLDER.sub("□", sentence), _PLACEHOLDER.sub("□", facts)
        names = [match.group()[1:-1] for match in _PLACEHOLDER.finditer(facts)]
        pieces = [name[at : at + LOOP] for name in names if f"{name}{{{name}" not in sentence for at in _starts(name)]
        found = [piece for piece in pieces if piece in plain and piece not in given]
        return [Rejection(piece, "占位符的名称写成了正文", sentence) for piece in found[:1]]

    def _support(self, sentence: str, facts: str) -> list[Rejection]:
        bare = re.sub(r"[{}｛｝]", "，", _PLACEHOLDER.sub("，", sentence))  # a broken brace is told by ``expand``
        if talk := prompt_talk(bare):
            return [Rejection(talk[0], "说的是提示，不是报告", sentence)]
        words = bare.replace("改进措施", "")
        if facts and bigrams(words) and overlap(words, facts) < LEAST_SUPPORT:  # {…}，{…}。 has no words to judge
            return [Rejection(sentence, "资料中没有这个意思", sentence)]
        return []

    def _added(self, sentence: str, facts: str) -> list[Rejection]:
        """What a clause, a negation, a law or a quotation adds to the facts."""
        held = f"{facts}\n{self.material}"
        bare = _PLACEHOLDER.sub("，", _without_references(sentence)).replace("改进措施", "")
        added = [(clause, "这半句在资料中没有依据") for clause in unheld(bare, facts, LEAST_OF_CLAUSE)] if facts else []
        added += [(word, "资料中没有这个否定") for word in _NEGATED.findall(bare) if word not in held]
        added += [(name, "引用的条文不在依据中") for name in loose_names(bare) if name not in held]
        added += [
            (words, "资料中没有这句引文") for words in _QUOTED.findall(sentence) if "{" in words or words not in held
        ]
        return [Rejection(words, reason, sentence) for words, reason in added]

    def _claims(self, sentence: str) -> list[Rejection]:
        claimed = [word for word in _lexicon()["words"] if word in sentence and word not in self.material]
        return [Rejection(word, "台账和补充说明中没有这项工作", sentence) for word in claimed[:1]]

    def _repeats(self, text: str) -> bool:
        return any(difflib.SequenceMatcher(None, text, old).ratio() > TOO_SIMILAR for old in self.shown)


def _without_references(text: str) -> str:
    for reference in reversed(find_references(text)):
        text = text[: reference.start] + "，" + text[reference.end :]
    return text


def _starts(name: str) -> range:
    """Where a piece of LOOP characters begins in a name; a shorter name is its own piece."""
    return range(max(1, len(name) - LOOP + 1))


def _loop(words: str, facts: str) -> str:
    """Words that stand twice in a sentence, though not in the facts it is written from; "" if none."""
    for start in range(len(words) - LOOP):
        run = words[start : start + LOOP]
        if re.fullmatch("[一-龥]+", run) and words.count(run) > max(1, facts.count(run)):
            return run
    return ""


def leads(templates: Iterable[str]) -> dict[str, set[str]]:
    """What stands before each placeholder in the composer's sentences, two characters of it."""
    found: dict[str, set[str]] = {}
    for template in templates:
        for match in _PLACEHOLDER.finditer(template):
            before = template[: match.start()]
            if len(before) > 1:
                found.setdefault(match.group()[1:-1], set()).add(before[-2:])
    return found


@cache
def _lexicon() -> Mapping[str, list[str]]:
    return tomllib.loads(CLAIMS.read_text(encoding="utf-8"))
