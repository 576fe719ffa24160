"""Answers to questions, and drafts of the narrative."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from domain import (
    SECTION_TITLES,
    Draft,
    Event,
    Filled,
    Finished,
    LedgerResult,
    Note,
    Placed,
    PublishedReport,
    Remark,
    UnusableInput,
    YearFigures,
)
from services.ledgers import Ledgers
from services.library import typed
from services.opening import EXAMPLES

EXAMPLE_REPORTS = {path.name for path in EXAMPLES.glob("*.md")}


class Writing(Ledgers):
    """Answers and drafts, each a stream of events; what is typed is masked before anything sees it."""

    def ask(
        self,
        text: str,
        as_of: date | None = None,
        history: tuple[tuple[str, str], ...] = (),
        cancelled: Callable[[], bool] | None = None,
        ledger: LedgerResult | None = None,
    ) -> Iterator[Event]:
        """A cited answer as a stream of events, the last of which is Finished(Answer).

        Questions for the office's own figures are answered from ``ledger`` and ``figures_held``.
        """
        from answering import answer
        from ingest.masking import mask

        question = mask(typed(text, "问题"))
        yield from answer(
            question,
            self.knowledge,
            self.model,
            as_of=as_of,
            history=history,
            cancelled=cancelled,
            fault=self._model_note,
            figures=self.figures_held(ledger),
        )

    def figures_held(self, ledger: LedgerResult | None = None) -> list[YearFigures]:
        """The figures that can be asked about: of ``ledger``, of ledgers remembered, of reports held.

        The built-in example speaks only while there is nothing of the office's own.
        """
        from answering import of_ledger, of_report

        computed = [of_ledger(ledger)] if ledger else []
        taken = {(one.org, one.year) for one in computed}
        computed += [one for one in self.office.year_figures() if (one.org, one.year) not in taken]
        reports = [document for document in self.knowledge.reports() if document.tables]
        own = [document for document in reports if Path(document.source).name not in EXAMPLE_REPORTS]
        return computed + [of_report(document) for document in (own if own or computed else reports)]

    def draft(
        self,
        section: str,
        ledger: LedgerResult,
        cancelled: Callable[[], bool] | None = None,
        with_model: bool = True,
        notes: str = "",
        previous: PublishedReport | None = None,
    ) -> Iterator[Event]:
        """One narrative section of a ledger's report, the last event being Finished(Draft).

        notes: the office's own remarks, taken over word for word but for phone numbers. previous: last year's report, to
        measure similarity against; unset, the one that the knowledge base holds.
        """
        from drafting import draft
        from ingest.masking import mask

        yield from draft(
            section,
            self.beside_last_year(ledger),
            notes=mask(notes),
            previous=previous,
            **self._drafting(ledger, with_model, cancelled),
        )

    def redraft(
        self,
        section: str,
        ledger: LedgerResult,
        paragraph: int,
        text: str,
        cancelled: Callable[[], bool] | None = None,
        with_model: bool = True,
        notes: str = "",
        previous: PublishedReport | None = None,
        kept: Draft | None = None,
    ) -> Iterator[Event]:
        """``text`` with only its ``paragraph`` (0-based line) written anew; ends with Finished(Draft).

        kept: the draft that the text was made from.
        """
        from drafting import redraft
        from ingest.masking import mask

        yield from redraft(
            section,
            self.beside_last_year(ledger),
            paragraph,
            text,
            notes=mask(notes),
            previous=previous,
            kept=kept,
            **self._drafting(ledger, with_model, cancelled),
        )

    def edited(
        self, draft: Draft, text: str, ledger: LedgerResult, notes: str = "", kept: Filled | None = None
    ) -> Draft:
        """``draft`` with its text changed by hand; articles and similarity are measured anew.

        Figures stay what they are in ``kept``, the text that it was made from; unset, the draft's.
        """
        from drafting import known
        from drafting.sections import begin

        work = begin(draft.section, self.beside_last_year(ledger), self.knowledge, _last_day(ledger), notes)
        new = work.edited(text, kept or known(draft))
        lasting = [note for note in draft.notes if note.code != "copied"]
        told = tuple(dict.fromkeys([*lasting, *new.notes]))
        return replace(new, mode=draft.mode, rejected=draft.rejected, signals=draft.signals or new.signals, notes=told)

    def own_text(self, section: str, text: str, ledger: LedgerResult) -> Draft:
        """A section in the office's own words, for ``build``; which of its figures the ledger gives as well.

        Markdown's marks, its own heading and phone numbers are taken out. UnusableInput where nothing is left.
        """
        from drafting.review import spans
        from ingest.masking import mask

        masked, title = mask(text), SECTION_TITLES[section]
        lines = [re.sub(r"^(?:#{1,6}|[-*+])\s+|\*\*|__", "", line.strip()) for line in masked.splitlines()]
        plain = "\n".join(
            line for line in lines if line and not re.fullmatch(rf"(?:[（(]?[一二三四五六][）)、])?{title}", line)
        )
        if not plain:
            raise UnusableInput(f"“{title}”部分没有文字")
        notes = () if masked == text else (Note("masked", f"“{title}”部分中的电话号码或证件号码已换成***"),)
        placed = spans(plain, ledger)
        return Draft(
            section, plain, "supplied", figures=tuple(phrase for *_, phrase in placed), notes=notes, placed=placed
        )

    def last_year(self, section: str, ledger: LedgerResult) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The title of last year's report and its (heading, text) on a section; "" and () where none is held."""
        from drafting.past import find_past

        past = find_past(self.knowledge, ledger.figures.org, ledger.figures.year)
        if past is None:
            return "", ()
        wanted = SECTION_TITLES[section].removesuffix("及改进情况").removeprefix("存在的主要")
        return past.title, tuple(part for part in past.parts if wanted in part[0] and part[1].strip())

    def inspect(
        self, text: str, ledger: LedgerResult, notes: str = "", kept: Draft | None = None
    ) -> tuple[Remark, ...]:
        """What the gates say about a text that was edited by hand (from ``kept``); quick enough for every pause in typing."""
        from drafting import inspect

        return inspect(text, self.beside_last_year(ledger), self.knowledge, _last_day(ledger), notes, kept)

    def figure_spans(
        self, text: str, ledger: LedgerResult, notes: str = "", kept: Draft | None = None
    ) -> tuple[Placed, ...]:
        """Each figure phrase in ``text``, which was made from ``kept``."""
        from drafting import spans

        return spans(text, self.beside_last_year(ledger), notes, kept)

    def _drafting(self, ledger: LedgerResult, with_model: bool, cancelled: Callable[[], bool] | None) -> dict[str, Any]:
        return {
            "knowledge": self.knowledge,
            "model": self.model if with_model else None,
            "as_of": _last_day(ledger),
            "cancelled": cancelled,
            "fault": self.model_note if with_model else "",
        }


def last_result(events: Iterable[Event]) -> Any:
    """The Answer or Draft that a stream of events ends with."""
    finished = None
    for event in events:
        if isinstance(event, Finished):
            finished = event.result
    if finished is None:
        raise RuntimeError("a stream of events ended without Finished")
    return finished


def _last_day(ledger: LedgerResult) -> date:
    """Articles are judged on the last day of the report's year."""
    return date(ledger.figures.year, 12, 31)
