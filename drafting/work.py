"""A section under way: its paragraphs by rule or by the model, one of them anew, and the finished draft."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from chat import ChatModel
from domain import (
    SECTION_TITLES,
    Delta,
    Draft,
    Event,
    Filled,
    LedgerResult,
    Note,
    Phrase,
    Progress,
    PublishedReport,
    Rejection,
    UnusableInput,
)
from drafting.basis import ArticleSource, Basis
from drafting.choosing import Measure, objections
from drafting.compose import compose
from drafting.grammar import PLACEHOLDER
from drafting.material import TOPICS, Material
from drafting.past import find_past, of_published
from drafting.phrases import ORDER, catalogue
from drafting.problems import problem, signals_with_past, unexplained
from drafting.screen import Screen, leads
from drafting.similarity import MOST_COPIED, measure
from drafting.write import Writer
from gates.citations import find_references
from gates.placeholders import expand, unbound
from gates.placing import place
from gates.sentences import split

BY_RULE = {"other": "收费说明按规定的三项内容直接写成，不由模型改写"}
REVIEW = "第{}段由模型改写，请核对；其余各段按台账直接写成。数字由系统填入，不必重算"
SHORT_OVERVIEW = 900  # characters; local guides ask for about a thousand in part 一
LONGER = (
    "各地指引一般要求一千字左右；台账没有记载的工作（公开前的审查、目录和指南的更新、平台巡查、考核评议）请写进补充说明"
)
TURNS = 4  # wordings of the same facts that are tried to get away from last year's


def begin(
    section: str,
    ledger: LedgerResult,
    knowledge: ArticleSource | None = None,
    as_of: date | None = None,
    notes: str = "",
    cancelled: Callable[[], bool] | None = None,
    previous: PublishedReport | None = None,
) -> Work:
    """The section with all that it is written from; the arguments are those of ``draft``."""
    if section not in SECTION_TITLES:
        raise UnusableInput(f"没有“{section}”这一部分，可以起草的部分有：{'、'.join(SECTION_TITLES)}")
    figures = ledger.figures
    basis = Basis(knowledge, as_of or date(figures.year, 12, 31))
    past = of_published(previous) if previous else find_past(knowledge, figures.org, figures.year)
    return Work(section, Material(ledger, catalogue(ledger, notes), basis, notes, past), cancelled)


@dataclass
class Work:
    """A section under way: its paragraphs so far with the figures in them, and what was taken out."""

    section: str
    material: Material
    cancelled: Callable[[], bool] | None
    paragraphs: list[Filled] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    mode: Literal["model", "composed"] = "composed"

    def __post_init__(self) -> None:
        figures, known = self.material.ledger.figures, self.material.catalogue
        categories = [phrase.name for phrase in known.having("facts.published_by_category.") if len(phrase.name) > 5]
        names = [name for name in (figures.org, figures.platform, *categories) if name]
        self.turns: dict[int, int] = {}  # which wording was taken for each paragraph
        self.measure = Measure(self.material.past, (*names, *(phrase.text for phrase in known.every_single())))

    def restart(self) -> None:
        """Forget the paragraphs; what was taken out stays reported."""
        self.paragraphs, self.mode = [], "composed"

    def templates(self) -> list[str]:
        """The composer's paragraphs, those too near to last year's in other words of the same facts."""
        first, *others = (compose(self.section, self.material, turn) for turn in range(TURNS))
        self.turns = dict.fromkeys(range(len(first)), 0)
        for number, template in enumerate(first if self.material.past else ()):
            if self._filled_share(template) > MOST_COPIED:
                ways = {turn: way[number] for turn, way in enumerate([first, *others]) if len(way) == len(first)}
                self.turns[number] = min(ways, key=lambda turn: self._filled_share(ways[turn]))
                first[number] = ways[self.turns[number]]
        return first

    def _filled_share(self, template: str) -> float:
        return self.measure.share(self._filled(template).text)

    def _filled(self, template: str) -> Filled:
        return expand(template, self.material.catalogue.phrases)[0]

    def by_rule(self, templates: list[str]) -> Iterator[Event[Draft]]:
        for template in templates:
            yield from self._compose(template)

    def by_model(self, model: ChatModel, templates: list[str]) -> Iterator[Event[Draft]]:
        """The model's paragraphs, each from one of the composer's and no worse than it."""
        writer = Writer(model, self.material, self._screen(templates), self.cancelled)
        offered: list[str] = []
        try:
            for number, _template in enumerate(templates):
                if (yield from self._better(writer, templates, number)):
                    offered.append(str(len(self.paragraphs)))
        finally:
            self.rejected += writer.rejected
        if not offered:
            tried = (
                "模型写的内容没有一句通过检查，已改为"
                if writer.rejected and not writer.accepted
                else "这部分没有采用模型的文字，"
            )
            self.notes.append(Note("none-passed", f"{tried}按台账直接写成"))
            self.restart()
            return
        self.mode = "model"
        self.notes.append(Note("by-model", REVIEW.format("、".join(offered))))

    def _better(self, writer: Writer, templates: list[str], number: int) -> Iterator[Event[Draft]]:
        """One paragraph, the model's or the composer's; returns whether it is the model's."""
        template, index = templates[number], self._problem(templates, number)
        if index is None and not self._worth_rewriting(template) or self._stopped():
            yield from self._compose(template)
            return False
        if index is not None:
            yield Progress(f"正在写第{ORDER[index]}个问题")
        text = self._by_gates(writer, template, self._heading(templates, number), index)
        if not text or text.text == self._filled(template).text:
            yield from self._compose(template)
            return False
        self.paragraphs.append(text)
        yield Delta(text.text + "\n")
        return True

    def _by_gates(self, writer: Writer, template: str, heading: str, index: int | None) -> Filled:
        """The model's paragraph, asked once more if it is too near to last year's; no text if worse."""
        composed = self._filled(template)

        def once(differently: bool) -> Filled:
            if index is None:
                return writer.paragraph(template, heading, differently)
            return Filled.joined("", writer.problem(index, problem(self.material, index, self.turns[index + 1])))

        text = once(False)
        if text and index is None and self.measure.share(text.text) > MOST_COPIED and not self._stopped():
            again = once(True)
            if again and self.measure.share(again.text) < self.measure.share(text.text):
                text = again
        against = (
            list(objections(text.text, composed.text, composed.phrases, self.measure, not writer.model.words_law))
            if text
            else ["没有写出数字齐全、通过检查的文字"]
        )
        if against:
            said = f"第{len(self.paragraphs) + 1}段采用按台账写成的文字：模型{'，'.join(against)}"
            self.notes.append(Note("kept-composed", said))
            return Filled()
        return text

    def _problem(self, templates: list[str], number: int) -> int | None:
        """Which signal's problem a paragraph of part 五 is; None for any other paragraph."""
        count = min(len(self.material.ledger.signals), len(ORDER))
        return number - 1 if self.section == "problems" and 1 <= number <= count else None

    def _heading(self, templates: list[str], number: int) -> str:
        above = [text[3:] for text in templates[:number] if text.startswith("（") and text[3:] in TOPICS.values()]
        return above[-1] if above else SECTION_TITLES[self.section]

    def _worth_rewriting(self, template: str) -> bool:
        """A paragraph of figures; not a heading, a gap for the office, a legal basis or a zero statement."""
        names = set(PLACEHOLDER.findall(template)) - {"年度", "报告期间"}
        fixed = "【" in template or "《" in template or not all(map(self.material.catalogue.value, names))
        return bool(names) and not fixed and self.section != "problems" and not self._stopped()

    def _compose(self, template: str) -> Iterator[Event[Draft]]:
        filled, rejections = expand(template, self.material.catalogue.phrases)
        self.rejected += rejections
        if filled.strip():
            self.paragraphs.append(filled)
            yield Delta(filled.text + "\n")

    # --- one paragraph anew -----------------------------------------------------------------------

    def counterpart(self, line: str) -> int | None:
        """The place of the composer's paragraph that ``line`` was made from; None where there is none."""
        if not line.strip() or line[3:] in TOPICS.values():
            return None
        likeness = {}
        for turn in range(TURNS):
            for number, template in enumerate(compose(self.section, self.material, turn)):
                text = self._filled(template).text
                ratio = difflib.SequenceMatcher(None, line, text, autojunk=False).ratio()
                likeness[number] = max(likeness.get(number, 0.0), ratio)
        best = max(likeness, key=likeness.__getitem__, default=None)
        return best if best is not None and likeness[best] > 0.35 else None

    def anew_by_rule(self, number: int, line: str) -> Filled:
        """The wording of the same facts that is farthest from ``line``, and from last year's report; no text if none."""
        ways = [compose(self.section, self.material, turn) for turn in range(TURNS)]
        filled = [self._filled(way[number]) for way in ways if number < len(way)]
        other = [text for text in dict.fromkeys(filled) if text.text != line]

        def nearness(text: Filled) -> float:
            return self.measure.share(text.text) + difflib.SequenceMatcher(None, line, text.text).ratio()

        return self._bound(min(other, key=nearness)) if other else Filled()

    def anew_by_model(self, model: ChatModel, number: int) -> Filled:
        """The model's paragraph in the place of one of the composer's, no text where that is better."""
        templates = self.templates()
        index = self._problem(templates, number)
        if index is None and not self._worth_rewriting(templates[number]):
            return Filled()
        writer = Writer(model, self.material, self._screen(templates), self.cancelled)
        try:
            text = self._by_gates(writer, templates[number], self._heading(templates, number), index)
        finally:
            self.rejected += writer.rejected
        return self._bound(text)

    def told(self, text: str, kept: Filled | None = None) -> Filled:
        """A text that was partly written by hand, with the ledger's figures that stand in it."""
        return place(text, self.material.catalogue.every_single(), kept)

    def edited(self, text: str, kept: Filled) -> Draft:
        """A draft of a text that was made by hand from ``kept``: its figures are those that stand in it."""
        told = self.told(text, kept)
        return self._draft(told, told.phrases)

    # --- the result ---------------------------------------------------------------------------------

    def _screen(self, templates: list[str]) -> Screen:
        figures = self.material.ledger.figures
        signals = [text for signal in self.material.ledger.signals for text in (signal.message, signal.measure)]
        known = [*templates, *signals, self.material.notes, figures.platform, *self.material.catalogue.phrases]
        articles = {(hit.title, hit.article_no) for hit in self.material.basis.cited}
        blank = replace(self.material, basis=Basis(None, self.material.basis.as_of), notes="")
        ways = [blank, self.material]
        worded = [
            line
            for way in ways
            for section in SECTION_TITLES
            for turn in range(TURNS)
            for line in compose(section, way, turn)
        ]
        return Screen(self.material.catalogue.phrases, "\n".join(known), articles, leads(worded))

    def _stopped(self) -> bool:
        return bool(self.cancelled and self.cancelled())

    def finished(self) -> Draft:
        """The whole draft; a numeral that no phrase, reference or name accounts for ends its sentence."""
        text = Filled.joined("\n", filter(None, map(self._bound, self.paragraphs)))
        if self._stopped():
            self.notes.append(Note("stopped", "起草被停止，其余部分按台账直接写成"))
        if self.section == "overview" and len(text.text) < SHORT_OVERVIEW:
            said = f"“{SECTION_TITLES['overview']}”现有{len(text.text)}字，{LONGER}"
            self.notes.append(Note("short", said))
        known = self.material.catalogue
        return self._draft(known.apart(text), known.single(text.phrases))

    def _draft(self, told: Filled, figures: tuple[Phrase, ...]) -> Draft:
        text, past, of_problems = told.text, self.material.past, self.section == "problems"
        similarity = measure(text, past.text, self.measure.names) if past else ()
        for paragraph in similarity:
            if past and paragraph.share > MOST_COPIED:
                said = f"第{paragraph.paragraph + 1}段与《{past.title}》相同的文字占{paragraph.share:.0%}，请改写"
                self.notes.append(Note("copied", said))
        if of_problems:
            self.notes += [
                Note("unexplained", f"上年报告提出的“{told}”，本年台账没有线索，请核对是否已经解决")
                for told in unexplained(self.material)
            ]
        return Draft(
            section=self.section,
            text=text,
            mode=self.mode,
            figures=figures,
            citations=self.material.basis.citations(text),
            signals=signals_with_past(self.material) if of_problems else (),
            rejected=tuple(dict.fromkeys(self.rejected)),
            notes=tuple(self.notes),
            similarity=similarity,
            compared_with=past.title if past else "",
            placed=told.placed,
        )

    def _bound(self, paragraph: Filled) -> Filled:
        """A paragraph without the sentences that have a numeral of nobody's."""
        figures = self.material.ledger.figures
        names = [name for name in (figures.org, figures.platform, *self.material.catalogue.phrases) if name]
        kept = []
        for sentence in paragraph.cut(split(paragraph.text)):
            words = sentence.text
            free = [(r.start, r.end) for r in find_references(words)]
            free += [(at, at + len(name)) for name in names if (at := words.find(name)) >= 0]
            stray = unbound(sentence, free)
            self.rejected += [Rejection(n.text, "数字没有对应的台账依据", words.strip()) for n in stray]
            if not stray:
                kept.append(sentence)
        return Filled.joined("", kept).strip()
