"""A question cut into the pieces that the grammar knows, with the figures and organs that it names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from answering.figures.catalogue import Figure, definitions, figure, vocabulary
from collecting.asking.grammar import TAKEN, UnreadText, grammar, patterns, spoken
from collecting.asking.held import HeldFigures
from collecting.asking.naming import NamedOrgans, known, named
from domain import YearFigures
from forms import Form, form_of
from matters import Spotted, Word, spot, without

MAIN = ("row", "case", "table2", "facts", "fact")
NUMBERED = ("between", "at_most", "above", "at_least", "below", "n_up", "n_down", "equal")
"""The conditions that hold a figure against a number."""
DOING = ("rank", "change", "share", "together", "between")
"""The groups that say what is done with the figures: a later question that says one of them says it anew."""
_SEVERAL = (
    *(f"scope.{name}" for name in ("count", "which", "each", "these", "all", "ending", "county")),
    "together.average",
    "mean.>",
    "mean.<",
)
_TABLES = ("row", "case", "table2", "column", "result", "table2_column")
_FACTS = ("facts", "fact")  # which ledgers alone know
_JOINED = re.compile(r"但|却|而|且|同时|又|也|[，,]")
_RECEIVED = re.compile(r"(?:收到|收了|接到|受理|新收)了?(?:的)?(?:件数)?(?:[多几最]|是多少|(?=$|[？?。，]))")
_LISTED = re.compile(r"、|分别|以及")
_LAW = re.compile(
    r"应当|应该|必须|不得|可以|能不能|能否|怎么(?!样)|如何|规定|标准|期限|时限|依据|为什么|第[一二三四五六七八九十百\d]+条|需要|负责|职责|主管|条款|谁(?:受理|审批|决定|管|批|说了算)|要(?![求点闻情])|不服|不满意?|投诉|举报|申诉|怎么办|推诿|主体|义务|职权|[向找归]谁|[向找]哪|去哪|哪里"
    # what may be done, who does it, to whom it goes
    r"|(?<![职功节可新智产性效热])能(?![源耗力效量给帮列告查统说算排导])|有权|得受理|条例(?!第)|责任(?!追究)"
    r"|哪个(?:部门|单位|机关|局)(?:[出定管]|负责)|由(?:哪|谁)|谁来(?!的?申请)|[问告]谁|告哪|转给|归(?=[县市省哪])"
    r"|管哪|干什么|干啥|收不收|几天(?:内|通知|答)|推来推去|填几|可填"
)
_LINKED = re.compile(
    r"数?量?(?:[和与及、跟]|以及)"
    r"|(?:数量?|件数)?(?:都|还)?(?:不?(?:超过|多于|少于|大于|小于|高于|低于|等于|达到)|不到|不及|超|比|占)(?:了|其|它的|全部|所有)?"
)
_TWO = re.compile(r"[和与、，,比占率]|超过|[多少大小高低等]于")
_ONE = re.compile(r"谁|哪(?!些|几)")
_LATER = ("more", "fewer", "difference")
_LIMITED = re.compile(
    r"(?:数量?|件数|量)?(?:都|每年|在|为|是|达到?|超过|超|不足|[多少大小高低]于|不到|不少于|不超过|至少|只有|仅有)+(?:\d|[一二两三四五六七八九十百])"
    r"|(?:数量?|件数|量)?(?:是|有|为|共)?(?:多少|几[件条次])"
    r"|(?:数量?|件数|量)?(?:是|排|列|居|增长|增加|下降|减少)?(?:最|第[一二三四五六七八九\d]|前[一二三四五六七八九十\d]|排[名序])"
    r"|(?:数量?|件数|量)?(?:高于|低于|超过|在)(?:全县)?(?:的)?平均"
)
_HAVING = re.compile(r"(?:有|没|无|收到过?|接到过?)$")
_LIKE = re.compile(r"^(?:那|要是|如果)?[和跟与同]?比")
_KIND = "|".join(sorted(grammar()["kinds"], key=len, reverse=True))
_LONGEST = 24  # characters of a question that leaves something to the one before


class QuestionPiece(NamedTuple):
    """A piece by its name in the grammar (``rank.top_n``), its place in the question, and the groups of its pattern."""

    name: str
    at: int
    said: dict[str, str]
    end: int = -1
    other: int = -1  # where what it is held against begins, in a comparison

    @property
    def group(self) -> str:
        return self.name.partition(".")[0]


@dataclass(frozen=True)
class QuestionPieces:
    """``figures`` are (place, figure), in order; ``law`` whether the question has the words of a question of law.

    ``text`` is what was cut, to which the places belong; ``continued``: it leaves something to the one before,
    ``relative``: whose year is the one that 去年 comes before.
    """

    pieces: tuple[QuestionPiece, ...]
    figures: tuple[tuple[int, Figure], ...]
    who: NamedOrgans
    unread: str
    law: bool
    text: str
    continued: bool = False
    relative: bool = False

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
        left_out = set() if said.isdisjoint(DOING) else {*DOING, "condition", "versus", "mean"}
        if self.has("between.than"):
            left_out = set()
        if self.has("between.apart") and not self.who.organs:
            left_out.discard("rank")  # 最多和最少的是谁 … 差多少
        if said <= {"share", "scope"} and "share" in said:
            left_out.discard("rank")  # 哪个部门最多 … 占全县多少
        if "against" not in said and not said.isdisjoint(("years",)):
            left_out.add("against")
        if self.who.organs and said.isdisjoint(DOING) and len(self.who.organs) == 1 and not self.has("between.than"):
            left_out |= {"rank", "scope", "condition", "versus", "mean", "between", "together"}
        if {"condition", "mean"} & said:
            left_out |= {"rank", "condition", "versus", "mean"}
        if self.figures:
            left_out.add("versus")
        new_kind = any("kind" in one.said for one in self.of("scope"))
        kept = [
            one._replace(at=-1, end=-1) if self.figures else one
            for one in before.pieces
            if one.group not in said | left_out or one.group == "scope" and "scope" not in left_out
        ]
        if new_kind:  # 乡镇呢: who is asked for stays, of another kind
            kept = [one._replace(said={}) if one.group == "scope" else one for one in kept]
        who = self.who if self.who.organs or self.across else before.who
        if self.has("between.than") and len(self.who.organs) == 1 and len(before.who.organs) == 2:
            who = replace(self.who, organs=(before.who.organs[0], *self.who.organs))  # 比财政局呢
        bare = not before.has("years.last_year", "years.before_last") or before.has("years.this_year")
        return replace(
            self,
            pieces=(*kept, *self.pieces),
            figures=self.figures or before.figures,
            who=who,
            text=self.text if self.figures else before.text,
            continued=True,
            relative=bare,
        )

    def continues(self) -> bool:
        """Whether it can go on from another: short, understood, and saying something."""
        some = bool(self.pieces or self.figures or self.who.organs)
        return some and not self.unread and not self.law and len(self.text) <= _LONGEST


def cut(question: str, held: HeldFigures, years: Sequence[YearFigures]) -> QuestionPieces:
    """A question cut into pieces; ``years`` are the figures held, for the words of what only they count."""
    plain = _written(question)
    text = UnreadText(plain)
    places = known(text, held.names)
    found = [*_read(text, "years", "per_year"), *_read(text, "mean"), *_read(text, "together", "average")]
    found += _read(text, "share", "of_kind")
    found += _read(text, "rank", "first_n")
    found += _read(text, "scope", "count", "which", "each", "these", "all", "ending", "units")
    who = named(text, held.every, places)
    form = form_of("", held.newest)
    computed = [one for one in years if one.computed]
    words = [word for word in vocabulary(form, computed) if word.slot in _TABLES or computed and word.slot in _FACTS]
    spotted = spot(text.rest, words)
    figures = _figures(plain, spotted, form)
    for at in {at for one in spotted for at in one.at}:
        text.take(at, at + 1)
    _again(text, spotted)
    found += [
        *_against(text, [at for at, _ in figures], who),
        *_read(text, "rank", "spread", "spread_from", "nth_last", "nth"),
    ]
    found += [*_read(text, "change", "steady"), *_read(text, "against"), *_read(text, "years")]
    found += _read(text, "condition", *NUMBERED)
    found += _read(text, "change", *(name for name in patterns("change") if name not in _LATER))
    if len(who.organs) != 2:
        found += _read(text, "change", "difference")
    found += [*_read(text, "share"), *_read(text, "rank")]
    if any(one.group == "against" for one in found):
        found += _read(text, "change", "more", "fewer")
    kinds = {one.said["kind"] for one in found if one.group == "scope" and "kind" in one.said}
    kinds |= {match["kind"] for match in patterns("scope")["kind"].finditer(text.rest)}
    if len(kinds) == 2 and not who.organs:
        found += _read(text, "scope", "kind")
    if len(who.organs) == 2 or len(kinds) == 2:
        found += _read(text, "between")
    else:
        found += _read(text, "between", "apart", *(("than",) if len(who.organs) == 1 and _LIKE.match(plain) else ()))
    found += [*_read(text, "scope"), *_read(text, "together"), *_read(text, "condition", "none", "nonzero", "some")]
    groups = {one.group for one in found}
    if groups.isdisjoint(("rank", "change", "condition", "versus", "mean", "between")):
        found += _read(text, "comparative") if _ONE.search(plain) else ()  # 哪个局收到的申请多
    if not figures and ("between" in groups or "scope" in groups and _RECEIVED.search(plain)):
        figures = [
            (0, one) for one in figure((), Word("row", "new_received", ()), form)
        ]  # 教育局比财政局多几件, 各部门共收到多少件
    law = bool(_LAW.search(without(spotted, plain)))
    return QuestionPieces(tuple(found), tuple(figures), who, text.unread, law, plain)


def _again(text: UnreadText, spotted: Sequence[Spotted]) -> None:
    """Take what names a figure once more (许可占全县许可的比例, 许可最多的和许可最少的)."""
    for name in (name for one in spotted for name in one.word.names if " " not in name and len(name) > 1):
        while (at := text.rest.find(name)) >= 0:
            text.take(at, at + len(name))


def _read(text: UnreadText, group: str, *only: str) -> Iterator[QuestionPiece]:
    for name, match in text.read(group, *only):
        said = {key.rstrip("2"): value for key, value in match.groupdict().items() if value}
        if name.startswith("spread") and (kind := re.search(_KIND, said.get("gap", "") + said.get("tail", ""))):
            said["kind"] = kind.group()
        yield QuestionPiece(f"{group}.{name}", match.start(), said, match.end())


def _against(text: UnreadText, figures: Sequence[int], who: NamedOrgans) -> Iterator[QuestionPiece]:
    """The comparisons of a figure with another, or with the same of one organ named: what is held against stands next."""
    places = {*figures, *(at for at, _ in who.places)}
    for name, pattern in patterns("versus").items():
        for match in [*pattern.finditer(text.rest)]:
            start = next(match.start(group) for group, said in match.groupdict().items() if said and said[0] == TAKEN)
            if start in places:
                numbers = {key: said for key, said in match.groupdict().items() if said and said[0] != TAKEN}
                text.take(match.start(), match.end())
                yield QuestionPiece(f"versus.{name}", match.start(), numbers, match.end(), start)


def _written(question: str) -> str:
    """The question without blanks, in full width and in written Chinese (官司: 行政诉讼)."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", question)).replace("(", "（").replace(")", "）")
    for pattern, written in spoken():
        plain = pattern.sub(written, plain)
    plain = plain.replace("有没有", "有").replace("有无", "有")
    for said, written in definitions()["spoken"]:
        plain = re.sub(said, written, plain)
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
        weighty += [one for one in mains if one not in weighty and _asked_of(plain, one, mains)]
        mains = [one for one in mains if one in weighty or any(_beside(plain, one, other) for other in weighty)]
    found = [(min(one.at), each) for one in mains for each in figure(spotted, one.word, form)]
    if not _TWO.search(plain):  # 涉密不公开: the ground alone
        found = [one for one in found if not any({*other.keys} < {*one[1].keys} for _, other in found)]
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
    return bool(_LINKED.fullmatch(between))


def _asked_of(plain: str, one: Spotted, mains: Sequence[Spotted]) -> bool:
    """Whether something is asked of a general word itself: 申请超过40件, 有申请的, and not 行政许可申请."""
    start, end = min(one.at), max(one.at) + 1
    if any(max(other.at) + 1 == start - (plain[start - 1] == "的") for other in mains):
        return False
    return bool(_LIMITED.match(plain[end:])) or bool(
        _HAVING.search(plain[:start]) and plain[end : end + 1] in ("的", "而", "但")
    )


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
