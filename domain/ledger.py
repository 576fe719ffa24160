"""What the statutory engine makes of a ledger: figures, their rows, identities, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from domain.basics import Number, plain_numbers


@dataclass(frozen=True)
class Provenance:
    """How one figure was computed: a formula in words, the sheet, and the workbook rows (1-based).

    Where several files hold the sheet, ``parts`` names for each of ``rows`` the one that it is in.
    """

    formula: str
    sheet: str
    rows: tuple[int, ...]
    parts: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"formula": self.formula, "sheet": self.sheet, "rows": list(self.rows)}
        return shown | {"parts": list(self.parts)} if self.parts else shown


@dataclass(frozen=True)
class Check:
    """One statutory identity, tested: pass, fail, uncertain or not_applicable."""

    rule: str
    status: Literal["pass", "fail", "uncertain", "not_applicable"]
    message: str
    where: str = ""

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "status": self.status, "message": self.message, "where": self.where}


@dataclass(frozen=True)
class Figures:
    """All figures of one organ and year, in the shapes of ``gongkai tables --json``.

    table2: ``{"regulations": {"issued": int, …}, …, "fees_wan_yuan": Number}``;
    table3: ``{row key: {column key: int}}``; table4: ``{case key: {result key: int}}``;
    facts: ``{name: Number or {name: int}}``. contact: what the preface tells of the office
    (``{"地址": …, "邮编": …, "电话": …, "电子邮箱": …}``), as far as the ledger says it; in no JSON.
    """

    org: str
    year: int
    publish_date: str
    platform: str
    table2: Mapping[str, Any]
    table3: Mapping[str, Mapping[str, int]]
    table4: Mapping[str, Mapping[str, int]]
    facts: Mapping[str, Any]
    contact: Mapping[str, str] = field(default_factory=dict)

    def flat(self) -> dict[str, Number]:
        """Every figure by its dotted key: ``table3.granted.natural_person``, ``facts.trainings``."""
        return {
            key: value
            for name in ("table2", "table3", "table4", "facts")
            for key, value in _flatten(name, getattr(self, name))
        }

    def as_json(self) -> dict[str, Any]:
        return {
            "org": self.org,
            "year": self.year,
            "publish_date": self.publish_date,
            "platform": self.platform,
            "table2": plain_numbers(self.table2),
            "table3": plain_numbers(self.table3),
            "table4": plain_numbers(self.table4),
            "facts": plain_numbers(self.facts),
        }


@dataclass(frozen=True)
class Signal:
    """A fact of the ledger that a problem can rest on, e.g. months without publication."""

    key: str
    message: str
    measure: str = ""
    provenance: Provenance | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "message": self.message,
            "measure": self.measure,
            "provenance": self.provenance.as_json() if self.provenance else None,
        }


@dataclass(frozen=True)
class DerivedFact:
    """A figure that no statutory table holds but a draft can state, e.g. months without publication.

    ``key`` is dotted and begins with ``derived.``; ``detail`` spells out what was counted, in
    Chinese (``2月、8月``), "" where the value says it all.
    """

    key: str
    label: str
    value: Number
    unit: str
    provenance: Provenance
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "label": self.label,
            "value": plain_numbers(self.value),
            "unit": self.unit,
            "detail": self.detail,
            "provenance": self.provenance.as_json(),
        }


@dataclass(frozen=True)
class Change:
    """One figure beside last year's. ``rate`` is in per cent, exact to two places (half-up).

    ``rate`` is None where last year's figure is zero: there is no rate of change from nothing.
    """

    key: str
    label: str
    unit: str
    current: Number
    previous: Number
    difference: Number
    rate: Decimal | None

    def as_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "unit": self.unit,
            "current": plain_numbers(self.current),
            "previous": plain_numbers(self.previous),
            "difference": plain_numbers(self.difference),
            "rate": str(self.rate) if self.rate is not None else None,
        }


@dataclass(frozen=True)
class Comparison:
    """A ledger's figures beside those of ``year`` (the year before), read from ``source``."""

    year: int
    source: str
    changes: tuple[Change, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "source": self.source,
            "changes": {change.key: change.as_json() for change in self.changes},
        }


