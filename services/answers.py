"""Answers to questions, of the law and of the office's own figures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from domain import Answer, Delta, Event, Finished, LedgerResult, Note, Remembered, User, YearFigures
from services.ledgers import SUMS
from services.lookup import typed
from services.models import Models
from services.opening import EXAMPLES
from services.sources import COLLECTED, AnswerSources, Kept, is_answer, points_at_a_file, told_unticked
from services.submissions import may_see
from services.trial import Trial, Tried, asked
from services.writing import last_result

if TYPE_CHECKING:
    from office import Office
    from office.attachments import Attachment
    from store import KnowledgeBase

EXAMPLE_REPORTS = {path.name for path in EXAMPLES.glob("*.md")}

SURELY, FAR = 0.9, 0.75
"""An article left out that answers so surely, beside one whose likelihood is less than this part of it, is what was asked for."""


class Answering:
    """Each answer is a stream of events; what is typed is masked before anything sees it."""

    def __init__(
        self,
        office: Callable[[], Office],
        knowledge: Callable[[], KnowledgeBase],
        models: Models,
        sources: AnswerSources,
        mask: Callable[[str], str],
    ) -> None:
        self._office = office
        self._sources = sources
        self._knowledge = knowledge
        self._models = models
        self._mask = mask
        self._figures = Remembered(1024)

    def ask(
        self,
        text: str,
        as_of: date | None = None,
        history: tuple[tuple[str, str], ...] = (),
        cancelled: Callable[[], bool] | None = None,
        ledger: LedgerResult | None = None,
        attached: Sequence[Attachment] = (),
        unticked: Collection[str] = (),
        by: User | None = None,
    ) -> Iterator[Event[Answer]]:
        """A cited answer as a stream of events, the last of which is Finished(Answer).

        ``by`` is who asks: of what was collected they are answered what they may see (None: whoever has the machine).

        Questions for the office's own figures are answered from ``ledger`` and ``figures_held``. ``attached``
        are files beside the question, ``unticked`` the keys of sources that it leaves out (``AnswerSources``).
        """
        from answering import answer

        question, knowledge = self._mask(typed(text, "问题")), self._knowledge()
        knowledge.lend_words()  # else jieba reads its own dictionary, a second time
        figures, how = self.figures_held(ledger, by), {"as_of": as_of, "history": history}
        narrowed = bool(attached or unticked)
        if not (attached and points_at_a_file(question)):
            if over := self._over_organs(question, figures, history, as_of, by, attached, unticked):
                yield Delta(over.answer)
                yield Finished(over)
                return
        kept = self._kept_to(question, figures, attached, unticked, how) if narrowed else None
        events = answer(
            question,
            kept.knowledge if kept else knowledge,
            self._models.model,
            cancelled=cancelled,
            fault=self._models.note,
            figures=kept.figures if kept else figures,
            **how,
        )
        for event in events:
            if unticked and isinstance(event, Finished):
                event = Finished(self._told(question, event.result, figures, attached, unticked, how))
            yield event

    def _kept_to(
        self,
        question: str,
        figures: Sequence[YearFigures],
        attached: Sequence[Attachment],
        unticked: Collection[str],
        how: Mapping[str, Any],
    ) -> Kept:
        """The narrowest of what may be asked that answers; the widest where none does."""
        plans = self._sources.kept_to(figures, attached, unticked)
        for plan in plans[:-1]:
            if plan.only_this and not points_at_a_file(question):
                continue
            if is_answer(_without_model(question, plan.knowledge, plan.figures, how)):
                return plan
        return plans[-1]

    def _told(
        self,
        question: str,
        given: Answer,
        figures: Sequence[YearFigures],
        attached: Sequence[Attachment],
        unticked: Collection[str],
        how: Mapping[str, Any],
    ) -> Answer:
        """The answer, and which of the sources left out hold what was asked."""
        whole = self._sources.kept_to(figures, attached, ())[-1]
        other = _without_model(question, whole.knowledge, whole.figures, how)
        if not is_answer(other):
            return given
        if not is_answer(given) or _far_better(other, given):
            elsewhere = self._sources.unticked_in(other, figures, unticked)
            return told_unticked(replace(given, refused=True) if elsewhere else given, elsewhere)
        first = replace(other, citations=other.citations[:1])
        return told_unticked(given, self._sources.unticked_in(first, figures, unticked))

    def _over_organs(
        self,
        question: str,
        held: Sequence[YearFigures],
        history: tuple[tuple[str, str], ...],
        as_of: date | None,
        by: User | None,
        attached: Sequence[Attachment] = (),
        unticked: Collection[str] = (),
    ) -> Answer | None:
        """The answer to a question over several organs; None for any other.

        What was collected from organs is asked here alone, so that it never speaks for the office itself. The
        sources ticked and the files beside the question are all that is counted.
        """
        ours = self._sources.kept_to(held, attached, unticked)[-1].figures if attached or unticked else held
        collected = [one for one in self._office().collected.years() if may_see(by, one.org)]
        if COLLECTED in unticked:
            collected = []
        if len({one.org for one in (*ours, *collected)}) < 2:
            return None
        from collecting.asking import answer_over_organs

        earlier = [content for role, content in history if role == "user"]
        own = [one.org for one in ours]
        over = answer_over_organs(question, [*ours, *collected], own, earlier, as_of)
        left = self._sources.left_out(unticked)
        if over is None or over.refused or not left:
            return over
        return replace(over, notes=(*over.notes, Note("unticked", f"没有勾选的来源没有计入：{'、'.join(left)}")))

    def ask_all(
        self, trials: Sequence[Trial], as_of: date | None = None, ledger: LedgerResult | None = None
    ) -> Iterator[Tried]:
        """The answers to many questions, in order, each as soon as it is there."""
        yield from asked(self.ask, trials, as_of, ledger=ledger)

    def figures_held(self, ledger: LedgerResult | None = None, by: User | None = None) -> list[YearFigures]:
        """The figures that can be asked about: of ``ledger``, of ledgers remembered, of reports held.

        The built-in example's report speaks only beside its own ledger: its figures are nobody else's.
        """
        from answering import of_ledger, of_report

        computed = [self._figures.of((ledger,), "", lambda: of_ledger(ledger))] if ledger else []
        taken = {(one.org, one.year) for one in computed}
        computed += [one for one in self._office().year_figures() if (one.org, one.year) not in taken]
        if by and not by.collects:  # a government's sums are of what others handed in
            computed = [one for one in computed if not one.source.endswith(SUMS)]
        reports = [document for document in self._knowledge().reports() if document.tables]
        orgs = {one.org for one in computed}
        own = (one for one in reports if one.org in orgs or Path(one.source).name not in EXAMPLE_REPORTS)
        return computed + [self._figures.of((one,), "", lambda one=one: of_report(one)) for one in own]


def _far_better(other: Answer, given: Answer) -> bool:
    """Whether the articles of one answer surely answer and those of another by far do not."""
    best, left = (max((one.hit.score for one in answer.citations), default=0.0) for answer in (other, given))
    return bool(given.citations) and best >= SURELY and left < FAR * best


def _without_model(question: str, knowledge: Any, figures: Sequence[YearFigures], how: Mapping[str, Any]) -> Answer:
    """The answer in the sources' own words: quick, and refused where a model would have nothing to go by."""
    from answering import answer

    return last_result(answer(question, knowledge, None, figures=figures, **how))
