"""A section in a model's words: short tasks, placeholders for figures, every sentence screened.

A small local model reads some fifty tokens a second, so each paragraph is a task of its own with
little material; the system prompt comes first and stays the same, so that its cache is reused. What
the gates take out is written anew once, then left out; a paragraph that loses a figure of its
material is replaced by the composer's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import prompts
from chat import ChatModel, Message
from domain import Filled, Rejection
from drafting import grammar
from drafting.material import Material
from drafting.phrases import ORDER
from drafting.problems import Problem
from drafting.screen import Screen
from gates.numbers import find_numerals
from gates.placeholders import expand
from gates.sentences import split, visible

MEASURE = "改进措施："
DIFFERENTLY = "换一种句式和用词，不与往年的报告雷同。"
MOST_REWRITES = 2  # a section; each costs several seconds on a machine with two cores
MOST_TOKENS = 260
LONGEST = 800  # characters of a sentence; a model that goes on without an end is read no further


@dataclass
class Writer:
    """Writes the paragraphs of one section; keeps what was taken out.

    Every method raises ModelUnavailable where the model fails, also half-way.
    """

    model: ChatModel
    material: Material
    screen: Screen
    cancelled: Callable[[], bool] | None = None
    rejected: list[Rejection] = field(default_factory=list)
    accepted: int = 0
    _rewrites: int = 0

    def paragraph(self, template: str, heading: str, differently: bool = False) -> Filled:
        """``template`` in the model's words, or no text where what survives has lost one of its figures.

        differently: the first attempt repeated last year's report; ask for other words.
        """
        facts = template.strip()
        example = self.material.past.example(heading) if self.material.past and not differently else ""
        manner = DIFFERENTLY if differently else ""
        messages = self._messages(
            "draft_section",
            heading=heading,
            org=self.material.org,
            facts=facts,
            example=example or "（没有）",
            manner=manner,
        )
        text = Filled.joined("", self._sentences(messages, grammar.prose(facts), facts))
        return text if _holds(text, facts) else Filled()

    def problem(self, number: int, parts: Problem) -> Iterator[Filled]:
        """The paragraph of one problem, sentence by sentence, always with its figures and a measure."""
        yield self._filled(f"{ORDER[number]}是{parts.statement}。")
        detail = f"{parts.detail}。" if parts.detail else ""
        messages = self._messages(
            "draft_problem", statement=parts.statement, detail=parts.detail or "（没有数字）", measure=parts.measure
        )
        measured = False
        held: list[Filled] = []
        for text in self._sentences(messages, grammar.problem(parts.detail), parts.statement + detail + parts.measure):
            if MEASURE in text.text and not measured:
                yield from self._with_detail([*held, text], detail)
                measured, held = True, []
            else:
                held.append(text)
        if not measured:
            yield from self._with_detail(held, detail)
            held = [self._filled(f"{MEASURE}{parts.measure}。")]
        yield from held

    def _with_detail(self, held: list[Filled], detail: str) -> Iterator[Filled]:
        """The model's words on a problem; its figures first where the model left one out."""
        if detail and not _holds(Filled.joined("", held), detail):
            yield self._filled(detail)
        yield from held

    def _filled(self, template: str) -> Filled:
        filled, rejections = expand(template, self.screen.phrases)
        self.rejected += rejections
        self.screen.shown.append(filled.text)
        return filled

    def _sentences(self, messages: list[Message], rules: str, facts: str) -> Iterator[Filled]:
        """The sentences that pass, each rewritten once where it did not and a rewrite is left."""
        planning = False
        for sentence in _whole(self._stream(messages, rules)):
            planning = planning or MEASURE in sentence
            verdict = self.screen.judge(sentence, facts, planning)
            self.rejected += verdict.rejections
            if verdict.rejections and not verdict.sentence.text and self._may_rewrite():
                again = self._rewritten(sentence, verdict.rejections[0], facts)
                verdict = self.screen.judge(again, facts, planning)
                self.rejected += verdict.rejections
            if verdict.sentence.text:
                self.accepted += 1
                yield verdict.sentence

    def _may_rewrite(self) -> bool:
        self._rewrites += 1
        return self._rewrites <= MOST_REWRITES and not (self.cancelled and self.cancelled())

    def _rewritten(self, sentence: str, rejection: Rejection, facts: str) -> str:
        messages = self._messages(
            "draft_rewrite", sentence=_without_numerals(sentence), reason=rejection.reason, facts=facts
        )
        rules = grammar.prose(facts if "{" in sentence else "", spare=48)
        return next(iter(_whole(self._stream(messages, rules))), "")

    def _stream(self, messages: list[Message], rules: str) -> Iterator[str]:
        return self.model.stream(
            messages, grammar=rules, max_tokens=MOST_TOKENS, temperature=0.2, cancelled=self.cancelled
        )

    def _messages(self, name: str, **variables: str) -> list[Message]:
        return [("system", prompts.render("draft_system")), ("user", prompts.render(name, **variables))]


def _holds(text: Filled, template: str) -> bool:
    """Whether a text tells every figure of the facts that it was written from."""
    names = {phrase.name for phrase in text.phrases}
    return names.issuperset(grammar.PLACEHOLDER.findall(template))


def _whole(pieces: Iterable[str]) -> Iterator[str]:
    """Sentences of a stream as soon as each is whole; the last may be cut short, which the screen sees."""
    waiting = ""
    for piece in pieces:
        waiting += visible(piece)
        *whole, waiting = split(waiting) or [""]
        yield from (sentence for sentence in whole if sentence.strip())
        if len(waiting) > LONGEST:
            break
    if waiting.strip():
        yield waiting


def _without_numerals(sentence: str) -> str:
    """A sentence for a second prompt: the model is not shown its own figures again."""
    for numeral in reversed(find_numerals(sentence)):
        sentence = sentence[: numeral.start] + sentence[numeral.end :]
    return sentence
