"""A question cut into the pieces that the grammar knows, with the figures and organs that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from answering.figures.catalogue import Figure, definitions, figure, vocabulary
from collecting.asking.grammar import UnreadText, patterns
from collecting.asking.held import HeldFigures
from collecting.asking.naming import NamedOrgans, known, named
from domain import YearFigures
from forms import Form, form_of
from matters import Spotted, Word, spot

MAIN = ("row", "case", "table2", "facts", "fact")
NUMBERED = ("between", "at_most", "above", "at_least", "below", "n_up", "n_down", "equal")
"""The conditions that hold a figure against a number."""
DOING = ("rank", "change", "share", "together", "between")
"""The groups that say what is done with the figures: a later question that says one of them says it anew."""
_SEVERAL = (*(f"scope.{name}" for name in ("count", "which", "each", "all", "ending", "county")), "together.average")
_TABLES = ("row", "case", "table2", "column", "result", "table2_column")
_FACTS = ("facts", "fact")  # which ledgers alone know
_JOINED = re.compile(r"但|却|而|且|同时|又|也|[，,]")
_RECEIVED = re.compile(r"(?:收到|收了|接到|受理|新收)了?(?:的)?(?:件数)?(?:[多几最]|是多少|(?=$|[？?。，]))")
_LISTED = re.compile(r"、|分别|以及")
_LAW = re.compile(
    r"应当|应该|必须|不得|可以|能不能|能否|怎么(?!样)|如何|规定|标准|期限|时限|依据|为什么|第[一二三四五六七八九十百\d]+条|需要|负责|职责|主管|条款|谁(?:受理|审批|决定|管|批|说了算)|要(?![求点闻情])|不服|[向找归]谁|去哪|哪里"
)
_LONGEST = 24  # characters of a question that leaves something to the one before


class QuestionPiece(NamedTuple):
    """A piece by its name in the grammar (``rank.top_n``), its place in the question, and the groups of its pattern."""

    name: str
    at: int
    said: dict[str, str]

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class QuestionPieces:
    """``figures`` are (place, figure), in order; ``law`` whether the question has the words of a question of law."""

    pieces: tuple[QuestionPiece, ...]
    figures: tuple[tuple[int, Figure], ...]
    who: NamedOrgans
    unread: str
    law: bool
    length: int

    def has(self, *names: str) -> bool:
        return any(one.name in names for one in self.pieces)

    def of(self, group: str) -> Iterator[QuestionPiece]:
        return (one for one in self.pieces if one.group == group)

    @property
    def across(self) -> bool:
        """Whether it speaks of several organs."""
        return self.has(*_SEVERAL) or len(self.who.organs) > 1

    def after(self, before: QuestionPieces) -> QuestionPieces:
        """What this question leaves out taken from the one before (2024年呢, 最少的呢, 那行政许可呢, 财政局呢)."""
        said = {one.group for one in self.pieces}
        left_out = set() if said.isdisjoint(DOING) else {*DOING, "condition"}
        if "against" not in said and not said.isdisjoint(("years",)):
            left_out.add("against")
        if self.who.organs and said.isdisjoint(DOING) and len(self.who.organs) == 1:
            left_out |= {"rank", "scope", "condition", "between", "together"}
        if {"condition"} & said:
            left_out.add("rank")
        kept = [
            one._replace(at=-1)
            for one in before.pieces
            if one.group not in said | left_out or one.group == "scope" and not self.across and "scope" not in left_out
        ]
        who = self.who if self.who.organs or self.across else before.who
        figures = self.figures or tuple((0, each) for _, each in before.figures)
        return replace(self, pieces=(*kept, *self.pieces), figures=figures, who=who)

    def continues(self) -> bool:
        """Whether it can go on from another: short, understood, and saying something."""
        some = bool(self.pieces or self.figures or self.who.organs)
        return some and not self.unread and not self.law and self.length <= _LONGEST


def cut(question: str, held: HeldFigures, years: Sequence[YearFigures]) -> QuestionPieces:
    """A question cut into pieces; ``years`` are the figures held, for the words of what only they count."""
    plain = _written(question)
    text = UnreadText(plain)
    places = known(text, held.names)
    found = [*_read(text, "together", "average"), *_read(text, "scope", "count", "which", "each", "all", "ending")]
    who = named(text, held.every, places)
    form = form_of("", held.newest)
    computed = [one for one in years if one.computed]
    words = [word for word in vocabulary(form, computed) if word.slot in _TABLES or computed and word.slot in _FACTS]
    spotted = spot(text.rest, words)
    figures = _figures(plain, spotted, form)
    for at in {at for one in spotted for at in one.at}:
        text.take(at, at + 1)
    found += [*_read(text, "change", "steady"), *_read(text, "against"), *_read(text, "years")]
    found += _read(text, "condition", *NUMBERED)
    found += _read(text, "change", *(name for name in patterns("change") if name not in ("more", "fewer")))
    found += [*_read(text, "share"), *_read(text, "rank")]
    if any(one.group == "against" for one in found):
        found += _read(text, "change", "more", "fewer")
    if len(who.organs) == 2:
        found += _read(text, "between")
    found += [*_read(text, "scope"), *_read(text, "together"), *_read(text, "condition", "none", "nonzero", "some")]
    groups = {one.group for one in found}
    if not figures and ("between" in groups or "scope" in groups and _RECEIVED.search(plain)):
        figures = [
            (0, one) for one in figure((), Word("row", "new_received", ()), form)
        ]  # 教育局比财政局多几件, 各部门共收到多少件
    law = bool(_LAW.search(plain))
    return QuestionPieces(tuple(found), tuple(figures), who, text.unread, law, len(plain))


def _read(text: UnreadText, group: str, *only: str) -> Iterator[QuestionPiece]:
    for name, match in text.read(group, *only):
        said = {key: value for key, value in match.groupdict().items() if value}
        yield QuestionPiece(f"{group}.{name}", match.start(), said)


def _written(question: str) -> str:
    """The question without blanks, in full width and in written Chinese (官司: 行政诉讼)."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", question)).replace("(", "（").replace(")", "）")
    plain = plain.replace("有没有", "有").replace("有无", "有")
    for spoken, written in definitions()["spoken"]:
        plain = re.sub(spoken, written, plain)
    return plain