@dataclass(frozen=True)
class YearFigures:
    """The figures of one organ and year as they can be asked about, computed or published.

    ``figures`` maps dotted keys to numbers; ``computed`` tells a ledger (with provenance to the
    row) from a published report (whose place is its table). ``derived`` are a ledger's facts
    beyond the tables, with their words (which months had no publication).
    """

    org: str
    year: int
    source: str
    computed: bool
    figures: Mapping[str, Number]
    provenance: Mapping[str, Provenance] = field(default_factory=dict)
    derived: tuple[DerivedFact, ...] = ()


@dataclass(frozen=True)
class Choice:
    """One way to settle a doubt; ``key`` is what an answer holds, ``label`` what a person reads."""

    key: str
    label: str

    def as_json(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label}


@dataclass(frozen=True)
class Doubt:
    """A question that a ledger leaves open and that could change a figure; ``id`` stays the same while its content does.

    ``answer`` is the key of the choice that a person made, "" while it is open: until then the figures
    go by ``assumed``, and the report is a draft.
    """

    id: str
    sheet: str
    rows: tuple[int, ...]
    text: str
    choices: tuple[Choice, ...]
    assumed: str
    answer: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "sheet": self.sheet,
            "rows": list(self.rows),
            "text": self.text,
            "choices": [choice.as_json() for choice in self.choices],
            "assumed": self.assumed,
            "answer": self.answer,
        }

    def said(self, key: str) -> str:
        """A choice in words."""
        return next((choice.label for choice in self.choices if choice.key == key), key)


@dataclass(frozen=True)
class SheetAccount:
    """What became of the rows of one sheet: ``counted`` + ``outside`` + all of ``aside`` = ``read``.

    ``sheet`` is the sheet as the user sees it, ``taken_as`` the ledger's name for it, "" where it was not
    read (``why``). ``aside`` tells for each reason which rows; ``outside`` are those of other years;
    ``unknown`` the headings of columns that were left alone.
    """

    sheet: str
    taken_as: str = ""
    read: int = 0
    counted: int = 0
    outside: int = 0
    aside: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "taken_as": self.taken_as,
            "read": self.read,
            "counted": self.counted,
            "outside": self.outside,
            "aside": {why: list(rows) for why, rows in self.aside.items()},
            "unknown": list(self.unknown),
            "why": self.why,
        }


@dataclass(frozen=True)
class DueDate:
    """An application that is still open: ``due`` is the last day to answer it, None where ``why`` says so."""

    sheet: str
    row: int
    due: date | None
    why: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "due": self.due.isoformat() if self.due else None,
            "why": self.why,
        }


@dataclass(frozen=True)
class LedgerResult:
    """What a ledger yields: figures, where each comes from, checks, signals, and warnings.

    ``private`` are the cells that name applicants: to be masked elsewhere, never shown or kept.
    """

    figures: Figures
    provenance: Mapping[str, Provenance]
    checks: tuple[Check, ...]
    signals: tuple[Signal, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""
    derived: tuple[DerivedFact, ...] = ()
    comparison: Comparison | None = None
    account: tuple[SheetAccount, ...] = ()
    questions: tuple[Doubt, ...] = ()
    due: tuple[DueDate, ...] = ()
    private: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def failed(self) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if check.status == "fail")

    @property
    def open_questions(self) -> tuple[Doubt, ...]:
        return tuple(question for question in self.questions if not question.answer)

    @property
    def final(self) -> bool:
        """Whether a final report may be made of it: every identity holds, every question is answered."""
        return not self.failed and not self.open_questions

    def as_json(self) -> dict[str, Any]:
        return self.figures.as_json() | {
            "checks": [check.as_json() for check in self.checks],
            "provenance": {key: value.as_json() for key, value in self.provenance.items()},
            "warnings": list(self.warnings),
            "derived": {fact.key: fact.as_json() for fact in self.derived},
            "previous": self.comparison.as_json() if self.comparison else None,
            "account": [sheet.as_json() for sheet in self.account],
            "questions": [question.as_json() for question in self.questions],
            "due": [one.as_json() for one in self.due],
        }


def _flatten(prefix: str, value: Any) -> list[tuple[str, Number]]:
    if isinstance(value, Mapping):
        return [pair for key, item in value.items() for pair in _flatten(f"{prefix}.{key}", item)]
    return [(prefix, value)]
