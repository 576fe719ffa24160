"""Answers to questions, of the law and of the office's own figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from domain import Answer, Delta, Event, Finished, LedgerResult, YearFigures
from services.lookup import typed
from services.models import Models
from services.opening import EXAMPLES
from services.trial import Trial, Tried, asked

if TYPE_CHECKING:
    from office import Office
    from store import KnowledgeBase

EXAMPLE_REPORTS = {path.name for path in EXAMPLES.glob("*.md")}


class Answering:
    """Each answer is a stream of events; what is typed is masked before anything sees it."""

    def __init__(self, office: Callable[[], Office], knowledge: Callable[[], KnowledgeBase], models: Models) -> None:
        self._office = office
        self._knowledge = knowledge
        self._models = models

    def ask(
        self,
        text: str,
        as_of: date | None = None,
        history: tuple[tuple[str, str], ...] = (),
        cancelled: Callable[[], bool] | None = None,
        ledger: LedgerResult | None = None,
    ) -> Iterator[Event[Answer]]:
        """A cited answer as a stream of events, the last of which is Finished(Answer).

        Questions for the office's own figures are answered from ``ledger`` and ``figures_held``.
        """
        from answering import answer
        from ingest.masking import mask

        question, knowledge = mask(typed(text, "问题")), self._knowledge()
        knowledge.lend_words()  # else jieba reads its own dictionary, a second time
        ours = self.figures_held(ledger)
        if over := self._over_organs(question, ours, history, as_of):
            yield Delta(over.answer)
            yield Finished(over)
            return
        yield from answer(
            question,
            knowledge,
            self._models.model,
            as_of=as_of,
            history=history,
            cancelled=cancelled,
            fault=self._models.note,
            figures=ours,
        )

    def _over_organs(
        self, question: str, ours: Sequence[YearFigures], history: tuple[tuple[str, str], ...], as_of: date | None
    ) -> Answer | None:
        """The answer to a question over several organs; None for any other.

        What was collected from organs is asked here alone, so that it never speaks for the office itself.
        """
        collected = self._office().collected.years()
        if len({one.org for one in (*ours, *collected)}) < 2:
            return None
        from collecting.asking import answer_over_organs

        earlier = [content for role, content in history if role == "user"]
        own = [one.org for one in ours]
        return answer_over_organs(question, [*ours, *collected], own, earlier, as_of)

    def ask_all(
        self, trials: Sequence[Trial], as_of: date | None = None, ledger: LedgerResult | None = None
    ) -> Iterator[Tried]:
        """The answers to many questions, in order, each as soon as it is there."""
        yield from asked(self.ask, trials, as_of, ledger=ledger)

    def figures_held(self, ledger: LedgerResult | None = None) -> list[YearFigures]:
        """The figures that can be asked about: of ``ledger``, of ledgers remembered, of reports held.

        The built-in example's report speaks only beside its own ledger: its figures are nobody else's.
        """
        from answering import of_ledger, of_report

        computed = [of_ledger(ledger)] if ledger else []
        taken = {(one.org, one.year) for one in computed}
        computed += [one for one in self._office().year_figures() if (one.org, one.year) not in taken]
        reports = [document for document in self._knowledge().reports() if document.tables]
        orgs = {one.org for one in computed}
        own = (one for one in reports if one.org in orgs or Path(one.source).name not in EXAMPLE_REPORTS)
        return computed + [of_report(document) for document in own]
