"""Drafts of the narrative."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from domain import (
    SECTION_TITLES,
    Draft,
    Event,
    Filled,
    Finished,
    LedgerResult,
    Note,
    OwnFigure,
    Placed,
    PublishedReport,
    Remark,
    Remembered,
    Result,
    UnusableInput,
)
from services.ledgers import Bookkeeping
from services.models import Models

if TYPE_CHECKING:
    from store import KnowledgeBase


class Writing:
    """Each draft is a stream of events; what is typed is masked before anything sees it."""

    def __init__(
        self, ledgers: Bookkeeping, knowledge: Callable[[], KnowledgeBase], models: Models, mask: Callable[[str], str]
    ) -> None:
        self._ledgers = ledgers
        self._knowledge = knowledge
        self._models = models
        self._mask = mask
        self._drafted, self._inspected = Remembered(128), Remembered(256)

    def draft(
        self,
        section: str,
        ledger: LedgerResult,
        cancelled: Callable[[], bool] | None = None,
        with_model: bool = True,
        notes: str = "",
        previous: PublishedReport | None = None,
    ) -> Iterator[Event[Draft]]:
        """One narrative section of a ledger's report, the last event being Finished(Draft).

        notes: the office's own remarks, taken over word for word but for phone numbers. previous: last year's report, to
        measure similarity against; unset, the one that the knowledge base holds.
        """
        from drafting import draft

        beside, how = self._ledgers.beside_last_year(ledger), self._drafting(ledger, with_model, cancelled)
        how |= {"notes": self._mask(notes), "previous": previous}
        if how["model"] or cancelled:
            yield from draft(section, beside, **how)
            return
        # By rule the same comes of the same, and each look at a report asks for what nobody has written yet.
        knowledge = how["knowledge"]
        same = (section, how["notes"], how["fault"], how["as_of"], knowledge.state())
        yield from self._drafted.of((beside, previous, knowledge), same, lambda: tuple(draft(section, beside, **how)))

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
    ) -> Iterator[Event[Draft]]:
        """``text`` with only its ``paragraph`` (0-based line) written anew; ends with Finished(Draft).

        kept: the draft that the text was made from.
        """
        from drafting import redraft

        yield from redraft(
            section,
            self._ledgers.beside_last_year(ledger),
            paragraph,
            text,
            notes=self._mask(notes),
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
        from drafting.work import begin

        work = begin(draft.section, self._ledgers.beside_last_year(ledger), self._knowledge(), _last_day(ledger), notes)
        new = work.edited(text, kept or known(draft))
        lasting = [note for note in draft.notes if note.code != "copied"]
        told = tuple(dict.fromkeys([*lasting, *new.notes]))
        return replace(new, mode=draft.mode, rejected=draft.rejected, signals=draft.signals or new.signals, notes=told)

    def own_text(self, section: str, text: str, ledger: LedgerResult) -> Draft:
        """A section in the office's own words, for ``build``; which of its figures the ledger gives as well.

        Markdown's marks, its own heading and phone numbers are taken out. UnusableInput where nothing is left.
        """
        from drafting.review import spans

        masked, title = self._mask(text), SECTION_TITLES[section]
        lines = [re.sub(r"^(?:#{1,6}|[-*+])\s+|\*\*|__", "", line.strip()) for line in masked.splitlines()]
        plain = "\n".join(
            line for line in lines if line and not re.fullmatch(rf"(?:[（(]?[一二三四五六][）)、])?{title}", line)
        )
        if not plain:
            raise UnusableInput(f"“{title}”部分没有文字")
        notes = (
            () if masked == text else (Note("masked", f"“{title}”部分中的电话号码、证件号码或台账里的申请人已换成***"),)
        )
        placed = spans(plain, ledger)
        return Draft(
            section, plain, "supplied", figures=tuple(phrase for *_, phrase in placed), notes=notes, placed=placed
        )

    def last_year(self, section: str, ledger: LedgerResult) -> tuple[str, tuple[tuple[str, str], ...]]:
        """The title of last year's report and its (heading, text) on a section; "" and () where none is held."""
        from drafting.past import find_past

        past = find_past(self._knowledge(), ledger.figures.org, ledger.figures.year)
        if past is None:
            return "", ()
        wanted = SECTION_TITLES[section].removesuffix("及改进情况").removeprefix("存在的主要")
        return past.title, tuple(part for part in past.parts if wanted in part[0] and part[1].strip())

    def suggested(self, ledger: LedgerResult) -> dict[str, str]:
        """Last year's report's own sentences by the key of the question (``drafting.asked``) that they answer."""
        from drafting.asked import suggested
        from drafting.past import find_past

        return suggested(find_past(self._knowledge(), ledger.figures.org, ledger.figures.year))

    def inspect(
        self,
        text: str,
        ledger: LedgerResult,
        notes: str = "",
        kept: Draft | None = None,
        own: Sequence[OwnFigure] = (),
    ) -> tuple[Remark, ...]:
        """What the gates say about a text that was edited by hand (from ``kept``); quick enough for every pause in typing.

        ``own`` are the numerals that the office vouches for.
        """
        from drafting import inspect, known

        beside, knowledge, own = self._ledgers.beside_last_year(ledger), self._knowledge(), tuple(own)
        same = (text, notes, known(kept) if kept else None, own, knowledge.state())
        return self._inspected.of(
            (beside, knowledge),
            same,
            lambda: inspect(text, beside, knowledge, _last_day(ledger), notes, kept, own),
            weight=lambda said: 1 + len(said) // 8,
        )

    def figure_spans(
        self, text: str, ledger: LedgerResult, notes: str = "", kept: Draft | None = None
    ) -> tuple[Placed, ...]:
        """Each figure phrase in ``text``, which was made from ``kept``."""
        from drafting import spans

        return spans(text, self._ledgers.beside_last_year(ledger), notes, kept)

    def _drafting(self, ledger: LedgerResult, with_model: bool, cancelled: Callable[[], bool] | None) -> dict[str, Any]:
        model, fault = self._models.offered(with_model)
        return {
            "knowledge": self._knowledge(),
            "model": model,
            "as_of": _last_day(ledger),
            "cancelled": cancelled,
            "fault": fault,
        }


def last_result(events: Iterable[Event[Result]]) -> Result:
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