def _figures(plain: str, spotted: Sequence[Spotted], form: Form) -> list[tuple[int, Figure]]:
    """(place, figure): a general word (申请) yields to a particular one beside it, a category to a table's row."""
    mains = [one for one in spotted if one.word.slot in MAIN]
    tables = [one for one in mains if one.word.slot in ("row", "case", "table2")]
    mains = [one for one in mains if one in tables or not any(one.at & other.at for other in tables)]
    most = max((one.word.rank for one in mains), default=0)
    if not _JOINED.search(plain):
        least = min(most, 2) if _LISTED.search(plain) else most
        weighty = [one for one in mains if one.word.rank >= least]
        mains = [one for one in mains if one in weighty or any(_beside(plain, one, other) for other in weighty)]
    found = [(min(one.at), each) for one in mains for each in figure(spotted, one.word, form)]
    if not found:
        found = [(0, one) for one in _implied(spotted, form)]
    kept: dict[Figure, int] = {}
    for at, one in sorted(found, key=lambda pair: pair[0]):
        kept.setdefault(one, at)
    return [(at, one) for one, at in kept.items()]


def _beside(plain: str, one: Spotted, other: Spotted) -> bool:
    """Whether two words for figures are joined into one list: 申请和行政许可."""
    first, second = sorted((one, other), key=lambda spotted: min(spotted.at))
    between = plain[max(first.at) + 1 : min(second.at)]
    return bool(re.fullmatch(r"数?量?[和与及、跟]|以及", between))


def _implied(spotted: Sequence[Spotted], form: Form) -> list[Figure]:
    """A result alone is one of all cases (被纠正的), a kind of applicant alone asks for new applications."""
    results = [one for one in spotted if one.word.slot == "result"]
    columns = [one for one in spotted if one.word.slot == "column"]
    if results:
        cases = [each for case in form.cases for each in figure(results, Word("case", case.key, ()), form)]
        keys = tuple(key for one in cases for key in one.keys)
        said = "、".join(next(label.label for label in form.results if label.key == one.word.key) for one in results)
        return [Figure(f"行政复议和行政诉讼{said}", "件", keys)]
    return figure(columns, Word("row", "new_received", ()), form) if columns else []
